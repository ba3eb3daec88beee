"""Reduction of a dose after a gap in training (docs/training-rules.md, After a gap).

The dose after a gap is always computed from the one before it, and stored only with the session
that ends the gap, so that opening a session twice does not reduce the dose twice.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.prescription import (
    Exercise,
    Prescription,
    at_bottom,
    lighter,
    lightest,
    sets_now,
)

AWAY_FREE = 7  # days away that are no gap


@dataclass(frozen=True, slots=True)
class Row:
    """From this many days on. `start_over`: the first two weeks and the health questions again."""

    days: int
    lessen: Callable[[Prescription, Exercise], Prescription]
    start_over: bool = False


def _one_week(before: Prescription, exercise: Exercise) -> Prescription:
    return replace(before, sets=max(1, sets_now(before, exercise) - 1), hold_off=1)


def _two_weeks(before: Prescription, exercise: Exercise) -> Prescription:
    """Four fifths of the target, rounded down, but not below the bottom of the range."""
    bottom = at_bottom(before, exercise).target
    target = before.target and max(bottom or 0, before.target * 4 // 5)
    sets = min(2, before.sets)
    return replace(before, sets=sets, target=target, tempo=0, hold_off=2, calibrating=0)


def _four_weeks(before: Prescription, exercise: Exercise) -> Prescription:
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


def _eight_weeks(before: Prescription, exercise: Exercise) -> Prescription:
    lessened = replace(
        before,
        sets=1,
        tempo=0,
        band=before.band and lightest(exercise.owned),
        variant=exercise.variants[0],
        hold_off=2,  # for a runner who does not start with the first two weeks' routine again
        double_credits=0,
        calibrating=0,
    )
    return at_bottom(lessened, exercise)


ROWS = (
    Row(8, _one_week),
    Row(14, _two_weeks),
    Row(28, _four_weeks),
    Row(56, _eight_weeks, start_over=True),
)


def gap_days(
    last: date, today: date, planned: Collection[date] = (), away: Collection[date] = ()
) -> int:
    """Return the days since the last session, today included; all are local dates.

    Days that the plan left free do not count, nor do up to AWAY_FREE days away.
    """
    days = {last + timedelta(days=number) for number in range(1, (today - last).days + 1)}
    days -= set(planned)
    return len(days) - min(AWAY_FREE, len(days & set(away)))


def row(days: int, fever: bool = False) -> Row | None:
    """Return the row for this gap, or None for a gap too short; after a fever, the next row."""
    reached = sum(row.days <= days for row in ROWS) + fever
    return ROWS[min(reached, len(ROWS)) - 1] if reached else None


def after_gap(
    prescription: Prescription, exercise: Exercise, days: int, fever: bool = False
) -> Prescription:
    """Return the dose of the first session after a gap, which is never more than before."""
    found = row(days, fever)
    if found is None:
        return prescription
    lessened = found.lessen(prescription, exercise)
    hold_off = max(prescription.hold_off, lessened.hold_off)
    return replace(lessened, credits=0, at_top=0, hold_off=hold_off)
