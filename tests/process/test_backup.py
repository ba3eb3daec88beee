"""The copy of the database is whole, whatever the coach does meanwhile, and can be gone back to."""

import asyncio
import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from signal import SIGTERM
from typing import Any

import pytest

from bot.db.migrating import migrate, newest_revision
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess, Ended, eventually
from tests.process.crowd import a_crowd
from tests.process.job_store import slots, wake_at
from tests.process.runner import Runner

RUNNERS = 12
COPIES = 2


def rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()


def leftovers(folder: Path) -> list[Path]:
    """Half files, and what SQLite would leave beside a copy that it has open."""
    found = [file for pattern in ("*.part", ".*.part", "copy*-*") for file in folder.glob(pattern)]
    return sorted(found)


def one_line(ended: Ended) -> str:
    assert (ended.code, ended.stdout) == (1, "")
    assert len(ended.lines) == 1, ended.stderr
    return ended.lines[0]


async def taps_on(runner: Runner, until: asyncio.Event) -> int:
    """Through sessions, one after another, as fast as the coach answers; how often it tapped."""
    taps = 0
    while not until.is_set():
        found = runner.newest("My own pace", "Done")
        if found is None:
            await runner.says("/routine first two weeks")
            continue
        await runner.taps(found[1])
        taps += 1
    return taps


@pytest.mark.slow
async def test_a_copy_made_in_the_middle_of_a_crowd_of_taps_is_whole(
    coach: CoachProcess, world: World
) -> None:
    await coach.start()
    crowd = [Runner(world, world.add_person(f"Runner {number}")) for number in range(RUNNERS)]
    await asyncio.gather(*(runner.is_ready() for runner in crowd))
    enough = asyncio.Event()
    tapping = asyncio.gather(*(taps_on(runner, enough) for runner in crowd))
    coach.cold = True  # so that many taps fall into the time of a copy
    copies = [coach.folder / f"copy {number}.db" for number in range(COPIES)]
    logged = [0]
    await eventually(lambda: coach.rows("SELECT count(*) FROM step_logs") > [(0,)], timeout=30)
    for copy in copies:
        before = coach.rows("SELECT count(*) FROM step_logs")[0][0]
        ended = await coach.command("backup", str(copy), BOT_TOKEN="")
        after = coach.rows("SELECT count(*) FROM step_logs")[0][0]
        assert (ended.code, ended.stderr) == (0, "")
        assert f"revision {newest_revision()}" in ended.stdout
        logged.append(rows(copy, "SELECT count(*) FROM step_logs")[0][0])
        assert before < after
        assert before <= logged[-1] <= after
    enough.set()
    assert min(await tapping) > 0
    for copy in copies:
        assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
        assert rows(copy, "SELECT count(*) FROM runners") == [(RUNNERS,)]
        # Each tap is one transaction: a session and its log are of the same moment.
        assert (
            rows(
                copy,
                "SELECT id FROM sessions AS s WHERE s.position != "
                "(SELECT count(*) FROM step_logs WHERE session_id = s.id)",
            )
            == []
        )
        assert copy.stat().st_mode & 0o777 == 0o600
    assert logged == sorted(logged)
    assert leftovers(coach.folder) == []
    assert coach.stderr == ""


@pytest.mark.slow
async def test_going_back_to_a_copy_brings_sessions_reminders_and_slots(
    coach: CoachProcess, ann: Runner
) -> None:
    """The job store is not in the copy: it is made anew from the schedule."""
    await coach.start()
    await ann.is_ready()
    await ann.says("/timezone UTC")
    await ann.says("/reminders mon wed 07:00 sat 9:30")
    await ann.says("/routine marathon five")
    await ann.taps("My own pace")
    await ann.taps("Done")
    step = ann.messages[-1].text
    copy = coach.folder / "copy.db"
    assert (await coach.command("backup", str(copy))).code == 0

    await ann.says("/delete")
    await ann.taps("Erase everything")
    await eventually(lambda: slots(coach.jobs) == 0)
    assert coach.rows("SELECT * FROM runners") == []
    await coach.kill()  # what it had written ahead must not be laid over the copy

    for name in ("coach.db-wal", "coach.db-shm", "coach-jobs.db"):
        (coach.folder / name).unlink(missing_ok=True)
    shutil.copy(copy, coach.database)
    await coach.start()
    await eventually(lambda: slots(coach.jobs) == 2)
    listed = await coach.command("slots")
    assert [line.split()[:3] for line in listed.stdout.splitlines()[1:]] == [
        ["UTC", "07:00", "1"],
        ["UTC", "09:30", "1"],
    ]
    await ann.says("/routine")
    assert (
        step.splitlines()[:2] == ann.messages[-1].text.splitlines()[-len(step.splitlines()) :][:2]
    )
    await ann.taps("Done")
    assert coach.rows("SELECT position FROM sessions") == [(2,)]


