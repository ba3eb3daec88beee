"""How regions rest after pain, and how they come back (docs/training-rules.md, Soreness and pain).

A rest follows from what was reported and answered, in that order. It never ends by date alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.pain import PainKind
from bot.domain.regions import Region, Side


class Level(StrEnum):
    """How much a region rests, in rising order; compare with `reaches`."""

    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"
    LOCK = "lock"

    def reaches(self, other: "Level") -> bool:
        """Whether this level is as high as the other, or higher."""
        order = list(Level)
        return order.index(self) >= order.index(other)


class Stage(StrEnum):
    """How far a region has come back.

    LIGHT: the first session back, with light work only. STEPPED: the second session back, with all
    work, two steps down and one set.
    """

    RESTING = "resting"
    LIGHT = "light"
    STEPPED = "stepped"


class Answer(StrEnum):
    """What a runner says of a resting region; TRAINED and ENDED are stored by the coach.

    READY and NOT_YET answer the gate: walking, stairs and standing on it 0 or 1 of 10, no pain at
    night, no swelling. AGREED: a clinician agreed. TRAINED: a session was done on the way back.
    ENDED: the rest ended under older rules.
    """

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"
    READY = "ready"
    NOT_YET = "not-yet"
    AGREED = "agreed"
    TRAINED = "trained"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Report:
    """A stored report of pain; `day` is the runner's local date."""

    region: Region
    kind: PainKind
    score: int
    day: date
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """A stored answer about a region on a local date."""

    region: Region
    answer: Answer
    day: date


@dataclass(frozen=True, slots=True)
class Rest:
    """What a region may not do, and until when.

    `light_allowed`: light work is allowed in the easier form, without a band, one set.
    `since`: the local date on which it reached its level. `ask_on`: the local date on which the
    coach asks next; one that has passed is asked before the next session. None: only a clinician
    or a session is waited for. `earliest`: the first date on which it may end. `is_gate`: what is
    asked next is the gate. A region at STEPPED has the level MILD: nothing is left out.
    """

    region: Region
    level: Level
    light_allowed: bool
    since: date
    ask_on: date | None
    earliest: date
    stage: Stage = Stage.RESTING
    is_gate: bool = False

    @property
    def locked(self) -> bool:
        """Whether it waits for a clinician."""
        return self.level is Level.LOCK

    @property
    def rests(self) -> bool:
        """Whether exercises are left out for it."""
        return self.level.reaches(Level.MODERATE)

    def is_asked(self, today: date) -> bool:
        """Whether the runner has to be asked about it today."""
        return self.ask_on is not None and self.ask_on <= today


Event = Report | Answered


def rests(events: Iterable[Event]) -> tuple[Rest, ...]:
    """Return the rests that follow from all that a runner has reported and answered, in order."""
    raise NotImplementedError


class NoSession(StrEnum):
    """Why there is no session today."""

    STRONGEST = "strongest"  # 8 or more, anywhere
    PAIN_TODAY = "pain-today"  # strong or locked since today
    TWO_REGIONS = "two-regions"
    VERY_SORE = "very-sore"
    UNKNOWN_PLACE = "unknown-place"
