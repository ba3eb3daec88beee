"""Routines of runners' own: written, saved, changed, removed, and kept as copies of others'."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue
from bot.content.own_routines import understood
from bot.db import own_routines, runners, sessions
from bot.db.engine import Connection, query, transaction
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.own_routine import (
    LONGEST_NAME,
    MOST_ROUTINES,
    PREFIX,
    Draft,
    OpenDraft,
    OwnRoutine,
)
from bot.domain.session import Phase
from bot.services import runner_states
from bot.services.rejections import Reason, Rejected

# Letters and digits that are not mistaken for each other.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 10


@frozen
class Full:
    """The runner has as many routines of their own as there may be; nothing was saved."""


@frozen
class Saved:
    """A routine that was saved; `is_new`: it was not there before."""

    routine: OwnRoutine
    is_new: bool = True


with_own = runner_states.with_own_routines
get = query(own_routines.get)


@query
async def own(connection: Connection, runner: int, routine: str) -> OwnRoutine | None:
    """Return the runner's own routine with this id."""
    found = await own_routines.get(connection, routine)
    return found[0] if found is not None and found[1] == runner else None


open_draft = query(own_routines.draft)


@transaction
async def write(connection: Connection, runner: int, draft: Draft, now: datetime) -> OpenDraft:
    """Store a draft, in place of any other open question."""
    await runners.ensure(connection, runner, now)
    return await _write(connection, runner, draft, now)


async def _write(connection: Connection, runner: int, draft: Draft, now: datetime) -> OpenDraft:
    await runners.answered(connection, runner)
    revision = await own_routines.save_draft(connection, runner, draft, now)
    return OpenDraft(draft, revision, is_awaited=True)


@transaction
async def answer(
    connection: Connection, runner: int, revision: int, draft: Draft, now: datetime
) -> OpenDraft | Rejected:
    """Store the draft after an answer to the question at this revision."""
    if await _draft_at(connection, runner, revision, now) is None:
        return Rejected(Reason.OUTDATED)
    return await _write(connection, runner, draft, now)


@transaction
async def leave(connection: Connection, runner: int, revision: int, now: datetime) -> bool:
    """Delete the draft at this revision; return False if it has another or is gone."""
    if await _draft_at(connection, runner, revision, now) is None:
        return False
    await own_routines.save_draft(connection, runner, None, now)
    return True


@transaction
async def save(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    revision: int,
    unnamed: str,
    now: datetime,
) -> Saved | Full | Rejected:
    """Save the draft at this revision as a routine; `unnamed` is its name if it has none."""
    draft = await _draft_at(connection, runner, revision, now)
    if draft is None or not understood(catalogue, draft).is_ready:
        return Rejected(Reason.OUTDATED)
    present = await own_routines.of_runner(connection, runner)
    others = [each for each in present if each.id != draft.changes]
    is_new = len(others) == len(present)
    if is_new and len(present) >= MOST_ROUTINES:
        return Full()
    routine = OwnRoutine(
        new_id() if is_new else draft.changes,
        _name(draft.name or unnamed, [each.name for each in others]),
        draft.lines,
        draft.rest,
    )
    if is_new:
        await own_routines.add(connection, runner, routine, now)
    else:
        await own_routines.save(connection, runner, routine)
        await _end_waiting(connection, runner, routine.id, now)
    await own_routines.save_draft(connection, runner, None, now)
    return Saved(routine, is_new)


@transaction
async def change(
    connection: Connection, runner: int, routine: str, now: datetime
) -> OpenDraft | None:
    """Begin to change a routine; None: the runner has none with this id."""
    found = await own(connection, runner, routine)
    if found is None:
        return None
    draft = Draft(found.lines, found.rest, found.name, found.id)
    return await _write(connection, runner, draft, now)


@transaction
async def remove(
    connection: Connection, runner: int, routine: str, now: datetime
) -> OwnRoutine | None:
    """Remove a routine, with the session of it that waits for its start; copies of it stay."""
    found = await own(connection, runner, routine)
    if found is None:
        return None
    await own_routines.remove(connection, runner, routine)
    await _end_waiting(connection, runner, routine, now)
    return found


@transaction
async def keep(
    connection: Connection, runner: int, routine: str, now: datetime
) -> Saved | Full | None:
    """Keep a copy of somebody's routine; one that is kept already or the runner's own is returned.

    None: there is no such routine any more.
    """
    found = await own_routines.get(connection, routine)
    if found is None:
        return None
    original, owner = found
    if owner == runner:
        return Saved(original, is_new=False)
    await runners.ensure(connection, runner, now)
    kept = await own_routines.kept_from(connection, runner, routine)
    if kept is not None:
        known = await own_routines.get(connection, kept)
        assert known is not None
        return Saved(known[0], is_new=False)
    present = await own_routines.of_runner(connection, runner)
    if len(present) >= MOST_ROUTINES:
        return Full()
    name = _name(original.name, [each.name for each in present])
    copy = replace(original, id=new_id(), name=name)
    await own_routines.add(connection, runner, copy, now, copied=routine)
    return Saved(copy)


async def _end_waiting(connection: Connection, runner: int, routine: str, now: datetime) -> None:
    """Stop the session of this routine that waits for its start, if there is one."""
    stored = await sessions.current(connection, runner)
    if stored and stored.session.phase is Phase.READY and stored.session.routine == routine:
        stopped = domain.stop(stored.session, now)
        assert stopped is not None
        await sessions.save(connection, stored.session, stopped)


async def _draft_at(
    connection: Connection, runner: int, revision: int, now: datetime
) -> Draft | None:
    opened = await own_routines.draft(connection, runner, now)
    return opened.draft if opened is not None and opened.revision == revision else None


def new_id() -> str:
    """Return an id that nobody guesses: whoever has it can read the routine."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _name(wanted: str, taken: Collection[str]) -> str:
    """Return the name, with a number if the runner has one of this name."""
    folded = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in folded:
        number += 1
        end = f" {number}"
        name = wanted[: LONGEST_NAME - len(end)].rstrip() + end
    return name
