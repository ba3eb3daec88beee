"""Sessions that are made for a wish, such as ten minutes of hips, and how wishes are read."""

import re
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass, field

from bot.domain.frozen import frozen
from bot.domain.intents import without_spans
from bot.domain.phrases import Plain, Words
from bot.domain.spelling import Speller, words_of

LIGHT = "before-a-run"  # the routine and the purpose that count neither as a load nor as progress
LEAST, MOST = 5, 30  # minutes
AN_HOUR = 60
WITHOUT_BANDS = "without-bands"  # the purpose for a runner without bands at hand
WHOLE_BODY = "whole-body"  # the purpose if only minutes are named

_ID = re.compile(r"made-([1-9]\d?)-([a-z0-9]+(?:-[a-z0-9]+)*)")
_NUMBER = re.compile(r"(\d{1,4})(?:m|min|mins|minute|minutes)?")
_LONGEST = 5  # words of a purpose


@frozen
class Wish:
    """Minutes, from LEAST to MOST, and the id of a purpose: what a made session is named by.

    The content of the session is composed each time that it is opened.
    """

    minutes: int
    purpose: str

    @property
    def routine(self) -> str:
        return f"made-{self.minutes}-{self.purpose}"

    @property
    def is_light(self) -> bool:
        return self.purpose == LIGHT


def wish_of(routine: str) -> Wish | None:
    """Return the wish for which a session's routine id stands; None: it is a routine."""
    match = _ID.fullmatch(routine)
    if match is None or not LEAST <= int(match[1]) <= MOST:
        return None
    return Wish(int(match[1]), match[2])


def is_light(routine: str) -> bool:
    """Return whether sessions of this id count neither as a load nor as progress."""
    wish = wish_of(routine)
    return routine == LIGHT or (wish is not None and wish.is_light)


@frozen
class Asked:
    """What a text asks for; None: not said.

    `minutes` may be any number. `unknown` are the words that say neither. `several`: there are two
    purposes or two numbers of minutes, so that neither is used. `is_clear`: it is more than a part
    of the body, which may hurt. `in_digits`: the minutes are in digits, which names of routines do
    not contain.
    """

    minutes: int | None
    purpose: str | None
    unknown: str
    several: bool = False
    is_clear: bool = False
    in_digits: bool = False

    @property
    def is_empty(self) -> bool:
        return self.minutes is None and self.purpose is None and not self.several


@dataclass(frozen=True)
class WishWords:
    """What people type for minutes and purposes.

    `purposes` and `numbers` have the plain words for each; `hours` are the words for an hour;
    `around` are words that add nothing to these, such as “minutes”; one of the `clear` words shows
    that a session is meant. `correct` are words of the language: a typed word among them is no
    misspelling of another.
    """

    purposes: Mapping[Words, str]
    numbers: Mapping[str, int]
    around: Collection[str]
    hours: frozenset[str] = frozenset()
    clear: frozenset[str] = frozenset()
    plain: Plain = field(default_factory=Plain)
    correct: Container[str] = frozenset()
    _speller: Speller = field(init=False)

    def __post_init__(self) -> None:
        known = {word for words in self.purposes for word in words}
        known |= {*self.numbers, *self.around, *self.plain.small, *self.hours}
        object.__setattr__(self, "_speller", Speller(frozenset(known), self.correct))

    def read(self, text: str) -> Asked:
        """Return the minutes and the purpose in a text; of “10-15 minutes”, the longer time."""
        typed = tuple(self._spelt(word.text) for word in words_of(without_spans(text)))
        words = self.plain.of(typed)
        minutes: set[int] = set()
        purposes: set[str] = set()
        unknown: list[str] = []
        at = 0
        while at < len(words):
            size = self._purpose_at(words, at)
            if size:
                purposes.add(self.purposes[words[at : at + size]])
            elif (number := self._number(words[at])) is not None:
                is_hours = not self.hours.isdisjoint(words[at + 1 : at + 2])
                minutes.add(number * AN_HOUR if is_hours else number)
                size = 2 if is_hours else 1
            elif words[at] in self.hours:
                minutes.add(AN_HOUR)
            elif words[at] not in self.around and words[at] not in self.plain.small:
                unknown.append(words[at])
            at += size or 1
        if WITHOUT_BANDS in purposes:  # it is for the whole body, even if a part is named
            purposes = {WITHOUT_BANDS}
        several = len(minutes) > 1 or len(purposes) > 1
        return Asked(
            next(iter(minutes)) if len(minutes) == 1 else None,
            min(purposes, default=None),
            " ".join(unknown),
            several,
            is_clear=bool(minutes) or not self.clear.isdisjoint(typed),
            in_digits=any(map(_NUMBER.fullmatch, words)),
        )

    def _purpose_at(self, words: Words, at: int) -> int:
        """Return how many of the words from here on name a purpose."""
        sizes = range(_LONGEST, 0, -1)
        return next((size for size in sizes if words[at : at + size] in self.purposes), 0)

    def _number(self, word: str) -> int | None:
        match = _NUMBER.fullmatch(word)
        return int(match[1]) if match else self.numbers.get(word)

    def _spelt(self, typed: str) -> str:
        return typed if _NUMBER.fullmatch(typed) else self._speller.corrected(typed)
