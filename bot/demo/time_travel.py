"""Travelling in time: the coach's clock is moved, and what was due on the way happens in order.

The job store runs on the machine's clock, which can't be set; so every slot is woken from here.
"""

from datetime import datetime, timedelta

from bot.app import Work
from bot.db.engine import Database
from bot.domain.schedule import next_wake
from bot.runtime.clock import MovableClock
from bot.services import cues, outbox, schedule

A_MOMENT = timedelta(microseconds=1)


async def travel(work: Work, clock: MovableClock, to: datetime) -> None:
    """Moves the clock forward to this moment (aware), waking and delivering as time would."""
    await work.cues.deliver()
    while (due := await _next_event(work.coach.db, clock.now(), to)) is not None:
        clock.move(due)
        for slot in await schedule.used_slots(work.coach.db):
            if next_wake(slot, due - A_MOMENT) == due:
                await work.slots.wake(slot)
        await work.outbox.deliver()
        await work.cues.deliver()
    clock.move(to)
    work.cues.wake()


async def next_reminder(work: Work, now: datetime) -> datetime | None:
    """When the next reminder may come: on a training day, or one that was put off; UTC."""
    planned = await schedule.next_training_day(work.coach.db, now)
    put_off = await outbox.next_due(work.coach.db, outbox.REMINDERS)
    coming = (moment for moment in (planned, put_off) if moment and moment > now)
    return min(coming, default=None)


async def _next_event(db: Database, after: datetime, until: datetime) -> datetime | None:
    events = [next_wake(slot, after) for slot in await schedule.used_slots(db)]
    by_itself = (
        await outbox.next_due(db, outbox.REMINDERS),
        await cues.next_due(db),
        await outbox.next_due(db, outbox.QUESTIONS),
    )
    for due in by_itself:
        if due is not None and due > after:
            events.append(due)
    return min((event for event in events if event <= until), default=None)
