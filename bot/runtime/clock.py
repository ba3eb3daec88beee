"""What time it is, and how much of it has passed.

Everything that asks is given a clock, so that time can be set.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

# It goes on in suspend, which Python's time.monotonic() on Linux does not. Where there is none,
# macOS and the BSDs, CLOCK_MONOTONIC does; Windows has neither, and its monotonic clock does.
_EVEN = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))

# Seconds by which the wall clock must have moved against the steady one to count as set. Slewing
# (NTP's way of putting it right little by little) moves both on Linux; elsewhere it is at most
# half a millisecond a second, far below this between two looks. What is smaller than a quarter of
# what a cue may be late needs no remedy. A leap second, inserted all at once, is a step.
TOLERANCE = timedelta(seconds=0.5)
APART = timedelta(milliseconds=10)  # the two are not read at the same moment
LOOKS = 5
SECOND = timedelta(seconds=1)


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime:
        """By the wall clock: what people and calendars mean, and what somebody may set."""

    def steady(self) -> datetime:
        """By a clock that nobody sets and that goes on in suspend: for durations within this
        process. It means no moment; only differences between two of its values mean anything."""


class MovableClock(Clock, Protocol):
    """A clock that can be set."""

    def move(self, moment: datetime) -> None:
        """As if the time until then had passed."""


class SystemClock:
    """The machine's clocks."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def steady(self) -> datetime:
        seconds = time.monotonic() if _EVEN is None else time.clock_gettime(_EVEN)
        return datetime.fromtimestamp(seconds, UTC)


class ShiftedClock:
    """Goes on as the machine's does, so much ahead of it."""

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
        """The wall clock is set, and no time passes."""
        self.ahead += by
        self._jumped += by


class Jumps:
    """Finds out when the wall clock was set (stepped, in NTP's words): its lead over the steady
    clock has changed. Suspend is no jump, for both go on."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lead = self._look()

    def find(self) -> timedelta:
        """How far it was set since this was asked last, forward or back; zero if it was not."""
        lead = self._look()
        jump, self._lead = lead - self._lead, lead
        return jump if abs(jump) > TOLERANCE else timedelta(0)

    def _look(self) -> timedelta:
        """The wall clock's lead; if this was held up between the readings, the best of a few."""
        looks: list[tuple[timedelta, timedelta]] = []
        while len(looks) < LOOKS and (not looks or looks[-1][0] > APART):
            before, now, after = self._clock.steady(), self._clock.now(), self._clock.steady()
            looks.append((after - before, now - before))
        return min(looks)[1]


class TelegramClock:
    """Telegram's clock, which dates messages: ours, corrected by as much as the answers of Telegram
    prove it wrong. A server that does not date its answers is believed to go as we do."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta(0)  # by how much ours is

    def now(self) -> datetime:
        return self._clock.now() - self._ahead

    def local_now(self) -> datetime:
        """The present moment by our own clock, for `answered`."""
        return self._clock.now()

    def answered(self, asked_at: datetime, date: datetime) -> None:
        """A request went out at `asked_at` by our clock; its answer, which has just come, is dated
        `date`, in whole seconds.

        The answer was written between the two: long before now, if it waited for an update, or
        this machine slept. So only what can't be explained by that is an error of our clock.
        """
        least, most = asked_at - date - SECOND, self._clock.now() - date
        if least <= most:  # else our clock was set meanwhile
            self._ahead = max(least, min(timedelta(0), most))
