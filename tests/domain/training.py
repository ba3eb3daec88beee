"""Exercises, prescriptions and the questions that tests ask about them."""

from dataclasses import replace

from bot.domain.feedback import ExerciseFeedback, ExerciseResult, SessionContext
from bot.domain.kit import LEVELS, Level
from bot.domain.pain import Pain, PainKind
from bot.domain.prescription import (
    LONG_AGO,
    MOST_CREDITS,
    MOST_SETS,
    ExerciseBounds,
    ExerciseClass,
    Prescription,
    start,
)
from bot.domain.progression import Next, progress
from bot.domain.regions import Region
from bot.domain.session import Rating

E, R, H = Rating.EASY, Rating.RIGHT, Rating.HARD
LIGHT_AND_MEDIUM = (Level.LIGHT, Level.MEDIUM)
CLAM = ExerciseBounds("clamshell", ExerciseClass.ISO, LIGHT_AND_MEDIUM)
PLANK = ExerciseBounds("side-plank-clam", ExerciseClass.HOLD, LIGHT_AND_MEDIUM, sets=2)
SQUEEZE = ExerciseBounds("adductor-squeeze", ExerciseClass.HOLD, ())

BASE = SessionContext()


def counted(exercise: ExerciseBounds = CLAM, **changes: object) -> Prescription:
    """From the middle of nowhere: a target of 12, two sets, light band, calibration behind it."""
    fields = {"target": 12, "sets": 2, "band": Level.LIGHT, "calibrating": 0, **changes}
    return Prescription(**fields)  # type: ignore[arg-type]


def clocked(**changes: object) -> Prescription:
    return counted(**{"target": None, "sets": 3, **changes})


def pain(score: int, kind: PainKind = PainKind.DULL, worse: bool = False) -> Pain:
    return Pain(Region.KNEE, kind, score, worse)


def after(
    prescription: Prescription,
    answer: ExerciseFeedback | Rating,
    context: SessionContext = BASE,
    exercise: ExerciseBounds = CLAM,
) -> Next:
    """What one session with this exercise alone leads to."""
    said = ExerciseFeedback(answer) if isinstance(answer, Rating) else answer
    return progress([ExerciseResult(exercise, prescription, said)], context)[0]


def walk(
    prescription: Prescription,
    *ratings: Rating,
    exercise: ExerciseBounds = CLAM,
    context: SessionContext = BASE,
) -> list[Next]:
    """Session after session."""
    nexts = []
    for rating in ratings:
        nexts.append(after(prescription, rating, context, exercise))
        prescription = nexts[-1].prescription
    return nexts


def at_low(exercise: ExerciseBounds = CLAM, beginner: bool = False) -> Prescription:
    """A first dose that is counted, from the bottom of the range."""
    return replace(start(exercise, beginner), target=exercise.range.low)


def level(band: Level | None) -> int:
    return -1 if band is None else LEVELS.index(band)


def dose(prescription: Prescription) -> tuple[int, int, int, int, int]:
    """Everything that can make it harder, as numbers."""
    return (
        prescription.target or 0,
        prescription.sets,
        level(prescription.band),
        prescription.tempo,
        prescription.variant,
    )


def is_harder(later: Prescription, earlier: Prescription) -> bool:
    """In any respect."""
    return any(new > old for new, old in zip(dose(later), dose(earlier), strict=True))


def assert_in_bounds(
    prescription: Prescription, exercise: ExerciseBounds, first: int | None = None
) -> None:
    """`first` is the first target, which may be below the range."""
    span = exercise.range
    if prescription.target is not None:
        low = span.low if first is None else min(span.low, first)
        assert low <= prescription.target <= span.top
    assert 1 <= prescription.sets <= MOST_SETS
    assert prescription.band in exercise.owned or (prescription.band is None)
    assert (prescription.band is None) == (not exercise.owned)
    assert 0 <= prescription.tempo <= (2 if exercise.has_tempo else 0)
    assert exercise.variants[0] <= prescription.variant <= exercise.variants[1]
    assert 0 <= prescription.credits <= MOST_CREDITS
    assert 0 <= prescription.hard <= 1
    assert 0 <= prescription.at_top <= 2
    assert 0 <= prescription.freeze <= 2
    assert 0 <= prescription.hold_off <= 2
    assert 0 <= prescription.double_credits <= 4
    assert 0 <= prescription.calibrating <= 2
    assert 0 <= prescription.since_up <= LONG_AGO
    assert 0 <= prescription.skips <= 3
