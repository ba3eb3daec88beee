"""What a runner says of a session, and what follows from it for the next one.

What follows is worked out from the doses before the session, each time anew, until the next one
begins. A session that was not rated is applied when the next one is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import incidents, prescriptions, sessions
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.change import Change
from bot.domain.feedback import Skip
from bot.domain.session import Outcome, Rating, Session, StoredSession
from bot.domain.session_doses import Dose, SessionDoses, next_prescriptions, with_outcome
from bot.services import rejections, session_plans
from bot.services.rejections import Reason, Rejected


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was said of a session so far, and what it changes; nothing yet where `changes` is None.

    `done` and `skipped` are places among the doses; `next_skip` is the first of the skipped that
    has no reason yet.
    """

    session: Session
    doses: tuple[Dose, ...] = ()
    changes: tuple[Change, ...] | None = None
    done: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    message_id: int | None = None

    @property
    def next_skip(self) -> int | None:
        return next((place for place in self.skipped if self.doses[place].skipped is None), None)


async def get(db: Database, runner: int, session: int) -> Feedback | Rejected:
    """Return what was said of a session that is over."""
    async with db.read() as connection:
        kept = await _ended_session(connection, runner, session)
        if isinstance(kept, Rejected):
            return kept
        doses = await prescriptions.prescribed(connection, session)
        return await _feedback(connection, kept, doses)


async def rate(
    db: Database, catalogue: Catalogue, runner: int, session: int, rating: Rating, now: datetime
) -> Feedback | Rejected:
    """Store how the session felt; the last word counts, for every exercise."""

    def say(kept: StoredSession, doses: SessionDoses | None) -> tuple[Session, SessionDoses | None]:
        rated = domain.rate(kept.session, rating)
        assert rated is not None
        if doses is None:
            return rated, None
        unrated = tuple(replace(dose, rating=None) for dose in doses.doses)
        return rated, replace(doses, doses=unrated)

    async with db.write(runner) as connection:
        return await _say(connection, catalogue, runner, session, say, now)


async def rate_one(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    place: int,
    rating: Rating,
    now: datetime,
) -> Feedback | Rejected:
    """Store how one exercise felt, by its place among the doses."""
    return await _say_one(db, catalogue, runner, session, place, now, rating=rating)


async def say_why(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    place: int,
    reason: Skip,
    now: datetime,
) -> Feedback | Rejected:
    """Store why one exercise was skipped, by its place among the doses."""
    return await _say_one(db, catalogue, runner, session, place, now, skipped=reason)


async def rate_by_word(
    db: Database, catalogue: Catalogue, runner: int, rating: Rating, now: datetime
) -> Feedback | None:
    """Store how the last session felt, if that was not said yet."""
    async with db.read() as connection:
        last = await sessions.last_ended(connection, runner)
    if last is None or last.session.rating is not None or last.session.trained_at is None:
        return None
    feedback = await rate(db, catalogue, runner, last.session.id, rating, now)
    return feedback if isinstance(feedback, Feedback) else None


async def _say_one(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    place: int,
    now: datetime,
    **answer: Rating | Skip,
) -> Feedback | Rejected:
    def say(kept: StoredSession, doses: SessionDoses | None) -> tuple[Session, SessionDoses | None]:
        known = doses is not None and place < len(doses.doses)
        return kept.session, doses.answered(place, **answer) if doses and known else doses

    async with db.write(runner) as connection:
        return await _say(connection, catalogue, runner, session, say, now)


async def _say(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    say: Callable[[StoredSession, SessionDoses | None], tuple[Session, SessionDoses | None]],
    now: datetime,
) -> Feedback | Rejected:
    kept = await _ended_session(connection, runner, session)
    if isinstance(kept, Rejected):
        return kept
    if await prescriptions.has_begun_after(connection, runner, session):
        return Rejected(Reason.NEXT_BEGUN)
    after, doses = say(kept, await prescriptions.prescribed(connection, session))
    await sessions.save(connection, kept.session, after)
    if doses is not None:
        doses = replace(doses, applied=True)
        await prescriptions.save_prescribed(connection, session, doses)
        await _store(connection, after, doses)
        await session_plans.again(connection, catalogue, runner, now)
    return await _feedback(connection, replace(kept, session=after), doses)


async def settle_others(connection: Connection, runner: int) -> None:
    """Store what follows from sessions that are over and of which nothing more was said."""
    for session in await prescriptions.not_applied(connection, runner):
        kept = await sessions.get(connection, session)
        doses = await prescriptions.prescribed(connection, session)
        if kept is not None and doses is not None:
            await _store(connection, kept.session, doses)
            await prescriptions.set_applied(connection, session)


async def take_back(connection: Connection, session: Session) -> None:
    """Forget what was said of a session that goes on, and what followed from it."""
    doses = await prescriptions.prescribed(connection, session.id)
    if doses is None or not doses.applied:
        return
    before = {dose.exercise.id: dose.before for dose in doses.doses}
    await prescriptions.save(connection, session.runner, before, doses.knows_bands)
    await prescriptions.save_prescribed(connection, session.id, doses.forgotten())


async def _ended_session(
    connection: Connection, runner: int, session: int
) -> StoredSession | Rejected:
    kept = await sessions.get(connection, session)
    if kept is None:
        return rejections.stale(None)
    if kept.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    return rejections.stale(kept) if kept.session.is_open else kept


async def _store(connection: Connection, session: Session, doses: SessionDoses) -> None:
    """Store the runner's prescriptions from here on."""
    nexts = next_prescriptions(session, doses, await incidents.pains_of(connection, session.id))
    after = {each.change.exercise: each.prescription for each in nexts}
    if session.trained_at is not None:
        after |= {dose.exercise.id: dose.before for dose in doses.others}
    await prescriptions.save(connection, session.runner, after, doses.knows_bands)


async def _feedback(
    connection: Connection, kept: StoredSession, doses: SessionDoses | None
) -> Feedback:
    session = kept.session
    if doses is None:
        return Feedback(session, message_id=kept.message_id)
    changes = None
    if doses.applied:
        nexts = next_prescriptions(session, doses, await incidents.pains_of(connection, session.id))
        changes = tuple(each.change for each in nexts)
    return Feedback(
        session,
        doses.doses,
        changes,
        with_outcome(session, doses, Outcome.DONE),
        with_outcome(session, doses, Outcome.SKIPPED),
        kept.message_id,
    )
