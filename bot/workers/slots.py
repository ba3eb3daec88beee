"""Keeping the calendar in step with the schedule table, and claiming the reminders of a slot."""

import asyncio
import logging
from datetime import time

from bot.coach import Coach
from bot.domain.schedule import Slot, due_on
from bot.services import reminders, schedule
from bot.workers.base import Loop
from bot.workers.cluster import Cluster, Notification, NotLeadingError

log = logging.getLogger(__name__)

RECONCILE_EVERY = 60.0
CLAIM_AGAIN_AFTER = 15.0

_running: list["Slots"] = []


async def wake_slot(zone: str, local_time: str) -> None:
    """Wake the slot; the job store calls this when it is the local time (HH:MM) in the zone.

    Jobs name this function by text, so it finds the running `Slots` in a module variable.
    """
    for slots in _running:
        await slots.wake(Slot(zone, time.fromisoformat(local_time)))


class Slots:
    """Keeps the calendar in step with the schedule table, and claims what is due."""

    def __init__(self, coach: Coach, cluster: Cluster) -> None:
        self._coach = coach
        self._cluster = cluster
        self._wake = asyncio.Event()
        self._has_missed = True  # slots may have come due before
        failure = "the calendar could not be kept"
        self._loop = Loop("slots", self._keep, self._wake, cluster.progress, failure)

    async def run(self) -> None:
        """Keep the calendar until cancelled."""
        self._has_missed = True
        _running.append(self)
        try:
            await self._loop.run()
        finally:
            _running.remove(self)
            self._coach.calendar.stop()

    def reconcile_soon(self) -> None:
        """Reconcile now: the schedule table was changed elsewhere, or the job store has failed."""
        self._wake.set()

    def claim_soon(self) -> None:
        """Claim now for all slots that are due, in case an earlier wake has claimed nothing."""
        self._has_missed = True
        self._wake.set()

    async def _keep(self) -> float:
        """Reconcile the calendar; while that fails, claim by the schedule table alone."""
        if self._loop.is_failing:
            await self._claim_missed()
        calendar = self._coach.calendar
        if not calendar.is_running:
            calendar.start(self.reconcile_soon)
        if self._has_missed:
            await self._claim_missed()
            self._has_missed = False
        await self.reconcile()
        if calendar.has_lost_jobs:
            await self._claim_missed()
            calendar.has_lost_jobs = False
        return RECONCILE_EVERY

    async def _claim_missed(self) -> None:
        """Claim for every slot that is due; reminders are claimed only once.

        The job store deletes a wake before it is handled, so a kill loses it.
        """
        now = self._coach.now()
        for slot in await schedule.used_slots(self._coach.db):
            if due_on(slot, now) is not None:
                self._loop.expect()
                await self.wake(slot)

    async def reconcile(self) -> None:
        """Make the calendar agree with the schedule table."""
        self._coach.calendar.reconcile(await schedule.used_slots(self._coach.db))

    async def wake(self, slot: Slot) -> None:
        """Claim the slot's reminders if its moment has come."""
        try:
            claimed = await reminders.claim(self._cluster, slot, self._coach.now())
        except NotLeadingError:  # but the job store has deleted the wake
            log.info("a slot is left to the process that leads now")
            self._cluster.notify(Notification.MISSED_WAKE)
            return
        except Exception:
            log.exception("a slot could not be claimed; again in %d s", CLAIM_AGAIN_AFTER)
            asyncio.get_running_loop().call_later(CLAIM_AGAIN_AFTER, self.claim_soon)
            return
        if claimed:
            log.info("%d reminders are due in %s at %s", claimed, slot.zone, slot.at)
        self._coach.outbox_due.set()
        self._cluster.notify(Notification.OUTBOX_DUE)
