"""Swaps of an exercise for another, in this session or from now on."""

from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue, Doing
from bot.content.sparing import LEFT_OUT, WITHOUT, key_of
from bot.db import runners, sessions, swaps
from bot.db.engine import Connection, query, transaction
from bot.db.swaps import Swap
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.regions import Region
from bot.domain.session import OPEN, Phase, Session, StoredSession
from bot.services import rejections, rests, runner_states, session_plans
from bot.services.rejections import Reason, Rejected
from bot.services.runner_states import RunnerState

LAWFUL = (Phase.RUNNING, Phase.PAUSED)


@frozen
class Offer:
    """The exercises that can replace that of the session's current step; may be empty."""

    session: Session
    options: tuple[Doing, ...]


@frozen
class Swapped:
    """A session before and after a swap; the message of `stored` still shows it before.

    `for_rest`: a lasting swap ends when what hurts has come back.
    """

    before: Session
    stored: StoredSession
    for_rest: bool = False


@query
async def offer(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    tapped: tuple[int, int] | None,
    now: datetime,
) -> Offer | Rejected:
    """Return the exercises that can replace that of the current step.

    `tapped` is the session's id and revision; None stands for the open session.
    """
    stored = await _lawful(connection, runner, tapped)
    if not isinstance(stored, StoredSession):
        return stored
    options = await _options(connection, catalogue, stored.session, now)
    return Offer(stored.session, options)


async def _lawful(
    connection: Connection, runner: int, tapped: tuple[int, int] | None
) -> StoredSession | Rejected:
    """Return the session, if it is running or paused."""
    stored: StoredSession | Rejected
    if tapped is None:
        stored = await sessions.current(connection, runner) or rejections.stale(None)
    else:
        stored = await rejections.own_session(connection, runner, *tapped, OPEN)
    if isinstance(stored, StoredSession) and stored.session.phase not in LAWFUL:
        return Rejected(Reason.UNLAWFUL, stored)
    return stored


async def _options(
    connection: Connection, catalogue: Catalogue, session: Session, now: datetime
) -> tuple[Doing, ...]:
    """Return replacements that the kit allows, except those that rest or hurt today."""
    if session.step.is_warm_up or not session.step.is_timed:
        return ()
    state = await runner_states.get(connection, catalogue, session.runner, now)
    left_out = {step.exercise for step in session.steps if step.left_out}
    taken = {step.exercise or "" for step in session.steps}
    without = state.sparing.without | {exercise for exercise in left_out if exercise}
    sparing = replace(state.sparing, without=without)
    return catalogue.alternatives(session.step, state.usable_kit, sparing, taken)


@transaction
async def swap(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    tapped: tuple[int, int],
    key: str,
    now: datetime,
    *,
    always: bool,
) -> Swapped | Rejected:
    """Replace the exercise, from the current step on, by the one with this key.

    `always`: store the swap for later sessions, too; if the exercise loads a resting region, only
    until that rest ends.
    """
    stored = await _lawful(connection, runner, tapped)
    if not isinstance(stored, StoredSession):
        return stored
    options = await _options(connection, catalogue, stored.session, now)
    chosen = next((option for option in options if key_of(option) == key), None)
    if chosen is None:
        return rejections.stale(stored)
    step = stored.session.step
    planned = (step.planned or step.exercise or "", step.planned_form or step.form)
    swapped = await _save(connection, catalogue, stored, chosen, planned, now)
    if not always or isinstance(swapped, Rejected):
        return swapped
    region = await _resting(connection, catalogue, runner, planned)
    instead = Swap(chosen.exercise.id, chosen.form, region)
    await swaps.save(connection, runner, planned[0], instead)
    return replace(swapped, for_rest=region is not None)


async def _resting(
    connection: Connection, catalogue: Catalogue, runner: int, planned: tuple[str, str]
) -> Region | None:
    """Return the resting region that the exercise loads; None: none, or it was swapped before."""
    before = (await swaps.get(connection, [runner]))[runner].get(planned[0])
    if before is not None and before.region is None:
        return None
    return catalogue.loaded(*planned, await rests.get(connection, runner))


