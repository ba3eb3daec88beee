"""Files that are cut, overwritten, deleted or replaced: what the coach says, does and keeps."""

import asyncio
import json
import os
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGTERM

import pytest

from bot.db.engine import DatabaseError
from bot.db.migrating import migrate
from bot.db.whole import ensure_whole
from tests.losses import CHANGED, GONE, cut, delete_all
from tests.network import free_port
from tests.process.coach_process import CoachProcess, Ended, eventually
from tests.process.job_store import slots
from tests.process.runner import Runner
from tests.process.test_reminders import REMINDER, absent_for, chooses, states
from tests.runtime.test_scheduler import DAMAGES, fill_with_garbage, put_a_folder


def one_line(ended: Ended) -> str:
    assert (ended.code, ended.stdout) == (1, "")
    assert len(ended.lines) == 1, ended.stderr
    return ended.lines[0]


# The job store, an index


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["cut in half", "garbage", "a folder", "other columns"])
async def test_a_missed_reminder_comes_although_the_job_store_is_damaged(
    coach: CoachProcess, ann: Runner, kind: str
) -> None:
    await absent_for(coach, ann, minutes=10)
    DAMAGES[kind](coach.jobs)
    await coach.start()
    await eventually(lambda: states(coach) == [("sent",)])
    assert len(ann.with_words(REMINDER)) == 1
    await eventually(lambda: slots(coach.jobs) == 1)
    (line,) = [line for line in coach.stderr.splitlines() if " INFO " not in line]
    assert "job store" in line


@pytest.mark.slow
async def test_reminders_come_while_the_job_store_is_damaged_and_can_t_be_moved(
    coach: CoachProcess, ann: Runner
) -> None:
    """A mounted folder, say: here the names are all taken, by a limit on them."""
    await absent_for(coach, ann, minutes=10)
    put_a_folder(coach.jobs)
    database = coach.folder / ("c" * 230 + ".db")
    coach.database.rename(database)
    jobs = database.with_name("c" * 230 + "-jobs.db")
    coach.jobs.rename(jobs)
    coach.settings["DATABASE_URL"] = f"sqlite:///{database}"
    await coach.start()
    await eventually(lambda: ann.with_words(REMINDER), timeout=20)
    assert coach.stderr.count("the calendar could not be kept") == 1
    assert jobs.is_dir()


# The database, at the start


def garble_a_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(2 * 4096)
        opened.write(b"\xa5" * 4096)


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [DAMAGES["cut in half"], fill_with_garbage, garble_a_page],
    ids=["cut in half", "garbage", "a page of garbage"],
)
async def test_a_damaged_database_is_told_at_the_start(
    coach: CoachProcess, damage: Callable[[Path], None]
) -> None:
    migrate(coach.database)
    damage(coach.database)
    before = coach.database.read_bytes()
    line = one_line(await coach.command("run"))
    assert str(coach.database) in line
    assert "restore FILE" in line
    assert coach.database.read_bytes() == before


@pytest.mark.slow
async def test_a_lost_database_is_not_begun_anew_in_silence(coach: CoachProcess) -> None:
    """Its job store or its log tells that there was one."""
    await coach.start()
    await eventually(lambda: coach.jobs.exists() and coach.jobs.stat().st_size > 0)
    coach.change("UPDATE alembic_version SET version_num = version_num")
    await coach.kill()
    log = coach.database.with_name("coach.db-wal")
    assert log.stat().st_size > 0
    coach.database.write_bytes(b"")
    assert "restore FILE" in one_line(await coach.command("run"))
    assert log.stat().st_size > 0
    log.unlink()
    assert "coach-jobs.db" in one_line(await coach.command("run"))
    coach.database.unlink()
    assert "coach-jobs.db" in one_line(await coach.command("run"))
    coach.jobs.unlink()
    await coach.start()


@pytest.mark.slow
def test_a_large_database_is_looked_at_for_a_while_only(tmp_path: Path) -> None:
    file = tmp_path / "coach.db"
    migrate(file)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE ballast (filling BLOB)")
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
            "INSERT INTO ballast SELECT randomblob(500) FROM n"
        )
    ensure_whole(file, tmp_path / "coach-jobs.db", seconds=0.001)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    with file.open("r+b") as opened:
        opened.seek(-3 * 4096, os.SEEK_END)
        opened.write(b"\xa5" * 4096)
    with pytest.raises(DatabaseError, match="damaged"):
        ensure_whole(file, tmp_path / "coach-jobs.db", seconds=60)


