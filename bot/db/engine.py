"""The interface of the database that services use: connections to read, transactions to write.

`bot.db.sqlite` and `bot.db.postgresql` implement the interface. `query` and `transaction` are for
services that are called often: what a database does with them may cost less than a connection.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import (
    Any,
    ClassVar,
    Concatenate,
    ParamSpec,
    Protocol,
    TypeVar,
    TypeVarTuple,
    cast,
    overload,
)

from sqlalchemy import URL, CursorResult, Dialect, Executable
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.sql.selectable import TypedReturnsRows

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Connection(Protocol):
    """A connection to the database: what the coach needs of SQLAlchemy's AsyncConnection."""

    dialect: Dialect
    sync_connection: SyncConnection | None

    @overload
    async def execute(
        self,
        statement: TypedReturnsRows[*Ts],
        parameters: Parameters | None = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> CursorResult[*Ts]: ...

    @overload
    async def execute(
        self,
        statement: Executable,
        parameters: Parameters | None = None,
        *,
        execution_options: Mapping[str, Any] | None = None,
    ) -> CursorResult[*tuple[Any, ...]]: ...

    async def scalar(self, statement: TypedReturnsRows[T]) -> T | None:
        """Return the first column of the first row; None if there is no row."""
        return (await self.execute(statement)).scalar()

    async def exec_driver_sql(self, statement: str) -> CursorResult[*tuple[Any, ...]]:
        """Execute a statement as the driver knows it."""


Work = Callable[[Connection], Coroutine[Any, Any, T]]
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

    async def query(self, work: Work[T]) -> T:
        """Return what `work` returns for a connection of `read`; it awaits nothing else."""
        async with self.read() as connection:
            return await work(connection)

    async def transact(self, work: Work[T], runner: int | None = None) -> T:
        """Return what `work` returns in a transaction of `write`, once that is committed.

        `work` awaits nothing but the connection, and may be called again if the transaction fails.
        """
        async with self.write(runner) as connection:
            return await work(connection)

    @abstractmethod
    def erase(self, runner: int) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction whose deleted rows `overwrite` is to remove from the disk."""

    @abstractmethod
    async def overwrite(self) -> bool:
        """Overwrite erased rows on the disk; return False if that is left to `tend`."""

    @abstractmethod
    async def tend(self) -> None:
        """Maintain the database until cancelled; return at once if there is nothing to do."""

    @abstractmethod
    async def close(self) -> None:
        """Close all connections."""


def query(
    work: Callable[Concatenate[Connection, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Database | Connection, P], Coroutine[Any, Any, T]]:
    """Let the function be called with the database, whose `query` gives it the connection.

    Called with a connection, it is part of the query or the transaction of that connection.
    """

    @wraps(work)
    async def call(db: Database | Connection, /, *args: P.args, **options: P.kwargs) -> T:
        if not isinstance(db, Database):
            return await work(db, *args, **options)
        return await db.query(lambda connection: work(connection, *args, **options))

    return call


def transaction(
    work: Callable[Concatenate[Connection, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[Database | Connection, P], Coroutine[Any, Any, T]]:
    """Let the function be called with the database, whose `transact` gives it the connection.

    The argument for its parameter `runner`, if it has one, is the runner of the transaction. Called
    with a connection, the function is part of the transaction of that connection.
    """
    names = list(signature(work).parameters)
    place = names.index("runner") - 1 if "runner" in names else None

    @wraps(work)
    async def call(db: Database | Connection, /, *args: P.args, **options: P.kwargs) -> T:
        if not isinstance(db, Database):
            return await work(db, *args, **options)
        runner = None
        if place is not None:
            runner = cast(int, args[place] if place < len(args) else options["runner"])
        return await db.transact(lambda connection: work(connection, *args, **options), runner)

    return call


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
