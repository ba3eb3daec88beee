"""The processes of one coach: one of them leads, and each hears what the others tell.

On SQLite there is one process, which leads. On PostgreSQL whoever holds the lease leads: it wakes
slots, leads sessions by the clock, and polls where no webhook is set. It renews the lease every
second while its loops go on. A leader that is frozen, paused or hung does not, and ten seconds
later another takes the lease; one that was killed is replaced within a second or two, and one that
is stopped gives the lease back.

A former leader may not know yet that it is one, so it asks before it acts: its transactions lock
the lease, or fail; before it sends or takes what was polled it asks `still_leads`.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import URL, func, select
from sqlalchemy.exc import SQLAlchemyError

from bot.db import lease, postgresql
from bot.db.engine import Connection, Database, Writer
from bot.db.lease import NotLeadingError
from bot.runtime.tasks import Progress, in_the_background

if TYPE_CHECKING:
    from psycopg import AsyncConnection

__all__ = ["Alone", "Cluster", "News", "NotLeadingError", "Shared"]

log = logging.getLogger(__name__)

CHANNEL = "bandcoach"
LOOK_EVERY = 1.0
AFTER_FAILURE = 1.0
RELEASE_SECONDS = 3.0
A_MOMENT = 0.05
# How soon the server notices that a leader's machine is gone, in seconds.
WATCH = "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3"

Hear = Mapping["News", Callable[[], None]]
Duties = Callable[[], AbstractAsyncContextManager[None]]


class News(StrEnum):
    """What a process tells the others."""

    SLOTS = "slots"  # the schedule table has changed
    DUE = "due"  # there is something to send
    CLOCK = "clock"  # a session has a new moment
    WAKE = "wake"  # a former leader has ticked off a slot's wake without claiming anything


class Cluster(Writer, Protocol):
    """`leads`: whether this process does the duties, as far as it knows. `progress`: of the loops
    that do them. `in_doubt`: for how many seconds what another process has done may be unknown.
    """

    leads: bool
    progress: Progress
    in_doubt: float

    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """A transaction of the leader's. Raises NotLeadingError."""

    async def still_leads(self) -> bool:
        """Whether this process leads, as the database has it at this moment."""

    async def is_led(self) -> bool:
        """Whether this process or another leads, as the database has it."""

    def tell(self, news: News) -> None:
        """Tells the others, soon."""

    def member(self, duties: Duties, hear: Hear) -> AbstractAsyncContextManager[None]:
        """Until the block is left: the duties are done while this process leads."""


class Alone:
    """The only process there is."""

    leads = True
    in_doubt = 0.0

    def __init__(self, db: Database) -> None:
        self._db = db
        self.progress = Progress()

    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        return self._db.write(runner)

    async def still_leads(self) -> bool:
        return True

    async def is_led(self) -> bool:
        return True

    def tell(self, news: News) -> None:
        """Nobody listens."""

    @asynccontextmanager
    async def member(self, duties: Duties, hear: Hear) -> AsyncIterator[None]:  # noqa: ARG002
        async with duties():
            yield


class Shared:
    """One of several processes on a PostgreSQL database, by a connection of its own."""

    in_doubt = 1.0

    def __init__(self, url: URL, db: Database) -> None:
        self._url = url
        self._db = db
        self._news: set[News] = set()
        self._telling: asyncio.Task[None] | None = None
        self._met = asyncio.Event()  # it is known who leads, or that nobody can be asked
        self._term = ""  # what the lease is held by while this process leads
        self._question = Question(self._ask)
        self.leads = False
        self.progress = Progress()

    @asynccontextmanager
    async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:
        async with self._db.write(runner) as connection:
            await lease.hold(connection, self._term)
            yield connection

    async def still_leads(self) -> bool:
        return self.leads and await self._question.answer()

    async def _ask(self) -> bool:
        """Who can't ask does not act."""
        try:
            async with self._db.read() as connection:
                return await lease.is_held(connection, self._term)
        except SQLAlchemyError as error:
            log.warning("the lease can't be looked at: %s", type(error).__name__)
            return False

    async def is_led(self) -> bool:
        async with self._db.read() as connection:
            return await lease.seconds_left(connection) > 0

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
        from psycopg import Error

        engine = postgresql.lone(self._url)
        while True:
            try:
                async with engine.connect() as connection:
                    line: AsyncConnection
                    line = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
                    await line.execute(WATCH)
                    await line.execute(f"LISTEN {CHANNEL}".encode())
                    for news in News:  # it may have been told while nobody listened
                        hear[news]()
                    while True:
                        await self._follow(connection, line, hear)
                        await self._lead(connection, line, duties, hear)
            except (Error, SQLAlchemyError, TimeoutError) as error:
                log.warning("out of touch with the database: %s", type(error).__name__)
            except NotLeadingError:
                log.warning("the lease was lost at once")
            except Exception:
                log.exception("what the leader does could not go on; again in a moment")
            finally:
                self._met.set()
            await asyncio.sleep(AFTER_FAILURE)

    async def _follow(self, connection: Connection, line: "AsyncConnection", hear: Hear) -> None:
        """Until the lease is taken."""
        term = secrets.token_hex(8)
        while True:
            left = await lease.seconds_left(connection)
            free = not left and not self.progress.hung()
            if free and await lease.take(connection, term):
                self._term = term
                return
            self._met.set()
            await _listen(line, hear, min(LOOK_EVERY, left + A_MOMENT))

    async def _lead(
        self, connection: Connection, line: "AsyncConnection", duties: Duties, hear: Hear
    ) -> None:
        """Until the lease is lost, or the connection. The lease is given back when all is done."""
        log.info("this process leads")
        self.leads = True
        try:
            async with duties():
                self._met.set()
                await self._keep(connection, line, hear)
                await self._give_up()  # nothing more may be sent on the way out
        finally:
            await self._give_up()

    async def _keep(self, connection: Connection, line: "AsyncConnection", hear: Hear) -> None:
        """Renews the lease until it is broken, or until a loop hangs."""
        while True:
            await _listen(line, hear, LOOK_EVERY)
            async with asyncio.timeout(lease.LASTS.total_seconds()):
                if not await lease.renew(connection, self._term):
                    log.warning("this process leads no more: its lease was broken")
                    return
            if hung := self.progress.hung():
                log.error("this process leads no more: no progress of %s", ", ".join(hung))
                return

    async def _give_up(self) -> None:
        self.leads = False
        term, self._term = self._term, ""
        if not term:
            return
        try:
            async with asyncio.timeout(RELEASE_SECONDS), self._db.write() as connection:
                await lease.release(connection, term)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("the lease could not be given back: %s", type(error).__name__)


class Question:
    """Put by many at once; a question that was put after they came is answered to all of them."""

    def __init__(self, ask: Callable[[], Awaitable[bool]]) -> None:
        self._ask = ask
        self._asking = asyncio.Lock()
        self._begun = self._answered = 0
        self._answer = False

    async def answer(self) -> bool:
        came = self._begun
        async with self._asking:
            if self._answered <= came:
                self._begun += 1
                self._answer = await self._ask()
                self._answered = self._begun
            return self._answer


async def _listen(line: "AsyncConnection", hear: Hear, seconds: float) -> None:
    async for told in line.notifies(timeout=seconds):
        with suppress(ValueError):  # of a newer version
            hear[News(told.payload)]()
