"""Queries on cues, nudges and sound tests, for many sessions at a time."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, not_, or_, select, update

from bot.db.engine import Connection
from bot.db.sessions import (
    ADD_TO_LOG,
    ALL,
    MOVE,
    SHOWN,
    built,
    entered,
    logs_of,
    moved,
    showing,
)
from bot.db.tables import RUNNERS, SESSIONS
from bot.domain.session import Phase, Session, StoredSession

A_SECOND = timedelta(seconds=1)
BY_DUE = ALL.order_by(SESSIONS.c.due_at)


async def due(
    connection: Connection, now: datetime, limit: int, skipped: Collection[int]
) -> Sequence[StoredSession]:
    """Return at most `limit` sessions that are due, the longest overdue first.

    `skipped` are ids to leave out. Sessions that another transaction changes are left out, too.
    """
    is_due = BY_DUE.where(SESSIONS.c.due_at <= now, SESSIONS.c.id.not_in(skipped)).limit(limit)
    return await _many(connection, is_due.with_for_update(of=SESSIONS, skip_locked=True))


async def unshown(connection: Connection) -> Sequence[StoredSession]:
    """Return sessions whose screen is not known to have arrived.

    They have a running interval, or were asked how much of their track was done.
    """
    is_asked = and_(SESSIONS.c.track_seconds.is_not(None), SESSIONS.c.nudged)
    query = BY_DUE.where(
        or_(SESSIONS.c.stage.is_not(None), is_asked),
        SESSIONS.c.phase == Phase.RUNNING.value,
        SESSIONS.c.shown.is_distinct_from(SESSIONS.c.revision),
    )
    return await _many(connection, query)


async def _many(connection: Connection, query: Select[*tuple[Any, ...]]) -> Sequence[StoredSession]:
    rows = (await connection.execute(query)).all()
    logs = await logs_of(connection, [row.id for row in rows])
    return [built(row, logs[row.id]) for row in rows]


async def next_due(
    connection: Connection, skipped: Collection[int] = frozenset()
) -> datetime | None:
    """Return when the next session or sound test is due; `skipped` are sessions to leave out."""
    session = await connection.execute(
        select(func.min(SESSIONS.c.due_at)).where(SESSIONS.c.id.not_in(skipped))
    )
    sound = await connection.execute(select(func.min(RUNNERS.c.sound_at)))
    moments = (session.scalar_one(), sound.scalar_one())
    return min((moment for moment in moments if moment), default=None)


async def save_ticks(connection: Connection, ticks: Sequence[tuple[Session, Session]]) -> None:
    """Store pairs of a session before and after a tick, which only appends to the log."""
    await connection.execute(MOVE, [moved(before, after) for before, after in ticks])
    new = [
        entered(after, entry) for before, after in ticks for entry in after.log[len(before.log) :]
    ]
    if new:
        await connection.execute(ADD_TO_LOG, new)


async def save_messages(
    connection: Connection, messages: Sequence[tuple[Session, int]], now: datetime
) -> None:
    """Store which messages show the sessions; each message was sent at `now`.

    An interval that would end within a second of its own message is extended to a second, as a
    chat must not get two messages in one. Rows are updated in the order of their ids, so that two
    batches can't deadlock.
    """
    shown = sorted(messages, key=lambda pair: pair[0].id)
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


async def idle_tracks(connection: Connection) -> Sequence[tuple[int, int, int]]:
    """Return the session, runner and message of each track that is no longer followed."""
    is_followed = and_(
        SESSIONS.c.phase == Phase.RUNNING.value, SESSIONS.c.track_seconds.is_not(None)
    )
    rows = await connection.execute(
        select(SESSIONS.c.id, SESSIONS.c.runner_id, SESSIONS.c.track_id).where(
            SESSIONS.c.track_id.is_not(None), not_(is_followed)
        )
    )
    return [(session, runner, message) for session, runner, message in rows if message]


async def count_ticking(connection: Connection) -> int:
    """Return the number of sessions with a running interval."""
    return (
        await connection.execute(
            select(func.count()).where(
                SESSIONS.c.due_at.is_not(None),
                SESSIONS.c.stage.is_not(None),
                SESSIONS.c.phase == Phase.RUNNING.value,
            )
        )
    ).scalar_one()


async def set_due(connection: Connection, session: Session) -> None:
    """Correct the stored `due_at` to the one that follows from the session's state."""
    await connection.execute(
        update(SESSIONS).where(SESSIONS.c.id == session.id).values(due_at=session.due_at)
    )


async def set_sound_test(connection: Connection, runner: int, due_at: datetime | None) -> None:
    await connection.execute(update(RUNNERS).where(RUNNERS.c.id == runner).values(sound_at=due_at))


async def take_sound_tests(connection: Connection, now: datetime) -> Sequence[int]:
    """Cancel the sound tests that are due and return their runners, for the caller to send them."""
    due = select(RUNNERS.c.id).where(RUNNERS.c.sound_at <= now).with_for_update(skip_locked=True)
    taken = await connection.execute(
        update(RUNNERS).where(RUNNERS.c.id.in_(due)).values(sound_at=None).returning(RUNNERS.c.id)
    )
    return taken.scalars().all()
