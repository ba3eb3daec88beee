"""Until when a runner is away, as they write it, on days of all kinds."""

import time
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.date_words import (
    FAR,
    LONGEST,
    Doubt,
    Reading,
    is_vague,
    pick,
    read_begin,
    read_period,
    read_span,
    read_until,
)
from bot.handlers.away import date_words
from tests.conversations.stage import TEXTS

WORDS = date_words(TEXTS)
SUNDAY = date(2026, 11, 29)


def read(said: str, today: date = SUNDAY) -> Reading | None:
    return read_until(said, today, WORDS)


def dates(said: str, today: date = SUNDAY) -> list[str]:
    reading = read(said, today)
    return [day.isoformat() for day in reading.dates] if reading else []


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("the 5th", "2026-12-05"),
        ("10", "2026-12-10"),
        ("29", "2026-12-29"),
        ("30.", "2026-11-30"),
        ("until the 1st", "2026-12-01"),
        ("the 31st", "2026-12-31"),
        ("fri 4", "2026-12-04"),
        ("until january", "2027-01-01"),
        ("jan", "2027-01-01"),
        ("feb 2027", "2027-02-01"),
        ("December", "2026-12-01"),
        ("may", "2027-05-01"),
        ("2027", "2027-01-01"),
        ("5.12.", "2026-12-05"),
        ("5. 12.", "2026-12-05"),
        ("20.12", "2026-12-20"),
        ("01.02.", "2027-02-01"),
        ("24.12.", "2026-12-24"),
        ("12.25.", "2026-12-25"),
        ("5.12.2026", "2026-12-05"),
        ("05.12.26", "2026-12-05"),
        ("2026-12-05", "2026-12-05"),
        ("2026/12/05", "2026-12-05"),
        ("12/25", "2026-12-25"),
        ("25/12", "2026-12-25"),
        ("fri 25/12", "2026-12-25"),
        ("christmas eve", "2026-12-24"),
        ("boxing day", "2026-12-26"),
        ("first of may", "2027-05-01"),
        ("the twenty-third of january", "2027-01-23"),
        ("good friday", "2027-03-26"),
        ("easter", "2027-03-28"),
        ("easter monday", "2027-03-29"),
        ("until new year's eve", "2026-12-31"),
        ("new year's day", "2027-01-01"),
        ("friday week", "2026-12-11"),
        ("a week on friday", "2026-12-11"),
        ("next week friday", "2026-12-04"),
        ("tuesday next week", "2026-12-01"),
        ("the week after next", "2026-12-07"),
        ("5/5", "2027-05-05"),
        ("5 Dec", "2026-12-05"),
        ("Dec 5", "2026-12-05"),
        ("5th of December", "2026-12-05"),
        ("december 5th, 2026", "2026-12-05"),
        ("Thursday 24 December!", "2026-12-24"),
        ("today", "2026-11-30"),
        ("tomorrow", "2026-11-30"),
        ("day after tomorrow", "2026-12-01"),
        ("for 2 weeks", "2026-12-13"),
        ("two weeks", "2026-12-13"),
        ("a fortnight", "2026-12-13"),
        ("10 days", "2026-12-09"),
        ("in 10 days", "2026-12-09"),
        ("a month", "2026-12-29"),
        ("until friday", "2026-12-04"),
        ("sunday", "2026-12-06"),
        ("until the weekend", "2026-12-05"),
        ("the weekend", "2026-11-30"),
        ("this week", "2026-11-30"),
        ("the end of the month", "2026-12-01"),
        ("end of january", "2027-02-01"),
        ("the end of the year", "2027-01-01"),
        ("Christmas", "2026-12-25"),
        ("new year’s", "2027-01-01"),
    ],
)
def test_what_is_sure_is_the_next_such_day(said: str, day: str) -> None:
    assert read(said) == Reading((date.fromisoformat(day),))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("12/5", ["2026-12-05", "2027-05-12"]),
        ("12-5", ["2026-12-05", "2027-05-12"]),
        ("10 12", ["2026-12-10", "2027-10-12"]),
        ("sat 12/5", ["2026-12-05", "2027-05-12"]),
        ("5/12/2026", ["2026-12-05", "2027-05-12"]),
        ("12/5/26", ["2026-12-05", "2027-05-12"]),
        ("for 10", ["2026-12-09", "2026-12-10"]),
        ("for december", ["2026-12-01", "2027-01-01"]),
        ("next friday", ["2026-12-04", "2026-12-11"]),
        ("until next monday", ["2026-11-30", "2026-12-07"]),
        ("the friday after next", ["2026-12-11", "2026-12-18"]),
        ("next week", ["2026-11-30", "2026-12-07"]),
        ("next month", ["2026-12-01", "2027-01-01"]),
    ],
)
def test_what_may_be_two_days_is_asked_back(said: str, days: list[str]) -> None:
    assert dates(said) == days
    assert read(said) == Reading(tuple(map(date.fromisoformat, days)), Doubt.WHICH)


