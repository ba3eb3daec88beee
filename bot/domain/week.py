"""The running week, and the placement of strength sessions in it.

Source: docs/training-rules.md, The running week. A session for the legs is any session that loads
them; one for the trunk has neither leg work nor calf raises.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import combinations

from bot.domain.frozen import frozen
from bot.domain.prescription import SeasonPhase
from bot.domain.race import SHORT, Race, Rank
from bot.domain.run_plan import EntryKind, Planned
from bot.domain.schedule import WEEK, Weekday, weekday_of

DAY = timedelta(days=1)
RUN_MINUTES = 60  # taken as the length of a run
USUALLY = 2  # strength sessions a week
FEW_RUNS = 4
LONG_TRAINED = 12  # weeks
LONG_AFTER, SOON_AFTER = 6 * 60, 3 * 60  # minutes after a hard run


class RunKind(StrEnum):
    """The kind of run on a day; NONE: nothing is planned or known."""

    EASY = "easy"
    HARD = "hard"
    LONG = "long"
    REST = "rest"
    NONE = "none"
    RACE = "race"


USUAL_KINDS = (RunKind.EASY, RunKind.HARD, RunKind.LONG, RunKind.REST, RunKind.NONE)
RUNS = frozenset({RunKind.EASY, RunKind.HARD, RunKind.LONG, RunKind.RACE})
DEMANDING = frozenset({RunKind.HARD, RunKind.LONG, RunKind.RACE})


@frozen
class RunDay:
    """What a weekday usually has; `at` is the local time of the run, if it is known."""

    kind: RunKind = RunKind.NONE
    at: time | None = None


NOTHING = RunDay()
RunningWeek = Mapping[Weekday, RunDay]


class Rule(StrEnum):
    """Why a day has no leg work."""

    RACE = "race"
    RACE_NEXT = "race-next"
    LONG_NEXT = "long-next"
    LONG = "long"
    LONG_BEFORE = "long-before"
    HARD_NEXT = "hard-next"
    SORE = "sore"
    RUN_FIRST = "run-first"
    STRENGTH = "strength"  # other strength work for the legs within 48 hours
    UNCLEAR = "unclear"  # a run of which the kind is not known


NEVER_BROKEN = frozenset(
    {Rule.RACE, Rule.RACE_NEXT, Rule.LONG_NEXT, Rule.LONG, Rule.STRENGTH, Rule.UNCLEAR}
)


class Kind(StrEnum):
    """A kind of strength session; HALF: for the legs, with one set and nothing new."""

    LEGS = "legs"
    HALF = "half"
    TRUNK = "trunk"


class Why(StrEnum):
    """Why a day is good, or the least bad."""

    HARD = "hard"
    EASY = "easy"
    FREE = "free"
    REST = "rest"
    HALF_AFTER_HARD = "half-after-hard"
    HALF_AFTER_LONG = "half-after-long"
    TRUNK = "trunk"


@frozen
class Placed:
    """A proposed strength day, with its reason."""

    weekday: Weekday
    kind: Kind
    why: Why


@frozen
class Avoided:
    """A day without leg work, and the first rule that forbids it."""

    weekday: Weekday
    rule: Rule


@frozen
class Proposal:
    """Strength days in the order of the week, and the days that a rule excludes."""

    days: tuple[Placed, ...]
    avoided: tuple[Avoided, ...]

    @property
    def weekdays(self) -> tuple[Weekday, ...]:
        return tuple(placed.weekday for placed in self.days)

    @property
    def is_least_bad(self) -> bool:
        """Whether fewer days than usual are good for the legs."""
        return any(placed.kind is not Kind.LEGS for placed in self.days) or not self.days


@frozen
class Around:
    """The kinds of the day before, of the day itself, and of the two days after."""

    before: RunKind
    day: RunKind
    after: RunKind
    second: RunKind


def broken_rules(around: Around, *, sore: bool) -> tuple[Rule, ...]:
    """Return the rules that leg work on this day would break, the strictest first.

    `sore`: the session is likely to make the legs sore on the second day.
    """
    checks = (
        (Rule.RACE, around.day is RunKind.RACE),
        (Rule.RACE_NEXT, around.after is RunKind.RACE),
        (Rule.LONG_NEXT, around.after is RunKind.LONG),
        (Rule.LONG, around.day is RunKind.LONG),
        (Rule.LONG_BEFORE, around.before in (RunKind.LONG, RunKind.RACE)),
        (Rule.HARD_NEXT, around.after is RunKind.HARD),
        (Rule.SORE, sore and around.second in DEMANDING),
    )
    return tuple(rule for rule, is_broken in checks if is_broken)


def run_on(week: RunningWeek, day: date, plan: Planned) -> RunDay:
    """Return the run on a date: the one in the plan, or else the usual one of the weekday.

    A run whose kind is unclear counts as hard.
    """
    entry = plan.runs.get(day)
    if entry is None:
        return week.get(weekday_of(day), NOTHING)
    is_unsure = entry.kind is EntryKind.ASK
    return RunDay(RunKind.HARD if is_unsure else RunKind(entry.kind), entry.at)


def kind_on(week: RunningWeek, races: Iterable[Race], day: date, plan: Planned) -> RunKind:
    """Return the kind of run on a date; a training race counts as a hard or a long run."""
    for race in races:
        if race.day == day and race.started is not False:
            if race.rank is not Rank.TRAINING:
                return RunKind.RACE
            return RunKind.HARD if race.distance in SHORT else RunKind.LONG
    return run_on(week, day, plan).kind


def around_date(week: RunningWeek, races: Sequence[Race], day: date, plan: Planned) -> Around:
    return Around(*(kind_on(week, races, day + number * DAY, plan) for number in (-1, 0, 1, 2)))


def coming_week(week: RunningWeek, plan: Planned, today: date) -> RunningWeek:
    """Return the runs of the seven days from today on, by weekday."""
    days = (today + number * DAY for number in range(7))
    return {weekday_of(day): run_on(week, day, plan) for day in days}


def around_weekday(week: RunningWeek, index: int) -> Around:
    """Return the kinds around a weekday of a week that repeats."""
    return Around(*(week.get(WEEK[(index + number) % 7], NOTHING).kind for number in (-1, 0, 1, 2)))


def sessions_wanted(week: RunningWeek, weeks_trained: int, phase: SeasonPhase) -> int:
    """Return the strength days to propose: 2, or 3 in base, with few runs, after long training."""
    runs = sum(day.kind in RUNS for day in week.values())
    has_room = phase is SeasonPhase.BASE and 0 < runs <= FEW_RUNS
    return 3 if has_room and weeks_trained >= LONG_TRAINED else USUALLY


def propose(
    week: RunningWeek,
    wanted: int = USUALLY,
    *,
    sore: bool = False,
    slot: time | None = None,
    usual: Collection[Weekday] = (),
    elsewhere: Collection[Weekday] = (),
    unclear: Collection[Weekday] = (),
) -> Proposal:
    """Return the best strength days; where too few are good, the least bad ones.

    `slot` is the time of strength sessions; None: late enough after each run. `usual` are the
    present strength days, `elsewhere` those with other strength work for the legs. `unclear` are
    those whose run may not be as hard as the week has it.
    """
    by_day = _all_rules(week, sore=sore, slot=slot, elsewhere=elsewhere, unclear=unclear)
    rules = list(by_day.values())
    free = [index for index in range(7) if not rules[index]]
    scores = {index: _score(week, index, slot, usual) for index in free}
    legs = _best(scores, wanted)
    placed = {index: Placed(WEEK[index], Kind.LEGS, _why(week, index)) for index in legs}
    if not placed and wanted:
        placed = _half(week, rules)
    if len(placed) < min(wanted, USUALLY):
        for index in _trunk(week, placed, min(wanted, USUALLY) - len(placed)):
            placed[index] = Placed(WEEK[index], Kind.TRUNK, Why.TRUNK)
    avoided = tuple(
        Avoided(WEEK[index], rules[index][0])
        for index in range(7)
        if rules[index] and index not in placed
    )
    return Proposal(tuple(placed[index] for index in sorted(placed)), avoided)


def in_the_way(
    week: RunningWeek,
    present: Collection[Weekday],
    *,
    sore: bool = False,
    slot: time | None = None,
    elsewhere: Collection[Weekday] = (),
    proposed: Collection[Weekday] = (),
) -> tuple[Avoided, ...]:
    """Return the present strength days that break a rule, each with the first such rule.

    A day that is `proposed` for easier work is not among them.
    """
    rules = _all_rules(week, sore=sore, slot=slot, elsewhere=elsewhere, unclear=())
    broken = [day for day in WEEK if day in present and rules[day] and day not in proposed]
    return tuple(Avoided(day, rules[day][0]) for day in broken)


def moved(
    week: RunningWeek,
    present: Collection[Weekday],
    *,
    sore: bool = False,
    slot: time | None = None,
    elsewhere: Collection[Weekday] = (),
    unclear: Collection[Weekday] = (),
    proposed: Collection[Weekday] = (),
) -> tuple[Weekday, ...]:
    """Return the present strength days with those in the way moved to the best free days.

    A day stays if there is no free day for it, or if its run is `unclear`.
    """
    rules = _all_rules(week, sore=sore, slot=slot, elsewhere=elsewhere, unclear=unclear)
    broken = [
        each.weekday
        for each in in_the_way(
            *(week, present), sore=sore, slot=slot, elsewhere=elsewhere, proposed=proposed
        )
    ]
    kept = [WEEK.index(day) for day in present if day not in broken]
    free = {
        index: _score(week, index, slot, ()) for index, day in enumerate(WEEK) if not rules[day]
    }
    for number, day in enumerate(broken):
        others = [*kept, *map(WEEK.index, broken[number + 1 :])]
        fitting = [
            index
            for index in free
            if index not in others and all(_distance((index, other)) >= 2 for other in others)
        ]
        best = max(fitting, key=lambda index: (free[index], -index), default=WEEK.index(day))
        kept.append(best)
    return tuple(WEEK[index] for index in sorted(set(kept)))


def _all_rules(
    week: RunningWeek,
    *,
    sore: bool,
    slot: time | None,
    elsewhere: Collection[Weekday],
    unclear: Collection[Weekday],
) -> dict[Weekday, tuple[Rule, ...]]:
    """Return the rules that leg work on each weekday would break, in the order of the week."""
    return {
        day: (
            *_rules(week, index, sore=sore, slot=slot, elsewhere=elsewhere),
            *((Rule.UNCLEAR,) if day in unclear else ()),
        )
        for index, day in enumerate(WEEK)
    }


def _rules(
    week: RunningWeek, index: int, *, sore: bool, slot: time | None, elsewhere: Collection[Weekday]
) -> tuple[Rule, ...]:
    rules = broken_rules(around_weekday(week, index), sore=sore)
    if any(WEEK[(index + number) % 7] in elsewhere for number in (-1, 0, 1)):
        rules = (*rules, Rule.STRENGTH)
    after = _minutes_after(week.get(WEEK[index], NOTHING), slot)
    is_hard = week.get(WEEK[index], NOTHING).kind is RunKind.HARD
    return (*rules, Rule.RUN_FIRST) if is_hard and after < SOON_AFTER else rules


def _minutes_after(day: RunDay, slot: time | None) -> int:
    """Return the minutes from the end of the run to the strength session; negative: before it."""
    if slot is None or day.at is None:
        return LONG_AFTER
    start = day.at.hour * 60 + day.at.minute
    return slot.hour * 60 + slot.minute - start - RUN_MINUTES


def _score(week: RunningWeek, index: int, slot: time | None, usual: Collection[Weekday]) -> int:
    around = around_weekday(week, index)
    if around.day is RunKind.HARD:
        after = _minutes_after(week[WEEK[index]], slot)
        points = 4 if after >= LONG_AFTER else 2
    else:
        points = {RunKind.EASY: 3, RunKind.NONE: 2}.get(around.day, 0)
    points -= around.second in DEMANDING
    points -= around.before is RunKind.HARD
    return points + (WEEK[index] in usual)


def _best(scores: Mapping[int, int], wanted: int) -> tuple[int, ...]:
    """Return the days at least 48 hours apart with the highest sum, as many as wanted if any fit.

    Of equals, those with the larger smallest distance come first, then the earlier ones.
    """
    for count in range(wanted, 0, -1):
        fitting = [days for days in combinations(sorted(scores), count) if _distance(days) >= 2]
        if fitting:
            return min(
                fitting,
                key=lambda days: (-sum(scores[day] for day in days), -_distance(days), days),
            )
    return ()


def _distance(days: Sequence[int]) -> int:
    """Return the smallest number of days between two of them, across the end of the week, too."""
    if len(days) < 2:
        return 7
    return min((second - first) % 7 for first in days for second in days if first != second)


def _half(week: RunningWeek, rules: Sequence[tuple[Rule, ...]]) -> dict[int, Placed]:
    """Return one small session for the legs after a hard run, or on the day after a long one."""
    possible = [index for index in range(7) if not NEVER_BROKEN & set(rules[index])]
    hard = [index for index in possible if week.get(WEEK[index], NOTHING).kind is RunKind.HARD]
    if hard:
        index = min(hard, key=lambda index: (len(rules[index]), index))
        return {index: Placed(WEEK[index], Kind.HALF, Why.HALF_AFTER_HARD)}
    for index in possible:
        if rules[index] == (Rule.LONG_BEFORE,):
            return {index: Placed(WEEK[index], Kind.HALF, Why.HALF_AFTER_LONG)}
    return {}


def _trunk(week: RunningWeek, placed: Collection[int], count: int) -> list[int]:
    """Return days for the trunk: quiet ones first, then those farthest from the others."""
    chosen = list(placed)
    added = []
    for _ in range(count):
        index = max(
            (index for index in range(7) if index not in chosen),
            key=lambda index: (
                _quiet(week, index),
                _distance((index, *chosen)) if chosen else 0,
                -index,
            ),
        )
        chosen.append(index)
        added.append(index)
    return added


def _quiet(week: RunningWeek, index: int) -> bool:
    return week.get(WEEK[index], NOTHING).kind not in DEMANDING


def _why(week: RunningWeek, index: int) -> Why:
    return {RunKind.HARD: Why.HARD, RunKind.EASY: Why.EASY, RunKind.REST: Why.REST}.get(
        week.get(WEEK[index], NOTHING).kind, Why.FREE
    )
