"""The wall clock and the steady clock.

Everything that needs the time gets a clock as a parameter, so that it can be set.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

# The monotonic clock that goes on in suspend: on Linux CLOCK_BOOTTIME, on macOS and the BSDs
# CLOCK_MONOTONIC, on Windows time.monotonic().
_STEADY = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))

# How far the wall clock must have moved against the steady one to count as set. Slewing, by which
# NTP corrects it gradually, moves both on Linux; elsewhere it is at most half a millisecond a
# second. This is a quarter of what a cue may be late. A leap second, inserted at once, is a step.
TOLERANCE = timedelta(seconds=0.5)
APART = timedelta(milliseconds=10)  # between two readings that count as simultaneous
LOOKS = 5
SECOND = timedelta(seconds=1)


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime:
        """Return the moment of the wall clock, which people use, and which may be set."""

    def steady(self) -> datetime:
        """Return the moment of a clock that is never set and goes on in suspend.

        Only differences between its values have a meaning, and only within this process.
        """


class MovableClock(Clock, Protocol):
    """A clock that can be set."""

    def move(self, moment: datetime) -> None:
        """Set the clock, as if the time until then had passed."""


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def steady(self) -> datetime:
        seconds = time.monotonic() if _STEADY is None else time.clock_gettime(_STEADY)
        return datetime.fromtimestamp(seconds, UTC)


class ShiftedClock:
    """A clock that is ahead of the machine's."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead
        self._jumped = timedelta(0)
        self._system = SystemClock()

    def now(self) -> datetime:
        return self._system.now() + self.ahead

    def steady(self) -> datetime:
        return self._system.steady() + self.ahead - self._jumped

    def move(self, moment: datetime) -> None:
        self.ahead = moment - self._system.now()

    def jump(self, by: timedelta) -> None:
        """Set the wall clock without any time passing."""
        self.ahead += by
        self._jumped += by


class Jumps:
    """Detects that the wall clock was set (stepped, as NTP calls it).

    Then its lead over the steady clock changes. In suspend both clocks go on.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lead = self._look()

    def find(self) -> timedelta:
        """Return how far the wall clock was set since the last call, forward or back."""
        lead = self._look()
        jump, self._lead = lead - self._lead, lead
        return jump if abs(jump) > TOLERANCE else timedelta(0)

    def _look(self) -> timedelta:
        """Return the wall clock's lead, by the quickest of a few readings."""
        looks: list[tuple[timedelta, timedelta]] = []
        while len(looks) < LOOKS and (not looks or looks[-1][0] > APART):
            before, now, after = self._clock.steady(), self._clock.now(), self._clock.steady()
            looks.append((after - before, now - before))
        return min(looks)[1]


class TelegramClock:
    """Telegram's clock, which dates messages: the coach's own, corrected by Telegram's answers.

    Both count as equal until an answer proves otherwise.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta(0)  # ours, of Telegram's

    def now(self) -> datetime:
        return self._clock.now() - self._ahead

    def local_now(self) -> datetime:
        """Return the present moment of the coach's own clock, for `answered`."""
        return self._clock.now()

    def answered(self, asked_at: datetime, date: datetime) -> None:
        """Compare the clocks by an answer that has just come, dated `date` in whole seconds.

        The request was sent at `asked_at` by the coach's own clock. The answer was written between
        then and now. If `date` is outside of these moments, the own clock is wrong by the
        difference.
        """
        least, most = asked_at - date - SECOND, self._clock.now() - date
        if least <= most:  # otherwise our clock was set meanwhile
            self._ahead = max(least, min(timedelta(0), most))
