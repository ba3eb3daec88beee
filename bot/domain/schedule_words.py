"""Parsing of training days as people type them: `mon wed fri 07:00`, `tue 7am sat 9:30`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from bot.domain.schedule import WEEK, Schedule, TrainingDay, Weekday, in_order

TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?(am|pm)?|(\d{2})(\d{2})")


class Problem(StrEnum):
    """Why a schedule could not be read."""

    UNKNOWN = "unknown"
    NO_DAY = "no-day"
    NO_TIME = "no-time"
    TWO_TIMES = "two-times"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The problem, and the word that has it."""

    problem: Problem
    word: str = ""


def read_schedule(
    words: str,
    vocabulary: Mapping[str, tuple[Weekday, ...]],
    until: frozenset[str] = frozenset(),
) -> Schedule | Unreadable:
    """Parse days and times.

    A time applies to the days before it; a single time before all days applies to all of them.
    `vocabulary` maps a lower-case word to its days ("mon" to Monday, "daily" to all seven, fillers
    to none). `until` are the words that replace a dash between two days.
    """
    for word in until:
        words = re.sub(rf"\s+{re.escape(word)}\s+(?=[^\W\d])", "-", words, flags=re.IGNORECASE)
    tokens = _tokens(words, vocabulary)
    if isinstance(tokens, Unreadable):
        return tokens
    if tokens and isinstance(tokens[0], time) and sum(isinstance(t, time) for t in tokens) == 1:
        tokens = [*tokens[1:], tokens[0]]
    return _pair(tokens)


def read_time(word: str) -> time | None:
    """Parse a local time such as 7, 07:00, 7.30, 0730, 7am, 7:30pm or 19h30; None for no time."""
    match = TIME.fullmatch(word.lower())
    if not match:
        return None
    hour = int(match[1] or match[4])
    minute = int(match[2] or match[5] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _tokens(
    words: str, vocabulary: Mapping[str, tuple[Weekday, ...]]
) -> list[tuple[Weekday, ...] | time] | Unreadable:
    """Return the words as days and times, without fillers."""
    tokens: list[tuple[Weekday, ...] | time] = []
    for word in _split(words, vocabulary):
        token = vocabulary.get(word) or _span(word, vocabulary) or read_time(word)
        if token is not None:
            tokens.append(token)
        elif word not in vocabulary:
            return Unreadable(Problem.UNKNOWN, word)
    return tokens


def _split(words: str, vocabulary: Mapping[str, tuple[Weekday, ...]]) -> list[str]:
    """Split a text into words, each of which may be `7 a.m.`, `mon - fri` or `every day`."""
    text = words.lower()[:300].replace("’", "'")
    text = re.sub(r"(\d)\s*([ap])\.?m\b\.?", r"\1\2m", text)
    text = re.sub(r"\s*[-–]\s*(?=[^\W\d])", "-", text)
    for phrase in (key for key in vocabulary if " " in key):
        text = re.sub(rf"\b{re.escape(phrase)}\b", phrase.replace(" ", "_"), text)
    split = (word.strip(".:!?") for word in re.split(r"[\s,;&+/@]+", text))
    return [word.replace("_", " ") for word in split if word]


def _span(word: str, vocabulary: Mapping[str, tuple[Weekday, ...]]) -> tuple[Weekday, ...] | None:
    """Return the days of a span such as `mon-fri` or `sat-mon`; None for no span."""
    first, dash, last = word.partition("-")
    start, end = vocabulary.get(first, ()), vocabulary.get(last, ())
    if not dash or len(start) != 1 or len(end) != 1:
        return None
    begin = WEEK.index(start[0])
    count = (WEEK.index(end[0]) - begin) % 7 + 1
    return tuple(WEEK[(begin + step) % 7] for step in range(count))


def _pair(tokens: list[tuple[Weekday, ...] | time]) -> Schedule | Unreadable:
    times: dict[Weekday, time] = {}
    untimed: list[Weekday] = []
    for token in tokens:
        if isinstance(token, time):
            if not untimed:
                return Unreadable(Problem.NO_DAY, f"{token:%H:%M}")
            for day in untimed:
                if times.get(day, token) != token:
                    return Unreadable(Problem.TWO_TIMES, day)
                times[day] = token
            untimed = []
        else:
            untimed.extend(token)
    if untimed or not times:
        return Unreadable(Problem.NO_TIME)
    return in_order(tuple(TrainingDay(day, local_time) for day, local_time in times.items()))
