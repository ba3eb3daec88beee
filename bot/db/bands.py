"""Queries on the bands that runners own."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import BANDS, RUNNERS
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of

OF_RUNNERS = (
    select(RUNNERS.c.id, BANDS.c.kind, BANDS.c.level, BANDS.c.colour)
    .outerjoin(BANDS, BANDS.c.runner_id == RUNNERS.c.id)
    .where(RUNNERS.c.id.in_(RUNNER_IDS), RUNNERS.c.bands_told_at.is_not(None))
)


async def get(connection: Connection, runner: int) -> Kit | None:
    """Return the runner's kit; None: not known."""
    return (await get_many(connection, [runner])).get(runner)


async def get_many(connection: Connection, runners: Collection[int]) -> dict[int, Kit]:
    """Return the known kits by runner."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    owned: dict[int, list[Band]] = defaultdict(list)
    for runner, kind, level, colour in rows:
        owned[runner] += [Band(KitKind(kind), Level(level), colour)] if kind else []
    return {runner: kit_of(bands) for runner, bands in owned.items()}


async def save(connection: Connection, runner: int, kit: Kit, now: datetime) -> None:
    """Replace the kit, which is known from now on."""
    await connection.execute(delete(BANDS).where(BANDS.c.runner_id == runner))
    if kit.bands:
        await connection.execute(
            insert(BANDS), [{"runner_id": runner, **asdict(band)} for band in kit.bands]
        )
    await connection.execute(
        update(RUNNERS).where(RUNNERS.c.id == runner).values(bands_told_at=now)
    )
