"""What happens when something hurts: rules of caution, never a diagnosis.

From the fact sheet, 1.7 (soreness), 1.9 (red flags) and 5.4, rules 0 to 3.

Readings: 1.9 asks to stop a region for a red flag, 5.4 to lock the runner; the stricter one holds
for what a runner picks from the list. Pain of 6 or more, and pain that is worse next morning, are
in that list too, but have a rule of their own (the region rests), so they are not red flags here.
Pain on a bone locks its region at once. Sharp or one-sided pain, or pain at a joint or bone, counts
as moderate at least, whatever its score.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.regions import Region
from bot.domain.schedule import moment

SORE = 4  # an ache above this is not loaded
ORDINARY_DAYS = 4  # an ache that lasts longer is no ordinary one
MODERATE, STRONG = 4, 6  # scores from 0 to 10
REST = timedelta(days=7)
AGAIN = timedelta(days=14)
MORNING = time(9)
FIRST_LIGHT = time(5)  # a reminder before this is no morning


class Kind(StrEnum):
    """What the pain is like."""

    DULL = "dull"
    SHARP = "sharp"
    ONE_SIDED = "one-sided"
    JOINT = "joint"
    BONE = "bone"


class Score(StrEnum):
    """How strong it is, from 0 to 10."""

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


class Morning(StrEnum):
    """How it is on the morning after."""

    WORSE = "worse"
    SAME = "same"
    BETTER = "better"


class Severity(StrEnum):
    """Which of the rules 1 to 3 applies."""

    NONE = "none"
    MILD = "mild"
    MODERATE = "moderate"
    STRONG = "strong"


class Urgency(StrEnum):
    """What a red flag calls for; either way, no session until a clinician agreed."""

    EMERGENCY = "emergency"
    SEE_SOMEONE = "see-someone"


class RedFlag(StrEnum):
    """What a runner may notice that is no matter for a coach."""

    CHEST_PAIN = "chest-pain"
    FAINTING = "fainting"
    BREATHLESS = "breathless"
    SUDDEN_WEAKNESS = "sudden-weakness"
    BLADDER_BOWEL_OR_SADDLE = "bladder-bowel-or-saddle"
    DARK_URINE = "dark-urine"
    HOT_SWOLLEN_CALF = "hot-swollen-calf"
    EYE_STRUCK = "eye-struck"
    POINT_ON_BONE = "point-on-bone"
    NIGHT_OR_REST = "night-or-rest"
    LIMP = "limp"
    DEEP_GROIN = "deep-groin"
    GROWS_WITH_LOAD = "grows-with-load"
    SWELLS_LOCKS_OR_GIVES_WAY = "swells-locks-or-gives-way"
    PINS_AND_NEEDLES = "pins-and-needles"
    BONE_AND_BODY_CHANGES = "bone-and-body-changes"


RED_FLAGS: Mapping[RedFlag, Urgency] = MappingProxyType(
    {
        RedFlag.CHEST_PAIN: Urgency.EMERGENCY,
        RedFlag.FAINTING: Urgency.EMERGENCY,
        RedFlag.BREATHLESS: Urgency.EMERGENCY,
        RedFlag.SUDDEN_WEAKNESS: Urgency.EMERGENCY,
        RedFlag.BLADDER_BOWEL_OR_SADDLE: Urgency.EMERGENCY,
        RedFlag.DARK_URINE: Urgency.EMERGENCY,
        RedFlag.HOT_SWOLLEN_CALF: Urgency.EMERGENCY,
        RedFlag.EYE_STRUCK: Urgency.EMERGENCY,
        RedFlag.POINT_ON_BONE: Urgency.SEE_SOMEONE,
        RedFlag.NIGHT_OR_REST: Urgency.SEE_SOMEONE,
        RedFlag.LIMP: Urgency.SEE_SOMEONE,
        RedFlag.DEEP_GROIN: Urgency.SEE_SOMEONE,
        RedFlag.GROWS_WITH_LOAD: Urgency.SEE_SOMEONE,
        RedFlag.SWELLS_LOCKS_OR_GIVES_WAY: Urgency.SEE_SOMEONE,
        RedFlag.PINS_AND_NEEDLES: Urgency.SEE_SOMEONE,
        RedFlag.BONE_AND_BODY_CHANGES: Urgency.SEE_SOMEONE,
    }
)


@dataclass(frozen=True, slots=True)
class Pain:
    """Three taps: where, what it is like, and how strong from 0 to 10. `worse`: next morning."""

    region: Region
    kind: Kind
    score: int
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do now. `stop`: this exercise, for today. `rest`: the region, for seven days.

    `lock`: the region, until a clinician agreed. `ask`: tomorrow, whether it is worse.
    """

    stop: bool = False
    rest: bool = False
    lock: bool = False
    see_someone: bool = False
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """Pain that made a region rest, on the local date of its session. `bone`: on a bone."""

    region: Region
    date: date
    bone: bool = False


