"""Parsing of when a runner is away: `24 December`, `5.12.`, `until friday`, `1 to 10 May`.

A date that is ambiguous, past or far off comes with a doubt, so that the runner is asked first.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum

from dateutil.easter import easter

from bot.domain.frozen import frozen
from bot.domain.schedule import WEEK, Weekday, weekday_of

LONGEST = timedelta(days=366)
FAR = timedelta(days=183)  # a date further off is confirmed first
DAY, WEEK_LONG = timedelta(days=1), timedelta(days=7)

LETTERS = 60
POSSESSIVE = re.compile(r"(?<=y)['’]s$")  # friday's
FIGURES = re.compile(r"\d+(?:\s*[-./]\s*|[, ]+)\d[\d\s./,-]*")  # two or more numbers: 5.12., 12/5
YEAR_FIRST = re.compile(r"(\d{4})([-./ ])(\d{1,2})\2(\d{1,2})")
TWO_DAYS = re.compile(r"(\d{1,2})\s*[-–]\s*(\d{1,2}\b\D+)")  # of one month: 20-27 december
DAY_AND_MONTH = re.compile(r"(\d{1,2})([-./ ])(\d{1,2})(?:[-./ ](\d{4}|\d{2}))?")


class Doubt(StrEnum):
    """Why the runner is asked to confirm a date.

    LATER_YEAR: the named year is too far off (LONGEST), so an earlier year is offered.
    """

    WHICH = "which"
    PAST = "past"
    FAR = "far"
    LATER_YEAR = "later-year"


@frozen
class Reading:
    """The dates that a text may mean, soonest first, and the doubt about them if there is one."""

    dates: tuple[date, ...]
    doubt: Doubt | None = None

    @property
    def sure(self) -> date | None:
        """The only date, or None if there is a doubt."""
        return self.dates[0] if self.doubt is None else None


class Word(StrEnum):
    """A word of the grammar other than a number, a month or a day of the week."""

    FROM = "from"
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
    TOMORROW = "tomorrow"
    CHRISTMAS_EVE = "christmas-eve"
    CHRISTMAS = "christmas"
    BOXING_DAY = "boxing-day"
    NEW_YEARS_EVE = "new-years-eve"
    NEW_YEAR = "new-year"
    GOOD_FRIDAY = "good-friday"
    EASTER = "easter"
    EASTER_MONDAY = "easter-monday"
    AFTER_NEXT = "after-next"
    FILLER = "filler"


# Day and month of each holiday that has one.
HOLIDAYS = {
    Word.CHRISTMAS_EVE: (24, 12),
    Word.CHRISTMAS: (25, 12),
    Word.BOXING_DAY: (26, 12),
    Word.NEW_YEARS_EVE: (31, 12),
    Word.NEW_YEAR: (1, 1),
}
FROM_EASTER = {Word.GOOD_FRIDAY: -2, Word.EASTER: 0, Word.EASTER_MONDAY: 1}  # days
# With which of them a time away begins that is told to be for one.
BEGINS: Mapping[object, Word] = {
    **{holiday: holiday for holiday in (*HOLIDAYS, *FROM_EASTER)},
    Word.CHRISTMAS: Word.CHRISTMAS_EVE,
    Word.NEW_YEAR: Word.NEW_YEARS_EVE,
    Word.EASTER: Word.GOOD_FRIDAY,
}
PERIODS = frozenset({Word.WEEK, Word.MONTH, Word.YEAR})


@frozen
class Month:
    """A month by its number, from 1 for January."""

    number: int


Meaning = Word | Month | Weekday
Token = Meaning | int


@frozen
class _Day:
    """A day as the runner wrote it. Without a year, the next such day is meant."""

    day: int
    month: int
    year: int | None = None

    def in_year(self, year: int) -> date | None:
        try:
            return date(year, self.month, self.day)
        except ValueError:  # 31 June, or year 0
            return None


@frozen
class DateWords:
    """The vocabulary of a language: words in lower case, and ordinal endings ("st" in 1st).

    “First” means the number 1.

    `other` parses a text that the grammar does not cover, such as "10 days" or "day after
    tomorrow", relative to a date.
    """

    meanings: Mapping[str, Token]
    ordinals: frozenset[str]
    other: Callable[[str, date], date | None]


def read_until(answer: str, today: date, words: DateWords) -> Reading | None:
    """Return the first date with reminders again, after `today` and within LONGEST.

    Return None if the answer cannot be read, or says from when.
    """
    text = _clean(answer).strip(" !?,;:")
    first, _, rest = text.partition(" ")
    opening = words.meanings.get(first) if rest else None
    if opening is Word.FROM:
        return None
    if opening in (Word.UNTIL, Word.FOR):
        text = rest
    if figures := FIGURES.search(text):
        around = _tokens(text[: figures.start()] + text[figures.end() :], words)
        if around is not None and all(isinstance(token, Weekday) for token in around):
            return _settle(_numbers(figures[0]), today)
    tokens = _tokens(text, words)
    if tokens is None:
        return _other(text, today, words)
    if opening is Word.FOR and tokens[:1] and tokens[0] in BEGINS:
        return None
    return (
        _settle(_named(tokens, opening), today)
        or _period(tokens, today, opening)
        or _other(text, today, words)
    )


def read_begin(answer: str, today: date, words: DateWords) -> date | None:
    """Return the first date away of an answer such as “from 4 December”, which names no end.

    So does “for Easter”.
    """
    first, _, rest = answer.lower().strip().partition(" ")
    opening, tokens = words.meanings.get(first), _tokens(rest, words)
    if opening is Word.FOR and tokens and tokens[0] in BEGINS:
        span = _span([BEGINS[tokens[0]]], today)
        return span[0] if span else None
    reading = read_until(rest, today, words) if opening is Word.FROM else None
    return reading.sure if reading else None


def read_period(answer: str, today: date, words: DateWords) -> tuple[date, date] | None:
    """Return the first date away, `today` or later, and the first with reminders again.

    Return None if the answer does not name both, or leaves a doubt about one.
    """
    text = _clean(answer).strip(" !?,;:")
    first, _, rest = text.partition(" ")
    if words.meanings.get(first) is Word.FROM:
        text = rest
    until = "|".join(re.escape(key) for key, it in words.meanings.items() if it is Word.UNTIL)
    match = TWO_DAYS.fullmatch(text) or re.fullmatch(rf"(.+?)\s+(?:{until}|[-–])\s+(.+)", text)
    if match is None:
        return None
    begins, ends = match[1], match[2]
    begins = _with_month_of(ends, begins, words)
    is_today = _tokens(begins, words) == [Word.TODAY]
    start = Reading((today,)) if is_today else read_until(begins, today, words)
    if start is None or start.sure is None:
        return None
    end = read_until(ends, start.sure, words)
    return (start.sure, end.sure) if end is not None and end.sure else None


def _clean(answer: str) -> str:
    return " ".join(answer.lower().split())[:LETTERS]


def _with_month_of(ends: str, begins: str, words: DateWords) -> str:
    """Return `begins` with the month of `ends` if it is only a number, as in: the 1st to 10 May."""
    first = _tokens(begins, words) or []
    months = (word for word in re.findall(r"[^\W\d_]+", ends))
    month = next((it for it in months if isinstance(words.meanings.get(it), Month)), None)
    is_number = len(first) == 1 and isinstance(first[0], int)
    return f"{first[0]} {month}" if is_number and month else begins


def read_span(sentence: str, today: date, words: DateWords) -> tuple[date, date] | None:
    """Return the first date of the day or week that a sentence names, and the first after it.

    Return None if it names none or several, or says from when, until when or for how long; “next
    Friday” may be one of two.
    """
    typed = [POSSESSIVE.sub("", word) for word in sentence.lower().split()]
    meant = set(map(words.meanings.get, typed))
    if not meant.isdisjoint({Word.FROM, Word.UNTIL, Word.FOR}):
        return None
    found: set[tuple[date, date]] = set()
    read: set[int] = set()  # the places of words that are read, the longest names first
    for size in (2,) if Word.NEXT in meant else (3, 2, 1):
        for at in range(len(typed) - size + 1):
            places = range(at, at + size)
            if words.meanings.get(typed[at]) is Word.FILLER:
                continue
            span = _span(_tokens(" ".join(typed[at : at + size]), words) or [], today)
            if span is not None and read.isdisjoint(places):
                found.add(span)
                read.update(places)
    return found.pop() if len(found) == 1 else None


def _span(tokens: list[Token], today: date) -> tuple[date, date] | None:
    match tokens:
        case [Word.NEXT, Word.WEEK]:
            monday = _next(Weekday.MONDAY, today + DAY)
            return monday, monday + WEEK_LONG
        case [Word.WEEKEND] | [Word.THIS, Word.WEEKEND]:
            monday = _next(Weekday.MONDAY, today + DAY)
            return max(today, monday - 2 * DAY), monday
        case [Word.TOMORROW]:
            return today + DAY, today + 2 * DAY
        case [Weekday() as weekday] | [Word.THIS, Weekday() as weekday]:
            day = _next(weekday, today + DAY)
            return day, day + DAY
        case [Word() as holiday] if holiday in FROM_EASTER:
            day = _from_easter(FROM_EASTER[holiday], today)
            return day, day + DAY
        case [Word() as holiday] if holiday in HOLIDAYS:
            coming = _next_date(_Day(*HOLIDAYS[holiday]), today)
            return (coming, coming + DAY) if coming else None
    return None


def is_vague(answer: str, words: DateWords) -> bool:
    """Return whether the answer names a week, a month or a year, and no day of it."""
    tokens = _tokens(_clean(answer), words) or []
    names_day = any(isinstance(it, Weekday) or it in range(1, 32) for it in tokens)
    names_period = any(isinstance(it, Month | int) or it in PERIODS for it in tokens)
    return names_period and not names_day


def pick(dates: tuple[date, ...], answer: str, words: DateWords) -> date | None:
    """Return the one date that matches all words of an answer such as `may` or `the 5th`."""
    found = matching(dates, answer, words)
    return found[0] if len(found) == 1 else None


def matching(dates: tuple[date, ...], answer: str, words: DateWords) -> tuple[date, ...]:
    """Return the dates that match all words of the answer."""
    tokens = _tokens(_clean(answer), words)
    return tuple(day for day in dates if tokens and all(_matches(day, token) for token in tokens))


def _matches(day: date, token: Token) -> bool:
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
    """Yield the days that a date in figures may mean; with dots, the day precedes the month."""
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
    """Return a year with its century: 26 is 2026."""
    return number if number > 99 else 2000 + number


def _number(number: int, today: date, opening: Token | None) -> Reading | None:
    """Read one number: a year, or the next such day of a month; `for 10` may mean 10 days, too."""
    if 2000 <= number < 2100:
        return _settle(iter([_Day(1, 1, number)]), today)
    coming = (today + days * DAY for days in range(1, 63))
    day_of_month = [day for day in coming if day.day == number][:1]
    in_days = [today + number * DAY] if day_of_month and opening is Word.FOR else []
    return _reading([*day_of_month, *in_days], today)


# Dates and periods in words


def _tokens(text: str, words: DateWords) -> list[Token] | None:
    """Return the meanings of the words without fillers, or None if a word is unknown."""
    text = text.replace("’", "'")
    endings = "|".join(map(re.escape, sorted(words.ordinals)))
    text = re.sub(rf"(\d)\s*(?:{endings})\b", r"\1 ", text)
    for phrase in sorted((key for key in words.meanings if " " in key), key=len, reverse=True):
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


def _named(tokens: list[Token], opening: Token | None) -> Iterator[_Day]:
    """Yield the days that a month, its end, a day of it, or a holiday may mean."""
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
        case [Word() as holiday] if holiday in HOLIDAYS:
            yield _Day(*HOLIDAYS[holiday])
        case [Word.NEXT | Word.END | Word.THIS, Word.YEAR]:
            yield _Day(1, 1)


def _period(tokens: list[Token], today: date, opening: Token | None) -> Reading | None:
    """Read a day that depends on today: the 5th, friday, next week, the end of the month."""
    monday = _next(Weekday.MONDAY, today + DAY)
    starts: dict[Token, list[date]] = {
        Word.WEEK: [monday, monday + WEEK_LONG],
        Word.MONTH: [_month_after(today), _month_after(_month_after(today))],
    }
    days: list[date] = []
    match tokens:
        case [int(number)]:
            return _number(number, today, opening)
        case [Word.TODAY]:
            days = [today + DAY]
        case [Word() as holiday] if holiday in FROM_EASTER:
            days = [_from_easter(FROM_EASTER[holiday], today)]
        case [Word.END | Word.THIS, (Word.WEEK | Word.MONTH) as period]:
            days = starts[period][:1]
        case [Word.NEXT, (Word.WEEK | Word.MONTH) as period]:
            days = starts[period]
        case [(Word.WEEK | Word.MONTH) as period, Word.AFTER_NEXT]:
            days = starts[period][1:]
        case [Word.WEEKEND] | [Word.THIS, Word.WEEKEND]:
            days = _weekend(today, opening)
        case _:
            days = _weekday(tokens, today)
    return _reading(days, today)


def _weekday(tokens: list[Token], today: date) -> list[date]:
    """Return the dates that a day of the week may mean: friday, friday week, friday after next."""
    weekday = next((token for token in tokens if isinstance(token, Weekday)), None)
    if weekday is None:
        return []
    monday, coming = _next(Weekday.MONDAY, today + DAY), _next(weekday, today + DAY)
    weeks = [coming + number * WEEK_LONG for number in range(3)]
    match [token for token in tokens if token is not weekday]:
        case [] | [Word.THIS]:
            return weeks[:1]
        case [Word.NEXT]:
            return weeks[:2]
        case [Word.WEEK]:
            return weeks[1:2]
        case [Word.AFTER_NEXT]:
            return weeks[1:]
        case [Word.NEXT, Word.WEEK]:
            return [_next(weekday, monday)]
    return []


def _from_easter(days: int, today: date) -> date:
    """Return the next date after `today` that is `days` after an Easter Sunday."""
    dates = (easter(today.year + years) + days * DAY for years in range(2))
    return next(each for each in dates if each > today)


def _month_after(day: date) -> date:
    """Return the first day of the next month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _weekend(today: date, opening: Token | None) -> list[date]:
    """Return Saturday after `until`, Monday after `for` or on a weekend, otherwise both."""
    saturday = _next(Weekday.SATURDAY, today + DAY)
    if opening is Word.UNTIL:
        return [saturday]
    if weekday_of(today) in (Weekday.SATURDAY, Weekday.SUNDAY):
        return [_next(Weekday.MONDAY, today)]
    monday = saturday + 2 * DAY
    return [monday] if opening is Word.FOR else [saturday, monday]


