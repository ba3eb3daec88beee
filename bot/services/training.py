"""A runner's wishes about sessions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.catalogue import Catalogue
from bot.db import bands, runners, sessions
from bot.db.engine import Connection, Database
from bot.db.sessions import Kept
from bot.domain import session as domain
from bot.domain.runner import Runner
from bot.domain.session import Move, Phase, Rating, Session
from bot.domain.suggestion import suggest

ENOUGH_TO_SUGGEST = 10
EXERTING = frozenset({Move.BEGIN, Move.DONE, Move.SKIP, Move.BACK, Move.RESUME})


@dataclass(frozen=True, slots=True)
class Gated:
    """The safety screen comes first."""

    runner: Runner | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session waits for its Start, or has begun; `replaced` is the one that it took over from."""

    kept: Kept
    replaced: Kept | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Another session is under way and goes first."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class Moved:
    """The move counts. `message_id` carries the buttons of the step that was left."""

    before: Session
    session: Session
    message_id: int | None


class Why(Enum):
    """Why a move does not count."""

    FOREIGN = "foreign"
    STALE = "stale"
    UNLAWFUL = "unlawful"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing changed; `current` is the runner's own session to show, if there is one."""

    why: Why
    current: Kept | None


async def suggestion(db: Database, runner: int) -> str:
    """The id of the routine that comes next for this runner."""
    async with db.read() as connection:
        return suggest(await sessions.finished(connection, runner, ENOUGH_TO_SUGGEST))


async def finished_counts(db: Database, runner: int) -> dict[str, int]:
    """How often the runner has finished each routine; those never finished are left out."""
    async with db.read() as connection:
        return await sessions.counts_finished(connection, runner)


async def current(db: Database, runner: int) -> Kept | None:
    """The runner's open session."""
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
) -> Gated | Running | Opened:
    """A session of this routine: ready for its Start, or begun at once.

    A session under way goes first, unless it is the one with the id `instead_of`, which is then
    stopped. One that was never begun makes room by itself, unless it is the very same.
    """
    async with db.write() as connection:
        known = await runners.get(connection, runner)
        if known is None or not known.may_train:
            return Gated(known)
        await runners.ensure(connection, runner, now)
        new = await _planned(connection, catalogue, runner, routine)
        there = await sessions.current(connection, runner)
        if there is not None:
            if there.session.phase is Phase.READY and _is_same(there.session, new):
                return Opened(await _begun(connection, there, now) if begin else there)
            if there.session.phase is not Phase.READY and there.session.id != instead_of:
                return Running(there)
            stopped = domain.stop(there.session, now)
            assert stopped is not None
            await sessions.save(connection, there.session, stopped)
        kept = Kept(await sessions.add(connection, new, now))
        return Opened(await _begun(connection, kept, now) if begin else kept, there)


async def _planned(
    connection: Connection, catalogue: Catalogue, runner: int, routine: str
) -> Session:
    """A new session, not stored yet, with what the runner owns."""
    found = catalogue.routine(routine)
    before = await sessions.count_finished(connection, runner, found.id)
    kit = await bands.get(connection, runner)
    return Session(
        id=0,
        runner=runner,
        routine=found.id,
        routine_name=catalogue.texts(found).name,
        steps=catalogue.steps(found, before, kit),
    )


def _is_same(waiting: Session, new: Session) -> bool:
    """Whether nothing has changed since: neither the routine nor what the runner owns."""
    return (waiting.routine, waiting.steps) == (new.routine, new.steps)


async def _begun(connection: Connection, kept: Kept, now: datetime) -> Kept:
    begun = domain.begin(kept.session, now)
    assert begun is not None
    await sessions.save(connection, kept.session, begun)
    return replace(kept, session=begun)


async def move(
    db: Database, runner: int, session: int, revision: int, what: Move, now: datetime
) -> Moved | Unchanged | Gated:
    """A tap: it counts if the session is the runner's and still at this revision."""
    async with db.write() as connection:
        kept = await sessions.get(connection, session)
        if kept is not None and kept.session.runner != runner:
            return Unchanged(Why.FOREIGN, await sessions.current(connection, runner))
        if kept is None or kept.session.revision != revision:
            return Unchanged(Why.STALE, await _to_show(connection, runner, kept))
        if not kept.session.is_open and (other := await sessions.current(connection, runner)):
            return Unchanged(Why.STALE, other)
        return await _move(connection, kept, what, now)


async def move_by_word(
    db: Database, runner: int, word_id: int, what: Move, now: datetime
) -> Moved | Unchanged | Gated:
    """A typed word, known by its message id: one that comes a second time does not count."""
    async with db.write() as connection:
        kept = await sessions.current(connection, runner)
        if kept is None:
            last = await sessions.last_ended(connection, runner)
            unseen = await _to_show(connection, runner, last)
            return Unchanged(Why.STALE if unseen else Why.NOTHING, unseen)
        if word_id <= kept.word_id:
            return Unchanged(Why.STALE, kept)
        return await _move(connection, kept, what, now, word_id)


async def _to_show(connection: Connection, runner: int, tapped: Kept | None) -> Kept | None:
    """The open session; without one, the tapped one's summary if that never arrived."""
    current = await sessions.current(connection, runner)
    if current is None and tapped is not None and tapped.is_unseen:
        return tapped
    return current


async def _move(
    connection: Connection,
    kept: Kept,
    what: Move,
    now: datetime,
    word_id: int | None = None,
) -> Moved | Unchanged | Gated:
    if what in EXERTING and not kept.may_train:
        return Gated(await runners.get(connection, kept.session.runner))
    after = domain.MOVES[what](kept.session, now)
    if after is None:
        return Unchanged(Why.UNLAWFUL, kept if kept.session.is_open else None)
    if not await sessions.save(connection, kept.session, after, word_id):
        return Unchanged(Why.STALE, await sessions.current(connection, kept.session.runner))
    return Moved(kept.session, after, kept.message_id)


async def shown(db: Database, session: Session, message_id: int) -> None:
    """Remembers which message shows the session as it is."""
    async with db.write() as connection:
        await sessions.save_message(connection, session, message_id)


async def rate(db: Database, runner: int, session: int, rating: Rating) -> Session | Unchanged:
    """Stores how it felt, if the session is the runner's and over."""
    async with db.write() as connection:
        kept = await sessions.get(connection, session)
        if kept is None or kept.session.runner != runner:
            return Unchanged(Why.FOREIGN if kept else Why.STALE, None)
        rated = domain.rate(kept.session, rating)
        if rated is None:
            return Unchanged(Why.STALE, kept)
        await sessions.save(connection, kept.session, rated)
        return rated


async def rate_by_word(db: Database, runner: int, rating: Rating) -> Kept | None:
    """Stores how the last session felt, if that was not said yet."""
    async with db.write() as connection:
        last = await sessions.last_ended(connection, runner)
        if last is None or last.session.rating is not None or last.session.trained_at is None:
            return None
        rated = domain.rate(last.session, rating)
        if rated is None:
            return None
        await sessions.save(connection, last.session, rated)
        return replace(last, session=rated)
