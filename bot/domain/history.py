"""What a runner has done: week by week from the first session on, and exercise by exercise.

A week's plan is n of m. A day counts among the m only if the runner had a reason to train on it:
rest days, days away, days answered with "Not today" and days whose reminder never came do not. So
no week is ever broken; what was trained beyond the plan is "more".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.reminder import Answer, State
from bot.domain.schedule import Weekday, week_of, weekday_of
from bot.domain.session import Outcome, Session, Step

WEEKS_SHOWN = 12
EXERCISES_SHOWN = 6

ARRIVED = frozenset({State.SENDING, State.SENT, State.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Sets:
    """An exercise's sets in one session; a set on both sides is one. `level` is one of LEVELS, or
    empty if it is not known."""

    exercise: str
    name: str
    count: int
    level: str


@dataclass(frozen=True, slots=True)
class Training:
    """A session in which something was done, on its local date."""

    day: date
    seconds: int
    steps: int
    sets: tuple[Sets, ...]


@dataclass(frozen=True, slots=True)
class Reminded:
    """What became of a local date's reminder, and what the runner said to it."""

    state: State
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is known of the days that were planned.

    `since` are the training days of today's schedule with the local date of their choice; of
    earlier schedules only the reminders tell, and of earlier times away that they have none.
    """

    since: Mapping[Weekday, date]
    reminders: Mapping[date, Reminded]
    is_away: Callable[[date], bool]

    def holds(self, day: date, today: date, *, trained: bool) -> bool:
        reminded = self.reminders.get(day)
        if self.is_away(day) or (reminded and reminded.answer is Answer.NOT_TODAY):
            return False
        chosen = self.since.get(weekday_of(day))
        on_schedule = chosen is not None and chosen <= day
        if trained:
            return on_schedule or reminded is not None
        if day >= today:
            return on_schedule
        return reminded is not None and (reminded.state in ARRIVED or reminded.answer is not None)


@dataclass(frozen=True, slots=True)
class Week:
    """`days` are the local dates trained, `planned` the m of the plan."""

    monday: date
    days: int
    sessions: int
    seconds: int
    planned: int

    @property
    def kept(self) -> int:
        """The n of the plan."""
        return min(self.days, self.planned)

    @property
    def more(self) -> int:
        """Days trained beyond the plan."""
        return self.days - self.kept

    @property
    def minutes(self) -> int:
        """Rounded, but never to nothing where something was done."""
        return max(round(self.seconds / 60), min(self.sessions, 1))


@dataclass(frozen=True, slots=True)
class WeekSets:
    """An exercise's sets in one week, and the band level of the last of them."""

    count: int = 0
    level: str = ""


@dataclass(frozen=True, slots=True)
class Exercise:
    """An exercise over the weeks shown; `level` is the last that is known."""

    id: str
    name: str
    weeks: tuple[WeekSets, ...]

    @property
    def count(self) -> int:
        return sum(week.count for week in self.weeks)

    @property
    def level(self) -> str:
        return next((week.level for week in reversed(self.weeks) if week.level), "")


@dataclass(frozen=True, slots=True)
class Progress:
    """`zone` is where days begin and end; `first` is the date of the first session, or today.
    `weeks` go from the first session's to the present one,
    oldest first, the empty ones among them; `last` are the last sessions, newest first.
    """

    zone: str
    today: date
    first: date
    away_until: date | None
    weeks: tuple[Week, ...]
    exercises: tuple[Exercise, ...]
    last: tuple[Session, ...]

    @property
    def sessions(self) -> int:
        return sum(week.sessions for week in self.weeks)

    @property
    def minutes(self) -> int:
        seconds = sum(week.seconds for week in self.weeks)
        return max(round(seconds / 60), min(self.sessions, 1))

    @property
    def weeks_trained(self) -> int:
        return sum(week.sessions > 0 for week in self.weeks)

    @property
    def shown(self) -> tuple[Week, ...]:
        """The latest weeks, as many as a picture has room for."""
        return self.weeks[-WEEKS_SHOWN:]


def training(session: Session, zone: str) -> Training:
    """The session summed up; ValueError for one in which nothing was done."""
    if session.trained_at is None:
        raise ValueError(session.id)
    return Training(
        day=session.trained_at.astimezone(ZoneInfo(zone)).date(),
        seconds=session.active_seconds,
        steps=session.count(Outcome.DONE),
        sets=_sets(session),
    )


def _sets(session: Session) -> tuple[Sets, ...]:
    """In the order of the session. Of a set with two sides, the side done more often counts."""
    done: defaultdict[str, list[Step]] = defaultdict(list)
    for entry in session.log:
        step = session.steps[entry.step]
        if entry.outcome is Outcome.DONE and step.exercise is not None:
            done[step.exercise].append(step)
    return tuple(
        Sets(
            exercise,
            steps[-1].name,
            max(Counter(step.side for step in steps).values()),
            steps[-1].level,
        )
        for exercise, steps in done.items()
    )


def weeks(trainings: Sequence[Training], plan: Plan, today: date) -> tuple[Week, ...]:
    """From the week of the first training to the present one; days before it are not planned."""
    if not trainings:
        return ()
    first = min(one.day for one in trainings)
    of_week: defaultdict[date, list[Training]] = defaultdict(list)
    for one in trainings:
        of_week[week_of(one.day)[0]].append(one)
    monday, last = week_of(first)[0], week_of(max(today, *of_week))[0]
    found = []
    while monday <= last:
        found.append(_week(monday, of_week[monday], plan, today, first))
        monday += timedelta(days=7)
    return tuple(found)


def _week(
    monday: date, trainings: Sequence[Training], plan: Plan, today: date, first: date
) -> Week:
    trained = {one.day for one in trainings}
    dates = (monday + timedelta(days=number) for number in range(7))
    return Week(
        monday=monday,
        days=len(trained),
        sessions=len(trainings),
        seconds=sum(one.seconds for one in trainings),
        planned=sum(
            day >= first and plan.holds(day, today, trained=day in trained) for day in dates
        ),
    )


def exercises(trainings: Sequence[Training], shown: Sequence[Week]) -> tuple[Exercise, ...]:
    """The most trained of the weeks shown, most sets first; among equals the latest first."""
    index = {week.monday: number for number, week in enumerate(shown)}
    names: dict[str, str] = {}
    cells: dict[str, list[WeekSets]] = {}
    for one in sorted(trainings, key=lambda one: one.day):
        week = index.get(week_of(one.day)[0])
        if week is None:
            continue
        for sets in one.sets:
            names[sets.exercise] = sets.name
            row = cells.pop(sets.exercise, None) or [WeekSets()] * len(shown)
            before = row[week]
            row[week] = WeekSets(before.count + sets.count, sets.level or before.level)
            cells[sets.exercise] = row
    found = [Exercise(id_, names[id_], tuple(row)) for id_, row in reversed(cells.items())]
    found.sort(key=lambda exercise: exercise.count, reverse=True)
    return tuple(found[:EXERCISES_SHOWN])
