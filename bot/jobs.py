"""What happens by itself: a slot wakes, due reminders go out, calendar and table are kept in step.

The job store names `wake_slot` by text, so it finds the running coach through this module.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import time

from bot.coach import Coach
from bot.domain.reminder import State
from bot.domain.schedule import Slot, due_on
from bot.domain.settled import Settled
from bot.messenger import Delivery, Sent
from bot.services import mornings, reminders, schedule
from bot.services.reminders import Outgoing
from bot.views import hurt as hurt_views
from bot.views import reminders as views
from bot.views import routine as routine_views
from bot.views.screen import Screen

log = logging.getLogger(__name__)

SENDERS = 8
LONGEST_SLEEP = 60.0
SHORTEST_SLEEP = 1.0
AFTER_FAILURE = 15.0

STATES = {
    Delivery.SENT: State.SENT,
    Delivery.NOT_SENT: State.CLAIMED,
    Delivery.TOLD_TO_WAIT: State.CLAIMED,
    Delivery.UNKNOWN: State.UNKNOWN,
}

SendNext = Callable[[], Awaitable[Delivery | None]]

_listening: list["Pulse"] = []


class Pulse:
    """Delivers what is due: asleep when nothing is, awake within a second of a poke."""

    def __init__(self, coach: Coach, poked: asyncio.Event) -> None:
        self._coach = coach
        self._poked = poked
        self._stopping = False
        self._behind = True

    async def run(self) -> None:
        """Until told to stop. A failure (a full disk, say) is logged and tried again."""
        while not self._stopping:
            self._poked.clear()
            try:
                if self._behind:
                    self._behind = False
                    await self._catch_up()
                await self.reconcile()
                sleep = await self._beat()
            except Exception:
                log.exception("the pulse stumbles; again in %d s", AFTER_FAILURE)
                sleep = AFTER_FAILURE
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), sleep)

    async def _catch_up(self) -> None:
        """A kill between the wake's bookkeeping and the wake loses it; claiming again is safe."""
        now = self._coach.now()
        for slot in await schedule.used_slots(self._coach.db):
            if due_on(slot, now) is not None:
                await self.wake(slot)

    def listen(self) -> None:
        """The job store's wakes come here."""
        _listening.append(self)

    def stop(self) -> None:
        """What is on its way is finished, nothing more is taken."""
        _listening.remove(self)
        self._stopping = True
        self._poked.set()

    async def reconcile(self) -> None:
        """The calendar agrees with the schedule table."""
        self._coach.calendar.reconcile(await schedule.used_slots(self._coach.db))

    async def wake(self, slot: Slot) -> None:
        try:
            claimed = await reminders.wake(self._coach.db, slot, self._coach.now())
        except Exception:
            log.exception("a slot could not be claimed; again in %d s", AFTER_FAILURE)
            asyncio.get_running_loop().call_later(AFTER_FAILURE, self._fall_behind)
            return
        if claimed:
            log.info("%d reminders are due in %s at %s", claimed, slot.zone, slot.at)
        self._poked.set()

    def _fall_behind(self) -> None:
        """The job store has ticked a wake off that came to nothing."""
        self._behind = True
        self._poked.set()

    async def deliver(self) -> bool:
        """Sends all that is due; False if Telegram can't be reached."""
        db, now = self._coach.db, self._coach.now()
        asked = await self._send_all(await mornings.count_due(db, now), self._ask)
        return asked and await self._send_all(await reminders.count_due(db, now), self._remind)

    async def _send_all(self, due: int, send: SendNext) -> bool:
        senders = (self._send_one_by_one(send) for _ in range(min(due, SENDERS)))
        return all(await asyncio.gather(*senders))

    async def _beat(self) -> float:
        """One round; returns for how many seconds to sleep after it."""
        if not await self.deliver():
            return AFTER_FAILURE
        db = self._coach.db
        coming = (await reminders.next_due(db), await mornings.next_due(db))
        due = min((moment for moment in coming if moment), default=None)
        if due is None:
            return LONGEST_SLEEP
        wait = (due - self._coach.now()).total_seconds()
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)

    async def _send_one_by_one(self, send: SendNext) -> bool:
        """Each when it is its turn to go, until none is due."""
        while not self._stopping:
            await self._coach.messenger.crowd_turn()
            delivery = await send()
            if delivery is None or delivery is Delivery.NOT_SENT:
                return delivery is None
        return True

    async def _remind(self) -> Delivery | None:
        """The next reminder; None if none is due."""
        coach = self._coach
        taken = await reminders.take(coach.db, coach.catalogue, coach.now(), 1)
        if not taken:
            return None
        (it,) = taken
        sent = await self._send(it.reminder.runner, lambda: _screen(coach, it))
        state, gone = _outcome(sent)
        settled = Settled(it.reminder, state, sent.message_id, gone)
        await reminders.settle(coach.db, [settled], coach.now())
        return sent.delivery

    async def _ask(self) -> Delivery | None:
        """The next question on a morning after pain; None if none is due."""
        coach = self._coach
        taken = await mornings.take(coach.db, coach.now(), 1)
        if not taken:
            return None
        (it,) = taken
        sent = await self._send(it.question.runner, lambda: hurt_views.morning(coach.texts, it))
        state, gone = _outcome(sent)
        settled = Settled(it.question, state, sent.message_id, gone)
        await mornings.settle(coach.db, [settled], coach.now())
        return sent.delivery

    async def _send(self, runner: int, make: Callable[[], Screen]) -> Sent:
        """Once; one that can't be made holds up none of the others."""
        try:
            screen = make()
        except Exception:
            log.exception("what was due could not be made")
            return Sent(Delivery.REFUSED)
        return await self._coach.messenger.remind(runner, screen)


def _outcome(sent: Sent) -> tuple[State, bool]:
    """What to store of it, and whether the runner is gone."""
    return STATES.get(sent.delivery, State.REFUSED), sent.delivery is Delivery.GONE


def _screen(coach: Coach, it: Outgoing) -> Screen:
    routine = coach.catalogue.routine(it.routine)
    return views.reminder(
        coach.texts,
        it.reminder,
        coach.catalogue.texts(routine).name,
        routine_views.minutes(it.steps),
        routine_views.kit(coach.texts, coach.catalogue, it.steps),
        views.local(it.reminder.due_at, it.runner.zone or "UTC") if it.late else None,
    )


async def wake_slot(zone: str, at: str) -> None:
    """Called by the job store: the local time `at` (HH:MM) has come in `zone`."""
    for pulse in _listening:
        await pulse.wake(Slot(zone, time.fromisoformat(at)))
