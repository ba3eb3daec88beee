"""Tasks that run beside others, and how they end."""

import asyncio
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

SHUTDOWN_SECONDS = 8.0
HANGS = 20.0  # seconds at one piece of work after which a loop counts as hung


class Worker(Protocol):
    """An object that runs until stopped, and then finishes what it has begun."""

    async def run(self) -> None:
        """Run until stopped."""

    def stop(self) -> None:
        """Begin nothing new."""


class Progress:
    """A record of whether the loops of this process make progress.

    A loop reports when it begins a piece of work and when it rests; one that does neither in time
    counts as hung.
    """

    def __init__(self) -> None:
        self._next: dict[str, float] = {}

    def expect(self, loop: str, seconds: float = HANGS) -> None:
        """Expect another report of this loop within `seconds`."""
        self._next[loop] = asyncio.get_running_loop().time() + seconds

    def rest(self, loop: str) -> None:
        """Expect no report while this loop waits for something to do."""
        self._next.pop(loop, None)

    def hung(self) -> list[str]:
        """Return the loops that have not reported in time."""
        now = asyncio.get_running_loop().time()
        return sorted(loop for loop, due in self._next.items() if due < now)


@asynccontextmanager
async def working(worker: Worker) -> AsyncIterator[None]:
    """Return a context in which the worker runs; at its end, let the worker finish its work."""
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
    """Return a context in which the coroutine runs; at its end, cancel it and wait for it."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Run the coroutine until SIGTERM or SIGINT, which cancels it; wait for its end."""
    task = asyncio.create_task(work)
    loop = asyncio.get_running_loop()

    def end() -> None:
        """Cancel once: a second signal does not interrupt the end that the first has begun."""
        if not task.cancelling():
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    with suppress(asyncio.CancelledError):
        await task
