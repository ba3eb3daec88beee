"""Races: added, taken back, and asked about once they are over."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import outbox, run_plan, runners
from bot.db import race as rows
from bot.db.engine import Connection, query, transaction
from bot.domain.race import REMEMBERED, Distance, Race, RaceQuestion, Rank, is_recent, main_race
from bot.domain.races import Races
from bot.domain.runner import Runner
from bot.domain.schedule import moment
from bot.services import moves, rests, runner_states
from bot.services.rejections import Reason, Rejected

ASKED_AFTER = timedelta(days=2)  # the next morning but one
ASKED_AT = time(9)
USEFUL = timedelta(days=2)  # for which the question is worth asking
MOST_RACES = 12


@query
async def get(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> Races:
    state = await runner_states.get(connection, catalogue, runner, now)
    known = await rows.get_many(connection, [runner], now.date() - REMEMBERED)
    return Races(
        known[runner],
        state.standing,
        state.today,
        main_race(known[runner], state.today),
        await moves.find(connection, state, now),
        not runner_states.has_no_phases(state.runner),
    )


@transaction
async def add(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    distance: Distance,
    day: date,
    now: datetime,
    rank: Rank | None = None,
) -> Races | Rejected:
    """Add a race, in place of another on its date; without a `rank`, the first is the main one.

    It keeps the rank of the one that it replaces. A race from which the legs have recovered is
    rejected, and one beyond MOST_RACES.
    """
    await runners.ensure(connection, runner, now)
    stored_runner = await runners.get_stored(connection, runner)
    today = rests.today(stored_runner, now)
    known = await rows.get_many(connection, [runner], today)
    others = [race for race in known[runner] if race.day != day]
    if not is_recent(distance, day, today) or len(others) >= MOST_RACES:
        return Rejected(Reason.OUTDATED)
    has_main = any(race.rank is Rank.MAIN for race in others)
    before = next((race.rank for race in known[runner] if race.day == day), None)
    if rank is Rank.MAIN:
        await _demote(connection, others)
    new = Race(0, distance, day, rank or before or (Rank.MINOR if has_main else Rank.MAIN))
    await rows.save(connection, runner, new, _ask_at(day, stored_runner))
    return await get(connection, catalogue, runner, now)


@transaction
async def set_rank(
    connection: Connection, catalogue: Catalogue, runner: int, race: int, rank: Rank, now: datetime
) -> Races | Rejected:
    """Change the rank of a race; an earlier main race becomes a minor one."""
    stored = await rows.get(connection, race)
    if stored is None or stored.runner != runner:
        return Rejected(Reason.OUTDATED)
    if rank is Rank.MAIN:
        known = (await rows.get_many(connection, [runner], now.date() - REMEMBERED))[runner]
        await _demote(connection, (other for other in known if other.id != race))
    await rows.set_rank(connection, race, rank)
    return await get(connection, catalogue, runner, now)


async def _demote(connection: Connection, races: Iterable[Race]) -> None:
    for race in races:
        if race.rank is Rank.MAIN:
            await rows.set_rank(connection, race.id, Rank.MINOR)


@transaction
async def move(
    connection: Connection, catalogue: Catalogue, runner: int, race: int, day: date, now: datetime
) -> Races | Rejected:
    """Change the date of a coming race; a date in the past or of another race is rejected.

    A running plan has no race on its old date any more.
    """
    stored = await rows.get(connection, race)
    stored_runner = await runners.get_stored(connection, runner)
    today = rests.today(stored_runner, now)
    known = (await rows.get_many(connection, [runner], today))[runner]
    if stored is None or stored.runner != runner or min(stored.race.day, day) < today:
        return Rejected(Reason.OUTDATED)
    if any(each.day == day for each in known if each.id != race):
        return Rejected(Reason.OUTDATED)
    await rows.move(connection, race, day, _ask_at(day, stored_runner))
    await run_plan.remove_race(connection, runner, stored.race.day)
    return await get(connection, catalogue, runner, now)


@transaction
async def remove(
    connection: Connection, catalogue: Catalogue, runner: int, race: int, now: datetime
) -> Races | Rejected:
    """Delete a race; the nearest of the others is the main one from now on."""
    stored = await rows.get(connection, race)
    if stored is None or stored.runner != runner:
        return Rejected(Reason.OUTDATED)
    await rows.remove(connection, race)
    await run_plan.remove_race(connection, runner, stored.race.day)
    return await get(connection, catalogue, runner, now)


async def replan(connection: Connection, runner: Runner, now: datetime) -> None:
    """Move the questions after races to the morning in the runner's present zone."""
    for race in (await rows.get_many(connection, [runner.id], now.date() - USEFUL))[runner.id]:
        await rows.set_due(connection, race.id, _ask_at(race.day, runner))


@transaction
async def take(connection: Connection, now: datetime, most: int) -> Sequence[RaceQuestion]:
    """Mark the questions that have been due longest as being sent; return at most `most` of them.

    A question that comes too late, has its answer, or whose runner is gone, is dropped.
    """

    async def sift(taken: Sequence[Any]) -> dict[int, RaceQuestion]:
        questions = [rows.built(row) for row in taken]
        known = await runners.get_many(connection, {each.runner for each in questions})
        return {each.id: each for each in questions if _is_asked(each, known, now)}

    return await outbox.take_worthwhile(connection, outbox.RACES, now, most, sift)


def _is_asked(question: RaceQuestion, known: dict[int, Runner], now: datetime) -> bool:
    runner = known.get(question.runner)
    is_reachable = runner is not None and runner.unreachable_at is None
    is_open = question.race.started is None and now - question.due_at <= USEFUL
    return is_reachable and is_open


@transaction
async def answer(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    race: int,
    now: datetime,
    *,
    started: bool,
    reached: Distance | None,
) -> Races | Rejected:
    """Store how a race went, once; `reached`: how far a runner came who did not finish."""
    stored = await rows.get(connection, race)
    if stored is None or stored.runner != runner:
        return Rejected(Reason.OUTDATED)
    if stored.race.started is not None:
        return Rejected(Reason.ANSWERED)
    if stored.race.day > rests.today(await runners.get_stored(connection, runner), now):
        return Rejected(Reason.OUTDATED)
    await rows.answer(connection, race, started=started, reached=reached)
    return await get(connection, catalogue, runner, now)


def _ask_at(day: date, runner: Runner) -> datetime:
    """Return when to ask how a race of this date went."""
    zone = ZoneInfo(runner.zone or "UTC")
    asked = day + ASKED_AFTER
    return moment(asked, ASKED_AT, zone) or datetime.combine(asked, ASKED_AT, zone)
