"""The counts that the metrics show."""

from dataclasses import dataclass

from bot.db import counts
from bot.db.engine import Database


@dataclass(frozen=True, slots=True)
class Counts:
    """`reminders` by state."""

    reminders: dict[str, int]
    sessions: int


async def get(db: Database) -> Counts:
    async with db.read() as connection:
        return Counts(await counts.reminders(connection), await counts.open_sessions(connection))
