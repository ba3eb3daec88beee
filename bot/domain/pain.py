"""Rules of caution for pain and warning signs (docs/training-rules.md, Soreness and pain)."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen
from bot.domain.regions import Region, Side
from bot.domain.schedule import moment

SORE = 4  # the highest score of soreness with which an exercise goes on
TOO_SORE = 6  # the lowest score of soreness that ends the session
SEEN_SORE = 7  # the lowest score of soreness for which someone has to see the runner today
ORDINARY_DAYS = 4  # the longest that ordinary soreness lasts
MODERATE, STRONG = 4, 6  # the lowest scores, from 0 to 10
SEEN = 8  # the lowest score of pain for which someone has to see the runner soon
MORNING = time(9)
FIRST_LIGHT = time(5)  # the earliest time of the question on the morning after


class PainKind(StrEnum):
    """The kind of pain; GROIN is deep in the groin, or in front of the hip on standing.

    ONE_SIDED is stored in old reports: it is dull.
    """

    DULL = "dull"
    SHARP = "sharp"
    ONE_SIDED = "one-sided"
    JOINT = "joint"
    BONE = "bone"
    GROIN = "groin"


DULL = frozenset({PainKind.DULL, PainKind.ONE_SIDED})
LOCKING = frozenset({PainKind.BONE, PainKind.GROIN})


class Score(StrEnum):
    """The strength of pain or soreness, from 0 to 10."""

    ZERO = "0"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    TEN = "10"


class MorningAnswer(StrEnum):
    """The runner's answer on the morning after pain."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


class Severity(StrEnum):
    """How serious pain is; MILD, MODERATE and STRONG are rules 3, 2 and 1 of progression."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"


class See(StrEnum):
    """How soon someone in health care has to see it."""

    DAYS = "days"
    GROWING = "growing"  # within days, because the bones still grow there
    TWO_DAYS = "two-days"
    TODAY = "today"


class Urgency(StrEnum):
    """How urgent a warning sign is; either way, there is no session until a clinician agrees."""

    EMERGENCY = "emergency"
    SEE_SOMEONE = "see-someone"


@frozen
class Pain:
    """Pain as the runner reported it; `score` from 0 to 10, `worse` on the next morning."""

    region: Region
    kind: PainKind
    score: int
    worse: bool = False


@frozen
class Advice:
    """The consequences of one report of pain or soreness, without regard to earlier ones.

    `stop`: the exercise stops for today. `ends`: the session ends. `rest`: the region rests.
    `lock`: the region rests until a clinician agrees. `ask`: the coach asks the next morning
    whether the pain is worse.
    """

    stop: bool = False
    ends: bool = False
    rest: bool = False
    lock: bool = False
    see: See | None = None
    ask: bool = False


def severity(pain: Pain) -> Severity:
    """Classify pain: strong from 6 or if worse next morning, moderate from 4 or if not dull."""
    if pain.worse or pain.score >= STRONG:
        return Severity.STRONG
    if pain.score == 0:
        return Severity.NONE
    if pain.score >= MODERATE or pain.kind not in DULL:
        return Severity.MODERATE
    return Severity.MILD


def on_pain(pain: Pain) -> Advice:
    """Return the consequences of pain."""
    level = severity(pain)
    locks = pain.kind in LOCKING and level is not Severity.NONE
    return Advice(
        stop=level in (Severity.MODERATE, Severity.STRONG),
        ends=locks or level is Severity.STRONG,
        rest=level in (Severity.MODERATE, Severity.STRONG),
        lock=locks,
        see=_seen(pain, locks=locks),
        ask=level is not Severity.NONE,
    )


def _seen(pain: Pain, *, locks: bool) -> See | None:
    if pain.score >= SEEN:
        return See.TODAY if locks else See.TWO_DAYS
    return See.DAYS if locks or severity(pain) is Severity.STRONG else None


def on_ache(score: int, days: int = 0) -> Advice:
    """Return the consequences of soreness that has lasted for `days`."""
    lasting = days > ORDINARY_DAYS
    soon = See.DAYS if lasting else None
    return Advice(
        stop=score > SORE or lasting,
        ends=score >= TOO_SORE,
        see=See.TODAY if score >= SEEN_SORE else soon,
    )


def is_no_soreness(side: Side | None, days: int) -> bool:
    """Return whether “soreness” is pain, because it is on one side or has lasted too long."""
    return side in (Side.LEFT, Side.RIGHT) or days > ORDINARY_DAYS


def morning_after(now: datetime, zone: str, reminder: time | None = None) -> datetime:
    """Return when to ask whether pain is worse: on the next local date that exists, in UTC.

    The time is 09:00, or that of the reminder where it is earlier, but not before 05:00.
    """
    tz = ZoneInfo(zone)
    local_time = max(FIRST_LIGHT, min(MORNING, reminder or MORNING))
    day = now.astimezone(tz).date() + timedelta(days=1)
    while (due_at := moment(day, local_time, tz)) is None:
        day += timedelta(days=1)
    return due_at
