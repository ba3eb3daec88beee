"""The inbox: updates are stored, then handled in the order of their chat.

An update is confirmed to Telegram once it is stored, so that no chat waits for another and a kill
loses nothing: what was not handled is handled by the next process. A runner may then see a second
answer to the update that was being handled; a tap or a typed word of a session counts once, by the
session's revision or the message's id.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from itertools import chain

from telegram import Update

from bot.db.engine import Database, is_away
from bot.db.group_commit import GroupCommit
from bot.db.inbox import Arrival
from bot.gateway.chat_order import ChatOrder
from bot.gateway.client import App
from bot.gateway.updates import Json, arrival_of, update_of
from bot.runtime.retry import BACK_OFF
from bot.runtime.tasks import SHUTDOWN_SECONDS, in_the_background
from bot.services import inbox
from bot.services.acknowledger import Acknowledger
from bot.services.inbox import Fate

log = logging.getLogger(__name__)

Observe = Callable[[str, float], None]
Notify = Callable[[Update], Awaitable[None]]

MOST_UNDER_WAY = 2000
SWEEP_SECONDS = 2.0
PRUNE_SECONDS = 60.0


class Inbox:
    """Stores updates and handles them.

    `observe` is called with the kind of each update and the seconds from its arrival to its end.
    `surplus` tells a runner that an update was dropped because too many of the chat wait, and
    `postponed` that it can't be handled until the database is back.
    """

    def __init__(
        self,
        app: App,
        db: Database,
        chat_order: ChatOrder,
        now: Callable[[], datetime],
        acknowledger: Acknowledger,
        surplus: Notify,
        postponed: Notify,
        observe: Observe | None = None,
    ) -> None:
        self._app = app
        self._db = db
        self._chat_order = chat_order
        self._now = now
        self._surplus = surplus
        self._postponed = postponed
        self._observe = observe
        self._acknowledger = acknowledger
        self._holder = acknowledger.holder
        self._storing = GroupCommit(self._store)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._notices: set[asyncio.Task[None]] = set()
        self._unhandled: set[int] = set()
        self._waiting_chats: set[int] = set()  # were told that the database is away
        self._lost: set[int] = set()  # claimed by another process
        self._renewed_at = 0.0
        self._can_store = True
        self._is_closed = False

    def __len__(self) -> int:
        """Return the number of updates that are being handled, or wait for their chat."""
        return len(self._under_way)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Return a context in which updates are handled.

        At its end no more are stored. Those being handled have `SHUTDOWN_SECONDS` to finish; the
        others are left to the next process.
        """
        try:
            async with in_the_background(self._sweep()):
                yield
        finally:
            self._is_closed = True
            await self.wait_until_idle(SHUTDOWN_SECONDS)
            await self._give_up()

    async def take_over(self) -> None:
        """Begin to handle what an earlier process left; call this before storing updates."""
        await self._prune()
        await self._claim()

    async def store(self, updates: Sequence[Json]) -> bool:
        """Store updates as Telegram wrote them, and begin to handle them.

        Return False if they could not be stored, so that they must not be confirmed.
        """
        if self._is_closed:
            return False
        arrivals = [arrival_of(update) for update in updates]
        try:
            await self._storing.put(arrivals)
        except Exception as error:
            if self._can_store:
                log.warning("updates can't be stored: %s", type(error).__name__)
            self._can_store = False
            for arrival in arrivals:
                self._postpone(arrival)
            return False
        self._can_store = True
        self._waiting_chats.clear()
        return True

    @property
    def is_full(self) -> bool:
        """Whether too many updates are being handled to store more."""
        return len(self._under_way) >= MOST_UNDER_WAY

    def not_handled(self, update: Update) -> None:
        """Let this update be handled again, because the database was away."""
        self._unhandled.add(update.update_id)

    async def wait_until_idle(self, seconds: float | None = None) -> None:
        """Wait until no update is being stored or handled, for at most `seconds`."""
        loop = asyncio.get_running_loop()
        deadline = None if seconds is None else loop.time() + seconds
        while tasks := self._tasks():
            left = None if deadline is None else deadline - loop.time()
            if left is not None and left <= 0:
                return
            await asyncio.wait(tasks, timeout=left)

    def _tasks(self) -> list[asyncio.Task[None]]:
        storing = [self._storing.worker] if self._storing.worker else []
        return [*storing, *self._under_way.values(), *self._notices]

    async def _give_up(self) -> None:
        """Cancel the handling of updates, and leave them to another process."""
        tasks = [*self._under_way.values(), *self._notices]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)
        try:
            await inbox.release(self._db, self._holder)
        except Exception as error:
            log.warning("the inbox could not be released: %s", type(error).__name__)

    async def _store(self, batches: Sequence[Sequence[Arrival]]) -> Sequence[None]:
        """Store updates and begin to handle them, even if the caller was cancelled.

        Updates that are stored after the inbox has closed are left to the next process.
        """
        try:
            fates = await inbox.store(self._db, batches, self._holder, self._now())
        except Exception as error:
            if is_away(error):
                raise
            fates = [[await self._store_alone(each) for each in batch] for batch in batches]
        for arrival, fate in zip(chain(*batches), chain(*fates), strict=True):
            if self._is_closed:
                continue
            if fate in (Fate.HELD, Fate.OPEN):
                self._begin(arrival)
            elif fate is Fate.SURPLUS:
                self._notify(self._surplus, arrival)
        return [None] * len(batches)

    async def _store_alone(self, arrival: Arrival) -> Fate:
        """Store one update; drop it if it can't be stored, so that it delays no other."""
        try:
            return (await inbox.store(self._db, [[arrival]], self._holder, self._now()))[0][0]
        except Exception as error:
            if is_away(error):
                raise
            log.error("update %d can't be stored (%s)", arrival.update_id, type(error).__name__)
            return Fate.KNOWN

    def _begin(self, arrival: Arrival) -> None:
        """Begin to handle an update, unless that has begun.

        It may not have begun for an update that was stored before, if the answer to the commit was
        lost.
        """
        number = arrival.update_id
        if number in self._under_way:
            return
        task = asyncio.create_task(self._handle(arrival))
        self._under_way[number] = task
        task.add_done_callback(lambda _: self._ended(number))

    def _ended(self, number: int) -> None:
        self._under_way.pop(number, None)
        self._lost.discard(number)
        self._unhandled.discard(number)

    async def _handle(self, arrival: Arrival) -> None:
        begun = asyncio.get_running_loop().time()
        update = self._read(arrival)
        if update is not None and not await self._in_order(arrival, update, begun):
            return
        if self._observe is not None:
            kind = next((name for name in arrival.body if name != "update_id"), "")
            self._observe(kind, asyncio.get_running_loop().time() - begun)
        for delay in BACK_OFF:
            try:
                for claimed in await self._acknowledger.acknowledge(arrival):
                    self._begin(claimed)
                return
            except Exception as error:
                log.warning("what was handled stays in the inbox: %s", type(error).__name__)
                await asyncio.sleep(delay)

    def _read(self, arrival: Arrival) -> Update | None:
        """Return the update as an object; None if the library does not know its kind."""
        try:
            return update_of(arrival, self._app.bot)
        except Exception as error:
            kind = type(error).__name__
            log.error("update %d can't be read (%s) and is left out", arrival.update_id, kind)
            return None

    async def _in_order(self, arrival: Arrival, update: Update, begun: float) -> bool:
        """Handle an update after the earlier ones of its chat; False if another process has it.

        Later updates of the chat wait while it is retried.
        """
        try:
            async with self._chat_order.lock(arrival.chat_id):
                return await self._until_handled(arrival, update, begun)
        except Exception:
            log.exception("an update could not be handled")
            return True

    async def _until_handled(self, arrival: Arrival, update: Update, begun: float) -> bool:
        for delay in BACK_OFF:
            self._unhandled.discard(update.update_id)
            if not await self._is_ours(arrival, begun):
                return False
            with self._acknowledger.handling(arrival):
                await self._app.process_update(update)
            is_handled = update.update_id not in self._unhandled
            if is_handled or self._acknowledger.has_acknowledged(arrival):
                self._waiting_chats.discard(arrival.chat_id)
                return True
            self._postpone(arrival)
            await asyncio.sleep(delay)
        raise AssertionError

    async def _is_ours(self, arrival: Arrival, begun: float) -> bool:
        """Return whether no other process can have claimed the update while this one was frozen."""
        if not self._db.is_shared:
            return True
        now = asyncio.get_running_loop().time()
        try:
            if now > max(begun, self._renewed_at) + inbox.LEASE.total_seconds() - SWEEP_SECONDS:
                await self._renew()
        except Exception as error:
            log.warning("an update is left to others: %s", type(error).__name__)
            return False
        return arrival.update_id not in self._lost

    async def _claim(self) -> None:
        for arrival in await inbox.claim(self._db, self._holder):
            self._begin(arrival)

    async def _sweep(self) -> None:
        """Renew the lease of held updates, and claim those that other processes left."""
        loop = asyncio.get_running_loop()
        pruned_at = loop.time()
        while True:
            try:
                if self._db.is_shared:
                    await self._renew()
                    await self._claim()
                if loop.time() - pruned_at > PRUNE_SECONDS:
                    pruned_at = loop.time()
                    await self._prune()
            except Exception as error:
                log.warning("the inbox is not looked after: %s", type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def _renew(self) -> None:
        """Renew the lease of held updates, and record those that others have claimed."""
        begun = asyncio.get_running_loop().time()
        if under_way := set(self._under_way):
            self._lost |= under_way - await inbox.renew(self._db, self._holder)
            self._renewed_at = begun

    async def _prune(self) -> None:
        if left := await inbox.prune(self._db, self._now()):
            log.warning("%d updates waited for more than a day and are left out", left)

    def _postpone(self, arrival: Arrival) -> None:
        """Tell the runner, once, that the database is away."""
        if arrival.chat_id > 0 and arrival.chat_id not in self._waiting_chats:
            self._waiting_chats.add(arrival.chat_id)
            self._notify(self._postponed, arrival)

    def _notify(self, notify: Notify, arrival: Arrival) -> None:
        update = self._read(arrival)
        if update is None:
            return

        async def work() -> None:
            with suppress(Exception):
                await notify(update)

        task = asyncio.create_task(work())
        self._notices.add(task)
        task.add_done_callback(self._notices.discard)
