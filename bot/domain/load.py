"""Bounds of training in a week and in a session (docs/training-rules.md, How much in a week)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.domain.prescription import SeasonPhase
from bot.domain.schedule import APART, GRACE, week_of

LONGEST_SESSION = timedelta(minutes=30)
EASIER_EVERY = 4  # weeks
MOST_EXERCISES = 8  # in a session
MOST_NEW = 2  # exercises in a session that were never done before
MOST_SETS_A_WEEK = 9  # of one exercise
MOST_CALF_SETS_A_WEEK = 6  # of all calf raises
FIRST_WEEKS = (1, 2)  # the weeks after the very first one
MORE_THAN_THE_FIRST = 6  # sets
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
    """Whether a session may count as a load now, or why not."""

    ALLOWED = "allowed"
    TOO_SOON = "too-soon"
    WEEK_FULL = "week-full"
    SETS_FULL = "sets-full"


def may_load(
    starts: Sequence[datetime],
    now: datetime,
    zone: str,
    sessions: int = SESSIONS_A_WEEK[SeasonPhase.BASE],
) -> Loading:
    """Return whether a session that starts now may load.

    `starts` are those of earlier loading sessions, and `sessions` is the most in a calendar week.
    Starts must be 48 hours apart, minus three hours for a start that was late.
    """
    if any(abs(now - start) < APART - GRACE for start in starts):
        return Loading.TOO_SOON
    tz = ZoneInfo(zone)
    monday, next_monday = week_of(now.astimezone(tz).date())
    this_week = sum(monday <= start.astimezone(tz).date() < next_monday for start in starts)
    return Loading.ALLOWED if this_week < sessions else Loading.WEEK_FULL


def most_sets(done_weeks: Sequence[int]) -> int | None:
    """Return the week's cap: 1.2 times the mean of the last two weeks with sets, plus two sets.

    `done_weeks` are the sets done in each earlier week, newest first. None: no cap yet.
    """
    last = [sets for sets in done_weeks if sets > 0][:2]
    return 6 * sum(last) // 10 + 2 if len(last) == 2 else None


def most_sets_at_first(sets: Sequence[tuple[date, int]], today: date) -> int | None:
    """Return the sets that are left this week, in the second and third week of all training.

    Those weeks have at most MORE_THAN_THE_FIRST sets more than the first. Weeks are counted from
    the date of the first session, not from Monday. `sets` are the sets of each earlier session with
    its local date. None: today's week has no cap.
    """
    if not sets:
        return None
    first = min(day for day, _ in sets)
    by_week: dict[int, int] = {}
    for day, count in sets:
        week = (day - first).days // 7
        by_week[week] = by_week.get(week, 0) + count
    week = (today - first).days // 7
    if week not in FIRST_WEEKS:
        return None
    return max(0, by_week[0] + MORE_THAN_THE_FIRST - by_week.get(week, 0))


def trimmed(sets: Sequence[int], most: int) -> tuple[int, ...]:
    """Return the sets of each exercise, reduced to `most` in all.

    Sets are taken from the exercise with the most sets, the last of equals; each keeps one.
    """
    left = list(sets)
    while sum(left) > most and max(left) > 1:
        index = max(range(len(left)), key=lambda index: (left[index], index))
        left[index] -= 1
    return tuple(left)


def is_easier(week: int, phase: SeasonPhase) -> bool:
    """Return whether this week is easier: every fourth of base and build; `week` counts from 1."""
    return phase in BUSY and week > 0 and week % EASIER_EVERY == 0


def fits(seconds: int) -> bool:
    """Return whether a session of this length is short enough."""
    return seconds <= LONGEST_SESSION.total_seconds()