@pytest.mark.parametrize(
    ("said", "day", "doubt"),
    [
        ("24 december 2025", "2026-12-24", Doubt.PAST),
        ("1.2.2026", "2027-02-01", Doubt.PAST),
        ("2025-12-05", "2026-12-05", Doubt.PAST),
        ("28 November", "2027-11-28", Doubt.FAR),
        ("29.11.", "2027-11-29", Doubt.FAR),
        ("june", "2027-06-01", Doubt.FAR),
        ("8 months", "2027-07-29", Doubt.FAR),
        ("1 May 2031", "2027-05-01", Doubt.LATER_YEAR),
    ],
)
def test_what_is_past_or_far_off_is_asked_back(said: str, day: str, doubt: Doubt) -> None:
    assert read(said) == Reading((date.fromisoformat(day),), doubt)


@pytest.mark.parametrize(
    "said",
    [
        "",
        ".",
        "banana",
        "0",
        "32",
        "1500",
        "13/13",
        "30.2.",
        "29 feb",
        "2026-13-45",
        "1 1 1",
        "yesterday",
        "last friday",
        "2 days ago",
        "-5 days",
        "0 days",
        "2 years",
        "99999999999 days",
        "1.5 weeks",
        "12/5 please",
        "noon",
        "5pm",
        "1 hour",
        "mon wed",
        "<b>",
        "5 December " * 50,
    ],
)
def test_what_is_no_day_to_come_is_none(said: str) -> None:
    assert read(said) is None


@pytest.mark.parametrize(
    ("today", "said", "days"),
    [
        (date(2027, 1, 31), "the 31st", ["2027-03-31"]),
        (date(2027, 1, 31), "the 30th", ["2027-03-30"]),
        (date(2027, 1, 31), "end of the month", ["2027-02-01"]),
        (date(2027, 1, 31), "next month", ["2027-02-01", "2027-03-01"]),
        (date(2026, 12, 31), "the 1st", ["2027-01-01"]),
        (date(2026, 12, 31), "5.1.", ["2027-01-05"]),
        (date(2026, 12, 31), "january", ["2027-01-01"]),
        (date(2026, 12, 31), "new year", ["2027-01-01"]),
        (date(2027, 1, 1), "january", ["2028-01-01"]),
        (date(2026, 12, 5), "december", ["2027-12-01"]),
        (date(2028, 2, 28), "29 feb", ["2028-02-29"]),
        (date(2028, 2, 29), "1.3.", ["2028-03-01"]),
        (date(2028, 2, 29), "a month", ["2028-03-29"]),
        (date(2028, 2, 29), "the 29th", ["2028-03-29"]),
        (date(2027, 11, 29), "29 February", ["2028-02-29"]),
        (date(2026, 12, 4), "friday", ["2026-12-11"]),
        (date(2026, 12, 4), "weekend", ["2026-12-05", "2026-12-07"]),
        (date(2026, 12, 4), "for the weekend", ["2026-12-07"]),
        (date(2026, 12, 5), "until the weekend", ["2026-12-12"]),
        (date(2026, 12, 5), "the weekend", ["2026-12-07"]),
        (date(2026, 12, 7), "this week", ["2026-12-14"]),
        (date(2026, 5, 12), "12/5", ["2026-12-05", "2027-05-12"]),
    ],
)
def test_the_day_on_which_it_is_said_counts(today: date, said: str, days: list[str]) -> None:
    assert dates(said, today) == days


@pytest.mark.parametrize("zone", ["America/New York", "CET-1CEST", "UTC+1", " ", "Nowhere/Land"])
def test_the_zone_of_the_host_has_no_part_in_it(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert dates("2 weeks") == ["2026-12-13"]
        assert dates("day after tomorrow") == ["2026-12-01"]
        assert dates("24 December") == ["2026-12-24"]
    finally:
        monkeypatch.undo()
        time.tzset()


ASKED = (date(2026, 12, 5), date(2027, 5, 12))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("december", ASKED[0]),
        ("5 Dec", ASKED[0]),
        ("the 5th", ASKED[0]),
        ("saturday", ASKED[0]),
        ("Saturday 5 December 2026", ASKED[0]),
        ("12 May", ASKED[1]),
        ("may", ASKED[1]),
        ("2027", ASKED[1]),
        ("june", None),
        ("banana", None),
        ("", None),
    ],
)
def test_one_of_two_days_is_told_by_what_is_true_of_it_alone(said: str, day: date | None) -> None:
    assert pick(ASKED, said, WORDS) == day


