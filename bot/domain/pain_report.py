"""Reports of pain, what follows from them, and the question on the morning after."""

from datetime import date, datetime

from bot.domain.frozen import frozen
from bot.domain.pain import Advice, MorningAnswer, PainKind, Severity
from bot.domain.regions import Region, Side
from bot.domain.reminder import State
from bot.domain.rests import Rest
from bot.domain.session import Session, StoredSession


@frozen
class PainReport:
    """A report of pain, or of an ache if `kind` is None; other fields are None until answered.

    `side`: None: not known. `days`: how long an ache has lasted.
    """

    kind: PainKind | None
    region: Region | None = None
    score: int | None = None
    side: Side | None = None
    days: int | None = None


@frozen
class Incident:
    """A stored report of pain, or of an ache if `kind` is None, in a session or outside."""

    kind: PainKind | None
    score: int
    region: Region | None
    exercise: str | None


@frozen
class PainDecision:
    """The consequences of a pain report for a session.

    `before` is the session at the time of the report, `message_id` the message with the last
    question. `rest` is the rest of the painful region, if any. `left_out` names the other exercises
    that are now left out of the session. `ended`: the report ended the session.
    """

    before: Session
    session: Session
    message_id: int | None
    report: PainReport
    advice: Advice
    severity: Severity
    rest: Rest | None
    left_out: tuple[str, ...]
    ended: bool = False


@frozen
class PainReported:
    """The consequences of a report outside a session, or of one in words.

    `rest` is the rest of the painful region, if any. `interrupted` is the open session as it was
    before the report; `ended`: the report ended it.
    """

    report: PainReport
    advice: Advice
    severity: Severity
    rest: Rest | None
    interrupted: StoredSession | None
    ended: bool = False


@frozen
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


@frozen
class DueQuestion:
    """A question to be sent: `regions` are asked about, `gates` are asked the gate at once."""

    question: MorningQuestion
    regions: tuple[Region, ...]
    gates: tuple[Region, ...] = ()


@frozen
class MorningOutcome:
    """An accepted answer about `regions`, and the rests of these regions after it.

    `question` is the question that was answered; None: one before a session. `gates` are the
    regions whose gate is asked now. `interrupted` is the session that the answer ended, as it was
    before.
    """

    question: MorningQuestion | None
    answer: MorningAnswer
    regions: tuple[Region, ...]
    rests: tuple[Rest, ...] = ()
    gates: tuple[Region, ...] = ()
    interrupted: StoredSession | None = None

    @property
    def locked(self) -> tuple[Region, ...]:
        """The regions that wait for a clinician."""
        return tuple(rest.region for rest in self.rests if rest.locked)


@frozen
class FineAgain:
    """The consequences of “it is fine again” for each region.

    `over`: the rest has ended. `gates`: the gate is asked now. `not_yet`: the rest continues at
    least until its `earliest` date, or until a clinician agrees.
    """

    over: tuple[Region, ...] = ()
    gates: tuple[Rest, ...] = ()
    not_yet: tuple[Rest, ...] = ()
