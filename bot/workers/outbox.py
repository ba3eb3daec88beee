"""What the coach sends of itself, once: reminders, and the questions on the morning after pain.

A batch is taken when there are turns for it, goes out side by side, and what became of it is
stored in few transactions. Rows say what is left: after a kill, what was claimed is sent, and
what was under way is not sent again. Several processes may do this at the same time.

What Telegram is known not to have delivered is due again after a pause, longer after each try, as
long as it is of use. What may have arrived is never sent again.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Generic, TypeVar

from bot.coach import Coach
from bot.db.engine import AwayError, is_away
from bot.domain.delivery import Settled, pause
from bot.domain.pain_report import Asking, Question
from bot.domain.reminder import Reminder, State
from bot.gateway.messenger import Delivery, Sent
from bot.gateway.rate_limiter import Pace
from bot.services import outbox, pain_followups, reminders
from bot.services.outbox import Outbox
from bot.services.reminders import Outgoing
from bot.views import pain as pain_views
from bot.views import reminders as views
from bot.views import routine as routine_views
from bot.views.screen import Screen

log = logging.getLogger(__name__)

Due = TypeVar("Due")

UNDER_WAY = 100  # at most so many are lost if the process is killed
LONGEST_SLEEP = 60.0
SHORTEST_SLEEP = 1.0
AFTER_FAILURE = 15.0
NOT_REACHED = timedelta(seconds=AFTER_FAILURE)
WHILE_AWAY = 1.0
LATE = 0.02
ENOUGH = 20  # turned down in a row, and Telegram is left in peace for a while

STATES = {
    Delivery.SENT: State.SENT,
    Delivery.GONE: State.REFUSED,
    Delivery.REFUSED: State.REFUSED,
    Delivery.TURNED_DOWN: State.CLAIMED,
    Delivery.TOLD_TO_WAIT: State.CLAIMED,
    Delivery.NOT_SENT: State.CLAIMED,
    Delivery.UNKNOWN: State.UNKNOWN,
}


class OutboxWorker:
    """Delivers what is due: asleep when nothing is, awake within a second of a poke."""

    def __init__(self, coach: Coach, poked: asyncio.Event, pace: Pace) -> None:
        self._coach = coach
        self._poked = poked
        self._post: tuple[Questions, Reminders] = (
            Questions(coach, pace),
            Reminders(coach, pace),
        )
        self._stopping = False
        self._delivering = asyncio.Lock()

    async def run(self) -> None:
        """Until told to stop. A failure (a full disk, say) is logged and tried again."""
        while not self._stopping:
            self._poked.clear()
            try:
                sleep = await self._beat()
            except AwayError:  # which the database has logged
                sleep = AFTER_FAILURE
            except Exception:
                log.exception("the pulse stumbles; again in %d s", AFTER_FAILURE)
                sleep = AFTER_FAILURE
            with suppress(TimeoutError):
                await asyncio.wait_for(self._poked.wait(), sleep)

    def stop(self) -> None:
        """What is on its way is finished, nothing more is taken."""
        self._stopping = True
        for post in self._post:
            post.stop()
        self._poked.set()

    async def deliver(self) -> bool:
        """Sends all that is due; False if Telegram takes nothing just now."""
        async with self._delivering:
            await self._coach.level()
            return all([await post.empty() for post in self._post])

    async def _beat(self) -> float:
        """One round; returns for how many seconds to sleep after it."""
        if not await self.deliver():
            return AFTER_FAILURE
        db = self._coach.db
        coming = [await outbox.next_due(db, post.kind) for post in self._post]
        due = min((moment for moment in coming if moment), default=None)
        if due is None:
            return LONGEST_SLEEP
        wait = (due - self._coach.now()).total_seconds()
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)


class Post(ABC, Generic[Due]):
    """One kind of what is sent."""

    kind: Outbox

    def __init__(self, coach: Coach, pace: Pace) -> None:
        self.coach = coach
        self._pace = pace
        self._stopping = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._in_vain = 0  # how often in a row Telegram has turned one down
        self._settled: list[Settled] = []
        self._storing = asyncio.Lock()

    @abstractmethod
    async def take(self, most: int) -> Sequence[Due]:
        """Some that are due, now marked as being sent; none if there are no more."""

    @abstractmethod
    def row(self, it: Due) -> Reminder | Question:
        """What is settled."""

    @abstractmethod
    def screen(self, it: Due) -> Screen:
        """What it says."""

    def stop(self) -> None:
        """What is on its way is finished, nothing more is taken."""
        self._stopping = True

    async def empty(self) -> bool:
        """Sends all that is due; False if Telegram takes nothing just now."""
        due = await outbox.next_due(self.coach.db, self.kind)
        if due is None or due > self.coach.now():
            return True
        self._in_vain = 0
        try:
            while not self._stopping and self._in_vain < ENOUGH:
                await self._breathe()
                turns = await self._pace.crowd_turns(UNDER_WAY - len(self._under_way))
                batch = await self.take(turns)
                if not batch:
                    break
                for it in batch:
                    self._under_way.add(asyncio.create_task(self._send(it)))
                    await asyncio.sleep(0)  # one at a time: all in a row would stop the loop
                await self._ended(most=UNDER_WAY - 1)
            await self._ended(most=0)
        except asyncio.CancelledError:
            for task in self._under_way:
                task.cancel()
            raise
        return self._in_vain < ENOUGH

    async def _breathe(self) -> None:
        """The crowd takes what the others leave of the processor: while the loop comes round late,
        whoever taps waits at each step of the way."""
        loop = asyncio.get_running_loop()
        while not self._stopping:
            before = loop.time()
            await asyncio.sleep(0)
            if loop.time() - before < LATE:
                return
            await asyncio.sleep(LATE)

    async def _ended(self, most: int) -> None:
        """Until at most so many are under way."""
        while self._under_way:
            crowded = len(self._under_way) > most
            done, self._under_way = await asyncio.wait(
                self._under_way,
                timeout=None if crowded else 0,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                task.result()
            if not crowded:
                break

    async def _send(self, it: Due) -> None:
        """Once; what became of it is stored, whatever it is."""
        row = self.row(it)
        sent = await self._sent(row.runner, it)
        self._count(sent.delivery)
        self._settled.append(self._settle(row, sent))
        await self._store()

    def _settle(self, row: Reminder | Question, sent: Sent) -> Settled:
        state, now = STATES[sent.delivery], self.coach.now()
        if sent.delivery is Delivery.NOT_SENT:
            return Settled(row, state, row.tries, again_at=now + NOT_REACHED)
        if state is State.CLAIMED:
            again_at = now + pause(row.tries, sent.wait)
            return Settled(row, state, row.tries + 1, again_at=again_at)
        gone = sent.delivery is Delivery.GONE
        return Settled(row, state, row.tries, message_id=sent.message_id, gone=gone)

    def _count(self, delivery: Delivery) -> None:
        """A connection that can't be made can't be made for the next one either."""
        if delivery is Delivery.NOT_SENT:
            self._in_vain = ENOUGH
        elif delivery is Delivery.TURNED_DOWN:
            self._in_vain += 1
        elif self._in_vain < ENOUGH:
            self._in_vain = 0

    async def _sent(self, runner: int, it: Due) -> Sent:
        """One that can't be made holds up none of the others."""
        try:
            screen = self.screen(it)
        except Exception:
            log.exception("what was due could not be made")
            return Sent(Delivery.REFUSED)
        return await self.coach.messenger.remind(runner, screen)

    async def _store(self) -> None:
        """All that has come in together; waits for a database that is away."""
        async with self._storing:
            settled, self._settled = self._settled, []
            while settled:
                try:
                    await outbox.settle(self.coach.db, self.kind, settled, self.coach.now())
                    return
                except Exception as error:
                    if not is_away(error):
                        raise
                    log.warning("what was sent can't be stored yet: %s", type(error).__name__)
                await asyncio.sleep(WHILE_AWAY)


class Reminders(Post[Outgoing]):
    """On training days."""

    kind = outbox.REMINDERS

    async def take(self, most: int) -> Sequence[Outgoing]:
        coach = self.coach
        return await reminders.take(coach.db, coach.catalogue, coach.now(), most)

    def row(self, it: Outgoing) -> Reminder:
        return it.reminder

    def screen(self, it: Outgoing) -> Screen:
        coach = self.coach
        routine = coach.catalogue.routine(it.routine)
        return views.reminder(
            coach.texts,
            it.reminder,
            coach.catalogue.texts(routine).name,
            routine_views.minutes(it.steps),
            routine_views.kit(coach.texts, coach.catalogue, it.steps),
            views.local(it.reminder.due_at, it.runner.zone or "UTC") if it.late else None,
        )


class Questions(Post[Asking]):
    """On mornings after pain."""

    kind = outbox.QUESTIONS

    async def take(self, most: int) -> Sequence[Asking]:
        return await pain_followups.take(self.coach.db, self.coach.now(), most)

    def row(self, it: Asking) -> Question:
        return it.question

    def screen(self, it: Asking) -> Screen:
        return pain_views.morning(self.coach.texts, it)
