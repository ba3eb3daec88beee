"""The bands that a runner owns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.db import bands, runners
from bot.db.engine import Connection, Database, query, transaction
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of

get = query(bands.get)


async def choose(db: Database, runner: int, kit: Kit, now: datetime) -> Kit:
    """Replace the runner's kit."""
    return await _change(db, runner, lambda _: kit, now)


async def own(db: Database, runner: int, band: Band, owned: bool, now: datetime) -> Kit:
    """Add the band to the kit, or remove it; a band already in the kit keeps its colour."""

    def changed(kit: Kit) -> Kit:
        others = tuple(b for b in kit.bands if (b.kind, b.level) != (band.kind, band.level))
        present = kit.get(band.kind, band.level) or band
        return kit_of((*others, present) if owned else others)

    return await _change(db, runner, changed, now)


async def colour(
    db: Database, runner: int, kind: KitKind, level: Level, name: str, now: datetime
) -> Kit:
    """Set the colour of a band in the kit; an empty `name` removes it."""

    def changed(kit: Kit) -> Kit:
        return kit_of(
            replace(band, colour=name) if (band.kind, band.level) == (kind, level) else band
            for band in kit.bands
        )

    return await _change(db, runner, changed, now)


@transaction
async def _change(
    connection: Connection, runner: int, change: Callable[[Kit], Kit], now: datetime
) -> Kit:
    await runners.ensure(connection, runner, now)
    kit = change(await bands.get(connection, runner) or Kit())
    await bands.save(connection, runner, kit, now)
    return kit
