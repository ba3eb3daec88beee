"""Parsing of a routine as people type it: `clamshell 2x12, dead bug 2x30s, rest 30`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain

from bot.domain.frozen import frozen
from bot.domain.spelling import LONGEST_TEXT, normalised

LONGEST_NAME = 60  # characters of an exercise's name that are kept
LONGEST_PHRASE = 4  # words
FEW = 5  # a bare number up to this one counts sets, a larger one repetitions
MOST = 999  # larger numbers are lowered to this one

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[×✕*&+]")
_SETS_OF = re.compile(r"(\d+)([^\W\d_]+|[×✕*])(\d+)([^\W\d_]*)")  # 2x12, 2x30s
_NUMBER_OF = re.compile(r"(\d+)([^\W\d_]+)")  # 30s
_OF_NUMBER = re.compile(r"([^\W\d_]+)(\d+)([^\W\d_]*)")  # x12
_LINE = re.compile(r"[,;\n•·|]+")


class Meaning(StrEnum):
    """The meaning of a word or phrase next to a number."""

    TIMES = "times"
    SETS = "sets"
    COUNTS = "counts"
    SECONDS = "seconds"
    MINUTES = "minutes"
    REST = "rest"
    SIDES = "sides"
    SMALL = "small"
    JOINING = "joining"


@frozen
class RoutineWords:
    """The words of a language for a runner's own routine.

    `meanings` are phrases in lower case. `openings` come before the exercises and `naming` before
    the routine's name. `whole` are messages that ask for a new routine, `lists` messages that ask
    for the list, and `new` are the words that may follow /routine. `save` confirms, `cancel`
    abandons, and `leave_out` drops the exercise that is asked about. `changing` begins a wish to
    change what was read.
    """

    meanings: Mapping[str, Meaning]
    openings: tuple[str, ...]
    naming: tuple[str, ...]
    whole: frozenset[str]
    new: tuple[str, ...]
    save: frozenset[str]
    cancel: frozenset[str]
    leave_out: frozenset[str]
    changing: tuple[str, ...]


@frozen
class Item:
    """An exercise as it was typed; None: not said. `amount` is in seconds or counted."""

    name: str
    sets: int | None = None
    amount: int | None = None
    in_seconds: bool | None = None

    @property
    def has_dose(self) -> bool:
        return self.sets is not None or self.amount is not None


@frozen
class TypedRoutine:
    """What was typed: the exercises in order, the seconds of rest, and the routine's name or ""."""

    items: tuple[Item, ...] = ()
    rest: int | None = None
    name: str = ""

    @property
    def has_dose(self) -> bool:
        return any(item.has_dose for item in self.items)


def opened(text: str, words: RoutineWords, openings: Iterable[str]) -> TypedRoutine | None:
    """Parse a text that begins with one of the openings; None: it begins with none.

    Words between the opening and a colon are the routine's name, unless sets follow at once.
    """
    rest = _after(text, openings)
    if rest is None:
        return None
    head, colon, tail = rest.partition(":")
    if not colon:
        return read(rest, words)
    first = _LINE.split(tail)[0]
    is_dose = bool(first.strip()) and not read(first, words).items
    if is_dose or any(character in ",;\n" for character in head):
        return read(rest, words)
    name = _after(head, words.naming)
    return replace(read(tail, words), name=(head if name is None else name).strip(" \"“”'"))


def named(text: str, words: RoutineWords) -> str | None:
    """Return the name in a text such as `call it Club legs`; None: it is not of this kind."""
    return _after(text, words.naming)


def read(text: str, words: RoutineWords) -> TypedRoutine:
    """Parse exercises between commas or on lines of their own, each with sets and work."""
    items: list[Item] = []
    rest: int | None = None
    for part in _parts(text[:LONGEST_TEXT], words.meanings):
        item, own_rest = _item(part)
        rest = own_rest if own_rest is not None else rest
        if item.name:
            items.append(item)
        elif item.has_dose and items and not items[-1].has_dose:
            items[-1] = replace(item, name=items[-1].name)
        elif item.amount is not None and items and items[-1].amount is None:
            items[-1] = replace(items[-1], amount=item.amount, in_seconds=item.in_seconds)
    return TypedRoutine(tuple(items), rest)


