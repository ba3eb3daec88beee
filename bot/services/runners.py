"""A runner's safety answer, invitation, reachability and stored data."""

from datetime import datetime

from bot.db import reminders, runners, warning_signs
from bot.db.engine import Database
from bot.domain.runner import Runner, Screening
from bot.runtime.scheduler import Calendar


async def get(db: Database, runner: int) -> Runner | None:
    async with db.read() as connection:
        return await runners.get(connection, runner)


async def join(db: Database, runner: int, now: datetime) -> None:
    """Record that the runner was invited, which holds when the invitation code changes."""
    async with db.write(runner) as connection:
        await runners.join(connection, runner, now)


async def has_joined(db: Database, runner: int) -> bool:
    async with db.read() as connection:
        return await runners.has_joined(connection, runner)


async def answer_safety(
    db: Database, runner: int, answer: Screening, now: datetime
) -> Screening | None:
    """Store the answer with its date; return the previous one.

    "One applies" holds until a clinician has agreed: "I understand" does not lift it, but renews
    the date of an agreement. A warning sign that was typed is cleared by an agreement alone.
    """
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await reminders.end_row(connection, runner)
        stored = await runners.get(connection, runner)
        before = stored.screening if stored else None
        sign = stored.reported_sign if stored else None
        if stored is not None and sign is not None:
            if answer is not Screening.AGREED or not sign.may_be_cleared(now, stored.zone):
                return before
            await warning_signs.remove(connection, runner)
        locked = before in (Screening.WAITING, Screening.AGREED) and answer is Screening.CLEAR
        pointless = before is not Screening.WAITING and answer is Screening.AGREED
        if not locked and not pointless:
            await runners.save_screening(connection, runner, answer, now)
        elif locked and before is Screening.AGREED:
            await runners.save_screening(connection, runner, before, now)
        return before


async def set_reachable(db: Database, runner: int, reachable: bool, now: datetime) -> None:
    """Store whether the runner can be written to; an unknown runner is not added."""
    async with db.write(runner) as connection:
        await runners.set_unreachable(connection, [runner], None if reachable else now)


async def reached(db: Database, runner: int) -> None:
    """Store that the runner can be written to; write only if that changes, for speed."""
    async with db.read() as connection:
        is_reachable = await runners.is_reachable(connection, runner)
    if not is_reachable:
        async with db.write(runner) as connection:
            await runners.set_unreachable(connection, [runner], None)


async def count_rows(db: Database, runner: int) -> dict[str, int]:
    """Return the number of stored rows of the runner, by kind."""
    async with db.read() as connection:
        return await runners.kept(connection, runner)


async def erase(db: Database, calendar: Calendar, runner: int) -> bool:
    """Delete every row of the runner, and remove slots without other runners from the job store.

    Return False if a reader keeps the deleted data from being overwritten on the disk at once.
    """
    async with db.erase(runner) as connection:
        await runners.erase(connection, runner)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return await db.overwrite()
