"""The driver of SQLite, which goes to a connection's thread once for each statement.

SQLAlchemy's own goes there four times: for a cursor, for the statement, for its rows, and for the
cursor's end. In short transactions these ways take more time than SQLite does.
"""

import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)


@dataclass(frozen=True, slots=True)
class Executed:
    """What is known of a statement that was executed, and whether a transaction is open now."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    rows: tuple[Any, ...] = ()
    in_transaction: bool = False
    arraysize: int = 1


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that has all rows once a statement was executed, and keeps nothing open."""

    __slots__ = ()

    _adapt_connection: Any

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = Executed()
        self._rows = deque()

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._run(lambda cursor: cursor.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._run(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _run(self, execute: Callable[[sqlite3.Cursor], object]) -> None:
        async with self._adapt_connection._execute_mutex:
            # If this is cancelled, the thread goes on.
            self._adapt_connection.may_be_in_transaction = True
            connection = self._connection._conn
            self._cursor = await self._connection._execute(_executed, connection, execute)
            self._adapt_connection.may_be_in_transaction = self._cursor.in_transaction
            self._rows = deque(self._cursor.rows)

    @property
    def description(self) -> Any:
        return self._cursor.description

    async def _async_soft_close(self) -> None:
        """Nothing is open."""

    def close(self) -> None:
        self._rows.clear()


def _executed(
    connection: sqlite3.Connection, execute: Callable[[sqlite3.Cursor], object]
) -> Executed:
    """Run in the connection's thread."""
    cursor = connection.cursor()
    try:
        execute(cursor)
        rows = tuple(cursor.fetchall()) if cursor.description else ()
        known = (cursor.description, cursor.rowcount, cursor.lastrowid)
        return Executed(*known, rows, connection.in_transaction)
    finally:
        cursor.close()


class Connection(AsyncAdapt_aiosqlite_connection):
    """A connection that rolls back only where a transaction may be open."""

    __slots__ = ("may_be_in_transaction",)

    _cursor_cls = Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self.may_be_in_transaction = True

    def commit(self) -> None:
        super().commit()
        self.may_be_in_transaction = False

    def rollback(self) -> None:
        if self.may_be_in_transaction:
            super().rollback()
            self.may_be_in_transaction = False


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """The module that SQLAlchemy takes for the driver."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arguments: Any, **options: Any) -> "Connection":
        return Connection(self, super().connect(*arguments, **options)._connection)
