"""Opening and moving sessions."""

from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import incidents, pain_talks, prescriptions, runners, sessions
from bot.db.engine import Connection, Database, query, transaction
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.load import Loading
from bot.domain.not_today import NotToday
from bot.domain.own_routine import is_own
from bot.domain.pain_talk import OpenTalk
from bot.domain.rests import Rest
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.domain.suggestion import Today
from bot.domain.wish import Wish
from bot.services import (
    cues,
    pain_followups,
    rating,
    rejections,
    rests,
    runner_states,
    screening,
    session_plans,
    suggestions,
)
from bot.services.cues import StartNotice
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState
from bot.services.session_plans import SessionPlan

EXERTING = frozenset(Move) - {Move.PAUSE, Move.HURT, Move.STOP}


@frozen
class Gated:
    """The safety screen has to be answered first; `again`: once more, after a long gap.

    `pain`: the open questions about pain come first.
    """

    again: bool = False
    pain: OpenTalk | None = None


@frozen
class Opened:
    """A session that waits for its start or has begun; `replaced` is the session stopped for it."""

    stored: StoredSession
    replaced: StoredSession | None = None
    notice: StartNotice | None = None


@frozen
class OverCap:
    """The session would be over a cap (docs/training-rules.md, How much in a week); none opened."""

    loading: Loading


@frozen
class Running:
    """Another session that is under way; no session was opened."""

    stored: StoredSession


@frozen
class Gone:
    """The runner's own routine was removed; no session was opened."""


@frozen
class Empty:
    """The routine has no steps left while regions rest; `others` are the ids of those that have.

    `not_today` says why there is no session at all, if there are no others. `is_too_young`: the
    routine is for older runners.
    """

    resting: tuple[Rest, ...]
    others: tuple[str, ...]
    not_today: NotToday
    is_too_young: bool = False


@frozen
class Late:
    """A move that needs a confirmation because the word for it came late."""

    session: Session


@frozen
class Moved:
    """A session before and after a move; `message_id` is the message of the earlier step."""

    before: Session
    session: Session
    message_id: int | None
    notice: StartNotice | None = None


Opening = Gated | Running | Opened | OverCap | Empty | Gone


