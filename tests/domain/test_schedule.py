"""One moment for each local date, through every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.schedule import (
    GRACE,
    WEEK,
    Due,
    Schedule,
    Slot,
    TrainingDay,
    Weekday,
    due_on,
    in_order,
    local_day,
    moment,
    next_reminder,
    next_wake,
    too_close,
    week_of,
    weekday_of,
)

A_MINUTE = timedelta(minutes=1)
MON, TUE, WED, THU, FRI, SAT, SUN = WEEK


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def slot(zone: str, at: str) -> Slot:
    return Slot(zone, time.fromisoformat(at))


def days(**times: str) -> Schedule:
    """days(mon="07:00", sat="09:30")"""
    return in_order(
        tuple(
            TrainingDay(next(day for day in WEEK if day.startswith(short)), time.fromisoformat(at))
            for short, at in times.items()
        )
    )


# (zone, local date, local time, its one moment in UTC)
MOMENTS = [
    # an ordinary day, in winter and in summer
    ("Europe/Berlin", "2026-01-15", "07:00", "2026-01-15T06:00"),
    ("Europe/Berlin", "2026-07-15", "07:00", "2026-07-15T05:00"),
    ("America/New_York", "2026-01-15", "07:00", "2026-01-15T12:00"),
    # Berlin in spring: 02:00 becomes 03:00
    ("Europe/Berlin", "2026-03-28", "02:30", "2026-03-28T01:30"),
    ("Europe/Berlin", "2026-03-29", "00:30", "2026-03-28T23:30"),
    ("Europe/Berlin", "2026-03-29", "01:59", "2026-03-29T00:59"),
    ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:30"),
    ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-03-29", "07:00", "2026-03-29T05:00"),
    ("Europe/Berlin", "2026-03-30", "00:30", "2026-03-29T22:30"),
    # Berlin in autumn: 03:00 becomes 02:00, so 02:30 happens twice
    ("Europe/Berlin", "2026-10-25", "00:30", "2026-10-24T22:30"),
    ("Europe/Berlin", "2026-10-25", "02:00", "2026-10-25T00:00"),
    ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30"),
    ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T02:00"),
    ("Europe/Berlin", "2026-10-26", "00:30", "2026-10-25T23:30"),
    # New York
    ("America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30"),
    ("America/New_York", "2026-03-08", "07:00", "2026-03-08T11:00"),
    ("America/New_York", "2026-03-09", "00:30", "2026-03-09T04:30"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30"),
    ("America/New_York", "2026-11-01", "07:00", "2026-11-01T12:00"),
    ("America/New_York", "2026-11-02", "00:30", "2026-11-02T05:30"),
    # Lord Howe changes by half an hour
    ("Australia/Lord_Howe", "2026-04-05", "01:45", "2026-04-04T14:45"),
    ("Australia/Lord_Howe", "2026-04-05", "02:00", "2026-04-04T15:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:45"),
    ("Australia/Lord_Howe", "2026-10-04", "07:00", "2026-10-03T20:00"),
    # midnight itself is missing: the day begins at 01:00
    ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23T22:00"),
    ("Africa/Cairo", "2026-04-24", "00:30", "2026-04-23T22:30"),
    ("America/Santiago", "2026-09-06", "00:30", "2026-09-06T04:30"),
    ("Asia/Beirut", "2026-03-29", "00:00", "2026-03-28T22:00"),
    ("Asia/Beirut", "2026-03-29", "00:30", "2026-03-28T22:30"),
    # a gap up to midnight: what would leave the date is the last minute before the gap
    ("America/Nuuk", "2026-03-28", "22:59", "2026-03-29T00:59"),
    ("America/Nuuk", "2026-03-28", "23:00", "2026-03-29T00:59"),
    ("America/Nuuk", "2026-03-28", "23:30", "2026-03-29T00:59"),
    ("America/Nuuk", "2026-03-29", "00:00", "2026-03-29T01:00"),
    # 23:30 happens twice where midnight falls back
    ("Asia/Beirut", "2026-10-24", "23:30", "2026-10-24T20:30"),
    ("America/Santiago", "2026-04-04", "23:30", "2026-04-05T02:30"),
    # midnight happens twice
    ("America/Havana", "2026-11-01", "00:30", "2026-11-01T04:30"),
    # the day around the one that Samoa left out
    ("Pacific/Apia", "2011-12-29", "23:59", "2011-12-30T09:59"),
    ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00"),
    # no whole hours from UTC
    ("Asia/Kolkata", "2026-11-24", "07:00", "2026-11-24T01:30"),
    ("Asia/Kathmandu", "2026-11-24", "07:00", "2026-11-24T01:15"),
    ("Pacific/Chatham", "2026-01-15", "07:00", "2026-01-14T17:15"),
    ("Pacific/Chatham", "2026-04-05", "03:00", "2026-04-04T13:15"),
    ("Pacific/Chatham", "2026-09-27", "03:00", "2026-09-26T14:15"),
    # the ends of the earth
    ("Pacific/Kiritimati", "2026-11-24", "07:00", "2026-11-23T17:00"),
    ("Pacific/Niue", "2026-11-24", "07:00", "2026-11-24T18:00"),
]


@pytest.mark.parametrize(("zone", "day", "at", "instant"), MOMENTS)
def test_a_local_time_has_one_moment_on_a_date(zone: str, day: str, at: str, instant: str) -> None:
    found = moment(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone))
    assert found == utc(instant)


@pytest.mark.parametrize(("zone", "day", "at", "instant"), MOMENTS)
def test_a_wake_at_a_moment_is_for_its_date(zone: str, day: str, at: str, instant: str) -> None:
    due = Due(date.fromisoformat(day), utc(instant))
    assert due_on(slot(zone, at), utc(instant)) == due


@pytest.mark.parametrize(("zone", "day", "at", "instant"), MOMENTS)
def test_the_slot_wakes_at_a_moment(zone: str, day: str, at: str, instant: str) -> None:
    assert next_wake(slot(zone, at), utc(instant) - A_MINUTE) == utc(instant)


@pytest.mark.parametrize("at", ["00:00", "07:00", "23:59"])
def test_a_date_that_does_not_exist_has_no_moment(at: str) -> None:
    samoa = ZoneInfo("Pacific/Apia")
    assert moment(date(2011, 12, 30), time.fromisoformat(at), samoa) is None


def test_a_slot_passes_over_a_date_that_does_not_exist() -> None:
    wakes = walk(slot("Pacific/Apia", "07:00"), utc("2011-12-28T00:00"), utc("2012-01-02T00:00"))
    local = [wake.astimezone(ZoneInfo("Pacific/Apia")).day for wake in wakes]
    assert local == [28, 29, 31, 1, 2]


def test_a_time_that_happens_twice_wakes_once_at_the_first() -> None:
    wakes = walk(slot("Europe/Berlin", "02:30"), utc("2026-10-24T12:00"), utc("2026-10-26T12:00"))
    assert wakes == [utc("2026-10-25T00:30"), utc("2026-10-26T01:30")]


def test_the_second_time_round_is_still_for_the_first() -> None:
    """A wake that comes an hour late belongs to the moment that was."""
    again = utc("2026-10-25T01:30")
    first = Due(date(2026, 10, 25), utc("2026-10-25T00:30"))
    assert due_on(slot("Europe/Berlin", "02:30"), again) == first


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_the_day_after_the_spring_change_is_not_skipped(zone: str) -> None:
    change = {"Europe/Berlin": date(2026, 3, 29), "America/New_York": date(2026, 3, 8)}[zone]
    start, _ = local_day(change - timedelta(days=1), zone)
    wakes = walk(slot(zone, "00:30"), start, start + timedelta(days=3, hours=12))
    local = [wake.astimezone(ZoneInfo(zone)) for wake in wakes]
    assert [at.date() - change for at in local] == [timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert {at.time() for at in local} == {time(0, 30)}


def test_the_next_wake_is_later_than_the_moment_asked_at() -> None:
    seven = slot("Europe/Berlin", "07:00")
    assert next_wake(seven, utc("2026-11-24T05:59")) == utc("2026-11-24T06:00")
    assert next_wake(seven, utc("2026-11-24T06:00")) == utc("2026-11-25T06:00")


@pytest.mark.parametrize("late", [timedelta(0), A_MINUTE, GRACE])
def test_a_wake_counts_for_three_hours(late: timedelta) -> None:
    planned = utc("2026-11-24T06:00")
    due = Due(date(2026, 11, 24), planned)
    assert due_on(slot("Europe/Berlin", "07:00"), planned + late) == due


@pytest.mark.parametrize("off", [-A_MINUTE, GRACE + A_MINUTE, timedelta(hours=12)])
def test_too_early_or_too_late_is_for_no_date(off: timedelta) -> None:
    assert due_on(slot("Europe/Berlin", "07:00"), utc("2026-11-24T06:00") + off) is None


def test_a_wake_after_midnight_is_too_late_for_the_day_before() -> None:
    assert due_on(slot("Europe/Berlin", "23:30"), utc("2026-11-24T23:10")) is None


def walk(it: Slot, start: datetime, end: datetime) -> list[datetime]:
    """Every wake of the slot later than `start` and earlier than `end`."""
    wakes = []
    at = next_wake(it, start)
    while at < end:
        wakes.append(at)
        at = next_wake(it, at)
    return wakes


def dates_shown(zone: str, start: datetime, end: datetime) -> list[date]:
    """The dates that the zone's clocks show between two moments, in order."""
    tz = ZoneInfo(zone)
    hours = int((end - start) / timedelta(hours=1))
    shown = ((start + timedelta(hours=hour)).astimezone(tz).date() for hour in range(hours))
    return list(dict.fromkeys(shown))


