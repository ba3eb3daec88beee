"""The database as the services see it: rows are read, and written in transactions.

It is an SQLite file or a PostgreSQL database; what differs between the two stands in
`bot.db.sqlite` and `bot.db.postgresql`.
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
    """The database can't be used; its text is one line that says why and what to do."""


class AwayError(DatabaseError):
    """The database can't be used just now, so that trying again may help."""


class Writer(Protocol):
    """Where a transaction is begun."""

    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """One transaction, committed at the end, rolled back on an exception."""


class Database(ABC):
    """Readers side by side; of one runner, one transaction after another.

    `is_shared`: several processes of the coach may use it.
    """

    is_shared: ClassVar[bool]

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @abstractmethod
    def read(self) -> AbstractAsyncContextManager[Connection]:
        """Each statement sees what was committed before it."""

    @abstractmethod
    def snapshot(self) -> AbstractAsyncContextManager[Connection]:
        """All statements see the same moment."""

    @abstractmethod
    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """One transaction, committed at the end, rolled back on an exception.

        With a `runner` no other of theirs is under way, in whichever process.
        """

    @abstractmethod
    def erase(self, runner: int) -> AbstractAsyncContextManager[Connection]:
        """A transaction that deletes what is to be gone from the disk, too: by `overwrite`."""

    @abstractmethod
    async def overwrite(self) -> bool:
        """Overwrites on the disk what was erased; False if that has to wait for `tend`."""

    @abstractmethod
    async def tend(self) -> None:
        """Looks after the database until cancelled, or as long as there is need."""

    async def close(self) -> None:
        await self._engine.dispose()


def is_away(error: BaseException) -> bool:
    """Whether the database could not be used just now, so that trying again may help."""
    if isinstance(error, PoolTimeoutError | AwayError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code is not None:
        return isinstance(error, OperationalError) and code & 0xFF in SQLITE_AWAY
    return error.connection_invalidated or isinstance(error, OperationalError | InterfaceError)
