"""Changes of a prescription and their reasons, as data for a view."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.kit import Level
from bot.domain.prescription import Prescription
from bot.domain.session import Rating


class Part(StrEnum):
    """A part of a prescription that a runner notices, the most important first."""

    VARIANT = "variant"
    BAND = "band"
    TEMPO = "tempo"
    SETS = "sets"
    TARGET = "target"


class Reason(StrEnum):
    """Why something changes, or why nothing does."""

    RED_FLAG = "red-flag"
    STRONG_PAIN = "strong-pain"
    WORSE_NEXT_MORNING = "worse-next-morning"
    PAIN = "pain"
    MILD_PAIN = "mild-pain"
    SKIPPED = "skipped"
    FROZEN = "frozen"
    HARD = "hard"
    FELL_SHORT = "fell-short"
    HARD_TWICE = "hard-twice"
    STOPPED_EARLY = "stopped-early"
    TAPER = "taper"
    RECOVERY = "recovery"
    PEAK = "peak"
    FIRST_WEEKS = "first-weeks"
    EASIER_WEEK = "easier-week"
    LIGHT = "light"
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


class Offer(StrEnum):
    """What to offer a runner who skipped the exercise: another one for the same muscles."""

    NONE = "none"
    ANOTHER = "another"
    SWAP = "swap"


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of a prescription before and after; None: no band, or no target."""

    part: Part
    before: int | Level | None
    after: int | Level | None


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule did with one exercise; without differences, nothing changes.

    `rule` is its number in the fact sheet. `left` counts what the reason waits for: sessions for
    `frozen`, `after-gap`, `top-once` and `too-soon`, credits for `gathering`, otherwise 0.
    """

    exercise: str
    rule: str
    reason: Reason
    rating: Rating | None = None
    differences: tuple[Difference, ...] = ()
    left: int = 0
    offer: Offer = Offer.NONE

    @property
    def main(self) -> Difference | None:
        """The one that a sentence is about."""
        return self.differences[0] if self.differences else None


def differences(before: Prescription, after: Prescription) -> tuple[Difference, ...]:
    """Return the parts that differ, the most important first."""
    pairs = ((part, getattr(before, part), getattr(after, part)) for part in Part)
    return tuple(Difference(part, old, new) for part, old, new in pairs if old != new)
