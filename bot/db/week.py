"""Queries on the running weeks of runners."""

from collections.abc import Collection
from datetime import time

from sqlalchemy import delete, insert, select

from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import RUN_DAYS
from bot.domain.schedule import Weekday
from bot.domain.week import RunDay, RunKind, RunningWeek

OF_RUNNERS = select(RUN_DAYS).where(RUN_DAYS.c.runner_id.in_(RUNNER_IDS))


async def get_many(connection: Connection, runners: Collection[int]) -> dict[int, RunningWeek]:
    """Return the running weeks by runner; without any row, the week is empty."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    weeks: dict[int, dict[Weekday, RunDay]] = {runner: {} for runner in runners}
    for row in rows:
        at = time.fromisoformat(row.run_at) if row.run_at else None
        weeks[row.runner_id][Weekday(row.weekday)] = RunDay(RunKind(row.kind), at)
    return dict(weeks.items())


async def save(connection: Connection, runner: int, week: RunningWeek) -> None:
    """Replace the runner's week."""
    await connection.execute(delete(RUN_DAYS).where(RUN_DAYS.c.runner_id == runner))
    new = [
        {
            "runner_id": runner,
            "weekday": weekday.value,
            "kind": day.kind.value,
            "run_at": day.at and f"{day.at:%H:%M}",
        }
        for weekday, day in week.items()
        if day.kind is not RunKind.NONE
    ]
    if new:
        await connection.execute(insert(RUN_DAYS), new)