def dose(text: str, words: RoutineWords) -> TypedRoutine | None:
    """Parse sets, work and rest without an exercise, such as `3 sets` or `2x12, rest 45`.

    They are returned as an exercise without a name; None if the text has more, or nothing.
    """
    parts = [_item(part) for part in _parts(text[:LONGEST_TEXT], words.meanings)]
    if not parts or any(item.name or not (item.has_dose or rest) for item, rest in parts):
        return None
    items = tuple(item for item, _ in parts if item.has_dose)
    rests = [rest for _, rest in parts if rest is not None]
    return TypedRoutine(items[-1:], rests[-1] if rests else None)


@frozen
class _Token:
    """A word as typed, with its number or its meaning; neither: it is part of a name."""

    text: str
    number: int | None = None
    meaning: Meaning | None = None


@dataclass
class _Dose:
    """The sets, work and rest that have been read from a part so far."""

    name: list[_Token] = field(default_factory=list)
    sets: int | None = None
    amount: int | None = None
    in_seconds: bool | None = None
    rest: int | None = None

    def works(self, amount: int, unit: Meaning | None) -> None:
        self.amount = amount * 60 if unit is Meaning.MINUTES else amount
        self.in_seconds = None if unit is None else unit is not Meaning.COUNTS


def _after(text: str, openings: Iterable[str]) -> str | None:
    """Return what follows the longest of these openings with which the text begins."""
    found = None
    plain = text.lstrip(" \"“'-–—")
    for opening in openings:
        pattern = r"\s+".join(map(re.escape, opening.split()))
        if (match := re.match(rf"{pattern}(?![^\W_])\s*", plain, re.IGNORECASE)) and (
            found is None or match.end() > found
        ):
            found = match.end()
    return None if found is None else plain[found:].lstrip(" –—-")


def _parts(text: str, meanings: Mapping[str, Meaning]) -> Iterator[list[_Token]]:
    """Yield the tokens of each exercise; after a number, a word such as `and` separates."""
    for line in _LINE.split(text):
        part: list[_Token] = []
        for token in _tokens(_without_bullet(line), meanings):
            if token.meaning is not Meaning.JOINING:
                part.append(token)
            elif any(known.number is not None for known in part):
                yield part
                part = []
            elif part:
                part.append(replace(token, meaning=None))
        if part:
            yield part


def _without_bullet(line: str) -> str:
    """Return the line without the number or dash of a list."""
    return re.sub(r"^\s*(?:\d{1,3}[.)]\s|[-–—]+\s*)", "", line)


def _tokens(line: str, meanings: Mapping[str, Meaning]) -> Iterator[_Token]:
    words = [*chain.from_iterable(_split(match[0], meanings) for match in _TOKEN.finditer(line))]
    place = 0
    while place < len(words):
        if words[place].isdecimal():
            yield _Token(words[place], number=min(int(words[place][:9]), MOST))
            place += 1
            continue
        for size in range(min(LONGEST_PHRASE, len(words) - place), 0, -1):
            phrase = " ".join(words[place : place + size])
            meaning = meanings.get(normalised(phrase).replace("✕", "×"))
            if meaning is not None or size == 1:
                yield _Token(phrase, meaning=meaning)
                place += size
                break


def _split(word: str, meanings: Mapping[str, Meaning]) -> tuple[str, ...]:
    """Split a word such as 2x12 or 30s; a word such as 3way, which is no dose, stays whole."""
    if match := _SETS_OF.fullmatch(word):
        sets, times, amount, unit = match.groups()
        if meanings.get(normalised(times)) is Meaning.TIMES and (
            not unit or normalised(unit) in meanings
        ):
            return tuple(filter(None, (sets, times, amount, unit)))
    if (match := _NUMBER_OF.fullmatch(word)) and normalised(match[2]) in meanings:
        return match.groups()
    if match := _OF_NUMBER.fullmatch(word):
        times, amount, unit = match.groups()
        if meanings.get(normalised(times)) is Meaning.TIMES and (
            not unit or normalised(unit) in meanings
        ):
            return tuple(filter(None, (times, amount, unit)))
    return (word,)


