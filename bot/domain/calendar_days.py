"""The coming training days as they stand in a runner's calendar file."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen
from bot.domain.prescription import SeasonPhase
from bot.domain.race import Allowed
from bot.domain.runner import Runner
from bot.domain.schedule import moment, week_of, weekday_of
from bot.domain.standing import Standing

HORIZON = timedelta(weeks=12)
DAY = timedelta(days=1)
EASY = frozenset({SeasonPhase.TAPER, SeasonPhase.RACE_WEEK})


class Kind(StrEnum):
    """What the session of a date will be like, as far as that is known."""

    STRENGTH = "strength"
    HALF = "half"
    TAPER = "taper"
    LIGHT = "light"


@frozen
class PlannedDay:
    """A training day to come: its local date, its moment in UTC, and where the runner stands."""

    day: date
    starts_at: datetime
    standing: Standing

    @property
    def kind(self) -> Kind:
        if self.standing.allowed is Allowed.LIGHT:
            return Kind.LIGHT
        if self.standing.season.phase in EASY:
            return Kind.TAPER
        return Kind.HALF if self.standing.allowed is Allowed.HALF else Kind.STRENGTH

    @property
    def race_days(self) -> int | None:
        """The days to the race before which sessions are easy; None: there is none."""
        season = self.standing.season
        is_easy = self.kind is Kind.TAPER or self.standing.forbids_legs
        return season.days if is_easy and season.race and season.days > 0 else None

    @property
    def about(self) -> str:
        """A key of everything that the text of the entry depends on."""
        season = self.standing.season
        race = f"{season.race.distance} {season.days}" if season.race else "-"
        rule = self.standing.rule or "-"
        return f"{self.kind} {season.phase} {season.allowed} {rule} {race}"


@frozen
class CalendarDay:
    """An entry of the calendar file as it was last written.

    `revision` counts its changes; the last one was made at `changed_at`. A cancelled entry is no
    longer a training day. `about` is a key of everything that its text depends on.
    """

    uid: str
    day: date
    starts_at: datetime
    zone: str
    about: str
    revision: int
    changed_at: datetime
    is_cancelled: bool = False


@frozen
class Plan:
    """The training days to come; `spared`: a race, or `away`: the time away, leaves out some."""

    days: tuple[PlannedDay, ...]
    spared: bool = False
    away: bool = False


@frozen
class CalendarEntry:
    """An entry of the file, with what is planned on its date; None: it is cancelled."""

    entry: CalendarDay
    planned: PlannedDay | None


@frozen
class TrainingCalendar:
    """The entries of a runner's calendar file, and the plan from which they are made."""

    runner: Runner
    entries: tuple[CalendarEntry, ...]
    plan: Plan

    @property
    def cancelled(self) -> int:
        """The number of days that an earlier file had and the plan has not."""
        return len(self.entries) - len(self.plan.days)


def plan(
    runner: Runner,
    now: datetime,
    standing_on: Callable[[date], Standing],
    *,
    moved: Mapping[date, datetime],
    taken: Collection[date],
    done: int,
) -> Plan:
    """Return the training days of the next twelve weeks that get a reminder.

    `moved` are the moments of reminders that are not at the usual day and time. `taken` are dates
    that no longer need a session. `done` is the number of this week's sessions.
    """
    zone = ZoneInfo(runner.zone or "UTC")
    today = now.astimezone(zone).date()
    times = {each.weekday: each.at for each in runner.schedule}
    counts = {week_of(today)[0]: done}
    days: list[PlannedDay] = []
    spared = is_away = False
    for number in range(HORIZON.days):
        day = today + number * DAY
        usual = times.get(weekday_of(day))
        starts_at = moved.get(day)
        if starts_at is None and usual is not None and day not in taken:
            starts_at = moment(day, usual, zone)
            if runner.is_away(day):
                is_away, starts_at = True, None
        if starts_at is None or starts_at <= now:
            continue
        planned, monday = PlannedDay(day, starts_at, standing_on(day)), week_of(day)[0]
        if _is_spared(planned, counts.get(monday, 0)):
            spared = True
            continue
        counts[monday] = counts.get(monday, 0) + 1
        days.append(planned)
    return Plan(tuple(days), spared, is_away)


def _is_spared(planned: PlannedDay, before: int) -> bool:
    """Return whether a race allows no session on this date, or none after those `before` it."""
    season = planned.standing.season
    if planned.standing.allowed is Allowed.NOTHING:
        return True
    return season.race is not None and before >= season.sessions


def revised(
    stored: Sequence[CalendarDay],
    days: Sequence[PlannedDay],
    zone: str,
    now: datetime,
    new_uid: Callable[[], str],
) -> tuple[CalendarDay, ...]:
    """Return the entries of the new file, after those of the last one.

    A changed entry gets the next revision. A missing entry is cancelled if it is in the future.
    """
    before = {each.day: each for each in stored if each.starts_at > now}
    written = [_written(each, before.get(each.day), zone, now, new_uid) for each in days]
    planned = {each.day for each in days}
    gone = [_cancelled(each, now) for each in before.values() if each.day not in planned]
    return tuple(sorted([*written, *gone], key=lambda each: each.day))


def _written(
    planned: PlannedDay,
    before: CalendarDay | None,
    zone: str,
    now: datetime,
    new_uid: Callable[[], str],
) -> CalendarDay:
    if before is None:
        new = (new_uid(), planned.day, planned.starts_at, zone, planned.about)
        return CalendarDay(*new, revision=0, changed_at=now)
    after = replace(
        before, starts_at=planned.starts_at, zone=zone, about=planned.about, is_cancelled=False
    )
    if after == before:
        return before
    return replace(after, revision=before.revision + 1, changed_at=now)


def _cancelled(entry: CalendarDay, now: datetime) -> CalendarDay:
    if entry.is_cancelled:
        return entry
    return replace(entry, is_cancelled=True, revision=entry.revision + 1, changed_at=now)
