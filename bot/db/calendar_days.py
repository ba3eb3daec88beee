"""Queries on the training days that were written into a runner's calendar file."""

from collections.abc import Sequence
from dataclasses import asdict, fields

from sqlalchemy import delete, insert, select

from bot.db.engine import Connection
from bot.db.tables import CALENDAR_DAYS
from bot.domain.calendar_days import CalendarDay

COLUMNS = [CALENDAR_DAYS.c[field.name] for field in fields(CalendarDay)]


async def get(connection: Connection, runner: int) -> tuple[CalendarDay, ...]:
    """Return what the last file held, by date."""
    of_runner = select(*COLUMNS).where(CALENDAR_DAYS.c.runner_id == runner)
    rows = await connection.execute(of_runner.order_by(CALENDAR_DAYS.c.day))
    return tuple(CalendarDay(*row) for row in rows)


async def save(connection: Connection, runner: int, days: Sequence[CalendarDay]) -> None:
    """Store what the new file holds, in place of the last one."""
    await connection.execute(delete(CALENDAR_DAYS).where(CALENDAR_DAYS.c.runner_id == runner))
    if days:
        await connection.execute(
            insert(CALENDAR_DAYS), [{"runner_id": runner, **asdict(day)} for day in days]
        )
