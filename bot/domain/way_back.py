"""The dose of an exercise that loads a region on its way back (docs/training-rules.md, rule 28)."""

from dataclasses import replace

from bot.domain.ladder import descend
from bot.domain.prescription import ExerciseBounds, Prescription
from bot.domain.progression import FREEZE

STEPS_DOWN = 2


def second_session_back(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the dose two steps down from the one before the pain, with one set.

    A dose that pain has lowered already is one step down, or two if only one set is left of it.
    After the session, the usual number of sessions brings no progress.
    """
    done = 0
    if prescription.freeze:
        done = STEPS_DOWN if prescription.sets == 1 else 1
    lower = prescription
    for _ in range(STEPS_DOWN - done):
        lower = descend(lower, exercise)
    return replace(lower, sets=1, freeze=FREEZE + 1, calibrating=0, double_credits=0)
