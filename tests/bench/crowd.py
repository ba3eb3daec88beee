"""A crowd of reminders: how fast, at which cost, and what a runner who taps meanwhile notices.

The coach is a process of its own on the Bot API of `load`, with 50 ms of latency on every call. All
are due at one moment, which has passed when the coach starts, so that it claims and sends at once.
Meanwhile one runner in the middle of a session taps Done once a second. The crowd has histories,
pains and kits, of which hardly two are alike.
"""

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

from bot.db.opening import open_database
from tests.bench import prepared
from tests.bench.histories import fill, train
from tests.bench.load import RUNNER, Load, is_edit, is_new, reading, serving
from tests.bench.results import Row, median
from tests.bench.sizes import STEPS, Sizes
from tests.bench.taps import COACH, command, running

LATENCY = 0.05
TAPPING = 10  # runners, one after another
FIRST = RUNNER + TAPPING + 1  # of the crowd
EVERY = 1.0  # seconds between two taps
PER_SECOND = 1000
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
        super().__init__(TAPPING, 10**9, 0)

    def take(self, method: str, numbers: dict[str, int]) -> bytes:
        if is_new(method):
            self.counted += 1
            chat = numbers["chat_id"]
            if chat > RUNNER + TAPPING:
                self._shown[chat - RUNNER] = 1
                self.sent.append(time.perf_counter())
                if len(self.sent) == 1:
                    self.readings.append(reading(self.pid))
                    self._tap_later()
                if len(self.sent) == self._size:
                    self.readings.append(reading(self.pid))
                    self.done.set()
            elif self._tapped_at is not None:
                self.waited.append(time.perf_counter() + LATENCY - self._tapped_at)
                self._tapped_at = None
        self.counted += is_edit(method)
        return super().take(method, numbers)

    def _tap(self, runner: int) -> None:
        """Not at once, and not each of them."""
        if self.sent and runner <= TAPPING:
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
    processor: float
    of_taps: int
    waited: Sequence[float]
    megabytes: float
    longest_stop: float


async def measure(size: int, url: str, folder: Path) -> Found:
    """Until so many reminders are sent."""
    log, crowd = folder / "log", Crowd(size)
    async with serving(crowd) as api:
        call = command(COACH, api, url, str(PER_SECOND))
        async with running(call, log) as process:
            crowd.pid = process.pid
            await asyncio.wait_for(crowd.done.wait(), 60 + size / 20)
            megabytes = resident(process.pid)
    begun, ended = crowd.readings
    stop = STOP.search(log.read_text())
    return Found(
        crowd.sent[-1] - crowd.sent[0],
        ended.bot - begun.bot,
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


async def _fill(url: str, size: int) -> None:
    db = open_database(prepared.place(url))
    try:
        await fill(db, FIRST, size, _due())
        await train(db, FIRST, size, _due())
    finally:
        await db.close()


def _due() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)


def run(size: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite+aiosqlite:///{name}/coach.db"
        prepared.make(url, TAPPING)
        asyncio.run(_fill(url, size))
        found = asyncio.run(measure(size, url, Path(name)))
    figures = {
        "reminders/s": size / found.seconds,
        "messages/s": (size + found.of_taps) / found.seconds,
        "CPU ms each": 1000 * found.processor / size,
        "longest stop ms": found.longest_stop,
        "MB": found.megabytes,
    }
    if found.waited:
        figures["tap p50 ms"] = 1000 * statistics.median(found.waited)
    return figures


def rows(sizes: Sizes) -> list[Row]:
    found = [run(sizes.crowd) for _ in range(sizes.times)]
    speeds = [one["reminders/s"] for one in found]
    note = f"{sizes.crowd} reminders, {min(speeds):.0f}-{max(speeds):.0f} a second"
    return [Row(COACH, median(found), note)]
