"""Queries on running plans that runners have brought as calendar files."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update

from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import RUN_PLAN_ENTRIES, RUN_PLANS
from bot.domain.run_plan import EntryKind, PlanEntry, PlanFile, RunPlan

ENTRIES = (
    select(RUN_PLANS.c.runner_id, RUN_PLAN_ENTRIES)
    .join(RUN_PLAN_ENTRIES, RUN_PLAN_ENTRIES.c.plan_id == RUN_PLANS.c.id)
    .where(
        RUN_PLANS.c.runner_id.in_(RUNNER_IDS),
        RUN_PLANS.c.expires_at.is_(None),
        RUN_PLAN_ENTRIES.c.day >= bindparam("since"),
    )
    .order_by(RUN_PLAN_ENTRIES.c.day, RUN_PLAN_ENTRIES.c.id)
)


async def add_draft(
    connection: Connection, runner: int, file: PlanFile, read_on: date, expires_at: datetime
) -> int:
    """Store a draft in place of the runner's earlier one; return its id."""
    await connection.execute(
        delete(RUN_PLANS).where(
            RUN_PLANS.c.runner_id == runner, RUN_PLANS.c.expires_at.is_not(None)
        )
    )
    added = await connection.execute(
        insert(RUN_PLANS)
        .values(runner_id=runner, read_on=read_on, others=file.others, expires_at=expires_at)
        .returning(RUN_PLANS.c.id)
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
        await connection.execute(insert(RUN_PLAN_ENTRIES), new)
    return plan


async def drop_expired(connection: Connection, now: datetime) -> None:
    await connection.execute(delete(RUN_PLANS).where(RUN_PLANS.c.expires_at <= now))


async def get(connection: Connection, runner: int, plan: int, now: datetime) -> RunPlan | None:
    """Return the runner's plan with this id; None: there is none, or the draft has expired."""
    row = (
        await connection.execute(
            select(RUN_PLANS).where(
                RUN_PLANS.c.id == plan,
                RUN_PLANS.c.runner_id == runner,
                or_(RUN_PLANS.c.expires_at.is_(None), RUN_PLANS.c.expires_at > now),
            )
        )
    ).one_or_none()
    return None if row is None else await _plan(connection, row)


async def entries(
    connection: Connection, runners: Collection[int], since: date
) -> dict[int, tuple[PlanEntry, ...]]:
    """Return by runner the entries of the plan in use, from this date on."""
    rows = await connection.execute(ENTRIES, {"runners": list(runners), "since": since})
    found: dict[int, list[PlanEntry]] = {runner: [] for runner in runners}
    for row in rows:
        found[row.runner_id].append(_entry(row))
    return {runner: tuple(each) for runner, each in found.items()}


async def use(connection: Connection, runner: int, plan: int) -> None:
    """Put a draft in the place of the plan in use."""
    await connection.execute(
        delete(RUN_PLANS).where(RUN_PLANS.c.runner_id == runner, RUN_PLANS.c.id != plan)
    )
    await connection.execute(
        update(RUN_PLANS).where(RUN_PLANS.c.id == plan).values(expires_at=None)
    )


async def remove(connection: Connection, plan: int) -> None:
    await connection.execute(delete(RUN_PLANS).where(RUN_PLANS.c.id == plan))


async def remove_all(connection: Connection, runner: int) -> None:
    await connection.execute(delete(RUN_PLANS).where(RUN_PLANS.c.runner_id == runner))


async def remove_race(connection: Connection, runner: int, day: date) -> None:
    """Delete the race on this date from the runner's plans."""
    plans = select(RUN_PLANS.c.id).where(RUN_PLANS.c.runner_id == runner)
    await connection.execute(
        delete(RUN_PLAN_ENTRIES).where(
            RUN_PLAN_ENTRIES.c.plan_id.in_(plans),
            RUN_PLAN_ENTRIES.c.day == day,
            RUN_PLAN_ENTRIES.c.kind == EntryKind.RACE.value,
        )
    )


async def set_kind(connection: Connection, plan: int, title: str, kind: EntryKind | None) -> None:
    """Store the kind of the uncertain entries with this title; None: delete them, as no runs."""
    where = (
        RUN_PLAN_ENTRIES.c.plan_id == plan,
        RUN_PLAN_ENTRIES.c.title == title,
        RUN_PLAN_ENTRIES.c.kind == EntryKind.ASK.value,
    )
    if kind is None:
        await connection.execute(delete(RUN_PLAN_ENTRIES).where(*where))
        return
    kept = "" if kind is EntryKind.REST else title
    await connection.execute(
        update(RUN_PLAN_ENTRIES).where(*where).values(kind=kind.value, title=kept)
    )


async def _plan(connection: Connection, row: Any) -> RunPlan:
    found = await connection.execute(
        select(RUN_PLAN_ENTRIES)
        .where(RUN_PLAN_ENTRIES.c.plan_id == row.id)
        .order_by(RUN_PLAN_ENTRIES.c.day, RUN_PLAN_ENTRIES.c.id)
    )
    return RunPlan(
        row.id, row.read_on, tuple(map(_entry, found)), row.others, row.expires_at is None
    )


def _entry(row: Any) -> PlanEntry:
    at = time.fromisoformat(row.run_at) if row.run_at else None
    return PlanEntry(row.day, EntryKind(row.kind), at, row.title)
