"""Drawing of cards in a separate process, which is started on demand and ended when idle.

Drawing takes a quarter of a second with the GIL held: in a thread it would stop the coach for
everyone. The process also frees the memory as it ends.
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
SIZE = 4  # bytes of the length before each message
ROOT = Path(__file__).parents[2]
PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT")


class Charts:
    """A drawing process, if one is needed; cards are drawn one at a time.

    `folder` has the template and the fonts.
    """

    def __init__(
        self, folder: Path, idle: float = IDLE_SECONDS, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._folder = folder
        self._idle = idle
        self._patience = patience
        self._worker: Process | None = None
        self._drawing = asyncio.Lock()
        self._ending: asyncio.TimerHandle | None = None
        self._idle_end: asyncio.Task[None] | None = None

    @property
    def worker(self) -> int | None:
        """The process id; None: no process is running."""
        return self._worker.pid if self._worker else None

    async def draw(self, card: Card) -> bytes | None:
        """Return the card as a PNG; None if drawing failed or took too long."""
        try:
            async with asyncio.timeout(self._patience), self._drawing:
                return await self._draw(card)
        except (OSError, EOFError, TimeoutError) as error:
            log.warning("a picture could not be drawn: %s", type(error).__name__)
            return None

    async def close(self) -> None:
        """End the process at once, even while it draws."""
        self._cancel_ending()
        await self._end()

    def _end_when_idle(self) -> None:
        async def end() -> None:
            async with self._drawing:
                await self.close()

        self._idle_end = asyncio.create_task(end())

    async def _draw(self, card: Card) -> bytes | None:
        self._cancel_ending()
        try:
            worker = await self._started()
            answer = await _request(worker, pickle.dumps(card))
        except BaseException:  # so that the answer is not taken for the next card's
            await self._end()
            raise
        loop = asyncio.get_running_loop()
        self._ending = loop.call_later(self._idle, self._end_when_idle)
        if not answer:
            log.warning("a picture could not be drawn: the drawing failed")
        return answer or None

    async def _started(self) -> Process:
        if self._worker is None or self._worker.returncode is not None:
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.charts.worker",
                str(self._folder),
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


async def _request(worker: Process, card: bytes) -> bytes:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(len(card).to_bytes(SIZE) + card)
    await worker.stdin.drain()
    size = int.from_bytes(await worker.stdout.readexactly(SIZE))
    return await worker.stdout.readexactly(size)


def _environment() -> dict[str, str]:
    """Return the variables that the process needs: paths and cache folders, but no token."""
    passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed_on | {"PYTHONPATH": str(ROOT)}
