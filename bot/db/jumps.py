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

from bot.db.engine import Connection
from bot.db.tables import (
    MISSED_DAYS,
    MORNINGS,
    RACES,
    REMINDERS,
    RUNNERS,
    SESSIONS,
    STEP_LOGS,
)
from bot.domain.reminder import ReminderAnswer, State

IS_OPEN = SESSIONS.c.ended_at.is_(None)
OF_OPEN = STEP_LOGS.c.session_id.in_(select(SESSIONS.c.id).where(IS_OPEN))
PUT_OFF = and_(
    REMINDERS.c.state == State.CLAIMED.value, REMINDERS.c.answer == ReminderAnswer.LATER.value
)

SHIFTED: Sequence[tuple[Any, tuple[str, ...], ColumnElement[bool]]] = (
    (SESSIONS, ("started_at", "trained_at", "touched_at", "due_at"), IS_OPEN),
    (STEP_LOGS, ("at",), OF_OPEN),
    (RUNNERS, ("sound_at",), RUNNERS.c.sound_at.is_not(None)),
    (REMINDERS, ("due_at",), PUT_OFF),
    (REMINDERS, ("again_at",), REMINDERS.c.again_at.is_not(None)),
    (MORNINGS, ("again_at",), MORNINGS.c.again_at.is_not(None)),
    (RACES, ("again_at",), RACES.c.again_at.is_not(None)),
    (MISSED_DAYS, ("again_at",), MISSED_DAYS.c.again_at.is_not(None)),
)


async def follow(connection: Connection, shift: timedelta) -> None:
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