@transaction
async def back(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    tapped: tuple[int, int] | None,
    now: datetime,
) -> Swapped | Rejected:
    """Undo a swap, from the current step on and in later sessions."""
    stored = await _lawful(connection, runner, tapped)
    if not isinstance(stored, StoredSession):
        return stored
    step = stored.session.step
    if not step.planned:
        return Rejected(Reason.UNLAWFUL, stored)
    state = await runner_states.get(connection, catalogue, runner, now)
    doing = catalogue.stand_in(step.planned, state.usable_kit, step.planned_form)
    if not catalogue.may_do(doing, state.sparing):
        return Rejected(Reason.UNLAWFUL, stored)
    await swaps.remove(connection, runner, [step.planned])
    planned = (doing.exercise.id, doing.form)
    return await _save(connection, catalogue, stored, doing, planned, now)


async def _save(
    connection: Connection,
    catalogue: Catalogue,
    stored: StoredSession,
    doing: Doing,
    planned: tuple[str, str],
    now: datetime,
) -> Swapped | Rejected:
    before = stored.session
    coming = catalogue.swapped(before.steps[before.position :], doing, planned)
    after = domain.swap(before, coming, now)
    if after is None:
        return Rejected(Reason.UNLAWFUL, stored)
    if not await sessions.save(connection, before, after):
        return rejections.stale(await sessions.current(connection, before.runner))
    return Swapped(
        before,
        StoredSession(after, stored.message_id, stored.shown, stored.word_id, stored.may_train),
    )


@query
async def kept(connection: Connection, runner: int) -> dict[str, tuple[str, str]]:
    """Return the id and the form of what is done instead, or LEFT_OUT, by what is left out.

    What was swapped for a rest, which ends by itself, is not there.
    """
    found = (await swaps.get(connection, [runner]))[runner]
    return {key: (swap.instead, swap.form) for key, swap in found.items() if swap.region is None}


@query
async def instead_of(
    connection: Connection, catalogue: Catalogue, runner: int, exercise: str, now: datetime
) -> tuple[Doing, ...] | None:
    """Return what the runner may do from now on instead of the exercise.

    If there is nothing, the exercise may be left out all the same; None: then too little is left.
    """
    state = await runner_states.get(connection, catalogue, runner, now)
    return _instead_of(catalogue, exercise, state)


def _instead_of(
    catalogue: Catalogue, exercise: str, state: RunnerState
) -> tuple[Doing, ...] | None:
    found = catalogue.instead_of(exercise, state.usable_kit, state.sparing)
    if found or catalogue.can_go_without(exercise, state.usable_kit, state.sparing):
        return found
    return None


@transaction
async def leave_out(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    exercise: str,
    key: str,
    now: datetime,
) -> Doing | Rejected | None:
    """Store that the exercise with this key is done instead from now on; return it.

    The key WITHOUT stands for nothing, None, where there is no other exercise. A session under way
    stays as it is.
    """
    state = await runner_states.get(connection, catalogue, runner, now)
    options = _instead_of(catalogue, exercise, state)
    chosen = next((option for option in options or () if key_of(option) == key), None)
    if chosen is None and not (key == WITHOUT and options == ()):
        return Rejected(Reason.OUTDATED)
    await runners.ensure(connection, runner, now)
    instead = (chosen.exercise.id, chosen.form) if chosen else LEFT_OUT
    await swaps.save(connection, runner, exercise, Swap(*instead))
    await session_plans.replan(connection, catalogue, runner, now)
    return chosen


@transaction
async def bring_back(
    connection: Connection, catalogue: Catalogue, runner: int, exercise: str, now: datetime
) -> bool:
    """Undo the lasting swap of the exercise; return False if there is none."""
    if exercise not in (await swaps.get(connection, [runner]))[runner]:
        return False
    await swaps.remove(connection, runner, [exercise])
    await session_plans.replan(connection, catalogue, runner, now)
    return True