def severity(pain: Pain) -> Severity:
    """1-3 mild, 4-5 moderate, 6 and more or worse next morning strong; not dull: moderate."""
    if pain.worse or pain.score >= STRONG:
        return Severity.STRONG
    if pain.score >= MODERATE or pain.kind is not Kind.DULL:
        return Severity.MODERATE
    return Severity.MILD if pain.score > 0 else Severity.NONE


def on_pain(pain: Pain) -> Advice:
    """From 4, or at any score where it is not dull, this exercise stops now."""
    level = severity(pain)
    strong, bone = level is Severity.STRONG, pain.kind is Kind.BONE
    return Advice(
        stop=level in (Severity.MODERATE, Severity.STRONG),
        rest=strong,
        lock=bone,
        see_someone=strong or bone,
        ask=level is not Severity.NONE and not pain.worse,
    )


def on_ache(score: int, days: int = 0) -> Advice:
    """Soreness is not pain: up to 4 of 10 one goes on; after four days it is not soreness."""
    lasting = days > ORDINARY_DAYS
    return Advice(stop=score > SORE or lasting, see_someone=lasting)


def incident(pain: Pain, day: date) -> Incident | None:
    """What to remember of it; worse next morning belongs to the day of its session."""
    advice = on_pain(pain)
    if not (advice.rest or advice.lock):
        return None
    return Incident(pain.region, day, bone=advice.lock)


def resting(incidents: Iterable[Incident], today: date) -> frozenset[Region]:
    """The regions left out today: the day of the pain and seven days after it."""
    return frozenset(
        incident.region for incident in incidents if incident.date <= today <= incident.date + REST
    )


def locked(
    incidents: Collection[Incident], agreed: Mapping[Region, date] = MappingProxyType({})
) -> frozenset[Region]:
    """The regions that wait for a clinician; `agreed` is when one last did, as the runner says.

    Locked by pain on a bone, or by strong pain for the second time within 14 days. A clinician's
    word clears what was until that date; what comes after it is measured against all before.
    """
    news = [one for one in incidents if one.date > agreed.get(one.region, date.min)]
    return frozenset(one.region for one in news if one.bone or _again(one, incidents))


def _again(later: Incident, incidents: Collection[Incident]) -> bool:
    return any(
        one.region is later.region and timedelta(0) < later.date - one.date <= AGAIN
        for one in incidents
    )


def rests_until(incidents: Iterable[Incident], region: Region) -> date | None:
    """The last day on which the region is left out, as far as the days alone go."""
    return max((one.date + REST for one in incidents if one.region is region), default=None)


def morning_after(now: datetime, zone: str, reminder: time | None = None) -> datetime:
    """When to ask, once, whether it is worse: the next local date that exists; UTC.

    At 09:00, or at the runner's reminder where that is earlier, but not before 05:00.
    """
    tz = ZoneInfo(zone)
    at = max(FIRST_LIGHT, min(MORNING, reminder or MORNING))
    day = now.astimezone(tz).date() + timedelta(days=1)
    while (asked_at := moment(day, at, tz)) is None:
        day += timedelta(days=1)
    return asked_at
