"""A runner's races, as they are listed."""

from dataclasses import dataclass
from datetime import date

from bot.domain.race import Race
from bot.domain.standing import Standing


@dataclass(frozen=True, slots=True)
class Races:
    """A runner's races with those of late, where the runner stands, and the one that counts."""

    races: tuple[Race, ...]
    standing: Standing
    today: date
    main: Race | None

    @property
    def coming(self) -> tuple[Race, ...]:
        return tuple(race for race in self.races if race.days(self.today) >= 0)
