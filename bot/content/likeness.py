"""How alike words are. The library is imported by the first use: it takes 4 MB and 12 ms."""

from collections.abc import Collection, Iterable, Iterator


def most_alike(
    word: str, names: Collection[str], least: float, most: int
) -> list[tuple[str, float]]:
    """Return at most so many names with their similarity of at least `least` out of 100."""
    from rapidfuzz import fuzz, process

    found = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(name, score) for name, score, _ in found]


def likeness_to_part(word: str, name: str) -> float:
    """Return the similarity of the word, out of 100, to the part of the name most like it."""
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(word, name)


def distances(word: str, names: Iterable[str]) -> Iterator[int]:
    """Yield how many letters added, left out, replaced or swapped lie between word and names."""
    from rapidfuzz.distance import OSA

    return (OSA.distance(word, name) for name in names)
