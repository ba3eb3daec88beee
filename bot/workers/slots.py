"""What the job store calls: a slot wakes and its reminders are claimed; calendar and table agree.

The job store names `wake_slot` by text, so it finds the running coach through this module.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import time

from bot.coach import Coach
from bot.db.engine import AwayError
from bot.domain.schedule import Slot, due_on
from bot.services import reminders, schedule
from bot.workers.cluster import Cluster, News, NotLeadingError

log = logging.getLogger(__name__)

RECONCILE_EVERY = 60.0
AFTER_FAILURE = 15.0
SLOTS = "slots"  # the name of this loop

_listening: list["Slots"] = []


class Slots:
    """Keeps the calendar in step with the schedule table, and claims what is due when one wakes."""

    def __init__(self, coach: Coach, cluster: Cluster, claimed: Callable[[], None]) -> None:
        """`claimed` is called when there is something to send."""
        self._coach = coach
        self._cluster = cluster
        self._claimed = claimed
        self._poked = asyncio.Event()
        self._behind = True
        self._fails = False

    async def run(self) -> None:
        """Until cancelled. A failure (a full disk, say) is logged and tried again."""
        self._behind = True
        _listening.append(self)
        try:
            while True:
                self._poked.clear()
                self._cluster.progress.expect(SLOTS)
                sleep = await self._keep()
                self._cluster.progress.rest(SLOTS)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._poked.wait(), sleep)
        finally:
            self._cluster.progress.rest(SLOTS)
            _listening.remove(self)
            self._coach.calendar.stop()

    def poke(self) -> None:
        """The schedule table has changed elsewhere, or the job store is in trouble."""
        self._poked.set()

    def catch_up(self) -> None:
        """A wake has come to nothing: slots whose moment has come are claimed again."""
        self._behind = True
        self._poked.set()

    async def _keep(self) -> float:
        """Returns for how many seconds that is enough.

        While the calendar can't be kept, what is due by the schedule table is claimed without it.
        A failure that lasts is logged once.
        """
        try:
            if self._fails:
                await self._catch_up()
            await self._index()
        except AwayError:  # which the database has logged
            return AFTER_FAILURE
        except Exception:
            if self._fails:
                return AFTER_FAILURE
            log.exception("the calendar could not be kept; again every %d s", AFTER_FAILURE)
            self._fails = True
            return 0.0
        if self._fails:
            log.warning("the calendar is kept again")
            self._fails = False
        return RECONCILE_EVERY

    async def _index(self) -> None:
        """The calendar runs and agrees with the schedule table; what it may have missed is
        claimed."""
        calendar = self._coach.calendar
        if not calendar.is_running:
            calendar.start(self.poke)
        if self._behind:
            await self._catch_up()
            self._behind = False
        await self.reconcile()
        if calendar.has_lost_jobs:
            await self._catch_up()
            calendar.has_lost_jobs = False

    async def _catch_up(self) -> None:
        """A kill between the wake's bookkeeping and the wake loses it; claiming again is safe."""
        now = self._coach.now()
        for slot in await schedule.used_slots(self._coach.db):
            if due_on(slot, now) is not None:
                self._cluster.progress.expect(SLOTS)
                await self.wake(slot)

    async def reconcile(self) -> None:
        """The calendar agrees with the schedule table."""
        self._coach.calendar.reconcile(await schedule.used_slots(self._coach.db))

    async def wake(self, slot: Slot) -> None:
        """Its moment has come, or may have."""
        try:
            claimed = await reminders.wake(self._cluster, slot, self._coach.now())
        except NotLeadingError:  # but the job store has ticked the wake off
            log.info("a slot is left to the process that leads now")
            self._cluster.tell(News.WAKE)
            return
        except Exception:
            log.exception("a slot could not be claimed; again in %d s", AFTER_FAILURE)
            asyncio.get_running_loop().call_later(AFTER_FAILURE, self.catch_up)
            return
        if claimed:
            log.info("%d reminders are due in %s at %s", claimed, slot.zone, slot.at)
        self._claimed()


async def wake_slot(zone: str, at: str) -> None:
    """Called by the job store: the local time `at` (HH:MM) has come in `zone`."""
    for slots in _listening:
        await slots.wake(Slot(zone, time.fromisoformat(at)))
