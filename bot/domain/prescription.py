"""What a runner should do next of an exercise, and its bounds.

Source: docs/training-rules.md, Doses. A prescription is counted (it has a target: repetitions,
steps or trios) or on the clock (a routine fixes the times, so it has none). It is on the clock
until the runner first does the exercise at their own pace, and counted from then on: on the clock a
counted set takes its repetitions times the tempo. A hold is never counted.

Readings: `sets` is a ceiling on the routine's own sets; it starts there, and falls below it after
pain or a gap only. The first target is what the routine's seconds have room for, which may be below
the range; then the bottom of the range is that target. A prescription without a band is one for an
exercise that needs none, or for a runner who owns none that is light enough.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType

from bot.domain.frozen import frozen
from bot.domain.kit import LEVELS, Level

MOST_SETS = 3
SLOWEST = 2
MOST_CREDITS = 4
LONG_AGO = 9  # sessions; the counter stops at this number
CALIBRATION = 2  # sessions
SETS_AFTER_INTRODUCTION = 2
SECONDS = (0, 2, 3)  # what each step of the tempo adds to a repetition

DIRECTIONS = 3  # of a trio


class Unit(StrEnum):
    """What a dose is measured in; a trio is three repetitions, one in each direction."""

    REPS = "reps"
    STEPS = "steps"
    TRIOS = "trios"
    SECONDS = "seconds"


class ExerciseClass(StrEnum):
    """The kind of work of an exercise, which sets the range of its target."""

    WALK = "walk"
    ISO = "iso"
    STR = "str"
    TRUNK = "trunk"
    UPPER = "upper"
    CALF = "calf"
    ANKLE = "ankle"
    HOLD = "hold"


@frozen
class Range:
    """From `low` to `top`, per side where there are sides."""

    low: int
    top: int
    unit: Unit = Unit.REPS

    @property
    def middle(self) -> int:
        return (self.low + self.top) // 2


CLASSES: Mapping[ExerciseClass, Range] = MappingProxyType(
    {
        ExerciseClass.WALK: Range(8, 14, Unit.STEPS),
        ExerciseClass.ISO: Range(10, 15),
        ExerciseClass.STR: Range(6, 12),
        ExerciseClass.TRUNK: Range(6, 10),
        ExerciseClass.UPPER: Range(10, 15),
        ExerciseClass.CALF: Range(10, 20),
        ExerciseClass.ANKLE: Range(12, 20),
        ExerciseClass.HOLD: Range(15, 40, Unit.SECONDS),
    }
)


class SeasonPhase(StrEnum):
    """A part of the season; BASE if no race is known."""

    BASE = "base"
    BUILD = "build"
    PEAK = "peak"
    TAPER = "taper"
    RACE_WEEK = "race-week"
    RECOVERY = "recovery"


SET_CAPS: Mapping[SeasonPhase, int] = MappingProxyType(
    {
        SeasonPhase.BASE: 3,
        SeasonPhase.BUILD: 3,
        SeasonPhase.PEAK: 2,
        SeasonPhase.TAPER: 1,
        SeasonPhase.RACE_WEEK: 1,
        SeasonPhase.RECOVERY: 1,
    }
)


@frozen
class ExerciseBounds:
    """The properties of an exercise that the rules use, for one runner in one routine.

    `owned` are the runner's bands of a kind that fits this exercise, in any order. `sets` are the
    routine's own. `own_range` takes the place of the class's where the exercise says so. `variants`
    runs from its easiest to its hardest form: 0 easier, 1 base, 2 harder. `uses_band`: False for a
    form that is done without a band; then the band of the prescription stays as it is.
    """

    id: str
    exercise_class: ExerciseClass
    owned: Collection[Level]
    sets: int = MOST_SETS
    own_range: Range | None = None
    variants: tuple[int, int] = (0, 2)
    uses_band: bool = True

    @property
    def range(self) -> Range:
        return self.own_range or CLASSES[self.exercise_class]

    @property
    def has_tempo(self) -> bool:
        """Whether the exercise has a tempo; a hold, without movement, has none."""
        return self.exercise_class is not ExerciseClass.HOLD


@frozen
class Prescription:
    """The next dose, and the counters that decide about the dose after it.

    `tempo` 0-2 (see `seconds_each`), `variant` 0-2, `credits` 0-4, `hard` 0-1 and `at_top` 0-2
    sessions. The other counters are sessions of this exercise: `freeze` and `hold_off` are left
    without progress (after pain, after a gap), `double_credits` left in which "easy" counts twice,
    `calibrating` left in which "easy" moves the band up at once, `since_up` done since the last
    step up the ladder (9: nine or more, or never), `skips` left out in a row (3: or more).
    `introduces`: the easy first dose of an exercise that is new to the runner, which goes on in
    this variant; None: it is not new.
    """

    target: int | None
    sets: int
    band: Level | None
    tempo: int = 0
    variant: int = 1
    credits: int = 0
    hard: int = 0
    at_top: int = 0
    freeze: int = 0
    hold_off: int = 0
    double_credits: int = 0
    calibrating: int = CALIBRATION
    since_up: int = LONG_AGO
    skips: int = 0
    introduces: int | None = None


def start(exercise: ExerciseBounds, beginner: bool = False) -> Prescription:
    """Return the first prescription: on the clock, the lightest band, the routine's own sets."""
    easiest, hardest = exercise.variants
    return Prescription(
        target=None,
        sets=min(exercise.sets, MOST_SETS),
        band=lightest(exercise.owned),
        variant=max(easiest, min(0 if beginner else 1, hardest)),
    )


