"""A clock that tests put where they want it."""

from datetime import datetime, timedelta


class SetClock:
    """Stands where it was put; to put it elsewhere is as if the time between had passed."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment
        self._jumped = timedelta(0)

    def now(self) -> datetime:
        return self.moment

    def steady(self) -> datetime:
        return self.moment - self._jumped

    def move(self, moment: datetime) -> None:
        self.moment = moment

    def jump(self, by: timedelta) -> None:
        """The wall clock is set, and no time passes."""
        self.moment += by
        self._jumped += by
