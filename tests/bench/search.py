"""How long a search takes over the whole library: `python -m tests.bench.search`.

Every name, every name with a slip of the finger, and every topic's words, each searched as a
runner's free text is: exercises, then topics; and as an inline search is.
"""

import statistics
from collections.abc import Callable, Iterator
from time import perf_counter

from bot.content import Catalogue, read_catalogue
from bot.content.reading import shipped

CATALOGUE, _ = read_catalogue([shipped()], "en")


def words(catalogue: Catalogue) -> Iterator[str]:
    for exercise in catalogue.exercises.values():
        for name in (exercise.texts.name, *exercise.texts.aliases):
            yield name
            yield name[:2] + name[3:]
            yield f"how do I do {name} please"


def free_text(said: str) -> None:
    CATALOGUE.find_exercise(said)
    CATALOGUE.topics.find(said)


def measure(name: str, search: Callable[[str], object]) -> None:
    took = []
    for said in words(CATALOGUE):
        began = perf_counter()
        search(said)
        took.append((perf_counter() - began) * 1000)
    p99 = statistics.quantiles(took, n=100)[98]
    print(
        f"{name:10} {len(took)} searches  p50 {statistics.median(took):.2f} ms"
        f"  p99 {p99:.2f} ms  longest {max(took):.2f} ms"
    )


if __name__ == "__main__":
    measure("free text", free_text)
    measure("inline", CATALOGUE.look_up)
