"""Input of the progression: a runner's answers after a session, and the session's context."""

from enum import StrEnum

from bot.domain.frozen import frozen
from bot.domain.pain import Pain
from bot.domain.prescription import ExerciseBounds, Prescription, SeasonPhase
from bot.domain.session import Rating


class Skip(StrEnum):
    """Why the runner left an exercise out."""

    TIME = "time"
    KIT = "kit"
    DISLIKE = "dislike"
    PAIN = "pain"


@frozen
class ExerciseFeedback:
    """A runner's answers about one exercise; None: no answer.

    `rests`: a region that the exercise loads rests, or is on its way back.
    """

    rating: Rating | None = None
    skipped: Skip | None = None
    pain: Pain | None = None
    rests: bool = False


@frozen
class SessionContext:
    """The context of a whole session.

    `stays_easy`: the routine is meant to stay easy. `abandoned`: the session was stopped before its
    end. `light`: the session does not count as a load, because it came too soon after another or in
    too full a week. `much_new`: more exercises were new than a session may have. `no_progress`: a
    condition of the runner allows none.
    """

    phase: SeasonPhase = SeasonPhase.BASE
    easier_week: bool = False
    stays_easy: bool = False
    abandoned: bool = False
    light: bool = False
    no_progress: bool = False
    much_new: bool = False


@frozen
class ExerciseResult:
    """An exercise of a session, with its prescription and the runner's answer.

    There is no result for an exercise that a stopped session did not reach.
    """

    exercise: ExerciseBounds
    prescription: Prescription
    answer: ExerciseFeedback
