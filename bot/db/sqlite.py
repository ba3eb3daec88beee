"""The database as an SQLite file, which one process uses, with one writer at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar, cast

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection as SyncConnection

from bot.db.engine import Connection, Database, DatabaseError, Work, is_away
from bot.db.group_commit import GroupCommit
from bot.db.keeper import TO_OVERWRITE, Keeper
from bot.db.threaded import DirectConnection, ThreadedConnection, in_thread, run
from bot.db.upkeep import Upkeep

T = TypeVar("T")

READERS = 8
BEGIN = "bandcoach_begin"
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "busy_timeout = 5000",
)


class SqliteDatabase(Database):
    """An SQLite database whose writers queue in a lock: SQLite's own busy handler polls.

    What is to be written while a transaction is under way is written together, in the next one.
    """

    is_shared = False

    def __init__(self, file: Path) -> None:
        """Raise DatabaseError if the file can't be opened."""
        engine = create_engine(
            f"sqlite:///{file}",
            hide_parameters=True,
            pool_size=READERS + 2,  # those of `read`, one that queries and one that writes
            max_overflow=0,
            connect_args={"check_same_thread": False},
        )
        prepare(engine)
        self._engine = engine
        self._reader = engine.execution_options(**{BEGIN: "BEGIN"})
        self._writer = engine.execution_options(**{BEGIN: "BEGIN IMMEDIATE"})
        self._readers = ThreadPoolExecutor(READERS, "sqlite-reader")
        self._reading = asyncio.Semaphore(READERS)  # a thread that waits keeps others from closing
        self._thread = ThreadPoolExecutor(1, "sqlite")
        self._queries: GroupCommit[Work[Any], Any] = GroupCommit(self._query)
        self._transactions: GroupCommit[Work[Any], Any] = GroupCommit(self._transact)
        self._writing = asyncio.Lock()
        self._keeper = Keeper(file)
        self._upkeep = Upkeep(self._keeper, self._writing)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        self._keeper.check()
        async with self._reading, _connected(self._engine, self._readers) as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        self._keeper.check()
        async with self._reading, _connected(self._reader, self._readers) as connection:
            yield connection

    @asynccontextmanager
    async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:  # noqa: ARG002
        async with self._writes(), _connected(self._writer, self._thread) as connection:
            yield connection

    @asynccontextmanager
    async def erase(self, runner: int) -> AsyncIterator[Connection]:
        async with self.write(runner) as connection:
            yield connection
            await connection.exec_driver_sql(f"PRAGMA user_version = {TO_OVERWRITE}")

    async def query(self, work: Work[T]) -> T:
        return cast(T, await self._queries.put(work))

    async def transact(self, work: Work[T], runner: int | None = None) -> T:  # noqa: ARG002
        return cast(T, await self._transactions.put(work))

    async def _query(self, works: Sequence[Work[Any]]) -> Sequence[Any]:
        self._keeper.check()
        return await in_thread(self._thread, lambda: _results(self._engine, works))

    async def _transact(self, works: Sequence[Work[Any]]) -> Sequence[Any]:
        async with self._writes():
            return await in_thread(self._thread, lambda: _results(self._writer, works))

    @asynccontextmanager
    async def _writes(self) -> AsyncIterator[None]:
        """Keep other writers out."""
        async with self._writing:
            self._keeper.check()
            self._upkeep.is_written()
            yield

    async def overwrite(self) -> bool:
        return await self._upkeep.overwrite_soon()

    async def tend(self) -> None:
        await self._upkeep.run()

    async def close(self) -> None:
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        for executor in (self._readers, self._thread):
            executor.shutdown()
        self._engine.dispose()
        self._keeper.close()


@asynccontextmanager
async def _connected(engine: Engine, executor: Executor) -> AsyncIterator[Connection]:
    """Open a connection; commit at the end, roll back on an exception."""
    opened = ExitStack()  # entered in the thread: a caller may be cancelled meanwhile
    try:
        connection = await in_thread(executor, lambda: opened.enter_context(engine.connect()))
        yield ThreadedConnection(connection, executor)
        await in_thread(executor, connection.commit)
    finally:
        await in_thread(executor, opened.close)


def _results(engine: Engine, works: Sequence[Work[Any]]) -> list[Any]:
    """Return the results in one transaction; if it fails, in one for each, errors among them.

    Where the database can't be used at present, none is tried again: each might wait for its lock.
    """
    try:
        with engine.begin() as connection:
            direct = DirectConnection(connection)
            return [run(work(direct)) for work in works]
    except Exception as error:
        if len(works) == 1 or is_away(error):
            return [error for _ in works]
    return [result for work in works for result in _results(engine, [work])]


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
