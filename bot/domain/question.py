"""What the coach waits to hear from a runner in words."""

from dataclasses import dataclass
from datetime import date

from bot.domain.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Question:
    """Where the runner is, until when they are away, or both; nothing: all is answered.

    `name` is what they called the place, if it may be several or none; `days` are saved with the
    place. `until` are the dates that they may have meant.
    """

    place: bool = False
    name: str = ""
    days: Schedule = ()
    until: tuple[date, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.place or bool(self.until)

    @property
    def offers(self) -> bool:
        """Whether there are answers to choose from, so that `yes` may be one."""
        return bool(self.name or self.until)