@pytest.mark.slow
@given(
    zone=st.sampled_from(sorted(available_timezones())),
    at=st.times().map(lambda at: time(at.hour, at.minute)),
    year=st.integers(1995, 2036),
)
@example("Pacific/Apia", time(7), 2011)
@example("Pacific/Kwajalein", time(23, 59), 1993)
@example("Africa/Cairo", time(0, 30), 2026)
@example("America/Nuuk", time(23, 30), 2026)
@example("America/St_Johns", time(0, 0), 2009)  # 00:01 falls back to 23:01 of the day before
@example("Australia/Lord_Howe", time(1, 45), 2026)
@example("Europe/Berlin", time(2, 30), 2026)
@example("Africa/Casablanca", time(2, 30), 2026)
@settings(max_examples=40)
def test_a_slot_wakes_once_on_every_date_of_a_year(zone: str, at: time, year: int) -> None:
    it = Slot(zone, at)
    start, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    wakes = walk(it, start, end)
    assert all(before < after for before, after in pairwise(wakes))
    due = [due_on(it, wake) for wake in wakes]
    assert [found.moment for found in due if found] == wakes
    # The first and the last date may have had their moment outside of the year.
    dates = [found.date for found in due if found]
    shown = dates_shown(zone, start, end)
    assert dates in (shown, shown[1:], shown[:-1], shown[1:-1])


