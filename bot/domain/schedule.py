"""Training days and the moments they stand for, through every change of the clocks.

Rules: each local date has exactly one moment for a local time. A time that happens twice means its
first occurrence. A time that does not exist is shifted by the gap (RFC 5545, 3.3.5); where that
would leave the date (a gap up to midnight), it is the last minute before the gap.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

GRACE = timedelta(hours=3)
EARLY = timedelta(seconds=30)  # a clock that was set back between the wake and the question
APART = timedelta(hours=48)


class Weekday(StrEnum):
    """Named, because 0 is Monday to Python and Sunday to others."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


WEEK = tuple(Weekday)


@dataclass(frozen=True, slots=True, order=True)
class TrainingDay:
    """A day of the week and the local time of its reminder, to the minute."""

    weekday: Weekday
    at: time


Schedule = tuple[TrainingDay, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """What the scheduler wakes for: an IANA zone and a local time."""

    zone: str
    at: time


@dataclass(frozen=True, slots=True)
class Due:
    """A local date whose moment has come; `moment` in UTC."""

    date: date
    moment: datetime


def in_order(schedule: Schedule) -> Schedule:
    """From Monday to Sunday."""
    return tuple(sorted(schedule, key=lambda day: WEEK.index(day.weekday)))


def weekday_of(day: date) -> Weekday:
    return WEEK[day.weekday()]


def moment(day: date, at: time, zone: ZoneInfo) -> datetime | None:
    """The one moment (UTC) of this time on this local date; None if the date does not exist."""
    local = datetime.combine(day, at, zone)
    instant = local.astimezone(UTC)
    if instant.astimezone(zone).date() == day:
        return instant
    last = _last_minute(day, zone)
    return last if last and last < instant else None


def _last_minute(day: date, zone: ZoneInfo) -> datetime | None:
    """The last minute that the zone's clocks show on this date."""
    end = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    for minutes in range(1, 24 * 60):
        instant = end - timedelta(minutes=minutes)
        if instant.astimezone(zone).date() == day:
            return instant
    return None


def _moments(slot: Slot, start: date) -> Iterator[Due]:
    """The slot's moments, one per local date, from this date on."""
    zone = ZoneInfo(slot.zone)
    day = start
    while True:
        if instant := moment(day, slot.at, zone):
            yield Due(day, instant)
        day += timedelta(days=1)


def next_wake(slot: Slot, after: datetime) -> datetime:
    """The first moment of the slot later than `after`, in UTC."""
    start = after.astimezone(ZoneInfo(slot.zone)).date() - timedelta(days=1)
    return next(due.moment for due in _moments(slot, start) if due.moment > after)


def due_on(slot: Slot, now: datetime) -> Due | None:
    """The date that a wake at `now` is for: today's, if its moment is past by GRACE at most."""
    zone = ZoneInfo(slot.zone)
    today = now.astimezone(zone).date()
    instant = moment(today, slot.at, zone)
    if instant is None or not instant - EARLY <= now <= instant + GRACE:
        return None
    return Due(today, instant)


def next_reminder(
    schedule: Schedule,
    zone: str,
    now: datetime,
    from_date: date | None = None,
    taken: Collection[date] = (),
) -> Due | None:
    """The schedule's next moment after `now`, on `from_date` or later; None without days.

    Dates that are `taken` have had their reminder, or need none.
    """
    coming = [
        next(
            due
            for due in _moments(Slot(zone, day.at), _not_before(now, zone, from_date))
            if due.moment > now and weekday_of(due.date) is day.weekday and due.date not in taken
        )
        for day in schedule
    ]
    return min(coming, key=lambda due: due.moment, default=None)


def _not_before(now: datetime, zone: str, from_date: date | None) -> date:
    today = now.astimezone(ZoneInfo(zone)).date()
    return max(today, from_date) if from_date else today


def next_clock_change(zone: str, after: datetime) -> datetime | None:
    """When this zone's clocks change next, to the minute, within 400 days; UTC."""
    tz = ZoneInfo(zone)

    def offset(moment: datetime) -> timedelta | None:
        return moment.astimezone(tz).utcoffset()

    early = after.astimezone(UTC)
    for _ in range(400):
        late = early + timedelta(days=1)
        if offset(early) != offset(late):
            break
        early = late
    else:
        return None
    while late - early > timedelta(minutes=1):
        middle = early + (late - early) / 2
        early, late = (middle, late) if offset(middle) == offset(early) else (early, middle)
    return late.replace(second=0, microsecond=0)


def too_close(schedule: Schedule) -> tuple[TrainingDay, TrainingDay] | None:
    """The first two training days in a row that are less than 48 hours apart on the clock."""
    if len(schedule) < 2:
        return None
    week = in_order(schedule)
    around = [(day, _hours_into_week(day)) for day in week]
    around.append((week[0], around[0][1] + timedelta(days=7)))
    for (day, start), (following, end) in pairwise(around):
        if end - start < APART:
            return day, following
    return None


def _hours_into_week(day: TrainingDay) -> timedelta:
    return timedelta(days=WEEK.index(day.weekday), hours=day.at.hour, minutes=day.at.minute)


def week_of(day: date) -> tuple[date, date]:
    """Monday of this date's week, and the Monday after."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def local_day(day: date, zone: str) -> tuple[datetime, datetime]:
    """When this local date begins and ends, in UTC; the end belongs to the next."""
    tz = ZoneInfo(zone)
    start = datetime.combine(day, time(0), tz).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), tz).astimezone(UTC)
    return start, end
