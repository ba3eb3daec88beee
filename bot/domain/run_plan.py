"""A running plan that a runner has brought as a calendar file.

Source: docs/training-rules.md, The running week, rule 47.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from datetime import date, time, timedelta
from enum import StrEnum
from zlib import crc32

from bot.domain.frozen import frozen

DAY = timedelta(days=1)
PAST = timedelta(days=14)  # before the import; earlier entries are ignored
COMING = timedelta(days=370)  # after the import; later entries are ignored
SHOWN = 14  # days


class EntryKind(StrEnum):
    """What an entry stands for; ASK: a run whose kind is unclear."""

    RACE = "race"
    LONG = "long"
    HARD = "hard"
    ASK = "ask"
    EASY = "easy"
    REST = "rest"
    STRENGTH = "strength"
    TRUNK = "trunk"


class PlanAnswer(StrEnum):
    """The runner's answer about an entry whose kind was unclear; SKIP: not a run."""

    EASY = "easy"
    HARD = "hard"
    LONG = "long"
    REST = "rest"
    SKIP = "skip"

    @property
    def kind(self) -> EntryKind | None:
        return None if self is PlanAnswer.SKIP else EntryKind(self.value)


RUNS = (EntryKind.RACE, EntryKind.LONG, EntryKind.HARD, EntryKind.ASK, EntryKind.EASY)


@frozen
class PlanEntry:
    """An entry of a plan; `at` is its local time (None: the whole day), `title` that of a run."""

    day: date
    kind: EntryKind
    at: time | None = None
    title: str = ""


class Unread(StrEnum):
    """Why a calendar file was not read."""

    NOT_A_CALENDAR = "not-a-calendar"
    ENCODING = "encoding"
    TOO_MANY = "too-many"
    TOO_DEEP = "too-deep"
    TOO_OFTEN = "too-often"
    TOO_LONG = "too-long"
    TOO_SLOW = "too-slow"


@frozen
class PlanFile:
    """What is read of a calendar file; `others` counts the titles that are not about training."""

    entries: tuple[PlanEntry, ...]
    others: int = 0


@frozen
class RunPlan:
    """A plan as it is stored: a draft, or in use.

    `read_on` is the runner's local date of the import.
    """

    id: int
    read_on: date
    entries: tuple[PlanEntry, ...]
    others: int = 0
    is_used: bool = False

    @property
    def unsure(self) -> tuple[str, ...]:
        """The titles whose kind is unclear, in order of their first entry."""
        return tuple(
            dict.fromkeys(entry.title for entry in self.entries if entry.kind is EntryKind.ASK)
        )

    def on(self, day: date) -> tuple[PlanEntry, ...]:
        return tuple(entry for entry in self.entries if entry.day == day)

    def coming(self, today: date) -> tuple[PlanEntry, ...]:
        return tuple(entry for entry in self.entries if entry.day >= today)

    def shown_days(self, today: date) -> tuple[date, ...]:
        """Return two weeks: from today, or from the first entry if it comes later than those."""
        first = next((entry.day for entry in self.coming(today)), today)
        start = today if first < today + SHOWN * DAY else first
        return tuple(start + number * DAY for number in range(SHOWN))

    def with_title(self, title: str) -> tuple[PlanEntry, ...]:
        """Return the entries with this title whose kind is unclear."""
        return tuple(
            entry for entry in self.entries if entry.title == title and entry.kind is EntryKind.ASK
        )


@frozen
class ShownPlan:
    """A plan with the runner's date today, and its races that the coach does not know yet."""

    plan: RunPlan
    today: date
    races: tuple[PlanEntry, ...] = ()


def title_key(title: str) -> int:
    """Return a number that stands for a title in a button."""
    return crc32(title.encode(errors="replace"))


@frozen
class Planned:
    """A plan by date: the run that counts, and the dates of strength work for the legs."""

    runs: Mapping[date, PlanEntry] = field(default_factory=dict)
    strength: frozenset[date] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.runs or self.strength)


NO_PLAN = Planned()


def planned(entries: Iterable[PlanEntry]) -> Planned:
    """Return the entry that counts on each date: of several, the most demanding."""
    runs: dict[date, PlanEntry] = {}
    strength = set()
    order: Sequence[EntryKind] = (*RUNS, EntryKind.REST)
    for entry in entries:
        if entry.kind is EntryKind.STRENGTH:
            strength.add(entry.day)
        elif entry.kind is not EntryKind.TRUNK:
            other = runs.get(entry.day)
            if other is None or order.index(entry.kind) < order.index(other.kind):
                runs[entry.day] = entry
    return Planned(runs, frozenset(strength))