def counted(prescription: Prescription, exercise: ExerciseBounds, done: int) -> Prescription:
    """Return the prescription as counted; the first target is the number `done` on the clock."""
    if prescription.target is not None:
        return prescription
    return replace(prescription, target=min(done, exercise.range.top), credits=0, at_top=0)


def fit(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription with a band that the runner owns now.

    The band is the heaviest that is no heavier than before. If all are heavier, it is the lightest,
    with everything else at the bottom, or no band while a freeze after pain lasts.
    """
    if prescription.band in exercise.owned or (prescription.band is None and not exercise.owned):
        return prescription
    below = lighter(prescription.band, exercise.owned)
    if below is not None:
        return replace(prescription, band=below)
    if prescription.freeze or not exercise.owned:
        return replace(prescription, band=None)
    band = lightest(exercise.owned)
    lowest = replace(prescription, band=band, sets=1, tempo=0, variant=exercise.variants[0])
    return replace(at_bottom(lowest, exercise), credits=0, at_top=0)


def at_bottom(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription with its target lowered to the bottom of the range."""
    if prescription.target is None:
        return prescription
    return replace(prescription, target=min(prescription.target, exercise.range.low))


def sets_now(prescription: Prescription, exercise: ExerciseBounds) -> int:
    """Return the number of sets before the cap of a phase."""
    return min(prescription.sets, exercise.sets)


def sets_shown(
    prescription: Prescription,
    exercise: ExerciseBounds,
    phase: SeasonPhase,
    easier_week: bool = False,
) -> int:
    """Return the number of sets to do today: one fewer in an easier week, and at least one."""
    capped = min(sets_now(prescription, exercise), SET_CAPS[phase])
    return max(1, capped - easier_week)


def lightly(exercise: ExerciseBounds) -> ExerciseBounds:
    """Return the bounds for an exercise kept light: one set, the lightest band, no harder form."""
    easiest, hardest = exercise.variants
    band = lightest(exercise.owned)
    owned = () if band is None else (band,)
    return replace(exercise, owned=owned, sets=1, variants=(easiest, min(1, hardest)))


def lightest(owned: Collection[Level]) -> Level | None:
    return min(owned, key=LEVELS.index, default=None)


def no_heavier(band: Level | None, owned: Collection[Level]) -> tuple[Level, ...]:
    """Return the bands that are owned and no heavier than this one; None: no band."""
    if band is None:
        return ()
    return tuple(one for one in owned if LEVELS.index(one) <= LEVELS.index(band))


def lighter(band: Level | None, owned: Collection[Level]) -> Level | None:
    """Return the next lighter band that is owned, or None."""
    if band is None:
        return None
    below = (other for other in owned if LEVELS.index(other) < LEVELS.index(band))
    return max(below, key=LEVELS.index, default=None)


def heavier(band: Level | None, owned: Collection[Level]) -> Level | None:
    """Return the next heavier band that is owned, or None."""
    if band is None:
        return None
    above = (other for other in owned if LEVELS.index(other) > LEVELS.index(band))
    return min(above, key=LEVELS.index, default=None)


def seconds_each(own: str, step: int) -> int:
    """Return the seconds of a repetition at this step of the exercise's own tempo.

    `own` are the seconds of the return, the pause slack, the pull and the pause stretched:
    "a-b-c-d". Step 0 is the exercise's own tempo. Step 1 stays stretched two seconds more. Step 2
    comes back two seconds slower and stays stretched one second more: 2-0-1-0 becomes 2-0-1-2 and
    4-0-1-1.
    """
    return sum(int(part) for part in own.split("-")) + SECONDS[step]
