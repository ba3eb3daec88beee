"""What time it is. Everything that asks is given a clock, so that time can be set."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


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