@pytest.mark.parametrize(
    ("schedule", "now", "expected"),
    [
        # 2026-11-24 is a Tuesday
        (days(tue="07:00"), "2026-11-24T05:59", ("2026-11-24", "2026-11-24T06:00")),
        (days(tue="07:00"), "2026-11-24T06:00", ("2026-12-01", "2026-12-01T06:00")),
        (days(mon="07:00"), "2026-11-24T06:00", ("2026-11-30", "2026-11-30T06:00")),
        (days(wed="07:00", sat="09:00"), "2026-11-24T06:00", ("2026-11-25", "2026-11-25T06:00")),
        (days(wed="07:00", sat="09:00"), "2026-11-25T06:00", ("2026-11-28", "2026-11-28T08:00")),
        # late in the evening it is tomorrow already, in Berlin
        (days(wed="00:10"), "2026-11-24T23:05", ("2026-11-25", "2026-11-24T23:10")),
        # a missing time comes an hour later by the clock
        (days(sun="02:30"), "2026-03-28T12:00", ("2026-03-29", "2026-03-29T01:30")),
    ],
)
def test_the_next_reminder_is_the_first_moment_of_a_training_day(
    schedule: Schedule, now: str, expected: tuple[str, str]
) -> None:
    due = Due(date.fromisoformat(expected[0]), utc(expected[1]))
    assert next_reminder(schedule, "Europe/Berlin", utc(now)) == due


def test_no_training_days_no_next_reminder() -> None:
    assert next_reminder((), "Europe/Berlin", utc("2026-11-24T06:00")) is None


@pytest.mark.parametrize(
    ("away_until", "expected"),
    [
        ("2026-11-20", "2026-11-24"),
        ("2026-11-24", "2026-11-24"),
        ("2026-11-25", "2026-12-01"),
        ("2026-12-24", "2026-12-29"),
    ],
)
def test_who_is_away_is_reminded_from_the_date_of_return_on(away_until: str, expected: str) -> None:
    due = next_reminder(
        days(tue="07:00"),
        "Europe/Berlin",
        utc("2026-11-24T05:00"),
        date.fromisoformat(away_until),
    )
    assert due is not None
    assert due.date == date.fromisoformat(expected)


