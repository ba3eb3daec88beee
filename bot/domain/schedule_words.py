"""Parsing of training days as people type them: `mon wed fri 07:00`, `mwf half past six`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import time
from enum import StrEnum
from functools import partial
from itertools import pairwise

from bot.domain.frozen import frozen
from bot.domain.schedule import WEEK, Schedule, TrainingDay, Weekday, in_order

TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2})|h)?(am|pm)?|(\d{1,2})(\d{2})(am|pm)?")
LETTERS = 300


class DayPart(StrEnum):
    """A part of the day, without an hour."""

    MORNING = "morning"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"


# The times to choose from for each part of the day, and where none is named.
PRESETS: Mapping[DayPart | None, tuple[time, ...]] = {
    DayPart.MORNING: (time(6), time(6, 30), time(7), time(8), time(9)),
    DayPart.LUNCH: (time(11, 30), time(12), time(12, 30), time(13)),
    DayPart.AFTERNOON: (time(14), time(15), time(16), time(17)),
    DayPart.EVENING: (time(17, 30), time(18), time(19), time(20), time(21)),
    None: (time(7), time(12, 30), time(18)),
}


class Problem(StrEnum):
    """Why a schedule could not be read."""

    UNKNOWN = "unknown"
    NO_DAY = "no-day"
    NO_TIME = "no-time"
    TWO_TIMES = "two-times"


@frozen
class Unreadable:
    """The problem, and the word that has it."""

    problem: Problem
    word: str = ""


@frozen
class Incomplete:
    """Days without a time, or a time or a part of the day without days."""

    days: tuple[Weekday, ...] = ()
    local_time: time | None = None
    part: DayPart | None = None

    def joined(self, later: "Incomplete") -> "Incomplete | Schedule":
        """Return what both say together; where both say it, the later one counts."""
        days = later.days or self.days
        part = later.part or self.part
        local_time = later.local_time if later.local_time or later.part else self.local_time
        if not days or local_time is None:
            return Incomplete(days, local_time, part)
        return in_order(tuple(TrainingDay(day, local_time) for day in days))


@frozen
class ScheduleWords:
    """The vocabulary of a language, in lower case.

    `days`: the days of a word: one for "mon", seven for "daily", none for a filler. `letters`: the
    days that the shortest forms may mean, which stand alone or are run together as in "mwf" and
    "tuth". `until`: what replaces a dash between two days. `numbers`: "seven" and 7. `from_hour`:
    "half past" and 30, "quarter to" and -15.
    """

    days: Mapping[str, tuple[Weekday, ...]]
    letters: Mapping[str, tuple[Weekday, ...]]
    until: frozenset[str]
    times: Mapping[str, time]
    parts: Mapping[str, DayPart]
    numbers: Mapping[str, int]
    from_hour: Mapping[str, int]


Days = tuple[Weekday, ...]
Token = Days | time | DayPart


def read_schedule(words: str, vocabulary: ScheduleWords) -> Schedule | Incomplete | Unreadable:
    """Parse days and times.

    A time applies to the days before it; a single time, or a part of the day, before or after all
    days applies to all of them. "7 in the evening" is 19:00.
    """
    tokens = _tokens(words, vocabulary)
    if isinstance(tokens, Unreadable):
        return tokens
    if not tokens:
        return Unreadable(Problem.NO_TIME)
    times = [token for token in tokens if isinstance(token, time)]
    parts = [token for token in tokens if isinstance(token, DayPart)]
    is_between = isinstance(tokens[0], tuple) and isinstance(tokens[-1], tuple)
    if len(times) + len(parts) > 1 or (times and is_between):
        return _pair(tokens)
    days = (day for token in tokens if isinstance(token, tuple) for day in token)
    local_time, part = next(iter(times), None), next(iter(parts), None)
    return Incomplete().joined(Incomplete(tuple(dict.fromkeys(days)), local_time, part))


def read_time(word: str) -> time | None:
    """Parse a local time such as 7, 07:00, 7.30, 0730, 7am, 7:30pm or 19h30; None for no time."""
    match = TIME.fullmatch(word.lower())
    if not match:
        return None
    hour, half = int(match[1] or match[4]), match[3] or match[6]
    minute = int(match[2] or match[5] or 0)
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def hours_typed(words: str) -> int | None:
    """Return 12 for a time such as 6:30 pm, 24 for one such as 18:30; None: it may be either."""
    text = words.lower()
    if re.search(r"\d\s*[ap]\.?m\b", text):
        return 12
    return 24 if re.search(r"\b(00|1[3-9]|2[0-3])[:.h][0-5]\d\b", text) else None


def _tokens(words: str, vocabulary: ScheduleWords) -> list[Token] | Unreadable:
    """Return the words as days, times and parts of the day, without fillers."""
    tokens: list[Token] = []
    for token, word in _in_part(_read_words(_split(words, vocabulary), vocabulary)):
        if token is not None:
            tokens.append(token)
        elif word not in vocabulary.days:
            return Unreadable(Problem.UNKNOWN, word)
    return tokens


def _read_words(
    words: Sequence[str], vocabulary: ScheduleWords
) -> Iterator[tuple[Token | None, str]]:
    """Yield what each word means, None for a filler or an unknown word, and the word."""
    position = 0
    while position < len(words):
        word, run = words[position], position
        if word in vocabulary.days or word in vocabulary.parts or word in vocabulary.times:
            yield _named(word, vocabulary), word
            position += 1
            continue
        while run < len(words) and words[run] in vocabulary.letters:
            run += 1
        letters = "".join(words[position:run]) or word
        token = (
            _span(word, vocabulary.days) or read_time(word) or _run_together(letters, vocabulary)
        )
        yield token, word
        position = max(run, position + 1)


def _named(word: str, vocabulary: ScheduleWords) -> Token | None:
    return vocabulary.times.get(word) or vocabulary.parts.get(word) or vocabulary.days[word] or None


def _in_part(read: Iterator[tuple[Token | None, str]]) -> Iterator[tuple[Token | None, str]]:
    """Yield the same with each part of the day beside a time put into that time."""
    tokens = list(read)
    known = [index for index, (token, _) in enumerate(tokens) if token is not None]
    for before, after in pairwise(known):
        for part, clock in ((before, after), (after, before)):
            token, (local_time, word) = tokens[part][0], tokens[clock]
            if isinstance(token, DayPart) and isinstance(local_time, time):
                tokens[clock] = (_within(token, local_time, word), word)
                tokens[part] = ((), tokens[part][1])
    return ((token, word) for token, word in tokens if token != ())


def _within(part: DayPart, local_time: time, word: str) -> time:
    """Return the time in the part of the day: 7 in the evening is 19:00."""
    is_late = part in (DayPart.AFTERNOON, DayPart.EVENING)
    is_open = 1 <= local_time.hour < 12 and not word.endswith("m")
    return local_time.replace(hour=local_time.hour + 12) if is_late and is_open else local_time


def _split(words: str, vocabulary: ScheduleWords) -> list[str]:
    """Split a text into words, each of which may be `7 a.m.`, `mon - fri` or `every day`."""
    text = " ".join(words.lower()[:LETTERS].replace("’", "'").split())
    text = _with_figures(text, vocabulary)
    for word in vocabulary.until:
        text = re.sub(rf"\s{re.escape(word)}\s(?=[^\W\d])", "-", text)
        text = re.sub(rf"(?<=[^\W\d])\s{re.escape(word)}\s(?=\d)", " ", text)  # wednesday to 8
    text = re.sub(r"\s*[-–—‑]\s*(?=[^\W\d])", "-", text)
    text = re.sub(r"(\d)\s*([ap])\.?m\b\.?", r"\1\2m", text)
    phrases = [key for key in (*vocabulary.days, *vocabulary.parts) if " " in key]
    for phrase in sorted(phrases, key=len, reverse=True):
        text = re.sub(rf"\b{re.escape(phrase)}\b", phrase.replace(" ", "_"), text)
    split = (word.strip(".:!?") for word in re.split(r"[\s,;&+/@]+", text))
    return [word.replace("_", " ") for word in split if word]


def _with_figures(text: str, vocabulary: ScheduleWords) -> str:
    """Return the text with times in words as figures: half past six, six thirty, quarter to 7."""
    for word, number in _longest_first(vocabulary.numbers):
        text = re.sub(rf"\b{re.escape(word)}\b", str(number), text)
    for phrase, minutes in _longest_first(vocabulary.from_hour):
        hour = re.compile(rf"\b{re.escape(phrase)} (\d{{1,2}})\b(?![:.])")
        text = hour.sub(partial(_shifted, minutes=minutes), text)
    return re.sub(r"(?<![\d:.-])(\d{1,2}) ([0-5]\d)(?!\d|[:.]\d)", r"\1:\2", text)


def _longest_first(words: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the items so that “half past” is found before “half”."""
    return sorted(words.items(), key=lambda item: len(item[0]), reverse=True)


