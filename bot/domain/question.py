"""A question of the coach that the runner may answer in words."""

from dataclasses import dataclass
from datetime import date

from bot.domain.race import Distance
from bot.domain.schedule import Schedule
from bot.domain.schedule_words import Incomplete


@dataclass(frozen=True, slots=True)
class Question:
    """An open question about the runner's `place`, the end of their time away, or both; or one
    about what is missing of their training days.

    `name` is the name of a place that may be several or none. `days` is the schedule to be saved
    with the place. `until` are the dates that an ambiguous answer may mean. `incomplete` are days
    without a time, or a time without days. `race` is the distance of a race whose date is asked.
    """

    place: bool = False
    name: str = ""
    days: Schedule = ()
    until: tuple[date, ...] = ()
    incomplete: Incomplete | None = None
    race: Distance | None = None

    @property
    def is_open(self) -> bool:
        if self.incomplete is not None or self.race is not None:
            return True
        return self.place or bool(self.until)

    @property
    def offers(self) -> bool:
        """Whether the question offers answers to choose from, of which `yes` may accept one."""
        return bool(self.name or self.until)
