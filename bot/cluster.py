"""The processes of one coach: one of them leads, and each hears what the others tell.

On SQLite there is one process, which leads. On PostgreSQL whoever holds a lock of the server's
leads: it wakes slots, leads sessions by the clock, and polls where no webhook is set. If it dies
the server gives up its lock, and another takes it within a second or two. Two may lead for a
moment, when a connection breaks and only one end knows; the rows decide then.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import URL, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.background import in_the_background
from bot.db.engine import Database
from bot.db.postgresql import CONNECT, LEADER_LOCK

if TYPE_CHECKING:
    from psycopg import AsyncConnection

log = logging.getLogger(__name__)

CHANNEL = "bandcoach"
LOOK_EVERY = 1.0
AFTER_FAILURE = 1.0
# How soon the server notices that a leader's machine is gone, in seconds.
WATCH = "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3"

Hear = Mapping["News", Callable[[], None]]
Duties = Callable[[], AbstractAsyncContextManager[None]]


class News(StrEnum):
    """What a process tells the others."""

    SLOTS = "slots"  # the schedule table has changed
    DUE = "due"  # there is something to send
    CLOCK = "clock"  # a session has a new moment


class Cluster(Protocol):
    """`leads`: whether this process does the duties. `in_touch`: whether it or another does."""

    leads: bool
    in_touch: bool

    def tell(self, news: News) -> None:
        """Tells the others, soon."""

    def member(self, duties: Duties, hear: Hear) -> AbstractAsyncContextManager[None]:
        """Until the block is left: the duties are done while this process leads."""


class Alone:
    """The only process there is."""

    leads = True
    in_touch = True

    def tell(self, news: News) -> None:
        """Nobody listens."""

    @asynccontextmanager
    async def member(self, duties: Duties, hear: Hear) -> AsyncIterator[None]:  # noqa: ARG002
        async with duties():
            yield


class Shared:
    """One of several processes on a PostgreSQL database, by a connection of its own."""

    def __init__(self, url: URL, db: Database) -> None:
        self._url = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._db = db
        self._news: set[News] = set()
        self._telling: asyncio.Task[None] | None = None
        self._met = asyncio.Event()  # it is known who leads, or that nobody can be asked
        self.leads = False
        self.in_touch = False

    def tell(self, news: News) -> None:
        self._news.add(news)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self._news:
            news = self._news.pop()
            try:
                async with self._db.read() as connection:
                    await connection.execute(select(func.pg_notify(CHANNEL, news.value)))
            except SQLAlchemyError as error:  # who can't be told looks for itself, a little later
                log.warning("the others could not be told: %s", type(error).__name__)

    @asynccontextmanager
    async def member(self, duties: Duties, hear: Hear) -> AsyncIterator[None]:
        try:
            async with in_the_background(self._run(duties, hear)):
                await self._met.wait()
                yield
        finally:
            if self._telling is not None:
                await self._telling

    async def _run(self, duties: Duties, hear: Hear) -> None:
        """Until cancelled; a connection that breaks is made anew."""
        from psycopg import AsyncConnection, Error

        while True:
            try:
                async with await AsyncConnection.connect(
                    self._url, autocommit=True, **CONNECT
                ) as connection:
                    await connection.execute(WATCH)
                    await connection.execute(f"LISTEN {CHANNEL}".encode())
                    self.in_touch = True
                    for news in News:  # it may have been told while nobody listened
                        hear[news]()
                    await self._follow(connection, hear)
                    await self._lead(connection, duties, hear)
            except (Error, SQLAlchemyError) as error:
                log.warning("out of touch with the database: %s", type(error).__name__)
            except Exception:
                log.exception("what the leader does could not go on; again in a moment")
            finally:
                self._met.set()
                self.in_touch = False
            await asyncio.sleep(AFTER_FAILURE)

    async def _follow(self, connection: "AsyncConnection", hear: Hear) -> None:
        """Until nobody leads."""
        while True:
            found = await connection.execute("SELECT pg_try_advisory_lock(%s)", [LEADER_LOCK])
            if await found.fetchone() == (True,):
                return
            self._met.set()
            await self._listen(connection, hear)

    async def _lead(self, connection: "AsyncConnection", duties: Duties, hear: Hear) -> None:
        """Until the connection, and the lock with it, is lost."""
        log.info("this process leads")
        self.leads = True
        try:
            async with duties():
                self._met.set()
                while True:
                    await self._listen(connection, hear)
                    await connection.execute("SELECT 1")
        finally:
            self.leads = False

    async def _listen(self, connection: "AsyncConnection", hear: Hear) -> None:
        async for told in connection.notifies(timeout=LOOK_EVERY):
            with suppress(ValueError):  # of a newer version
                hear[News(told.payload)]()
