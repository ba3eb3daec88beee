"""The outbox: messages that the coach sends by itself, and the outcomes of sending them."""

from bot.db import outbox as rows
from bot.db.engine import Writer, query, transaction
from bot.db.outbox import ALL, MISSED, QUESTIONS, RACES, REMINDERS, Outbox

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


next_due = query(rows.next_due)
store = transaction(rows.save_outcomes)


async def recover(db: Writer, outbox: Outbox) -> int:
    """Mark messages that a crash left half sent as unknown; return how many there were."""
    async with db.write() as connection:
        return await rows.forget_sending(connection, outbox)
