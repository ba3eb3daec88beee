"""Queries on the exercises that runners do instead of others."""

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import delete, select

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import SWAPS
from bot.domain.frozen import frozen
from bot.domain.regions import Region

OF_RUNNERS = select(SWAPS).where(SWAPS.c.runner_id.in_(RUNNER_IDS))


@frozen
class Swap:
    """What is done instead: while `region` rests or, if None, until the runner swaps back."""

    instead: str
    form: str
    region: Region | None = None

    def is_over(self, resting: Collection[Region]) -> bool:
        """Return whether the region that the swap was made for no longer rests."""
        return self.region is not None and self.region not in resting


async def get(connection: Connection, runners: Collection[int]) -> dict[int, dict[str, Swap]]:
    """Return the swaps by runner and by the exercise that is swapped."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    by_runner: dict[int, dict[str, Swap]] = {runner: {} for runner in runners}
    for row in rows:
        region = Region(row.region) if row.region else None
        by_runner[row.runner_id][row.exercise] = Swap(row.instead, row.form, region)
    return by_runner


async def save(connection: Connection, runner: int, exercise: str, swap: Swap) -> None:
    new = {"runner_id": runner, "exercise": exercise, **asdict(swap)}
    await upsert(connection, SWAPS, ["runner_id", "exercise"], new)


async def remove(connection: Connection, runner: int, exercises: Collection[str]) -> None:
    await connection.execute(
        delete(SWAPS).where(SWAPS.c.runner_id == runner, SWAPS.c.exercise.in_(exercises))
    )
