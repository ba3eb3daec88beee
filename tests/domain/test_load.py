"""The bounds of a week and of a session."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.load import (
    SESSIONS_A_WEEK,
    Loading,
    fits,
    is_easier,
    may_load,
    most_sets,
    most_sets_at_first,
    trimmed,
)
from bot.domain.prescription import SeasonPhase

BASE, BUILD = SeasonPhase.BASE, SeasonPhase.BUILD
BERLIN = "Europe/Berlin"


def at(day: int, hour: int = 7, minute: int = 0) -> datetime:
    """March 2026 in UTC; the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_the_first_session_may_load() -> None:
    assert may_load([], at(2), BERLIN) is Loading.ALLOWED


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (at(3), Loading.TOO_SOON),
        (at(4, 3, 59), Loading.TOO_SOON),
        (at(4, 6, 50), Loading.ALLOWED),
        (at(4), Loading.ALLOWED),
    ],
)
def test_two_days_lie_between_loading_sessions(start: datetime, expected: Loading) -> None:
    assert may_load([at(2)], start, BERLIN) is expected


def test_a_regular_week_is_not_forbidden_by_a_late_start() -> None:
    done = [at(2, 7, 10), at(4, 7, 20)]
    assert may_load(done, at(6, 7, 1), BERLIN) is Loading.ALLOWED
    assert may_load([*done, at(6, 7, 30)], at(9), BERLIN) is Loading.ALLOWED


def test_a_fourth_session_in_a_week_does_not_load() -> None:
    assert may_load([at(2), at(4), at(6)], at(8), BERLIN) is Loading.WEEK_FULL


def test_a_week_is_the_runners_own() -> None:
    done = [at(3), at(5), at(7, 3)]
    sunday_evening = at(8, 23, 30) + timedelta(hours=6)
    assert may_load(done, sunday_evening, "Pacific/Honolulu") is Loading.WEEK_FULL
    assert may_load(done, sunday_evening, BERLIN) is Loading.ALLOWED


def test_a_clock_change_does_not_make_two_days_too_short() -> None:
    saturday, monday = at(28, 6), at(30, 5)
    assert may_load([saturday], monday, BERLIN) is Loading.ALLOWED


@pytest.mark.parametrize(
    ("weeks", "most"),
    [
        ((), None),
        ((12,), None),
        ((12, 0, 0), None),
        ((20, 20), 26),
        ((20, 0, 21, 99), 26),
        ((1, 1), 3),
    ],
)
def test_a_week_grows_from_the_last_two_done(weeks: tuple[int, ...], most: int | None) -> None:
    assert most_sets(weeks) == most


@pytest.mark.parametrize(
    ("sets", "most", "expected"),
    [
        ((3, 3, 2), 8, (3, 3, 2)),
        ((3, 3, 2), 6, (2, 2, 2)),
        ((3, 1), 3, (2, 1)),
        ((2, 2), 0, (1, 1)),
    ],
)
def test_too_many_sets_are_taken_where_most_are(
    sets: tuple[int, ...], most: int, expected: tuple[int, ...]
) -> None:
    assert trimmed(sets, most) == expected


def test_nothing_is_taken_from_nothing() -> None:
    assert trimmed((), 0) == ()


def test_every_fourth_week_of_base_and_build_is_easier() -> None:
    assert [week for week in range(13) if is_easier(week, BASE)] == [4, 8, 12]
    assert is_easier(4, BUILD)
    assert not is_easier(4, SeasonPhase.PEAK)


def test_a_session_has_half_an_hour() -> None:
    assert fits(30 * 60)
    assert not fits(30 * 60 + 1)


@pytest.mark.parametrize("phase", SeasonPhase)
def test_a_week_has_as_many_sessions_as_the_part_of_the_season_allows(phase: SeasonPhase) -> None:
    done = [at(2), at(4), at(6)]
    for number in range(4):
        allowed = number < SESSIONS_A_WEEK[phase]
        found = may_load(done[:number], at(8), BERLIN, SESSIONS_A_WEEK[phase])
        assert (found is Loading.ALLOWED) == allowed


@pytest.mark.parametrize("hours", range(49))
def test_a_day_never_has_two_loading_sessions(hours: int) -> None:
    """In any zone: sessions that may both load begin 45 hours apart."""
    start = at(2, 0)
    later = start + timedelta(hours=hours)
    assert (may_load([start], later, BERLIN) is Loading.ALLOWED) == (hours >= 45)


def day(number: int) -> date:
    return date(2026, 3, 1) + timedelta(days=number)


@pytest.mark.parametrize("number", range(40))
def test_the_second_and_third_week_of_all_have_six_sets_more_than_the_first(number: int) -> None:
    first = [(day(0), 6), (day(3), 4)]
    left = most_sets_at_first(first, day(number))
    assert left == (16 if 7 <= number < 21 else None)


def test_what_was_done_in_such_a_week_is_taken_from_it() -> None:
    assert most_sets_at_first([(day(0), 10), (day(7), 9)], day(9)) == 7
    assert most_sets_at_first([(day(0), 10), (day(7), 9)], day(14)) == 16
    assert most_sets_at_first([(day(0), 10), (day(7), 99)], day(9)) == 0
    assert most_sets_at_first([], day(9)) is None
