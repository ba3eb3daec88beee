"""Reads a kit as people type it: `mini light green, mini medium red, long loop heavy`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.domain.kit import LONGEST_COLOUR, Band, Kind, Kit, Level, kit_of

LONGEST = 500
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
    kinds, levels = _folded(vocabulary.kinds), _folded(vocabulary.levels)
    bands: list[Band] = []
    for part in _parts(words[:LONGEST], vocabulary.joining, kinds, levels):
        tokens = part.split()
        kind, tokens = _take(tokens, kinds)
        level, tokens = _take(tokens, levels)
        colour = " ".join(t for t in tokens if t.casefold() not in vocabulary.filler)
        if kind is None and level is not None and bands:
            kind = bands[-1].kind
        if kind is None:
            return Unreadable(Problem.KIND, part)
        if kind is Kind.DOOR_ANCHOR:
            level, colour = Level.NONE, ""
        if level is None:
            return Unreadable(Problem.LEVEL, part)
        if len(colour) > LONGEST_COLOUR:
            return Unreadable(Problem.COLOUR, colour)
        bands.append(Band(kind, level, colour))
    return kit_of(bands) if bands else Unreadable(Problem.KIND, words.strip())


def _parts(
    words: str, joining: frozenset[str], kinds: Mapping[str, Kind], levels: Mapping[str, Level]
) -> Iterator[str]:
    """One part per band; `and` parts two bands only if a kind or a level follows it."""
    for piece in re.split(r"[,;\n]+", words):
        tokens: list[str] = []
        waiting = piece.split()
        while waiting:
            token = waiting.pop(0)
            starts = _at_start(waiting, kinds) or _at_start(waiting, levels)
            if token.casefold() in joining and starts:
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


def _at_start(tokens: list[str], phrases: Mapping[str, T]) -> bool:
    return any(_fold(tokens[:size]) in phrases for size in range(1, LONGEST_PHRASE + 1) if tokens)


def _take(tokens: list[str], phrases: Mapping[str, T]) -> tuple[T | None, list[str]]:
    """The longest phrase that means something, and the words around it."""
    for size in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            folded = _fold(tokens[start : start + size])
            if folded in phrases:
                return phrases[folded], tokens[:start] + tokens[start + size :]
    return None, tokens
