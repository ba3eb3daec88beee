"""The processes of one coach: one of them leads, and each notifies the others.

On SQLite there is one process, which leads. On PostgreSQL the process that holds the lease leads:
it wakes slots, leads sessions by the clock, and polls where no webhook is set. It renews the lease
every second while its loops make progress. A leader that is frozen, paused or hung does not, and
ten seconds later another takes the lease; one that was killed is replaced within a second or two,
and one that is stopped gives the lease back.

A former leader may not know yet that it is one, so it asks before it acts: its transactions lock
the lease, or fail; before it sends a cue or takes what was polled it calls `still_leads`.
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

__all__ = ["Alone", "Cluster", "NotLeadingError", "Notification", "Shared", "notify_leader"]

log = logging.getLogger(__name__)

CHANNEL = "bandcoach"
RENEW_EVERY = 1.0
RECONNECT_AFTER = 1.0
RELEASE_SECONDS = 3.0
A_MOMENT = 0.05
# How soon the server notices that a leader's machine is gone, in seconds.
KEEPALIVES = (
    "SET tcp_keepalives_idle = 3; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3"
)

Duties = Callable[[], AbstractAsyncContextManager[None]]


class Notification(StrEnum):
    """What a process notifies the others of."""

    SCHEDULE = "slots"  # the schedule table has changed
    OUTBOX_DUE = "due"  # there is something to send
    NEXT_CUE = "clock"  # a session has a new deadline
    MISSED_WAKE = "wake"  # a former leader has deleted a slot's wake without claiming anything


Listeners = Mapping[Notification, Callable[[], None]]


class Cluster(Writer, Protocol):
    """The processes of the coach, as seen by one of them.

    `leads`: whether this process leads, as far as it knows. `progress` is that of its loops.
    `in_doubt`: for how many seconds the effects of another process may not be visible yet.
    """

    leads: bool
    progress: Progress
    in_doubt: float

    def write(self, runner: int | None = None) -> AbstractAsyncContextManager[Connection]:
        """Begin a transaction of the leader; raise NotLeadingError in another process."""

    async def still_leads(self) -> bool:
        """Return whether this process leads, according to the database."""

    async def is_led(self) -> bool:
        """Return whether any process leads, according to the database."""

    def notify(self, notification: Notification) -> None:
        """Notify the other processes, without waiting for it."""

    def member(self, duties: Duties, listeners: Listeners) -> AbstractAsyncContextManager[None]:
        """Return a context in which this process takes part; it does `duties` while it leads."""


def notify_leader(cluster: Cluster, notification: Notification) -> None:
    """Notify the other processes, unless this one leads."""
    if not cluster.leads:
        cluster.notify(notification)


class Alone:
    """The only process of a coach."""

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

    def notify(self, notification: Notification) -> None:
        """Do nothing: there is no other process."""

    @asynccontextmanager
    async def member(
        self,
        duties: Duties,
        listeners: Listeners,  # noqa: ARG002
    ) -> AsyncIterator[None]:
        async with duties():
            yield


class Shared:
    """One of several processes that share a PostgreSQL database, with its own connection."""

    in_doubt = 1.0

    def __init__(self, url: URL, db: Database) -> None:
        self._url = url
        self._db = db
        self._notifications: set[Notification] = set()
        self._notifying: asyncio.Task[None] | None = None
        self._leader_is_known = asyncio.Event()  # or the database was found to be away
        self._term = ""  # the holder of the lease while this process leads
        self._lease_check = Coalesced(self._holds_lease)
        self.leads = False
        self.progress = Progress()

    @asynccontextmanager
    async def write(self, runner: int | None = None) -> AsyncIterator[Connection]:
        async with self._db.write(runner) as connection:
            await lease.hold(connection, self._term)
            yield connection

    async def still_leads(self) -> bool:
        return self.leads and await self._lease_check.call()

    async def _holds_lease(self) -> bool:
        """Return whether the database says so; False if it is away."""
        try:
            async with self._db.read() as connection:
                return await lease.is_held(connection, self._term)
        except SQLAlchemyError as error:
            log.warning("the lease can't be looked at: %s", type(error).__name__)
            return False

    async def is_led(self) -> bool:
        async with self._db.read() as connection:
            return await lease.seconds_left(connection) > 0

    def notify(self, notification: Notification) -> None:
        self._notifications.add(notification)
        if self._notifying is None or self._notifying.done():
            self._notifying = asyncio.create_task(self._notify())

    async def _notify(self) -> None:
        """Send the notifications; a process that misses one finds the change a little later."""
        while self._notifications:
            notification = self._notifications.pop()
            try:
                async with self._db.read() as connection:
                    await connection.execute(select(func.pg_notify(CHANNEL, notification.value)))
            except SQLAlchemyError as error:
                log.warning("the others could not be told: %s", type(error).__name__)

    @asynccontextmanager
    async def member(self, duties: Duties, listeners: Listeners) -> AsyncIterator[None]:
        try:
            async with in_the_background(self._run(duties, listeners)):
                await self._leader_is_known.wait()
                yield
        finally:
            if self._notifying is not None:
                await self._notifying

    async def _run(self, duties: Duties, listeners: Listeners) -> None:
        """Follow or lead until cancelled; reconnect after a lost connection."""
        from psycopg import Error

        engine = postgresql.lone(self._url)
        while True:
            try:
                async with engine.connect() as connection:
                    driver: AsyncConnection
                    driver = (await connection.get_raw_connection()).driver_connection  # type: ignore[assignment]
                    await driver.execute(KEEPALIVES)
                    await driver.execute(f"LISTEN {CHANNEL}".encode())
                    for listener in listeners.values():  # some notifications may have been missed
                        listener()
                    while True:
                        await self._follow(connection, driver, listeners)
                        await self._lead(connection, driver, duties, listeners)
            except (Error, SQLAlchemyError, TimeoutError) as error:
                log.warning("out of touch with the database: %s", type(error).__name__)
            except NotLeadingError:
                log.warning("the lease was lost at once")
            except Exception:
                log.exception("what the leader does could not go on; again in a moment")
            finally:
                self._leader_is_known.set()
            await asyncio.sleep(RECONNECT_AFTER)

    async def _follow(
        self, connection: Connection, driver: "AsyncConnection", listeners: Listeners
    ) -> None:
        """Wait until this process gets the lease."""
        term = secrets.token_hex(8)
        while True:
            left = await lease.seconds_left(connection)
            is_free = not left and not self.progress.hung()
            if is_free and await lease.take(connection, term):
                self._term = term
                return
            self._leader_is_known.set()
            await _listen(driver, listeners, min(RENEW_EVERY, left + A_MOMENT))

    async def _lead(
        self,
        connection: Connection,
        driver: "AsyncConnection",
        duties: Duties,
        listeners: Listeners,
    ) -> None:
        """Lead until the lease or the connection is lost, then release the lease."""
        log.info("this process leads")
        self.leads = True
        try:
            async with duties():
                self._leader_is_known.set()
                await self._renew(connection, driver, listeners)
                await self._release()  # nothing more may be sent while the duties end
        finally:
            await self._release()

    async def _renew(
        self, connection: Connection, driver: "AsyncConnection", listeners: Listeners
    ) -> None:
        """Renew the lease until another process has taken it, or until a loop hangs."""
        while True:
            await _listen(driver, listeners, RENEW_EVERY)
            async with asyncio.timeout(lease.LASTS.total_seconds()):
                if not await lease.renew(connection, self._term):
                    log.warning("this process leads no more: its lease was broken")
                    return
            if hung := self.progress.hung():
                log.error("this process leads no more: no progress of %s", ", ".join(hung))
                return

    async def _release(self) -> None:
        self.leads = False
        term, self._term = self._term, ""
        if not term:
            return
        try:
            async with asyncio.timeout(RELEASE_SECONDS), self._db.write() as connection:
                await lease.release(connection, term)
        except (SQLAlchemyError, TimeoutError) as error:
            log.warning("the lease could not be given back: %s", type(error).__name__)


class Coalesced:
    """Makes one call for many callers; each gets the result of a call that began after its own."""

    def __init__(self, function: Callable[[], Awaitable[bool]]) -> None:
        self._function = function
        self._calling = asyncio.Lock()
        self._begun = self._ended = 0
        self._result = False

    async def call(self) -> bool:
        begun_before = self._begun
        async with self._calling:
            if self._ended <= begun_before:
                self._begun += 1
                self._result = await self._function()
                self._ended = self._begun
            return self._result


async def _listen(driver: "AsyncConnection", listeners: Listeners, seconds: float) -> None:
    async for notification in driver.notifies(timeout=seconds):
        with suppress(ValueError):  # of a newer version
            listeners[Notification(notification.payload)]()
