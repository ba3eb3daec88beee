"""A runner's wishes about sessions."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.catalogue import Catalogue
from bot.db import bands, runners, sessions
from bot.db.engine import Connection, Database
from bot.db.sessions import Kept
from bot.domain import session as domain
from bot.domain.hurting import Rest
from bot.domain.runner import Runner
from bot.domain.session import Move, Phase, Rating, Session
from bot.domain.suggestion import suggest
from bot.services import hurt, timing
from bot.services.timing import Aside

ENOUGH_TO_SUGGEST = 10
EXERTING = frozenset(Move) - {Move.PAUSE, Move.HURT, Move.STOP}


@dataclass(frozen=True, slots=True)
class Gated:
    """The safety screen comes first."""

    runner: Runner | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A session waits for its Start, or has begun; `replaced` is the one that it took over from."""

    kept: Kept
    replaced: Kept | None = None
    aside: Aside | None = None


@dataclass(frozen=True, slots=True)
class Running:
    """Another session is under way and goes first."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing of the routine is left while a region rests; of the `others` something is."""

    resting: tuple[Rest, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """The move counts. `message_id` carries the buttons of the step that was left."""

    before: Session
    session: Session
    message_id: int | None
    aside: Aside | None = None


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
    room: int | None = None,
) -> Gated | Running | Opened | Empty:
    """A session of this routine: ready for its Start, or begun at once.

    A session under way goes first, unless it is the one with the id `instead_of`, which is then
    stopped. One that was never begun makes room by itself, unless it is the very same. `room` is
    how many sessions the clock may lead at a time.
    """
    async with db.write() as connection:
        known = await runners.get(connection, runner)
        if known is None or not known.may_train:
            return Gated(known)
        await runners.ensure(connection, runner, now)
        new = await _planned(connection, catalogue, known, routine, now)
        there = await sessions.current(connection, runner)
        if there is not None:
            if there.session.phase is Phase.READY and _is_same(there.session, new):
                return await _opened(connection, there, now, begin=begin, room=room)
            if there.session.phase is not Phase.READY and there.session.id != instead_of:
                return Running(there)
        if not new.steps:
            return await _empty(connection, catalogue, known, now)
        if there is not None:
            stopped = domain.stop(there.session, now)
            assert stopped is not None
            await sessions.save(connection, there.session, stopped)
        kept = Kept(await sessions.add(connection, new, now))
        opened = await _opened(connection, kept, now, begin=begin, room=room)
        return replace(opened, replaced=there)


async def _planned(
    connection: Connection, catalogue: Catalogue, runner: Runner, routine: str, now: datetime
) -> Session:
    """A new session, not stored yet, with what the runner owns."""
    found = catalogue.routine(routine)
    before = await sessions.count_finished(connection, runner.id, found.id)
    kit = await bands.get(connection, runner.id)
    sparing = await hurt.sparing(connection, catalogue, runner, now)
    return Session(
        id=0,
        runner=runner.id,
        routine=found.id,
        routine_name=catalogue.texts(found).name,
        steps=catalogue.steps(found, before, kit, sparing),
        timed=not runner.own_pace,
        touched_at=now,
    )


async def _empty(
    connection: Connection, catalogue: Catalogue, runner: Runner, now: datetime
) -> Empty:
    """Nothing is left of the routine, but of others something may be."""
    sparing = await hurt.sparing(connection, catalogue, runner, now)
    kit = await bands.get(connection, runner.id)
    routines = catalogue.routines.values()
    others = tuple(one.id for one in routines if catalogue.plans(one, kit, sparing))
    return Empty(await hurt.rests(connection, runner, now), others)


def _is_same(waiting: Session, new: Session) -> bool:
    """Whether nothing has changed since: neither the routine nor what the runner owns."""
    return (waiting.routine, waiting.steps) == (new.routine, new.steps)


async def _opened(
    connection: Connection, kept: Kept, now: datetime, *, begin: bool, room: int | None
) -> Opened:
    if not begin:
        return Opened(kept)
    begun = domain.begin(kept.session, now)
    assert begun is not None
    begun, aside = await timing.started(connection, kept.session, begun, room)
    await sessions.save(connection, kept.session, begun)
    return Opened(replace(kept, session=begun), aside=aside)


async def move(
    db: Database,
    runner: int,
    session: int,
    revision: int,
    what: Move,
    now: datetime,
    room: int | None = None,
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
        return await _move(connection, kept, what, now, room)


async def move_by_word(
    db: Database,
    runner: int,
    word_id: int,
    what: Move,
    now: datetime,
    room: int | None = None,
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
        return await _move(connection, kept, what, now, room, word_id)


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
    room: int | None,
    word_id: int | None = None,
) -> Moved | Unchanged | Gated:
    if what in EXERTING and not kept.may_train:
        return Gated(await runners.get(connection, kept.session.runner))
    after = domain.MOVES[what](kept.session, now)
    if after is None:
        return Unchanged(Why.UNLAWFUL, kept if kept.session.is_open else None)
    after, aside = await timing.started(connection, kept.session, after, room)
    if what in (Move.OWN_PACE, Move.HANDS_FREE):
        await runners.save_pace(connection, after.runner, what is Move.OWN_PACE)
    if not await sessions.save(connection, kept.session, after, word_id):
        return Unchanged(Why.STALE, await sessions.current(connection, kept.session.runner))
    return Moved(kept.session, after, kept.message_id, aside)


async def shown(
    db: Database, session: Session, message_id: int, now: datetime | None = None
) -> None:
    """Remembers which message shows the session as it is; `now` if it is a new one."""
    if now is not None:
        await timing.shown(db, [(session, message_id)], now)
        return
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
