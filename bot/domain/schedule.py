"""Training days, and the moments (UTC) of their reminders across changes of the clocks.

Each local time has exactly one moment on each local date that exists. A time that happens twice
means its first occurrence. A time that does not exist is shifted by the gap (RFC 5545, 3.3.5); if
the shift would leave the date (a gap up to midnight), the moment is the last minute before the gap.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen

GRACE = timedelta(hours=3)
EARLY = timedelta(seconds=30)  # allowance for a clock that was set back after the scheduler's wake
APART = timedelta(hours=48)


class Weekday(StrEnum):
    """A day of the week, named because the number 0 is Monday in Python and Sunday elsewhere."""

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


@frozen
class Slot:
    """An IANA zone and a local time, for which the scheduler holds one job."""

    zone: str
    at: time


@frozen
class Due:
    """A local date, and the moment of its reminder in UTC."""

    date: date
    moment: datetime


def in_order(schedule: Schedule) -> Schedule:
    """Return the schedule sorted from Monday to Sunday."""
    return tuple(sorted(schedule, key=lambda day: WEEK.index(day.weekday)))


def weekday_of(day: date) -> Weekday:
    return WEEK[day.weekday()]


def moment(day: date, local_time: time, zone: ZoneInfo) -> datetime | None:
    """Return the moment (UTC) of a local time on a date; None if the zone skips the date."""
    instant = datetime.combine(day, local_time, zone).astimezone(UTC)
    if instant.astimezone(zone).date() == day:
        return instant
    last = _last_minute(day, zone)
    return last if last and last < instant else None


def _last_minute(day: date, zone: ZoneInfo) -> datetime | None:
    """Return the last minute that the zone's clocks show on this date."""
    end = datetime.combine(day + timedelta(days=1), time(0), zone).astimezone(UTC)
    for minutes in range(1, 24 * 60):
        instant = end - timedelta(minutes=minutes)
        if instant.astimezone(zone).date() == day:
            return instant
    return None


def _moments(slot: Slot, start: date) -> Iterator[Due]:
    """Yield the slot's moments, one for each local date from `start` on."""
    zone = ZoneInfo(slot.zone)
    day = start
    while True:
        if instant := moment(day, slot.at, zone):
            yield Due(day, instant)
        day += timedelta(days=1)


def next_wake(slot: Slot, after: datetime) -> datetime:
    """Return the slot's first moment later than `after`, in UTC."""
    start = after.astimezone(ZoneInfo(slot.zone)).date() - timedelta(days=1)
    return next(due.moment for due in _moments(slot, start) if due.moment > after)


def due_on(slot: Slot, now: datetime) -> Due | None:
    """Return today's date and moment if the moment has come, at most GRACE ago."""
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
    """Return the schedule's next reminder after `now`, on `from_date` or later; None without days.

    `taken` are dates that have had their reminder, or need none.
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
    """Return when the zone's clocks change next, in UTC and to the minute; None within 400 days."""
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
    """Return the first two consecutive training days that are less than 48 hours apart."""
    if len(schedule) < 2:
        return None
    week = in_order(schedule)
    starts = [(day, _time_into_week(day)) for day in week]
    starts.append((week[0], starts[0][1] + timedelta(days=7)))
    for (day, start), (following, end) in pairwise(starts):
        if end - start < APART:
            return day, following
    return None


def _time_into_week(day: TrainingDay) -> timedelta:
    return timedelta(days=WEEK.index(day.weekday), hours=day.at.hour, minutes=day.at.minute)


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday of this date's week, and the next Monday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def local_day(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return the beginning and the (exclusive) end of a local date, in UTC."""
    tz = ZoneInfo(zone)
    start = datetime.combine(day, time(0), tz).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(0), tz).astimezone(UTC)
    return start, end