async def today(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> Gated | NotToday | Today:
    """Return what the runner should do today, as far as no answer is missing; open nothing."""
    async with db.write(runner) as connection:
        if (gated := await gate(connection, catalogue, runner, now)) is not None:
            return gated
        state = await runner_states.get(connection, catalogue, runner, now)
    if state.must_answer_again(now):
        return Gated(again=True)
    routine = suggestions.routine_for(catalogue, state, now)
    planned = session_plans.plan_for(catalogue, routine, state, now)
    if not planned.steps:
        return session_plans.not_today(state, now)
    why = suggestions.why(state, routine, now)
    return Today(routine, planned.steps, planned.loading, why, state.standing)


async def suggestion(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> str:
    """Return the id of the routine to suggest to this runner."""
    async with db.read() as connection:
        state = await runner_states.get(connection, catalogue, runner, now)
    return suggestions.routine_for(catalogue, state, now)


@transaction
async def trained_elsewhere(
    connection: Connection, runner: int, trained_at: datetime, now: datetime
) -> None:
    """Store that the runner trained without the coach; only the latest moment is kept.

    A session that waits for its start is planned anew when it is opened.
    """
    await runners.ensure(connection, runner, now)
    stored = await runners.get(connection, runner)
    if stored is None or stored.elsewhere_at is None or stored.elsewhere_at < trained_at:
        await runners.save_elsewhere(connection, runner, trained_at)


current = query(sessions.current)


@transaction
async def open_session(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    routine: str,
    now: datetime,
    *,
    begin: bool,
    anyway: bool = False,
    instead_of: int | None = None,
    capacity: int | None = None,
) -> Opening:
    """Open a session of this routine, ready for its Start or begun at once.

    If a session is under way, it is returned instead, unless its id is `instead_of`: then it is
    stopped. A session that waits for its start is replaced, unless its plan is the same. One over a
    cap is opened only if the runner wants to train `anyway`, or if it replaces another. `capacity`
    is the number of sessions that may be hands-free at a time.
    """
    catalogue = await runner_states.with_own_routines(connection, catalogue, runner)
    if (refused := await _refused(connection, catalogue, runner, routine, now)) is not None:
        return refused
    present = await sessions.current(connection, runner)
    if present is not None and present.session.is_under_way:
        if present.session.id != instead_of:
            return Running(present)
        await _stop(connection, present.session, now)
    await rating.apply_unrated(connection, catalogue, runner)
    state = await runner_states.get(connection, catalogue, runner, now, excluded=instead_of)
    if state.must_answer_again(now):
        return Gated(again=True)
    if state.no_session is not None:
        return Empty(state.resting, (), session_plans.not_today(state, now))
    new, planned = _planned(catalogue, state, routine, now)
    if not new.steps:
        return _empty(catalogue, state, routine, now)
    if planned.loading is not Loading.ALLOWED and not anyway and instead_of is None:
        return OverCap(planned.loading)
    if present is not None and present.session.phase is Phase.READY:
        if _is_same(present.session, new):
            return await _opened(connection, present, now, begin=begin, capacity=capacity)
        await _stop(connection, present.session, now)
    stored = StoredSession(await sessions.add(connection, new, now))
    await prescriptions.save_prescribed(connection, stored.session.id, planned.prescribed)
    opened = await _opened(connection, stored, now, begin=begin, capacity=capacity)
    return replace(opened, replaced=present)


async def _refused(
    connection: Connection, catalogue: Catalogue, runner: int, routine: str, now: datetime
) -> Gated | Gone | None:
    """Return why no session of the routine is opened; `catalogue` has the runner's own, too."""
    gated = await gate(connection, catalogue, runner, now)
    if gated is None and is_own(routine) and routine not in catalogue.routines:
        return Gone()
    return gated


async def gate(
    connection: Connection, catalogue: Catalogue, runner: int, now: datetime
) -> Gated | None:
    """Return what the runner has to answer before any session."""
    known = await runners.get(connection, runner)
    if known is None or not known.may_train:
        return Gated()
    known = await screening.renew(connection, known, catalogue.conditions, now)
    if not known.may_train:
        return Gated()
    await runners.ensure(connection, runner, now)
    pain = await _held(connection, runner)
    return None if pain is None else Gated(pain=pain)


async def _stop(connection: Connection, session: Session, now: datetime) -> None:
    stopped = domain.stop(session, now)
    assert stopped is not None
    await sessions.save(connection, session, stopped)
    await pain_followups.trained(connection, session, stopped, now)


def _planned(
    catalogue: Catalogue, state: RunnerState, routine: str, now: datetime
) -> tuple[Session, SessionPlan]:
    """Return a new session, not stored yet, and its plan."""
    key = routine if catalogue.has(routine) else catalogue.routine(routine).id
    planned = session_plans.plan_for(catalogue, key, state, now)
    session = Session(
        id=0,
        runner=state.runner.id,
        routine=key,
        routine_name=catalogue.name_of(key),
        steps=planned.steps,
        timed=not state.runner.own_pace,
        touched_at=now,
        notes=planned.notes,
    )
    return session, planned


def _empty(catalogue: Catalogue, state: RunnerState, routine: str, now: datetime) -> Empty:
    """Return the regions that rest, and the routines with steps left.

    Where a wish was asked for and no routine is left, these are sessions for other purposes.
    """
    others = tuple(
        other.id
        for other in catalogue.routines.values()
        if suggestions.may_offer(other, state) and session_plans.plan(catalogue, other, state).steps
    )
    if not others and catalogue.wish(routine) is not None:
        wishes = [Wish(one.minutes, key).routine for key, one in catalogue.purposes.items()]
        others = tuple(
            key for key in wishes if session_plans.plan_for(catalogue, key, state, now).steps
        )
    is_too_young = session_plans.is_too_young(catalogue, routine, state.runner)
    not_today = session_plans.not_today(state, now)
    return Empty(state.resting, others, not_today, is_too_young)


def _is_same(waiting: Session, new: Session) -> bool:
    """Return whether routine, steps and notes are the same."""
    present = (waiting.routine, waiting.steps, waiting.notes)
    return present == (new.routine, new.steps, new.notes)


async def _opened(
    connection: Connection,
    stored: StoredSession,
    now: datetime,
    *,
    begin: bool,
    capacity: int | None,
) -> Opened:
    if not begin:
        return Opened(stored)
    begun = domain.begin(stored.session, now)
    assert begun is not None
    begun, notice = await cues.started(connection, stored.session, begun, capacity)
    await sessions.save(connection, stored.session, begun)
    return Opened(replace(stored, session=begun), notice=notice)


async def held_back(connection: Connection, stored: StoredSession) -> Gated | None:
    """Return what has to be answered before the session goes on."""
    if not stored.may_train:
        return Gated()
    pain = await _held(connection, stored.session.runner) if stored.has_talk else None
    return None if pain is None else Gated(pain=pain)


async def _held(connection: Connection, runner: int) -> OpenTalk | None:
    """Return the open questions about pain if no session goes on before they are answered."""
    opened = await pain_talks.get(connection, runner)
    return opened if opened is not None and opened.talk.holds_training else None


@transaction
async def move(
    connection: Connection,
    runner: int,
    session: int,
    revision: int,
    move: Move,
    now: datetime,
    capacity: int | None = None,
    catalogue: Catalogue | None = None,
) -> Moved | Rejected | Gated:
    """Move the session by a tap; reject it unless the session is the runner's, at this revision.

    With a `catalogue`, a stopped session is not taken up again if its steps load what rests now.
    """
    stored = await rejections.own_session(connection, runner, session, revision)
    if isinstance(stored, Rejected):
        return stored
    if not stored.session.is_open and (other := await sessions.current(connection, runner)):
        return rejections.stale(other)
    stopped = stored.session.phase is Phase.STOPPED
    if catalogue and stopped and await _has_to_rest(connection, catalogue, stored, now):
        return Rejected(Reason.ENDED_BY_PAIN)
    return await _move(connection, stored, move, now, capacity)


async def _has_to_rest(
    connection: Connection, catalogue: Catalogue, stored: StoredSession, now: datetime
) -> bool:
    """Return whether the rest of the stopped session is not for today, because of pain."""
    session = stored.session
    runner = await runners.get(connection, session.runner)
    resting = await rests.get(connection, session.runner)
    reported = await rests.reported_today(connection, [runner] if runner else [], now)
    day = rests.today(runner, now)
    if rests.why_no_session(resting, reported.get(session.runner, ()), day):
        return True
    coming = session.steps[session.position :]
    return catalogue.eased(coming, resting) != (coming, frozenset())


@transaction
async def move_by_word(
    connection: Connection,
    runner: int,
    word_id: int,
    move: Move,
    now: datetime,
    capacity: int | None = None,
    *,
    late: bool = False,
) -> Moved | Rejected | Gated | Late:
    """Move the session by a typed word.

    `word_id` is the id of its message: a word that is handled again is rejected. `late`: a move
    that would count is not made but returned as Late.
    """
    stored = await sessions.current(connection, runner)
    if stored is None:
        last = await sessions.last_ended(connection, runner)
        return rejections.stale(await rejections.to_show(connection, runner, last))
    if word_id <= stored.word_id:
        return rejections.stale(stored)
    if late and domain.MOVES[move](stored.session, now) is not None:
        return Late(stored.session)
    return await _move(connection, stored, move, now, capacity, word_id)


async def _move(
    connection: Connection,
    stored: StoredSession,
    move: Move,
    now: datetime,
    capacity: int | None,
    word_id: int | None = None,
) -> Moved | Rejected | Gated:
    if move in EXERTING and (gated := await held_back(connection, stored)) is not None:
        return gated
    after = domain.MOVES[move](stored.session, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, stored if stored.session.is_open else None)
    if stored.session.phase is Phase.STOPPED:
        if await incidents.ended(connection, stored.session.id):
            return Rejected(Reason.ENDED_BY_PAIN)
        await rating.take_back(connection, stored.session)
    after, notice = await cues.started(connection, stored.session, after, capacity)
    if move in (Move.OWN_PACE, Move.HANDS_FREE):
        await runners.save_pace(connection, after.runner, move is Move.OWN_PACE)
    if not await sessions.save(connection, stored.session, after, word_id):
        return rejections.stale(await sessions.current(connection, stored.session.runner))
    await pain_followups.trained(connection, stored.session, after, now)
    return Moved(stored.session, after, stored.message_id, notice)
