"""What a runner wants, from words that are no command, in spite of typing errors."""

from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.spelling import Speller, words_of

LONGEST = 14  # words of a message that is read
Words = tuple[str, ...]


class Intent(StrEnum):
    """A wish of a runner, or what people say in passing."""

    TODAY = "today"
    ROUTINES = "routines"
    EXERCISES = "exercises"
    TIME_LEFT = "time-left"
    PROGRESS = "progress"
    REMINDERS = "reminders"
    REMINDERS_OFF = "reminders-off"
    NEXT_REMINDER = "next-reminder"
    PLACE = "place"
    AWAY = "away"
    BANDS = "bands"
    HELP = "help"
    PRIVACY = "privacy"
    EXPORT = "export"
    DELETE = "delete"
    TIRED = "tired"
    ILL = "ill"
    HELLO = "hello"
    THANKS = "thanks"
    PRAISE = "praise"
    SORRY = "sorry"
    WHO = "who"
    LANGUAGE = "language"
    NOT_OURS = "not-ours"


@dataclass(frozen=True)
class IntentWords:
    """What people type for each intent, in lower case.

    `small` are words that change nothing, such as "the". `same` are words for which another is
    read. `openings` and `closings` are what a
    message may begin and end with beside a phrase: "could you", "please". `correct` are words of
    the language: a typed word among them is no misspelling of another.
    """

    phrases: Mapping[str, Intent]
    small: frozenset[str] = frozenset()
    same: Mapping[str, str] = field(default_factory=dict)
    openings: Collection[str] = ()
    closings: Collection[str] = ()
    correct: Container[str] = frozenset()
    _by_words: dict[Words, Intent] = field(init=False)
    _openings: tuple[Words, ...] = field(init=False)
    _closings: tuple[Words, ...] = field(init=False)
    _speller: Speller = field(init=False)

    def __post_init__(self) -> None:
        by_words = {self.bare(phrase): intent for phrase, intent in self.phrases.items()}
        openings, closings = (
            tuple(sorted({self.bare(part) for part in parts}, key=len, reverse=True))
            for parts in (self.openings, self.closings)
        )
        known = {word for words in (*by_words, *openings, *closings) for word in words}
        object.__setattr__(self, "_by_words", by_words)
        object.__setattr__(self, "_openings", openings)
        object.__setattr__(self, "_closings", closings)
        vocabulary = known | self.small | self.same.keys()
        object.__setattr__(self, "_speller", Speller(frozenset(vocabulary), self.correct))

    def read(self, text: str) -> Intent | None:
        """Return the intent of a whole message; None if it is none, or says more than one."""
        words = _split(text)
        if len(words) > LONGEST:
            return None
        words = self._without_small(tuple(map(self._spelt, words)))
        while words:
            if (intent := self._by_words.get(words)) is not None:
                return intent
            shorter = self._shorter(words)
            if shorter == words:
                return None
            words = shorter
        return None

    def bare(self, phrase: str) -> Words:
        """Return the words by which a phrase is found."""
        return self._without_small(_split(phrase))

    def _without_small(self, words: Words) -> Words:
        same = tuple(self.same.get(word, word) for word in words)
        return tuple(word for word in same if word not in self.small) or same

    def _shorter(self, words: Words) -> Words:
        """Return the words without an opening, or else without a closing."""
        for opening in self._openings:
            if words[: len(opening)] == opening:
                return words[len(opening) :]
        for closing in self._closings:
            if words[-len(closing) :] == closing:
                return words[: -len(closing)]
        return words

    def _spelt(self, typed: str) -> str:
        meant = self._speller.meant(typed)
        return next(iter(meant)) if len(meant) == 1 else typed


def _split(text: str) -> Words:
    return tuple(word.text for word in words_of(text))
