"""Parsing of a kit as people type it: `mini light green, mini medium red, long loop heavy`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import dropwhile
from typing import TypeVar

from bot.domain.frozen import frozen
from bot.domain.kit import COLOURS, LONGEST_COLOUR, Band, Kit, KitKind, Level, kit_of

LONGEST = 1000
LONGEST_PHRASE = 3

T = TypeVar("T")


class Problem(StrEnum):
    """Why a band could not be read."""

    KIND = "kind"
    LEVEL = "level"
    COLOUR = "colour"


@frozen
class Unreadable:
    """The band that could not be read, as it was typed, and the reason."""

    problem: Problem
    word: str


@frozen
class Vocabulary:
    """The phrases for kinds and levels; `filler` words are ignored, `joining` words mean "and"."""

    kinds: Mapping[str, KitKind]
    levels: Mapping[str, Level]
    filler: frozenset[str]
    joining: frozenset[str]


def read_kit(words: str, vocabulary: Vocabulary) -> Kit | Unreadable:
    """Parse bands between commas: each a kind, a level and perhaps a colour, in any order.

    A band without a kind has the kind of the previous band (`mini light green, medium red`), or of
    the next one if it is the first (`a light and a heavy mini band`). A level may follow after a
    comma: `a mini band, it is light`.
    """
    phrases = _Phrases(_folded(vocabulary.kinds), _folded(vocabulary.levels), vocabulary)
    bands: list[Band] = []
    if len(words) > LONGEST:
        return Unreadable(Problem.KIND, words)
    parts = [*_parts(words, phrases)]
    while parts:
        part = parts.pop(0)
        band = _band(part, phrases, bands[-1].kind if bands else phrases.first_kind(parts))
        if isinstance(band, Unreadable) and parts and not phrases.names_a_kind(parts[0]):
            whole = _band(f"{part} {parts.pop(0)}", phrases, None)
            band = band if isinstance(whole, Unreadable) else whole
        if isinstance(band, Unreadable):
            return band
        bands.append(band)
    return kit_of(bands) if bands else Unreadable(Problem.KIND, words.strip())


def kind_of(words: str, vocabulary: Vocabulary) -> KitKind | None:
    """Return the kind in the words for one band, if they name only a kind and a colour."""
    phrases = _Phrases(_folded(vocabulary.kinds), _folded(vocabulary.levels), vocabulary)
    kind, rest = _take(words.split(), phrases.kinds)
    colour = [token for token in rest if not phrases.is_filler(token)]
    return kind if "".join(colour) in ("", *COLOURS) else None


def lacks_kind(words: str, vocabulary: Vocabulary) -> bool:
    """Return whether the words are strengths and colours of bands, and name no kind.

    Half a name is not enough: “long” is a loop or a band.
    """
    halves = _half_names(vocabulary)
    phrases = _Phrases({}, _folded(vocabulary.levels), vocabulary)
    found = False
    for part in _parts(words, phrases):
        level, rest = _take(part.split(), phrases.levels)
        said = [token for token in rest if not phrases.is_filler(token)]
        if any(token.casefold() not in {*COLOURS, *halves} for token in said):
            return False
        found = found or level is not None or bool(said)
    return found


def level_of(words: str, vocabulary: Vocabulary) -> Level | None:
    """Return the level in an answer such as “the light one”; None if there is more in it."""
    phrases = _Phrases({}, _folded(vocabulary.levels), vocabulary)
    level, rest = _take(words.strip(" .!").split(), phrases.levels)
    return level if all(map(phrases.is_filler, rest)) else None


@frozen
class _Phrases:
    """The vocabulary, with its phrases folded for look-up."""

    kinds: Mapping[str, KitKind]
    levels: Mapping[str, Level]
    words: Vocabulary

    def is_filler(self, token: str) -> bool:
        return token.casefold() in self.words.filler

    def first_kind(self, parts: Iterable[str]) -> KitKind | None:
        kinds = (_take(part.split(), self.kinds)[0] for part in parts)
        return next((kind for kind in kinds if kind is not None), None)

    def names_a_kind(self, words: str) -> bool:
        return _take(words.split(), self.kinds)[0] is not None

    def start_a_band(self, tokens: list[str]) -> bool:
        """Return whether a kind, half its name or a level comes first, apart from fillers."""
        words = list(dropwhile(self.is_filler, tokens))
        if words and words[0].casefold() in _half_names(self.words):
            return True
        sizes = range(1, min(LONGEST_PHRASE, len(words)) + 1)
        return any(_fold(words[:size]) in {**self.kinds, **self.levels} for size in sizes)


def _band(part: str, phrases: _Phrases, previous: KitKind | None) -> Band | Unreadable:
    """Parse one band.

    A second kind or level makes it unreadable, except in a colour such as light blue.
    """
    kind, tokens = _take(part.split(), phrases.kinds)
    other, rest = _take(tokens, phrases.kinds)
    level, tokens = _take(rest if other is kind else tokens, phrases.levels)
    if kind is None and level is not None:
        kind = previous
    if kind is None or other not in (None, kind):
        return Unreadable(Problem.KIND, part)
    colour = [token for token in tokens if not phrases.is_filler(token)]
    if not _half_names(phrases.words).isdisjoint(map(str.casefold, colour)):
        return Unreadable(Problem.KIND, part)
    if kind is KitKind.DOOR_ANCHOR:
        return Unreadable(Problem.KIND, part) if colour else Band(kind, Level.NONE)
    shade = colour[1:] if len(colour) > 1 and _fold(colour[:1]) in phrases.levels else colour
    if level is None or _take(shade, phrases.levels)[0] is not None:
        return Unreadable(Problem.LEVEL, part)
    if len(" ".join(colour)) > LONGEST_COLOUR:
        return Unreadable(Problem.COLOUR, " ".join(colour))
    return Band(kind, level, " ".join(colour))


def _half_names(vocabulary: Vocabulary) -> frozenset[str]:
    """Return the words that begin the name of a kind but are not one: “long”, “flat”."""
    first = {kind.split()[0] for kind in vocabulary.kinds if " " in kind}
    return frozenset(first - vocabulary.kinds.keys() - vocabulary.levels.keys())


def _parts(words: str, phrases: _Phrases) -> Iterator[str]:
    """Yield the text of each band; `and` separates bands only before a kind or a level."""
    for piece in re.split(r"[,;\n]+", re.sub(r"[=:]", " ", words)):
        tokens: list[str] = []
        remaining = piece.split()
        while remaining:
            token = remaining.pop(0)
            if token.casefold() in phrases.words.joining and phrases.start_a_band(remaining):
                yield " ".join(tokens)
                tokens = []
            else:
                tokens.append(token)
        if tokens:
            yield " ".join(tokens)


def _folded(phrases: Mapping[str, T]) -> dict[str, T]:
    return {_fold(phrase.split()): meaning for phrase, meaning in phrases.items()}


def _fold(tokens: list[str]) -> str:
    """Return one form for variants such as extra-light and extralight, mini band and mini bands."""
    joined = re.sub(r"[\W_]+", "", "".join(tokens).casefold())
    return joined[:-1] if len(joined) > 3 and joined.endswith("s") else joined


def _take(tokens: list[str], phrases: Mapping[str, T]) -> tuple[T | None, list[str]]:
    """Return the meaning of the longest known phrase, and the words around the phrase."""
    for size in range(min(LONGEST_PHRASE, len(tokens)), 0, -1):
        for start in range(len(tokens) - size + 1):
            folded = _fold(tokens[start : start + size])
            if folded in phrases:
                return phrases[folded], tokens[:start] + tokens[start + size :]
    return None, tokens
