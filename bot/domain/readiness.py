"""What the calendar asks of a session that is opened now: less after a gap, in an easier week, for
a week's cap; and to be no load at all if it comes too soon.

Readings: a session loads once half of its steps were done; one of which less was done still ends a
gap. Weeks of training are calendar weeks from the first one on; after two weeks without training
they are counted anew. What comes too soon is not refused, but it leads to nothing harder.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import load
from bot.domain.feedback import Context
from bot.domain.gap import Row, gap_days, row
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.prescription import Exercise, Prescription, SeasonPhase, sets_shown
from bot.domain.schedule import week_of

ANEW = timedelta(days=14)
GAPS = {8: Note.ONE_WEEK, 14: Note.TWO_WEEKS, 28: Note.FOUR_WEEKS, 56: Note.EIGHT_WEEKS}
SOON = {Loading.TOO_SOON: Note.TOO_SOON, Loading.WEEK_FULL: Note.WEEK_FULL}


@dataclass(frozen=True, slots=True)
class Done:
    """A session in which something was done, on its local date; `loads`: enough of it."""

    start: datetime
    day: date
    sets: int
    loads: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """`gap` in days; `room`: how many sets the week's cap leaves, None: there is none yet."""

    gap: int = 0
    easier_week: bool = False
    loading: Loading = Loading.ALLOWED
    room: int | None = None

    @property
    def row(self) -> Row | None:
        return row(self.gap)

    @property
    def notes(self) -> tuple[Note, ...]:
        found = [GAPS[self.row.days]] if self.row else []
        found += [Note.EASIER_WEEK] if self.easier_week else []
        found += [SOON[self.loading]] if self.loading in SOON else []
        return tuple(found)

    def context(self, *, first_weeks: bool) -> Context:
        return Context(
            easier_week=self.easier_week,
            first_weeks=first_weeks,
            light=self.loading is not Loading.ALLOWED,
        )


@dataclass(frozen=True, slots=True)
class Today:
    """One exercise's dose in one session."""

    sets: int
    prescription: Prescription


def occasion(before: Sequence[Done], now: datetime, zone: str, away: Iterable[date]) -> Occasion:
    """`before` are all sessions so far, in any order; `away` are dates not there."""
    today = now.astimezone(ZoneInfo(zone)).date()
    if not before:
        return Occasion()
    monday = week_of(today)[0]
    of_week: dict[date, int] = {}
    for one in before:
        week = week_of(one.day)[0]
        of_week[week] = of_week.get(week, 0) + one.sets
    earlier = [of_week[week] for week in sorted(of_week, reverse=True) if week < monday]
    most = load.most_sets(earlier)
    return Occasion(
        gap=gap_days(max(one.day for one in before), today, away=tuple(away)),
        easier_week=load.is_easier(
            training_week({one.day for one in before}, today), SeasonPhase.BASE
        ),
        loading=load.may_load([one.start for one in before if one.loads], now, zone),
        room=None if most is None else max(0, most - of_week.get(monday, 0)),
    )


def training_week(days: Iterable[date], today: date) -> int:
    """Which week of training this is, from 1; after two weeks without, the first again."""
    begun, last = today, today
    for day in sorted((day for day in days if day <= today), reverse=True):
        if last - day >= ANEW:
            break
        begun, last = day, day
    return (week_of(today)[0] - week_of(begun)[0]).days // 7 + 1


def today(
    doses: Mapping[str, tuple[Exercise, Prescription]], occasion: Occasion
) -> dict[str, Today]:
    """How many sets of each exercise, in the order of the routine."""
    sets = tuple(
        sets_shown(prescription, exercise, SeasonPhase.BASE, occasion.easier_week)
        for exercise, prescription in doses.values()
    )
    if occasion.room is not None:
        sets = load.trimmed(sets, occasion.room)
    return {
        key: Today(count, prescription)
        for (key, (_, prescription)), count in zip(doses.items(), sets, strict=True)
    }


def fewer_sets(doses: Mapping[str, Today]) -> dict[str, Today]:
    """The same with one set less, of what has most; each keeps one."""
    sets = [dose.sets for dose in doses.values()]
    left = load.trimmed(sets, sum(sets) - 1)
    return {
        key: replace(dose, sets=count)
        for (key, dose), count in zip(doses.items(), left, strict=True)
    }
