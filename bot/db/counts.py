"""How many there are of what a host watches; nobody's rows leave here."""

from sqlalchemy import func, select

from bot.db.engine import Connection
from bot.db.tables import ReminderRow, SessionRow


async def reminders(connection: Connection) -> dict[str, int]:
    """How many reminders are in each state."""
    query = select(ReminderRow.state, func.count()).group_by(ReminderRow.state)
    return {row[0]: row[1] for row in await connection.execute(query)}


async def open_sessions(connection: Connection) -> int:
    """How many sessions have begun and not ended, paused ones among them."""
    query = select(func.count()).where(SessionRow.ended_at.is_(None))
    return (await connection.execute(query)).scalar_one()
