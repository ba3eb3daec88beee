"""What an export may change when it is brought back: nothing that keeps a runner from harm.

Where the present state and the export differ, the stricter one is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.domain.frozen import frozen
from bot.domain.regions import Region
from bot.domain.rests import Level, Rest, Stage
from bot.domain.runner import ReportedSign, Runner, Screening
from bot.domain.screening import Condition, Conditions, Declared, Detail, find, waiting
from bot.domain.warning_signs import Urgency


class Refusal(StrEnum):
    """Why an export is not brought back; UNREAD: it could not be read this time."""

    NO_EXPORT = "no-export"
    BROKEN = "broken"
    NEWER = "newer"
    FOREIGN = "foreign"
    LARGE = "large"
    UNREAD = "unread"
    BUSY = "busy"


@frozen
class SentArchive:
    """An export at Telegram, with the SHA-256 of its bytes and when it was asked about."""

    file_id: str
    digest: str
    asked_at: datetime

    @property
    def number(self) -> int:
        """The number by which buttons refer to it: when it was asked about, in milliseconds."""
        return int(self.asked_at.timestamp() * 1000)


@frozen
class Contents:
    """The numbers of what an export holds, and the range of its sessions in UTC."""

    made_at: datetime
    numbers: Mapping[str, int] = field(default_factory=dict)
    first: datetime | None = None
    last: datetime | None = None


@frozen
class Preview:
    """What would be brought back, what is kept now, and the number by which buttons refer to it."""

    contents: Contents
    present: Mapping[str, int]
    zone: str
    number: int


@frozen
class Health:
    """The answers about health for which sessions wait or have waited."""

    screening: Screening | None
    screened_at: datetime | None
    sign: ReportedSign | None
    conditions: Conditions


_STRICT: Mapping[Screening | None, int] = MappingProxyType(
    {None: 0, Screening.CLEAR: 1, Screening.AGREED: 2, Screening.WAITING: 3}
)
_DETAILS = (
    *(Detail.AGE_0, Detail.AGE_13, Detail.AGE_16),
    *(Detail.REACTION, Detail.WITH_LATEX, Detail.NO_REACTION, Detail.LATEX_FREE, None),
)


def health(now: Runner, archived: Runner) -> Health:
    """Return the stricter of the two in each respect, and the present one if they are equal."""
    conditions = _conditions(now.conditions, archived.conditions)
    before = max(map(_before, (now, archived)), key=lambda each: _STRICT[each[0]])
    if waiting(conditions) and before[0] is not Screening.WAITING:
        before = (Screening.WAITING, before[1])
    sign = _sign(now.reported_sign, archived.reported_sign)
    if sign is None:
        return Health(*before, None, conditions)
    at = (now if now.reported_sign else archived).screened_at
    sign = replace(sign, before=before[0], before_at=before[1])
    return Health(Screening.WAITING, at, sign, conditions)


def _before(runner: Runner) -> tuple[Screening | None, datetime | None]:
    """Return the screening and its moment as they were before a warning sign was typed."""
    sign = runner.reported_sign
    return (sign.before, sign.before_at) if sign else (runner.screening, runner.screened_at)


def _sign(now: ReportedSign | None, archived: ReportedSign | None) -> ReportedSign | None:
    """Return the more urgent sign, as confirmed if either of them is."""
    if now is None or archived is None:
        return now or archived
    gravest = min((now, archived), key=lambda sign: list(Urgency).index(sign.urgency))
    is_confirmed = now.is_confirmed or archived.is_confirmed
    doubt = gravest.doubt if now.doubt and archived.doubt else None
    return replace(gravest, is_confirmed=is_confirmed, doubt=doubt)


def _conditions(now: Conditions, archived: Conditions) -> Conditions:
    found = ((find(now, condition), find(archived, condition)) for condition in Condition)
    kept = (_condition(*both) for both in found)
    return tuple(declared for declared in kept if declared is not None)


def _condition(now: Declared | None, archived: Declared | None) -> Declared | None:
    """Return the one that is not settled, otherwise one with the stricter answer and dates."""
    if now is None or archived is None:
        return now or archived
    if now.settled_at is None:
        return now
    if archived.settled_at is None:
        return archived
    detail = min(now.detail, archived.detail, key=_DETAILS.index)
    told_at = max(now.told_at, archived.told_at)
    settled_at = min(now.settled_at, archived.settled_at)
    return replace(now, told_at=told_at, detail=detail, settled_at=settled_at)


# Rests


def part(region: str | None) -> str:
    """Return the key that reports about the same part of the body share; "": unknown."""
    is_back = region in (Region.BACK, Region.LOW_BACK, Region.UPPER_BACK)
    return Region.BACK.value if is_back else region or ""


Strictness = tuple[int, int, int, bool]
_LEVELS = tuple(Level)
_STAGES = (Stage.STEPPED, Stage.LIGHT, Stage.RESTING)


def strictness(resting: Iterable[Rest]) -> dict[str, Strictness]:
    """Map each resting part of the body to how strictly it rests, for comparison."""
    by_part: dict[str, Strictness] = {}
    for rest in resting:
        key = part(rest.region)
        level, stage = _LEVELS.index(rest.level), _STAGES.index(rest.stage)
        strict = (level, stage, rest.earliest.toordinal(), not rest.is_gate)
        by_part[key] = max(strict, by_part.get(key, strict))
    return by_part
