"""A runner's wishes about sessions."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.content import Catalogue
from bot.db import bands, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.pain_report import RegionRest
from bot.domain.runner import Runner
from bot.domain.session import Move, Phase, Session, StoredSession
from bot.domain.session_doses import SessionDoses
from bot.services import cues, pain, rating, rejections, session_plans
from bot.services.cues import StartNotice
from bot.services.rejections import Reason, Rejected
from bot.services.session_plans import RunnerState

EXERTING = frozenset(Move) - {Move.PAUSE, Move.HURT, Move.STOP}


@dataclass(frozen=True, slots=True)
class Gated:
    """The safety screen comes first; `again`: after so long a gap that it is asked anew."""

    runner: Runner | None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A session waits for its Start, or has begun; `replaced` is the one that it took over from."""

    kept: StoredSession
    replaced: StoredSession | None = None
    aside: StartNotice | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Another session is under way and goes first."""

    kept: StoredSession


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing of the routine is left while a region rests; of the `others` something is."""

    resting: tuple[RegionRest, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """The move would count, but the word for it came so late that its writer is asked."""

    session: Session


@dataclass(frozen=True, slots=True)
class Moved:
    """The move counts. `message_id` carries the buttons of the step that was left."""

    before: Session
    session: Session
    message_id: int | None
    aside: StartNotice | None = None


async def suggestion(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> str:
    """Return the id of the routine that comes next for this runner."""
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

    A session under way goes first, unless it is the one with the id `instead_of`, which is then
    stopped. A session that was never begun is replaced, unless it is the very same. `capacity` is
    how many sessions may be hands-free at a time.
    """
    async with db.write(runner) as connection:
        known = await runners.get(connection, runner)
        if known is None or not known.may_train:
            return Gated(known)
        await runners.ensure(connection, runner, now)
        there = await sessions.current(connection, runner)
        if there is not None and there.session.phase is not Phase.READY:
            if there.session.id != instead_of:
                return Running(there)
            await _stop(connection, there.session, now)
        await rating.settle_others(connection, runner)
        facts = await session_plans.circumstances(
            connection, catalogue, runner, now, excluded=instead_of
        )
        if facts.must_answer_again(now):
            return Gated(known, again=True)
        new, made_of = _planned(catalogue, facts, routine, now)
        if not new.steps:
            return await _empty(connection, catalogue, facts, now)
        if there is not None and there.session.phase is Phase.READY:
            if _is_same(there.session, new):
                return await _opened(connection, there, now, begin=begin, capacity=capacity)
            await _stop(connection, there.session, now)
        kept = StoredSession(await sessions.add(connection, new, now))
        await prescriptions.save_prescribed(connection, kept.session.id, made_of)
        opened = await _opened(connection, kept, now, begin=begin, capacity=capacity)
        return replace(opened, replaced=there)


async def _stop(connection: Connection, session: Session, now: datetime) -> None:
    stopped = domain.stop(session, now)
    assert stopped is not None
    await sessions.save(connection, session, stopped)


def _planned(
    catalogue: Catalogue, known: RunnerState, routine: str, now: datetime
) -> tuple[Session, SessionDoses]:
    """Return a new session, not stored yet, by the runner's prescriptions and kit."""
    found = catalogue.routine(routine)
    planned = session_plans.plan(catalogue, found, known)
    session = Session(
        id=0,
        runner=known.runner.id,
        routine=found.id,
        routine_name=catalogue.texts(found).name,
        steps=planned.steps,
        timed=not known.runner.own_pace,
        touched_at=now,
        notes=planned.notes,
    )
    return session, planned.prescribed


async def _empty(
    connection: Connection, catalogue: Catalogue, known: RunnerState, now: datetime
) -> Empty:
    """Return what rests, and the routines of which something is left."""
    others = tuple(
        one.id
        for one in catalogue.routines.values()
        if catalogue.plans(one, known.kit, known.sparing)
    )
    return Empty(await pain.rests(connection, known.runner, now), others)


def _is_same(waiting: Session, new: Session) -> bool:
    """Whether nothing has changed since: neither the routine nor the runner's own numbers."""
    then = (waiting.routine, waiting.steps, waiting.notes)
    return then == (new.routine, new.steps, new.notes)


async def _opened(
    connection: Connection, kept: StoredSession, now: datetime, *, begin: bool, capacity: int | None
) -> Opened:
    if not begin:
        return Opened(kept)
    begun = domain.begin(kept.session, now)
    assert begun is not None
    begun, aside = await cues.started(connection, kept.session, begun, capacity)
    await sessions.save(connection, kept.session, begun)
    return Opened(replace(kept, session=begun), aside=aside)


async def move(
    db: Database,
    runner: int,
    session: int,
    revision: int,
    move: Move,
    now: datetime,
    capacity: int | None = None,
) -> Moved | Rejected | Gated:
    """Move the session by a tap, which counts if it is the runner's and still at this revision."""
    async with db.write(runner) as connection:
        kept = await rejections.own_session(connection, runner, session, revision)
        if isinstance(kept, Rejected):
            return kept
        if not kept.session.is_open and (other := await sessions.current(connection, runner)):
            return rejections.stale(other)
        return await _move(connection, kept, move, now, capacity)


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

    A word that comes a second time, known by its message id, does not count; a word that comes
    `late` would count once its writer has confirmed it.
    """
    async with db.write(runner) as connection:
        kept = await sessions.current(connection, runner)
        if kept is None:
            last = await sessions.last_ended(connection, runner)
            return rejections.stale(await rejections.to_show(connection, runner, last))
        if word_id <= kept.word_id:
            return rejections.stale(kept)
        if late and domain.MOVES[move](kept.session, now) is not None:
            return Late(kept.session)
        return await _move(connection, kept, move, now, capacity, word_id)


async def _move(
    connection: Connection,
    kept: StoredSession,
    move: Move,
    now: datetime,
    capacity: int | None,
    word_id: int | None = None,
) -> Moved | Rejected | Gated:
    if move in EXERTING and not kept.may_train:
        return Gated(await runners.get(connection, kept.session.runner))
    after = domain.MOVES[move](kept.session, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, kept if kept.session.is_open else None)
    if kept.session.phase is Phase.STOPPED:
        await rating.take_back(connection, kept.session)
    after, aside = await cues.started(connection, kept.session, after, capacity)
    if move in (Move.OWN_PACE, Move.HANDS_FREE):
        await runners.save_pace(connection, after.runner, move is Move.OWN_PACE)
    if not await sessions.save(connection, kept.session, after, word_id):
        return rejections.stale(await sessions.current(connection, kept.session.runner))
    return Moved(kept.session, after, kept.message_id, aside)
