"""Queries that count for the metrics."""

from sqlalchemy import func, select

from bot.db.engine import Connection
from bot.db.tables import REMINDERS, SESSIONS


async def reminders(connection: Connection) -> dict[str, int]:
    """Return the number of reminders by state."""
    query = select(REMINDERS.c.state, func.count()).group_by(REMINDERS.c.state)
    return {row[0]: row[1] for row in await connection.execute(query)}


async def open_sessions(connection: Connection) -> int:
    """Return the number of sessions that have not ended, including ready and paused ones."""
    query = select(func.count()).where(SESSIONS.c.ended_at.is_(None))
    return (await connection.execute(query)).scalar_one()
