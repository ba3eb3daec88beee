"""What time it is. Everything that asks is given a clock, so that time can be set."""

from datetime import UTC, datetime, timedelta
from typing import Protocol

SECOND = timedelta(seconds=1)


class Clock(Protocol):
    """Tells the present moment, aware and in UTC."""

    def now(self) -> datetime: ...


class MovableClock(Clock, Protocol):
    """A clock that can be set."""

    def move(self, moment: datetime) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class SetClock:
    """Stands where it was put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def move(self, moment: datetime) -> None:
        self.moment = moment


class ShiftedClock:
    """Goes on as the machine's does, so much ahead of it."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def move(self, moment: datetime) -> None:
        self.ahead = moment - datetime.now(UTC)


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
