"""The calendar file: the coming training days by RFC 5545, as Google, Apple and Outlook read it.

VTIMEZONE is built here, because the library writes the onset of summer time in the offset after the
change, which makes it an hour late; the standard requires the offset before it (RFC 5545, 3.6.5).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from bot import __version__
from bot.content.texts import Texts, plain
from bot.domain.calendar_days import CalendarEntry, PlannedDay
from bot.domain.schedule import next_clock_change
from bot.views import standing
from bot.views.screen import paragraphs

LENGTH = timedelta(minutes=30)
ALARM_BEFORE = timedelta(minutes=10)
FIRST_ONSET = datetime(1970, 1, 1)  # noqa: DTZ001 – local, as the standard wants it
NONE = timedelta(0)


def calendar_file(texts: Texts, entries: Sequence[CalendarEntry], link: str) -> bytes:
    """Return the file; `link` leads to today's session. A full file takes about 0.1 s."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Band Coach//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", texts.plain("calendar-name"))
    for zone in sorted({each.entry.zone for each in entries}):
        moments = [each.entry.starts_at for each in entries if each.entry.zone == zone]
        calendar.add_component(_timezone(zone, min(moments), max(moments)))
    for each in entries:
        calendar.add_component(_event(texts, each, link))
    return bytes(calendar.to_ical())


def _event(texts: Texts, each: CalendarEntry, link: str) -> Event:
    entry, planned = each.entry, each.planned
    title = texts.plain("calendar-title-cancelled") if planned is None else _title(texts, planned)
    local = entry.starts_at.astimezone(ZoneInfo(entry.zone)).replace(tzinfo=None)
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("sequence", entry.revision)
    event.add("status", "CANCELLED" if planned is None else "CONFIRMED")
    event.add("dtstart", local, parameters={"TZID": entry.zone})
    event.add("duration", LENGTH)
    event.add("summary", title)
    event.add("url", link)
    if planned is not None:
        event.add("description", _description(texts, planned, link))
        event.add_component(_alarm(title))
    return event


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -ALARM_BEFORE)
    alarm.add("description", title)
    return alarm


def _title(texts: Texts, planned: PlannedDay) -> str:
    race, days = planned.standing.season.race, planned.race_days
    if race is None or days is None:
        return texts.plain(f"calendar-title-{planned.kind}")
    name = texts.plain(f"race-{race.distance}")
    return texts.plain(f"calendar-title-{planned.kind}-race", days=days, race=name)


def _description(texts: Texts, planned: PlannedDay, link: str) -> str:
    """Say why the day is as it is, and where the session begins."""
    line = standing.line(texts, planned.standing)
    return plain(paragraphs(line, texts.html("calendar-description", link=link)))


def _timezone(zone: str, first: datetime, last: datetime) -> Timezone:
    """Return the zone's offsets from before the first moment until after the last one."""
    timezone = Timezone()
    timezone.add("tzid", zone)
    tz = ZoneInfo(zone)
    start = first - timedelta(days=1)
    begin = start.astimezone(tz)
    is_summer = (begin.dst() or NONE) > NONE
    timezone.add_component(_offset(FIRST_ONSET, begin, begin, is_summer=is_summer))
    for change in _changes(zone, start, last):
        before, after = ((change + step).astimezone(tz) for step in (-timedelta(seconds=1), NONE))
        onset = (change + (before.utcoffset() or NONE)).replace(tzinfo=None)
        is_summer = (after.utcoffset() or NONE) > (before.utcoffset() or NONE)
        timezone.add_component(_offset(onset, before, after, is_summer=is_summer))
    return timezone


def _changes(zone: str, start: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the moments at which the zone's clocks change, including the first one after `last`."""
    change = next_clock_change(zone, start)
    while change is not None:
        yield change
        if change > last:
            return
        change = next_clock_change(zone, change)


def _offset(
    onset: datetime, before: datetime, after: datetime, *, is_summer: bool
) -> TimezoneDaylight | TimezoneStandard:
    """Return the part of a VTIMEZONE for the offset of `after`, from the local onset on."""
    part = TimezoneDaylight() if is_summer else TimezoneStandard()
    part.add("dtstart", onset)
    part.add("tzoffsetfrom", before.utcoffset())
    part.add("tzoffsetto", after.utcoffset())
    part.add("tzname", after.tzname())
    return part
