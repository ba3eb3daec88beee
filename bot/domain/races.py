"""A runner's races, as they are listed."""

from datetime import date

from bot.domain.frozen import frozen
from bot.domain.race import Race
from bot.domain.standing import Move, Standing


@frozen
class Races:
    """A runner's coming and recent races, where the runner stands, and the race that counts.

    `moves` are the sessions of the coming days that collide with a race. `has_phases` is False for
    a runner for whom no race makes phases.
    """

    races: tuple[Race, ...]
    standing: Standing
    today: date
    main: Race | None
    moves: tuple[Move, ...] = ()
    has_phases: bool = True

    @property
    def coming(self) -> tuple[Race, ...]:
        return tuple(race for race in self.races if race.is_coming(self.today))

    @property
    def unanswered(self) -> Race | None:
        """The latest race of today or before that has no answer yet."""
        over = [race for race in self.races if race.days(self.today) <= 0 and race.started is None]
        return max(over, key=lambda race: race.day, default=None)
