"""The outbox: messages that the coach sends by itself, and the outcomes of sending them."""

from collections.abc import Sequence
from datetime import datetime

from bot.db import outbox as rows
from bot.db.engine import Connection, Writer, query, transaction
from bot.db.outbox import ALL, MISSED, QUESTIONS, RACES, REMINDERS, Outbox
from bot.domain.delivery import DeliveryOutcome

__all__ = [
    "ALL",
    "MISSED",
    "QUESTIONS",
    "RACES",
    "REMINDERS",
    "Outbox",
    "next_due",
    "recover",
    "store",
]


@query
async def next_due(connection: Connection, outbox: Outbox) -> datetime | None:
    """Return when the next claimed message is due, for the first time or again."""
    return await rows.next_due(connection, outbox)


@transaction
async def store(
    connection: Connection, outbox: Outbox, outcomes: Sequence[DeliveryOutcome], now: datetime
) -> None:
    """Store outcomes; a runner who can't be written to gets no messages until that changes."""
    await rows.save_outcomes(connection, outbox, outcomes, now)


async def recover(db: Writer, outbox: Outbox) -> int:
    """Mark messages that a crash left half sent as unknown; return how many there were."""
    async with db.write() as connection:
        return await rows.forget_sending(connection, outbox)
