"""Which routine comes next: the first two weeks until they are no longer hard."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.session import Rating

NEWCOMER = "first-two-weeks"
STANDARD = "marathon-five"


@dataclass(frozen=True, slots=True)
class Past:
    """A session that was finished: its routine, and how it felt if the runner said."""

    routine: str
    rating: Rating | None


def suggest(history: Sequence[Past]) -> str:
    """The id of the routine to do next, from finished sessions, newest first.

    A newcomer does the first two weeks; ready for the standard routine when the last two sessions
    were both rated and neither was hard, and after it was begun it stays (fact sheet, R7).
    """
    if any(past.routine != NEWCOMER for past in history):
        return STANDARD
    last_two = history[:2]
    ready = len(last_two) == 2 and all(
        past.rating in (Rating.EASY, Rating.RIGHT) for past in last_two
    )
    return STANDARD if ready else NEWCOMER
