"""Races, and the parts of a season that follow from their dates (docs/training-rules.md, The race).

All rules count local dates. `days` are those to a race: 0 on its date, negative after it.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum
from types import MappingProxyType

from bot.domain.frozen import frozen
from bot.domain.load import SESSIONS_A_WEEK
from bot.domain.prescription import SeasonPhase


class Distance(StrEnum):
    """The distance of a race; other distances count as the next longer one."""

    FIVE = "k5"
    TEN = "k10"
    HALF = "half"
    MARATHON = "marathon"
    ULTRA = "ultra"
    LONG_ULTRA = "long-ultra"


KILOMETRES: Mapping[Distance, float] = MappingProxyType(
    {
        Distance.FIVE: 5,
        Distance.TEN: 10,
        Distance.HALF: 21.1,
        Distance.MARATHON: 42.2,
        Distance.ULTRA: 80,
    }
)
BY_LENGTH = tuple(Distance)
ALWAYS_MAIN = frozenset({Distance.MARATHON, Distance.ULTRA, Distance.LONG_ULTRA})
SHORT = frozenset({Distance.FIVE, Distance.TEN})
RACE_WEEK = 7  # days
ONE_WEEKEND = 1  # day between races of which the longer rules
LAST_WEEK_OF_PEAK = 7  # days
REMEMBERED = timedelta(days=60)  # after a race


class Rank(StrEnum):
    """How much a race counts: the season follows the main one; TRAINING is run as a hard run."""

    MAIN = "main"
    MINOR = "minor"
    TRAINING = "training"


@frozen
class Race:
    """A race on a local date.

    `reached`: the distance that a runner who did not finish has run. `started`: False if the runner
    did not start; None: no answer yet, so the race is assumed to have been run.
    """

    id: int
    distance: Distance
    day: date
    rank: Rank = Rank.MAIN
    reached: Distance | None = None
    started: bool | None = None

    def days(self, today: date) -> int:
        return (self.day - today).days

    def is_coming(self, today: date) -> bool:
        """Return whether it is today or later, and not known to be missed."""
        return self.days(today) >= 0 and self.started is not False


class Allowed(IntEnum):
    """The most that a date allows; HALF: legs, with one set and nothing new."""

    NOTHING = 0
    LIGHT = 1
    HALF = 2
    LEGS = 3


@frozen
class RaceQuestion:
    """The question how a race went, which is sent once; `due_at` is in UTC."""

    id: int
    runner: int
    race: Race
    due_at: datetime
    tries: int = 0


@frozen
class Phases:
    """The most days to the race in each phase; more are base, fewer than `taper` race week."""

    build: int
    peak: int
    taper: int


@frozen
class LastDays:
    """The fewest days to the race with a session for the legs, and with a light one."""

    legs: int
    light: int


@frozen
class Return:
    """The last day after the race without strength work, with light work, and with half sets."""

    nothing: int
    light: int
    half: int


_SHORT_PHASES = Phases(build=70, peak=28, taper=RACE_WEEK)
_ULTRA_PHASES = Phases(build=98, peak=49, taper=21)
PHASES: Mapping[Distance, Phases] = MappingProxyType(
    {
        Distance.FIVE: _SHORT_PHASES,
        Distance.TEN: _SHORT_PHASES,
        Distance.HALF: Phases(build=77, peak=35, taper=14),
        Distance.MARATHON: Phases(build=84, peak=42, taper=21),
        Distance.ULTRA: _ULTRA_PHASES,
        Distance.LONG_ULTRA: _ULTRA_PHASES,
    }
)
LAST_DAYS: Mapping[Distance, LastDays] = MappingProxyType(
    {
        Distance.FIVE: LastDays(legs=4, light=3),
        Distance.TEN: LastDays(legs=5, light=3),
        Distance.HALF: LastDays(legs=7, light=4),
        Distance.MARATHON: LastDays(legs=10, light=5),
        Distance.ULTRA: LastDays(legs=14, light=6),
        Distance.LONG_ULTRA: LastDays(legs=14, light=6),
    }
)
LAST_DAYS_MINOR: Mapping[Distance, LastDays] = MappingProxyType(
    {
        Distance.FIVE: LastDays(legs=3, light=2),
        Distance.TEN: LastDays(legs=3, light=2),
        Distance.HALF: LastDays(legs=5, light=2),
    }
)
RETURN: Mapping[Distance, Return] = MappingProxyType(
    {
        Distance.FIVE: Return(nothing=1, light=2, half=4),
        Distance.TEN: Return(nothing=2, light=4, half=6),
        Distance.HALF: Return(nothing=4, light=7, half=10),
        Distance.MARATHON: Return(nothing=7, light=14, half=21),
        Distance.ULTRA: Return(nothing=10, light=17, half=28),
        Distance.LONG_ULTRA: Return(nothing=14, light=21, half=35),
    }
)


@frozen
class Season:
    """What the races make of a date: its phase, what it allows, and the race that decides.

    `race` is None if there is none. `days` is the number of days to it, negative after it.
    `sessions` is the most in this week.
    """

    phase: SeasonPhase = SeasonPhase.BASE
    allowed: Allowed = Allowed.LEGS
    race: Race | None = None
    days: int = 0
    sessions: int = SESSIONS_A_WEEK[SeasonPhase.BASE]


def distance_of(kilometres: float) -> Distance:
    """Return the distance as which a race of this many kilometres counts: the next longer one."""
    for distance, length in KILOMETRES.items():
        if kilometres <= length:
            return distance
    return Distance.LONG_ULTRA


def is_recent(distance: Distance, day: date, today: date) -> bool:
    """Return whether a race is to come, or so recent that the legs have not recovered."""
    return (today - day).days <= RETURN[distance].half


def main_race(races: Iterable[Race], today: date) -> Race | None:
    """Return the coming race that the phases follow: the main one, otherwise the nearest.

    Of two on one weekend, it is the longer.
    """
    coming = [race for race in races if race.is_coming(today) and race.rank is not Rank.TRAINING]
    first = min(coming, key=lambda race: (race.rank is not Rank.MAIN, race.day), default=None)
    if first is None:
        return None
    near = [race for race in coming if abs((race.day - first.day).days) <= ONE_WEEKEND]
    return max(near, key=lambda race: (BY_LENGTH.index(race.distance), race == first))


def phase_before(distance: Distance, days: int) -> SeasonPhase:
    """Return the phase at this number of days before a main race; a late entry compresses none."""
    phases = PHASES[distance]
    if days <= RACE_WEEK:
        return SeasonPhase.RACE_WEEK
    if days <= phases.taper:
        return SeasonPhase.TAPER
    if days <= phases.peak:
        return SeasonPhase.PEAK
    return SeasonPhase.BUILD if days <= phases.build else SeasonPhase.BASE


def season(races: Sequence[Race], today: date) -> Season:
    """Return what the races make of this date.

    Of several restrictions the strictest applies; a training race restricts only its own date.
    """
    main = main_race(races, today)
    counting = [
        race
        for race in races
        if race.started is not False and (race.rank is not Rank.TRAINING or race.day == today)
    ]
    limits = [
        (_allowed(race, today, is_main=race == main), abs(race.days(today)), race)
        for race in counting
    ]
    strictest = min(limits, key=lambda limit: limit[:2], default=None)
    returning = [race for race in counting if _returns(race, today)]
    before = phase_before(main.distance, main.days(today)) if main else SeasonPhase.BASE
    phase = _with_return(before) if returning else before
    allowed = strictest[0] if strictest else Allowed.LEGS
    if strictest is not None and allowed < Allowed.LEGS:
        race: Race | None = strictest[2]
    else:
        race = max(returning, key=lambda each: each.day) if returning else main
    days = race.days(today) if race else 0
    return Season(phase, allowed, race, days, _sessions(phase, main, today, allowed))


def _with_return(before: SeasonPhase) -> SeasonPhase:
    """Return the phase during a return from a race; `before` is that before the next race."""
    near = before in (SeasonPhase.TAPER, SeasonPhase.RACE_WEEK)
    return SeasonPhase.RACE_WEEK if near else SeasonPhase.RECOVERY


def _sessions(phase: SeasonPhase, main: Race | None, today: date, allowed: Allowed) -> int:
    if phase is SeasonPhase.PEAK and main is not None:
        last = max(PHASES[main.distance].taper, RACE_WEEK) + LAST_WEEK_OF_PEAK
        return 1 if main.days(today) <= last else SESSIONS_A_WEEK[phase]
    if phase is SeasonPhase.RECOVERY and allowed < Allowed.HALF:
        return 1
    return SESSIONS_A_WEEK[phase]


def _returns(race: Race, today: date) -> bool:
    ran = _ran(race)
    return ran is not None and 0 < -race.days(today) <= RETURN[ran].half


def _ran(race: Race) -> Distance | None:
    """Return the distance that was run, as far as is known; None: the runner did not start."""
    return None if race.started is False else race.reached or race.distance


def _allowed(race: Race, today: date, *, is_main: bool) -> Allowed:
    """Return the most that the race allows on this date; `is_main`: the phases follow it."""
    days = race.days(today)
    if days < 0:
        ran = _ran(race)
        return Allowed.LEGS if ran is None else _allowed_after(ran, -days)
    last = LAST_DAYS[race.distance]
    counts = is_main or race.rank is Rank.MAIN
    if not counts and race.distance not in ALWAYS_MAIN:
        last = LAST_DAYS_MINOR[race.distance]
    if days >= last.legs:
        return Allowed.LEGS
    return Allowed.LIGHT if days >= last.light else Allowed.NOTHING


def _allowed_after(ran: Distance, days: int) -> Allowed:
    if days <= RETURN[ran].nothing:
        return Allowed.NOTHING
    if days <= RETURN[ran].light:
        return Allowed.LIGHT
    return Allowed.HALF if days <= RETURN[ran].half else Allowed.LEGS
