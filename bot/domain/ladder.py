"""Steps up and down the ladder of difficulty (docs/training-rules.md, The ladder).

A step changes one thing and never prescribes a band that the runner does not own. A heavier band
comes before a slower tempo, so that a routine with heavy bands is reached.

How the rules are read: a step down never raises a value, so "target = middle" means at most the
middle. The first step up restores a set that pain or a gap has removed, because no other rule does.
"The next lighter band" of a harder form is the present band if there is no lighter one.
"""

from dataclasses import replace

from bot.domain.kit import Level
from bot.domain.prescription import (
    SET_CAPS,
    SLOWEST,
    ExerciseBounds,
    Prescription,
    SeasonPhase,
    at_bottom,
    heavier,
    lighter,
    sets_now,
)


def climb(
    prescription: Prescription, exercise: ExerciseBounds, phase: SeasonPhase
) -> Prescription | None:
    """Return the prescription one step up, with its counters at zero; None at the top."""
    higher = (
        _more_sets(prescription, exercise, phase)
        or heavier_band(prescription, exercise)
        or _slower(prescription, exercise)
        or _harder_form(prescription, exercise)
    )
    return higher and cleared(higher)


def descend(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription one step down, with its counters at zero; the same at the bottom."""
    return cleared(_lower(prescription, exercise))


def cleared(prescription: Prescription) -> Prescription:
    return replace(prescription, credits=0, at_top=0, hard=0)


def heavier_band(prescription: Prescription, exercise: ExerciseBounds) -> Prescription | None:
    """Return the prescription with the next heavier band; None if none is owned or used.

    One level is about a quarter more force, so the target and the tempo start at the bottom.
    """
    band = heavier(prescription.band, exercise.owned) if exercise.uses_band else None
    if band is None:
        return None
    return at_bottom(replace(prescription, band=band, tempo=0), exercise)


def _more_sets(
    prescription: Prescription, exercise: ExerciseBounds, phase: SeasonPhase
) -> Prescription | None:
    if prescription.sets >= min(SET_CAPS[phase], exercise.sets):
        return None
    return _at_middle(replace(prescription, sets=prescription.sets + 1), exercise)


def _slower(prescription: Prescription, exercise: ExerciseBounds) -> Prescription | None:
    if not exercise.has_tempo or prescription.tempo >= SLOWEST:
        return None
    return _at_middle(replace(prescription, tempo=prescription.tempo + 1), exercise)


def _harder_form(prescription: Prescription, exercise: ExerciseBounds) -> Prescription | None:
    if prescription.variant >= exercise.variants[1]:
        return None
    band = _lighter(prescription, exercise) or prescription.band
    harder = replace(prescription, variant=prescription.variant + 1, band=band, tempo=0)
    return at_bottom(harder, exercise)


def _lower(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    if prescription.tempo > 0:
        return replace(prescription, tempo=prescription.tempo - 1)
    if band := _lighter(prescription, exercise):
        return _at_middle(replace(prescription, band=band), exercise)
    if prescription.variant > exercise.variants[0]:
        return _at_middle(replace(prescription, variant=prescription.variant - 1), exercise)
    if (sets := sets_now(prescription, exercise)) > 1:
        return replace(prescription, sets=sets - 1)
    return at_bottom(prescription, exercise)


def _lighter(prescription: Prescription, exercise: ExerciseBounds) -> Level | None:
    return lighter(prescription.band, exercise.owned) if exercise.uses_band else None


def _at_middle(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription with the middle of the range as target, or its lower target."""
    if prescription.target is None:
        return prescription
    return replace(prescription, target=min(prescription.target, exercise.range.middle))
