"""The rests of runners' regions, and what follows from them today."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.db import incidents
from bot.db.engine import Connection
from bot.domain.pain_report import Incident
from bot.domain.rests import NoSession, Rest, no_session, rests
from bot.domain.runner import Runner


def today(runner: Runner | None, now: datetime) -> date:
    """Return the runner's local date."""
    return now.astimezone(ZoneInfo((runner and runner.zone) or "UTC")).date()


async def get(connection: Connection, runner: int) -> tuple[Rest, ...]:
    """Return the rests of a runner, those at the level MILD too."""
    return (await get_many(connection, [runner]))[runner]


async def get_many(
    connection: Connection, runner_ids: Collection[int]
) -> dict[int, tuple[Rest, ...]]:
    """Return the rests by runner id."""
    events = await incidents.events(connection, runner_ids)
    return {runner: rests(each) for runner, each in events.items()}


async def reported_today(
    connection: Connection, all_runners: Collection[Runner], now: datetime
) -> dict[int, list[Incident]]:
    """Return by runner id what was reported on the runner's local date."""
    days = {runner.id: today(runner, now) for runner in all_runners}
    return await incidents.reported_on(connection, days)


async def ended_today(connection: Connection, runner: Runner, now: datetime) -> bool:
    """Return whether pain reported today leaves no session today."""
    resting = await get(connection, runner.id)
    reported = await reported_today(connection, [runner], now)
    why = why_no_session(resting, reported[runner.id], today(runner, now))
    return why in (NoSession.STRONGEST, NoSession.PAIN_TODAY)


def why_no_session(
    resting: Iterable[Rest], reported: Collection[Incident], day: date
) -> NoSession | None:
    """Return why there is no session on this local date, whatever the rests leave."""
    pain = (each.score for each in reported if each.kind is not None)
    soreness = (each.score for each in reported if each.kind is None)
    return no_session(resting, max(pain, default=0), max(soreness, default=0), day)
