"""Back to a copy while the coach does not run: all of it or nothing, and the old one is kept."""

import asyncio
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from signal import SIGTERM

import pytest

from bot.db.migrating import migrate, newest_revision
from tests.conftest import unavailable
from tests.process.coach_process import CoachProcess, eventually
from tests.process.job_store import slots
from tests.process.runner import Runner
from tests.process.test_damage import fill_with_garbage, one_line


def asides(coach: CoachProcess) -> list[Path]:
    return sorted(coach.folder.glob("coach-replaced-*.db"))


def places(file: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT place FROM runners").fetchall()


async def lives_in(runner: Runner, *towns: str) -> None:
    for town in towns:
        await runner.says(f"/timezone {town}")


async def a_copy(coach: CoachProcess, ann: Runner, name: str = "monday.db") -> Path:
    """Of a coach that runs; Ann is in Lisbon in it, and in Oslo since."""
    await coach.start()
    await ann.is_ready()
    await lives_in(ann, "Lisbon")
    await ann.says("/reminders mon 07:00")
    copy = coach.folder / name
    assert (await coach.command("backup", str(copy))).code == 0
    await lives_in(ann, "Oslo")
    return copy


@pytest.mark.slow
async def test_a_copy_takes_the_place_of_the_database_which_is_kept(
    coach: CoachProcess, ann: Runner
) -> None:
    copy = await a_copy(coach, ann)
    before = copy.read_bytes()
    coach.database.chmod(0o640)
    await coach.kill()  # so that its last words stand in the log only
    assert coach.database.with_name("coach.db-wal").exists()
    ended = await coach.command("restore", str(copy))
    assert (ended.code, ended.stderr) == (0, "")
    (aside,) = asides(coach)
    assert f"revision {newest_revision()}" in ended.stdout
    assert str(aside) in ended.stdout
    assert "Lisbon" in places(coach.database)[0][0]
    assert "Oslo" in places(aside)[0][0]
    assert copy.read_bytes() == before
    assert sorted(file.name for file in coach.folder.glob("*coach*")) == [
        *("coach-jobs-replaced" + aside.stem.removeprefix("coach-replaced") + ".db", aside.name),
        *("coach.db", "coach.db.lock"),
    ]
    await coach.start()
    await eventually(lambda: slots(coach.jobs) == 1)
    await lives_in(ann, "Porto")
    assert await coach.end(SIGTERM) == 0
    assert "Porto" in places(coach.database)[0][0]


@pytest.mark.slow
async def test_nothing_is_done_while_the_coach_runs(coach: CoachProcess, ann: Runner) -> None:
    copy = await a_copy(coach, ann)
    line = one_line(await coach.command("restore", str(copy)))
    assert "stop it first" in line
    assert asides(coach) == []
    await lives_in(ann, "Porto")
    assert "Porto" in places(coach.database)[0][0]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["damaged", "cut", "not there"])
async def test_a_database_that_is_lost_is_gone_back_from(
    coach: CoachProcess, ann: Runner, kind: str
) -> None:
    copy = await a_copy(coach, ann)
    await coach.kill()
    if kind == "damaged":
        fill_with_garbage(coach.database)
    elif kind == "cut":
        os.truncate(coach.database, coach.database.stat().st_size // 2)
    else:
        coach.database.unlink()
    ended = await coach.command("restore", str(copy))
    assert (ended.code, ended.stderr) == (0, "")
    assert "Lisbon" in places(coach.database)[0][0]
    assert len(asides(coach)) == (kind != "not there")
    await coach.start()
    await lives_in(ann, "Porto")


@pytest.mark.slow
async def test_on_a_new_machine_the_folder_is_made(coach: CoachProcess, ann: Runner) -> None:
    copy = await a_copy(coach, ann)
    await coach.kill()
    place = coach.folder / "new" / "machine" / "club.db"
    ended = await coach.command("restore", str(copy), DATABASE_URL=f"sqlite:///{place}")
    assert (ended.code, ended.stderr) == (0, "")
    assert "Lisbon" in places(place)[0][0]
    assert place.stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
async def test_a_plain_copy_with_its_log_is_taken_whole(coach: CoachProcess, ann: Runner) -> None:
    """As a host makes it who does not know `backup`, of a coach that was killed."""
    await a_copy(coach, ann)
    await coach.kill()
    copy = coach.folder / "by hand.db"
    for ending in ("", "-wal"):
        shutil.copyfile(f"{coach.database}{ending}", f"{copy}{ending}")
    assert (await coach.command("restore", str(copy))).code == 0
    assert "Oslo" in places(coach.database)[0][0]
    assert copy.with_name("by hand.db-wal").exists()


@pytest.mark.slow
async def test_a_copy_may_come_through_a_pipe(coach: CoachProcess, ann: Runner) -> None:
    """As into a container."""
    copy = await a_copy(coach, ann)
    await coach.kill()
    process = await asyncio.create_subprocess_exec(
        *("bash", "-c", 'cat "$1" | "$2" -m bot restore /dev/stdin', "-", str(copy)),
        sys.executable,
        cwd=coach.folder,
        env=coach._environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert (await process.communicate())[1] == b""
    assert process.returncode == 0
    assert "Lisbon" in places(coach.database)[0][0]


@pytest.mark.slow
async def test_what_is_no_copy_changes_nothing(coach: CoachProcess) -> None:
    migrate(coach.database)
    before = coach.database.read_bytes()
    folder = coach.folder
    fill_with_garbage(folder / "diary.db")
    (folder / "empty.db").touch()
    (folder / "folder.db").mkdir()
    with closing(sqlite3.connect(folder / "other.db")) as connection:
        connection.execute("CREATE TABLE runners (id INTEGER)")
    shutil.copyfile(coach.database, folder / "cut.db")
    os.truncate(folder / "cut.db", (folder / "cut.db").stat().st_size // 2)
    for name, revision in (("newer.db", "9999"), ("strange.db", "0000")):
        shutil.copyfile(coach.database, folder / name)
        with closing(sqlite3.connect(folder / name)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    for name, words in {
        "nothing.db": "No such file",
        "diary.db": "damaged or no database",
        "empty.db": "not a database of the coach",
        "folder.db": "directory",
        "other.db": "not a database of the coach",
        "cut.db": "damaged",
        "newer.db": "newer version",
        "strange.db": "not a database of the coach",
        "coach.db": "the database itself",
    }.items():
        line = one_line(await coach.command("restore", str(folder / name)))
        assert str(folder / name) in line
        assert words in line
    assert coach.database.read_bytes() == before
    assert asides(coach) == list(folder.glob(".*.part*")) == []


@pytest.mark.slow
async def test_a_copy_of_an_older_version_is_brought_up_to_date_at_the_start(
    coach: CoachProcess, ann: Runner
) -> None:
    copy = coach.folder / "old.db"
    migrate(copy)
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    ended = await coach.command("restore", str(copy))
    assert (ended.code, ended.stderr) == (0, "")
    await coach.start()
    await ann.is_ready()


async def test_for_postgresql_the_command_is_told(coach: CoachProcess) -> None:
    if find_spec("psycopg") is None:
        unavailable("the PostgreSQL driver is not installed: pip install -e '.[postgresql]'")
    url = "postgresql://coach:secret@localhost/coach"
    line = one_line(await coach.command("restore", "monday.dump", DATABASE_URL=url))
    assert "pg_restore" in line
    assert "monday.dump" in line
    assert "secret" not in line
