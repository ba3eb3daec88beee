"""A runner's feedback on a session, and the prescriptions that follow from it.

Until the next session begins, each answer computes the next prescriptions anew from the doses
before the session. For a session without feedback, that is done when the next one is opened.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.content import Catalogue
from bot.db import incidents, pain_talks, prescriptions, runners, sessions
from bot.db.engine import Connection, Database, query, transaction
from bot.domain import session as domain
from bot.domain.change import Change, Growth
from bot.domain.feedback import Skip
from bot.domain.frozen import frozen
from bot.domain.progression import Next
from bot.domain.rests import STRONGEST
from bot.domain.runner import Screening
from bot.domain.session import Outcome, Phase, Rating, Session, StoredSession
from bot.domain.session_doses import Dose, SessionDoses, next_prescriptions, with_outcome
from bot.services import rejections, rests, session_plans
from bot.services.rejections import Reason, Rejected

LATELY = timedelta(days=1)


@frozen
class Feedback:
    """The feedback on a session so far, and what it changes.

    `changes` is None until the next prescriptions are stored. `done` and `skipped` are indexes of
    doses. `growth`: the sets of the next session of this routine; None: they do not depend on this
    one.
    """

    session: Session
    doses: tuple[Dose, ...] = ()
    changes: tuple[Change, ...] | None = None
    done: tuple[int, ...] = ()
    skipped: tuple[int, ...] = ()
    message_id: int | None = None
    growth: Growth | None = None

    @property
    def next_skip(self) -> int | None:
        """The index of the first skipped dose without a reason."""
        return next((place for place in self.skipped if self.doses[place].skipped is None), None)


@query
async def get(
    connection: Connection, catalogue: Catalogue, runner: int, session: int
) -> Feedback | Rejected:
    """Return the feedback on a session that is over."""
    stored = await _ended_session(connection, runner, session)
    if isinstance(stored, Rejected):
        return stored
    doses = await prescriptions.prescribed(connection, session)
    return await _feedback(connection, catalogue, stored, doses)


@query
async def is_asked(connection: Connection, session: Session, now: datetime) -> bool:
    """Return whether the runner is asked how the session felt: not after strong pain or a lock."""
    return await _refusal(connection, session.runner, session.id, now) is None


async def _refusal(
    connection: Connection, runner: int, session: int, now: datetime
) -> Reason | None:
    known = await runners.get(connection, runner)
    if known is None:
        return None
    if known.screening is Screening.WAITING or known.reported_sign is not None:
        return Reason.OUTDATED
    has_strong_pain = (
        await incidents.ended(connection, session)
        or await rests.ended_today(connection, known, now)
        or await _is_said_to_be_strong(connection, runner)
    )
    return Reason.ENDED_BY_PAIN if has_strong_pain else None


async def _is_said_to_be_strong(connection: Connection, runner: int) -> bool:
    """Return whether pain is strong by the answers before the open question about it."""
    opened = await pain_talks.get(connection, runner)
    if opened is None or not opened.talk.holds_training:
        return False
    return (opened.talk.score or 0) >= STRONGEST


@transaction
async def rate(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    rating: Rating,
    now: datetime,
) -> Feedback | Rejected:
    """Store how the session felt, in place of the ratings of its exercises."""

    def change(
        stored: StoredSession, doses: SessionDoses | None
    ) -> tuple[Session, SessionDoses | None]:
        rated = domain.rate(stored.session, rating)
        assert rated is not None
        if doses is None:
            return rated, None
        unrated = tuple(replace(dose, rating=None) for dose in doses.doses)
        return rated, replace(doses, doses=unrated)

    return await _change(connection, catalogue, runner, session, change, now)


@transaction
async def answer_one(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    place: int,
    answer: Rating | Skip,
    now: datetime,
) -> Feedback | Rejected:
    """Store how one exercise felt, or why it was skipped, by the index of its dose."""

    def change(
        stored: StoredSession, doses: SessionDoses | None
    ) -> tuple[Session, SessionDoses | None]:
        if doses is None or place >= len(doses.doses):
            return stored.session, doses
        field = "rating" if isinstance(answer, Rating) else "skipped"
        return stored.session, doses.answered(place, **{field: answer})

    return await _change(connection, catalogue, runner, session, change, now)


async def rate_by_word(
    db: Database, catalogue: Catalogue, runner: int, rating: Rating, now: datetime
) -> Feedback | None:
    """Store how the last session felt; return None if it can't be rated.

    Lately it may have felt otherwise than was said; that it was right changes no rating. Then the
    summary is to be shown anew.
    """
    async with db.read() as connection:
        last = await sessions.last_ended(connection, runner)
        if last is None or last.session.trained_at is None or last.session.ended_at is None:
            return None
        is_late = last.session.ended_at < now - LATELY or rating is Rating.RIGHT
        if last.session.rating is not None and is_late:
            return None
        if await _refusal(connection, runner, last.session.id, now) is not None:
            return None
    feedback = await rate(db, catalogue, runner, last.session.id, rating, now)
    if not isinstance(feedback, Feedback):
        return None
    return feedback if last.session.rating is None else replace(feedback, message_id=None)


async def _change(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    change: Callable[[StoredSession, SessionDoses | None], tuple[Session, SessionDoses | None]],
    now: datetime,
) -> Feedback | Rejected:
    stored = await _ended_session(connection, runner, session)
    if isinstance(stored, Rejected):
        return stored
    if refusal := await _refusal(connection, runner, session, now):
        return Rejected(refusal)
    if await prescriptions.has_begun_after(connection, runner, session):
        return Rejected(Reason.NEXT_BEGUN)
    after, doses = change(stored, await prescriptions.prescribed(connection, session))
    await sessions.save(connection, stored.session, after)
    if doses is not None:
        doses = replace(doses, applied=True)
        await prescriptions.save_prescribed(connection, session, doses)
        await _store(connection, catalogue, after, doses)
        await session_plans.replan(connection, catalogue, runner, now)
    return await _feedback(connection, catalogue, replace(stored, session=after), doses)


async def apply_unrated(connection: Connection, catalogue: Catalogue, runner: int) -> None:
    """Store the prescriptions that follow from ended sessions without feedback."""
    for session in await prescriptions.not_applied(connection, runner):
        stored = await sessions.get(connection, session)
        doses = await prescriptions.prescribed(connection, session)
        if stored is not None and doses is not None:
            await _store(connection, catalogue, stored.session, doses)
            await prescriptions.set_applied(connection, session)


async def take_back(connection: Connection, session: Session) -> None:
    """Delete the feedback on a session that is resumed, and undo what followed from it."""
    doses = await prescriptions.prescribed(connection, session.id)
    if doses is None or not doses.applied:
        return
    before = {dose.exercise.id: dose.before for dose in doses.doses}
    await prescriptions.save(connection, session.runner, before, doses.knows_bands)
    await prescriptions.save_prescribed(connection, session.id, doses.forgotten())


async def _ended_session(
    connection: Connection, runner: int, session: int
) -> StoredSession | Rejected:
    stored = await sessions.get(connection, session)
    if stored is None:
        return rejections.stale(None)
    if stored.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    return rejections.stale(stored) if stored.session.is_open else stored


async def _store(
    connection: Connection, catalogue: Catalogue, session: Session, doses: SessionDoses
) -> None:
    """Store the runner's next prescriptions."""
    nexts = await _next(connection, catalogue, session, doses)
    after = {each.change.exercise: each.prescription for each in nexts}
    await prescriptions.save(connection, session.runner, after, doses.knows_bands)


