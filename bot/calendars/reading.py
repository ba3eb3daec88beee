"""Reading of a calendar file as a running plan, in the reading process only."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from bot.calendars.scanning import MOST_ENTRIES, UnreadableError, scanned
from bot.domain.frozen import frozen
from bot.domain.run_plan import COMING, DAY, PAST, EntryKind, PlanEntry, PlanFile, Unread
from bot.domain.run_titles import (
    LONGEST_FROM,
    Titled,
    TitleReading,
    TitleWords,
    read_title,
    shortened,
)

MOST_CATEGORIES = 10


@frozen
class _Read:
    """An entry and its title's reading; the length is needed until the plan is complete."""

    day: date
    at: time | None
    title: str
    reading: TitleReading


def read(content: bytes, words: TitleWords, zone: str | None, today: date) -> PlanFile | Unread:
    """Return the plan in a file from two weeks ago to a year ahead, in the runner's zone.

    Without a zone, each time is taken as it is in the file.
    """
    try:
        text = scanned(content, today - PAST - DAY, today + COMING + DAY)
        found = list(_entries(text, words, ZoneInfo(zone) if zone else None, today))
    except UnreadableError as error:
        return error.why
    except RecursionError:
        return Unread.TOO_DEEP
    except MemoryError:
        return Unread.TOO_MANY
    except Exception:  # whatever the libraries make of a stranger's file
        return Unread.NOT_A_CALENDAR
    return _plan(found)


def _entries(text: str, words: TitleWords, zone: tzinfo | None, today: date) -> Iterator[_Read]:
    number = 0
    for calendar in Calendar.from_ical(text, multiple=True):
        query = recurring_ical_events.of(calendar, skip_bad_series=True)
        for event in query.between(today - PAST, today + COMING):
            number += 1
            if number > MOST_ENTRIES:
                raise UnreadableError(Unread.TOO_MANY)
            start = event.decoded("DTSTART")
            day, at = _local(start, zone)
            title = str(event.get("SUMMARY", ""))
            entry = Titled(
                title,
                tuple(_categories(event)),
                _minutes(event),
                at is None,
                str(event.get("STATUS", "")).upper() == "CANCELLED",
            )
            yield _Read(day, at, shortened(title), read_title(entry, words))


def _local(moment: date | datetime, zone: tzinfo | None) -> tuple[date, time | None]:
    """Return the local date and time; a floating time is local everywhere.

    Midnight does not count as a time: programs write it if none is planned.
    """
    if not isinstance(moment, datetime):
        return moment, None
    if moment.tzinfo is not None and zone is not None:
        moment = moment.astimezone(zone)
    at = moment.time().replace(second=0, microsecond=0, tzinfo=None)
    return moment.date(), None if at == time.min else at


def _minutes(event: Any) -> int:
    """Return the length of an event with times, in minutes; 0: not known."""
    start, end = event.decoded("DTSTART"), event.decoded("DTEND", None)
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return 0
    minutes = (end - start).total_seconds() / 60
    return int(minutes) if 0 < minutes <= 24 * 60 else 0


def _categories(event: Any) -> Iterable[str]:
    found = event.get("CATEGORIES", [])
    lists = found if isinstance(found, list) else [found]
    names = [str(name) for each in lists for name in getattr(each, "cats", [each])]
    return names[:MOST_CATEGORIES]


def _plan(found: list[_Read]) -> PlanFile:
    """Return the entries in order; in a plan of runs, unclear titles are to be asked about."""
    others = {each.title for each in found if each.reading.is_other}
    known = {each.title for each in found if each.reading.kinds}
    if others and len(known) >= len(others):
        asked = TitleReading((EntryKind.ASK,))
        found = [
            replace(each, reading=asked) if each.reading.is_other and each.title else each
            for each in found
        ]
        others = set()
    has_long = any(EntryKind.LONG in each.reading.kinds for each in found)
    entries = {entry for each in found for entry in _of(each, has_long=has_long)}
    ordered = sorted(entries, key=lambda entry: (entry.day, entry.at or time.min, entry.title))
    return PlanFile(tuple(ordered), len(others))


def _of(each: _Read, *, has_long: bool) -> Iterator[PlanEntry]:
    for kind in each.reading.kinds:
        is_longest = kind is EntryKind.EASY and each.reading.minutes >= LONGEST_FROM
        is_strength = kind in (EntryKind.STRENGTH, EntryKind.TRUNK)
        yield PlanEntry(
            each.day,
            EntryKind.LONG if is_longest and not has_long else kind,
            each.at,
            each.title if each.reading.is_run and not is_strength else "",
        )
