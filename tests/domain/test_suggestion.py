"""The first two weeks until they are no longer hard, then the standard routine for good."""

import pytest

from bot.domain.session import Rating
from bot.domain.suggestion import NEWCOMER, STANDARD, Past, suggest

E, R, H = Rating.EASY, Rating.RIGHT, Rating.HARD


def newcomer(*ratings: Rating | None) -> list[Past]:
    """Finished sessions of the first two weeks, newest first."""
    return [Past(NEWCOMER, rating) for rating in ratings]


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
    assert suggest([Past(STANDARD, rating), *newcomer(H, H)]) == STANDARD


def test_a_routine_of_the_hosts_own_counts_as_past_the_beginning() -> None:
    assert suggest([Past("hills", None)]) == STANDARD


@pytest.mark.parametrize("rating", [None, H])
def test_one_gentle_day_does_not_make_a_newcomer_again(rating: Rating | None) -> None:
    assert suggest([Past(NEWCOMER, rating), Past(STANDARD, R), Past(STANDARD, R)]) == STANDARD
