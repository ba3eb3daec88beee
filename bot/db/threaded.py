"""Connections for event loops whose driver knows threads alone, and transactions in one hop.

A statement is executed in a thread while the event loop goes on. A coroutine that awaits nothing
but the statements of its own connection needs no event loop: `run` carries it through in a thread,
so that a transaction costs one hop to the thread and back, whatever it executes.
"""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult
from sqlalchemy.engine import Connection as SyncConnection

from bot.db.engine import Connection

T = TypeVar("T")


class DirectConnection(Connection):
    """A connection whose statements are executed at once, in the thread of the caller."""

    def __init__(self, connection: SyncConnection) -> None:
        self.sync_connection = self._connection = connection
        self.dialect = connection.dialect

    async def execute(self, *args: Any, **options: Any) -> CursorResult[Any]:
        return self._connection.execute(*args, **options)

    async def exec_driver_sql(self, *args: Any, **options: Any) -> CursorResult[Any]:
        return self._connection.exec_driver_sql(*args, **options)


class ThreadedConnection(DirectConnection):
    """A connection whose statements are executed in a thread of `executor`."""

    def __init__(self, connection: SyncConnection, executor: Executor) -> None:
        super().__init__(connection)
        self._executor = executor

    async def execute(self, *args: Any, **options: Any) -> CursorResult[Any]:
        return await self._result(lambda: self._connection.execute(*args, **options))

    async def exec_driver_sql(self, *args: Any, **options: Any) -> CursorResult[Any]:
        return await self._result(lambda: self._connection.exec_driver_sql(*args, **options))

    async def _result(self, execute: Callable[[], CursorResult[Any]]) -> CursorResult[Any]:
        return await in_thread(self._executor, lambda: _read(execute()))


def _read(result: CursorResult[Any]) -> CursorResult[Any]:
    """Read all rows, for another thread: there SQLite would search on."""
    return cast(CursorResult[Any], result.freeze()()) if result.returns_rows else result


async def in_thread(executor: Executor, function: Callable[[], T]) -> T:
    """Call the function in a thread; a cancellation is raised only after the call has ended."""
    call = asyncio.get_running_loop().run_in_executor(executor, function)
    try:
        return await asyncio.shield(call)
    except asyncio.CancelledError:
        await asyncio.wait([call])
        raise


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine that awaits nothing but a DirectConnection.

    Raise RuntimeError if it awaits anything else.
    """
    try:
        work.send(None)
    except StopIteration as end:
        return cast(T, end.value)
    work.close()
    raise RuntimeError("a transaction may await nothing but its statements")
