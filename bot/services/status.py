"""A host's wish to know how the coach is."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from bot.db import status
from bot.db.engine import Database
from bot.domain.status import LATELY, Figures


async def figures(db: Database, now: datetime, zone: str) -> Figures:
    """Today is the one of this zone."""
    local = ZoneInfo(zone)
    today = datetime.combine(now.astimezone(local).date(), time(), local)
    async with db.read() as connection:
        return await status.figures(connection, now - LATELY, today)
