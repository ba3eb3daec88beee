"""What a runner says of a session, and what follows from it for the next one.

What follows is worked out from the doses before the session, each time anew, until the next one
begins. A session of which nothing was said is settled when the next one is opened.
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
from bot.domain.session import Kept, Outcome, Rating, Session
from bot.domain.session_doses import Dose, Prescribed, settle, with_outcome
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
        made_of = await prescriptions.prescribed(connection, session)
        return await _feedback(connection, kept, made_of)


async def rate(
    db: Database, catalogue: Catalogue, runner: int, session: int, rating: Rating, now: datetime
) -> Feedback | Rejected:
    """Store how the session felt; the last word counts, for every exercise."""

    def say(kept: Kept, made_of: Prescribed | None) -> tuple[Session, Prescribed | None]:
        rated = domain.rate(kept.session, rating)
        assert rated is not None
        if made_of is None:
            return rated, None
        doses = tuple(replace(dose, rating=None) for dose in made_of.doses)
        return rated, replace(made_of, doses=doses)

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
    def say(kept: Kept, made_of: Prescribed | None) -> tuple[Session, Prescribed | None]:
        known = made_of is not None and place < len(made_of.doses)
        return kept.session, made_of.answered(place, **answer) if made_of and known else made_of

    async with db.write(runner) as connection:
        return await _say(connection, catalogue, runner, session, say, now)


async def _say(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    say: Callable[[Kept, Prescribed | None], tuple[Session, Prescribed | None]],
    now: datetime,
) -> Feedback | Rejected:
    kept = await _ended_session(connection, runner, session)
    if isinstance(kept, Rejected):
        return kept
    if await prescriptions.has_begun_after(connection, runner, session):
        return Rejected(Reason.NEXT_BEGUN)
    after, made_of = say(kept, await prescriptions.prescribed(connection, session))
    await sessions.save(connection, kept.session, after)
    if made_of is not None:
        made_of = replace(made_of, settled=True)
        await prescriptions.save_prescribed(connection, session, made_of)
        await _store(connection, after, made_of)
        await session_plans.again(connection, catalogue, runner, now)
    return await _feedback(connection, replace(kept, session=after), made_of)


async def settle_others(connection: Connection, runner: int) -> None:
    """Store what follows from sessions that are over and of which nothing more was said."""
    for session in await prescriptions.unsettled(connection, runner):
        kept = await sessions.get(connection, session)
        made_of = await prescriptions.prescribed(connection, session)
        if kept is not None and made_of is not None:
            await _store(connection, kept.session, made_of)
            await prescriptions.set_settled(connection, session)


async def take_back(connection: Connection, session: Session) -> None:
    """Forget what was said of a session that goes on, and what followed from it."""
    made_of = await prescriptions.prescribed(connection, session.id)
    if made_of is None or not made_of.settled:
        return
    before = {dose.exercise.id: dose.before for dose in made_of.doses}
    await prescriptions.save(connection, session.runner, before, made_of.knows_bands)
    await prescriptions.save_prescribed(connection, session.id, made_of.forgotten())


async def _ended_session(connection: Connection, runner: int, session: int) -> Kept | Rejected:
    kept = await sessions.get(connection, session)
    if kept is None:
        return rejections.stale(None)
    if kept.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    return rejections.stale(kept) if kept.session.is_open else kept


async def _store(connection: Connection, session: Session, made_of: Prescribed) -> None:
    """Store the runner's prescriptions from here on."""
    nexts = settle(session, made_of, await incidents.pains_of(connection, session.id))
    after = {each.change.exercise: each.prescription for each in nexts}
    if session.trained_at is not None:
        after |= {dose.exercise.id: dose.before for dose in made_of.others}
    await prescriptions.save(connection, session.runner, after, made_of.knows_bands)


async def _feedback(connection: Connection, kept: Kept, made_of: Prescribed | None) -> Feedback:
    session = kept.session
    if made_of is None:
        return Feedback(session, message_id=kept.message_id)
    changes = None
    if made_of.settled:
        nexts = settle(session, made_of, await incidents.pains_of(connection, session.id))
        changes = tuple(each.change for each in nexts)
    return Feedback(
        session,
        made_of.doses,
        changes,
        with_outcome(session, made_of, Outcome.DONE),
        with_outcome(session, made_of, Outcome.SKIPPED),
        kept.message_id,
    )
