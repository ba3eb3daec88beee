"""A runner's training history, by week and by exercise.

A week's plan is met on n of m days. Rest days, days away, days answered with "Not today" and days
whose reminder never came are not among the m. Further days of training are counted as "more".
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.frozen import frozen
from bot.domain.reminder import ARRIVED, ReminderAnswer, State
from bot.domain.schedule import Weekday, week_of, weekday_of
from bot.domain.session import Outcome, Session, Step

WEEKS_SHOWN = 12
EXERCISES_SHOWN = 5


@frozen
class Sets:
    """The sets of an exercise in one session; a set on both sides counts once.

    `level` is one of LEVELS, or empty if it is not known.
    """

    exercise: str
    name: str
    count: int
    level: str


@frozen
class Training:
    """A session in which at least one step was done, with its local date."""

    day: date
    seconds: int
    steps: int
    sets: tuple[Sets, ...]


@frozen
class ReminderOutcome:
    """The state of a local date's reminder, and the runner's answer to it."""

    state: State
    answer: ReminderAnswer | None


@frozen
class TrainingPlan:
    """The planned days that are known.

    `since` maps the training days of the present schedule to the local dates on which they were
    chosen. Earlier schedules are known only from their reminders, which were not sent on days away.
    """

    since: Mapping[Weekday, date]
    reminders: Mapping[date, ReminderOutcome]
    is_away: Callable[[date], bool]

    def holds(self, day: date, today: date, *, trained: bool) -> bool:
        """Return whether the day is a planned one; `trained`: whether the runner trained on it."""
        reminded = self.reminders.get(day)
        if self.is_away(day) or (reminded and reminded.answer is ReminderAnswer.NOT_TODAY):
            return False
        chosen = self.since.get(weekday_of(day))
        on_schedule = chosen is not None and chosen <= day
        if trained:
            return on_schedule or reminded is not None
        if day >= today:
            return on_schedule
        return reminded is not None and (reminded.state in ARRIVED or reminded.answer is not None)


@frozen
class Week:
    """The training of one week: `days` trained, and days `planned`, the m of the plan."""

    monday: date
    days: int
    sessions: int
    seconds: int
    planned: int

    @property
    def kept(self) -> int:
        """The n of the plan: days trained, but no more than planned."""
        return min(self.days, self.planned)

    @property
    def more(self) -> int:
        """Days trained beyond the plan."""
        return self.days - self.kept

    @property
    def minutes(self) -> int:
        """The minutes trained, rounded; at least 1 if there was a session."""
        return max(round(self.seconds / 60), min(self.sessions, 1))


@frozen
class WeekSets:
    """The number of sets of an exercise in one week, and the last known band level."""

    count: int = 0
    level: str = ""


@frozen
class ExerciseHistory:
    """An exercise over the weeks shown."""

    id: str
    name: str
    weeks: tuple[WeekSets, ...]

    @property
    def count(self) -> int:
        return sum(week.count for week in self.weeks)

    @property
    def level(self) -> str:
        """The last known band level, or the empty string."""
        return next((week.level for week in reversed(self.weeks) if week.level), "")

    @property
    def first_level(self) -> str:
        """The first known band level, or the empty string."""
        return next((week.level for week in self.weeks if week.level), "")


@frozen
class Progress:
    """Everything that a runner has done, by local date in `zone`.

    `first` is the date of the first session, or today. `weeks` are those since the first session,
    oldest first, including empty ones. `last` are the latest sessions, newest first.
    """

    zone: str
    today: date
    first: date
    away_until: date | None
    weeks: tuple[Week, ...]
    exercises: tuple[ExerciseHistory, ...]
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
        """The latest weeks, as many as the chart has room for."""
        return self.weeks[-WEEKS_SHOWN:]


def training(session: Session, zone: str) -> Training:
    """Sum up a session; its date is the one on which it began.

    Raise ValueError if nothing was done in it.
    """
    if session.trained_at is None:
        raise ValueError(session.id)
    begun = session.started_at or session.trained_at
    return Training(
        day=begun.astimezone(ZoneInfo(zone)).date(),
        seconds=session.active_seconds,
        steps=session.count(Outcome.DONE),
        sets=_sets(session),
    )


def _sets(session: Session) -> tuple[Sets, ...]:
    """Count the sets by exercise, in the order of the session.

    If the sides differ, the side with more sets counts.
    """
    done: defaultdict[str, list[Step]] = defaultdict(list)
    for entry in session.log:
        step = session.steps[entry.step]
        if entry.outcome is Outcome.DONE and step.exercise is not None and step.is_work:
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


def weeks(trainings: Sequence[Training], plan: TrainingPlan, today: date) -> tuple[Week, ...]:
    """Return the weeks from the first training to today; no day before the first is planned."""
    if not trainings:
        return ()
    first = min(training.day for training in trainings)
    by_monday: defaultdict[date, list[Training]] = defaultdict(list)
    for training in trainings:
        by_monday[week_of(training.day)[0]].append(training)
    monday, last = week_of(first)[0], week_of(max(today, *by_monday))[0]
    result = []
    while monday <= last:
        result.append(_week(monday, by_monday[monday], plan, today, first))
        monday += timedelta(days=7)
    return tuple(result)


def _week(
    monday: date, trainings: Sequence[Training], plan: TrainingPlan, today: date, first: date
) -> Week:
    trained = {training.day for training in trainings}
    dates = (monday + timedelta(days=number) for number in range(7))
    return Week(
        monday=monday,
        days=len(trained),
        sessions=len(trainings),
        seconds=sum(training.seconds for training in trainings),
        planned=sum(
            day >= first and plan.holds(day, today, trained=day in trained) for day in dates
        ),
    )


def exercises(trainings: Sequence[Training], shown: Sequence[Week]) -> tuple[ExerciseHistory, ...]:
    """Return the exercises with the most sets in the weeks shown; of equals, the latest first."""
    index = {week.monday: number for number, week in enumerate(shown)}
    names: dict[str, str] = {}
    cells: dict[str, list[WeekSets]] = {}
    for training in sorted(trainings, key=lambda training: training.day):
        week = index.get(week_of(training.day)[0])
        if week is None:
            continue
        for sets in training.sets:
            names[sets.exercise] = sets.name
            row = cells.pop(sets.exercise, None) or [WeekSets()] * len(shown)
            before = row[week]
            row[week] = WeekSets(before.count + sets.count, sets.level or before.level)
            cells[sets.exercise] = row
    latest = [ExerciseHistory(id_, names[id_], tuple(row)) for id_, row in reversed(cells.items())]
    most = sorted(latest, key=lambda exercise: exercise.count, reverse=True)
    return tuple(most[:EXERCISES_SHOWN])
