"""Changes of a prescription and their reasons, as data for a view."""

from enum import StrEnum

from bot.domain.frozen import frozen
from bot.domain.kit import Level
from bot.domain.prescription import Prescription


class Part(StrEnum):
    """The parts of a prescription that a runner notices, the most important first."""

    VARIANT = "variant"
    BAND = "band"
    TEMPO = "tempo"
    SETS = "sets"
    TARGET = "target"


class Reason(StrEnum):
    """Why something changes, or why nothing does."""

    STRONG_PAIN = "strong-pain"
    WORSE_NEXT_MORNING = "worse-next-morning"
    PAIN = "pain"
    MILD_PAIN = "mild-pain"
    RESTS = "rests"
    SKIPPED = "skipped"
    FROZEN = "frozen"
    HARD = "hard"
    HARD_TWICE = "hard-twice"
    CONDITION = "condition"
    INTRODUCED = "introduced"
    STOPPED_EARLY = "stopped-early"
    TAPER = "taper"
    RECOVERY = "recovery"
    PEAK = "peak"
    STAYS_EASY = "stays-easy"
    EASIER_WEEK = "easier-week"
    LIGHT = "light"
    MUCH_NEW = "much-new"
    AFTER_GAP = "after-gap"
    NOT_RATED = "not-rated"
    CALIBRATION = "calibration"
    GATHERING = "gathering"
    EARNED = "earned"
    BELOW_TOP = "below-top"
    TOP_ONCE = "top-once"
    TOP_TWICE = "top-twice"
    NOT_ITS_TURN = "not-its-turn"
    TOO_SOON = "too-soon"
    NOTHING_HARDER = "nothing-harder"


@frozen
class Difference:
    """A part of a prescription as it is from now on; None: no band."""

    part: Part
    after: int | Level | None


@frozen
class Change:
    """What a rule did with one exercise; without differences, nothing changes.

    `offers_another`: another exercise for the same muscles may suit the runner better.
    """

    exercise: str
    reason: Reason
    differences: tuple[Difference, ...] = ()
    offers_another: bool = False


@frozen
class Growth:
    """The sets of each exercise in a routine that begins with few: this time and the next.

    They stay the same after a session that was too hard.
    """

    before: int
    after: int


def differences(before: Prescription, after: Prescription) -> tuple[Difference, ...]:
    """Return the parts that differ, the most important first."""
    pairs = ((part, getattr(before, part), getattr(after, part)) for part in Part)
    return tuple(Difference(part, new) for part, old, new in pairs if old != new)
