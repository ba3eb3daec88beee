"""`python -m bot` as a process of its own, against the pretend Telegram in the test's process."""

import asyncio
import os
import signal
import sqlite3
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar

from bot.sandbox.world.updates import UpdateQueue
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World
from tests.process.nursery import ROOT, Forked, fork

T = TypeVar("T")
BOT = ("-m", "bot")


class WatchedQueue(UpdateQueue):
    """Counts the polls when they begin; the world logs a call only once it is answered."""

    polls = 0

    async def poll(
        self, *, offset: int, limit: int, seconds: float, allowed: Iterable[str] | None
    ) -> list[Json]:
        self.polls += 1
        return await super().poll(offset=offset, limit=limit, seconds=seconds, allowed=allowed)


def watched(world: World) -> World:
    """The same world, with a queue that tells when a coach begins to poll."""
    world.updates = WatchedQueue()
    return world


@dataclass(frozen=True)
class Ended:
    """A command that ran to its end."""

    code: int
    stdout: str
    stderr: str

    @property
    def lines(self) -> list[str]:
        """What it said on stderr."""
        return self.stderr.splitlines()


@dataclass
class CoachProcess:
    """One coach: its folder, its environment, and the process while there is one.

    `settings` are laid over the environment; an empty one is as good as unset. A `cold` start is
    Python's, too; others are forked from a process that has the program loaded. So is that of
    another `program` than `-m bot`.
    """

    folder: Path
    world: World
    url: str
    settings: dict[str, str] = field(default_factory=dict)
    cold: bool = False
    program: tuple[str, ...] = BOT
    started_at: float = field(init=False, default=0.0, repr=False)
    _process: Process | Forked | None = field(init=False, default=None, repr=False)

    @property
    def database(self) -> Path:
        return self.folder / "coach.db"

    @property
    def jobs(self) -> Path:
        return self.folder / "coach-jobs.db"

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def stdout(self) -> str:
        """What every process of this coach has said, from the first start on."""
        return self._said("stdout")

    @property
    def stderr(self) -> str:
        return self._said("stderr")

    async def start(self) -> None:
        """Until it polls for updates."""
        assert isinstance(self.world.updates, WatchedQueue)
        queue, before = self.world.updates, self.world.updates.polls
        await self.spawn()
        await eventually(lambda: queue.polls > before or not self.is_running, timeout=20)
        assert self.is_running, f"it ended at once: {self.stderr}"

    async def spawn(self, *arguments: str) -> None:
        """Only begun; `run` unless another command is given."""
        assert not self.is_running
        self.started_at = time.monotonic()
        with (
            self._file("stdout").open("ab") as stdout,
            self._file("stderr").open("ab") as stderr,
        ):
            self._process = await self._begin(
                arguments or ("run",), self._environment(), stdout, stderr
            )

    async def _begin(
        self, arguments: Sequence[str], environment: dict[str, str], *output: IO[bytes]
    ) -> Process | Forked:
        if not self.cold and self.program == BOT:
            return await fork(arguments, self.folder, environment, *output)
        return await asyncio.create_subprocess_exec(
            *(sys.executable, *self.program, *arguments),
            cwd=self.folder,
            env=environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output[0],
            stderr=output[1],
        )

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def kill(self) -> None:
        """SIGKILL: nothing can be finished any more."""
        await self.end(signal.SIGKILL)

    async def end(self, number: signal.Signals, timeout: float = 15) -> int:
        """Sends a signal and waits for the exit status."""
        self.signal(number)
        return await self.wait(timeout)

    def signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def wait(self, timeout: float = 15) -> int:
        assert self._process is not None
        async with asyncio.timeout(timeout):
            return await self._process.wait()

    async def restart(self) -> None:
        await self.kill()
        await self.start()

    async def clean_up(self) -> None:
        """No process outlives its test."""
        if self.is_running:
            await self.kill()

    async def command(self, *arguments: str, **settings: str) -> Ended:
        """Runs one command to its end, beside a running coach if there is one."""
        with TemporaryFile() as stdout, TemporaryFile() as stderr:
            process = await self._begin(arguments, self._environment(settings), stdout, stderr)
            try:
                async with asyncio.timeout(20):
                    code = await process.wait()
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
            return Ended(code, *(file.seek(0) or file.read().decode() for file in (stdout, stderr)))

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What stands in the database file now."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection:
            return connection.execute(query, values).fetchall()

    def is_done(self) -> bool:
        """Whether nothing that came in is left to handle."""
        return self.rows("SELECT count(*) FROM inbox") == [(0,)]

    def change(self, statement: str, *values: object) -> None:
        """Writes to the database file behind the coach's back."""
        with closing(sqlite3.connect(self.database, timeout=10)) as connection, connection:
            connection.execute(statement, values)

    def _environment(self, settings: dict[str, str] | None = None) -> dict[str, str]:
        """Nothing of the tests' own environment but the path."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": os.environ.get("PYTHONDONTWRITEBYTECODE", ""),
            "BOT_API_URL": self.url,
            "BOT_TOKEN": self.world.token,
            "DATABASE_URL": f"sqlite:///{self.database}",
            **self.settings,
            **(settings or {}),
        }

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.txt"

    def _said(self, name: str) -> str:
        file = self._file(name)
        return file.read_text(encoding="utf-8") if file.exists() else ""


async def eventually(predicate: Callable[[], T], timeout: float = 10) -> T:
    """Waits for what the world does not see, such as a row; returns what the predicate returned."""
    async with asyncio.timeout(timeout):
        while not (result := predicate()):
            await asyncio.sleep(0.01)
    return result
