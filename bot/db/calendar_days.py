"""Queries on the training days that were written into a runner's calendar file."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select

from bot.db.engine import Connection
from bot.db.tables import CALENDAR_DAYS
from bot.domain.calendar_days import CalendarDay


async def get(connection: Connection, runner: int) -> tuple[CalendarDay, ...]:
    """Return what the last file held, by date."""
    rows = await connection.execute(
        select(CALENDAR_DAYS)
        .where(CALENDAR_DAYS.c.runner_id == runner)
        .order_by(CALENDAR_DAYS.c.day)
    )
    return tuple(
        CalendarDay(
            uid=row.uid,
            day=row.day,
            starts_at=row.starts_at,
            zone=row.zone,
            about=row.about,
            revision=row.revision,
            changed_at=row.changed_at,
            is_cancelled=row.is_cancelled,
        )
        for row in rows
    )


async def save(connection: Connection, runner: int, days: Sequence[CalendarDay]) -> None:
    """Store what the new file holds, in place of the last one."""
    await connection.execute(delete(CALENDAR_DAYS).where(CALENDAR_DAYS.c.runner_id == runner))
    if days:
        await connection.execute(
            insert(CALENDAR_DAYS), [{"runner_id": runner, **asdict(day)} for day in days]
        )
