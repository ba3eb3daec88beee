"""The job store wakes each slot once a day, also after the process was down, and heals itself."""

import asyncio
import logging
import os
import pickle
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from bot import jobs
from bot.domain.schedule import Slot, next_wake
from bot.runtime.scheduler import KEPT_ASIDE, WAKE_SLOT, Calendar, SlotTrigger, StoreError
from bot.workers import slots

BERLIN = Slot("Europe/Berlin", time(7))
KATHMANDU = Slot("Asia/Kathmandu", time(6, 45))
CAIRO = Slot("Africa/Cairo", time(0, 30))
A_MINUTE = timedelta(minutes=1)
FIRST_RELEASE = Path(__file__).parents[1] / "data" / "job-store-0.1.sqlite"


class Recorder:
    """Stands in for the running slots: notes which of them wake."""

    def __init__(self) -> None:
        self.woken: list[Slot] = []

    async def wake(self, slot: Slot) -> None:
        self.woken.append(slot)


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    running: list[Any] = slots._running
    running.append(recorder)
    yield recorder
    running.remove(recorder)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "jobs.db"


@asynccontextmanager
async def at_work(file: Path) -> AsyncIterator[Calendar]:
    """A calendar between its start and its stop; twice on one file is a restart."""
    calendar = Calendar(f"sqlite:///{file}")
    calendar.start()
    yield calendar
    calendar.stop()
    await asyncio.sleep(0)


async def once(done: Callable[[], bool]) -> None:
    """Waits until something has become so."""
    async with asyncio.timeout(5):
        while not done():
            await asyncio.sleep(0.01)