def _next(weekday: Weekday, start: date) -> date:
    """Return the first date from `start` on that is this day of the week."""
    return start + (WEEK.index(weekday) - start.weekday()) % 7 * DAY


def _other(text: str, today: date, words: DateWords) -> Reading | None:
    """Read a duration or another text that the grammar does not cover; not a date in figures."""
    has_letters = re.search(r"[^\W\d_]", text) and not re.search(r"\d\s*[-./]\s*\d", text)
    day = words.other(text, today) if has_letters else None
    if day is None or not today < day <= today + LONGEST:  # such as "2 days ago"
        return None
    return _reading([day], today)


# From days without a year to dates


def _settle(days: Iterator[_Day], today: date) -> Reading | None:
    """Return a reading of the days; one that is past or beyond LONGEST moves to the next year."""
    dates: list[date] = []
    doubt = None
    for day in days:
        exact = day.in_year(day.year) if day.year is not None else None
        coming = _next_date(day, today)
        if coming is None or (day.year is not None and exact is None):
            continue
        if exact is None or today < exact <= today + LONGEST:
            dates.append(exact or coming)
        else:
            dates.append(coming)
            doubt = Doubt.PAST if exact <= today else Doubt.LATER_YEAR
    return _reading(dates, today, doubt)


def _next_date(day: _Day, today: date) -> date | None:
    """Return the next date within LONGEST that is this day; None if there is none (29 February)."""
    dates = (day.in_year(today.year + years) for years in range(3))
    return next((coming for coming in dates if coming and today < coming <= today + LONGEST), None)


def _reading(days: list[date], today: date, doubt: Doubt | None = None) -> Reading | None:
    dates = tuple(sorted(set(days)))
    if not dates:
        return None
    if len(dates) > 1:
        return Reading(dates, Doubt.WHICH)
    if doubt is None and dates[0] > today + FAR:
        doubt = Doubt.FAR
    return Reading(dates, doubt)
