"""A database in which so many runners are in the middle of a session, each on Done taps.

Runner n's session has the number n and is at revision 1, as the load's taps believe.
"""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, make_url

from bot.content import Catalogue, read_catalogue
from bot.content.reading import shipped
from bot.db import runners as runner_rows
from bot.db.engine import Database, Place
from bot.db.migrating import migrate
from bot.db.opening import open_database
from bot.db.tables import UPLOADS
from bot.domain.runner import Screening
from bot.services import cues, runners, training
from tests.bench.load import BOT, CLIP, RUNNER
from tests.databases import rows

ROUTINE = "marathon-five"


def place(url: str) -> Place:
    """The one spot that knows what the coach's own code wants to be told of its database."""
    parsed = make_url(url)
    return Path(parsed.database or "") if parsed.drivername.startswith("sqlite") else parsed


def make(url: str, count: int) -> None:
    migrate(place(url))
    asyncio.run(_fill(url, count))


async def _fill(url: str, count: int) -> None:
    db = open_database(place(url))
    catalogue = read_catalogue([shipped()], "en")[0]
    try:
        for number in range(1, count + 1):
            await _begin(db, catalogue, number)
        await _upload(db, catalogue)
    finally:
        await db.close()


async def _begin(db: Database, catalogue: Catalogue, number: int) -> None:
    """Through the coach's own services, so that the rows are those of a runner."""
    runner, now = RUNNER + number, datetime.now(UTC)
    await runners.answer_safety(db, runner, Screening.CLEAR, now)
    async with db.write() as connection:
        await runner_rows.save_pace(connection, runner, own_pace=True)
    opened = await training.open_session(db, catalogue, runner, ROUTINE, now, begin=True)
    assert isinstance(opened, training.Opened)
    session = opened.stored.session
    assert (session.id, session.revision, session.timed) == (number, 1, False)
    await cues.shown(db, [(session, 1)], now)


async def _upload(db: Database, catalogue: Catalogue) -> None:
    """Telegram has had every clip before."""
    clips = {clip.digest for it in catalogue.exercises.values() for clip in it.clips.values()}
    rows = [{"bot_id": BOT, "digest": it, "file_id": CLIP["file_id"]} for it in clips]
    async with db.write() as connection:
        await connection.execute(insert(UPLOADS), rows)


def steps_done(url: str) -> int:
    """How many taps were committed."""
    return len(rows(place(url), "SELECT step FROM step_logs"))
