"""Group commit: one transaction for all that came in while the one before was under way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def _at_once() -> None:
    """Wait for nobody."""


class GroupCommit(Generic[T, R]):
    """Commits items in batches: `commit` returns one result for each item of a batch.

    What it raises is raised to everybody whose item was in the batch. Before each batch `gather`
    waits for items that are about to come.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[T]], Awaitable[Sequence[R]]],
        gather: Callable[[], Awaitable[None]] = _at_once,
    ) -> None:
        self._commit = commit
        self._gather = gather
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._worker: asyncio.Task[None] | None = None

    async def put(self, item: T) -> R:
        """Return once the item is committed, which it is even if the caller is cancelled."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, future))
        if self._worker is None:
            self._worker = asyncio.create_task(self._run())
        return await future

    async def _run(self) -> None:
        try:
            while self._waiting:
                await self._gather()
                batch, self._waiting = self._waiting, []
                await self._one(batch)
        finally:
            self._worker = None

    async def _one(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        futures = [future for _, future in batch]
        try:
            results = await self._commit([item for item, _ in batch])
        except Exception as error:
            for future in futures:
                if not future.cancelled():
                    future.set_exception(error)
        else:
            for future, result in zip(futures, results, strict=True):
                if not future.cancelled():
                    future.set_result(result)
