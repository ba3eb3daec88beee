"""Which words are English: a word that is spelt right is not taken for a misspelling of another."""

from itertools import groupby
from pathlib import Path


class Words:
    """The words of a file, one a line; lines that begin with # are about the file.

    They are kept as the text they are, by first letter: as a set they would take ten times the
    memory.
    """

    def __init__(self, file: Path) -> None:
        lines = file.read_text(encoding="utf-8").splitlines()
        words = sorted(line for line in lines if line and not line.startswith("#"))
        self._texts = {
            letter: "\n".join(("", *of_letter, ""))
            for letter, of_letter in groupby(words, key=lambda word: word[0])
        }

    def __contains__(self, word: object) -> bool:
        """Whether it is one of them, or one of them without its plural's s."""
        text = self._texts.get(str(word)[:1], "")
        return f"\n{word}\n" in text or f"\n{word}s\n" in text