def next_runs(file: Path) -> dict[str, datetime]:
    """What the store itself says, for each job's id."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT id, next_run_time FROM apscheduler_jobs").fetchall()
    return {name: datetime.fromtimestamp(at, UTC) for name, at in rows}


def change_job(file: Path, at: datetime | None = None, **state: object) -> None:
    """Writes into the stored job, as a process that is gone has left it."""
    with closing(sqlite3.connect(file)) as connection:
        ((name, pickled),) = connection.execute("SELECT id, job_state FROM apscheduler_jobs")
        job = pickle.loads(pickled) | state | ({"next_run_time": at} if at else {})
        connection.execute(
            "UPDATE apscheduler_jobs SET job_state = ?, next_run_time = ? WHERE id = ?",
            (pickle.dumps(job), job["next_run_time"].timestamp(), name),
        )
        connection.commit()


def slot_of(moment: datetime) -> Slot:
    """The slot in UTC that this moment belongs to."""
    return Slot("UTC", moment.time().replace(second=0, microsecond=0))


def this_minute() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


async def missed(file: Path, planned: datetime) -> Slot:
    """A process that had this slot went down before `planned` and is starting now."""
    slot = slot_of(planned)
    async with at_work(file) as calendar:
        calendar.reconcile([slot])
    change_job(file, planned)
    return slot


# The trigger


def test_a_trigger_comes_back_from_the_store_as_it_went_in() -> None:
    trigger = SlotTrigger("Europe/Berlin", "07:00")
    again = pickle.loads(pickle.dumps(trigger))
    at = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)
    assert (again.zone, again.at, str(again)) == ("Europe/Berlin", "07:00", str(trigger))
    assert again.get_next_fire_time(None, at) == trigger.get_next_fire_time(None, at)


def test_the_first_wake_is_the_next_moment_from_now() -> None:
    at = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)
    fires = SlotTrigger("Europe/Berlin", "07:00").get_next_fire_time(None, at)
    assert fires == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_the_wake_after_one_that_was_missed_is_given_in_the_past() -> None:
    last, now = datetime(2026, 11, 20, 6, tzinfo=UTC), datetime(2026, 11, 24, 12, tzinfo=UTC)
    fires = SlotTrigger("Europe/Berlin", "07:00").get_next_fire_time(last, now)
    assert fires == datetime(2026, 11, 21, 6, tzinfo=UTC)


def test_a_wake_is_a_time_in_utc() -> None:
    at = datetime(2026, 4, 23, 12, tzinfo=UTC)
    fires = SlotTrigger("Africa/Cairo", "00:30").get_next_fire_time(None, at)
    assert fires.tzinfo is UTC
    assert fires == datetime(2026, 4, 23, 22, 30, tzinfo=UTC)


# Reconciling


async def test_slots_that_are_used_get_a_job_each(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, KATHMANDU, CAIRO, BERLIN])
        wakes = calendar.wakes()
    now = datetime.now(UTC)
    assert wakes == {slot: next_wake(slot, now) for slot in (BERLIN, KATHMANDU, CAIRO)}


async def test_a_slot_that_nobody_uses_is_dropped(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        calendar.reconcile([CAIRO])
        assert list(calendar.wakes()) == [CAIRO]
        calendar.reconcile([])
        assert calendar.wakes() == {}


async def test_slots_survive_a_restart(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        before = calendar.wakes()
    async with at_work(file) as calendar:
        assert calendar.wakes() == before


async def test_the_wakes_can_be_read_without_starting_anything(
    file: Path, recorder: Recorder
) -> None:
    """As the command `slots` does, beside a coach at work."""
    slot = await missed(file, this_minute() - A_MINUTE)
    calendar = Calendar(f"sqlite:///{file}")
    assert list(calendar.wakes()) == [slot]
    calendar.stop()
    await asyncio.sleep(0)
    assert recorder.woken == []


async def test_an_unchanged_job_is_left_alone(file: Path) -> None:
    """Added again, its missed wake would be lost."""
    planned = this_minute() - timedelta(hours=1)
    slot = await missed(file, planned)
    calendar = Calendar(f"sqlite:///{file}")
    calendar.wakes()  # opens the store without running anything
    calendar.reconcile([slot, CAIRO])
    calendar.reconcile([slot])
    assert next_runs(file) == {f"UTC {slot.at:%H:%M}": planned}
    calendar.stop()
    await asyncio.sleep(0)


# Missed wakes


@pytest.mark.parametrize("late", [A_MINUTE, timedelta(hours=2, minutes=58)])
async def test_a_wake_missed_by_less_than_three_hours_comes_once_at_the_start(
    file: Path, recorder: Recorder, late: timedelta
) -> None:
    planned = this_minute() - late
    slot = await missed(file, planned)
    async with at_work(file) as calendar:
        calendar.reconcile([slot])
        await once(lambda: recorder.woken != [])
        await asyncio.sleep(0.1)
        assert recorder.woken == [slot]
        assert calendar.wakes() == {slot: planned + timedelta(days=1)}


async def test_several_missed_days_come_as_one_wake(file: Path, recorder: Recorder) -> None:
    planned = this_minute() - timedelta(hours=1)
    slot = await missed(file, planned - timedelta(days=4))
    async with at_work(file) as calendar:
        calendar.reconcile([slot])
        await once(lambda: recorder.woken != [])
        await asyncio.sleep(0.1)
        assert recorder.woken == [slot]
        assert calendar.wakes() == {slot: planned + timedelta(days=1)}


async def test_a_wake_missed_by_more_than_three_hours_is_not_made_up_for(
    file: Path, recorder: Recorder
) -> None:
    planned = this_minute() - timedelta(hours=3, minutes=1)
    slot = await missed(file, planned)
    async with at_work(file) as calendar:
        calendar.reconcile([slot])
        await once(lambda: calendar.wakes() == {slot: planned + timedelta(days=1)})
        await asyncio.sleep(0.1)
    assert recorder.woken == []


async def test_a_missed_wake_comes_once_over_two_restarts(file: Path, recorder: Recorder) -> None:
    slot = await missed(file, this_minute() - timedelta(hours=1))
    for _ in range(2):
        async with at_work(file) as calendar:
            calendar.reconcile([slot])
            await once(lambda: recorder.woken != [])
            await asyncio.sleep(0.05)
    assert recorder.woken == [slot]


# A job store that can't be used is kept under another name and made anew


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


def fill_with_garbage(file: Path) -> None:
    file.write_bytes(b"A diary, and no database. " * 500)


def garble_a_page(file: Path) -> None:
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xa5" * 4096)


def put_a_folder(file: Path) -> None:
    file.unlink()
    (file / "something").mkdir(parents=True)


def change_schema(columns: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(f"CREATE TABLE apscheduler_jobs ({columns})")

    return change


def change_rows(statement: str) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute(statement)

    return change


DAMAGES = {
    "cut in half": cut,
    "garbage": fill_with_garbage,
    "a page of garbage": garble_a_page,
    "a folder": put_a_folder,
    "other columns": change_schema("name TEXT"),
    "a column more": change_schema(
        "id TEXT PRIMARY KEY, next_run_time REAL, job_state BLOB, tag TEXT NOT NULL"
    ),
    "words for times": change_rows("UPDATE apscheduler_jobs SET next_run_time = 'soon'"),
    "no times": change_rows("UPDATE apscheduler_jobs SET next_run_time = NULL"),
}


def kept_aside(file: Path) -> list[Path]:
    return sorted(file.parent.glob("jobs-damaged-*.db"))


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [it.getMessage() for it in caplog.records if it.levelno >= logging.WARNING]


def both_slots() -> dict[Slot, datetime]:
    return {slot: next_wake(slot, datetime.now(UTC)) for slot in (BERLIN, CAIRO)}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_damaged_store_is_made_anew_at_the_start(
    file: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
    damage(file)
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        assert calendar.wakes() == both_slots()
        assert calendar.is_running
    (line,) = warnings(caplog)
    (aside,) = kept_aside(file)
    assert str(aside) in line
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
async def test_a_store_that_is_damaged_while_it_is_used_is_made_anew(
    file: Path, caplog: pytest.LogCaptureFixture, damage: Callable[[Path], None]
) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        damage(file)
        calendar.reconcile([BERLIN, CAIRO])
        assert calendar.wakes() == both_slots()
        assert calendar.is_running
        calendar.reconcile([BERLIN, CAIRO])
    assert 1 <= len(warnings(caplog)) <= 2  # that it was replaced, and that it can't be used
    assert len(kept_aside(file)) == 1
    assert next_runs(file).keys() == {"Europe/Berlin 07:00", "Africa/Cairo 00:30"}


async def test_what_a_damaged_store_may_have_missed_is_told(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN])
        calendar.reconcile([BERLIN, CAIRO])
        assert not calendar.has_lost_jobs
        fill_with_garbage(file)
        calendar.reconcile([BERLIN, CAIRO])
        assert calendar.has_lost_jobs


async def test_the_scheduler_asks_for_help_when_a_wake_meets_a_damaged_store(
    file: Path, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    """It does not wait for the next minute, and does not repeat itself in the log."""
    planned = this_minute() - A_MINUTE
    slot = slot_of(planned)
    asked: list[None] = []
    calendar = Calendar(f"sqlite:///{file}")
    calendar.start(lambda: asked.append(None))
    calendar.reconcile([slot])
    await asyncio.sleep(0)
    fill_with_garbage(file)
    calendar._scheduler.wakeup()
    await once(lambda: bool(asked))
    await asyncio.sleep(0.1)
    assert len(asked) == 1
    calendar.reconcile([slot])
    assert calendar.has_lost_jobs
    assert list(calendar.wakes()) == [slot]
    assert len(warnings(caplog)) == 1
    calendar.stop()
    await asyncio.sleep(0)


async def test_a_store_that_was_deleted_is_made_anew(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        file.unlink()
        calendar.reconcile([BERLIN, CAIRO])
        assert calendar.has_lost_jobs
    assert len(next_runs(file)) == 2
    assert kept_aside(file) == []


@pytest.mark.parametrize("restarted", [True, False], ids=["at the start", "while running"])
async def test_jobs_that_can_t_be_read_are_made_anew_with_one_line(
    file: Path, caplog: pytest.LogCaptureFixture, restarted: bool
) -> None:
    asked: list[None] = []
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        change_rows("UPDATE apscheduler_jobs SET job_state = x'80', next_run_time = 0")(file)
        if not restarted:
            calendar._notice = lambda: asked.append(None)
            calendar._scheduler.wakeup()
            await once(lambda: bool(asked))
            calendar.reconcile([BERLIN, CAIRO])
            assert calendar.has_lost_jobs
            assert calendar.wakes() == both_slots()
    if restarted:
        async with at_work(file) as calendar:
            calendar.reconcile([BERLIN, CAIRO])
            assert calendar.wakes() == both_slots()
    assert warnings(caplog) == ["2 jobs can't be read and are made anew"]
    assert kept_aside(file) == []


async def test_a_job_that_would_never_wake_is_made_anew(file: Path) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, CAIRO])
        change_job_times = "UPDATE apscheduler_jobs SET next_run_time = next_run_time + 31536000"
        change_rows(change_job_times)(file)
        calendar.reconcile([BERLIN, CAIRO])
        assert next_runs(file)["Europe/Berlin 07:00"] == both_slots()[BERLIN]


async def test_a_store_that_can_only_be_read_is_made_anew(
    unprivileged: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = unprivileged / "jobs.db"
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN])
    file.chmod(0o444)
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN])
        calendar.reconcile([BERLIN, CAIRO])
        assert calendar.wakes() == both_slots()
    assert len(warnings(caplog)) == len(kept_aside(file)) == 1


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and for the time of the test a user whom a file's mode concerns: root it does
    not."""
    nobody = 65_534
    with tempfile.TemporaryDirectory() as folder:
        if os.geteuid() != 0:
            yield Path(folder)
            return
        os.chown(folder, nobody, nobody)
        os.seteuid(nobody)
        try:
            yield Path(folder)
        finally:
            os.seteuid(0)


