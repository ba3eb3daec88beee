"""The running week: saved, and the strength days that fit it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, time

from bot.content import Catalogue
from bot.db import run_plan, runners
from bot.db import week as rows
from bot.db.engine import Connection, Database, query, transaction
from bot.domain.question import AskedDays
from bot.domain.run_plan import EntryKind
from bot.domain.runner import Runner
from bot.domain.schedule import Schedule, TrainingDay, Weekday, in_order, weekday_of
from bot.domain.schedule_words import Incomplete
from bot.domain.standing import has_week
from bot.domain.week import (
    DAY,
    NOTHING,
    RunDay,
    RunKind,
    RunningWeek,
    coming_week,
    in_the_way,
    moved,
    propose,
    sessions_wanted,
)
from bot.domain.week_plan import WeekPlan
from bot.runtime.scheduler import Calendar
from bot.services import runner_states, schedule
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState
from bot.services.schedule import PlaceFirst, RunnerSchedule


@query
async def get(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> WeekPlan:
    """Return the runner's week with what fits it."""
    return _plan(await runner_states.get(connection, catalogue, runner, now))


@transaction
async def save(
    connection: Connection, catalogue: Catalogue, runner: int, week: RunningWeek, now: datetime
) -> WeekPlan:
    """Replace the runner's week; a week without days is forgotten, and so is a plan in use."""
    await runners.ensure(connection, runner, now)
    await rows.save(connection, runner, week)
    if not week:
        await run_plan.remove_all(connection, runner)
    return _plan(await runner_states.get(connection, catalogue, runner, now))


@transaction
async def set_day(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    weekday: Weekday,
    kind: RunKind,
    now: datetime,
) -> WeekPlan:
    """Change the kind of run of a weekday; its time stays."""
    await runners.ensure(connection, runner, now)
    week = dict((await rows.get_many(connection, [runner]))[runner])
    week[weekday] = RunDay(kind, week.get(weekday, NOTHING).at)
    await rows.save(connection, runner, week)
    return _plan(await runner_states.get(connection, catalogue, runner, now))


@transaction
async def add(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    days: RunningWeek,
    now: datetime,
    left: Collection[Weekday] = (),
) -> WeekPlan:
    """Change these days of the runner's week; a new long run replaces any other.

    Those that are `left` have nothing any more.
    """
    await runners.ensure(connection, runner, now)
    week = dict((await rows.get_many(connection, [runner]))[runner])
    if any(day.kind is RunKind.LONG for day in days.values()):
        week = {key: day for key, day in week.items() if day.kind is not RunKind.LONG}
    week = {key: day for key, day in week.items() if key not in left}
    for weekday, day in days.items():
        week[weekday] = replace(day, at=day.at or week.get(weekday, NOTHING).at)
    await rows.save(connection, runner, week)
    return _plan(await runner_states.get(connection, catalogue, runner, now))


async def use(
    db: Database,
    catalogue: Catalogue,
    calendar: Calendar,
    runner: int,
    days: Sequence[Weekday],
    now: datetime,
) -> RunnerSchedule | PlaceFirst | AskedDays | Rejected:
    """Set the reminders to the proposed or the moved days, at the times that the runner has.

    A runner without any time is asked for it. Days that are no longer proposed are rejected.
    """
    plan = await get(db, catalogue, runner, now)
    if plan.proposal is None or tuple(days) not in (plan.proposal.weekdays, plan.moved):
        return Rejected(Reason.OUTDATED)
    if not plan.runner.schedule:
        return await schedule.ask_days(db, runner, Incomplete(days=tuple(days)), now)
    return await schedule.choose_days(db, calendar, runner, _timed(plan.runner, days), now)


def _timed(runner: Runner, days: Sequence[Weekday]) -> Schedule:
    """Return the days at the times of the same weekdays now, others at the usual time."""
    times = {day.weekday: day.at for day in runner.schedule}
    usual = _usual_time(runner)
    assert usual is not None
    return in_order(tuple(TrainingDay(day, times.get(day, usual)) for day in days))


def _usual_time(runner: Runner) -> time | None:
    """Return the most frequent time of the reminders, the earliest of equals; None: none."""
    times = sorted(day.at for day in runner.schedule)
    return max(times, key=times.count, default=None)


def _plan(state: RunnerState) -> WeekPlan:
    """Return the plan for the usual week, or for the coming seven days where a plan has them."""
    coming = [state.today + number * DAY for number in range(7)]
    elsewhere = tuple(weekday_of(day) for day in coming if day in state.plan.strength)
    planned = frozenset(weekday_of(day) for day in coming if day in state.plan.runs)
    runs = state.plan.runs
    unsure = frozenset(
        weekday_of(day) for day in coming if day in runs and runs[day].kind is EntryKind.ASK
    )
    is_planned = bool(planned or elsewhere)
    week = coming_week(state.week, state.plan, state.today) if is_planned else state.week
    if not (is_planned or has_week(week)):
        return WeekPlan(state.runner, week, state.standing, None)
    phase = state.standing.season.phase
    wanted = max(sessions_wanted(week, state.weeks_trained, phase) - len(elsewhere), 0)
    present = tuple(dict.fromkeys(day.weekday for day in state.runner.schedule))
    sore, slot = state.is_sore, _usual_time(state.runner)
    proposal = propose(
        week, wanted, sore=sore, slot=slot, usual=present, elsewhere=elsewhere, unclear=unsure
    )
    proposed = proposal.weekdays
    return WeekPlan(
        *(state.runner, week, state.standing, proposal),
        in_the_way(*(week, present), sore=sore, slot=slot, elsewhere=elsewhere, proposed=proposed),
        moved(
            *(week, present),
            sore=sore,
            slot=slot,
            elsewhere=elsewhere,
            unclear=unsure,
            proposed=proposed,
        ),
        planned=planned,
        unsure=unsure,
        elsewhere=elsewhere,
    )
