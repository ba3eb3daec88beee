"""The database: opened once per process, migrated at start, read and written in transactions."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event, inspect
from sqlalchemy.engine import Connection as SyncConnection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Connection = AsyncConnection
MIGRATIONS = Path(__file__).parent / "migrations"


class DatabaseError(Exception):
    """The database can't be used; its text is one line that says why and what to do."""


# Of SQLite: busy, locked, read-only, I/O error, full, can't open; the rest are faults of ours.
AWAY = frozenset({5, 6, 8, 10, 13, 14})


def is_away(error: BaseException) -> bool:
    """Whether the database could not be used just now, so that trying again may help."""
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return isinstance(error, OperationalError) and code & 0xFF in AWAY


class Database:
    """SQLite through aiosqlite: readers side by side, writers one after another."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writer = engine.execution_options(**{WRITES: True})
        self._writing = asyncio.Lock()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        async with self._engine.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Connection]:
        """One transaction, committed at the end, rolled back on an exception.

        Writers queue here rather than in SQLite's busy handler, which polls.
        """
        async with self._writing, self._writer.begin() as connection:
            yield connection

    async def sweep(self) -> None:
        """What was erased goes from the write-ahead log, too."""
        async with self._writing, self._engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        await self._engine.dispose()


WRITES = "bandcoach_writes"


def _prepare(engine: Engine) -> None:
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)


def _set_up(connection: Any, _record: object) -> None:
    """Per connection: SQLAlchemy begins transactions, not the driver; keys are enforced."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = FAST",
        "busy_timeout = 5000",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: SyncConnection) -> None:
    """A writer takes the lock at once: a deferred BEGIN that reads first is refused later.

    A reader needs no transaction; each of its statements sees what was committed before.
    """
    if connection.get_execution_options().get(WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def open_database(file: Path) -> Database:
    """The database in this file; `migrate` has made or brought it up to date before."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{file}", hide_parameters=True)
    _prepare(engine.sync_engine)
    return Database(engine)


def claim_file(file: Path) -> FileLock:
    """Keeps a second process off the database; released when the process ends, however it ends.

    Raises DatabaseError if the folder can't be written to or another process has the database.
    """
    lock = FileLock(file.with_name(file.name + ".lock"))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise DatabaseError(f"another coach is already running on {file}: stop it first") from None
    except OSError as error:
        raise DatabaseError(f"can't write to {file.parent}: {error.strerror}") from None
    return lock


def migrate(file: Path) -> None:
    """Makes the database or brings it up to date, all or nothing; raises DatabaseError."""
    engine = create_engine(f"sqlite:///{file}", hide_parameters=True)
    _prepare(engine)
    try:
        with engine.connect().execution_options(**{WRITES: True}) as connection:
            current = _revision(connection)
            if current != newest_revision():
                _upgrade(connection, file, current)
            else:  # a database that can't be written to is told now, not at the first tap
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num")
            connection.commit()
    except DBAPIError as error:
        raise DatabaseError(f"can't use the database {file}: {error.orig}") from None
    finally:
        engine.dispose()


def newest_revision() -> str:
    """The revision that this version of the coach works with; migrations are numbered."""
    return max(path.stem.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))


def _revision(connection: SyncConnection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _upgrade(connection: SyncConnection, file: Path, current: str | None) -> None:
    # Imported here: it takes 0.2 s, and most starts find the database up to date.
    from alembic import command
    from alembic.config import Config

    if current is not None and current > newest_revision():
        raise DatabaseError(f"{file} was made by a newer version of the coach: update it")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
