"""A running week with the strength days that fit it."""

from dataclasses import dataclass

from bot.domain.runner import Runner
from bot.domain.standing import Standing
from bot.domain.week import Proposal, RunningWeek


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A runner's week, where they stand today, and the strength days that fit; None: no week."""

    runner: Runner
    week: RunningWeek
    standing: Standing
    proposal: Proposal | None

    @property
    def moves(self) -> bool:
        """Whether the runner has reminders, and the proposal is for other days."""
        present = tuple(day.weekday for day in self.runner.schedule)
        return self.proposal is not None and bool(present) and present != self.proposal.weekdays