# The database, while the coach runs


@dataclass
class Watched:
    """A coach that tells how it is, and a runner on it."""

    coach: CoachProcess
    ann: Runner

    @property
    def said(self) -> list[str]:
        """The lines about the files, without those on what could not be stored meanwhile."""
        return [line for line in self.coach.stderr.splitlines() if "bot.db.upkeep" in line]

    @property
    def is_well(self) -> bool:
        port = self.coach.settings["METRICS_PORT"]
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                body = json.load(answer)
        except urllib.error.HTTPError as error:
            body = json.load(error)
        return bool(body["database"])

    @property
    def rescued(self) -> list[Path]:
        return sorted(self.coach.folder.glob("coach-rescued-*.db"))


@pytest.fixture
async def watched(coach: CoachProcess, ann: Runner) -> Watched:
    coach.settings["METRICS_PORT"] = str(free_port())
    await coach.start()
    await ann.is_ready()
    await chooses(ann, "UTC", datetime(2026, 12, 1, 7, tzinfo=UTC))
    watched = Watched(coach, ann)
    assert await asyncio.to_thread(lambda: watched.is_well)
    return watched


@pytest.mark.slow
@pytest.mark.parametrize("lose", [*GONE, *CHANGED])
async def test_a_database_that_is_lost_while_the_coach_runs_is_noticed(
    watched: Watched, errors_expected: None, lose: Callable[[Path], None]
) -> None:
    coach, ann = watched.coach, watched.ann
    if lose is cut:
        await eventually(lambda: coach.database.with_name("coach.db-wal").stat().st_size == 0)
    lose(coach.database)
    await eventually(lambda: watched.said, timeout=20)
    assert not await asyncio.to_thread(lambda: watched.is_well)
    assert "restore FILE" in watched.said[0]
    before = len(ann.messages)
    coach.world.say(ann.person, "/reminders off")
    await eventually(lambda: len(ann.messages) > before)
    assert "Something went wrong" in ann.messages[-1].text
    await asyncio.sleep(6)  # it is looked at again, and nothing more is said
    is_gone = lose in GONE
    assert len(watched.said) == 1 + is_gone, watched.said
    assert len(watched.rescued) == is_gone
    for copy in watched.rescued:
        with closing(sqlite3.connect(copy)) as connection:
            assert connection.execute("SELECT weekday FROM schedule").fetchall() == [("tuesday",)]
        assert copy.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
async def test_what_was_rescued_can_be_gone_back_to_and_nothing_is_lost(
    watched: Watched, errors_expected: None
) -> None:
    coach, ann = watched.coach, watched.ann
    delete_all(coach.database)
    await eventually(lambda: watched.rescued and len(watched.said) == 2, timeout=20)
    coach.world.say(ann.person, "/reminders fri 08:00")
    await eventually(lambda: "Something went wrong" in ann.messages[-1].text)
    await coach.end(SIGTERM)
    assert not coach.database.exists()
    ended = await coach.command("restore", str(watched.rescued[0]))
    assert (ended.code, ended.stderr) == (0, "")
    assert coach.rows("SELECT weekday FROM schedule") == [("tuesday",)]
    await coach.start()
    await eventually(lambda: coach.rows("SELECT weekday FROM schedule") == [("friday",)])


@pytest.mark.slow
async def test_a_database_that_is_moved_and_moved_back_is_used_again(
    watched: Watched, errors_expected: None
) -> None:
    coach, ann = watched.coach, watched.ann
    elsewhere = coach.database.with_name("elsewhere.db")
    coach.database.rename(elsewhere)
    await eventually(lambda: watched.said, timeout=20)
    elsewhere.rename(coach.database)
    await ann.says("/reminders off")
    assert coach.rows("SELECT weekday FROM schedule") == []
    await eventually(lambda: "there again" in watched.said[-1], timeout=20)
    assert await asyncio.to_thread(lambda: watched.is_well)


@pytest.mark.slow
async def test_slots_tells_a_damaged_job_store_in_one_line(coach: CoachProcess) -> None:
    """And leaves it to the coach."""
    migrate(coach.database)
    fill_with_garbage(coach.jobs)
    before = coach.jobs.read_bytes()
    assert "job store" in one_line(await coach.command("slots"))
    assert coach.jobs.read_bytes() == before
