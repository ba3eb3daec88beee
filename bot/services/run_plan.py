"""A running plan brought as a calendar file: a draft until the runner uses it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from bot.db import race, runners
from bot.db import run_plan as rows
from bot.db.engine import Connection, query, transaction
from bot.domain.question import Question
from bot.domain.run_plan import (
    EntryKind,
    PlanAnswer,
    PlanEntry,
    PlanFile,
    RunPlan,
    ShownPlan,
    title_key,
)
from bot.domain.runner import Runner
from bot.services import rests, schedule
from bot.services.rejections import Reason, Rejected

EXPIRES = timedelta(days=1)  # for a draft


@query
async def where(connection: Connection, runner: int, now: datetime) -> tuple[str | None, date]:
    """Return the runner's zone, if it is known, and the date there."""
    stored = await _runner(connection, runner)
    return stored.zone, rests.today(stored, now)


@transaction
async def add(connection: Connection, runner: int, file: PlanFile, now: datetime) -> ShownPlan:
    """Store what was read of a file as a draft, in place of an earlier one, and offer to use it."""
    await runners.ensure(connection, runner, now)
    await rows.drop_expired(connection, now)
    today = rests.today(await _runner(connection, runner), now)
    plan = await rows.add_draft(connection, runner, file, today, now + EXPIRES)
    await _offer(connection, runner, plan, now)
    return await _shown(connection, runner, plan, now)


@query
async def get(
    connection: Connection, runner: int, plan: int, now: datetime
) -> ShownPlan | Rejected:
    if await rows.get(connection, runner, plan, now) is None:
        return Rejected(Reason.OUTDATED)
    return await _shown(connection, runner, plan, now)


@transaction
async def use(
    connection: Connection, runner: int, plan: int, now: datetime
) -> ShownPlan | Rejected:
    """Use a draft, in place of the plan in use; a second tap changes nothing."""
    stored = await rows.get(connection, runner, plan, now)
    if stored is None or stored.is_used:
        return Rejected(Reason.OUTDATED)
    await rows.use(connection, runner, plan)
    await _close(connection, runner, now)
    return await _shown(connection, runner, plan, now)


@transaction
async def leave(connection: Connection, runner: int, plan: int, now: datetime) -> Rejected | None:
    """Forget a draft."""
    stored = await rows.get(connection, runner, plan, now)
    if stored is None or stored.is_used:
        return Rejected(Reason.OUTDATED)
    await rows.remove(connection, plan)
    await _close(connection, runner, now)
    return None


@transaction
async def ask(
    connection: Connection, runner: int, plan: int, now: datetime
) -> ShownPlan | Rejected:
    """Ask what the first uncertain title stands for, if there is one."""
    if await rows.get(connection, runner, plan, now) is None:
        return Rejected(Reason.OUTDATED)
    return await _ask(connection, runner, plan, now)


@transaction
async def tell(
    connection: Connection, runner: int, plan: int, title: int, answer: PlanAnswer, now: datetime
) -> ShownPlan | Rejected:
    """Store what a title stands for, by its key, and open the question about the next one."""
    stored = await rows.get(connection, runner, plan, now)
    unsure = () if stored is None else stored.unsure
    named = next((each for each in unsure if title_key(each) == title), None)
    if named is None:
        return Rejected(Reason.OUTDATED)
    await rows.set_kind(connection, plan, named, answer.kind)
    return await _ask(connection, runner, plan, now)


async def _ask(connection: Connection, runner: int, plan: int, now: datetime) -> ShownPlan:
    shown = await _shown(connection, runner, plan, now)
    if shown.plan.unsure:
        question = Question(plan=plan, title=shown.plan.unsure[0])
        await schedule.ask(connection, runner, question, now)
    elif shown.plan.is_used:
        await _close(connection, runner, now)
    else:
        await _offer(connection, runner, plan, now)
    return shown


async def _offer(connection: Connection, runner: int, plan: int, now: datetime) -> None:
    """Ask whether to use the draft, unless a question about something else is open."""
    still = await schedule.question(connection, runner, now)
    if still.plan or not still.is_open:
        await schedule.ask(connection, runner, Question(plan=plan), now)


async def _close(connection: Connection, runner: int, now: datetime) -> None:
    """Close the question about a plan; any other stays open."""
    if (await schedule.question(connection, runner, now)).plan:
        await runners.answered(connection, runner)


async def _shown(connection: Connection, runner: int, plan: int, now: datetime) -> ShownPlan:
    stored = await rows.get(connection, runner, plan, now)
    assert stored is not None
    today = rests.today(await _runner(connection, runner), now)
    known = {each.day for each in (await race.get_many(connection, [runner], today))[runner]}
    return ShownPlan(stored, today, tuple(_new_races(stored, today, known)))


def _new_races(plan: RunPlan, today: date, known: set[date]) -> Iterator[PlanEntry]:
    for entry in plan.coming(today):
        if entry.kind is EntryKind.RACE and entry.day not in known:
            yield entry


async def _runner(connection: Connection, runner: int) -> Runner:
    return await runners.get(connection, runner) or Runner(runner)
