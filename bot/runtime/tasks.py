"""Work that goes on beside other work, and how it ends."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

SHUTDOWN_SECONDS = 8.0
HANGS = 20.0  # seconds at one piece of work after which a loop counts as hung


class Worker(Protocol):
    """Runs until it is told to stop; then it finishes what it has begun."""

    async def run(self) -> None:
        """Until told to stop."""

    def stop(self) -> None:
        """Nothing new is begun."""


class Progress:
    """Whether the loops of this process go on. A loop says when it begins a piece of work and when
    it rests; one that does neither in time hangs."""

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def expect(self, loop: str, seconds: float = HANGS) -> None:
        """This loop will say something again within so many seconds."""
        self._next[loop] = asyncio.get_running_loop().time() + seconds

    def rest(self, loop: str) -> None:
        """This loop waits for something to do, for as long as it takes."""
        self._next.pop(loop, None)

    def hung(self) -> list[str]:
        """The loops that have not said what they should have by now."""
        now = asyncio.get_running_loop().time()
        return sorted(loop for loop, due in self._next.items() if due < now)


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """It runs until the block is left; what is on its way then is finished."""
    task = asyncio.create_task(worker.run())
    try:
        yield
    finally:
        worker.stop()
        _, late = await asyncio.wait([task], timeout=SHUTDOWN_SECONDS)
        for unfinished in late:
            unfinished.cancel()


@asynccontextmanager
async def in_the_background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Does the work until the block is left, which waits for its end."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Does the work until SIGTERM or SIGINT, which it may take its time to end after."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()

    def end() -> None:
        """Once: a second signal does not cut short what the first one finishes."""
        if not task.cancelling():
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await task
