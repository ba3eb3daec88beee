"""Counts for the metrics."""

from dataclasses import dataclass

from bot.db import counts
from bot.db.engine import Database


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of reminders by state, and of open sessions."""

    reminders: dict[str, int]
    sessions: int


async def get(db: Database) -> Counts:
    async with db.read() as connection:
        return Counts(await counts.reminders(connection), await counts.open_sessions(connection))
