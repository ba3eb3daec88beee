"""Rules of caution for pain and warning signs (docs/training-rules.md, Soreness and pain)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.regions import Region
from bot.domain.schedule import moment

SORE = 4  # the highest score of soreness with which an exercise goes on
ORDINARY_DAYS = 4  # the longest that ordinary soreness lasts
MODERATE, STRONG = 4, 6  # the lowest scores, from 0 to 10
REST = timedelta(days=7)
AGAIN = timedelta(days=14)  # strong pain in one region within this time is repeated
MORNING = time(9)
FIRST_LIGHT = time(5)  # the earliest time of the question on the morning after


class PainKind(StrEnum):
    """The kind of pain."""

    DULL = "dull"
    SHARP = "sharp"
    ONE_SIDED = "one-sided"
    JOINT = "joint"
    BONE = "bone"


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


class Urgency(StrEnum):
    """What a red flag calls for; in both cases, no session until a clinician has agreed."""

    EMERGENCY = "emergency"
    SEE_SOMEONE = "see-someone"


class RedFlag(StrEnum):
    """A warning sign that needs a clinician."""

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
    """Pain as the runner reported it; `score` from 0 to 10, `worse` on the next morning."""

    region: Region
    kind: PainKind
    score: int
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """The consequences of pain or soreness.

    `stop`: the exercise, for today. `rest`: the region, for seven days. `lock`: the region, until a
    clinician has agreed. `ask`: on the next morning, whether the pain is worse.
    """

    stop: bool = False
    rest: bool = False
    lock: bool = False
    see_someone: bool = False
    ask: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """Pain for which a region rests or is locked, with the local date of its session."""

    region: Region
    date: date
    bone: bool = False


def severity(pain: Pain) -> Severity:
    """Classify pain: strong from 6 or if worse next morning, moderate from 4 or if not dull."""
    if pain.worse or pain.score >= STRONG:
        return Severity.STRONG
    if pain.score >= MODERATE or pain.kind is not PainKind.DULL:
        return Severity.MODERATE
    return Severity.MILD if pain.score > 0 else Severity.NONE


def on_pain(pain: Pain) -> Advice:
    """Return the consequences of pain."""
    level = severity(pain)
    strong, bone = level is Severity.STRONG, pain.kind is PainKind.BONE
    return Advice(
        stop=level in (Severity.MODERATE, Severity.STRONG),
        rest=strong,
        lock=bone,
        see_someone=strong or bone,
        ask=level is not Severity.NONE and not pain.worse,
    )


def on_ache(score: int, days: int = 0) -> Advice:
    """Return the consequences of soreness that has lasted for so many days."""
    lasting = days > ORDINARY_DAYS
    return Advice(stop=score > SORE or lasting, see_someone=lasting)


def incident(pain: Pain, day: date) -> Incident | None:
    """Return the incident to remember, if any; `day` is the local date of the session."""
    advice = on_pain(pain)
    if not (advice.rest or advice.lock):
        return None
    return Incident(pain.region, day, bone=advice.lock)


def resting(incidents: Iterable[Incident], today: date) -> frozenset[Region]:
    """Return the regions that rest today: on the day of the pain and the seven days after it."""
    return frozenset(
        incident.region for incident in incidents if incident.date <= today <= incident.date + REST
    )


def locked(
    incidents: Collection[Incident], agreed: Mapping[Region, date] = MappingProxyType({})
) -> frozenset[Region]:
    """Return the regions that wait for a clinician; `agreed` holds the last agreement about each.

    A region is locked by pain on a bone, or by strong pain for the second time within 14 days. An
    agreement clears the incidents up to its date; each later one is compared with all before it.
    """
    later = [
        incident for incident in incidents if incident.date > agreed.get(incident.region, date.min)
    ]
    return frozenset(
        incident.region for incident in later if incident.bone or _is_repeated(incident, incidents)
    )


def _is_repeated(later: Incident, incidents: Collection[Incident]) -> bool:
    return any(
        incident.region is later.region and timedelta(0) < later.date - incident.date <= AGAIN
        for incident in incidents
    )


def rests_until(incidents: Iterable[Incident], region: Region) -> date | None:
    """Return the last day of the region's rest, without regard to locks; None: no incident."""
    return max(
        (incident.date + REST for incident in incidents if incident.region is region), default=None
    )


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
