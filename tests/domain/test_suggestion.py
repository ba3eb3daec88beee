"""The first two weeks last two weeks; then the standard routine takes turns with others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.domain.prescription import SeasonPhase
from bot.domain.session import Rating
from bot.domain.suggestion import (
    HEAVY,
    NEWCOMER,
    ROTATION,
    STANDARD,
    Circumstances,
    FinishedSession,
    Why,
    suggest,
    why,
)
from bot.domain.wish import LIGHT

E, R, H = Rating.EASY, Rating.RIGHT, Rating.HARD
MONDAY = datetime(2026, 11, 23, 6, tzinfo=UTC)
NOW = Circumstances(MONDAY)
AT_HOME = replace(NOW, fitting=ROTATION)


def done(routine: str, days_ago: float, rating: Rating | None = R) -> FinishedSession:
    return FinishedSession(routine, rating, MONDAY - timedelta(days=days_ago))


def newcomer(*ratings: Rating | None, first: float = 14) -> list[FinishedSession]:
    """Finished sessions of the first two weeks, newest first; the first so many days ago."""
    last = len(ratings) - 1
    apart = (first - 1) / max(last, 1)
    days = (1 + apart * place for place in range(last)) if last else ()
    return [
        done(NEWCOMER, ago, rating) for ago, rating in zip((*days, first), ratings, strict=True)
    ]


def test_who_never_trained_begins_with_the_first_two_weeks() -> None:
    assert suggest([], NOW) == NEWCOMER


@pytest.mark.parametrize("first", [0.5, 3, 13, 13.2, 13.25, 14, 20, 40])
@pytest.mark.parametrize("sessions", range(1, 7))
def test_the_first_two_weeks_are_left_after_fourteen_days_and_four_sessions(
    sessions: int, first: float
) -> None:
    leads_on = first > 13.25 and sessions >= 4
    history = newcomer(*[R] * sessions, first=first)
    assert suggest(history, NOW) == (STANDARD if leads_on else NEWCOMER)


def test_days_are_those_of_the_runners_zone() -> None:
    history = newcomer(R, R, R, R, first=13.5)  # in the evening in Berlin, next day in Tokyo
    evening = replace(NOW, now=MONDAY + timedelta(hours=16.5))
    assert suggest(history, replace(evening, zone="Europe/Berlin")) == STANDARD
    morning = replace(NOW, now=MONDAY + timedelta(hours=8))
    assert suggest(history, replace(morning, zone="Europe/Berlin")) == STANDARD
    assert suggest(history, replace(morning, zone="Asia/Tokyo")) == NEWCOMER


def test_they_are_left_only_if_the_last_two_were_rated_and_neither_was_hard() -> None:
    for ratings in product((None, E, R, H), repeat=4):
        well = set(ratings[:2]) <= {E, R}
        assert suggest(newcomer(*ratings), NOW) == (STANDARD if well else NEWCOMER), ratings


def test_they_are_not_left_while_a_region_rests() -> None:
    history = newcomer(R, R, R, R)
    assert suggest(history, replace(NOW, rests=True)) == NEWCOMER


@pytest.mark.parametrize("rating", [None, E, R, H])
def test_who_has_begun_the_standard_routine_stays_with_it(rating: Rating | None) -> None:
    assert suggest([done(STANDARD, 1, rating), *newcomer(H, H)], NOW) == STANDARD


def test_a_routine_of_the_hosts_own_counts_as_past_the_beginning() -> None:
    assert suggest([done("hills", 1, None)], NOW) == STANDARD


@pytest.mark.parametrize("rating", [None, H])
def test_one_gentle_day_does_not_make_a_newcomer_again(rating: Rating | None) -> None:
    history = [done(NEWCOMER, 1, rating), done(STANDARD, 3), done(STANDARD, 5)]
    assert suggest(history, NOW) == STANDARD


def test_the_standard_routine_takes_turns_with_those_that_fit_the_kit() -> None:
    suggested = walked(AT_HOME, sessions=8, every=3.5)
    assert suggested[::2] == [STANDARD] * 4
    assert suggested[1::2] == [*ROTATION, ROTATION[0]]


def walked(circumstances: Circumstances, sessions: int, every: float) -> list[str]:
    """What is suggested, session after session, each of them done."""
    history = newcomer(R, R, R, R)
    suggested = []
    for number in range(sessions):
        now = MONDAY + timedelta(days=number * every)
        suggested.append(suggest(history, replace(circumstances, now=now)))
        history.insert(0, FinishedSession(suggested[-1], R, now))
    return suggested


def test_what_does_not_fit_the_kit_is_left_out() -> None:
    history = [done(STANDARD, 1), *newcomer(R, R)]
    only = replace(NOW, fitting=["mini-band-whole-body"])
    assert suggest(history, only) == "mini-band-whole-body"
    assert suggest(history, NOW) == STANDARD


def test_a_session_before_a_run_is_no_turn() -> None:
    assert suggest([done(LIGHT, 1), *newcomer(R, R, R, R)], AT_HOME) == STANDARD
    assert suggest([done(LIGHT, 1, None)] * 9, AT_HOME) == NEWCOMER


@pytest.mark.parametrize(("days", "expected"), [(55, ROTATION[0]), (56, NEWCOMER)])
def test_after_eight_weeks_a_runner_is_a_newcomer_again(days: int, expected: str) -> None:
    assert suggest([done(STANDARD, days), *newcomer(R, R, first=days + 9)], AT_HOME) == expected


def test_what_was_before_the_long_gap_leads_nowhere() -> None:
    assert suggest([done(NEWCOMER, 2), done(STANDARD, 70)], AT_HOME) == NEWCOMER


# The heavy routine

STRONG = replace(AT_HOME, owns_long=True)


def trained(first: int = 28, sessions: int = 8) -> list[FinishedSession]:
    """Sessions of which the last was the standard one, so that it is the turn of another."""
    days = [1 + (first - 1) * place // (sessions - 1) for place in range(sessions)]
    return [done(STANDARD, ago) for ago in days]


def test_the_heavy_routine_comes_in_place_of_hips_and_glutes() -> None:
    assert suggest(trained(), STRONG) == HEAVY
    others = [*trained(), done("core-and-upper-back", 9), done("mini-band-whole-body", 9)]
    assert suggest(sorted(others, key=lambda past: past.at, reverse=True), STRONG) == HEAVY


@pytest.mark.parametrize("first", [20, 27, 28, 50])
@pytest.mark.parametrize("sessions", [7, 8, 9])
def test_it_takes_four_weeks_and_eight_sessions_of_training(sessions: int, first: int) -> None:
    heavy = sessions >= 8 and first >= 28
    assert suggest(trained(first, sessions), STRONG) == (HEAVY if heavy else ROTATION[0])


def test_a_session_of_which_little_was_done_is_not_among_the_eight() -> None:
    little = [replace(past, loads=False) for past in trained()]
    assert suggest(little, STRONG) == ROTATION[0]


@pytest.mark.parametrize("phase", SeasonPhase)
def test_it_belongs_to_base_and_build(phase: SeasonPhase) -> None:
    heavy = phase in (SeasonPhase.BASE, SeasonPhase.BUILD)
    assert (suggest(trained(), replace(STRONG, phase=phase)) == HEAVY) == heavy


@pytest.mark.parametrize(
    ("about", "heavy"),
    [
        ({"owns_long": False}, False),
        ({"rests": True}, False),
        ({"age": 15}, False),
        ({"age": 16}, True),
        ({"age": None}, True),
    ],
)
def test_it_needs_a_long_band_no_rest_and_an_age_of_sixteen(
    about: dict[str, object], heavy: bool
) -> None:
    assert (suggest(trained(), replace(STRONG, **about)) == HEAVY) == heavy  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "heavy"),
    [
        ((), True),
        ((0,), False),
        ((1,), True),
        ((16, 0), False),
        ((17, 0), True),
        ((21, 0), True),
        ((21, 0, 0), False),
    ],
)
def test_it_comes_once_a_week_for_three_weeks_and_then_twice(
    before: Sequence[int], heavy: bool
) -> None:
    """`before`: days before this Monday on which it was done; it is Friday."""
    friday = replace(STRONG, now=MONDAY + timedelta(days=4), fitting=())
    history = [done(STANDARD, -3), *trained(40), *(done(HEAVY, ago) for ago in before)]
    newest = sorted(history, key=lambda past: past.at, reverse=True)
    assert (suggest(newest, friday) == HEAVY) == heavy


def test_over_months_the_heavy_routine_takes_its_turn_and_never_comes_too_often() -> None:
    suggested = walked(STRONG, sessions=60, every=7 / 3)
    assert HEAVY in suggested
    first = suggested.index(HEAVY)
    assert (first * 7 / 3) >= 14  # four weeks from the first session, two of them before
    later = suggested[first:]
    assert "hips-and-glutes" not in later[:3]
    for start in range(len(suggested)):
        assert suggested[start : start + 3].count(HEAVY) <= 2


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        ([], Why.FIRST),
        ([done(STANDARD, 60)], Why.RETURN),
        (newcomer(R, R), Why.NEWCOMER),
        (newcomer(R, R, R, R), Why.STANDARD),
        ([done(STANDARD, 2)], Why.TURN),
        ([done("hips-and-glutes", 2), done(STANDARD, 4)], Why.STANDARD),
    ],
)
def test_the_suggestion_has_a_reason(history: list[FinishedSession], reason: Why) -> None:
    assert why(history, suggest(history, AT_HOME), AT_HOME.now) is reason
