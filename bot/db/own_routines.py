"""Queries on routines of runners' own, and on those that they are writing."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from bot.db.dialects import to_change, upsert
from bot.db.engine import Connection
from bot.db.tables import OWN_ROUTINES, QUESTIONS, ROUTINE_DRAFTS
from bot.domain.own_routine import EXPIRES, PREFIX, Draft, Line, OpenDraft, OwnRoutine

_COLUMNS = (OWN_ROUTINES.c.code, OWN_ROUTINES.c.name, OWN_ROUTINES.c.lines, OWN_ROUTINES.c.rest)


async def of_runner(connection: Connection, runner: int) -> tuple[OwnRoutine, ...]:
    """Return the runner's own routines, the oldest first."""
    rows = await connection.execute(
        select(*_COLUMNS)
        .where(OWN_ROUTINES.c.runner_id == runner)
        .order_by(OWN_ROUTINES.c.created_at, OWN_ROUTINES.c.code)
    )
    return tuple(map(_routine, rows))


async def get(connection: Connection, routine: str) -> tuple[OwnRoutine, int] | None:
    """Return the routine with this id, and whose it is."""
    found = await connection.execute(
        select(*_COLUMNS, OWN_ROUTINES.c.runner_id).where(OWN_ROUTINES.c.code == _code(routine))
    )
    row = found.one_or_none()
    return None if row is None else (_routine(row), row.runner_id)


async def kept_from(connection: Connection, runner: int, routine: str) -> str | None:
    """Return the id of the runner's copy of this routine."""
    found = await connection.execute(
        select(OWN_ROUTINES.c.code).where(
            OWN_ROUTINES.c.runner_id == runner, OWN_ROUTINES.c.kept_from == _code(routine)
        )
    )
    code = found.scalar_one_or_none()
    return None if code is None else f"{PREFIX}{code}"


async def add(
    connection: Connection,
    runner: int,
    routine: OwnRoutine,
    now: datetime,
    copied: str | None = None,
) -> None:
    """Add the routine; `copied` is the id of the one that it is a copy of."""
    values = {
        "code": _code(routine.id),
        "runner_id": runner,
        "kept_from": None if copied is None else _code(copied),
        "created_at": now,
        **_values(routine),
    }
    await connection.execute(insert(OWN_ROUTINES).values(**values))


async def save(connection: Connection, runner: int, routine: OwnRoutine) -> bool:
    """Change the routine; return False if the runner has none with this id."""
    changed = await connection.execute(
        update(OWN_ROUTINES)
        .where(OWN_ROUTINES.c.code == _code(routine.id), OWN_ROUTINES.c.runner_id == runner)
        .values(**_values(routine))
    )
    return changed.rowcount > 0


async def remove(connection: Connection, runner: int, routine: str) -> bool:
    """Remove the routine; return False if the runner has none with this id."""
    removed = await connection.execute(
        delete(OWN_ROUTINES).where(
            OWN_ROUTINES.c.code == _code(routine), OWN_ROUTINES.c.runner_id == runner
        )
    )
    return removed.rowcount > 0


async def draft(connection: Connection, runner: int, now: datetime) -> OpenDraft | None:
    """Return the draft that the runner is writing, if it is neither saved nor dropped."""
    row = await _draft_row(connection, runner)
    if row is None or row.draft is None:
        return None
    # A question that was open when the draft was last written is closed, so one came later.
    later = await connection.execute(
        select(QUESTIONS.c.asked_at).where(QUESTIONS.c.runner_id == runner)
    )
    is_last = later.one_or_none() is None
    return OpenDraft(_draft(row.draft), row.revision, is_last and now - row.asked_at < EXPIRES)


async def save_draft(
    connection: Connection, runner: int, draft: Draft | None, now: datetime
) -> int:
    """Store the draft, or None for no draft, at the next revision; return the revision.

    The first revision is the time in seconds, so that buttons from before an erasure never count.
    """
    row = await _draft_row(connection, runner)
    revision = row.revision + 1 if row else int(now.timestamp())
    new = {
        "runner_id": runner,
        "revision": revision,
        "draft": None if draft is None else asdict(draft),
        "asked_at": now,
    }
    await upsert(connection, ROUTINE_DRAFTS, ["runner_id"], new)
    return revision


async def _draft_row(connection: Connection, runner: int) -> Any:
    columns = (ROUTINE_DRAFTS.c.draft, ROUTINE_DRAFTS.c.revision, ROUTINE_DRAFTS.c.asked_at)
    query = select(*columns).where(ROUTINE_DRAFTS.c.runner_id == runner)
    return (await connection.execute(to_change(connection, query, ROUTINE_DRAFTS))).one_or_none()


def _code(routine: str) -> str:
    return routine.removeprefix(PREFIX)


def _values(routine: OwnRoutine) -> dict[str, Any]:
    return {
        "name": routine.name,
        "lines": [asdict(line) for line in routine.lines],
        "rest": routine.rest,
    }


def _routine(row: Row[Any]) -> OwnRoutine:
    return OwnRoutine(f"{PREFIX}{row.code}", row.name, _lines(row.lines), row.rest)


def _draft(stored: Mapping[str, Any]) -> Draft:
    return Draft(**{**stored, "lines": _lines(stored["lines"])})


def _lines(stored: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    return tuple(Line(**{**line, "near": tuple(line["near"])}) for line in stored)
