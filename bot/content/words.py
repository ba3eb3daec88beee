"""English words: a word that is spelt right is not taken for a misspelling of another."""

from itertools import groupby
from pathlib import Path


class Words:
    """The words of a file that has one a line; lines that begin with # are comments.

    The words are kept as one text for each first letter: a set takes ten times the memory.
    """

    def __init__(self, file: Path) -> None:
        lines = file.read_text(encoding="utf-8").splitlines()
        words = sorted(line for line in lines if line and not line.startswith("#"))
        self._texts = {
            letter: "\n".join(("", *of_letter, ""))
            for letter, of_letter in groupby(words, key=lambda word: word[0])
        }

    def __contains__(self, word: object) -> bool:
        """Return whether the file has the word or its plural in s."""
        text = self._texts.get(str(word)[:1], "")
        return f"\n{word}\n" in text or f"\n{word}s\n" in text
