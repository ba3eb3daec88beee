"""Sessions that a runner follows as a track: begun, answered, and cleared away."""

from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import prescriptions, sessions
from bot.db.engine import Connection, Database, query, transaction
from bot.domain import listening as domain
from bot.domain.session import Phase, Session, StoredSession
from bot.services import pain_followups, rating, rejections, session_plans, training
from bot.services.rejections import Reason, Rejected
from bot.services.training import Gated, Moved


@transaction
async def begin(
    connection: Connection, runner: int, planned: Session, seconds: int, now: datetime
) -> Moved | Rejected | Gated:
    """Begin a session that waits for its start as a track of so many seconds.

    `planned` is the session as its track was made; one that has changed since is rejected.
    """
    stored = await rejections.own_session(connection, runner, planned.id, planned.revision)
    if isinstance(stored, Rejected):
        return stored
    if stored.session.steps != planned.steps:
        return rejections.stale(stored)
    if (gated := await training.held_back(connection, stored)) is not None:
        return gated
    after = domain.listen(stored.session, seconds, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, stored if stored.session.is_open else None)
    await sessions.save(connection, stored.session, after)
    return Moved(stored.session, after, stored.message_id)


async def take_back(db: Database, begun: Moved) -> None:
    """Let the session wait for its start again, because its track could not be sent."""
    async with db.write(begun.session.runner) as connection:
        ready = domain.not_sent(begun.before, begun.session)
        await sessions.save(connection, begun.session, ready)


async def sent(db: Database, session: Session, message_id: int) -> None:
    """Store which message holds the track."""
    async with db.write(session.runner) as connection:
        await sessions.save_track(connection, session.id, message_id)


async def of_runner(db: Database, runner: int) -> StoredSession | None:
    """Return the session whose track the runner may report on: the open one, else the last one."""
    async with db.read() as connection:
        stored = await sessions.current(connection, runner)
        if stored is None:
            stored = await sessions.last_ended(connection, runner)
    return stored if stored is not None and domain.may_answer(stored.session) else None


@query
async def get(connection: Connection, runner: int, session: int) -> StoredSession | Rejected:
    """Return the session if the runner may report how much of its track was done."""
    stored = await sessions.get(connection, session)
    if stored is not None and stored.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    if stored is None or not domain.may_answer(stored.session):
        return rejections.stale(await rejections.to_show(connection, runner, stored))
    return stored


@transaction
async def answer(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    steps: int | None,
    now: datetime,
) -> Moved | Rejected:
    """Log the first so many steps of a track as done, which ends the session; None: all of them.

    What followed from a session that was closed as not done is undone, unless a later session has
    been built on it.
    """
    stored = await get(connection, runner, session)
    if isinstance(stored, Rejected):
        return stored
    before = stored.session
    after = domain.heard(before, len(before.steps) if steps is None else steps, now)
    if after is None:
        return rejections.stale(await sessions.current(connection, runner))
    is_last = not await prescriptions.has_begun_after(connection, runner, session)
    if not before.is_open and is_last:
        await rating.take_back(connection, before)
    await sessions.save(connection, before, after)
    followed = replace(before, phase=Phase.LISTENING)
    await pain_followups.trained(connection, followed, after, now)
    if not before.is_open and is_last:
        await session_plans.replan(connection, catalogue, runner, now)
    return Moved(before, after, stored.message_id)


@transaction
async def hurt_at(
    connection: Connection, runner: int, session: int, revision: int, step: int, now: datetime
) -> Moved | Rejected:
    """Correct the step of a track at which something hurts."""
    stored = await rejections.own_session(connection, runner, session, revision)
    if isinstance(stored, Rejected):
        return stored
    after = domain.hurt_at(stored.session, step, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, stored if stored.session.is_open else None)
    await sessions.save(connection, stored.session, after)
    return Moved(stored.session, after, stored.message_id)
