"""The database as an SQLite file, which one process uses, with one writer at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.ext.asyncio import create_async_engine

from bot.db.engine import Connection, Database, DatabaseError
from bot.db.keeper import TO_OVERWRITE, Keeper
from bot.db.upkeep import Upkeep

BEGIN = "bandcoach_begin"
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "busy_timeout = 5000",
)


class SqliteDatabase(Database):
    """An SQLite database whose writers queue in a lock: SQLite's own busy handler polls."""

    is_shared = False

    def __init__(self, file: Path) -> None:
        """Raise DatabaseError if the file can't be opened."""
        super().__init__(create_async_engine(f"sqlite+aiosqlite:///{file}", hide_parameters=True))
        prepare(self._engine.sync_engine)
        self._reader = self._engine.execution_options(**{BEGIN: "BEGIN"})
        self._writer = self._engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._writing = asyncio.Lock()
        self._keeper = Keeper(file)
        self._upkeep = Upkeep(self._keeper, self._writing)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        self._keeper.check()
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        self._keeper.check()
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:  # noqa: ARG002
        async with self._writing:
            self._keeper.check()
            self._upkeep.is_written()
            async with self._writer.begin() as connection:
                yield connection

    @asynccontextmanager
    async def erase(self, runner: int) -> AsyncIterator[Connection]:
        async with self.write(runner) as connection:
            yield connection
            await connection.exec_driver_sql(f"PRAGMA user_version = {TO_OVERWRITE}")

    async def overwrite(self) -> bool:
        return await self._upkeep.overwrite_soon()

    async def tend(self) -> None:
        await self._upkeep.run()

    async def close(self) -> None:
        await super().close()
        await asyncio.to_thread(self._keeper.close)


def prepare(engine: Engine) -> None:
    """Let SQLAlchemy begin transactions, not the driver."""
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: SyncConnection) -> None:
    """Begin a transaction in the mode of the option BEGIN; without it, begin none.

    Writers begin IMMEDIATE: after a deferred BEGIN and a read, SQLite may refuse to write.
    """
    begin = connection.get_execution_options().get(BEGIN)
    if begin is not None:
        connection.exec_driver_sql(begin)


def writer(file: Path) -> Engine:
    """Return an engine that writes without an event loop."""
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True)
    prepare(engine)
    return engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})


def job_store_file(database: Path) -> Path:
    """Return the path of the job store, which is a file of its own.

    Its synchronous writes to the database file would deadlock with the coach's transactions.
    """
    return database.with_name(f"{database.stem}-jobs{database.suffix}")


def claim_file(file: Path) -> FileLock:
    """Lock the database for this process; the lock ends with the process, also if that is killed.

    Raise DatabaseError if the folder can't be written to or another process has the lock.
    """
    lock_file = file.with_name(file.name + ".lock")
    lock = FileLock(lock_file)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            # Also raised where no file can be made, as in /proc: then there is none to open.
            with lock_file.open("rb+"):
                pass
            message = f"another coach is already running on {file}: stop it first"
            raise DatabaseError(message) from None
    except OSError as error:
        raise DatabaseError(f"can't write to {file.parent}: {error.strerror}") from None
    return lock
