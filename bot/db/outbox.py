"""What is sent once at its moment, whichever table it stands in: claimed, taken, sent or not."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import runners
from bot.db.tables import MorningRow, ReminderRow
from bot.domain.delivery import Outcome
from bot.domain.reminder import State

Made = TypeVar("Made")

Outbox = type[ReminderRow] | type[MorningRow]
REMINDERS: Outbox = ReminderRow
QUESTIONS: Outbox = MorningRow


async def next_due(connection: AsyncConnection, outbox: Outbox) -> datetime | None:
    """When the next claimed row is to be sent, for the first time or again."""
    later = case((outbox.again_at > outbox.due_at, outbox.again_at), else_=outbox.due_at)
    due: datetime | None = await connection.scalar(
        select(func.min(later)).where(outbox.state == State.CLAIMED.value)
    )
    return due


def _is_due(outbox: Outbox, now: datetime) -> ColumnElement[bool]:
    return and_(
        outbox.state == State.CLAIMED.value,
        outbox.due_at <= now,
        or_(outbox.again_at.is_(None), outbox.again_at <= now),
    )


async def take(
    connection: AsyncConnection, outbox: Outbox, now: datetime, most: int
) -> Sequence[Any]:
    """The rows that have been due longest, at most so many, now marked as being sent.

    Rows that another process takes at the same moment are left to it.
    """
    first = (
        select(outbox.id)
        .where(_is_due(outbox, now))
        .order_by(outbox.due_at, outbox.id)
        .limit(most)
        .with_for_update(skip_locked=True)
        .cte()  # looked for once: PostgreSQL may look for a subselect's rows again, past the limit
    )
    taken = await connection.execute(
        update(outbox)
        .where(outbox.id.in_(select(first.c.id)))
        .values(state=State.SENDING.value)
        .returning(outbox)
    )
    return sorted(taken, key=lambda row: (row.due_at, row.id))


async def take_worthwhile(
    connection: AsyncConnection,
    outbox: Outbox,
    now: datetime,
    most: int,
    sift: Callable[[Sequence[Any]], Awaitable[Mapping[int, Made]]],
) -> list[Made]:
    """What `sift` makes of rows that are due, at most so many; nothing if none is due.

    It gives them by id; rows that are not among them have become pointless and are dropped.
    """
    found: list[Made] = []
    while len(found) < most and (rows := await take(connection, outbox, now, most - len(found))):
        worthwhile = await sift(rows)
        await _drop(connection, outbox, [row.id for row in rows if row.id not in worthwhile])
        found += worthwhile.values()
    return found


async def _drop(connection: AsyncConnection, outbox: Outbox, ids: Collection[int]) -> None:
    if ids:
        await connection.execute(
            update(outbox).where(outbox.id.in_(ids)).values(state=State.DROPPED.value)
        )


async def drop_late(connection: AsyncConnection, outbox: Outbox, before: datetime) -> None:
    """All that were due before this moment are not sent; after a long stop they are many."""
    late = (
        select(outbox.id)
        .where(outbox.state == State.CLAIMED.value, outbox.due_at < before)
        .with_for_update(skip_locked=True)
    )
    await connection.execute(
        update(outbox).where(outbox.id.in_(late)).values(state=State.DROPPED.value)
    )


async def save_outcomes(
    connection: AsyncConnection, outbox: Outbox, outcomes: Sequence[Outcome], now: datetime
) -> None:
    """What became of rows that were being sent, or were taken for lost in between.

    One that was put off meanwhile stays put off. A runner who can't be written to gets nothing
    until they are back.
    """
    if not outcomes:
        return
    if gone := [each.subject.runner for each in outcomes if each.gone]:
        await runners.set_unreachable(connection, gone, now)
    table: Any = outbox.__table__
    is_open = or_(table.c.state == State.SENDING.value, table.c.state == State.UNKNOWN.value)
    await connection.execute(
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            state=case((is_open, bindparam("new")), else_=table.c.state),
            message_id=func.coalesce(bindparam("message", type_=BigInteger), table.c.message_id),
            again_at=case((is_open, bindparam("again")), else_=table.c.again_at),
            tries=case((is_open, bindparam("turned_down")), else_=table.c.tries),
        ),
        [
            {
                "of": each.subject.id,
                "new": each.state.value,
                "message": each.message_id,
                "again": each.again_at,
                "turned_down": each.tries,
            }
            for each in sorted(outcomes, key=lambda each: each.subject.id)
        ],
    )


async def forget_sending(connection: AsyncConnection, outbox: Outbox) -> int:
    """After a crash: what was being sent may have arrived, so it is not sent again."""
    sending = select(outbox.id).where(outbox.state == State.SENDING.value).order_by(outbox.id)
    result = await connection.execute(
        update(outbox)
        .where(outbox.id.in_(sending.with_for_update()))  # in the order in which outcomes are saved
        .values(state=State.UNKNOWN.value)
    )
    return result.rowcount
