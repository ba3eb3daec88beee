"""Queries on the bands that runners own."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.parameters import RUNNERS
from bot.db.tables import BandRow, RunnerRow
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of

OF_RUNNERS = (
    select(RunnerRow.id, BandRow.kind, BandRow.level, BandRow.colour)
    .outerjoin(BandRow, BandRow.runner_id == RunnerRow.id)
    .where(
        RunnerRow.id.in_(RUNNERS),
        RunnerRow.bands_told_at.is_not(None),
    )
)


async def get(connection: AsyncConnection, runner: int) -> Kit | None:
    """Return the runner's kit; None: not known."""
    return (await get_many(connection, [runner])).get(runner)


async def get_many(connection: AsyncConnection, runners: Collection[int]) -> dict[int, Kit]:
    """Return the known kits by runner."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    owned: dict[int, list[Band]] = defaultdict(list)
    for runner, kind, level, colour in rows:
        owned[runner] += [Band(KitKind(kind), Level(level), colour)] if kind else []
    return {runner: kit_of(bands) for runner, bands in owned.items()}


async def save(connection: AsyncConnection, runner: int, kit: Kit, now: datetime) -> None:
    """Replace the kit, which is known from now on."""
    await connection.execute(delete(BandRow).where(BandRow.runner_id == runner))
    if kit.bands:
        await connection.execute(
            insert(BandRow),
            [
                {
                    "runner_id": runner,
                    "kind": band.kind.value,
                    "level": band.level.value,
                    "colour": band.colour,
                }
                for band in kit.bands
            ],
        )
    await connection.execute(
        update(RunnerRow).where(RunnerRow.id == runner).values(bands_told_at=now)
    )
