"""Parsing of a running week as people type it: `long sun, hard tue thu 18:30, rest fri`."""

import re
from collections.abc import Iterator, Mapping
from datetime import time

from bot.domain.schedule import Weekday
from bot.domain.schedule_words import (
    PRESETS,
    Incomplete,
    Problem,
    ScheduleWords,
    Unreadable,
    read_schedule,
)
from bot.domain.week import RunDay, RunKind, RunningWeek

LETTERS = 300

KindWords = Mapping[str, RunKind]


def read_week(
    words: str, kinds: KindWords, vocabulary: ScheduleWords, usual: RunKind | None = None
) -> RunningWeek | Unreadable:
    """Parse kinds and their days, in either order; days without a kind belong to the one before.

    Days before the first kind are of the kind `usual`, if it is given. If a day is named twice, the
    last one counts. A time is the time of the run.
    """
    week: dict[Weekday, RunDay] = {}
    last = usual
    text = " ".join(words.lower()[:LETTERS].split())
    for clause in re.split(r"[,;\n]+", text):
        for kind, days in _parts(clause.strip(), kinds):
            kind = kind or last
            if kind is None:
                return Unreadable(Problem.UNKNOWN, days)
            read = _days(days, kind, vocabulary)
            if isinstance(read, Unreadable):
                return read
            week |= read
            last = kind
    return week or Unreadable(Problem.NO_DAY)


def spoken(words: str, kinds: KindWords, vocabulary: ScheduleWords) -> str:
    """Return what a sentence says of the week: its kinds, days and times, and the commas."""
    names = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    text = " ".join(words.lower()[:LETTERS].replace("’", "'").split())
    pieces = re.findall(
        rf"(?<!\w)(?:{names})(?!\w)|\d{{1,2}}[:.h]\d{{2}}|\d{{1,2}}\s*[ap]\.?m|[,;]|[^\W\d_]+", text
    )
    known = {word for word, days in vocabulary.days.items() if days} | {*vocabulary.parts, *kinds}
    return " ".join(
        piece for piece in pieces if piece in known or piece in ",;" or piece[0].isdigit()
    ).strip(" ,;")


def _parts(clause: str, kinds: KindWords) -> Iterator[tuple[RunKind | None, str]]:
    """Yield each kind of the clause with the words of its days."""
    if not clause:
        return
    names = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    found = list(re.finditer(rf"(?<!\w)(?:{names})(?!\w)", clause))
    if not found:
        yield None, clause
        return
    first = clause[: found[0].start()].strip(" :=–-")
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(clause)
        after = clause[match.end() : end].strip(" :=–-")
        before = clause[found[number - 1].end() if number else 0 : match.start()].strip(" :=–-")
        yield kinds[match[0]], before if first else after


def _days(words: str, kind: RunKind, vocabulary: ScheduleWords) -> RunningWeek | Unreadable:
    read = read_schedule(words, vocabulary)
    if isinstance(read, Unreadable):
        return read
    if isinstance(read, Incomplete):
        if not read.days:
            return Unreadable(Problem.NO_DAY, words)
        at: time | None = PRESETS[read.part][1] if read.part else None
        return {day: RunDay(kind, at) for day in read.days}
    return {day.weekday: RunDay(kind, day.at) for day in read}
