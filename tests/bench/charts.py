"""How long the coach stands still while pictures are drawn, and what drawing costs.

python -m tests.bench.charts [--charts 20] [--weeks 60]

A runner with so many weeks of training asks for their progress again and again; meanwhile a clock
in the same event loop tells its longest stop. Beside it the same in a thread of this process.
"""

import argparse
import asyncio
import contextlib
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from datetime import time as local_time
from pathlib import Path

from bot.__main__ import settle_memory
from bot.charts import Charts
from bot.charts.card import Card
from bot.content import read_catalogue
from bot.content.reading import locale_files, shipped
from bot.content.texts import Texts
from bot.db.engine import Database
from bot.db.migrating import migrate
from bot.db.opening import open_database
from bot.domain.schedule import WEEK, TrainingDay
from bot.services import export, progress
from bot.views import progress as views
from tests.histories import weeks_of_training

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DAYS = tuple(TrainingDay(WEEK[number], local_time(7)) for number in (1, 3, 5))
TEXTS = Texts("en", list(locale_files([shipped()], "en")))


class Longest:
    """The longest stop of the event loop, in seconds."""

    seconds = 0.0


@contextlib.asynccontextmanager
async def watched() -> AsyncIterator[Longest]:
    longest = Longest()

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            longest.seconds = max(longest.seconds, time.perf_counter() - before - 0.001)

    task = asyncio.create_task(watch())
    await asyncio.sleep(0.1)
    longest.seconds = 0.0
    yield longest
    await asyncio.sleep(0)
    task.cancel()


def memory(pid: int) -> float:
    """Megabytes in use, now."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def tell(what: str, figure: str) -> None:
    print(f"{what:<58}{figure:>12}")


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.1f} ms"


async def read(db: Database, count: int) -> Card:
    async with watched() as longest:
        took = []
        for _ in range(count):
            start = time.perf_counter()
            card = views.card(TEXTS, await progress.progress(db, 1, NOW), None, {})
            took.append(time.perf_counter() - start)
    assert card is not None
    tell("read and sum up, median", milliseconds(statistics.median(took)))
    tell("  longest stop of the loop", milliseconds(longest.seconds))
    return card


async def draw(card: Card, count: int) -> None:
    charts = Charts(shipped() / "card")
    async with watched() as longest:
        start = time.perf_counter()
        png = await charts.draw(card)
        first = time.perf_counter() - start
    assert png is not None
    assert charts.worker is not None
    tell("first picture, with the process's start", milliseconds(first))
    tell("  longest stop of the loop", milliseconds(longest.seconds))
    async with watched() as longest:
        start = time.perf_counter()
        await asyncio.gather(*(charts.draw(card) for _ in range(count)))
        each = (time.perf_counter() - start) / count
    tell(f"each of {count} more", milliseconds(each))
    tell("  longest stop of the loop", milliseconds(longest.seconds))
    tell("size of a picture", f"{len(png) / 1024:.0f} KB")
    tell("memory of the drawing process", f"{memory(charts.worker):.0f} MB")
    await charts.close()


async def write(db: Database, count: int) -> None:
    took = []
    async with watched() as longest:
        for _ in range(count):
            start = time.perf_counter()
            await export.export(db, 1, NOW)
            took.append(time.perf_counter() - start)
    tell("export, median", milliseconds(statistics.median(took)))
    tell("  longest stop of the loop", milliseconds(longest.seconds))


async def in_a_thread(card: Card) -> None:
    def load_and_draw() -> None:
        from bot.charts.drawing import draw

        draw(card, shipped() / "card")

    async with watched() as longest:
        await asyncio.to_thread(load_and_draw)
    tell("for comparison, the first in a thread: longest stop", milliseconds(longest.seconds))


async def main(count: int, weeks: int) -> None:
    catalogue = read_catalogue([shipped()], "en")[0]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "coach.db"
        migrate(file)
        db = open_database(file)
        await weeks_of_training(db, catalogue, 1, NOW, weeks, days=DAYS)
        settle_memory()  # as the coach does
        print(f"{weeks} weeks, 3 training days each")
        card = await read(db, count)
        await draw(card, count)
        await write(db, min(count, 5))
        await in_a_thread(card)
        await db.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=20)
    parser.add_argument("--weeks", type=int, default=60)
    chosen = parser.parse_args()
    asyncio.run(main(chosen.charts, chosen.weeks))
