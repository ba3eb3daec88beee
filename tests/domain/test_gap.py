"""Every row of days away from training, and never more than before."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.gap import after_gap, exercise_rule, gap_days, gap_rule, larger
from bot.domain.kit import LEVELS
from bot.domain.prescription import ExerciseClass, Prescription
from tests.domain.training import CLAM, assert_in_bounds, clocked, counted, is_harder

XL, L, M, HV = LEVELS
OWNED = replace(CLAM, owned=(XL, L, M))
MONDAY = date(2026, 3, 2)
BEFORE = counted(target=15, sets=3, tempo=1, band=M, variant=2, credits=3, at_top=1)


def lessened(**changes: object) -> Prescription:
    return replace(BEFORE, credits=0, at_top=0, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("days", [0, 1, 7])
def test_a_week_is_no_gap(days: int) -> None:
    assert gap_rule(days) is None
    assert after_gap(BEFORE, OWNED, gap_rule(days)) == BEFORE


@pytest.mark.parametrize("days", [8, 13])
def test_after_one_week_one_set_fewer(days: int) -> None:
    assert after_gap(BEFORE, OWNED, gap_rule(days)) == lessened(sets=2, hold_off=1)


def test_one_set_stays_one() -> None:
    assert after_gap(counted(sets=1), CLAM, gap_rule(8)).sets == 1


def test_on_the_clock_the_set_is_taken_from_those_of_the_routine() -> None:
    assert after_gap(clocked(sets=3), replace(CLAM, sets=2), gap_rule(8)).sets == 1


@pytest.mark.parametrize("days", [14, 27])
def test_after_two_weeks_four_fifths_of_the_target(days: int) -> None:
    assert after_gap(BEFORE, OWNED, gap_rule(days)) == lessened(
        sets=2, target=12, tempo=0, hold_off=1
    )
    assert after_gap(counted(target=11), OWNED, gap_rule(days)).target == 10


@pytest.mark.parametrize("days", [28, 55])
def test_after_four_weeks_one_set_from_the_bottom_with_a_lighter_band(days: int) -> None:
    expected = lessened(sets=1, target=10, tempo=0, band=L, variant=1, hold_off=1, double_credits=4)
    assert after_gap(BEFORE, OWNED, gap_rule(days)) == expected


@pytest.mark.parametrize("days", [56, 400])
def test_after_eight_weeks_as_on_the_first_day(days: int) -> None:
    expected = lessened(sets=1, target=10, tempo=0, band=XL, variant=0, hold_off=1, introduces=1)
    assert after_gap(BEFORE, OWNED, gap_rule(days)) == expected


def test_the_longest_gap_starts_over() -> None:
    found = [gap_rule(days) for days in (8, 14, 28, 56)]
    assert [one and one.start_over for one in found] == [False, False, False, True]


@pytest.mark.parametrize("related", [False, True])
def test_days_without_an_exercise_have_rows_of_their_own(related: bool) -> None:
    """None before 14 days; never is the last one; one row less if its like was done lately."""
    for days in (*range(70), 400, None):
        row = sum(days is None or days >= first for first in (14, 28, 56))
        expected = [None, gap_rule(14), gap_rule(28), gap_rule(56)][max(0, row - related)]
        assert exercise_rule(days, related=related) == expected, days


@pytest.mark.parametrize("own", [0, 13, 14, 28, 56, None])
@pytest.mark.parametrize("runners", [0, 8, 14, 28, 56])
def test_of_both_gaps_the_larger_one_applies(runners: int, own: int | None) -> None:
    rule = larger(gap_rule(runners), exercise_rule(own, related=False))
    longest = 56 if own is None else max(runners, own if own >= 14 else 0)
    assert rule == gap_rule(longest)


def test_after_an_emergency_the_next_larger_gap_counts() -> None:
    assert [gap_rule(days, next_larger=True) for days in (0, 8, 14, 28, 56)] == [
        gap_rule(8),
        gap_rule(14),
        gap_rule(28),
        gap_rule(56),
        gap_rule(56),
    ]


def test_days_are_counted_from_the_last_loading_session() -> None:
    assert gap_days(MONDAY, MONDAY) == 0
    assert gap_days(MONDAY, MONDAY + timedelta(days=8)) == 8


def test_of_days_away_a_week_does_not_count() -> None:
    away = [MONDAY + timedelta(days=number) for number in range(1, 31)]
    assert gap_days(MONDAY, MONDAY + timedelta(days=7), away=away) == 0
    assert gap_days(MONDAY, MONDAY + timedelta(days=30), away=away) == 23


@given(
    days=st.integers(0, 500),
    cleared=st.booleans(),
    counts=st.booleans(),
    target=st.integers(1, 15),
    sets=st.integers(1, 3),
    tempo=st.integers(0, 2),
    band=st.sampled_from([XL, L, M]),
    variant=st.integers(0, 2),
    routine=st.integers(1, 3),
)
def test_a_gap_never_makes_anything_harder(
    days: int, cleared: bool, counts: bool, routine: int, **fields: object
) -> None:
    exercise = replace(OWNED, sets=routine, exercise_class=ExerciseClass.ISO)
    before = counted(**{**fields, "target": fields["target"] if counts else None})
    got = after_gap(before, exercise, gap_rule(days, next_larger=cleared))
    assert not is_harder(got, before)
    assert_in_bounds(got, exercise, before.target)
