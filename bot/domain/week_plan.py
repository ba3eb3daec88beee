"""A running week with the strength days that fit it."""

from dataclasses import dataclass

from bot.domain.runner import Runner
from bot.domain.schedule import Weekday
from bot.domain.standing import Standing
from bot.domain.week import Avoided, Proposal, RunningWeek


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A runner's week, where they stand today, and the strength days that fit; None: no week.

    `in_the_way` are the present strength days that break a rule, and `moved` the present days with
    those moved.
    """

    runner: Runner
    week: RunningWeek
    standing: Standing
    proposal: Proposal | None
    in_the_way: tuple[Avoided, ...] = ()
    moved: tuple[Weekday, ...] = ()

    @property
    def present(self) -> tuple[Weekday, ...]:
        """The present strength days."""
        return tuple(dict.fromkeys(day.weekday for day in self.runner.schedule))

    @property
    def has_moves(self) -> bool:
        """Whether days that break a rule can move."""
        return bool(self.in_the_way) and self.moved != self.present

    @property
    def has_others(self) -> bool:
        """Whether the proposal is for other days than the present ones, and than those moved."""
        proposed = self.proposal.weekdays if self.proposal is not None else ()
        return bool(proposed) and proposed not in (self.present, self.moved)
