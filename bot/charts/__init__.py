"""Draws cards in a process of their own, which starts when one is wanted and ends when idle.

Loading the plotting library takes half a second and drawing a quarter, both with Python's lock
held: in a thread they would stop the coach for everyone. The process also takes its memory with it.
"""

import asyncio
import logging
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path

from bot.charts.card import Card

log = logging.getLogger(__name__)

IDLE_SECONDS = 60.0
PATIENCE_SECONDS = 20.0
SIZE = 4  # bytes that tell the length of what follows
ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "XDG_CACHE_HOME", "MPLCONFIGDIR", "SYSTEMROOT")


class Charts:
    """One drawing process at most; those who want a picture wait for it in turn."""

    def __init__(self, idle: float = IDLE_SECONDS, patience: float = PATIENCE_SECONDS) -> None:
        self._idle = idle
        self._patience = patience
        self._worker: Process | None = None
        self._turn = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._resting: asyncio.Task[None] | None = None

    @property
    def worker(self) -> int | None:
        """The drawing process's id, while there is one."""
        return self._worker.pid if self._worker else None

    async def draw(self, card: Card) -> bytes | None:
        """The card as a PNG; None if it can't be drawn, or not soon enough."""
        try:
            async with asyncio.timeout(self._patience), self._turn:
                return await self._draw(card)
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("a picture could not be drawn: %s", type(error).__name__)
            return None

    async def close(self) -> None:
        """Ends the process at once; a picture that is being drawn is given up."""
        self._cancel_ending()
        await self._end()

    def _rest(self) -> None:
        async def end() -> None:
            async with self._turn:
                await self.close()

        self._resting = asyncio.create_task(end())

    async def _draw(self, card: Card) -> bytes | None:
        self._cancel_ending()
        try:
            worker = await self._running()
            answer = await _ask(worker, pickle.dumps(card))
        except BaseException:  # an answer that nobody waits for must not become the next one's
            await self._end()
            raise
        loop = asyncio.get_running_loop()
        self._ending = loop.call_later(self._idle, self._rest)
        if not answer:
            log.warning("a picture could not be drawn: the drawing failed")
        return answer or None

    async def _running(self) -> Process:
        if self._worker is None or self._worker.returncode is not None:
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.charts.worker",
                stdin=PIPE,
                stdout=PIPE,
                env=_environment(),
            )
        return self._worker

    def _cancel_ending(self) -> None:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    async def _end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            with suppress(ProcessLookupError):
                worker.kill()
            await worker.wait()


async def _ask(worker: Process, question: bytes) -> bytes:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(len(question).to_bytes(SIZE) + question)
    await worker.stdin.drain()
    size = int.from_bytes(await worker.stdout.readexactly(SIZE))
    return await worker.stdout.readexactly(size)


def _environment() -> dict[str, str]:
    """What the process needs to find us, itself and its cache; no token."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {
        "PYTHONPATH": str(ROOT),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
