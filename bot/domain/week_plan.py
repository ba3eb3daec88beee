"""A running week with the strength days that fit it."""

from bot.domain.frozen import frozen
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, Weekday, weekday_of
from bot.domain.standing import Standing
from bot.domain.week import USUALLY, Avoided, Proposal, RunningWeek


@frozen
class WeekPlan:
    """A runner's week, where they stand today, and the strength days that fit; None: no week.

    `in_the_way` are the present strength days that break a rule; `moved` are the present days after
    these have moved. `planned` are the weekdays for which a plan has an entry in the next seven
    days, which `week` then shows. `unsure` are the weekdays whose kind of run is unknown,
    `elsewhere` those with other strength work for the legs.
    """

    runner: Runner
    week: RunningWeek
    standing: Standing
    proposal: Proposal | None
    in_the_way: tuple[Avoided, ...] = ()
    moved: tuple[Weekday, ...] = ()
    planned: frozenset[Weekday] = frozenset()
    unsure: frozenset[Weekday] = frozenset()
    elsewhere: tuple[Weekday, ...] = ()

    @property
    def is_planned(self) -> bool:
        return bool(self.planned or self.elsewhere)

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        """The weekdays in their order: from today on if a plan has something."""
        first = WEEK.index(weekday_of(self.standing.day)) if self.is_planned else 0
        return (*WEEK[first:], *WEEK[:first])

    @property
    def is_strength_enough(self) -> bool:
        """Whether as much strength work is done elsewhere as is proposed."""
        return len(self.elsewhere) >= USUALLY

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
        """Whether the proposed days differ from the present ones, and from the moved ones."""
        proposed = self.proposal.weekdays if self.proposal is not None else ()
        return bool(proposed) and proposed not in (self.present, self.moved)
