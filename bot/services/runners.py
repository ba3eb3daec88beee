"""A runner's wishes about themselves: the safety answer, where they are, what is kept of them."""

from datetime import datetime

from bot.db import runners
from bot.db.engine import Database
from bot.domain.runner import Runner, Screening
from bot.runtime.scheduler import Calendar


async def get(db: Database, runner: int) -> Runner | None:
    async with db.read() as connection:
        return await runners.get(connection, runner)


async def join(db: Database, runner: int, now: datetime) -> None:
    """They came by the invitation, and stay in whatever becomes of it."""
    async with db.write(runner) as connection:
        await runners.join(connection, runner, now)


async def has_joined(db: Database, runner: int) -> bool:
    async with db.read() as connection:
        return await runners.has_joined(connection, runner)


async def answer_safety(
    db: Database, runner: int, answer: Screening, now: datetime
) -> Screening | None:
    """Stores the answer and its date; returns the one before.

    "One applies" stands until a clinician agreed: "I understand" does not lift it, but dates
    their word anew.
    """
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        known = await runners.get(connection, runner)
        before = known.screening if known else None
        locked = before in (Screening.WAITING, Screening.AGREED) and answer is Screening.CLEAR
        pointless = before is not Screening.WAITING and answer is Screening.AGREED
        if not locked and not pointless:
            await runners.save_screening(connection, runner, answer, now)
        elif locked and before is Screening.AGREED:
            await runners.save_screening(connection, runner, before, now)
        return before


async def set_reachable(db: Database, runner: int, reachable: bool, now: datetime) -> None:
    """Whether the runner can be written to; nobody is stored by it."""
    async with db.write(runner) as connection:
        await runners.set_unreachable(connection, [runner], None if reachable else now)


async def reached(db: Database, runner: int) -> None:
    """The runner can be written to. Asked of every update, so it writes only where that is new."""
    async with db.read() as connection:
        known = await runners.is_reachable(connection, runner)
    if not known:
        async with db.write(runner) as connection:
            await runners.set_unreachable(connection, [runner], None)


async def kept(db: Database, runner: int) -> dict[str, int]:
    """How many rows there are of the runner, by kind."""
    async with db.read() as connection:
        return await runners.kept(connection, runner)


async def erase(db: Database, calendar: Calendar, runner: int) -> bool:
    """Every row of the runner; slots that nobody else uses go from the job store.

    False if a trace on the disk is still to be overwritten, for somebody is reading it.
    """
    async with db.erase(runner) as connection:
        await runners.erase(connection, runner)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return await db.overwrite()
