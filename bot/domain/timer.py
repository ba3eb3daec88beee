"""The timer of a hands-free session, and how many such sessions may run at once.

A session led by the clock alternates work and rest after a lead-in. A timer stores the moment at
which its interval ends, so that the interval goes on while the process is down.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

from bot.domain.frozen import frozen

GET_READY = 10  # seconds before a step
ANCHOR = 45  # seconds of a track to fix the anchor; a runner who needs longer pauses it
EXTRA = 15  # seconds that Move.MORE adds
SHORTEST = 2  # seconds that a resumed interval has at least
LATE = timedelta(seconds=2)  # a cue later than this says that it is late
TOO_LATE = timedelta(minutes=2)  # a cue later than this pauses the session instead

SECONDS_PER_CALL = 9
SHARE = 2 / 3


class Stage(StrEnum):
    """The kind of interval: the lead-in to a step that is already shown, the step, or a rest."""

    LEAD = "lead"
    WORK = "work"
    REST = "rest"


@frozen
class Timer:
    """An interval that ends at `deadline_at` (UTC), or is paused with `seconds_left`."""

    stage: Stage
    deadline_at: datetime | None
    seconds_left: int | None = None

    def left(self, now: datetime) -> int:
        """Return the seconds to the end, rounded up."""
        if self.deadline_at is None:
            return self.seconds_left or 0
        return max(0, ceil((self.deadline_at - now).total_seconds()))

    def longer(self, seconds: int, now: datetime) -> "Timer":
        end = max(self.deadline_at or now, now)
        return replace(self, deadline_at=end + timedelta(seconds=seconds))

    def paused(self, now: datetime) -> "Timer":
        return Timer(self.stage, None, self.left(now))

    def resumed(self, now: datetime) -> "Timer":
        return running(self.stage, max(self.seconds_left or 0, SHORTEST), now)


def running(stage: Stage, seconds: int, now: datetime) -> Timer:
    """Return an interval that begins now."""
    return Timer(stage, now + timedelta(seconds=seconds))


def fits(per_second: int) -> int:
    """Return how many hands-free sessions may run at once at this many calls a second.

    A step takes four calls: its message, the cue for the rest, and the tidying after each. In the
    routine of 20 steps that is one call in 11.7 s; 9 s are assumed, for shorter steps. A third of
    the limit is left for other calls and for simultaneous cues: at 30 calls a second, 180 sessions
    fit. Any further session is led by Done taps.
    """
    return max(1, int(per_second * SECONDS_PER_CALL * SHARE))
