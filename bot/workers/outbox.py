"""The messages that the coach sends by itself, each once: reminders, offers and questions.

Offers follow ignored reminders; the questions are those after pain and races.

A batch is taken as the rate limiter permits it and sent side by side; the outcomes are stored in
few transactions. After a kill, what was claimed is sent, and what was being sent is not sent again.
Several processes may do this at the same time.

What Telegram is known not to have delivered is due again after a delay, longer after each try, as
long as it is of use. What may have arrived is never sent again.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from typing import Generic, TypeVar

from bot.coach import Coach
from bot.content.hours import hours_for
from bot.db.engine import is_away
from bot.domain.delivery import DeliveryOutcome
from bot.domain.pain_report import DueQuestion, MorningQuestion
from bot.domain.race import RaceQuestion
from bot.domain.reminder import MissedOffer, Reminder, State
from bot.gateway.messenger import Delivery, Sent
from bot.gateway.rate_limiter import RateLimiter
from bot.runtime.retry import BackOff
from bot.runtime.tasks import Progress
from bot.services import missed, outbox, pain_followups, race, reminders
from bot.services.missed import Missed
from bot.services.outbox import Outbox
from bot.services.reminders import Outgoing
from bot.views import not_today, standing
from bot.views import pain as pain_views
from bot.views import race as race_views
from bot.views import reminders as views
from bot.views import routine as routine_views
from bot.views.screen import Screen
from bot.workers.base import Loop

log = logging.getLogger(__name__)

Due = TypeVar("Due")
Subject = Reminder | MorningQuestion | RaceQuestion | MissedOffer

MOST_STALE = 1000  # messages whose buttons are removed after a crowd of reminders
MOST_UNDER_WAY = 100  # at most so many are lost if the process is killed
BATCH = 25  # are taken at once, where the rate limit grants as many in BATCH_EVERY seconds
BATCH_EVERY = 0.025
STORE_EVERY = 0.02  # seconds in which outcomes gather for one transaction
LONGEST_SLEEP = 60.0
SHORTEST_SLEEP = 1.0
REFUSED_SLEEP = 15.0
NOT_REACHED = timedelta(seconds=REFUSED_SLEEP)
# Telegram has refused a message for the time being: after the first time, the second, …
REDELIVERY = BackOff((1, 2, 5, 10, 30, 60, 120, 300))
STORE_AGAIN_AFTER = 1.0
LATE = 0.02  # seconds by which the event loop is late when others need it
MOST_REFUSALS = 20  # in a row, after which nothing is sent for a while

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
    """Delivers what is due; sleeps while nothing is."""

    def __init__(self, coach: Coach, rate_limiter: RateLimiter, progress: Progress) -> None:
        self._coach = coach
        failure = "what is due could not be sent"
        self._loop = Loop("outbox", self._work, coach.outbox_due, progress, failure)
        self._deliveries: tuple[
            QuestionDeliveries, RaceDeliveries, MissedDeliveries, ReminderDeliveries
        ] = (
            QuestionDeliveries(coach, rate_limiter, self._loop),
            RaceDeliveries(coach, rate_limiter, self._loop),
            MissedDeliveries(coach, rate_limiter, self._loop),
            ReminderDeliveries(coach, rate_limiter, self._loop),
        )
        self._delivering = asyncio.Lock()

    async def run(self) -> None:
        """Deliver until stopped."""
        await self._loop.run()

    def stop(self) -> None:
        """Finish what is under way, and take nothing more."""
        for deliveries in self._deliveries:
            deliveries.stop()
        self._loop.stop()

    async def deliver(self) -> bool:
        """Send all that is due; return False if Telegram accepts nothing at the moment."""
        async with self._delivering:
            try:
                await self._coach.level()
                return all([await deliveries.send_due() for deliveries in self._deliveries])
            finally:
                self._loop.rest()

    async def _work(self) -> float:
        """Send all that is due; return the seconds until there may be more."""
        if not await self.deliver():
            return REFUSED_SLEEP
        self._loop.expect()
        db = self._coach.db
        coming = [await outbox.next_due(db, each.kind) for each in self._deliveries]
        due_at = min((moment for moment in coming if moment), default=None)
        if due_at is None:
            return LONGEST_SLEEP
        wait = (due_at - self._coach.now()).total_seconds()
        return min(max(wait, SHORTEST_SLEEP), LONGEST_SLEEP)


class Deliveries(ABC, Generic[Due]):
    """The delivery of messages of one kind."""

    kind: Outbox

    def __init__(self, coach: Coach, rate_limiter: RateLimiter, loop: Loop) -> None:
        self.coach = coach
        self._rate_limiter = rate_limiter
        self._loop = loop
        self._is_stopping = False
        self._under_way: set[asyncio.Task[None]] = set()
        self._refusals = 0  # in a row
        self._next_batch_at = 0.0  # of the event loop's time
        self._outcomes: list[DeliveryOutcome] = []
        self._storing = asyncio.Lock()
        self._stale: deque[tuple[int, int]] = deque(maxlen=MOST_STALE)  # chats and messages

    @abstractmethod
    async def take(self, most: int) -> Sequence[Due]:
        """Mark at most `most` due messages as being sent, and return them."""

    @abstractmethod
    def row(self, due: Due) -> Subject:
        """Return the row of the outbox, for which the outcome is stored."""

    @abstractmethod
    def screen(self, due: Due) -> Screen:
        """Return the content of the message."""

    def stale_id(self, _due: Due) -> int | None:
        """Return the id of an earlier message that has buttons no longer needed."""
        return None

    def stop(self) -> None:
        """Finish what is under way, and take nothing more."""
        self._is_stopping = True

    async def send_due(self) -> bool:
        """Send all that is due; return False if Telegram accepts nothing at the moment."""
        self._loop.expect()
        due_at = await outbox.next_due(self.coach.db, self.kind)
        if due_at is None or due_at > self.coach.now():
            return True
        self._refusals = 0
        try:
            while not self._is_stopping and self._refusals < MOST_REFUSALS:
                if not await self._send_batch():
                    break
            await self._finish(most=0)
            await self._strip_stale()
        except asyncio.CancelledError:
            for task in self._under_way:
                task.cancel()
            raise
        return self._refusals < MOST_REFUSALS

    async def _send_batch(self) -> bool:
        """Send as many messages as are permitted; return False if none was due."""
        await self._let_others_go_first()
        loop = asyncio.get_running_loop()
        with self._loop.resting():
            await asyncio.sleep(self._next_batch_at - loop.time())
            permits = await self._rate_limiter.crowd_permits(BATCH)
        self._next_batch_at = loop.time() + BATCH_EVERY
        batch = await self.take(permits)
        for due in batch:
            self._under_way.add(asyncio.create_task(self._send(due)))
            await asyncio.sleep(0)  # all in a row would stop the event loop
        if batch:
            await self._finish(most=MOST_UNDER_WAY - BATCH)
        return bool(batch)

    async def _strip_stale(self) -> None:
        """Remove the buttons of earlier messages, after what was due and not always for all."""
        while self._stale and not self._is_stopping:
            chat, message = self._stale.popleft()
            await self._let_others_go_first()
            with self._loop.resting():
                await self._rate_limiter.crowd_permits(1)
                await self.coach.messenger.strip(chat, message, by_permit=True)

    async def _let_others_go_first(self) -> None:
        """Wait while the event loop is late: whoever taps would wait at each step of the way."""
        loop = asyncio.get_running_loop()
        while not self._is_stopping:
            self._loop.expect()
            before = loop.time()
            await asyncio.sleep(0)
            if loop.time() - before < LATE:
                return
            await asyncio.sleep(LATE)

    async def _finish(self, most: int) -> None:
        """Wait until at most `most` messages are being sent."""
        with self._loop.resting():  # each has a timeout
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

    async def _send(self, due: Due) -> None:
        """Send the message once, and store the outcome."""
        row = self.row(due)
        sent = await self._try(row.runner, due)
        self._count(sent.delivery)
        self._outcomes.append(self._outcome(row, sent))
        await self._store()
        stale_id = self.stale_id(due)
        if sent.delivery is Delivery.SENT and stale_id is not None:
            self._stale.append((row.runner, stale_id))

    def _outcome(self, row: Subject, sent: Sent) -> DeliveryOutcome:
        state, now = STATES[sent.delivery], self.coach.now()
        if sent.delivery is Delivery.NOT_SENT:
            return DeliveryOutcome(row, state, row.tries, again_at=now + NOT_REACHED)
        if state is State.CLAIMED:
            tries = row.tries + 1
            delay = max(REDELIVERY.after(tries), sent.wait)
            return DeliveryOutcome(row, state, tries, again_at=now + timedelta(seconds=delay))
        gone = sent.delivery is Delivery.GONE
        return DeliveryOutcome(row, state, row.tries, message_id=sent.message_id, gone=gone)

    def _count(self, delivery: Delivery) -> None:
        """Count refusals in a row; if no connection can be made, stop at once."""
        if delivery is Delivery.NOT_SENT:
            self._refusals = MOST_REFUSALS
        elif delivery is Delivery.TURNED_DOWN:
            self._refusals += 1
        elif self._refusals < MOST_REFUSALS:
            self._refusals = 0

    async def _try(self, runner: int, due: Due) -> Sent:
        """Send the message; refuse it if its screen can't be made, so that it holds up no other."""
        try:
            screen = self.screen(due)
        except Exception:
            log.exception("what was due could not be made")
            return Sent(Delivery.REFUSED)
        return await self.coach.messenger.remind(runner, screen)

    async def _store(self) -> None:
        """Store all outcomes in one transaction; wait for the database while it is away."""
        async with self._storing:
            if not self._outcomes:  # they were stored with others
                return
            await asyncio.sleep(STORE_EVERY)
            outcomes, self._outcomes = self._outcomes, []
            while outcomes:
                try:
                    await outbox.store(self.coach.db, self.kind, outcomes, self.coach.now())
                    return
                except Exception as error:
                    if not is_away(error):
                        raise
                    log.warning("what was sent can't be stored yet: %s", type(error).__name__)
                await asyncio.sleep(STORE_AGAIN_AFTER)


