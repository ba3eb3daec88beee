"""What is sent once at its moment, whichever table it stands in: claimed, taken, sent or not."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import MorningRow, ReminderRow
from bot.domain.reminder import State

Outbox = type[ReminderRow] | type[MorningRow]
REMINDERS: Outbox = ReminderRow
QUESTIONS: Outbox = MorningRow


async def next_due(connection: AsyncConnection, outbox: Outbox) -> datetime | None:
    """When the next claimed row is to be sent."""
    due: datetime | None = await connection.scalar(
        select(func.min(outbox.due_at)).where(outbox.state == State.CLAIMED.value)
    )
    return due


async def count_due(connection: AsyncConnection, outbox: Outbox, now: datetime) -> int:
    """How many claimed rows are to be sent by now."""
    return (
        await connection.execute(
            select(func.count()).where(outbox.state == State.CLAIMED.value, outbox.due_at <= now)
        )
    ).scalar_one()


async def take(connection: AsyncConnection, outbox: Outbox, now: datetime) -> Any | None:
    """The row that has been due longest, now marked as being sent; None if none is due.

    Rows that another process takes at the same moment are left to it.
    """
    first = (
        select(outbox.id)
        .where(outbox.state == State.CLAIMED.value, outbox.due_at <= now)
        .order_by(outbox.due_at, outbox.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    return (
        await connection.execute(
            update(outbox)
            .where(outbox.id == first)
            .values(state=State.SENDING.value)
            .returning(outbox)
        )
    ).one_or_none()


async def forget_sending(connection: AsyncConnection, outbox: Outbox) -> int:
    """After a crash: what was being sent may have arrived, so it is not sent again."""
    result = await connection.execute(
        update(outbox).where(outbox.state == State.SENDING.value).values(state=State.UNKNOWN.value)
    )
    return result.rowcount
