"""A crowd of reminders: how fast, at which cost, and what a runner who taps meanwhile notices.

python -m tests.bench.fan_out [--sizes 1000 10000] [--database URL] [--beside 3000]

The coach is a process of its own on the Bot API of `load`, with 50 ms of latency on every call. All
are due at one moment, which has passed when the coach starts, so that it claims and sends at once.
Meanwhile one runner in the middle of a session taps Done once a second.
"""

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from itertools import chain
from pathlib import Path

from sqlalchemy import insert

from bot.db.engine import Database
from bot.db.opening import open_database
from bot.db.tables import RunnerRow, ScheduleRow
from bot.domain.schedule import Slot, weekday_of
from bot.services import reminders
from tests.bench import prepared
from tests.bench.load import EDITS, RUNNER, Load, serving
from tests.bench.results import Row, table
from tests.bench.taps_a_second import running
from tests.databases import NoServerError, a_database

NAME = "a crowd of reminders"
LATENCY = 0.05
TAPPING = 10  # runners, one after another
STEPS = 20  # that each of them has
FIRST = RUNNER + TAPPING + 1  # of the crowd
EVERY = 1.0  # seconds between two taps
SIZES = (1000, 10_000, 100_000)
STOP = re.compile(r"longest stop: ([0-9.]+) ms")


class Crowd(Load):
    """Counts reminders; the one who taps waits a second before the next tap."""

    latency = LATENCY

    def __init__(self, size: int) -> None:
        self.waited: list[float] = []
        self.counted = 0
        self.sent: list[float] = []
        self._size = size
        self._tapped_at: float | None = None
        self._next_taps = chain.from_iterable([runner] * STEPS for runner in range(1, TAPPING + 1))
        super().__init__(TAPPING, 10**9, 0, only_answered=False, clips=True)

    def take(self, method: str, numbers: dict[str, int]) -> bytes:
        if method.startswith("send"):
            self.counted += 1
            chat = numbers["chat_id"]
            if chat > RUNNER + TAPPING:
                self._shown[chat - RUNNER] = 1
                self.sent.append(time.perf_counter())
                if len(self.sent) == 1:
                    self._tap_later()
                if len(self.sent) == self._size:
                    self.done.set()
            elif self._tapped_at is not None:
                self.waited.append(time.perf_counter() + LATENCY - self._tapped_at)
                self._tapped_at = None
        self.counted += method in EDITS
        return super().take(method, numbers)

    def _tap(self, runner: int) -> None:
        """Not at once, and not each of them."""
        if self.sent:
            self._tap_later()

    def _tap_later(self) -> None:
        asyncio.get_running_loop().call_later(EVERY, self._tap_now)

    def _tap_now(self) -> None:
        runner = next(self._next_taps, None)
        if runner is not None:
            self._tapped_at = time.perf_counter()
            super()._tap(runner)


@dataclass(frozen=True, slots=True)
class Found:
    """Of one run: seconds from the first reminder to the last, the counted calls of the runner who
    tapped, and how long each tap waited for the next step's message."""

    seconds: float
    of_taps: int
    waited: Sequence[float]
    megabytes: float
    longest_stop: float


async def measure(size: int, per_second: int, url: str, folder: Path) -> Found:
    log = folder / "log"
    command = [sys.executable, "-m", "tests.bench.bots.coach", "{}", url, str(per_second)]
    crowd = Crowd(size)
    async with serving(crowd) as api:
        command[3] = api
        async with running(command, log) as process:
            await asyncio.wait_for(crowd.done.wait(), 60 + 5 * size / min(per_second, 1000))
            megabytes = resident(process.pid)
    stop = STOP.search(log.read_text())
    return Found(
        crowd.sent[-1] - crowd.sent[0],
        crowd.counted - size,
        crowd.waited,
        megabytes,
        float(stop[1]) if stop else float("nan"),
    )


def resident(pid: int) -> float:
    """In megabytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


async def fill(db: Database, size: int, due: datetime, days: int = 1) -> None:
    """Runners whose reminder is due, and so on the days after; they have not trained yet."""
    ids = range(FIRST, FIRST + size)
    planned = [
        {
            "weekday": weekday_of(due.date() + timedelta(days=number)).value,
            "local_time": f"{due:%H:%M}",
            "zone": "UTC",
            "chosen_at": due - timedelta(days=1),
        }
        for number in range(days)
    ]
    about = {"created_at": due, "screening": "clear", "screened_at": due, "zone": "UTC"}
    async with db.write() as connection:
        for few in (ids[at : at + 5000] for at in range(0, size, 5000)):
            await connection.execute(insert(RunnerRow), [{"id": it, **about} for it in few])
            days_of_all = [{"runner_id": it, **day} for it in few for day in planned]
            await connection.execute(insert(ScheduleRow), days_of_all)


async def claim(url: str, size: int, due: datetime) -> tuple[float, float]:
    """Seconds to claim the slot, and the loop's longest stop meanwhile."""
    db = open_database(prepared.place(url))
    loop, longest = asyncio.get_running_loop(), 0.0

    async def watch() -> None:
        nonlocal longest
        while True:
            before = loop.time()
            await asyncio.sleep(0.002)
            longest = max(longest, loop.time() - before - 0.002)

    await fill(db, size, due)
    watching = asyncio.create_task(watch())
    begun = loop.time()
    slot = Slot("UTC", time_of_day(due.hour, due.minute))
    assert await reminders.claim(db, slot, datetime.now(UTC)) == size
    seconds = loop.time() - begun
    watching.cancel()
    await db.close()
    return seconds, 1000 * longest


def run(size: int, per_second: int, database: str = "") -> Row:
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    with tempfile.TemporaryDirectory() as name:
        url = database or f"sqlite+aiosqlite:///{name}/coach.db"
        prepared.make(url, TAPPING)
        claimed, claim_stop = asyncio.run(claim(url, size, due))
        found = asyncio.run(measure(size, per_second, url, Path(name)))
    allowed = size / (per_second - found.of_taps / found.seconds)
    waited = sorted(found.waited) or [float("nan")]
    return Row(
        f"{size:,} reminders, {per_second} a second",
        {
            "claim s": claimed,
            "claim stop ms": claim_stop,
            "s": found.seconds,
            "messages/s": (size + found.of_taps) / found.seconds,
            "s / allowed s": found.seconds / allowed,
            "tap p50 ms": 1000 * statistics.median(waited),
            "tap p99 ms": 1000 * waited[min(len(waited) - 1, int(0.99 * len(waited)))],
            "longest stop ms": found.longest_stop,
            "MB": found.megabytes,
        },
        f"{len(found.waited)} taps",
    )


def rows(sizes: Sequence[int] = SIZES, beside: int = 3000, database: str = "") -> list[Row]:
    """The crowd at Telegram's pace, and crowds at that of who pays for a thousand a second."""
    found = [run(beside, 30, database)] if beside else []
    found += [run(size, 1000, database) for size in sizes]
    return found if database else [*found, *on_postgresql()]


def on_postgresql() -> list[Row]:
    """The same on a server; nothing where there is none."""
    try:
        with a_database() as place:
            row = run(SIZES[1], 1000, place.render_as_string(hide_password=False))
    except NoServerError as error:
        return [Row("on PostgreSQL", {}, f"left out: {error}")]
    return [replace(row, what=f"{row.what}, PostgreSQL")]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES)
    parser.add_argument("--beside", type=int, default=3000)
    parser.add_argument("--database", default="", help="an empty one; SQLite if none is given")
    chosen = parser.parse_args()
    print(table(NAME, rows(chosen.sizes, chosen.beside, chosen.database)))
