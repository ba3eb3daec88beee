"""Queries on cues, nudges and sound tests, for many sessions at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, bindparam, func, not_, or_, select, update
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
from bot.domain.session import Phase, Session, StoredSession

A_SECOND = timedelta(seconds=1)
BY_DUE = ALL.order_by(SessionRow.due_at)


async def due(
    connection: AsyncConnection, now: datetime, limit: int, skipped: Collection[int]
) -> Sequence[StoredSession]:
    """Return at most `limit` sessions that are due, the longest overdue first.

    `skipped` are ids to leave out. Sessions that another transaction changes are left out, too.
    """
    is_due = BY_DUE.where(SessionRow.due_at <= now, SessionRow.id.not_in(skipped)).limit(limit)
    return await _many(connection, is_due.with_for_update(of=SessionRow, skip_locked=True))


async def untold(connection: AsyncConnection) -> Sequence[StoredSession]:
    """Return sessions whose screen is not known to have arrived.

    They have a running interval, or were asked how much of their track was done.
    """
    is_asked = and_(SessionRow.track_seconds.is_not(None), SessionRow.nudged)
    query = BY_DUE.where(
        or_(SessionRow.stage.is_not(None), is_asked),
        SessionRow.phase == Phase.RUNNING.value,
        SessionRow.shown.is_distinct_from(SessionRow.revision),
    )
    return await _many(connection, query)


async def _many(
    connection: AsyncConnection, query: Select[SessionRow, str | None, bool]
) -> Sequence[StoredSession]:
    rows = (await connection.execute(query)).all()
    logs = await logs_of(connection, [row.id for row in rows])
    return [built(row, logs[row.id]) for row in rows]


async def next_due(connection: AsyncConnection, skipped: Collection[int]) -> datetime | None:
    """Return when the next session or sound test is due; `skipped` are sessions to leave out."""
    session = await connection.execute(
        select(func.min(SessionRow.due_at)).where(SessionRow.id.not_in(skipped))
    )
    sound = await connection.execute(select(func.min(RunnerRow.sound_at)))
    moments = (session.scalar_one(), sound.scalar_one())
    return min((moment for moment in moments if moment), default=None)


async def save_ticks(connection: AsyncConnection, ticks: Sequence[tuple[Session, Session]]) -> None:
    """Store pairs of a session before and after a tick, which only appends to the log."""
    await connection.execute(MOVE, [moved(before, after) for before, after in ticks])
    new = [
        entered(after, entry) for before, after in ticks for entry in after.log[len(before.log) :]
    ]
    if new:
        await connection.execute(ADD_TO_LOG, new)


async def save_messages(
    connection: AsyncConnection, shown: Sequence[tuple[Session, int]], now: datetime
) -> None:
    """Store which messages show the sessions; each message was sent at `now`.

    An interval that would end within a second of its own message is extended to a second, as a
    chat must not get two messages in one. Rows are updated in the order of their ids, so that two
    batches can't deadlock.
    """
    shown = sorted(shown, key=lambda pair: pair[0].id)
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


async def idle_tracks(connection: AsyncConnection) -> Sequence[tuple[int, int, int]]:
    """Return the session, runner and message of each track that is followed no more."""
    is_followed = and_(
        SessionRow.phase == Phase.RUNNING.value, SessionRow.track_seconds.is_not(None)
    )
    rows = await connection.execute(
        select(SessionRow.id, SessionRow.runner_id, SessionRow.track_id).where(
            SessionRow.track_id.is_not(None), not_(is_followed)
        )
    )
    return [(session, runner, message) for session, runner, message in rows if message]


async def count_ticking(connection: AsyncConnection) -> int:
    """Return the number of sessions with a running interval."""
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
    """Correct the stored `due_at` to the one that follows from the session's state."""
    await connection.execute(
        update(SessionRow).where(SessionRow.id == session.id).values(due_at=session.due_at)
    )


async def set_sound_test(connection: AsyncConnection, runner: int, due_at: datetime | None) -> None:
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(sound_at=due_at)
    )


async def take_sound_tests(connection: AsyncConnection, now: datetime) -> Sequence[int]:
    """Cancel the sound tests that are due and return their runners, for the caller to send them."""
    due = select(RunnerRow.id).where(RunnerRow.sound_at <= now).with_for_update(skip_locked=True)
    taken = await connection.execute(
        update(RunnerRow).where(RunnerRow.id.in_(due)).values(sound_at=None).returning(RunnerRow.id)
    )
    return taken.scalars().all()
