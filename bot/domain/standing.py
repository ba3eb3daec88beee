"""A runner's situation on a date: the season and the running week.

Source: docs/training-rules.md, The running week and The race.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date
from zlib import crc32

from bot.domain.frozen import frozen
from bot.domain.race import Allowed, Race, Season, season
from bot.domain.run_plan import NO_PLAN, Planned
from bot.domain.week import (
    DAY,
    NOTHING,
    Rule,
    RunKind,
    RunningWeek,
    around_date,
    broken_rules,
    kind_on,
)

MOST_DAYS_LATER = 6
NEAR = 3  # days by which a planned session moves at most
APART = 2  # days, which are 48 hours


@frozen
class Standing:
    """What the season and the running week make of a date.

    `rule` is the rule of the running week that leg work would break; None: none.
    """

    day: date
    season: Season = field(default_factory=Season)
    rule: Rule | None = None
    run: RunKind = RunKind.NONE
    is_half: bool = False

    @property
    def allowed(self) -> Allowed:
        """The most that this date allows."""
        week = Allowed.LEGS
        if self.rule is not None:
            week = Allowed.HALF if self.is_half else Allowed.LIGHT
        return min(week, self.season.allowed)

    @property
    def forbids_legs(self) -> bool:
        """Whether the race forbids leg work, even for a runner who asks for it."""
        return self.season.allowed < Allowed.HALF


def standing(
    week: RunningWeek,
    races: Sequence[Race],
    day: date,
    *,
    sore: bool = False,
    plan: Planned = NO_PLAN,
) -> Standing:
    """Return where the runner stands on a date; `sore` as in `broken_rules`."""
    rules = broken_rules(around_date(week, races, day, plan), sore=sore)
    if any(day + number * DAY in plan.strength for number in (-1, 0, 1)):
        rules = (*rules, Rule.STRENGTH)
    run = kind_on(week, races, day, plan)
    is_half = rules == (Rule.HARD_NEXT,) and run is RunKind.HARD
    return Standing(day, season(races, day), rules[0] if rules else None, run, is_half)


def next_free_day(
    week: RunningWeek,
    races: Sequence[Race],
    today: date,
    taken: Collection[date],
    *,
    sore: bool = False,
    plan: Planned = NO_PLAN,
) -> date | None:
    """Return the next date that breaks no rule and is 48 hours from all that are `taken`.

    None: there is none soon, so that a missed session is not made up.
    """
    for number in range(1, MOST_DAYS_LATER + 1):
        day = today + number * DAY
        far = all(abs((day - other).days) >= APART for other in taken)
        if far and standing(week, races, day, sore=sore, plan=plan).allowed is Allowed.LEGS:
            return day
    return None


@frozen
class Move:
    """A planned date without leg work, and the date to which its session may move.

    `to` is None if there is no free date nearby.
    """

    standing: Standing
    to: date | None

    @property
    def day(self) -> date:
        return self.standing.day


def moves(
    week: RunningWeek,
    races: Sequence[Race],
    today: date,
    planned: Collection[date],
    taken: Collection[date] = (),
    *,
    sore: bool = False,
    plan: Planned = NO_PLAN,
) -> tuple[Move, ...]:
    """Return the planned dates on which a race rules out leg work, each with the nearest free date.

    Dates that only the running week rules out are not among them. No session moves to a `taken`
    date.
    """
    kept = set(planned)
    found = []
    for day in sorted(planned):
        stand = standing(week, races, day, sore=sore, plan=plan)
        alone = standing(week, (), day, sore=sore, plan=plan)
        if stand.allowed >= min(alone.allowed, Allowed.HALF):
            continue
        others = kept - {day}
        free = (
            near
            for near in _nearest(day)
            if near > today
            and near not in taken
            and all(abs((near - other).days) >= APART for other in others)
            and standing(week, races, near, sore=sore, plan=plan).allowed is Allowed.LEGS
        )
        to = next(free, None)
        kept = others | {to or day}
        found.append(Move(stand, to))
    return tuple(found)


def digest(found: Iterable[Move]) -> str:
    """Return a short text that is different for different moves."""
    return f"{crc32(repr([(move.day, move.to) for move in found]).encode()):08x}"


def _nearest(day: date) -> Iterator[date]:
    for number in range(1, NEAR + 1):
        yield day - number * DAY
        yield day + number * DAY


def has_week(week: RunningWeek) -> bool:
    """Return whether the runner has told anything of their week."""
    return any(day != NOTHING for day in week.values())
