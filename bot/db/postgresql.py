"""The database on a PostgreSQL server, which several processes of the coach may share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, NullPool, create_engine, event, func, select

from bot.db.dialects import CHANGES
from bot.db.engine import Connection, Database

if TYPE_CHECKING:
    from sqlalchemy.ext import asyncio as aio

CONNECTIONS = 10  # of one process; PostgreSQL allows 100 unless it is told otherwise
PATIENCE = 10.0  # seconds to wait for a free one
CONNECT: dict[str, Any] = {
    "application_name": "bandcoach",
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
# Lock numbers share one space in a database. Telegram's ids of persons are above zero.
MIGRATION_LOCK = -1
# A process that is frozen in the middle of a transaction keeps its locks no longer than this, in
# milliseconds; less than a lease lasts, so that its successor finds no locked rows.
LONGEST_PAUSE = 5000


class PostgresDatabase(Database):
    """A PostgreSQL database; advisory locks serialize the transactions of each runner."""

    is_shared = True

    def __init__(self, url: URL) -> None:
        self._engine = _engine(url, pool_size=CONNECTIONS, max_overflow=0, pool_timeout=PATIENCE)
        let_go_when_frozen(self._engine.sync_engine)
        self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer = self._engine.execution_options(**{CHANGES: True})
        self._snapshot = self._engine.execution_options(isolation_level="REPEATABLE READ")

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Connection]:
        async with self._reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[Connection]:
        async with self._snapshot.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:
        async with self._writer.begin() as connection:
            if runner is not None:
                await connection.execute(select(func.pg_advisory_xact_lock(runner)))
            yield connection

    @asynccontextmanager
    async def erase(self, runner: int) -> AsyncIterator[Connection]:
        async with self.write(runner) as connection:
            yield connection

    async def overwrite(self) -> bool:
        """Return True: the server's VACUUM does the work, which its host configures."""
        return True

    async def tend(self) -> None:
        """Return at once: the server maintains itself."""

    async def close(self) -> None:
        await self._engine.dispose()


def let_go_when_frozen(engine: Engine) -> None:
    """Limit on new connections how long a transaction may be idle.

    The limit is not an option of the address, where a host may have set options.
    """
    event.listen(engine, "connect", _limit_pauses)


def _limit_pauses(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute(f"SET idle_in_transaction_session_timeout = {LONGEST_PAUSE}")
    cursor.close()
    connection.commit()


def lone(url: URL) -> "aio.AsyncEngine":
    """Return an engine for a connection outside the pool; each statement is a transaction."""
    return _engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")


def _engine(url: URL, **options: Any) -> "aio.AsyncEngine":
    # Imported here: it takes 6 MB, as it imports the ORM, and SQLite needs neither.
    from sqlalchemy.ext import asyncio as aio

    return aio.create_async_engine(url, hide_parameters=True, connect_args=CONNECT, **options)


def writer(url: URL) -> Engine:
    """Return an engine that writes without an event loop."""
    return create_engine(url, hide_parameters=True, connect_args=CONNECT)
