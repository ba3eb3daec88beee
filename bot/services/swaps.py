"""A runner's wishes for another exercise: for this session, or from now on."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.content import Catalogue, Doing
from bot.content.sparing import key_of
from bot.db import bands, runners, sessions, swaps
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.session import Kept, Phase, Session
from bot.services import guards, pain
from bot.services.guards import Elsewhere

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
    kept: Kept


class WhyNot(Enum):
    """Why nothing is swapped."""

    UNLAWFUL = "unlawful"
    NOTHING = "nothing"


async def offer(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    at: tuple[int, int] | None,
    now: datetime,
) -> Offer | Elsewhere | WhyNot:
    """What can be done instead; `at` is the session and its revision, None: the running one."""
    async with db.read() as connection:
        kept = await _lawful(connection, runner, at)
        if not isinstance(kept, Kept):
            return kept
        options = await _options(connection, catalogue, kept.session, now)
        return Offer(kept.session, options)


async def _lawful(
    connection: Connection, runner: int, at: tuple[int, int] | None
) -> Kept | Elsewhere | WhyNot:
    """The session to swap in, where it runs or is paused."""
    kept: Kept | Elsewhere | WhyNot
    if at is None:
        kept = await sessions.current(connection, runner) or WhyNot.NOTHING
    else:
        kept = await guards.mine(connection, runner, *at)
    if isinstance(kept, Kept) and kept.session.phase not in LAWFUL:
        return WhyNot.UNLAWFUL
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
    at: tuple[int, int],
    key: str,
    now: datetime,
    *,
    always: bool,
) -> Swapped | Elsewhere | WhyNot:
    """Does the one that `key` stands for instead, from the current step on."""
    async with db.write(runner) as connection:
        kept = await _lawful(connection, runner, at)
        if not isinstance(kept, Kept):
            return kept
        options = await _options(connection, catalogue, kept.session, now)
        it = next((one for one in options if key_of(one) == key), None)
        if it is None:
            return Elsewhere(kept)
        step = kept.session.step
        planned = (step.planned or step.exercise or "", step.planned_form or step.form)
        if always:
            await swaps.save(connection, runner, planned[0], it.exercise.id, it.form)
        return await _save(connection, catalogue, kept, it, planned, now)


async def back(
    db: Database, catalogue: Catalogue, runner: int, at: tuple[int, int] | None, now: datetime
) -> Swapped | Elsewhere | WhyNot:
    """What was planned is done again, and from now on."""
    async with db.write(runner) as connection:
        kept = await _lawful(connection, runner, at)
        if not isinstance(kept, Kept):
            return kept
        step = kept.session.step
        if not step.planned:
            return WhyNot.UNLAWFUL
        known = await runners.get(connection, runner)
        if known is None:
            return WhyNot.UNLAWFUL
        sparing = await pain.sparing(connection, catalogue, [known], now)
        if step.planned in sparing[runner].without:
            return WhyNot.UNLAWFUL
        kit = await bands.get(connection, runner)
        it = catalogue.stand_in(step.planned, kit, step.planned_form)
        await swaps.remove(connection, runner, step.planned)
        planned = (it.exercise.id, it.form)
        return await _save(connection, catalogue, kept, it, planned, now)


async def _save(
    connection: Connection,
    catalogue: Catalogue,
    kept: Kept,
    it: Doing,
    planned: tuple[str, str],
    now: datetime,
) -> Swapped | Elsewhere | WhyNot:
    before = kept.session
    coming = catalogue.swapped(before.steps[before.position :], it, planned)
    after = domain.swap(before, coming, now)
    if after is None:
        return WhyNot.UNLAWFUL
    if not await sessions.save(connection, before, after):
        return Elsewhere(await sessions.current(connection, before.runner))
    return Swapped(before, Kept(after, kept.message_id, kept.shown, kept.word_id, kept.may_train))
