"""Sentences with what each must lead to: tests/data/*.tsv, three columns, lines of # left out."""

from pathlib import Path

Row = tuple[str, str, str]


def corpus(file: str) -> list[Row]:
    """Return the rows of the file in tests/data."""
    lines = (Path(__file__).parent / "data" / file).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(first, second, words) for first, second, words in rows]