@pytest.mark.slow
async def test_a_reminder_that_came_due_since_the_copy_is_sent_once(coach: CoachProcess) -> None:
    crowd = await a_crowd(coach, 5)
    copy = coach.folder / "copy.db"
    assert (await coach.command("backup", str(copy))).code == 0
    coach.database.unlink()
    coach.jobs.unlink()
    shutil.copy(copy, coach.database)
    await coach.start()
    await eventually(lambda: crowd.is_served)
    await eventually(lambda: slots(coach.jobs) == 1)
    assert crowd.states == {"sent": 5}
    assert set(crowd.got.values()) == {1}
    # Also if the old job store is still there and wakes the same slot again.
    assert await coach.end(SIGTERM) == 0
    wake_at(coach.jobs, datetime.now(UTC) - timedelta(minutes=1))
    await coach.start()
    await asyncio.sleep(0.5)
    assert set(crowd.got.values()) == {1}


@pytest.mark.slow
async def test_what_was_erased_is_not_in_the_copy(coach: CoachProcess, ann: Runner) -> None:
    await coach.start()
    await ann.is_ready()
    await ann.says("/timezone Berlin")
    await ann.says("/delete")
    await ann.taps("Erase everything")
    copy = coach.folder / "copy.db"
    assert (await coach.command("backup", str(copy))).code == 0
    assert b"Berlin" not in copy.read_bytes()


@pytest.mark.slow
async def test_what_stands_there_already_is_never_overwritten(coach: CoachProcess) -> None:
    migrate(coach.database)
    copy = coach.folder / "copy.db"
    copy.write_text("last week's", encoding="utf-8")
    assert one_line(await coach.command("backup", str(copy))).startswith(f"{copy} is there already")
    assert copy.read_text(encoding="utf-8") == "last week's"
    assert "is there already" in one_line(await coach.command("backup", str(coach.database)))
    assert leftovers(coach.folder) == []


@pytest.mark.slow
async def test_where_no_copy_can_be_written_it_is_told_in_one_line(coach: CoachProcess) -> None:
    migrate(coach.database)
    (coach.folder / "file").touch()
    for place in ("nowhere/copy.db", "file/copy.db"):
        assert str(coach.folder / place).rpartition("/")[0] in one_line(
            await coach.command("backup", str(coach.folder / place))
        )
    assert "is there already" in one_line(await coach.command("backup", str(coach.folder)))


@pytest.mark.slow
async def test_a_full_disk_leaves_no_half_file(coach: CoachProcess) -> None:
    """Played by a limit on the size of a file, below that of the database."""
    migrate(coach.database)
    coach.change("CREATE TABLE ballast AS SELECT randomblob(4000000) AS filling")
    copy = coach.folder / "copy.db"
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", 'ulimit -f 1000; exec "$@"', "-"),
        *(sys.executable, "-m", "bot", "backup", str(copy)),
        cwd=coach.folder,
        env=coach._environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    stdout, stderr = await process.communicate()
    assert process.returncode is not None
    line = one_line(Ended(process.returncode, stdout.decode(), stderr.decode()))
    assert str(copy) in line
    assert not copy.exists()
    assert leftovers(coach.folder) == []


@pytest.mark.slow
async def test_a_database_that_is_not_there_or_not_ours_is_not_copied(coach: CoachProcess) -> None:
    copy = coach.folder / "copy.db"
    assert "no database" in one_line(await coach.command("backup", str(copy)))
    assert not coach.database.exists()
    for content in (b"A diary, and no database. " * 200, b""):
        coach.database.write_bytes(content)
        assert "database" in one_line(await coach.command("backup", str(copy)))
    migrate_over(coach.database)
    coach.change("UPDATE alembic_version SET version_num = '9999'")
    assert "newer version" in one_line(await coach.command("backup", str(copy)))
    assert not copy.exists()
    assert leftovers(coach.folder) == []


def migrate_over(file: Path) -> None:
    file.unlink()
    migrate(file)


@pytest.mark.slow
@pytest.mark.parametrize("revision", ["0001"])
async def test_a_copy_can_be_made_before_an_update(coach: CoachProcess, revision: str) -> None:
    """The program is newer than the database, which it has not been started on yet."""
    migrate(coach.database)
    coach.change("UPDATE alembic_version SET version_num = ?", revision)
    ended = await coach.command("backup", str(coach.folder / "copy.db"))
    assert (ended.code, ended.stderr) == (0, "")
    assert f"revision {revision}" in ended.stdout
