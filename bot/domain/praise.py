"""A line of praise in the summary of a session that has earned it.

It never counts days or weeks in a row, so that a rest costs nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.frozen import frozen
from bot.domain.history import Sets, Training, TrainingPlan, weeks
from bot.domain.kit import LEVELS
from bot.domain.schedule import week_of
from bot.domain.session import Outcome, Phase, Session

LONG_BREAK = timedelta(weeks=4)
EARLY_NUMBERS = (10, 25)
EVERY = 50  # sessions


class Feat(StrEnum):
    """What a session is praised for, the rarest first; only one is shown."""

    FIRST = "first"
    RETURN = "return"
    NUMBER = "number"
    WEEK = "week"
    BAND = "band"


@frozen
class Praise:
    """What is praised; `number` is that of the session, `sets` those with a stronger band."""

    feat: Feat
    number: int = 0
    sets: Sets | None = None


def may_be_praised(session: Session) -> bool:
    """Return whether the session was finished, at least half of it done, and nothing hurt in it."""
    is_done = session.phase is Phase.FINISHED and session.trained_at is not None
    return is_done and session.loads and session.count(Outcome.HURT) == 0


def earned(day: date, before: Sequence[date], plan: TrainingPlan) -> Praise | None:
    """Return the praise for a session on this date, leaving aside that for stronger bands."""
    number = len(before) + 1
    if not before:
        return Praise(Feat.FIRST)
    if day - max(before) >= LONG_BREAK:
        return Praise(Feat.RETURN)
    if number in EARLY_NUMBERS or number % EVERY == 0:
        return Praise(Feat.NUMBER, number=number)
    return Praise(Feat.WEEK) if _is_first_week_kept(day, before, plan) else None


def _is_first_week_kept(day: date, before: Sequence[date], plan: TrainingPlan) -> bool:
    """Return whether a session completes a whole week of the plan for the first time."""
    kept = _weeks_kept([*before, day], plan, day)
    return kept == [week_of(day)[0]] and not _weeks_kept(before, plan, day)


def _weeks_kept(days: Sequence[date], plan: TrainingPlan, today: date) -> list[date]:
    """Return the Mondays of the weeks whose planned training days were all kept."""
    trainings = [Training(day, 0, 0, ()) for day in days]
    return [
        week.monday
        for week in weeks(trainings, plan, today)
        if week.planned >= max(len(plan.since), 1) and week.days >= week.planned
    ]


@frozen
class BandRecord:
    """The sets of a session with stronger bands than in the sessions looked at so far.

    `seen` are the exercises that were done before, with a band that is known.
    """

    sets: tuple[Sets, ...]
    seen: frozenset[str] = frozenset()

    @classmethod
    def of(cls, trained: Training) -> "BandRecord":
        """Return the record before any earlier session was looked at."""
        return cls(tuple(sets for sets in trained.sets if sets.level in LEVELS))

    def after(self, past: Training) -> "BandRecord":
        """Return the record after one more earlier session."""
        levels = {
            sets.exercise: LEVELS.index(sets.level) for sets in past.sets if sets.level in LEVELS
        }
        stronger = tuple(
            sets for sets in self.sets if LEVELS.index(sets.level) > levels.get(sets.exercise, -1)
        )
        return BandRecord(stronger, self.seen | levels.keys())

    @property
    def praise(self) -> Praise | None:
        """The praise that is due if no earlier sessions are left to look at."""
        known = (sets for sets in self.sets if sets.exercise in self.seen)
        sets = next(known, None)
        return None if sets is None else Praise(Feat.BAND, sets=sets)
