"""A runner's wishes for another exercise: for this session, or from now on."""

from dataclasses import dataclass
from datetime import datetime

from bot.content import Catalogue, Doing
from bot.content.sparing import key_of
from bot.db import bands, runners, sessions, swaps
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.session import OPEN, Phase, Session, StoredSession
from bot.services import pain, rejections
from bot.services.rejections import Reason, Rejected

LAWFUL = (Phase.RUNNING, Phase.PAUSED)


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be done instead of the session's current step; nothing, perhaps."""

    session: Session
    options: tuple[Doing, ...]


@dataclass(frozen=True, slots=True)
class Swapped:
    """The steps of the session are others now; `message_id` shows it as it was."""

    before: Session
    kept: StoredSession


async def offer(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    tapped: tuple[int, int] | None,
    now: datetime,
) -> Offer | Rejected:
    """Return what can be done instead of the current step.

    `tapped` is the session's id and revision; None stands for the open session.
    """
    async with db.read() as connection:
        kept = await _lawful(connection, runner, tapped)
        if not isinstance(kept, StoredSession):
            return kept
        options = await _options(connection, catalogue, kept.session, now)
        return Offer(kept.session, options)


async def _lawful(
    connection: Connection, runner: int, tapped: tuple[int, int] | None
) -> StoredSession | Rejected:
    """Return the session to swap in, which runs or is paused."""
    kept: StoredSession | Rejected
    if tapped is None:
        kept = await sessions.current(connection, runner) or rejections.stale(None)
    else:
        kept = await rejections.own_session(connection, runner, *tapped, OPEN)
    if isinstance(kept, StoredSession) and kept.session.phase not in LAWFUL:
        return Rejected(Reason.UNLAWFUL, kept)
    return kept


async def _options(
    connection: Connection, catalogue: Catalogue, session: Session, now: datetime
) -> tuple[Doing, ...]:
    """Nothing that the kit can't do, that rests or that hurt today."""
    if session.step.is_warm_up:
        return ()
    known = await runners.get(connection, session.runner)
    assert known is not None
    sparing = (await pain.sparing(connection, catalogue, [known], now))[known.id]
    out = {step.exercise for step in session.steps if step.left_out}
    taken = {step.exercise or "" for step in session.steps}
    kit = await bands.get(connection, session.runner)
    without = sparing.without | {exercise for exercise in out if exercise}
    return catalogue.alternatives(session.step, kit, without, taken)


async def swap(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    tapped: tuple[int, int],
    key: str,
    now: datetime,
    *,
    always: bool,
) -> Swapped | Rejected:
    """Replace the exercise from the current step on by the one that `key` stands for."""
    async with db.write(runner) as connection:
        kept = await _lawful(connection, runner, tapped)
        if not isinstance(kept, StoredSession):
            return kept
        options = await _options(connection, catalogue, kept.session, now)
        chosen = next((option for option in options if key_of(option) == key), None)
        if chosen is None:
            return rejections.stale(kept)
        step = kept.session.step
        planned = (step.planned or step.exercise or "", step.planned_form or step.form)
        if always:
            await swaps.save(connection, runner, planned[0], chosen.exercise.id, chosen.form)
        return await _save(connection, catalogue, kept, chosen, planned, now)


async def back(
    db: Database, catalogue: Catalogue, runner: int, tapped: tuple[int, int] | None, now: datetime
) -> Swapped | Rejected:
    """Replace the stand-in by what was planned, from the current step on and in later sessions."""
    async with db.write(runner) as connection:
        kept = await _lawful(connection, runner, tapped)
        if not isinstance(kept, StoredSession):
            return kept
        step = kept.session.step
        known = await runners.get(connection, runner)
        if known is None or not step.planned:
            return Rejected(Reason.UNLAWFUL, kept)
        sparing = await pain.sparing(connection, catalogue, [known], now)
        if step.planned in sparing[runner].without:
            return Rejected(Reason.UNLAWFUL, kept)
        kit = await bands.get(connection, runner)
        doing = catalogue.stand_in(step.planned, kit, step.planned_form)
        await swaps.remove(connection, runner, step.planned)
        planned = (doing.exercise.id, doing.form)
        return await _save(connection, catalogue, kept, doing, planned, now)


async def _save(
    connection: Connection,
    catalogue: Catalogue,
    kept: StoredSession,
    doing: Doing,
    planned: tuple[str, str],
    now: datetime,
) -> Swapped | Rejected:
    before = kept.session
    coming = catalogue.swapped(before.steps[before.position :], doing, planned)
    after = domain.swap(before, coming, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, kept)
    if not await sessions.save(connection, before, after):
        return rejections.stale(await sessions.current(connection, before.runner))
    return Swapped(
        before, StoredSession(after, kept.message_id, kept.shown, kept.word_id, kept.may_train)
    )
