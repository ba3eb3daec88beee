"""Reduction of a dose after a gap (docs/training-rules.md, After a gap).

There are two gaps: days without any session, and days without this exercise. The larger reduction
of the two applies. Training protects only the trained muscles from soreness and maintains only
their strength, so an exercise that was never done counts as the longest gap.

The dose after a gap is always computed from the one before it, and stored only with the session
that ends the gap, so that opening a session twice does not reduce the dose twice.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date

from bot.domain.frozen import frozen
from bot.domain.prescription import (
    ExerciseBounds,
    Prescription,
    at_bottom,
    lighter,
    lightest,
    sets_now,
)

AWAY_FREE = 7  # days away that are no gap
RELATED = 13  # days for which another exercise of the same kind keeps a muscle used to the work


@frozen
class GapRule:
    """The reduction for gaps of at least `days`.

    `of_exercises`: the rule applies to an exercise that was not done while others were, too.
    `start_over`: the exercise begins as if it had never been done; without any session, the first
    two weeks and the health questions are repeated.
    """

    days: int
    lessen: Callable[[Prescription, ExerciseBounds], Prescription]
    of_exercises: bool = True
    start_over: bool = False


def _one_week(before: Prescription, exercise: ExerciseBounds) -> Prescription:
    return replace(before, sets=max(1, sets_now(before, exercise) - 1), hold_off=1)


def _two_weeks(before: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the dose with four fifths of the target, but not less than the range's bottom."""
    bottom = at_bottom(before, exercise).target
    target = before.target and max(bottom or 0, before.target * 4 // 5)
    sets = min(2, before.sets)
    return replace(before, sets=sets, target=target, tempo=0, hold_off=1, calibrating=0)


def _four_weeks(before: Prescription, exercise: ExerciseBounds) -> Prescription:
    lessened = replace(
        before,
        sets=1,
        tempo=0,
        band=lighter(before.band, exercise.owned) or before.band,
        variant=min(1, before.variant),
        hold_off=1,
        double_credits=4,
        calibrating=0,
    )
    return at_bottom(lessened, exercise)


def _eight_weeks(before: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the dose of an introduction, after which the exercise goes on in its usual form."""
    lessened = replace(
        before,
        sets=1,
        tempo=0,
        band=before.band and lightest(exercise.owned),
        variant=exercise.variants[0],
        introduces=min(1, before.variant),
        hold_off=1,
        double_credits=0,
    )
    return at_bottom(lessened, exercise)


GAP_RULES = (
    GapRule(8, _one_week, of_exercises=False),
    GapRule(14, _two_weeks),
    GapRule(28, _four_weeks),
    GapRule(56, _eight_weeks, start_over=True),
)


def gap_days(last: date, today: date, away: Collection[date] = ()) -> int:
    """Return the days since `last`, including today, minus at most AWAY_FREE days away."""
    gone = {day for day in away if last < day <= today}
    return max(0, (today - last).days) - min(AWAY_FREE, len(gone))


def gap_rule(days: int, *, next_larger: bool = False) -> GapRule | None:
    """Return the rule for this gap, or the next larger one; None for a gap too short."""
    reached = sum(rule.days <= days for rule in GAP_RULES) + next_larger
    return GAP_RULES[min(reached, len(GAP_RULES)) - 1] if reached else None


def exercise_rule(days: int | None, *, related: bool) -> GapRule | None:
    """Return the rule for an exercise that was last done `days` ago; None: never.

    `related`: an exercise of the same family and main muscle was done in the last RELATED days, so
    the next smaller rule applies.
    """
    rows = [rule for rule in GAP_RULES if rule.of_exercises]
    reached = [rule for rule in rows if days is None or rule.days <= days]
    if related:
        reached = reached[:-1]
    return reached[-1] if reached else None


def larger(*rules: GapRule | None) -> GapRule | None:
    """Return the rule for the longest gap."""
    return max((rule for rule in rules if rule), key=lambda rule: rule.days, default=None)


def after_gap(
    prescription: Prescription, exercise: ExerciseBounds, rule: GapRule | None
) -> Prescription:
    """Return the dose of the first session after a gap, which is never higher than before."""
    if rule is None:
        return prescription
    lessened = rule.lessen(prescription, exercise)
    hold_off = max(prescription.hold_off, lessened.hold_off)
    return replace(lessened, credits=0, at_top=0, hold_off=hold_off)
