"""Reminders: claimed, taken to be sent, and answered."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import outbox, reminders, runners
from bot.db.engine import Connection, Database, Writer
from bot.domain.reminder import PUT_OFF, Reminder, ReminderAnswer
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import GRACE, Slot, due_on, local_day
from bot.domain.session import Step
from bot.services import session_plans
from bot.services.rejections import Reason, Rejected
from bot.services.session_plans import RunnerState

BATCH = 5000  # looking for the next ones takes as long however few they are


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reminder that is being sent, to whom, with the routine it suggests as they would do it."""

    reminder: Reminder
    runner: Runner
    routine: str
    steps: tuple[Step, ...]
    late: bool


async def wake(db: Writer, slot: Slot, now: datetime) -> int:
    """Claims what is due in this slot, once per runner and local date; returns how many."""
    due = due_on(slot, now)
    if due is None:
        return 0
    claimed, batch = 0, BATCH
    while batch:
        async with db.write() as connection:
            batch = await reminders.claim(connection, slot, due, BATCH)
        claimed += batch
    return claimed


async def take(db: Database, catalogue: Catalogue, now: datetime, most: int) -> Sequence[Outgoing]:
    """The reminders that have been due longest, at most so many, committed as being sent; none if
    none is due.

    What has become pointless since it was claimed is dropped on the way.
    """
    async with db.write() as connection:

        async def sift(rows: Sequence[Any]) -> dict[int, Outgoing]:
            due = [reminders.built(row) for row in rows]
            return await _worthwhile(connection, catalogue, due, now)

        return await outbox.take_worthwhile(connection, outbox.REMINDERS, now, most, sift)


async def _worthwhile(
    connection: Connection, catalogue: Catalogue, due: Sequence[Reminder], now: datetime
) -> dict[int, Outgoing]:
    """Those that are worth sending, by id. One that is too late takes all of its kind with it."""
    if any(_is_too_late(reminder, now) for reminder in due):
        await outbox.drop_late(connection, outbox.REMINDERS, now - GRACE)
    them = {reminder.runner for reminder in due}
    known = await session_plans.circumstances_of(connection, catalogue, them, now)
    training = await reminders.training_now(connection, them, now - GRACE, now)
    found = {}
    for reminder in due:
        theirs = known[reminder.runner]
        if reminder.runner not in training and not _is_pointless(reminder, theirs, now):
            found[reminder.id] = _outgoing(catalogue, reminder, theirs, now)
            await asyncio.sleep(0)  # planning takes a millisecond; nobody waits for all of them
    new = {one.reminder.id: one.routine for one in found.values() if not one.reminder.routine}
    await reminders.set_routines(connection, new)
    return found


def _outgoing(
    catalogue: Catalogue, reminder: Reminder, known: RunnerState, now: datetime
) -> Outgoing:
    routine = reminder.routine or session_plans.suggestion(catalogue, known.kit, known.trained, now)
    planned = session_plans.plan(catalogue, catalogue.routine(routine), known)
    return Outgoing(reminder, known.runner, routine, planned.steps, reminder.is_late(now))


def _is_pointless(reminder: Reminder, known: RunnerState, now: datetime) -> bool:
    """Too late, trained already, away, gone, or reminders turned off."""
    runner = known.runner
    start, end = local_day(reminder.date, runner.zone or "UTC")
    return (
        _is_too_late(reminder, now)
        or runner.unreachable_at is not None
        or runner.screening is Screening.WAITING
        or not runner.schedule
        or runner.is_away(reminder.date)
        or any(start <= one.at < max(end, now) for one in known.trained)
    )


def _is_too_late(reminder: Reminder, now: datetime) -> bool:
    return now - reminder.due_at > GRACE


async def get(db: Database, runner: int, reminder: int) -> Reminder | Rejected:
    """Return the runner's own reminder."""
    async with db.read() as connection:
        found = await reminders.get(connection, reminder)
    return found if found and found.runner == runner else Rejected(Reason.FOREIGN)


async def answer(db: Database, reminder: Reminder, answer: ReminderAnswer) -> None:
    """Store Start or Not today; a reminder that was put off does not come again."""
    async with db.write(reminder.runner) as connection:
        await reminders.answer(connection, reminder.id, answer)


@dataclass(frozen=True, slots=True)
class PutOff:
    """When the reminder comes again, and the runner's zone."""

    due_at: datetime
    zone: str


async def put_off(db: Database, runner: int, reminder: int, now: datetime) -> PutOff | Rejected:
    """Send the reminder again an hour later, once."""
    async with db.write(runner) as connection:
        found = await reminders.get(connection, reminder)
        known = await runners.get(connection, runner)
        if found is None or known is None or found.runner != runner:
            return Rejected(Reason.FOREIGN)
        zone = known.zone or "UTC"
        today = now.astimezone(ZoneInfo(zone)).date()
        if found.answer is not None:
            return Rejected(Reason.PUT_OFF_BEFORE if found.put_off else Reason.ANSWERED)
        if found.date != today and now - found.due_at > GRACE:
            return Rejected(Reason.ANOTHER_DAY)
        await reminders.put_off(connection, reminder, now + PUT_OFF)
        return PutOff(now + PUT_OFF, zone)
