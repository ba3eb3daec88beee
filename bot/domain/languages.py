"""Recognition of a language that the coach does not speak, by its most common words."""

import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass

from bot.domain.spelling import words_of

UNKNOWN = "unknown"  # a language that has another script
SHORTEST = 4  # letters of a word that is enough alone


@dataclass(frozen=True)
class OtherLanguages:
    """The common words of each language, without accents and apostrophes.

    `correct` are words of the coach's own language.
    """

    words: Mapping[str, frozenset[str]]
    correct: Container[str] = frozenset()

    def of(self, text: str) -> str | None:
        """Return the language of the text, UNKNOWN for other scripts, or None.

        A text is in a language if most of its known words are words of that language, and at least
        one of them is not a word of the coach's own language.
        """
        typed = [word.text for word in words_of(text) if word.text.isalpha()]
        language = max(self.words, key=lambda key: self._count(key, typed), default=None)
        if language is not None and self._is(language, typed):
            return language
        return UNKNOWN if _is_foreign_script(text) else None

    def _count(self, language: str, typed: list[str]) -> int:
        return sum(word in self.words[language] for word in typed)

    def _is(self, language: str, typed: list[str]) -> bool:
        count = self._count(language, typed)
        distinct = [
            word for word in typed if word in self.words[language] and word not in self.correct
        ]
        own = sum(word in self.correct and word not in self.words[language] for word in typed)
        if not distinct or count <= own:
            return False
        return count > 1 or (len(typed) < SHORTEST and len(distinct[0]) >= SHORTEST)


def _is_foreign_script(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    latin = sum(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)
    return len(letters) > 1 and 2 * latin < len(letters)