def _item(part: list[_Token]) -> tuple[Item, int | None]:
    """Return the exercise of a part, and the seconds of rest if it says them."""
    dose = _Dose()
    place = 0
    while place < len(part):
        place += _taken(part, place, dose) or _kept(part[place], dose)
    while dose.name and dose.name[-1].meaning in (Meaning.SMALL, Meaning.JOINING):
        dose.name.pop()
    name = " ".join(token.text for token in dose.name)[:LONGEST_NAME]
    return Item(name, dose.sets, dose.amount, dose.in_seconds), dose.rest


def _kept(token: _Token, dose: _Dose) -> int:
    """Take the token as a part of the name, unless it is a small word before the name."""
    if dose.name or token.meaning is None:
        dose.name.append(token)
    return 1


def _taken(part: list[_Token], place: int, dose: _Dose) -> int:
    """Add the meaning of the tokens from here on to the dose; return their number, or 0."""
    numbers = [token.number for token in part[place:]]
    marks = [token.meaning for token in part[place:]]
    first = numbers[0]
    if marks[0] is Meaning.SIDES:
        return 1
    if first is None:
        return _taken_by_word(numbers, marks, dose)
    size = 1
    while size < len(marks) and marks[size] in (Meaning.TIMES, Meaning.SETS, Meaning.SMALL):
        size += 1
    mark = next((each for each in marks[1:size] if each is not Meaning.SMALL), None)
    second = numbers[size] if size < len(numbers) else None
    if mark is not None and second is not None:
        unit = _unit(marks, size + 1)
        dose.sets = first
        dose.works(second, unit)
        return size + 1 + (unit is not None)
    if mark is Meaning.SETS:
        dose.sets = first
        return 2
    unit = _unit(marks, 1)
    if unit is not None:
        after = 3 if marks[2:3] == [Meaning.SMALL] else 2
        if marks[after : after + 1] == [Meaning.REST]:
            dose.rest = first * 60 if unit is Meaning.MINUTES else first
            return after + 1
        dose.works(first, unit)
        return 2
    is_in_name = dose.name and any(token.meaning is None for token in _words(part, place))
    if mark is not Meaning.TIMES and is_in_name:
        return 0
    _guessed(first, dose)
    return size


def _taken_by_word(numbers: list[int | None], marks: list[Meaning | None], dose: _Dose) -> int:
    """Add `rest 30`, `x 12` or `sets 2` to the dose; return the number of tokens, or 0."""
    size = 1
    while marks[size : size + 1] == [Meaning.SMALL]:
        size += 1
    number = numbers[size] if size < len(numbers) else None
    if number is None:
        return 0
    unit = _unit(marks, size + 1)
    if marks[0] is Meaning.REST:
        dose.rest = number * 60 if unit is Meaning.MINUTES else number
    elif marks[0] is Meaning.TIMES:
        dose.works(number, unit)
    elif marks[0] is Meaning.SETS and unit is None:
        dose.sets = number
    else:
        return 0
    return size + 1 + (unit is not None)


def _unit(marks: list[Meaning | None], place: int) -> Meaning | None:
    units = (Meaning.COUNTS, Meaning.SECONDS, Meaning.MINUTES)
    found = marks[place] if place < len(marks) else None
    return found if found in units else None


def _words(part: list[_Token], place: int) -> list[_Token]:
    """Return the tokens after the place that are not numbers."""
    return [token for token in part[place + 1 :] if token.number is None]


def _guessed(number: int, dose: _Dose) -> None:
    """Take a bare number as the sets if it is small and they are unknown, otherwise as the work."""
    if number <= FEW and dose.sets is None:
        dose.sets = number
    elif dose.amount is None:
        dose.works(number, None)
