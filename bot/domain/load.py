"""How much in a week and in a session: bounds no plan may cross (fact sheet, 5.4 and 1.5).

Readings: sessions are 48 hours apart from start to start, less the three hours that a start may
be late, so that 07:10 on Monday does not forbid 07:00 on Wednesday. A week is a calendar week of
the runner. A week of which nothing was done is no done week; before there are two, no cap on sets
holds, for the first two weeks have doses of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.prescription import SeasonPhase
from bot.domain.schedule import APART, GRACE, week_of

LOADING_A_WEEK = 3
LONGEST_SESSION = timedelta(minutes=30)
EASIER_EVERY = 4  # weeks
BUSY = frozenset({SeasonPhase.BASE, SeasonPhase.BUILD})

SESSIONS_A_WEEK: Mapping[SeasonPhase, int] = MappingProxyType(
    {
        SeasonPhase.BASE: 3,
        SeasonPhase.BUILD: 2,
        SeasonPhase.PEAK: 2,
        SeasonPhase.TAPER: 1,
        SeasonPhase.RACE_WEEK: 1,
        SeasonPhase.RECOVERY: 2,
    }
)


class Loading(StrEnum):
    """Whether a session may load muscles now, or why it had better be a light one."""

    ALLOWED = "allowed"
    TOO_SOON = "too-soon"
    WEEK_FULL = "week-full"


class Plan(StrEnum):
    """What to offer a runner: a session more or fewer each week."""

    SAME = "same"
    FEWER = "fewer"
    SHORTER = "shorter"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Adherence:
    """Sessions planned and done in the last 14 and 28 days, and whether any of these was hard."""

    planned_14: int
    done_14: int
    planned_28: int
    done_28: int
    hard: bool


def may_load(starts: Sequence[datetime], now: datetime, zone: str) -> Loading:
    """Whether a session that starts now may load; `starts` are those of the loading ones before."""
    if any(abs(now - start) < APART - GRACE for start in starts):
        return Loading.TOO_SOON
    tz = ZoneInfo(zone)
    monday, next_monday = week_of(now.astimezone(tz).date())
    this_week = sum(monday <= start.astimezone(tz).date() < next_monday for start in starts)
    return Loading.ALLOWED if this_week < LOADING_A_WEEK else Loading.WEEK_FULL


def most_sets(done_weeks: Sequence[int]) -> int | None:
    """The week's cap: 1.2 times the mean of the last two done weeks, and two; None: no cap yet.

    `done_weeks` are the sets done in each earlier week, the newest first.
    """
    last = [sets for sets in done_weeks if sets > 0][:2]
    return 6 * sum(last) // 10 + 2 if len(last) == 2 else None


def trimmed(sets: Sequence[int], most: int) -> tuple[int, ...]:
    """At most this many in all: taken where most are, the last first; each keeps one."""
    left = list(sets)
    while sum(left) > most and max(left) > 1:
        index = max(range(len(left)), key=lambda index: (left[index], index))
        left[index] -= 1
    return tuple(left)


def is_easier(week: int, phase: SeasonPhase) -> bool:
    """Every fourth week of base and build; weeks are counted from 1 where base began."""
    return phase in BUSY and week > 0 and week % EASIER_EVERY == 0


def fits(seconds: int) -> bool:
    """Whether a session of this length is short enough."""
    return seconds <= LONGEST_SESSION.total_seconds()


def suggest_plan(adherence: Adherence, a_week: int, phase: SeasonPhase) -> Plan:
    """One fewer below half in 14 days (shorter where it is one); one more from nine in ten.

    More is for who had at least one planned in each of four weeks, and found none of them hard.
    """
    if 2 * adherence.done_14 < adherence.planned_14:
        return Plan.FEWER if a_week > 1 else Plan.SHORTER
    kept = adherence.planned_28 >= 4 and 10 * adherence.done_28 >= 9 * adherence.planned_28
    if kept and not adherence.hard and a_week < SESSIONS_A_WEEK[phase]:
        return Plan.MORE
    return Plan.SAME
