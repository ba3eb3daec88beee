"""What the title of a calendar entry says about a runner's day.

Source: docs/training-rules.md, The running week, rule 47. Whole words are compared, without
accents. If the kind of run is unclear, the runner is asked; it is never assumed to be something
lighter.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from enum import StrEnum

from bot.domain.frozen import frozen
from bot.domain.run_plan import EntryKind

LONGEST_PHRASE = 4  # words
LONGEST_TITLE = 60  # letters
READ = 300  # letters of a title that are read
LONG_FROM = 90  # minutes
LONGEST_FROM = 75  # minutes, in a plan without a longer run
MEDIUM_LONG_FROM = 80  # minutes

WORD = re.compile(r"[^\W_]+|🏁")
# 8x400, 5 x 1k, 3x10', 12×1 min, 6 * (3 min)
REPEATS = re.compile(
    r"\b\d{1,2}\s*[x×✕*]\s*\(?\s*\d+(?:[.,:]\d+)?\s*(?:km|k|mi|min\w*|m|s|['′’\"”]+)?"
)
DISTANCE = re.compile(r"\b\d{1,3}(?:[.,]\d{1,2})?\s*(?:k|km|kms|mi|miles?|meilen|kilometer)\b")
HOURS_AND_MINUTES = re.compile(r"\b(\d{1,2}):(\d{2})\s*h\b")
HOURS = re.compile(
    r"(?<![:\d])(\d{1,2})\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|uur)\.?\s*(\d{1,2})?\b"
)
MINUTES = re.compile(r"\b(\d{2,3})\s*(?:min\w*\b|['′’](?!\d))")
STRUCK = re.compile(r"~~.+~~|\u0336")


class TitleClass(StrEnum):
    """What a word in a title stands for (data/calendar-words.toml)."""

    RACE = "race"
    LONG = "long"
    MEDIUM_LONG = "medium-long"
    HARD = "hard"
    SESSION = "session"
    EASY = "easy"
    STRIDES = "strides"
    REST = "rest"
    STRENGTH = "strength"
    TRUNK = "trunk"
    RIDE = "ride"
    GAME = "game"
    AWAY = "away"
    GONE = "gone"
    ASK = "ask"
    NOTHING = "nothing"


C = TitleClass
OF_RUNS = frozenset({C.LONG, C.MEDIUM_LONG, C.HARD, C.EASY})
HARD = frozenset({C.HARD, C.SESSION})
LONG = frozenset({C.LONG, C.MEDIUM_LONG})
OTHER_SPORTS = frozenset({C.RIDE, C.GAME})

Tokens = tuple[str, ...]


@frozen
class TitleWords:
    """The classes of phrases, by their words, and of the categories that programs write."""

    phrases: Mapping[Tokens, TitleClass]
    fields: Mapping[str, TitleClass]
    firsts: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(
        cls, phrases: Mapping[Tokens, TitleClass], fields: Mapping[str, TitleClass]
    ) -> "TitleWords":
        return cls(phrases, fields, frozenset(tokens[0] for tokens in phrases if tokens))

    def classes_in(self, title: str) -> frozenset[TitleClass]:
        """Return the classes of all phrases in the title; the longest phrase at a place counts."""
        written = WORD.findall(unaccented(title))
        folded = [word.casefold() for word in written]
        found, index = set(), 0
        while index < len(folded):
            match = self._at(written, folded, index)
            if match is not None:
                found.add(match[0])
            index += match[1] if match else 1
        return frozenset(found)

    def _at(
        self, written: list[str], folded: list[str], index: int
    ) -> tuple[TitleClass, int] | None:
        """Return the class of the longest phrase that begins here, and its number of words."""
        for words in (folded, written):
            if words[index] not in self.firsts:
                continue
            for size in range(min(LONGEST_PHRASE, len(words) - index), 0, -1):
                if (found := self.phrases.get(tuple(words[index : index + size]))) is not None:
                    return found, size
        return None


@frozen
class Titled:
    """What is read of an entry: its title, categories, and length in minutes (0: not known)."""

    title: str
    categories: tuple[str, ...] = ()
    minutes: int = 0
    is_whole_day: bool = False
    is_cancelled: bool = False


@frozen
class TitleReading:
    """The kinds that an entry stands for: none, one, or a run and strength work.

    `minutes` is the length that counts. `is_run`: the title is that of a run. `is_other`: nothing
    in the title is about training.
    """

    kinds: tuple[EntryKind, ...] = ()
    minutes: int = 0
    is_run: bool = True
    is_other: bool = False


NOT_THERE = TitleReading()


def read_title(entry: Titled, words: TitleWords) -> TitleReading:
    """Return what an entry stands for."""
    title = entry.title[:READ]
    told_by_category = _categories(entry, words)
    classes = words.classes_in(title) | told_by_category
    if entry.is_cancelled or C.GONE in classes or STRUCK.search(title):
        return NOT_THERE
    plain = unaccented(title).casefold()
    has_repeats = REPEATS.search(plain) is not None
    if C.AWAY in classes and entry.is_whole_day and not classes & OF_RUNS:
        return NOT_THERE
    if C.RACE in classes:
        return TitleReading((EntryKind.RACE,))
    told = _minutes(plain)
    minutes = told or entry.minutes
    if OTHER_SPORTS & (classes if C.ASK not in classes else told_by_category):
        is_hard = classes & (HARD | LONG | {C.GAME}) or has_repeats or minutes >= LONG_FROM
        return TitleReading((EntryKind.HARD if is_hard else EntryKind.EASY,), 0, is_run=False)
    has_distance = DISTANCE.search(plain) is not None
    tells_a_run = has_repeats or has_distance
    run = _run(classes, minutes, told, has_repeats=has_repeats, tells_a_run=tells_a_run)
    strength = _strength(classes)
    if strength is not None:
        is_run = bool(classes & OF_RUNS) and run is not None
        kinds = (run, strength) if is_run and run else (strength,)
        return TitleReading(kinds, minutes, is_run=is_run)
    if run is not None:
        return TitleReading((run,), minutes, is_run=run is not EntryKind.REST)
    if C.ASK in classes or C.STRIDES in classes or has_distance:
        return TitleReading((EntryKind.ASK,), minutes)
    return TitleReading(is_other=True)


def _categories(entry: Titled, words: TitleWords) -> frozenset[TitleClass]:
    values = (" ".join(value.casefold().split()) for value in entry.categories)
    return frozenset(words.fields[value] for value in values if value in words.fields)


def _strength(classes: Iterable[TitleClass]) -> EntryKind | None:
    if C.TRUNK in classes:
        return EntryKind.TRUNK
    return EntryKind.STRENGTH if C.STRENGTH in classes else None


def _run(
    classes: frozenset[TitleClass], minutes: int, told: int, *, has_repeats: bool, tells_a_run: bool
) -> EntryKind | None:
    """Return the kind of run, or rest; None: not sure, or none of them."""
    if C.REST in classes and not (classes & (OF_RUNS | HARD | {C.ASK}) or tells_a_run):
        return EntryKind.REST
    if C.LONG in classes:
        return EntryKind.LONG
    if C.MEDIUM_LONG in classes:
        return EntryKind.HARD if 0 < minutes < MEDIUM_LONG_FROM else EntryKind.LONG
    are_strides = {C.EASY, C.STRIDES} <= classes
    if classes & HARD or (has_repeats and not are_strides):
        return EntryKind.HARD
    if C.EASY in classes:
        return EntryKind.LONG if minutes >= LONG_FROM else EntryKind.EASY
    return EntryKind.LONG if C.ASK in classes and told >= LONG_FROM else None


def _minutes(plain: str) -> int:
    """Return the length in the title, in minutes, without repeats such as 3x10'; 0: none."""
    text = REPEATS.sub(" ", plain)
    found = [
        60 * int(match[1]) + int(match[2] or 0)
        for pattern in (HOURS_AND_MINUTES, HOURS)
        for match in pattern.finditer(text)
    ]
    found += [int(match[1]) for match in MINUTES.finditer(text)]
    return max((minutes for minutes in found if minutes <= 24 * 60), default=0)


def unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def as_written(phrase: str) -> Tokens:
    """Return the words of a phrase of the file; those in capitals stay so."""
    words = WORD.findall(unaccented(phrase))
    return tuple(word if phrase.isupper() else word.casefold() for word in words)


def shortened(title: str) -> str:
    """Return a title as it is stored: one line of at most 60 letters, none of them invisible."""
    seen = "".join(
        letter if unicodedata.category(letter)[0] != "C" else " " for letter in title[:READ]
    )
    return " ".join(seen.split())[:LONGEST_TITLE].strip()