ZONES = ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Niue", "Asia/Kathmandu", "Africa/Cairo"]


@given(
    zone=st.sampled_from(ZONES),
    chosen=st.dictionaries(
        st.sampled_from(WEEK), st.times().map(lambda at: time(at.hour, at.minute)), min_size=1
    ),
    minutes=st.integers(0, 2 * 365 * 24 * 60),
)
@settings(max_examples=100)
def test_the_next_reminder_is_what_its_slot_will_be_due_for(
    zone: str, chosen: dict[Weekday, time], minutes: int
) -> None:
    now = utc("2026-01-01T00:00") + timedelta(minutes=minutes)
    schedule = in_order(tuple(TrainingDay(day, at) for day, at in chosen.items()))
    due = next_reminder(schedule, zone, now)
    assert due is not None
    assert now < due.moment <= now + timedelta(days=8)
    at = chosen[weekday_of(due.date)]
    assert due_on(Slot(zone, at), due.moment) == due
    sooner = [
        found
        for at in set(chosen.values())
        for wake in walk(Slot(zone, at), now, due.moment)
        if (found := due_on(Slot(zone, at), wake)) and chosen.get(weekday_of(found.date)) == at
    ]
    assert sooner == []


@pytest.mark.parametrize(
    "schedule",
    [
        (),
        days(mon="07:00"),
        days(mon="07:00", wed="07:00"),
        days(mon="07:00", wed="07:00", fri="07:00"),
        days(tue="07:00", thu="09:00", sat="09:00"),
        days(mon="07:00", thu="06:00"),
    ],
)
def test_two_days_apart_is_not_too_close(schedule: Schedule) -> None:
    assert too_close(schedule) is None


@pytest.mark.parametrize(
    ("schedule", "pair"),
    [
        (days(mon="07:00", tue="07:00"), (MON, TUE)),
        (days(mon="09:00", wed="08:59"), (MON, WED)),
        (days(mon="07:00", sun="07:00"), (SUN, MON)),
        (days(sat="20:00", mon="07:00"), (SAT, MON)),
        (days(mon="07:00", wed="07:00", fri="07:00", sun="07:00"), (SUN, MON)),
        (days(fri="07:00", thu="07:00", wed="07:00"), (WED, THU)),
    ],
)
def test_less_than_48_hours_is_too_close_also_across_the_weekend(
    schedule: Schedule, pair: tuple[Weekday, Weekday]
) -> None:
    found = too_close(schedule)
    assert found is not None
    assert tuple(day.weekday for day in found) == pair


def test_days_are_told_from_monday_to_sunday() -> None:
    at = time(7)
    mixed = tuple(TrainingDay(day, at) for day in (SUN, WED, MON, SAT, TUE, FRI, THU))
    assert tuple(day.weekday for day in in_order(mixed)) == WEEK


def test_a_week_begins_on_its_monday() -> None:
    monday, following = date(2026, 11, 23), date(2026, 11, 30)
    inside = [monday + timedelta(days=n) for n in range(7)]
    assert [week_of(day) for day in inside] == [(monday, following)] * 7
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 4))


def test_weekdays_are_named_from_monday() -> None:
    assert [weekday_of(date(2026, 11, 23) + timedelta(days=n)) for n in range(7)] == list(WEEK)


@pytest.mark.parametrize(
    ("zone", "day", "start", "end"),
    [
        ("Europe/Berlin", "2026-11-24", "2026-11-23T23:00", "2026-11-24T23:00"),
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00", "2026-03-29T22:00"),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00", "2026-10-25T23:00"),
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00", "2026-04-24T21:00"),
        ("America/Nuuk", "2026-03-28", "2026-03-28T02:00", "2026-03-29T01:00"),
        ("America/Havana", "2026-11-01", "2026-11-01T04:00", "2026-11-02T05:00"),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00", "2011-12-30T10:00"),
        ("Asia/Kathmandu", "2026-11-24", "2026-11-23T18:15", "2026-11-24T18:15"),
    ],
)
def test_a_local_day_is_as_long_as_its_clocks_make_it(
    zone: str, day: str, start: str, end: str
) -> None:
    assert local_day(date.fromisoformat(day), zone) == (utc(start), utc(end))
