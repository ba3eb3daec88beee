"""The similarity of words. The library, which takes 4 MB and 12 ms, is imported at first use."""

from collections.abc import Collection, Iterable, Iterator


def most_alike(
    word: str, names: Collection[str], least: float, most: int
) -> list[tuple[str, float]]:
    """Return the most similar names, each with its similarity of at least `least` out of 100."""
    from rapidfuzz import fuzz, process

    found = process.extract(word, names, scorer=fuzz.ratio, score_cutoff=least, limit=most)
    return [(name, score) for name, score, _ in found]


def likeness_to_part(word: str, name: str) -> float:
    """Return the similarity (out of 100) of the word to the most similar part of the name."""
    from rapidfuzz import fuzz

    return fuzz.partial_ratio(word, name)


def distances(word: str, names: Iterable[str]) -> Iterator[int]:
    """Yield how many letters must be added, left out, replaced or swapped to get each name."""
    from rapidfuzz.distance import OSA

    return (OSA.distance(word, name) for name in names)
