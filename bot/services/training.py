"""Opening and moving sessions."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import bands, incidents, pain_talks, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.pain_talk import OpenTalk
from bot.domain.rests import NoSession, Rest
from bot.domain.runner import Runner
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.domain.session_doses import SessionDoses
from bot.services import cues, pain_followups, rating, rejections, session_plans
from bot.services.cues import StartNotice
from bot.services.rejections import Reason, Rejected
from bot.services.session_plans import RunnerState

EXERTING = frozenset(Move) - {Move.PAUSE, Move.HURT, Move.STOP}


@dataclass(frozen=True, slots=True)
class Gated:
    """The safety screen has to be answered first; `again`: once more, after a long gap.

    `pain`: the open questions about pain come first.
    """

    runner: Runner | None
    again: bool = False
    pain: OpenTalk | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that waits for its start or has begun; `replaced` is the session stopped for it."""

    stored: StoredSession
    replaced: StoredSession | None = None
    notice: StartNotice | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Another session that is under way; no session was opened."""

    stored: StoredSession


@dataclass(frozen=True, slots=True)
class Empty:
    """The routine has no steps left while regions rest; `others` are the ids of those that have.

    `reason`: why there is no session today at all; None: another routine may do.
    """

    resting: tuple[Rest, ...]
    others: tuple[str, ...]
    reason: NoSession | None = None


@dataclass(frozen=True, slots=True)
class Late:
    """A move that needs a confirmation because the word for it came late."""

    session: Session


@dataclass(frozen=True, slots=True)
class Moved:
    """A session before and after a move; `message_id` is the message of the earlier step."""

    before: Session
    session: Session
    message_id: int | None
    notice: StartNotice | None = None


async def suggestion(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> str:
    """Return the id of the routine to suggest to this runner."""
    async with db.read() as connection:
        kit = await bands.get(connection, runner)
        trained = await sessions.trained(connection, [runner])
    return session_plans.suggestion(catalogue, kit, trained[runner], now)


async def current(db: Database, runner: int) -> StoredSession | None:
    """Return the runner's open session."""
    async with db.read() as connection:
        return await sessions.current(connection, runner)


async def open_session(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    routine: str,
    now: datetime,
    *,
    begin: bool,
    instead_of: int | None = None,
    capacity: int | None = None,
) -> Gated | Running | Opened | Empty:
    """Open a session of this routine, ready for its Start or begun at once.

    If a session is under way, it is returned instead, unless its id is `instead_of`: then it is
    stopped. A session that waits for its start is replaced, unless its plan is the same.
    `capacity` is the number of sessions that may be hands-free at a time.
    """
    async with db.write(runner) as connection:
        stored_runner = await runners.get(connection, runner)
        if stored_runner is None or not stored_runner.may_train:
            return Gated(stored_runner)
        await runners.ensure(connection, runner, now)
        if (pain := await _held(connection, runner)) is not None:
            return Gated(stored_runner, pain=pain)
        present = await sessions.current(connection, runner)
        if present is not None and present.session.phase is not Phase.READY:
            if present.session.id != instead_of:
                return Running(present)
            await _stop(connection, present.session, now)
        await rating.apply_unrated(connection, runner)
        state = await session_plans.get_state(
            connection, catalogue, runner, now, excluded=instead_of
        )
        if state.must_answer_again(now):
            return Gated(stored_runner, again=True)
        if state.no_session is not None:
            return Empty(state.resting, (), state.no_session)
        new, doses = _planned(catalogue, state, routine, now)
        if not new.steps:
            return _empty(catalogue, state)
        if present is not None and present.session.phase is Phase.READY:
            if _is_same(present.session, new):
                return await _opened(connection, present, now, begin=begin, capacity=capacity)
            await _stop(connection, present.session, now)
        stored = StoredSession(await sessions.add(connection, new, now))
        await prescriptions.save_prescribed(connection, stored.session.id, doses)
        opened = await _opened(connection, stored, now, begin=begin, capacity=capacity)
        return replace(opened, replaced=present)


async def _stop(connection: Connection, session: Session, now: datetime) -> None:
    stopped = domain.stop(session, now)
    assert stopped is not None
    await sessions.save(connection, session, stopped)
    await pain_followups.trained(connection, session, stopped, now)


def _planned(
    catalogue: Catalogue, state: RunnerState, routine: str, now: datetime
) -> tuple[Session, SessionDoses]:
    """Return a new session, not stored yet, and its doses."""
    chosen = catalogue.routine(routine)
    planned = session_plans.plan(catalogue, chosen, state)
    session = Session(
        id=0,
        runner=state.runner.id,
        routine=chosen.id,
        routine_name=catalogue.texts(chosen).name,
        steps=planned.steps,
        timed=not state.runner.own_pace,
        touched_at=now,
        notes=planned.notes,
    )
    return session, planned.prescribed


def _empty(catalogue: Catalogue, state: RunnerState) -> Empty:
    """Return the regions that rest, and the routines with steps left."""
    others = tuple(
        other.id
        for other in catalogue.routines.values()
        if catalogue.plans(other, state.kit, state.sparing)
    )
    return Empty(state.resting, others)


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


async def _held(connection: Connection, runner: int) -> OpenTalk | None:
    """Return the open questions about pain if no session goes on before they are answered."""
    opened = await pain_talks.get(connection, runner)
    return opened if opened is not None and opened.talk.holds_training else None


async def move(
    db: Database,
    runner: int,
    session: int,
    revision: int,
    move: Move,
    now: datetime,
    capacity: int | None = None,
) -> Moved | Rejected | Gated:
    """Move the session by a tap; reject it unless the session is the runner's, at this revision."""
    async with db.write(runner) as connection:
        stored = await rejections.own_session(connection, runner, session, revision)
        if isinstance(stored, Rejected):
            return stored
        if not stored.session.is_open and (other := await sessions.current(connection, runner)):
            return rejections.stale(other)
        return await _move(connection, stored, move, now, capacity)


async def move_by_word(
    db: Database,
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
    async with db.write(runner) as connection:
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
    if move in EXERTING and not stored.may_train:
        return Gated(await runners.get(connection, stored.session.runner))
    if move in EXERTING and (pain := await _held(connection, stored.session.runner)) is not None:
        return Gated(None, pain=pain)
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
