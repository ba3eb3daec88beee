"""Effects of the calendar on a session that is opened now.

The rules are in docs/training-rules.md, How much in a week and After a gap. A session of which less
than half was done is no load, but it ends a gap.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import load
from bot.domain.feedback import SessionContext
from bot.domain.gap import GapRule, gap_days, gap_rule
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.prescription import ExerciseBounds, Prescription, SeasonPhase, sets_shown
from bot.domain.schedule import week_of

ANEW = timedelta(days=14)  # without training, after which weeks are counted from 1 again
GAPS = {8: Note.ONE_WEEK, 14: Note.TWO_WEEKS, 28: Note.FOUR_WEEKS, 56: Note.EIGHT_WEEKS}
SOON = {Loading.TOO_SOON: Note.TOO_SOON, Loading.WEEK_FULL: Note.WEEK_FULL}


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session in which something was done, with its local date.

    `loads`: at least half of its steps were done.
    """

    start: datetime
    day: date
    sets: int
    loads: bool


@dataclass(frozen=True, slots=True)
class Readiness:
    """The circumstances of a session that follow from the calendar.

    `gap` is in days. `sets_left`: the sets that the week's cap leaves; None: there is no cap yet.
    """

    gap: int = 0
    easier_week: bool = False
    loading: Loading = Loading.ALLOWED
    sets_left: int | None = None

    @property
    def gap_rule(self) -> GapRule | None:
        return gap_rule(self.gap)

    @property
    def notes(self) -> tuple[Note, ...]:
        notes = [GAPS[self.gap_rule.days]] if self.gap_rule else []
        notes += [Note.EASIER_WEEK] if self.easier_week else []
        notes += [SOON[self.loading]] if self.loading in SOON else []
        return tuple(notes)

    def context(self, *, stays_easy: bool) -> SessionContext:
        return SessionContext(
            easier_week=self.easier_week,
            stays_easy=stays_easy,
            light=self.loading is not Loading.ALLOWED,
        )


@dataclass(frozen=True, slots=True)
class TodaysDose:
    """The dose of an exercise in a session."""

    sets: int
    prescription: Prescription


def readiness(
    sessions: Sequence[PastSession], now: datetime, zone: str, away: Iterable[date]
) -> Readiness:
    """Return the circumstances of a session now.

    `sessions` are all earlier ones, in any order; `away` are the local dates away.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    if not sessions:
        return Readiness()
    monday = week_of(today)[0]
    sets_by_week: dict[date, int] = {}
    for session in sessions:
        week = week_of(session.day)[0]
        sets_by_week[week] = sets_by_week.get(week, 0) + session.sets
    earlier = [sets_by_week[week] for week in sorted(sets_by_week, reverse=True) if week < monday]
    most = load.most_sets(earlier)
    days = {session.day for session in sessions}
    return Readiness(
        gap=gap_days(max(days), today, away=tuple(away)),
        easier_week=load.is_easier(training_week(days, today), SeasonPhase.BASE),
        loading=load.may_load([session.start for session in sessions if session.loads], now, zone),
        sets_left=None if most is None else max(0, most - sets_by_week.get(monday, 0)),
    )


def training_week(days: Iterable[date], today: date) -> int:
    """Return the number of this calendar week of training, from 1.

    After two weeks without training, the count starts again.
    """
    begun, last = today, today
    for day in sorted((day for day in days if day <= today), reverse=True):
        if last - day >= ANEW:
            break
        begun, last = day, day
    return (week_of(today)[0] - week_of(begun)[0]).days // 7 + 1


def todays_doses(
    doses: Mapping[str, tuple[ExerciseBounds, Prescription]], readiness: Readiness
) -> dict[str, TodaysDose]:
    """Return today's dose of each exercise, in the order of the routine."""
    sets = tuple(
        sets_shown(prescription, exercise, SeasonPhase.BASE, readiness.easier_week)
        for exercise, prescription in doses.values()
    )
    if readiness.sets_left is not None:
        sets = load.trimmed(sets, readiness.sets_left)
    return {
        key: TodaysDose(count, prescription)
        for (key, (_, prescription)), count in zip(doses.items(), sets, strict=True)
    }


def fewer_sets(doses: Mapping[str, TodaysDose]) -> dict[str, TodaysDose]:
    """The same with one set less, of what has most; each keeps one."""
    sets = [dose.sets for dose in doses.values()]
    left = load.trimmed(sets, sum(sets) - 1)
    return {
        key: replace(dose, sets=count)
        for (key, dose), count in zip(doses.items(), left, strict=True)
    }
