"""Reads a kit as people type it: `mini light green, mini medium red, long loop heavy`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import dropwhile
from typing import TypeVar

from bot.domain.kit import LONGEST_COLOUR, Band, Kind, Kit, Level, kit_of

LONGEST = 1000
LONGEST_PHRASE = 3

T = TypeVar("T")


class Problem(StrEnum):
    """Why words could not be read."""

    KIND = "kind"
    LEVEL = "level"
    COLOUR = "colour"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """`word` is the band that could not be read, as it was typed."""

    problem: Problem
    word: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people call kinds and levels, by phrase; `filler` are words that say nothing."""

    kinds: Mapping[str, Kind]
    levels: Mapping[str, Level]
    filler: frozenset[str]
    joining: frozenset[str]


def read_kit(words: str, vocabulary: Vocabulary) -> Kit | Unreadable:
    """Each band is a kind, a level and perhaps a colour, in any order; commas lie between.

    A band without a kind is of the kind before it: `mini light green, medium red`.
    """
    known = _Phrases(_folded(vocabulary.kinds), _folded(vocabulary.levels), vocabulary)
    bands: list[Band] = []
    if len(words) > LONGEST:
        return Unreadable(Problem.KIND, words)
    for part in _parts(words, known):
        read = _band(part, known, bands[-1].kind if bands else None)
        if isinstance(read, Unreadable):
            return read
        bands.append(read)
    return kit_of(bands) if bands else Unreadable(Problem.KIND, words.strip())


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The vocabulary as it is looked up."""

    kinds: Mapping[str, Kind]
    levels: Mapping[str, Level]
    words: Vocabulary

    def is_filler(self, token: str) -> bool:
        return token.casefold() in self.words.filler

    def start_a_band(self, tokens: list[str]) -> bool:
        """Whether a kind or a level comes first, after words that say nothing."""
        said = list(dropwhile(self.is_filler, tokens))
        sizes = range(1, min(LONGEST_PHRASE, len(said)) + 1)
        return any(_fold(said[:size]) in {**self.kinds, **self.levels} for size in sizes)


def _band(part: str, known: _Phrases, before: Kind | None) -> Band | Unreadable:
    """One band; a second kind or level in it is told, not guessed at: light blue is a colour."""
    kind, tokens = _take(part.split(), known.kinds)
    other, rest = _take(tokens, known.kinds)
    level, tokens = _take(rest if other is kind else tokens, known.levels)
    if kind is None and level is not None:
        kind = before
    if kind is None or other not in (None, kind):
        return Unreadable(Problem.KIND, part)
    if kind is Kind.DOOR_ANCHOR:
        return Band(kind, Level.NONE)
    colour = [token for token in tokens if not known.is_filler(token)]
    shade = colour[1:] if len(colour) > 1 and _fold(colour[:1]) in known.levels else colour
    if level is None or _take(shade, known.levels)[0] is not None:
        return Unreadable(Problem.LEVEL, part)
    if len(" ".join(colour)) > LONGEST_COLOUR:
        return Unreadable(Problem.COLOUR, " ".join(colour))
    return Band(kind, level, " ".join(colour))


def _parts(words: str, known: _Phrases) -> Iterator[str]:
    """One part per band; `and` parts two bands only if a kind or a level follows it."""
    for piece in re.split(r"[,;\n]+", words):
        tokens: list[str] = []
        waiting = piece.split()
        while waiting:
            token = waiting.pop(0)
            if token.casefold() in known.words.joining and known.start_a_band(waiting):
                yield " ".join(tokens)
                tokens = []
            else:
                tokens.append(token)
        if tokens:
            yield " ".join(tokens)


def _folded(phrases: Mapping[str, T]) -> dict[str, T]:
    return {_fold(phrase.split()): meaning for phrase, meaning in phrases.items()}


def _fold(tokens: list[str]) -> str:
    """Extra-light, extra light and extralight are one; so are mini band and mini bands."""
    joined = re.sub(r"[\W_]+", "", "".join(tokens).casefold())
    return joined[:-1] if len(joined) > 3 and joined.endswith("s") else joined


def _take(tokens: list[str], phrases: Mapping[str, T]) -> tuple[T | None, list[str]]:
    """The longest phrase that means something, and the words around it."""
    for size in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            folded = _fold(tokens[start : start + size])
            if folded in phrases:
                return phrases[folded], tokens[:start] + tokens[start + size :]
    return None, tokens
