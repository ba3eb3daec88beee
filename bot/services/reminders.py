"""Reminders: claimed, taken to be sent, and answered."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from bot.catalogue import Catalogue
from bot.db import outbox, reminders, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain.reminder import PUT_OFF, Answer, Reminder, State
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import GRACE, Slot, due_on, local_day
from bot.domain.session import Step
from bot.services import planning

BATCH = 500


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reminder that is being sent, to whom, with the routine it suggests as they would do it."""

    reminder: Reminder
    runner: Runner
    routine: str
    steps: tuple[Step, ...]
    late: bool


async def wake(db: Database, slot: Slot, now: datetime) -> int:
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


async def take(db: Database, catalogue: Catalogue, now: datetime) -> Outgoing | None:
    """The next reminder to send, committed as being sent; None if none is due.

    What has become pointless since it was claimed is dropped on the way.
    """
    while True:
        async with db.write() as connection:
            reminder = await reminders.take(connection, now)
            if reminder is None:
                return None
            runner = await runners.get(connection, reminder.runner)
            if runner is None or await _pointless(connection, reminder, runner, now):
                await reminders.settle(connection, reminder.id, State.DROPPED)
                continue
            known = await planning.circumstances(connection, catalogue, runner.id, now)
            routine = reminder.routine or planning.suggestion(
                catalogue, known.kit, known.trained, now
            )
            await reminders.set_routine(connection, reminder.id, routine)
            planned = planning.plan(catalogue, catalogue.routine(routine), known)
            return Outgoing(reminder, runner, routine, planned.steps, reminder.is_late(now))


async def _pointless(
    connection: Connection, reminder: Reminder, runner: Runner, now: datetime
) -> bool:
    """Too late, trained or training already, away, gone, or reminders turned off."""
    zone = runner.zone or "UTC"
    start, end = local_day(reminder.date, zone)
    return (
        now - reminder.due_at > GRACE
        or runner.unreachable_at is not None
        or runner.screening is Screening.WAITING
        or not runner.schedule
        or runner.is_away(reminder.date)
        or bool(await sessions.trained_at(connection, runner.id, start, max(end, now)))
        or await reminders.training_now(connection, runner.id, now - GRACE, now)
    )


async def settle(
    db: Database,
    reminder: Reminder,
    state: State,
    now: datetime,
    message_id: int | None = None,
    *,
    gone: bool = False,
) -> None:
    """What became of it; CLAIMED: it never left, and is tried again as long as that is worth it.

    A runner who can't be written to gets none until they are back.
    """
    async with db.write() as connection:
        await reminders.settle(connection, reminder.id, state, message_id)
        if gone:
            await runners.set_unreachable(connection, [reminder.runner], now)


async def count_due(db: Database, now: datetime) -> int:
    """How many reminders there are to send."""
    async with db.read() as connection:
        return await outbox.count_due(connection, outbox.REMINDERS, now)


async def next_due(db: Database) -> datetime | None:
    """When the next claimed reminder is to be sent."""
    async with db.read() as connection:
        return await outbox.next_due(connection, outbox.REMINDERS)


async def recover(db: Database) -> int:
    """After a crash: what was being sent may have arrived and is left alone; returns how many."""
    async with db.write() as connection:
        return await outbox.forget_sending(connection, outbox.REMINDERS)


async def get(db: Database, runner: int, reminder: int) -> Reminder | None:
    """The runner's own reminder."""
    async with db.read() as connection:
        found = await reminders.get(connection, reminder)
    return found if found is not None and found.runner == runner else None


async def answer(db: Database, reminder: Reminder, said: Answer) -> None:
    """Stores Start or Not today; one that was put off does not come again."""
    async with db.write(reminder.runner) as connection:
        await reminders.answer(connection, reminder.id, said)


@dataclass(frozen=True, slots=True)
class PutOff:
    """It comes again at `at` (UTC)."""

    at: datetime
    zone: str


class WhyNot(Enum):
    """Why a reminder is not put off."""

    FOREIGN = "foreign"
    PUT_OFF_BEFORE = "put off before"
    ANSWERED = "answered"
    ANOTHER_DAY = "another day"


async def put_off(db: Database, runner: int, reminder: int, now: datetime) -> PutOff | WhyNot:
    """An hour later, once."""
    async with db.write(runner) as connection:
        found = await reminders.get(connection, reminder)
        known = await runners.get(connection, runner)
        if found is None or known is None or found.runner != runner:
            return WhyNot.FOREIGN
        zone = known.zone or "UTC"
        today = now.astimezone(ZoneInfo(zone)).date()
        if found.answer is not None:
            return WhyNot.PUT_OFF_BEFORE if found.put_off else WhyNot.ANSWERED
        if found.date != today and now - found.due_at > GRACE:
            return WhyNot.ANOTHER_DAY
        await reminders.put_off(connection, reminder, now + PUT_OFF)
        return PutOff(now + PUT_OFF, zone)
