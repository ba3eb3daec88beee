"""How many taps a second one process answers, and what a tap costs it.

python -m tests.bench.taps_a_second [--taps 3000] [--runners 300] [--times 3] [--only WORDS]

Every bot is a fresh process and gets the same taps from the same Bot API, which is this process.
Echoes only answer; the coach, and an aiogram bot written for this comparison, also commit the
step, send the next one and edit the one that was tapped. The bots take turns, `--times` over, and
the medians count.

Needs aiogram, Node with npm for grammY, and Debian's postgresql; what is not there is left out,
and says why.
"""

import argparse
import asyncio
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench import prepared
from tests.bench.load import PATIENCE, TOKEN, Load, serving
from tests.bench.results import Row, median, table
from tests.databases import NoServerError, a_database

TAPS, RUNNERS, TIMES = 3000, 300, 3
LONGEST = 20  # taps of one runner's session
TOP = Path(__file__).parents[2]
BOTS = Path(__file__).parent / "bots"
GRAMMY = ("grammy", "@grammyjs/runner")
NAME = "taps a second"


class CannotMeasureError(Exception):
    """Why a bot is left out, or what went wrong with it."""


@dataclass(frozen=True, slots=True)
class Bot:
    """`command` gets the API's and the database's URL; `only_answers`: it has no database."""

    what: str
    command: Callable[[str, str], list[str]]
    only_answers: bool = True
    clips: bool = True
    postgresql: bool = False
    versions: Callable[[], dict[str, str]] = dict


def python(module: str, *more: str, needs: str = "telegram") -> Callable[[str, str], list[str]]:
    def command(api: str, database: str) -> list[str]:
        if find_spec(needs) is None:
            raise CannotMeasureError(f"pip install {needs}")
        about = [database] if database else []
        return [sys.executable, "-m", f"tests.bench.bots.{module}", api, *about, *more]

    return command


def grammy(api: str, _database: str) -> list[str]:
    """Node's libraries go into a cache folder, once."""
    folder = user_cache_path("bandcoach-bench", appauthor=False)
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise CannotMeasureError("needs Node with npm")
    if not all((folder / "node_modules" / name).exists() for name in GRAMMY):
        folder.mkdir(parents=True, exist_ok=True)
        installing = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(folder), *GRAMMY]
        if subprocess.run(installing, capture_output=True, check=False).returncode:
            raise CannotMeasureError("npm could not install grammy")
    shutil.copy(BOTS / "grammy_echo.mjs", folder)
    return [node, str(folder / "grammy_echo.mjs"), api, TOKEN]


def grammy_versions() -> dict[str, str]:
    folder = user_cache_path("bandcoach-bench", appauthor=False) / "node_modules"
    found = {
        name: json.loads((folder / name / "package.json").read_text())["version"] for name in GRAMMY
    }
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True)
    return found | {"node": node.stdout.strip()}


ALL = (
    Bot("echo: python-telegram-bot, one at a time", python("ptb_echo", "1")),
    Bot("echo: python-telegram-bot, 16 at once", python("ptb_echo", "16")),
    Bot("echo: aiogram", python("aiogram_echo", needs="aiogram")),
    Bot("echo: grammY with its runner", grammy, versions=grammy_versions),
    Bot("steps in words: the coach", python("coach", "words"), False, False),
    Bot("steps with clips: the floor", python("floor", needs="uvloop"), False),
    Bot("steps with clips: the competitor", python("competitor", needs="aiogram"), False),
    Bot("steps with clips: aiogram", python("aiogram_sqlalchemy", needs="aiogram"), False),
    Bot("steps with clips: the coach", python("coach"), False),
    Bot(
        "on PostgreSQL: aiogram",
        python("aiogram_sqlalchemy", needs="aiogram"),
        False,
        postgresql=True,
    ),
    Bot("on PostgreSQL: the coach", python("coach"), False, postgresql=True),
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is to do."""

    taps: int = TAPS
    runners: int = RUNNERS
    times: int = TIMES

    def __post_init__(self) -> None:
        if self.taps + self.runners > LONGEST * self.runners:
            raise ValueError(f"{self.runners} runners have no more than {LONGEST} steps each")


@asynccontextmanager
async def running(command: list[str], log: Path) -> AsyncIterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=TOP, stdout=out, stderr=out)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.to_thread(process.wait, 15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


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


async def measure(bot: Bot, size: Size, database: str, log: Path) -> dict[str, float]:
    """One run of one bot. Its first taps, one of each runner, warm it up."""
    load = Load(
        size.runners, size.taps, size.runners, only_answered=bot.only_answers, clips=bot.clips
    )
    async with serving(load) as api, running(bot.command(api, database), log) as process:
        load.pid = process.pid
        await until_done(load, process, log)
    begun, ended = load.readings
    seconds = ended.at - begun.at
    return {
        "taps/s": size.taps / seconds,
        "CPU ms/tap": 1000 * (ended.bot - begun.bot) / size.taps,
        "bot busy %": 100 * (ended.bot - begun.bot) / seconds,
        "API busy %": 100 * (ended.server - begun.server) / seconds,
        "updates/poll": sum(load.batches) / len(load.batches),
    }


@contextmanager
def a_copy(bot: Bot, template: Path, size: Size, folder: Path) -> Iterator[str]:
    """The URL of a prepared database; empty where none is needed."""
    if bot.only_answers:
        yield ""
    elif bot.postgresql:
        try:
            with a_database() as place:
                url = place.render_as_string(hide_password=False)
                prepared.make(url, size.runners)
                yield url
        except NoServerError as error:
            raise CannotMeasureError(error) from None
    else:
        file = shutil.copy(template, folder / "coach.db")
        yield f"sqlite+aiosqlite:///{file}"


def run(bot: Bot, size: Size, template: Path) -> dict[str, float]:
    """On a prepared database; what it has answered must be there afterwards."""
    with tempfile.TemporaryDirectory() as folder, a_copy(bot, template, size, Path(folder)) as url:
        found = asyncio.run(measure(bot, size, url, Path(folder) / "log"))
        if url and (stored := prepared.steps_done(url)) < size.taps + size.runners:
            raise CannotMeasureError(f"only {stored} steps were stored")
        return found


def rows(size: Size | None = None, only: str = "") -> list[Row]:
    """Each bot's medians; the others' names and the reason where one could not be measured."""
    size = size or Size()
    bots = [bot for bot in ALL if only in bot.what]
    found: dict[str, list[dict[str, float]]] = {bot.what: [] for bot in bots}
    failed: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.db"
        prepared.make(f"sqlite+aiosqlite:///{template}", size.runners)
        for _ in range(size.times):
            for bot in (bot for bot in bots if bot.what not in failed):
                try:
                    found[bot.what].append(run(bot, size, template))
                except CannotMeasureError as error:
                    failed[bot.what] = str(error)
    return [row(bot, found[bot.what], failed.get(bot.what), size) for bot in bots]


def row(bot: Bot, found: Sequence[dict[str, float]], failed: str | None, size: Size) -> Row:
    if failed is not None:
        return Row(bot.what, {}, f"left out: {failed}")
    speeds = [one["taps/s"] for one in found]
    note = f"{size.taps} taps of {size.runners} runners, {min(speeds):.0f}-{max(speeds):.0f} taps/s"
    return Row(bot.what, median(found), note, bot.versions())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--taps", type=int, default=TAPS)
    parser.add_argument("--runners", type=int, default=RUNNERS)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--only", metavar="WORDS", default="", help="bots whose name has them")
    chosen = parser.parse_args()
    print(table(NAME, rows(Size(chosen.taps, chosen.runners, chosen.times), chosen.only)))
