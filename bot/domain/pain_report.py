"""What a runner tells of something that hurts, tap by tap, and what comes of it."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.pain import Advice, Kind, Morning, Severity
from bot.domain.regions import Region
from bot.domain.reminder import State
from bot.domain.session import Session


@dataclass(frozen=True, slots=True)
class PainReport:
    """What a runner has said so far of what hurts; without a kind it is an ache."""

    kind: Kind | None
    region: Region | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """A region that is left out: to the end of `until`, and longer if it waits for a clinician."""

    region: Region
    until: date | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What comes of it. `before` is the session as it hurt; `rest` is there if its region rests.

    `left_out`: the names of the exercises that come no more in this session, apart from the one
    that hurt. `message_id` carries the question.
    """

    before: Session
    session: Session
    message_id: int | None
    report: PainReport
    advice: Advice
    severity: Severity
    rest: Rest | None
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The question on the morning after pain on `day`; `tries` as of a reminder."""

    id: int
    runner: int
    day: date
    hurt_at: datetime
    due_at: datetime
    state: State
    answer: Morning | None
    message_id: int | None
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that is being asked, and about which regions."""

    question: Question
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer counts: what rests because of it, and what waits for a clinician."""

    question: Question
    answer: Morning
    regions: tuple[Region, ...]
    until: date | None = None
    locked: tuple[Region, ...] = ()
