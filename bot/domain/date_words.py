"""Reads the date until which a runner is away: `24 December`, `5.12.`, `the 5th`, `until friday`.

Nobody is silenced by a guess: what may mean two days, is past or is far off is a question.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.schedule import WEEK, Weekday, weekday_of

LONGEST = timedelta(days=366)
FAR = timedelta(days=183)
DAY, WEEK_LONG = timedelta(days=1), timedelta(days=7)

LETTERS = 60
FIGURES = re.compile(r"\d+(?:\s*[-./]\s*|[, ]+)\d[\d\s./,-]*")  # two numbers and more: 5.12., 12/5
YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})")
DAY_AND_MONTH = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})(?:[-./ ](\d{4}|\d{2}))?")


class Doubt(StrEnum):
    """Why a date is asked back."""

    WHICH = "which"
    PAST = "past"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Reading:
    """The dates that words may mean, soonest first; one without a doubt is sure."""

    dates: tuple[date, ...]
    doubt: Doubt | None = None

    @property
    def sure(self) -> date | None:
        return self.dates[0] if self.doubt is None else None


class Word(StrEnum):
    """What a word means to the grammar, besides numbers, months and days of the week."""

    UNTIL = "until"
    FOR = "for"
    THIS = "this"
    NEXT = "next"
    END = "end"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    WEEKEND = "weekend"
    TODAY = "today"
    CHRISTMAS = "christmas"
    NEW_YEAR = "new-year"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class Month:
    """1 is January."""

    number: int


Meaning = Word | Month | Weekday
Token = Meaning | int


@dataclass(frozen=True, slots=True)
class _Day:
    """A day as it was said; without a year the next one is meant."""

    day: int
    month: int
    year: int | None = None

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:  # there is no 31 June, and no year 0
            return None


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's words, in lower case, and the endings of its ordinal numbers ("st" in 1st).

    `other` reads what the grammar does not, such as "10 days" or "day after tomorrow".
    """

    meanings: Mapping[str, Meaning]
    ordinals: frozenset[str]
    other: Callable[[str, date], date | None]


def read_until(said: str, today: date, words: DateWords) -> Reading | None:
    """The first date with reminders again, after `today` and within LONGEST; None: unreadable."""
    text = " ".join(said.lower().split())[:LETTERS].strip(" !?,;:")
    first, _, rest = text.partition(" ")
    opening = words.meanings.get(first) if rest else None
    if opening in (Word.UNTIL, Word.FOR):
        text = rest
    if figures := FIGURES.search(text):
        around = _tokens(text[: figures.start()] + text[figures.end() :], words)
        if around is not None and all(isinstance(token, Weekday) for token in around):
            return _settle(_numbers(figures[0]), today)
    tokens = _tokens(text, words)
    if tokens is None:
        return _other(text, today, words)
    return (
        _settle(_named(tokens, opening), today)
        or _period(tokens, today, opening)
        or _other(text, today, words)
    )


def pick(dates: tuple[date, ...], said: str, words: DateWords) -> date | None:
    """The only one of which all the words are true: may, the 5th, saturday."""
    tokens = _tokens(" ".join(said.lower().split())[:LETTERS], words)
    true = [day for day in dates if tokens and all(_is_true(token, day) for token in tokens)]
    return true[0] if len(true) == 1 else None


def _is_true(token: Token, day: date) -> bool:
    match token:
        case int(number):
            return number in (day.day, day.year)
        case Month(number):
            return number == day.month
        case Weekday():
            return token is weekday_of(day)
    return token is Word.UNTIL


# Dates in figures


def _numbers(figures: str) -> Iterator[_Day]:
    """2026-12-05; with dots the day comes first, otherwise both orders are possible."""
    text = re.sub(r"\s*([-./])\s*|[, ]+", lambda gap: gap[1] or " ", figures).strip(" .-/")
    if match := YEAR_FIRST.fullmatch(text):
        yield _Day(int(match[4]), int(match[3]), int(match[1]))
    elif match := DAY_AND_MONTH.fullmatch(text):
        year = _year(int(match[4])) if match[4] else None
        first, second = int(match[1]), int(match[3])
        yield _Day(first, second, year)
        if match[2] != "." or second > 12:
            yield _Day(second, first, year)


def _year(number: int) -> int:
    """26 is 2026."""
    return number if number > 99 else 2000 + number


def _number(number: int, today: date, opening: Meaning | None) -> Reading | None:
    """The next such day of a month, or the first of a year; `for 10` may be so many days."""
    if 2000 <= number < 2100:
        return _settle(iter([_Day(1, 1, number)]), today)
    coming = (today + days * DAY for days in range(1, 63))
    next_such = [day for day in coming if day.day == number][:1]
    in_days = [today + number * DAY] if next_such and opening is Word.FOR else []
    return _reading([*next_such, *in_days], today)


# Dates and periods in words


