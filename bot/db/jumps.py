"""Moments that are counted from, moved along when the wall clock was set.

What is left of a duration stays the same: of an interval, a pause or the patience with a quiet
session, of the hour by which a reminder was put off, of the wait before another try. A running
session moves as a whole, so that what was done in it stays as far apart as it was.

Everything else is a moment that people and calendars mean, or a record of one, and stays: when a
reminder is planned, the morning after pain, the time away, sessions that are over.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import MorningRow, ReminderRow, RunnerRow, SessionRow, StepLogRow
from bot.domain.reminder import Answer, State

IS_OPEN = SessionRow.ended_at.is_(None)
OF_OPEN = StepLogRow.session_id.in_(select(SessionRow.id).where(IS_OPEN))
PUT_OFF = and_(ReminderRow.state == State.CLAIMED.value, ReminderRow.answer == Answer.LATER.value)

COUNTED: Sequence[tuple[Any, tuple[str, ...], ColumnElement[bool]]] = (
    (SessionRow.__table__, ("started_at", "trained_at", "touched_at", "due_at"), IS_OPEN),
    (StepLogRow.__table__, ("at",), OF_OPEN),
    (RunnerRow.__table__, ("sound_at",), RunnerRow.sound_at.is_not(None)),
    (ReminderRow.__table__, ("due_at",), PUT_OFF),
    (ReminderRow.__table__, ("again_at",), ReminderRow.again_at.is_not(None)),
    (MorningRow.__table__, ("again_at",), MorningRow.again_at.is_not(None)),
)


async def follow(connection: AsyncConnection, by: timedelta) -> None:
    """The wall clock was set by so much, forward or back."""
    for table, columns, where in COUNTED:
        keys = [column.name for column in table.primary_key]
        moments = [table.c[name] for name in (*keys, *columns)]
        found = (await connection.execute(select(*moments).where(where).with_for_update())).all()
        if found:
            await connection.execute(
                update(table)
                .where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
                .values({name: bindparam(f"new_{name}") for name in columns}),
                [
                    {f"of_{name}": getattr(row, name) for name in keys}
                    | {f"new_{name}": _moved(getattr(row, name), by) for name in columns}
                    for row in found
                ],
            )


def _moved(moment: Any, by: timedelta) -> Any:
    return moment and moment + by
