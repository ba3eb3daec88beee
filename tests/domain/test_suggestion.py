"""The first two weeks until they are no longer hard, then the standard routine and others."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.session import Rating
from bot.domain.suggestion import LIGHT, NEWCOMER, STANDARD, FinishedSession, suggest

E, R, H = Rating.EASY, Rating.RIGHT, Rating.HARD


def newcomer(*ratings: Rating | None) -> list[FinishedSession]:
    """Finished sessions of the first two weeks, newest first."""
    return [FinishedSession(NEWCOMER, rating) for rating in ratings]


def test_who_never_trained_begins_with_the_first_two_weeks() -> None:
    assert suggest([]) == NEWCOMER


@pytest.mark.parametrize("rating", [None, E, R, H])
def test_one_session_is_not_enough_to_move_on(rating: Rating | None) -> None:
    assert suggest(newcomer(rating)) == NEWCOMER


@pytest.mark.parametrize("ratings", [(E, E), (E, R), (R, E), (R, R), (R, R, H), (E, R, None)])
def test_two_sessions_running_that_were_not_hard_lead_on(ratings: tuple[Rating, ...]) -> None:
    assert suggest(newcomer(*ratings)) == STANDARD


@pytest.mark.parametrize(
    "ratings", [(H, H), (H, E), (R, H), (R, H, R), (None, R), (R, None), (None, None), (H, R, R)]
)
def test_a_hard_or_unrated_one_of_the_last_two_keeps_the_first_two_weeks(
    ratings: tuple[Rating, ...],
) -> None:
    assert suggest(newcomer(*ratings)) == NEWCOMER


@pytest.mark.parametrize("rating", [None, E, R, H])
def test_who_has_begun_the_standard_routine_stays_with_it(rating: Rating | None) -> None:
    assert suggest([FinishedSession(STANDARD, rating), *newcomer(H, H)]) == STANDARD


def test_a_routine_of_the_hosts_own_counts_as_past_the_beginning() -> None:
    assert suggest([FinishedSession("hills", None)]) == STANDARD


@pytest.mark.parametrize("rating", [None, H])
def test_one_gentle_day_does_not_make_a_newcomer_again(rating: Rating | None) -> None:
    assert (
        suggest(
            [
                FinishedSession(NEWCOMER, rating),
                FinishedSession(STANDARD, R),
                FinishedSession(STANDARD, R),
            ]
        )
        == STANDARD
    )


FITTING = ("hips-and-glutes", "core-and-upper-back", "mini-band-whole-body")


def test_the_standard_routine_takes_turns_with_those_that_fit_the_kit() -> None:
    history: list[FinishedSession] = []
    suggested = []
    for _ in range(8):
        suggested.append(suggest([*history, *newcomer(R, R)], FITTING))
        history.insert(0, FinishedSession(suggested[-1], R))
    assert suggested[::2] == [STANDARD] * 4
    assert suggested[1::2] == [*FITTING, FITTING[0]]


def test_what_does_not_fit_the_kit_is_left_out() -> None:
    history = [FinishedSession(STANDARD, R), *newcomer(R, R)]
    assert suggest(history, ["mini-band-whole-body"]) == "mini-band-whole-body"
    assert suggest(history, []) == STANDARD


def test_a_session_before_a_run_is_no_turn() -> None:
    assert suggest([FinishedSession(LIGHT, R), *newcomer(R, R)], FITTING) == STANDARD
    assert suggest([FinishedSession(LIGHT, None)], FITTING) == NEWCOMER


@pytest.mark.parametrize(("days", "expected"), [(55, FITTING[0]), (56, NEWCOMER)])
def test_after_eight_weeks_a_runner_is_a_newcomer_again(days: int, expected: str) -> None:
    now = datetime(2026, 11, 24, 6, tzinfo=UTC)
    last = FinishedSession(STANDARD, R, now - timedelta(days=days))
    assert suggest([last, *newcomer(R, R)], FITTING, now) == expected


def test_what_was_before_the_long_gap_leads_nowhere() -> None:
    now = datetime(2026, 11, 24, 6, tzinfo=UTC)
    back = FinishedSession(NEWCOMER, R, now - timedelta(days=2))
    before = FinishedSession(STANDARD, R, now - timedelta(days=70))
    assert suggest([back, before], FITTING, now) == NEWCOMER