def _tokens(text: str, words: DateWords) -> list[Token] | None:
    """The words' meanings, fillers left out; None if one is unknown."""
    text = text.replace("’", "'")
    endings = "|".join(map(re.escape, sorted(words.ordinals)))
    text = re.sub(rf"(\d)\s*(?:{endings})\b", r"\1 ", text)
    for phrase in (known for known in words.meanings if " " in known):
        text = re.sub(rf"\b{re.escape(phrase)}\b", phrase.replace(" ", "_"), text)
    tokens: list[Token] = []
    for word in re.split(r"[\s,.]+", text):
        is_number = re.fullmatch(r"\d{1,4}", word)
        token = int(word) if is_number else words.meanings.get(word.replace("_", " "))
        if token is None and word:
            return None
        if token is not None and token is not Word.FILLER:
            tokens.append(token)
    if len(tokens) > 1 and isinstance(tokens[0], Weekday) and isinstance(tokens[1], int | Month):
        del tokens[0]
    return tokens


def _named(tokens: list[Token], opening: Meaning | None) -> Iterator[_Day]:
    """A month, its end, a day of it, or a feast; until a month means its first day."""
    match tokens:
        case [Month(month)] if opening is Word.FOR:
            yield _Day(1, month)
            yield _Day(1, month % 12 + 1)
        case [Month(month)] | [Word.THIS | Word.NEXT, Month(month)]:
            yield _Day(1, month)
        case [Month(month), int(year)] if year > 31:
            yield _Day(1, month, _year(year))
        case [Word.END, Month(month)]:
            yield _Day(1, month % 12 + 1)
        case [int(day), Month(month)] | [Month(month), int(day)]:
            yield _Day(day, month)
        case [int(day), Month(month), int(year)] | [Month(month), int(day), int(year)]:
            yield _Day(day, month, _year(year))
        case [Word.CHRISTMAS]:
            yield _Day(25, 12)
        case [Word.NEW_YEAR] | [Word.NEXT | Word.END | Word.THIS, Word.YEAR]:
            yield _Day(1, 1)


def _period(tokens: list[Token], today: date, opening: Meaning | None) -> Reading | None:
    """Days that depend on today: the 5th, friday, next week, the end of the month."""
    tomorrow = today + DAY
    monday = _next(Weekday.MONDAY, tomorrow)
    starts: dict[Token, list[date]] = {
        Word.WEEK: [monday, monday + WEEK_LONG],
        Word.MONTH: [_month_after(today), _month_after(_month_after(today))],
    }
    days: list[date] = []
    match tokens:
        case [int(number)]:
            return _number(number, today, opening)
        case [Word.TODAY]:
            days = [tomorrow]
        case [Weekday() as weekday] | [Word.THIS, Weekday() as weekday]:
            days = [_next(weekday, tomorrow)]
        case [Word.NEXT, Weekday() as weekday]:
            days = [_next(weekday, tomorrow), _next(weekday, tomorrow) + WEEK_LONG]
        case [Word.END | Word.THIS, (Word.WEEK | Word.MONTH) as period]:
            days = starts[period][:1]
        case [Word.NEXT, (Word.WEEK | Word.MONTH) as period]:
            days = starts[period]
        case [Word.WEEKEND] | [Word.THIS, Word.WEEKEND]:
            days = _weekend(today, opening)
    return _reading(days, today)


def _month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _weekend(today: date, opening: Meaning | None) -> list[date]:
    """Until the weekend is until Saturday, for the weekend is until Monday; alone it is either."""
    saturday = _next(Weekday.SATURDAY, today + DAY)
    if opening is Word.UNTIL:
        return [saturday]
    if weekday_of(today) in (Weekday.SATURDAY, Weekday.SUNDAY):
        return [_next(Weekday.MONDAY, today)]
    monday = saturday + 2 * DAY
    return [monday] if opening is Word.FOR else [saturday, monday]


def _next(weekday: Weekday, start: date) -> date:
    """The first such day, `start` included."""
    return start + (WEEK.index(weekday) - start.weekday()) % 7 * DAY


def _other(text: str, today: date, words: DateWords) -> Reading | None:
    """Durations, and what else the grammar does not know, without dates in figures.

    `2 days ago` is no date to come.
    """
    has_letters = re.search(r"[^\W\d_]", text) and not re.search(r"\d\s*[-./]\s*\d", text)
    found = words.other(text, today) if has_letters else None
    if found is None or not today < found <= today + LONGEST:
        return None
    return _reading([found], today)


# From days as they were said to dates


def _settle(said: Iterator[_Day], today: date) -> Reading | None:
    """What is past, or too far off to be granted, is taken for the next such day, and asked."""
    days: list[date] = []
    doubt = None
    for day in said:
        exact = day.in_year(day.year) if day.year is not None else None
        found = _next_date(day, today)
        if found is None or (day.year is not None and exact is None):
            continue
        if exact is None or today < exact <= today + LONGEST:
            days.append(exact or found)
        else:
            days.append(found)
            doubt = Doubt.PAST if exact <= today else Doubt.FAR
    return _reading(days, today, doubt)


def _next_date(day: _Day, today: date) -> date | None:
    """The next such day within LONGEST: 29 February may be too far."""
    coming = (day.in_year(today.year + years) for years in range(3))
    return next((found for found in coming if found and today < found <= today + LONGEST), None)


def _reading(days: list[date], today: date, doubt: Doubt | None = None) -> Reading | None:
    dates = tuple(sorted(set(days)))
    if not dates:
        return None
    if len(dates) > 1:
        return Reading(dates, Doubt.WHICH)
    if doubt is None and dates[0] > today + FAR:
        doubt = Doubt.FAR
    return Reading(dates, doubt)
