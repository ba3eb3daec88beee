"""Queries on the training days that were written into a runner's calendar file."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import CalendarDayRow
from bot.domain.calendar_days import CalendarDay


async def get(connection: AsyncConnection, runner: int) -> tuple[CalendarDay, ...]:
    """Return what the last file held, by date."""
    rows = await connection.execute(
        select(CalendarDayRow)
        .where(CalendarDayRow.runner_id == runner)
        .order_by(CalendarDayRow.day)
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


async def save(connection: AsyncConnection, runner: int, days: Sequence[CalendarDay]) -> None:
    """Store what the new file holds, in place of the last one."""
    await connection.execute(delete(CalendarDayRow).where(CalendarDayRow.runner_id == runner))
    if days:
        await connection.execute(
            insert(CalendarDayRow), [{"runner_id": runner, **asdict(day)} for day in days]
        )
