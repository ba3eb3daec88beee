"""Queries on the outboxes: tables of messages that are each to be sent once, when they are due."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import BigInteger, Table, Update, bindparam, case, func, or_, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from bot.db import runners, tables
from bot.db.engine import Connection
from bot.domain.delivery import DeliveryOutcome
from bot.domain.reminder import State

Made = TypeVar("Made")

Outbox = (
    Table[tables.ReminderColumns]
    | Table[tables.MorningColumns]
    | Table[tables.RaceColumns]
    | Table[tables.MissedColumns]
)
REMINDERS: Outbox = tables.REMINDERS
QUESTIONS: Outbox = tables.MORNINGS
RACES: Outbox = tables.RACES
MISSED: Outbox = tables.MISSED_DAYS
ALL: tuple[Outbox, ...] = (REMINDERS, QUESTIONS, RACES, MISSED)


async def next_due(connection: Connection, outbox: Outbox) -> datetime | None:
    """Return when the next claimed row is to be sent, for the first time or again."""
    later = case((outbox.c.again_at > outbox.c.due_at, outbox.c.again_at), else_=outbox.c.due_at)
    return await connection.scalar(
        select(func.min(later)).where(outbox.c.state == State.CLAIMED.value)
    )


@cache
def _taking(outbox: Outbox) -> ReturningUpdate[Any]:
    """Return the statement of `take`: to build it takes longer than to execute it."""
    first = (
        select(outbox.c.id)
        .where(
            outbox.c.state == State.CLAIMED.value,
            outbox.c.due_at <= bindparam("now"),
            or_(outbox.c.again_at.is_(None), outbox.c.again_at <= bindparam("now")),
        )
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
        .cte()  # evaluated once: PostgreSQL may evaluate a subselect again, past the limit
    )
    return (
        update(outbox)
        .where(outbox.c.id.in_(select(first.c.id)))
        .values(state=State.SENDING.value)
        .returning(outbox)
    )


async def take(connection: Connection, outbox: Outbox, now: datetime, limit: int) -> Sequence[Any]:
    """Mark at most `limit` due rows as being sent; return them, the longest overdue first.

    Rows that another process takes at the same moment are left out.
    """
    taken = await connection.execute(_taking(outbox), {"now": now, "most": limit})
    return sorted(taken, key=lambda row: (row.due_at, row.id))


async def take_worthwhile(
    connection: Connection,
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


async def _drop(connection: Connection, outbox: Outbox, ids: Collection[int]) -> None:
    if ids:
        await connection.execute(
            update(outbox).where(outbox.c.id.in_(ids)).values(state=State.DROPPED.value)
        )


async def drop_late(connection: Connection, outbox: Outbox, before: datetime) -> None:
    """Drop all claimed rows that were due before the moment `before`."""
    late = (
        select(outbox.c.id)
        .where(outbox.c.state == State.CLAIMED.value, outbox.c.due_at < before)
        .with_for_update(skip_locked=True)
    )
    await connection.execute(
        update(outbox).where(outbox.c.id.in_(late)).values(state=State.DROPPED.value)
    )


async def save_outcomes(
    connection: Connection, outbox: Outbox, outcomes: Sequence[DeliveryOutcome], now: datetime
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
    is_open = or_(outbox.c.state == State.SENDING.value, outbox.c.state == State.UNKNOWN.value)
    return (
        update(outbox)
        .where(outbox.c.id == bindparam("of"))
        .values(
            state=case((is_open, bindparam("new")), else_=outbox.c.state),
            message_id=func.coalesce(bindparam("message", type_=BigInteger), outbox.c.message_id),
            again_at=case((is_open, bindparam("again")), else_=outbox.c.again_at),
            tries=case((is_open, bindparam("refusals")), else_=outbox.c.tries),
        )
    )


async def forget_sending(connection: Connection, outbox: Outbox) -> int:
    """Mark rows that were being sent at a crash as unknown; return their number.

    They may have arrived, and are not sent again.
    """
    sending = (
        select(outbox.c.id)
        .where(outbox.c.state == State.SENDING.value)
        .order_by(outbox.c.id)  # in the order in which outcomes are saved
        .with_for_update()
    )
    result = await connection.execute(
        update(outbox).where(outbox.c.id.in_(sending)).values(state=State.UNKNOWN.value)
    )
    return result.rowcount
