"""How many Done taps a second one process carries out, and what a tap costs it.

Every bot is a fresh process and gets the same taps from the same Bot API, which is this process,
on a copy of the same database. Each commits the step, sends the next one and edits the one that was
tapped; the steps that are stored are counted afterwards.
"""

import asyncio
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL

from tests.bench import prepared
from tests.bench.load import PATIENCE, Load, serving
from tests.bench.results import Row, median
from tests.bench.sizes import Sizes
from tests.databases import NoServerError, a_database, the_server

TOP = Path(__file__).parents[2]
SPEED = "taps/s"
COST = "CPU ms/tap"
COACH = "coach"
BOTS = {
    "floor": ("aiohttp", "orjson", "uvloop"),
    "competitor": ("aiogram", "orjson", "uvloop"),
    "aiogram_sqlalchemy": ("aiogram", "aiosqlite"),
    COACH: (),
}  # and what each needs that the coach does not bring
INSTALL = "pip install -e '.[bench]'"

TROUBLE = re.compile(r"^(Traceback|\S+ (ERROR|CRITICAL) ).*", re.MULTILINE)

Copies = Callable[[], AbstractContextManager[str]]


class CannotMeasureError(Exception):
    """Why a bot is left out, or what went wrong with it."""


def command(bot: str, api: str, database: str, *more: str) -> list[str]:
    if not all(map(find_spec, BOTS[bot])):
        raise CannotMeasureError(INSTALL)
    return [sys.executable, "-m", f"tests.bench.bots.{bot}", api, database, *more]


@asynccontextmanager
async def running(command: list[str], log: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    """A bot's process, until the block is left; CannotMeasureError if it logged an error."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=TOP, stdout=out, stderr=out)
        try:
            yield process
        finally:
            trouble = TROUBLE.search(log.read_text())  # not that of a bot that is told to stop
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(process.wait, 15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
    if trouble:
        raise CannotMeasureError(f"logged an error: {trouble[0]}")


async def until_done(load: Load, process: subprocess.Popen[bytes], log: Path) -> None:
    """CannotMeasureError where the bot stops, or nothing is finished for a long time."""
    loop = asyncio.get_running_loop()
    finished, since = 0, loop.time()
    while not load.done.is_set():
        if load.finished > finished:
            finished, since = load.finished, loop.time()
        if process.poll() is not None or loop.time() > since + PATIENCE:
            last = log.read_text().strip().splitlines()[-1:] or ["nothing in its log"]
            raise CannotMeasureError(f"stopped after {load.finished} taps: {last[0]}")
        with suppress(TimeoutError):
            await asyncio.wait_for(load.done.wait(), 1)


async def measure(bot: str, sizes: Sizes, database: str, log: Path) -> dict[str, float]:
    """One run of one bot. Its first taps, one of each runner, warm it up."""
    load = Load(sizes.runners, sizes.taps, sizes.runners)
    async with serving(load) as api, running(command(bot, api, database), log) as process:
        load.pid = process.pid
        await until_done(load, process, log)
    begun, ended = load.readings
    seconds = ended.at - begun.at
    return {
        SPEED: sizes.taps / seconds,
        COST: 1000 * (ended.bot - begun.bot) / sizes.taps,
        "bot busy %": 100 * (ended.bot - begun.bot) / seconds,
        "API busy %": 100 * (ended.server - begun.server) / seconds,
        "updates/poll": sum(load.batches) / len(load.batches),
    }


def run(bot: str, sizes: Sizes, database: str) -> dict[str, float]:
    """On a prepared database; what the bot has answered must be there afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(bot, sizes, database, Path(folder) / "log"))
    if (stored := prepared.steps_done(database)) < sizes.taps + sizes.runners:
        raise CannotMeasureError(f"only {stored} steps were stored")
    return found


@contextmanager
def sqlite_copies(runners: int) -> Iterator[Copies]:
    """Copies of one prepared file."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepared.make(f"sqlite+aiosqlite:///{folder}/template.db", runners)

        @contextmanager
        def copy() -> Iterator[str]:
            for left in folder.glob("coach*.db*"):
                left.unlink()
            file = shutil.copy(folder / "template.db", folder / "coach.db")
            yield f"sqlite+aiosqlite:///{file}"

        yield copy


@contextmanager
def postgresql_copies(runners: int) -> Iterator[Copies]:
    """Copies of one prepared database; NoServerError where there is no server."""
    with a_database() as template:
        prepared.make(_whole(template), runners)

        @contextmanager
        def copy() -> Iterator[str]:
            server, name = the_server(), f"{template.database}_copy"
            server.run(f"CREATE DATABASE {name} TEMPLATE {template.database}")
            try:
                yield _whole(server.url(name))
            finally:
                server.run(f"DROP DATABASE {name} WITH (FORCE)")

        yield copy


def _whole(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def on_sqlite(sizes: Sizes) -> list[Row]:
    with sqlite_copies(sizes.runners) as copy:
        return rounds(sizes, copy)


def on_postgresql(sizes: Sizes) -> list[Row]:
    try:
        with postgresql_copies(sizes.runners) as copy:
            return rounds(sizes, copy)
    except NoServerError as error:
        return [Row(COACH, {}, f"left out: {error}")]


def rounds(sizes: Sizes, copy: Copies) -> list[Row]:
    """Each bot's medians; the others' names and the reason where one could not be measured."""
    found: dict[str, list[dict[str, float]]] = {bot: [] for bot in BOTS}
    failed: dict[str, str] = {}
    for _ in range(sizes.times):
        for bot in (bot for bot in BOTS if bot not in failed):
            try:
                with copy() as database:
                    found[bot].append(run(bot, sizes, database))
            except CannotMeasureError as error:
                failed[bot] = str(error)
    medians = {bot: median(runs) for bot, runs in found.items() if bot not in failed}
    return [
        Row(bot, medians[bot] | ratios(bot, medians), _span(found[bot]))
        if bot in medians
        else Row(bot, {}, f"left out: {failed[bot]}")
        for bot in BOTS
    ]


def ratios(bot: str, medians: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """How fast it is, the floor and the competitor being 1."""
    return {
        f"/ {other}": medians[bot][SPEED] / medians[other][SPEED]
        for other in ("floor", "competitor")
        if other in medians
    }


def _span(found: Sequence[Mapping[str, float]]) -> str:
    speeds = [one[SPEED] for one in found]
    return f"{min(speeds):.0f}-{max(speeds):.0f} taps/s"
