"""The choice of the next routine (docs/training-rules.md, Routines)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.session import Rating

NEWCOMER = "first-two-weeks"
STANDARD = "marathon-five"
LIGHT = "before-a-run"  # counts neither as a load nor as progress
ROTATION = ("hips-and-glutes", "core-and-upper-back", "mini-band-whole-body")
START_OVER = timedelta(days=56)


@dataclass(frozen=True, slots=True)
class FinishedSession:
    """A finished session: its routine, its rating if there is one, and when it ended (UTC)."""

    routine: str
    rating: Rating | None
    at: datetime | None = None


def suggest(
    history: Sequence[FinishedSession], fitting: Collection[str] = (), now: datetime | None = None
) -> str:
    """Return the id of the next routine; `history` holds the finished sessions, newest first.

    A newcomer does the first two weeks' routine until the last two sessions were rated and neither
    was hard. From then on the standard routine takes turns with those of the others that are
    `fitting`, which the runner's kit allows without a swap; the one done longest ago is next. After
    eight weeks without a session, a runner is a newcomer again.
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


def _since_return(
    history: Sequence[FinishedSession], now: datetime | None
) -> Sequence[FinishedSession]:
    """Return the sessions after the last gap of START_OVER."""
    later = now
    for place, past in enumerate(history):
        if later is not None and past.at is not None and later - past.at >= START_OVER:
            return history[:place]
        later = past.at or later
    return history


@dataclass(frozen=True, slots=True)
class TrainedSession:
    """A session in which something was done, reduced to what later sessions depend on.

    `begun` is its start and `at` the end of the last step done, in UTC. `sets` is 0 for an old
    session whose sets were not counted. `loads`: at least half of the steps were done. `past` is
    set for a finished session.
    """

    id: int
    routine: str
    begun: datetime
    at: datetime
    sets: int
    loads: bool
    past: FinishedSession | None