PIECES = "5 12 31 2026 0 th . / - , of the until for next end week month year december friday"
pieces = st.lists(st.sampled_from(PIECES.split()), max_size=6)


@given(
    st.text() | pieces.map(" ".join) | pieces.map("".join),
    st.dates(date(2026, 1, 1), date(2032, 12, 31)),
)
def test_no_words_raise_and_every_day_is_to_come(said: str, today: date) -> None:
    reading = read(said, today)
    if reading is None:
        return
    assert 1 <= len(reading.dates) <= 2
    assert all(today < day <= today + LONGEST for day in reading.dates)
    assert reading.sure is None or reading.sure <= today + FAR


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.integers(1, 183))
def test_a_day_is_read_in_every_way_it_is_written(today: date, days: int) -> None:
    day = today + timedelta(days=days)
    for said in (
        f"{day:%-d.%-m.}",
        f"{day:%d.%m.%Y}",
        f"{day:%Y-%m-%d}",
        f"{day:%-d %B}",
        f"{day:%B %-d}",
        f"{day:%a %-d %b %Y}",
    ):
        assert read(said, today) == Reading((day,)), said


@pytest.mark.parametrize(
    ("said", "first", "back"),
    [
        ("1 december to 10 december", "2026-12-01", "2026-12-10"),
        ("from 20 December until 3 January", "2026-12-20", "2027-01-03"),
        ("20 dec - 3 jan", "2026-12-20", "2027-01-03"),
        ("20-27 december", "2026-12-20", "2026-12-27"),
        ("1 to 10 december", "2026-12-01", "2026-12-10"),
        ("the 5th to the 8th", "2026-12-05", "2026-12-08"),
        ("tomorrow till friday", "2026-11-30", "2026-12-04"),
        ("5.12. to 10.12.", "2026-12-05", "2026-12-10"),
        ("from today to friday", "2026-11-29", "2026-12-04"),
        ("tuesday to tuesday", "2026-12-01", "2026-12-08"),
    ],
)
def test_both_ends_of_a_time_away(said: str, first: str, back: str) -> None:
    assert read_period(said, SUNDAY, WORDS) == (
        date.fromisoformat(first),
        date.fromisoformat(back),
    )


@pytest.mark.parametrize(
    "said",
    [
        "24 december",
        "until friday",
        "2026-12-05",
        "5/6 to 7/8",
        "to 10 december",
        "a to b",
        "to",
        "",
    ],
)
def test_what_does_not_name_both_ends_for_sure_is_no_time_away(said: str) -> None:
    assert read_period(said, SUNDAY, WORDS) is None


@pytest.mark.parametrize(
    ("said", "first", "after"),
    [
        ("i am away next week", "2026-11-30", "2026-12-07"),
        ("busy this weekend", "2026-11-29", "2026-11-30"),
        ("not this friday", "2026-12-04", "2026-12-05"),
        ("skip friday's session", "2026-12-04", "2026-12-05"),
        ("no reminders on christmas day please", "2026-12-25", "2026-12-26"),
        ("not on new year's eve", "2026-12-31", "2027-01-01"),
    ],
)
def test_a_day_or_a_week_in_a_sentence_is_a_span(said: str, first: str, after: str) -> None:
    span = (date.fromisoformat(first), date.fromisoformat(after))
    assert read_span(said, SUNDAY, WORDS) == span


@pytest.mark.parametrize(
    "said",
    ["away", "christmas and new year", "until friday", "for a week", "next friday", "this week"],
)
def test_a_sentence_that_says_until_when_has_no_span(said: str) -> None:
    assert read_span(said, SUNDAY, WORDS) is None


@pytest.mark.parametrize(
    ("said", "vague"),
    [
        ("in may", True),
        ("next month", True),
        ("may 2027", True),
        ("next week", True),
        ("4 may", False),
        ("sunday next week", False),
        ("boxing day", False),
        ("new year's day", False),
    ],
)
def test_a_month_or_a_week_without_a_day_is_vague(said: str, vague: bool) -> None:
    assert is_vague(said, WORDS) is vague


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("from 4 December", date(2026, 12, 4)),
        ("for easter", date(2027, 3, 26)),
        ("over christmas", date(2026, 12, 24)),
        ("over new year", date(2026, 12, 31)),
        ("until easter", None),
        ("for two weeks", None),
    ],
)
def test_a_begin_without_an_end_is_read(said: str, day: date | None) -> None:
    assert read_begin(said, SUNDAY, WORDS) == day
