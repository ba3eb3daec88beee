"""Stored moments that durations are measured from, shifted when the wall clock is set.

The remainder of each duration stays the same: of an interval, a pause, the time before an idle
session is nudged or stopped, the hour by which a reminder was put off, the wait before a retry.
All moments of an open session are shifted together, so that the distances between them stay.

Every other moment is a date and time that a person chose, or a record of the past, and stays: the
planned time of a reminder, the morning after pain, the time away, sessions that have ended.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import (
    MissedRow,
    MorningRow,
    RaceRow,
    ReminderRow,
    RunnerRow,
    SessionRow,
    StepLogRow,
)
from bot.domain.reminder import ReminderAnswer, State

IS_OPEN = SessionRow.ended_at.is_(None)
OF_OPEN = StepLogRow.session_id.in_(select(SessionRow.id).where(IS_OPEN))
PUT_OFF = and_(
    ReminderRow.state == State.CLAIMED.value, ReminderRow.answer == ReminderAnswer.LATER.value
)

SHIFTED: Sequence[tuple[Any, tuple[str, ...], ColumnElement[bool]]] = (
    (SessionRow.__table__, ("started_at", "trained_at", "touched_at", "due_at"), IS_OPEN),
    (StepLogRow.__table__, ("at",), OF_OPEN),
    (RunnerRow.__table__, ("sound_at",), RunnerRow.sound_at.is_not(None)),
    (ReminderRow.__table__, ("due_at",), PUT_OFF),
    (ReminderRow.__table__, ("again_at",), ReminderRow.again_at.is_not(None)),
    (MorningRow.__table__, ("again_at",), MorningRow.again_at.is_not(None)),
    (RaceRow.__table__, ("again_at",), RaceRow.again_at.is_not(None)),
    (MissedRow.__table__, ("again_at",), MissedRow.again_at.is_not(None)),
)


async def follow(connection: AsyncConnection, shift: timedelta) -> None:
    """Shift the stored moments as the wall clock was set: forward, or back if `shift` < 0."""
    for table, columns, where in SHIFTED:
        keys = [column.name for column in table.primary_key]
        selected = [table.c[name] for name in (*keys, *columns)]
        rows = (await connection.execute(select(*selected).where(where).with_for_update())).all()
        if rows:
            await connection.execute(
                update(table)
                .where(*(table.c[name] == bindparam(f"of_{name}") for name in keys))
                .values({name: bindparam(f"new_{name}") for name in columns}),
                [
                    {f"of_{name}": getattr(row, name) for name in keys}
                    | {f"new_{name}": _shifted(getattr(row, name), shift) for name in columns}
                    for row in rows
                ],
            )


def _shifted(moment: Any, shift: timedelta) -> Any:
    return moment and moment + shift
