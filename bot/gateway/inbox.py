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

    `observe` is given the kind of each update and the seconds from its arrival to its end.

    `surplus` tells a person that an update was dropped because too many of theirs wait, and
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
        self._waiting_chats: set[int] = set()  # that know that the database is away
        self._lost: set[int] = set()  # claimed by another process
        self._renewed_at = 0.0
        self._can_store = True
        self._is_closed = False

    def __len__(self) -> int:
        """How many updates are under way, or wait for their chat."""
        return len(self._under_way)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Handle updates until the block is left.

        Then nothing more is stored. What is under way has `SHUTDOWN_SECONDS` to finish; the rest is
        left to the next process.
        """
        try:
            async with in_the_background(self._sweep()):
                yield
        finally:
            self._is_closed = True
            await self.wait_until_idle(SHUTDOWN_SECONDS)
            await self._give_up()

    async def take_over(self) -> None:
        """Begin with what an earlier process left; call this before anything is stored."""
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
        """Whether too many are under way to store more."""
        return len(self._under_way) >= MOST_UNDER_WAY

    def not_handled(self, update: Update) -> None:
        """Handle this update again, for the database was away."""
        self._unhandled.add(update.update_id)

    async def wait_until_idle(self, seconds: float | None = None) -> None:
        """Wait until no update is being stored or under way, for so many seconds at most."""
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
        """Cancel what is under way, and leave it to another process."""
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
        """Store and begin, so that updates are handled even if the caller was cancelled.

        What is stored once the inbox has closed is left to the next process.
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
        """Store one update; drop one that can't be stored, so that it holds up no other."""
        try:
            return (await inbox.store(self._db, [[arrival]], self._holder, self._now()))[0][0]
        except Exception as error:
            if is_away(error):
                raise
            log.error("update %d can't be stored (%s)", arrival.update_id, type(error).__name__)
            return Fate.KNOWN

    def _begin(self, arrival: Arrival) -> None:
        """Begin to handle an update, unless it is under way.

        One that was stored before may not be under way: the answer to the commit was lost, say.
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
        """The update as an object; None if the library does not know its kind."""
        try:
            return update_of(arrival, self._app.bot)
        except Exception as error:
            kind = type(error).__name__
            log.error("update %d can't be read (%s) and is left out", arrival.update_id, kind)
            return None

    async def _in_order(self, arrival: Arrival, update: Update, begun: float) -> bool:
        """Handle an update after those before it in its chat; False if another process has it.

        While it is tried again, later updates of the chat wait.
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
        """Whether no other process can have claimed it while this one was frozen."""
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
        """Renew what is held, and claim what others left."""
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
        """Renew what is under way, and note what others have claimed meanwhile."""
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
