"""The interface of the database that services use: connections to read, transactions to write.

`bot.db.sqlite` and `bot.db.postgresql` implement the interface.
"""

from abc import ABC, abstractmethod
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import ClassVar, Protocol

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Connection = AsyncConnection
Place = Path | URL  # an SQLite file, or a PostgreSQL database

# Of SQLite: busy, locked, read-only, I/O error, full, can't open; the rest are faults of ours.
SQLITE_AWAY = frozenset({5, 6, 8, 10, 13, 14})


class DatabaseError(Exception):
    """The database can't be used; the message is one line that says why and what to do."""


class AwayError(DatabaseError):
    """The database can't be used at present; a retry may succeed."""


class Writer(Protocol):
    """An object that begins transactions."""

    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction; commit at the end, roll back on an exception."""


class Database(ABC):
    """A database with concurrent readers and, for each runner, one writer at a time.

    `is_shared`: several processes of the coach may use the database.
    """

    is_shared: ClassVar[bool]

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @abstractmethod
    def read(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection on which each statement sees what was committed before it."""

    @abstractmethod
    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection on which all statements see the same state of the database."""

    @abstractmethod
    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction; commit at the end, roll back on an exception.

        Transactions with the same `runner` run one after another, across all processes.
        """

    @abstractmethod
    def erase(self, runner: int) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction whose deleted rows `overwrite` is to remove from the disk."""

    @abstractmethod
    async def overwrite(self) -> bool:
        """Overwrite erased rows on the disk; return False if that is left to `tend`."""

    @abstractmethod
    async def tend(self) -> None:
        """Maintain the database until cancelled; return at once if there is nothing to do."""

    async def close(self) -> None:
        await self._engine.dispose()


def is_away(error: BaseException) -> bool:
    """Return whether the error is one after which a retry may succeed."""
    if isinstance(error, PoolTimeoutError | AwayError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return isinstance(error, OperationalError) and code & 0xFF in SQLITE_AWAY
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
