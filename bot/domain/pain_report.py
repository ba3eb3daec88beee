"""Reports of pain, what follows from them, and the question on the morning after."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.pain import Advice, MorningAnswer, PainKind, Severity
from bot.domain.regions import Region
from bot.domain.reminder import State
from bot.domain.session import Session


@dataclass(frozen=True, slots=True)
class PainReport:
    """A report of pain, or of an ache if `kind` is None; other fields are None until answered."""

    kind: PainKind | None
    region: Region | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class RegionRest:
    """A region that rests through `until`; `locked`: until a clinician has agreed."""

    region: Region
    until: date | None
    locked: bool


@dataclass(frozen=True, slots=True)
class PainDecision:
    """The consequences of a pain report for a session.

    `before` is the session at the time of the report, `message_id` the message with the last
    question. `rest` is that of the painful region, if it rests. `left_out` names the exercises,
    other than the one that hurt, that are left out of the remaining session.
    """

    before: Session
    session: Session
    message_id: int | None
    report: PainReport
    advice: Advice
    severity: Severity
    rest: RegionRest | None
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MorningQuestion:
    """The question on the morning after pain on `day`; `tries` as in a reminder."""

    id: int
    runner: int
    day: date
    hurt_at: datetime
    due_at: datetime
    state: State
    answer: MorningAnswer | None
    message_id: int | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class DueQuestion:
    """A question to be sent, with the regions that it is about."""

    question: MorningQuestion
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class MorningOutcome:
    """An accepted answer about `regions`, which rest through `until`; None: no rest follows.

    `locked` are those of them that wait for a clinician.
    """

    question: MorningQuestion
    answer: MorningAnswer
    regions: tuple[Region, ...]
    until: date | None = None
    locked: tuple[Region, ...] = ()
