"""Parsing of a moment for a single reminder: `tomorrow at 7`, `in 2 hours`, `sunday morning`."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.domain.frozen import frozen
from bot.domain.schedule import WEEK, Schedule
from bot.domain.schedule_words import (
    PRESETS,
    DayPart,
    Incomplete,
    ScheduleWords,
    Unreadable,
    read_schedule,
    read_time,
)

FARTHEST = timedelta(days=14)
SOON = timedelta(hours=1)
USUAL = time(7)
A_DAY = timedelta(days=1)


@frozen
class OnceWords:
    """The vocabulary of a language, in lower case.

    `units`: how long "hour" and "minutes" are. `numbers`: "half an" and 0.5. `days`: how many days
    off "tomorrow" is. `parts`: the part of the day in "tonight".
    """

    schedule: ScheduleWords
    after: frozenset[str]
    units: Mapping[str, timedelta]
    numbers: Mapping[str, float]
    days: Mapping[str, int]
    parts: Mapping[str, DayPart]


def read_once(text: str, now: datetime, words: OnceWords) -> datetime:
    """Return the local moment that the text means, at `now` or later.

    A time that has passed today is meant for tomorrow. A day alone gets the usual time, and a text
    with neither day nor time means soon.
    """
    typed = re.findall(r"[^\W_]+(?:[:.]\d+)?", text.lower())
    wait = _wait(typed, words)
    if wait is not None:
        return now + min(wait, FARTHEST)
    ahead = next((words.days[word] for word in typed if word in words.days), None)
    named = _named(typed, words)
    if isinstance(named, Incomplete):
        local_time = named.local_time or (PRESETS[named.part][1] if named.part else None)
        weekdays = named.days[:1]
    else:
        local_time, weekdays = named[0].at, (named[0].weekday,)
    if ahead is None and local_time is None and not weekdays:
        return now + SOON
    if weekdays and ahead is None:
        ahead = (WEEK.index(weekdays[0]) - now.weekday()) % 7
    if ahead == 0 and local_time is None and not weekdays:
        return now + SOON
    return _moment(now, ahead, local_time or USUAL, repeats=7 if weekdays else 1)


def begins_with_wait(text: str, words: OnceWords) -> bool:
    """Return whether the text is a duration such as “in half an hour”."""
    typed = re.findall(r"[^\W_]+(?:[:.]\d+)?", text.lower())
    return bool(typed) and typed[0] in words.after and _wait(typed, words) is not None


def read_length(text: str, words: OnceWords) -> timedelta | None:
    """Return the duration in a text such as “half an hour earlier”; None if there is none."""
    typed = re.findall(r"[^\W\d_]+|\d+", text.lower())
    return _wait([*sorted(words.after)[:1], *typed], words)


def is_wait(text: str, words: OnceWords) -> bool:
    """Return whether the text names no day and no time of day, so that no zone is needed."""
    typed = re.findall(r"[^\W_]+(?:[:.]\d+)?", text.lower())
    if _wait(typed, words) is not None:
        return True
    named = _named(typed, words)
    is_open = isinstance(named, Incomplete) and named == Incomplete()
    return is_open and all(words.days.get(word, 0) == 0 for word in typed)


def _moment(now: datetime, ahead: int | None, local_time: time, repeats: int) -> datetime:
    day = now.date() + (ahead or 0) * A_DAY
    moment = datetime.combine(day, local_time, now.tzinfo)
    return moment if moment > now else moment + repeats * A_DAY


def _wait(typed: list[str], words: OnceWords) -> timedelta | None:
    """Return the duration in a text such as “in half an hour”; None if there is none."""
    for place, word in enumerate(typed):
        unit = words.units.get(word) if place else None
        if unit is None or not words.after & set(typed[:place]):
            continue
        two = words.numbers.get(" ".join(typed[max(0, place - 2) : place]))
        count = two if two is not None else words.numbers.get(typed[place - 1])
        if count is None and typed[place - 1].isdecimal():
            count = min(int(typed[place - 1][:4]), 1000)
        return unit * (1 if count is None else count)
    return None


def _named(typed: list[str], words: OnceWords) -> Schedule | Incomplete:
    """Return the day and the time among the words; other words are ignored."""
    schedule = words.schedule
    kept = [
        word
        for word in typed
        if schedule.days.get(word)
        or word in schedule.parts
        or word in schedule.times
        or word in schedule.numbers
        or any(word in phrase.split() for phrase in schedule.from_hour)
        or read_time(word)
        or word in ("am", "pm")
    ]
    parts = [words.parts[word] for word in typed if word in words.parts]
    read = read_schedule(" ".join(kept), schedule)
    if isinstance(read, Unreadable):
        return Incomplete(part=next(iter(parts), None))
    if isinstance(read, Incomplete):
        return Incomplete(read.days, _late(read, parts), read.part or next(iter(parts), None))
    return read


def _late(read: Incomplete, parts: list[DayPart]) -> time | None:
    """Return the time; “tonight at 8” is 20:00."""
    local_time = read.local_time
    if local_time and DayPart.EVENING in parts and 1 <= local_time.hour < 12:
        return local_time.replace(hour=local_time.hour + 12)
    return local_time
