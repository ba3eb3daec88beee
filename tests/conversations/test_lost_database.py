"""The database's file is gone or changed while the coach runs: it says so and stores nothing."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.db import upkeep
from bot.db.engine import AwayError
from bot.runtime.addresses import Address
from tests.conversations.stage import Runner, Stage, a_stage
from tests.losses import CHANGED, GONE
from tests.network import free_port

pytestmark = pytest.mark.sqlite


@pytest.fixture
async def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    """Looked after all the time; what the database has written ahead is in the file."""
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(upkeep, "OVERWRITE_EVERY", 0.02)
    at = Address("127.0.0.1", free_port())
    async with a_stage(tmp_path, metrics=at) as stage, stage.coach():
        yield stage


async def is_well(stage: Stage) -> bool:
    assert stage.metrics is not None
    url = f"http://{stage.metrics.host}:{stage.metrics.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        body = await response.json()
        assert response.status == (200 if body["ok"] else 503)
        return bool(body["database"])


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [it.getMessage() for it in caplog.records if it.name == upkeep.__name__]


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not done():
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("lose", [*GONE, *CHANGED])
@pytest.mark.breadth(1)
async def test_a_lost_database_is_told_once_and_nothing_is_stored(
    stage: Stage,
    caplog: pytest.LogCaptureFixture,
    errors_expected: None,
    lose: Callable[[Path], None],
) -> None:
    bea = await stage.runner("Bea").is_ready()
    await bea.says("/bands mini light green")
    db = stage.work.coach.db
    assert await is_well(stage)
    await until(lambda: stage.database.with_name("coach.db-wal").stat().st_size == 0)
    lose(stage.database)
    is_gone = lose in GONE
    await until(lambda: len(said(caplog)) == 1 + is_gone)
    assert str(stage.database) in said(caplog)[0]
    assert "restore FILE" in said(caplog)[0]
    assert not await is_well(stage)
    for use in (db.read, db.snapshot, db.write):
        with pytest.raises(AwayError):
            async with use():
                pass
    await asyncio.sleep(0.2)
    assert len(said(caplog)) == 1 + is_gone
    rescued = list(stage.database.parent.glob("coach-rescued-*.db"))
    assert len(rescued) == is_gone
    for copy in rescued:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT colour FROM bands").fetchall() == [("green",)]


@pytest.mark.slow
async def test_a_database_that_is_there_again_is_used_again(
    stage: Stage, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    bea: Runner = await stage.runner("Bea").is_ready()
    elsewhere = stage.database.with_name("elsewhere.db")
    stage.database.rename(elsewhere)
    await until(lambda: said(caplog))
    stage.world.say(bea.person, "/bands mini light green")
    await until(lambda: "Something went wrong" in bea.shown.text)
    elsewhere.rename(stage.database)
    await until(lambda: "mini band: light (green)" in bea.shown.text)
    await until(lambda: "there again" in said(caplog)[-1])
    assert await is_well(stage)
