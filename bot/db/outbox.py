"""Queries on the outboxes: tables of messages that are each to be sent once, when they are due."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Update, bindparam, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from bot.db import runners
from bot.db.tables import MissedRow, MorningRow, RaceRow, ReminderRow
from bot.domain.delivery import DeliveryOutcome
from bot.domain.reminder import State

Made = TypeVar("Made")

Outbox = type[ReminderRow] | type[MorningRow] | type[RaceRow] | type[MissedRow]
REMINDERS: Outbox = ReminderRow
QUESTIONS: Outbox = MorningRow
RACES: Outbox = RaceRow
MISSED: Outbox = MissedRow
ALL: tuple[Outbox, ...] = (REMINDERS, QUESTIONS, RACES, MISSED)


async def next_due(connection: AsyncConnection, outbox: Outbox) -> datetime | None:
    """Return when the next claimed row is to be sent, for the first time or again."""
    later = case((outbox.again_at > outbox.due_at, outbox.again_at), else_=outbox.due_at)
    due: datetime | None = await connection.scalar(
        select(func.min(later)).where(outbox.state == State.CLAIMED.value)
    )
    return due


@cache
def _taking(outbox: Outbox) -> ReturningUpdate[Any]:
    """Return the statement of `take`: to build it takes longer than to execute it."""
    first = (
        select(outbox.id)
        .where(
            outbox.state == State.CLAIMED.value,
            outbox.due_at <= bindparam("now"),
            or_(outbox.again_at.is_(None), outbox.again_at <= bindparam("now")),
        )
        .order_by(outbox.due_at, outbox.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte()  # evaluated once: PostgreSQL may evaluate a subselect again, past the limit
    )
    return (
        update(outbox)
        .where(outbox.id.in_(select(first.c.id)))
        .values(state=State.SENDING.value)
        .returning(outbox)
    )


async def take(
    connection: AsyncConnection, outbox: Outbox, now: datetime, limit: int
) -> Sequence[Any]:
    """Mark at most `limit` due rows as being sent; return them, the longest overdue first.

    Rows that another process takes at the same moment are left out.
    """
    taken = await connection.execute(_taking(outbox), {"now": now, "most": limit})
    return sorted(taken, key=lambda row: (row.due_at, row.id))


async def take_worthwhile(
    connection: AsyncConnection,
    outbox: Outbox,
    now: datetime,
    limit: int,
    sift: Callable[[Sequence[Any]], Awaitable[Mapping[int, Made]]],
) -> list[Made]:
    """Take due rows and return what `sift` makes of them, at most `limit` values.

    `sift` returns values by the rows' ids. Rows for which it has no value have become pointless
    and are dropped.
    """
    made: list[Made] = []
    while len(made) < limit and (rows := await take(connection, outbox, now, limit - len(made))):
        worthwhile = await sift(rows)
        await _drop(connection, outbox, [row.id for row in rows if row.id not in worthwhile])
        made += worthwhile.values()
    return made


async def _drop(connection: AsyncConnection, outbox: Outbox, ids: Collection[int]) -> None:
    if ids:
        await connection.execute(
            update(outbox).where(outbox.id.in_(ids)).values(state=State.DROPPED.value)
        )


async def drop_late(connection: AsyncConnection, outbox: Outbox, before: datetime) -> None:
    """Drop all claimed rows that were due before the moment `before`."""
    late = (
        select(outbox.id)
        .where(outbox.state == State.CLAIMED.value, outbox.due_at < before)
        .with_for_update(skip_locked=True)
    )
    await connection.execute(
        update(outbox).where(outbox.id.in_(late)).values(state=State.DROPPED.value)
    )


async def save_outcomes(
    connection: AsyncConnection, outbox: Outbox, outcomes: Sequence[DeliveryOutcome], now: datetime
) -> None:
    """Store the outcomes of rows that were being sent or whose outcome was unknown.

    A row that was put off meanwhile stays put off. A runner who can't be written to is marked as
    unreachable.
    """
    if not outcomes:
        return
    if unreachable := [outcome.subject.runner for outcome in outcomes if outcome.gone]:
        await runners.set_unreachable(connection, unreachable, now)
    await connection.execute(
        _saving(outbox),
        [
            {
                "of": outcome.subject.id,
                "new": outcome.state.value,
                "message": outcome.message_id,
                "again": outcome.again_at,
                "refusals": outcome.tries,
            }
            for outcome in sorted(outcomes, key=lambda outcome: outcome.subject.id)
        ],
    )


@cache
def _saving(outbox: Outbox) -> Update:
    """Return the statement of `save_outcomes`."""
    table: Any = outbox.__table__
    is_open = or_(table.c.state == State.SENDING.value, table.c.state == State.UNKNOWN.value)
    return (
        update(table)
        .where(table.c.id == bindparam("of"))
        .values(
            state=case((is_open, bindparam("new")), else_=table.c.state),
            message_id=func.coalesce(bindparam("message", type_=BigInteger), table.c.message_id),
            again_at=case((is_open, bindparam("again")), else_=table.c.again_at),
            tries=case((is_open, bindparam("refusals")), else_=table.c.tries),
        )
    )


async def forget_sending(connection: AsyncConnection, outbox: Outbox) -> int:
    """Mark rows that were being sent at a crash as unknown; return their number.

    They may have arrived, and are not sent again.
    """
    sending = select(outbox.id).where(outbox.state == State.SENDING.value).order_by(outbox.id)
    result = await connection.execute(
        update(outbox)
        .where(outbox.id.in_(sending.with_for_update()))  # in the order in which outcomes are saved
        .values(state=State.UNKNOWN.value)
    )
    return result.rowcount
