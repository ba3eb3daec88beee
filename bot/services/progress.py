"""What a runner has done, and how the week's plan stands."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.db import runners, sessions
from bot.db.engine import Database
from bot.domain.progress import Progress
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, local_day, week_of

SESSIONS = 5


async def progress(db: Database, runner: int, now: datetime) -> Progress:
    """The last sessions, and this week: days trained and days planned."""
    async with db.read() as connection:
        known = await runners.get(connection, runner) or Runner(runner)
        zone = known.zone or "UTC"
        today = now.astimezone(ZoneInfo(zone)).date()
        monday, next_monday = week_of(today)
        moments = await sessions.trained_at(
            connection, runner, local_day(monday, zone)[0], local_day(next_monday, zone)[0]
        )
        last = await sessions.last_trained(connection, runner, SESSIONS)
    return Progress(
        zone=zone,
        trained_this_week=len({at.astimezone(ZoneInfo(zone)).date() for at in moments}),
        planned=_planned(known, monday),
        away_until=known.away_until if known.is_away(today) else None,
        sessions=tuple(last),
    )


def _planned(runner: Runner, monday: date) -> int:
    """This week's training days; days away are not planned, so they break nothing."""
    dates = (monday + timedelta(days=WEEK.index(day.weekday)) for day in runner.schedule)
    return sum(not runner.is_away(day) for day in dates)
