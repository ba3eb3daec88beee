"""A runner's safety answer, invitation, reachability and stored data."""

from dataclasses import replace
from datetime import datetime

from bot.db import personal_data, reminders, runners, screening, warning_signs
from bot.db.engine import Connection, Database, query, transaction
from bot.domain.runner import Runner, Screening
from bot.domain.screening import Condition, find, waiting
from bot.runtime.scheduler import Calendar

get = query(runners.get)
join = transaction(runners.join)
has_joined = query(runners.has_joined)


@transaction
async def answer_safety(
    connection: Connection, runner: int, answer: Screening, now: datetime
) -> Screening | None:
    """Store the answer with its date; return the previous one.

    "None applies" lifts nothing that waits, but renews the date of an agreement. A clinician's
    agreement clears a warning sign; what else waits goes on waiting.
    """
    await runners.ensure(connection, runner, now)
    await reminders.reset_ignored(connection, runner)
    stored = await runners.get_stored(connection, runner)
    before = stored.screening
    if answer is Screening.AGREED:
        await _clear_sign(connection, stored, now)
    elif stored.reported_sign is None and not (
        before is Screening.WAITING and answer is Screening.CLEAR
    ):
        kept = before is Screening.AGREED and answer is Screening.CLEAR
        after = Screening.AGREED if kept else answer
        await runners.save_screening(connection, runner, after, now)
        if after is not Screening.WAITING:
            await screening.answered(connection, runner)
    return before


async def _clear_sign(connection: Connection, runner: Runner, now: datetime) -> None:
    """Store that a clinician agreed after a warning sign, if one waits and may be cleared."""
    sign = runner.reported_sign
    if sign is not None and not sign.may_be_cleared(now, runner.zone):
        return
    tapped = find(waiting(runner.conditions), Condition.WARNING_SIGN)
    if sign is None and tapped is None:
        return
    declared = tuple(
        replace(each, settled_at=now) if each is tapped else each for each in runner.conditions
    )
    await screening.save_conditions(connection, runner.id, declared)
    if sign is not None:
        await warning_signs.remove(connection, runner.id)
        if sign.needs_time:
            await runners.save_cleared(connection, runner.id, now)
    # A runner who waited before the sign without a named condition still has to name it.
    is_unknown = sign is not None and sign.before is Screening.WAITING and tapped is None
    if not is_unknown and not runner.is_asked_which and not waiting(declared):
        await runners.save_screening(connection, runner.id, Screening.AGREED, now)


@transaction
async def set_reachable(
    connection: Connection, runner: int, reachable: bool, now: datetime
) -> None:
    """Store whether the runner can be written to; an unknown runner is not added."""
    await runners.set_unreachable(connection, [runner], None if reachable else now)


count_rows = query(personal_data.counts)


async def erase(db: Database, calendar: Calendar, runner: int) -> bool:
    """Delete every row of the runner, and remove slots without other runners from the job store.

    Return False if a reader keeps the deleted data from being overwritten on the disk at once.
    """
    async with db.erase(runner) as connection:
        await runners.erase(connection, runner)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return await db.overwrite()
