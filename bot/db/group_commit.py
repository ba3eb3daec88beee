"""Group commit: one transaction for all items put while the previous one was under way."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def _no_wait() -> None:
    """Return at once."""


class GroupCommit(Generic[T, R]):
    """Commits items in batches: `commit` returns one result for each item of a batch.

    A result that is an exception is raised by the `put` of its item, and an exception of `commit`
    by every `put` of the batch. Before each batch, `gather` is awaited, to let more items come.
    """

    def __init__(
        self,
        commit: Callable[[Sequence[T]], Awaitable[Sequence[R | Exception]]],
        gather: Callable[[], Awaitable[None]] = _no_wait,
    ) -> None:
        self._commit = commit
        self._gather = gather
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._worker: asyncio.Task[None] | None = None

    @property
    def worker(self) -> asyncio.Task[None] | None:
        """The task that commits what was put; None if nothing waits."""
        return self._worker

    async def put(self, item: T) -> R:
        """Commit the item; return its result. It is committed even if the caller is cancelled."""
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
                await self._commit_batch(batch)
        finally:
            self._worker = None

    async def _commit_batch(self, batch: list[tuple[T, asyncio.Future[R]]]) -> None:
        try:
            results = await self._commit([item for item, _ in batch])
        except Exception as error:
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future.cancelled():
                continue
            if isinstance(result, Exception):
                future.set_exception(result)
            else:
                future.set_result(result)