class ReminderDeliveries(Deliveries[Outgoing]):
    """The reminders of training days."""

    kind = outbox.REMINDERS

    async def take(self, most: int) -> Sequence[Outgoing]:
        coach = self.coach
        return await reminders.take(coach.db, coach.catalogue, coach.now(), most)

    def row(self, due: Outgoing) -> Reminder:
        return due.reminder

    def stale_id(self, due: Outgoing) -> int | None:
        return due.stale_id

    def screen(self, due: Outgoing) -> Screen:
        coach = self.coach
        if due.asks:
            return views.question(coach.texts, due.reminder)
        if due.not_today is not None:
            return not_today.screen(coach.texts, due.not_today)
        return views.reminder(
            coach.texts.on_clock(hours_for(due.runner)),
            due.reminder,
            coach.catalogue.name_of(due.routine),
            routine_views.minutes(due.steps),
            routine_views.kit(coach.texts, coach.catalogue, due.steps),
            views.local(due.reminder.due_at, due.runner.zone or "UTC") if due.late else None,
            standing.line(coach.texts, due.standing),
            due.loading,
        )


class QuestionDeliveries(Deliveries[DueQuestion]):
    """The questions on mornings after pain."""

    kind = outbox.QUESTIONS

    async def take(self, most: int) -> Sequence[DueQuestion]:
        return await pain_followups.take(self.coach.db, self.coach.now(), most)

    def row(self, due: DueQuestion) -> MorningQuestion:
        return due.question

    def screen(self, due: DueQuestion) -> Screen:
        return pain_views.morning(self.coach.texts, due)


class RaceDeliveries(Deliveries[RaceQuestion]):
    """The questions on the second morning after a race."""

    kind = outbox.RACES

    async def take(self, most: int) -> Sequence[RaceQuestion]:
        return await race.take(self.coach.db, self.coach.now(), most)

    def row(self, due: RaceQuestion) -> RaceQuestion:
        return due

    def screen(self, due: RaceQuestion) -> Screen:
        return race_views.question(self.coach.texts, due.race)


class MissedDeliveries(Deliveries[Missed]):
    """The offers to move a session, a day after its reminder was ignored."""

    kind = outbox.MISSED

    async def take(self, most: int) -> Sequence[Missed]:
        coach = self.coach
        return await missed.take(coach.db, coach.catalogue, coach.now(), most)

    def row(self, due: Missed) -> MissedOffer:
        return due.offer

    def screen(self, due: Missed) -> Screen:
        return views.missed(self.coach.texts, due.offer.reminder, due.to)