async def test_a_few_damaged_stores_are_kept(file: Path) -> None:
    for _ in range(KEPT_ASIDE + 2):
        fill_with_garbage(file)
        async with at_work(file):
            pass
    assert len(kept_aside(file)) == KEPT_ASIDE


async def test_a_passing_failure_moves_nothing_aside(file: Path) -> None:
    """Another program holds the file for longer than SQLite waits."""
    calendar = Calendar(f"sqlite:///{file}", timeout=0)
    calendar.start()
    calendar.reconcile([BERLIN])
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(OperationalError):
            calendar.reconcile([BERLIN, CAIRO])
    calendar.reconcile([BERLIN, CAIRO])
    assert calendar.wakes() == both_slots()
    assert not calendar.has_lost_jobs
    assert kept_aside(file) == []
    calendar.stop()
    await asyncio.sleep(0)


async def test_reading_the_wakes_of_a_damaged_store_changes_nothing(file: Path) -> None:
    """As the command `slots` does, beside a coach that is going to heal it."""
    fill_with_garbage(file)
    with pytest.raises(StoreError) as error:
        Calendar(f"sqlite:///{file}").wakes()
    assert len(str(error.value).splitlines()) == 1
    assert kept_aside(file) == []


# A job whose function was renamed


async def test_the_job_store_of_the_first_release_is_understood(
    file: Path, recorder: Recorder, caplog: pytest.LogCaptureFixture
) -> None:
    """Its jobs name the function and the trigger as they were called then."""
    shutil.copy(FIRST_RELEASE, file)
    with closing(sqlite3.connect(file)) as connection:
        states = [row[0] for row in connection.execute("SELECT job_state FROM apscheduler_jobs")]
    assert all(b"bot.jobs:wake_slot" in state and b"bot.calendar" in state for state in states)
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN, KATHMANDU])
        assert set(calendar.wakes()) == {BERLIN, KATHMANDU}
        assert not calendar.has_lost_jobs
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []
    await jobs.wake_slot("Asia/Kathmandu", "06:45")
    assert recorder.woken == [KATHMANDU]


@pytest.mark.parametrize("function", ["bot.workers.slots:wake_it", "bot.work:wake_slot"])
async def test_a_job_whose_function_was_renamed_is_healed(file: Path, function: str) -> None:
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN])
    change_job(file, func=function)
    async with at_work(file) as calendar:
        calendar.reconcile([BERLIN])
        assert calendar.wakes() == {BERLIN: next_wake(BERLIN, datetime.now(UTC))}


async def test_the_function_in_the_store_is_there() -> None:
    module, _, name = WAKE_SLOT.partition(":")
    assert module == slots.__name__
    assert getattr(slots, name) is slots.wake_slot


async def test_a_wake_reaches_the_running_slots_as_the_slot_it_was(recorder: Recorder) -> None:
    await slots.wake_slot("Asia/Kathmandu", "06:45")
    assert recorder.woken == [KATHMANDU]
