"""Queries on the bands that runners own."""

from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import BandRow, RunnerRow
from bot.domain.kit import Band, Kind, Kit, Level, kit_of


async def get(connection: AsyncConnection, runner: int) -> Kit | None:
    """The runner's kit; None where they have not told it."""
    told = await connection.execute(
        select(RunnerRow.bands_told_at).where(
            RunnerRow.id == runner, RunnerRow.bands_told_at.is_not(None)
        )
    )
    if told.one_or_none() is None:
        return None
    rows = await connection.execute(
        select(BandRow.kind, BandRow.level, BandRow.colour).where(BandRow.runner_id == runner)
    )
    return kit_of(Band(Kind(kind), Level(level), colour) for kind, level, colour in rows)


async def save(connection: AsyncConnection, runner: int, kit: Kit, now: datetime) -> None:
    """The kit takes the place of the one before, and is told from now on."""
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
