"""What a runner says after a session, and what was true of it (fact sheet, 5.3)."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.pain import Pain
from bot.domain.prescription import Exercise, Prescription, SeasonPhase
from bot.domain.session import Rating


class Skip(StrEnum):
    """Why an exercise was left out."""

    TIME = "time"
    KIT = "kit"
    DISLIKE = "dislike"
    PAIN = "pain"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a runner said of one exercise."""

    rating: Rating | None = None
    skipped: Skip | None = None
    pain: Pain | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What is true of the whole session.

    `abandoned`: stopped before its end. `light`: too soon after another one to load.
    """

    phase: SeasonPhase = SeasonPhase.BASE
    easier_week: bool = False
    first_weeks: bool = False
    abandoned: bool = False
    red_flag: bool = False
    light: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One exercise of a session: how it was prescribed, and what the runner said of it.

    An exercise that a stopped session did not reach has no entry.
    """

    exercise: Exercise
    prescription: Prescription
    answer: Answer
