"""/delete, down to the bytes: nothing that a runner ever typed is left in any file."""

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from bot.db import runners, upkeep
from bot.db.engine import Connection
from bot.db.opening import open_database
from bot.db.tables import BANDS, QUESTIONS, RUNNERS
from tests.conversations.stage import Runner, Stage
from tests.databases import ready

pytestmark = pytest.mark.sqlite

COLOURS = ("zinnober", "quetschblau", "xanthous")
TYPED = (*COLOURS, "xylophone", "Zaphodia", "Quillfeather", "zq_incognito", "Tromsø", "Tromso")
ERASED = "Erased. I know nothing about you any more. /start begins again."
TRACE = "still hold a trace of it"
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


def files_with(folder: Path, words: str) -> list[str]:
    return sorted(
        file.name
        for file in folder.rglob("*")
        if file.is_file() and words.encode() in file.read_bytes()
    )


def kept(stage: Stage) -> dict[str, list[str]]:
    """What was typed, and the files that hold it."""
    found = {words: files_with(stage.database.parent, words) for words in TYPED}
    return {words: files for words, files in found.items() if files}


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The files are looked after as soon as there is something to do."""
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.02)


@pytest.fixture
async def zoe(stage: Stage) -> Runner:
    person = {"last_name": "Quillfeather", "username": "zq_incognito"}
    return await stage.runner("Zaphodia", id=6_123_456_789, **person).is_ready()


async def live(runner: Runner) -> None:
    """Types all that can be typed, and changes it: the old words were once stored, too."""
    await runner.says("/timezone Tromsø")
    for colour in COLOURS:
        await runner.says(f"/bands mini light {colour}, mini heavy {colour}, long loop medium")
        await runner.says("/routine marathon five")
        await runner.taps("My own pace" if "My own pace" in runner.shown.labels else "Start")
        for _ in range(3):
            await runner.taps("Done")
        await runner.says("/stop")
    await runner.says("/routine first two weeks")
    await runner.says("something hurts")
    await runner.says("my xylophone knee")
    await runner.says("/exercise xylophone")
    await runner.says("/reminders mon 07:13")
    await runner.says("/progress")
    await runner.says("/export")


async def erase(runner: Runner) -> str:
    await runner.says("/delete")
    await runner.taps("Erase everything")
    return runner.shown.text


@contextmanager
def reading(file: Path) -> Iterator[None]:
    """Another program has begun to read, and takes its time."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM runners").fetchone()
        yield


async def until_nothing_is_kept(stage: Stage) -> None:
    async with asyncio.timeout(10):
        while kept(stage):
            await asyncio.sleep(0.05)


@pytest.mark.slow
async def test_nothing_that_was_typed_is_left_in_any_file(stage: Stage, zoe: Runner) -> None:
    others = [await stage.runner(f"Runner {number}").is_ready() for number in range(3)]
    for other in others:
        await other.says("/bands mini light green")
        await other.says("/routine marathon five")
    await live(zoe)
    assert {*COLOURS, "Troms\u00f8"} <= kept(stage).keys()
    assert await erase(zoe) == ERASED
    assert kept(stage) == {}


@pytest.mark.slow
async def test_while_somebody_reads_the_answer_says_so_and_it_is_finished_later(
    hurried: None, stage: Stage, zoe: Runner
) -> None:
    await live(zoe)
    with reading(stage.database):
        assert TRACE in await erase(zoe)
        assert files_with(stage.database.parent, COLOURS[0])
    await until_nothing_is_kept(stage)


@pytest.mark.slow
async def test_what_was_not_finished_is_finished_after_a_restart(stage: Stage, zoe: Runner) -> None:
    await live(zoe)
    with reading(stage.database):
        assert TRACE in await erase(zoe)
        await stage.close()
        assert kept(stage)
    await stage.open()
    await until_nothing_is_kept(stage)


@pytest.mark.slow
async def test_a_large_database_is_written_anew_in_a_quiet_moment(
    hurried: None, stage: Stage, zoe: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "SMALL", 0)
    monkeypatch.setattr(upkeep, "OVERWRITE_EVERY", 0.02)
    await live(zoe)
    assert TRACE in await erase(zoe)
    await asyncio.sleep(0.2)
    assert version(stage.database) == 1
    monkeypatch.setattr(upkeep, "QUIET", 0.1)
    async with asyncio.timeout(10):
        while version(stage.database):
            await asyncio.sleep(0.05)
    assert kept(stage) == {}


def version(file: Path) -> int:
    """The database's mark that there is something to overwrite."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


@pytest.mark.slow
async def test_erasures_side_by_side_are_all_finished(stage: Stage) -> None:
    crowd = [await stage.runner(f"Runner {number}").is_ready() for number in range(10)]
    for number, runner in enumerate(crowd):
        await runner.says(f"/bands mini light zq{number}zq")
        await runner.says("/delete")
    for runner in crowd:
        stage.world.tap(runner.person, runner.shown, "Erase everything")
    await stage.settle()
    assert {runner.shown.text for runner in crowd} == {ERASED}
    assert not files_with(stage.database.parent, "zq")


async def test_rows_that_are_deleted_every_day_go_from_the_files_as_well(
    hurried: None, stage: Stage, zoe: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to send /delete for it."""
    db = stage.work.coach.db
    wish = {"schedule": "xylophone" * 1000}
    async with db.write(zoe.id) as connection:
        await connection.execute(
            insert(QUESTIONS).values(runner_id=zoe.id, wish=wish, asked_at=NOW)
        )
    async with db.write(zoe.id) as connection:
        await connection.execute(delete(QUESTIONS))
    assert kept(stage)
    monkeypatch.setattr(upkeep, "OVERWRITE_EVERY", 0.02)
    await until_nothing_is_kept(stage)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
async def test_rows_that_moved_between_pages_leave_no_copy(tmp_path: Path, seed: int) -> None:
    """Where a page is split, SQLite leaves a copy of what moved, which secure_delete does not
    find: with these seeds of one runner each."""
    file = tmp_path / "coach.db"
    ready(file)
    db = open_database(file)
    dice = random.Random(seed)
    gone: list[int] = []
    known: list[int] = []
    for runner in dice.sample(range(200), 200):
        async with db.write(runner) as connection:
            known.append(runner)
            await comes(connection, runner, dice)
            for _ in range(2):
                await changes(connection, dice.choice(known), dice)
        if dice.random() < 0.5:
            gone.append(known.pop(dice.randrange(len(known))))
            async with db.erase(gone[-1]) as connection:
                await runners.erase(connection, gone[-1])
    assert await db.overwrite()
    await db.close()
    found = file.read_bytes()
    assert [runner for runner in gone if word(runner).encode() in found] == []
    assert all(word(runner).encode() in found for runner in known)


def word(runner: int) -> str:
    return f"zq{runner:04}"


async def comes(connection: Connection, runner: int, dice: random.Random) -> None:
    await runners.ensure(connection, runner, NOW)
    for level in ("light", "medium", "heavy"):
        colour = word(runner) * dice.randint(1, 80)
        band = {"runner_id": runner, "kind": "mini-band", "level": level, "colour": colour}
        await connection.execute(insert(BANDS).values(**band))


async def changes(connection: Connection, runner: int, dice: random.Random) -> None:
    place, colour = word(runner) * dice.randint(1, 200), word(runner) * dice.randint(1, 80)
    await connection.execute(update(RUNNERS).where(RUNNERS.c.id == runner).values(place=place))
    await connection.execute(update(BANDS).where(BANDS.c.runner_id == runner).values(colour=colour))
