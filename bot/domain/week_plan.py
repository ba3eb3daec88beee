"""A running week with the strength days that fit it."""

from dataclasses import dataclass

from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, Weekday, weekday_of
from bot.domain.standing import Standing
from bot.domain.week import USUALLY, Proposal, RunningWeek


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A runner's week, where they stand today, and the strength days that fit; None: no week.

    `planned` are the weekdays of the seven days from today on that a plan has something for; then
    `week` shows those seven. Of the `unsure` ones the kind is not known; `elsewhere` are those
    with strength work for the legs.
    """

    runner: Runner
    week: RunningWeek
    standing: Standing
    proposal: Proposal | None
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
        """Whether the strength work that is done elsewhere is as much as is proposed."""
        return len(self.elsewhere) >= USUALLY

    @property
    def moves(self) -> bool:
        """Whether the runner has reminders, and the proposal is for other days."""
        present = tuple(day.weekday for day in self.runner.schedule)
        if self.proposal is None or not self.proposal.days:
            return False
        return bool(present) and present != self.proposal.weekdays
