"""How long a runner waits for the next step after Done, while nine others tap too.

Each runner pauses between a step and the tap that ends it. Every call but getUpdates takes 50 ms;
from a tap to the next step it takes two calls. The first tap of each runner warms the bot up.
"""

import asyncio
import random
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.load import RUNNER, Load, is_new, serving
from tests.bench.results import Row
from tests.bench.sizes import Sizes
from tests.bench.taps import (
    COACH,
    CannotMeasureError,
    Copies,
    command,
    running,
    sqlite_copies,
    until_done,
)

LATENCY = 0.05
RUNNERS = 10
PAUSES = (0.2, 0.8)  # seconds
BOTS = ("floor", COACH)


class Walk(Load):
    """The runners' waits, in seconds."""

    latency = LATENCY

    def __init__(self, taps: int) -> None:
        self.waited: list[float] = []
        self._chance = random.Random(1)
        self._tapped_at: dict[int, float] = {}
        super().__init__(RUNNERS, RUNNERS * taps, RUNNERS)

    def take(self, method: str, numbers: dict[str, int]) -> bytes:
        if is_new(method):
            runner, now = numbers["chat_id"] - RUNNER, asyncio.get_running_loop().time()
            if self._tapped[runner] > 1:
                self.waited.append(now + self.latency - self._tapped_at[runner])
        return super().take(method, numbers)

    def _tap(self, runner: int) -> None:
        pause = self._chance.uniform(*PAUSES)
        asyncio.get_running_loop().call_later(pause, self._tap_now, runner)

    def _tap_now(self, runner: int) -> None:
        self._tapped_at[runner] = asyncio.get_running_loop().time()
        super()._tap(runner)


async def measure(bot: str, taps: int, database: str, log: Path) -> Sequence[float]:
    load = Walk(taps)
    async with serving(load) as api, running(command(bot, api, database), log) as process:
        load.pid = process.pid
        await until_done(load, process, log)
    return load.waited


def rows(sizes: Sizes) -> list[Row]:
    with sqlite_copies(RUNNERS) as copy:
        return [_row(bot, sizes, copy) for bot in BOTS]


def _row(bot: str, sizes: Sizes, copy: Copies) -> Row:
    """Of all rounds' waits together."""
    waits: list[float] = []
    try:
        for _ in range(sizes.times):
            with copy() as database, tempfile.TemporaryDirectory() as folder:
                found = measure(bot, sizes.walks, database, Path(folder) / "log")
                waits += asyncio.run(found)
    except CannotMeasureError as error:
        return Row(bot, {}, f"left out: {error}")
    cuts = statistics.quantiles(waits, n=100)
    figures = {"p50 ms": 1000 * cuts[49], "p99 ms": 1000 * cuts[98]}
    return Row(bot, figures, f"{len(waits)} taps")
