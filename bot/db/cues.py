"""Queries on what comes by itself: cues, nudges and sound tests. Many rows, few statements."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.sessions import (
    ADD_TO_LOG,
    ALL,
    MOVE,
    SESSIONS,
    SHOWN,
    built,
    entered,
    logs_of,
    moved,
    showing,
)
from bot.db.tables import RunnerRow, SessionRow
from bot.domain.session import Kept, Phase, Session

A_SECOND = timedelta(seconds=1)
BY_DUE = ALL.order_by(SessionRow.due_at)


async def due(
    connection: AsyncConnection, now: datetime, limit: int, but: Collection[int]
) -> Sequence[Kept]:
    """Sessions whose time has come, the longest overdue first, except those that a tap changes."""
    come = BY_DUE.where(SessionRow.due_at <= now, SessionRow.id.not_in(but)).limit(limit)
    return await _many(connection, come.with_for_update(of=SessionRow, skip_locked=True))


async def untold(connection: AsyncConnection) -> Sequence[Kept]:
    """Sessions with an interval that runs, whose screen is not known to have arrived."""
    runs = BY_DUE.where(
        SessionRow.stage.is_not(None),
        SessionRow.phase == Phase.RUNNING.value,
        SessionRow.shown.is_distinct_from(SessionRow.revision),
    )
    return await _many(connection, runs)


async def _many(
    connection: AsyncConnection, these: Select[SessionRow, str | None]
) -> Sequence[Kept]:
    rows = (await connection.execute(these)).all()
    logs = await logs_of(connection, [row.id for row in rows])
    return [built(row, logs[row.id]) for row in rows]


async def next_due(connection: AsyncConnection, but: Collection[int]) -> datetime | None:
    """When the next session or sound test is due."""
    session = await connection.execute(
        select(func.min(SessionRow.due_at)).where(SessionRow.id.not_in(but))
    )
    sound = await connection.execute(select(func.min(RunnerRow.sound_at)))
    moments = (session.scalar_one(), sound.scalar_one())
    return min((moment for moment in moments if moment), default=None)


async def save_ticks(connection: AsyncConnection, ticks: Sequence[tuple[Session, Session]]) -> None:
    """Stores what sessions did by themselves, each as before and after; ticks only add to a log."""
    await connection.execute(MOVE, [moved(before, after) for before, after in ticks])
    new = [
        entered(after, entry) for before, after in ticks for entry in after.log[len(before.log) :]
    ]
    if new:
        await connection.execute(ADD_TO_LOG, new)


async def save_messages(
    connection: AsyncConnection, shown: Sequence[tuple[Session, int]], now: datetime
) -> None:
    """Which messages show these sessions since now.

    An interval that would end within a second of its own message is stretched to it: a chat gets
    no two messages in one second. In the order of sessions: two batches never wait for each other.
    """
    shown = sorted(shown, key=lambda it: it[0].id)
    await connection.execute(SHOWN, [showing(session, message) for session, message in shown])
    soon = now + A_SECOND
    short = [s for s, _ in shown if s.clock and s.clock.deadline_at and s.clock.deadline_at < soon]
    if short:
        await connection.execute(
            update(SESSIONS)
            .where(
                SESSIONS.c.id == bindparam("of"),
                SESSIONS.c.revision == bindparam("at_revision"),
                SESSIONS.c.due_at < bindparam("until"),  # the clock may have been set meanwhile
            )
            .values(due_at=bindparam("until")),
            [{"of": s.id, "at_revision": s.revision, "until": soon} for s in short],
        )


async def count_ticking(connection: AsyncConnection) -> int:
    """How many sessions have an interval that runs."""
    return (
        await connection.execute(
            select(func.count()).where(
                SessionRow.due_at.is_not(None),
                SessionRow.stage.is_not(None),
                SessionRow.phase == Phase.RUNNING.value,
            )
        )
    ).scalar_one()


async def set_due(connection: AsyncConnection, session: Session) -> None:
    """Puts right a row whose moment is not the one that its state asks for."""
    await connection.execute(
        update(SessionRow).where(SessionRow.id == session.id).values(due_at=session.due_at)
    )


async def set_sound_test(connection: AsyncConnection, runner: int, at: datetime | None) -> None:
    await connection.execute(update(RunnerRow).where(RunnerRow.id == runner).values(sound_at=at))


async def take_sound_tests(connection: AsyncConnection, now: datetime) -> Sequence[int]:
    """The runners whose sound test is due; it is theirs to be sent once."""
    due = select(RunnerRow.id).where(RunnerRow.sound_at <= now).with_for_update(skip_locked=True)
    taken = await connection.execute(
        update(RunnerRow).where(RunnerRow.id.in_(due)).values(sound_at=None).returning(RunnerRow.id)
    )
    return taken.scalars().all()
