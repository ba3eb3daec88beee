"""Queries on running plans that runners have brought as calendar files."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.parameters import RUNNERS
from bot.db.tables import RunPlanEntryRow, RunPlanRow
from bot.domain.run_plan import EntryKind, PlanEntry, PlanFile, RunPlan

ENTRIES = (
    select(RunPlanRow.runner_id, RunPlanEntryRow)
    .join(RunPlanEntryRow, RunPlanEntryRow.plan_id == RunPlanRow.id)
    .where(
        RunPlanRow.runner_id.in_(RUNNERS),
        RunPlanRow.expires_at.is_(None),
        RunPlanEntryRow.day >= bindparam("since"),
    )
    .order_by(RunPlanEntryRow.day, RunPlanEntryRow.id)
)


async def add_draft(
    connection: AsyncConnection, runner: int, file: PlanFile, read_on: date, expires_at: datetime
) -> int:
    """Store a draft in place of the runner's earlier one; return its id."""
    await connection.execute(
        delete(RunPlanRow).where(RunPlanRow.runner_id == runner, RunPlanRow.expires_at.is_not(None))
    )
    added = await connection.execute(
        insert(RunPlanRow)
        .values(runner_id=runner, read_on=read_on, others=file.others, expires_at=expires_at)
        .returning(RunPlanRow.id)
    )
    plan: int = added.scalar_one()
    new = [
        {
            "plan_id": plan,
            "day": entry.day,
            "run_at": entry.at and f"{entry.at:%H:%M}",
            "kind": entry.kind.value,
            "title": entry.title,
        }
        for entry in file.entries
    ]
    if new:
        await connection.execute(insert(RunPlanEntryRow), new)
    return plan


async def drop_expired(connection: AsyncConnection, now: datetime) -> None:
    await connection.execute(delete(RunPlanRow).where(RunPlanRow.expires_at <= now))


async def get(connection: AsyncConnection, runner: int, plan: int, now: datetime) -> RunPlan | None:
    """Return the runner's plan with this id; a draft that has expired is none."""
    row = (
        await connection.execute(
            select(RunPlanRow).where(
                RunPlanRow.id == plan,
                RunPlanRow.runner_id == runner,
                or_(RunPlanRow.expires_at.is_(None), RunPlanRow.expires_at > now),
            )
        )
    ).one_or_none()
    return None if row is None else await _plan(connection, row)


async def entries(
    connection: AsyncConnection, runners: Collection[int], since: date
) -> dict[int, tuple[PlanEntry, ...]]:
    """Return by runner the entries of the plan in use, from this date on."""
    rows = await connection.execute(ENTRIES, {"runners": list(runners), "since": since})
    found: dict[int, list[PlanEntry]] = {runner: [] for runner in runners}
    for row in rows:
        found[row.runner_id].append(_entry(row))
    return {runner: tuple(each) for runner, each in found.items()}


async def use(connection: AsyncConnection, runner: int, plan: int) -> None:
    """Put a draft in the place of the plan in use."""
    await connection.execute(
        delete(RunPlanRow).where(RunPlanRow.runner_id == runner, RunPlanRow.id != plan)
    )
    await connection.execute(
        update(RunPlanRow).where(RunPlanRow.id == plan).values(expires_at=None)
    )


async def remove(connection: AsyncConnection, plan: int) -> None:
    await connection.execute(delete(RunPlanRow).where(RunPlanRow.id == plan))


async def remove_all(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(delete(RunPlanRow).where(RunPlanRow.runner_id == runner))


async def set_kind(
    connection: AsyncConnection, plan: int, title: str, kind: EntryKind | None
) -> None:
    """Store what the unsure entries with this title are; None: they are no runs, and go."""
    where = (
        RunPlanEntryRow.plan_id == plan,
        RunPlanEntryRow.title == title,
        RunPlanEntryRow.kind == EntryKind.ASK.value,
    )
    if kind is None:
        await connection.execute(delete(RunPlanEntryRow).where(*where))
        return
    kept = "" if kind is EntryKind.REST else title
    await connection.execute(
        update(RunPlanEntryRow).where(*where).values(kind=kind.value, title=kept)
    )


async def _plan(connection: AsyncConnection, row: Any) -> RunPlan:
    found = await connection.execute(
        select(RunPlanEntryRow)
        .where(RunPlanEntryRow.plan_id == row.id)
        .order_by(RunPlanEntryRow.day, RunPlanEntryRow.id)
    )
    return RunPlan(
        row.id, row.read_on, tuple(map(_entry, found)), row.others, row.expires_at is None
    )


def _entry(row: Any) -> PlanEntry:
    at = time.fromisoformat(row.run_at) if row.run_at else None
    return PlanEntry(row.day, EntryKind(row.kind), at, row.title)