def _shifted(hour: re.Match[str], minutes: int) -> str:
    total = (int(hour[1]) * 60 + minutes) % (24 * 60)
    return f"{total // 60}:{total % 60:02}"


def _span(word: str, days: Mapping[str, Days]) -> Days | None:
    """Return the days of a span such as `mon-fri` or `sat-mon`; None for no span."""
    first, dash, last = word.partition("-")
    start, end = days.get(first, ()), days.get(last, ())
    if not dash or len(start) != 1 or len(end) != 1:
        return None
    begin = WEEK.index(start[0])
    count = (WEEK.index(end[0]) - begin) % 7 + 1
    return tuple(WEEK[(begin + step) % 7] for step in range(count))


def _run_together(word: str, vocabulary: ScheduleWords) -> Days | None:
    """Return the days of letters such as `mwf` or `tuth`, in the order of the week.

    Return None unless there is exactly one way to read them.
    """
    readings = list(_readings(word, 0, vocabulary.letters))
    return readings[0] if len(readings) == 1 else None


def _readings(word: str, earliest: int, letters: Mapping[str, Days]) -> Iterator[Days]:
    if not word:
        yield ()
        return
    for form, meant in letters.items():
        if not word.startswith(form):
            continue
        for day in meant:
            place = WEEK.index(day)
            if place >= earliest:
                rest = _readings(word[len(form) :], place + 1, letters)
                yield from ((day, *others) for others in rest)


def _pair(tokens: list[Token]) -> Schedule | Unreadable:
    times: dict[Weekday, time] = {}
    untimed: list[Weekday] = []
    for token in tokens:
        if isinstance(token, DayPart):
            return Unreadable(Problem.NO_TIME)
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
