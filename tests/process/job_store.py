"""The job store as a test needs it: a slot that is there, and a wake that was missed."""

import asyncio
import pickle
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.schedule import Slot
from bot.runtime.scheduler import Calendar

# One of them is between 4 and 22 o'clock at any time, so that hours ago is still today.
ZONES = ("UTC", "Asia/Tokyo")


def a_zone_at_day() -> str:
    """Where midnight is hours away."""
    return next(zone for zone in ZONES if 4 <= datetime.now(ZoneInfo(zone)).hour < 22)


async def add_slot(jobs: Path, slot: Slot) -> None:
    """As the coach would at its start."""
    calendar = Calendar(f"sqlite:///{jobs}")
    calendar.wakes()
    calendar.reconcile([slot])
    calendar.stop()
    await asyncio.sleep(0)


def slots(jobs: Path) -> int:
    """How many there are; the coach adds them a moment after it has answered."""
    with closing(sqlite3.connect(jobs, timeout=10)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM apscheduler_jobs").fetchall()
    return int(count)


def wake_at(jobs: Path, moment: datetime) -> None:
    """The only slot wakes at this moment next; in the past: it was missed.

    APScheduler keeps the moment twice: in the job, and beside it to search by.
    """
    with closing(sqlite3.connect(jobs, timeout=10)) as connection, connection:
        ((pickled,),) = connection.execute("SELECT job_state FROM apscheduler_jobs").fetchall()
        state = pickle.loads(pickled) | {"next_run_time": moment}
        connection.execute(
            "UPDATE apscheduler_jobs SET next_run_time = ?, job_state = ?",
            (moment.timestamp(), pickle.dumps(state)),
        )


def next_wake(jobs: Path) -> datetime:
    """When the only slot wakes next (UTC)."""
    with closing(sqlite3.connect(jobs, timeout=10)) as connection:
        ((moment,),) = connection.execute("SELECT next_run_time FROM apscheduler_jobs").fetchall()
    return datetime.fromtimestamp(moment, UTC)
