"""The coming training days, as a runner's own calendar gets them."""

from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import calendar_days, reminders, runners
from bot.db.engine import Connection, Database
from bot.domain.calendar_days import HORIZON, CalendarEntry, Plan, TrainingCalendar, plan, revised
from bot.domain.reminder import Role
from bot.domain.schedule import week_of
from bot.domain.wish import is_light
from bot.services import runner_states
from bot.services.runner_states import RunnerState


async def write(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> TrainingCalendar | None:
    """Return what a new calendar file holds, and store it; None: the runner is unknown.

    By what is stored, the next file changes the days of this one instead of doubling them.
    """
    async with db.write(runner) as connection:
        if await runners.get(connection, runner) is None:
            return None
        state = await runner_states.get(connection, catalogue, runner, now)
        planned = await _plan(connection, state, now)
        zone = state.runner.zone or "UTC"
        stored = await calendar_days.get(connection, runner)
        days = revised(stored, planned.days, zone, now, lambda: str(uuid4()))
        await calendar_days.save(connection, runner, days)
    by_day = {each.day: each for each in planned.days}
    entries = tuple(CalendarEntry(each, by_day.get(each.day)) for each in days)
    return TrainingCalendar(state.runner, entries, planned)


async def _plan(connection: Connection, state: RunnerState, now: datetime) -> Plan:
    runner, zone = state.runner, ZoneInfo(state.runner.zone or "UTC")
    coming = await reminders.coming(connection, runner.id, now)
    moved = {
        day: due_at
        for day, (due_at, role) in coming.items()
        if role is Role.ONCE or (runner.schedule and not runner.is_away(day))
    }
    trained = [
        each.at.astimezone(zone).date() for each in state.trained if not is_light(each.routine)
    ]
    taken = await reminders.dates(connection, runner.id, state.today, state.today + HORIZON)
    taken |= set(trained)
    if runner.elsewhere_at is not None:
        taken.add(runner.elsewhere_at.astimezone(zone).date())
    return plan(
        runner,
        now,
        state.standing_on,
        moved=moved,
        taken=taken,
        done=sum(day >= week_of(state.today)[0] for day in trained),
    )
