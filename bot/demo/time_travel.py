"""Time travel: moves the coach's clock, and does in order what falls due on the way.

The job store follows the machine's clock, which can't be set, so that slots are woken here.
"""

from datetime import datetime, timedelta

from bot.app import Work
from bot.db.engine import Database
from bot.domain.schedule import next_wake
from bot.runtime.clock import MovableClock
from bot.services import cues, outbox, schedule

A_MOMENT = timedelta(microseconds=1)


async def travel(work: Work, clock: MovableClock, target: datetime) -> None:
    """Move the clock forward to `target` (aware); wake slots and send what falls due until then."""
    await work.cues.deliver()
    while (due := await _next_event(work.coach.db, clock.now(), target)) is not None:
        clock.move(due)
        for slot in await schedule.used_slots(work.coach.db):
            if next_wake(slot, due - A_MOMENT) == due:
                await work.slots.wake(slot)
        await work.outbox.deliver()
        await work.cues.deliver()
    clock.move(target)
    work.cues.wake()


async def next_reminder(work: Work, now: datetime) -> datetime | None:
    """Return when the next reminder may come, planned or put off; UTC."""
    planned = await schedule.next_training_day(work.coach.db, now)
    put_off = await outbox.next_due(work.coach.db, outbox.REMINDERS)
    coming = (moment for moment in (planned, put_off) if moment and moment > now)
    return min(coming, default=None)


async def _next_event(db: Database, after: datetime, until: datetime) -> datetime | None:
    events = [next_wake(slot, after) for slot in await schedule.used_slots(db)]
    timers = [await cues.next_due(db)]
    timers += [await outbox.next_due(db, each) for each in outbox.ALL]
    for due in timers:
        if due is not None and due > after:
            events.append(due)
    return min((event for event in events if event <= until), default=None)
