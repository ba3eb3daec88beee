"""Counts for the metrics."""

from dataclasses import dataclass

from bot.db import counts
from bot.db.engine import Connection, query


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of reminders by state, and of open sessions."""

    reminders: dict[str, int]
    sessions: int


@query
async def get(connection: Connection) -> Counts:
    return Counts(await counts.reminders(connection), await counts.open_sessions(connection))
