"""The figures of /status."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.db import status
from bot.db.engine import Database
from bot.domain.status import LATELY, Figures


async def figures(db: Database, now: datetime, zone: str) -> Figures:
    """Return the figures; those of today are for the local date in `zone`."""
    local = ZoneInfo(zone)
    today = datetime.combine(now.astimezone(local).date(), time(), local)
    async with db.read() as connection:
        return await status.figures(connection, now - LATELY, today)
