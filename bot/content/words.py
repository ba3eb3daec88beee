"""English words: a word that is spelt right is not taken for a misspelling of another."""

from functools import lru_cache
from itertools import groupby
from pathlib import Path

MOST_KEPT = 2000  # words that were looked up


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

        self._has = lru_cache(MOST_KEPT)(self._has_new)

    def __contains__(self, word: object) -> bool:
        """Return whether the file has the word or its plural in s."""
        return self._has(str(word))

    def _has_new(self, word: str) -> bool:
        text = self._texts.get(word[:1], "")
        return f"\n{word}\n" in text or f"\n{word}s\n" in text
