"""What many runners cost a coach that has nothing to do for them: its start, and its memory.

python -m tests.bench.growth [--runners 100000] [--sessions 1000]

Each runner has three training days; each session is in the middle, on Done taps.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.db.opening import open_database
from tests.bench import prepared
from tests.bench.fan_out import fill, resident
from tests.bench.load import Load, serving
from tests.bench.results import Row, median, table
from tests.bench.taps_a_second import running, until_done

NAME = "growth"
TIMES = 3
TAPS_EACH = 2
LONGEST = 20  # steps of a session that can be tapped


class Watched(Load):
    """Nobody taps; when the coach asks for updates for the first time it has started."""

    def __init__(self) -> None:
        super().__init__(1, 1, 0, only_answered=False, clips=True)
        self._pending.clear()

    def updates(self, offset: int, limit: int) -> bytes | None:
        self.done.set()
        return None


def command(api: str, database: str) -> list[str]:
    return [sys.executable, "-m", "tests.bench.bots.coach", api, database]


async def start(database: str, folder: Path) -> dict[str, float]:
    load = Watched()
    async with serving(load) as api:
        begun = time.perf_counter()
        async with running(command(api, database), folder / "log") as process:
            await asyncio.wait_for(load.done.wait(), 60)
            seconds = time.perf_counter() - begun
            await asyncio.sleep(1)
            return {"start s": seconds, "MB": resident(process.pid)}


def started(runners: int, folder: Path) -> Row:
    database = f"sqlite+aiosqlite:///{folder}/{runners}.db"
    prepared.make(database, 0)
    asyncio.run(_fill(database, runners))
    found = [asyncio.run(start(database, folder)) for _ in range(TIMES)]
    return Row(f"start with {runners:,} runners", median(found))


async def _fill(database: str, runners: int) -> None:
    db = open_database(prepared.place(database))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    await fill(db, runners, tomorrow, days=3)
    await db.close()


async def taps(sessions: int, each: int, database: str, folder: Path) -> dict[str, float]:
    load = Load(sessions, sessions * each, 0, only_answered=False, clips=True)
    log = folder / "log"
    async with serving(load) as api, running(command(api, database), log) as process:
        load.pid = process.pid
        await until_done(load, process, log)
        return {"MB": resident(process.pid)}


def sessions(count: int, folder: Path) -> Row:
    """After as many taps as the few have made, so that only the sessions differ."""
    few = count * TAPS_EACH // LONGEST
    found = {}
    for number, each in ((few, LONGEST), (count, TAPS_EACH)):
        database = f"sqlite+aiosqlite:///{folder}/sessions-{number}.db"
        prepared.make(database, number)
        found[number] = asyncio.run(taps(number, each, database, folder))["MB"]
    more = 1000 * (found[count] - found[few]) / (count - few)
    note = f"{found[few]:.0f} MB after as many taps in {few} sessions"
    return Row(f"{count:,} running sessions", {"MB": found[count], "MB per 1,000": more}, note)


def rows(runners: int = 100_000, running_sessions: int = 1000) -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            started(0, folder),
            started(runners, folder),
            sessions(running_sessions, folder),
        ]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runners", type=int, default=100_000)
    parser.add_argument("--sessions", type=int, default=1000)
    chosen = parser.parse_args()
    print(table(NAME, rows(chosen.runners, chosen.sessions)))