async def _next(
    connection: Connection, catalogue: Catalogue, session: Session, doses: SessionDoses
) -> tuple[Next, ...]:
    resting = [rest.region for rest in await rests.get(connection, session.runner)]
    pains = await incidents.pains_of(connection, session.id)
    return next_prescriptions(session, doses, pains, catalogue.loading(resting))


async def _feedback(
    connection: Connection,
    catalogue: Catalogue,
    stored: StoredSession,
    doses: SessionDoses | None,
) -> Feedback:
    session = stored.session
    growth = await _growth(connection, catalogue, session)
    if doses is None:
        return Feedback(session, message_id=stored.message_id, growth=growth)
    changes = None
    if doses.applied:
        nexts = await _next(connection, catalogue, session, doses)
        changes = tuple(each.change for each in nexts)
    return Feedback(
        session,
        doses.doses,
        changes,
        with_outcome(session, doses, Outcome.DONE),
        with_outcome(session, doses, Outcome.SKIPPED),
        stored.message_id,
        growth,
    )


async def _growth(connection: Connection, catalogue: Catalogue, session: Session) -> Growth | None:
    """Return how the routine grows after this session, if it was one with fewer sets."""
    routine = catalogue.routines.get(session.routine)
    if routine is None or session.rating is None or session.phase is not Phase.FINISHED:
        return None
    assert session.ended_at is not None
    trained = await sessions.trained(connection, [session.runner], session.ended_at)
    earlier = [past for past in trained[session.runner] if past.id < session.id]
    grown = session_plans.times_grown(earlier, routine.id)
    if grown >= len(routine.sets_in_first_sessions):
        return None
    before = max(step.sets for step in session.steps)
    if session.rating is Rating.HARD:
        return Growth(before, before)
    return Growth(before, max(before, routine.sets_in_session(grown + 1)))
