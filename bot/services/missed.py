"""A missed session: moved to the next date that breaks no rule, or let go."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import reminders
from bot.db.engine import Connection, Database
from bot.domain.reminder import Reminder
from bot.domain.schedule import moment, weekday_of
from bot.domain.standing import next_free_day
from bot.services import session_plans
from bot.services.rejections import Reason, Rejected
from bot.services.session_plans import RunnerState

DAY = timedelta(days=1)
LOOK_AHEAD = 9  # days
LOOK_BACK = 2  # days


async def next_day(
    db: Database, catalogue: Catalogue, reminder: Reminder, now: datetime
) -> tuple[bool, date | None]:
    """Return whether the runner has told a week or a race, and where the session may move to."""
    async with db.read() as connection:
        state = await session_plans.get_state(connection, catalogue, reminder.runner, now)
        if not (state.has_runs or state.races):
            return False, None
        return True, await _next_day(connection, state)


async def move(
    db: Database, catalogue: Catalogue, runner: int, reminder: int, day: date, now: datetime
) -> Rejected | None:
    """Plan a reminder on that date, at the time of the missed one.

    It is rejected unless the date is still the next that breaks no rule.
    """
    async with db.write(runner) as connection:
        stored = await reminders.get(connection, reminder)
        if stored is None or stored.runner != runner:
            return Rejected(Reason.FOREIGN)
        state = await session_plans.get_state(connection, catalogue, runner, now)
        if await _next_day(connection, state) != day:
            return Rejected(Reason.OUTDATED)
        zone = ZoneInfo(state.runner.zone or "UTC")
        due_at = moment(day, stored.slot_at.astimezone(zone).time(), zone)
        if due_at is None or not await reminders.add(connection, runner, day, due_at):
            return Rejected(Reason.OUTDATED)
    return None


async def _next_day(connection: Connection, state: RunnerState) -> date | None:
    """Return the next date that is 48 hours from all others with a session, and breaks no rule."""
    zone = ZoneInfo(state.runner.zone or "UTC")
    weekdays = {day.weekday for day in state.runner.schedule}
    coming = [state.today + number * DAY for number in range(1, LOOK_AHEAD)]
    taken = {day for day in coming if weekday_of(day) in weekdays}
    taken |= await reminders.dates(connection, state.runner.id, coming[0], coming[-1])
    trained = {each.at.astimezone(zone).date() for each in state.trained if each.loads}
    taken |= {day for day in trained if (state.today - day).days <= LOOK_BACK}
    taken |= state.plan.strength
    day = next_free_day(
        *(state.week, state.races, state.today, taken), sore=state.is_sore, plan=state.plan
    )
    return None if day is None or state.runner.is_away(day) else day
