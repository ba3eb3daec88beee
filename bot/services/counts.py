"""Counts for the metrics."""

from bot.db import counts
from bot.db.engine import Connection, query
from bot.domain.frozen import frozen


@frozen
class Counts:
    """The number of reminders by state, and of open sessions."""

    reminders: dict[str, int]
    sessions: int


@query
async def get(connection: Connection) -> Counts:
    return Counts(await counts.reminders(connection), await counts.open_sessions(connection))
