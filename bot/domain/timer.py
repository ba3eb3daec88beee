"""The clock of a hands-free session: which interval runs and until when; how many sessions fit.

A session led by the clock gets ready, works, rests, works … . What is kept is the moment at which
the interval ends, not the seconds left, so that nothing is lost while nobody looks.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

GET_READY = 10
EXTRA = 15
SHORTEST = 2
LATE = timedelta(seconds=2)
TOO_LATE = timedelta(minutes=2)

SECONDS_PER_CALL = 9
SHARE = 2 / 3


class Stage(StrEnum):
    """What runs: the get-ready or rest under the coming step's message, the step, or a rest."""

    LEAD = "lead"
    WORK = "work"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Timer:
    """An interval: it ends at `deadline_at` (UTC), or stands still with so many seconds left."""

    stage: Stage
    deadline_at: datetime | None
    seconds_left: int | None = None

    def left(self, now: datetime) -> int:
        """Whole seconds to the end, a begun one counted."""
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
    """An interval of so many seconds from now on."""
    return Timer(stage, now + timedelta(seconds=seconds))


def fits(per_second: int) -> int:
    """How many hands-free sessions keep their time side by side at this many calls a second.

    A step takes four calls: its message, the cue for the rest, and the tidying after each. That is
    a call every 11.7 s in the routine of 20 steps; 9 s are reckoned with, for shorter steps. A
    third of the limit is left for everything else and for cues that fall together: at 30 a second
    180 sessions fit. One more is led by Done taps, and told why.
    """
    return max(1, int(per_second * SECONDS_PER_CALL * SHARE))
