"""What many runners cost a coach: its start, its memory, and the longest stop of its loop.

For start and memory each runner has three training days, of which none is due. For the stops all
reminders are due at one moment; the loop is watched from the start until some thousands are sent.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.db.opening import open_database
from tests.bench import crowd, prepared
from tests.bench.histories import fill
from tests.bench.load import Load, serving
from tests.bench.results import Row, median
from tests.bench.sizes import Sizes
from tests.bench.taps import COACH, TOP, command, running

IMPORT = "import bot.__main__, bot.app"


class Watched(Load):
    """Nobody taps; when the coach asks for updates for the first time it has started."""

    def __init__(self) -> None:
        super().__init__(1, 1, 0)
        self._pending.clear()

    def updates(self, offset: int, limit: int) -> bytes | None:
        self.done.set()
        return None


def imported() -> float:
    """Seconds of a process that imports the coach and ends, less those of one that does not."""
    seconds = []
    for code in (IMPORT, ""):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=TOP, check=True)
        seconds.append(time.perf_counter() - begun)
    return seconds[0] - seconds[1]


async def start(database: str, folder: Path) -> dict[str, float]:
    load = Watched()
    async with serving(load) as api:
        begun = time.perf_counter()
        async with running(command(COACH, api, database), folder / "log") as process:
            await asyncio.wait_for(load.done.wait(), 60)
            seconds = time.perf_counter() - begun
            await asyncio.sleep(1)
            return {"start s": seconds, "MB": crowd.resident(process.pid)}


async def _fill(database: str, runners: int, due: datetime, days: int) -> None:
    db = open_database(prepared.place(database))
    try:
        await fill(db, crowd.FIRST, runners, due, days)
    finally:
        await db.close()


def started(runners: int, times: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        database = f"sqlite+aiosqlite:///{name}/coach.db"
        prepared.make(database, 0)
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        asyncio.run(_fill(database, runners, tomorrow, 3))
        return median([asyncio.run(start(database, Path(name))) for _ in range(times)])


def longest_stop(runners: int, watched: int) -> float:
    with tempfile.TemporaryDirectory() as name:
        database = f"sqlite+aiosqlite:///{name}/coach.db"
        prepared.make(database, crowd.TAPPING)
        due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
        asyncio.run(_fill(database, runners, due, 1))
        sent = min(runners, watched)
        return asyncio.run(crowd.measure(sent, database, Path(name))).longest_stop


def rows(sizes: Sizes) -> list[Row]:
    times = range(sizes.times)
    found = [Row("import", {"import s": statistics.median(imported() for _ in times)})]
    found += [
        Row(f"{runners} runners", started(runners, sizes.times))
        for runners in (0, sizes.growth[-1])
    ]
    for runners in sizes.growth:
        stop = statistics.median(longest_stop(runners, sizes.watched) for _ in times)
        found.append(Row(f"{runners} reminders", {"longest stop ms": stop}))
    return found
