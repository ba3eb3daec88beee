"""A module that runs in a process of its own, which is started on demand and ended when idle.

For work that holds the GIL for long, and for libraries that are large or slow to load: the coach
goes on meanwhile, and the process frees its memory as it ends.
"""

import asyncio
import logging
import os
import sys
import traceback
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
SIZE = 4  # bytes of the length before each message
ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")


class ChildProcess:
    """A process that runs a module which calls `serve`, while one is needed.

    It gets one request at a time. `makes` describes an answer in the log, such as "a picture".
    """

    def __init__(
        self,
        module: str,
        *arguments: str,
        makes: str,
        idle: float = IDLE_SECONDS,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._command = ("-m", module, *arguments)
        self._makes = makes
        self._idle = idle
        self._patience = patience
        self._process: Process | None = None
        self._asking = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._idle_end: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id; None: no process is running."""
        return self._process.pid if self._process else None

    async def ask(self, request: bytes) -> bytes | None:
        """Return the answer; None if it failed or took too long."""
        try:
            async with asyncio.timeout(self._patience), self._asking:
                return await self._ask(request)
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("%s could not be made: %s", self._makes, type(error).__name__)
            return None

    async def close(self) -> None:
        """End the process at once, even while it works."""
        self._cancel_ending()
        await self._end()

    def _end_when_idle(self) -> None:
        async def end() -> None:
            async with self._asking:
                await self.close()

        self._idle_end = asyncio.create_task(end())

    async def _ask(self, request: bytes) -> bytes | None:
        self._cancel_ending()
        try:
            answer = await _exchange(await self._started(), request)
        except BaseException:  # so that the answer is not taken for the next one
            await self._end()
            raise
        loop = asyncio.get_running_loop()
        self._ending = loop.call_later(self._idle, self._end_when_idle)
        if not answer:
            log.warning("%s could not be made: an error in its process", self._makes)
        return answer or None

    async def _started(self) -> Process:
        if self._process is None or self._process.returncode is not None:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, stdin=PIPE, stdout=PIPE, env=environment()
            )
        return self._process

    def _cancel_ending(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await end(process)


def serve(answer: Callable[[bytes], bytes]) -> None:
    """Answer requests from standard input on standard output, until it ends.

    Each message follows its length. The answer to a request that fails is empty, and the frames of
    the error are written to standard error.
    """
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    while len(size := requests.read(SIZE)) == SIZE:
        made = _made(answer, requests.read(int.from_bytes(size)))
        answers.write(len(made).to_bytes(SIZE) + made)
        answers.flush()


def _made(answer: Callable[[bytes], bytes], request: bytes) -> bytes:
    try:
        return answer(request)
    except Exception as error:
        frames = "".join(traceback.format_tb(error.__traceback__))
        sys.stderr.write(f"{type(error).__name__}\n{frames}")
        return b""


async def _exchange(process: Process, request: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(len(request).to_bytes(SIZE) + request)
    await process.stdin.drain()
    size = int.from_bytes(await process.stdout.readexactly(SIZE))
    return await process.stdout.readexactly(size)


async def end(process: Process) -> None:
    """Kill the process, whether it still runs or not."""
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def environment() -> dict[str, str]:
    """Return the variables that the process needs: paths and cache folders, but no token."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": str(ROOT)}
