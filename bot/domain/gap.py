"""Coming back after a gap: how much less, by the days without a loading session (fact sheet, 5.5).

The dose after a gap follows from the one before it. It is worked out as often as it is asked for,
and stored with the session that ends the gap, so that looking twice does not take twice.

Readings: days that the plan left free (taper, recovery) do not count. Days away do not count up to
a week; more of them do, for muscles do not know why nobody came. Every row forgets the credits
and the sessions at the top. The last row holds off like the one of two weeks at least, in case
the runner does not start with the first two weeks again.
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
        hold_off=2,
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
    """Days since the last loading session, today included; local dates."""
    days = {last + timedelta(days=number) for number in range(1, (today - last).days + 1)}
    days -= set(planned)
    return len(days) - min(AWAY_FREE, len(days & set(away)))


def row(days: int, fever: bool = False) -> Row | None:
    """The row for this gap; after an illness with fever the next larger; None: nothing to do.

    With fever no session at all until one to two days without it.
    """
    reached = sum(row.days <= days for row in ROWS) + fever
    return ROWS[min(reached, len(ROWS)) - 1] if reached else None


def after_gap(
    prescription: Prescription, exercise: Exercise, days: int, fever: bool = False
) -> Prescription:
    """What to do in the first session after it; never more than before. Its band is owned."""
    found = row(days, fever)
    if found is None:
        return prescription
    lessened = found.lessen(prescription, exercise)
    hold_off = max(prescription.hold_off, lessened.hold_off)
    return replace(lessened, credits=0, at_top=0, hold_off=hold_off)
