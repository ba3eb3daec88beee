"""Planned sessions that a race is in the way of, moved to the nearest dates with room for them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import reminders
from bot.db.engine import Connection, Database
from bot.domain.schedule import moment, weekday_of
from bot.domain.standing import Move, digest, moves
from bot.services import runner_states
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState

DAY = timedelta(days=1)
LOOK_AHEAD = 14  # days


async def find(connection: Connection, state: RunnerState, now: datetime) -> tuple[Move, ...]:
    """Return the moves of the coming two weeks' sessions, as the races are now."""
    planned, taken = await _planned(connection, state, now)
    return _moves(state, planned, taken)


def _moves(
    state: RunnerState, planned: Collection[date], taken: Collection[date]
) -> tuple[Move, ...]:
    return moves(
        *(state.week, state.races, state.today, planned),
        {*taken, *state.plan.strength},
        sore=state.is_sore,
        plan=state.plan,
    )


async def _planned(
    connection: Connection, state: RunnerState, now: datetime
) -> tuple[dict[date, time], set[date]]:
    """Return the local times of the sessions to come by date, and the dates with a reminder."""
    runner = state.runner
    first = state.today + DAY
    coming = [first + number * DAY for number in range(LOOK_AHEAD)]
    times = {day.weekday: day.at for day in runner.schedule}
    taken = await reminders.dates(connection, runner.id, first, coming[-1] + DAY)
    planned = {
        day: times[weekday_of(day)]
        for day in coming
        if weekday_of(day) in times and day not in taken and not runner.is_away(day)
    }
    zone = ZoneInfo(runner.zone or "UTC")
    beside = await reminders.planned(connection, runner.id, first, now)
    planned |= {day: due.astimezone(zone).time() for day, due in beside.items()}
    return planned, taken


async def move_them(
    db: Database, catalogue: Catalogue, runner: int, offered: str, now: datetime
) -> tuple[Move, ...] | Rejected:
    """Move the sessions as they were offered; moves that have changed since are rejected."""
    async with db.write(runner) as connection:
        state = await runner_states.get(connection, catalogue, runner, now)
        planned, taken = await _planned(connection, state, now)
        found = _moves(state, planned, taken)
        possible = tuple(move for move in found if move.to is not None)
        if not possible or digest(found) != offered:
            return Rejected(Reason.OUTDATED)
        zone = ZoneInfo(state.runner.zone or "UTC")
        for move in possible:
            assert move.to is not None
            at = planned[move.day]
            due_at, left_at = moment(move.to, at, zone), moment(move.day, at, zone)
            if due_at is not None and await reminders.add(connection, runner, move.to, due_at):
                await reminders.leave_out(connection, runner, move.day, left_at or due_at)
    return possible
