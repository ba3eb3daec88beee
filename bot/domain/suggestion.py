"""Which routine comes next: the first two weeks until they are no longer hard, then the standard
routine in turn with others."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.session import Rating

NEWCOMER = "first-two-weeks"
STANDARD = "marathon-five"
LIGHT = "before-a-run"  # no load: it counts neither as training nor as progress
ROTATION = ("hips-and-glutes", "core-and-upper-back", "mini-band-whole-body")
START_OVER = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class Past:
    """A session that was finished: its routine, how it felt if the runner said, and when (UTC)."""

    routine: str
    rating: Rating | None
    at: datetime | None = None


def suggest(
    history: Sequence[Past], fitting: Collection[str] = (), now: datetime | None = None
) -> str:
    """The id of the routine to do next, from finished sessions, newest first.

    A newcomer does the first two weeks; ready for the standard routine when the last two sessions
    were both rated and neither was hard (fact sheet, R7). From then on the standard routine takes
    turns with the others, as far as they are `fitting`: possible without a swap for want of kit.
    Of those, the one that was done longest ago is next. After eight weeks without a session a
    runner is a newcomer again.
    """
    history = [past for past in _since_return(history, now) if past.routine != LIGHT]
    if all(past.routine == NEWCOMER for past in history):
        last_two = history[:2]
        ready = len(last_two) == 2 and all(
            past.rating in (Rating.EASY, Rating.RIGHT) for past in last_two
        )
        return STANDARD if ready else NEWCOMER
    others = [routine for routine in ROTATION if routine in fitting]
    if history[0].routine != STANDARD or not others:
        return STANDARD
    done = [past.routine for past in history]
    return max(others, key=lambda routine: done.index(routine) if routine in done else len(done))


def _since_return(history: Sequence[Past], now: datetime | None) -> Sequence[Past]:
    """What came after the last gap that makes a newcomer."""
    later = now
    for place, past in enumerate(history):
        if later is not None and past.at is not None and later - past.at >= START_OVER:
            return history[:place]
        later = past.at or later
    return history


@dataclass(frozen=True, slots=True)
class Trained:
    """A session in which something was done, as far as later ones depend on it.

    `begun` is when it began and `at` when the last of it was done, in UTC; `loads`: at least half
    of it was done. Of sessions of before this was counted, no sets are known. `past` is there where
    it was finished.
    """

    id: int
    routine: str
    begun: datetime
    at: datetime
    sets: int
    loads: bool
    past: Past | None
