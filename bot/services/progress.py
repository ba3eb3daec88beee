"""A runner's training history and the weeks of their plan."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.db import reminders, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain.history import (
    WEEKS_SHOWN,
    Progress,
    ReminderOutcome,
    Training,
    TrainingPlan,
    exercises,
    training,
    weeks,
)
from bot.domain.runner import Runner
from bot.domain.session import Session

LAST = 3
PAGE = 10  # sessions read at once; each is some thousand bytes to decode, which blocks the loop


async def progress(db: Database, runner: int, now: datetime) -> Progress:
    """Return the runner's progress since the first session."""
    async with db.read() as connection:
        stored_runner = await runners.get(connection, runner) or Runner(runner)
        zone = stored_runner.zone or "UTC"
        trainings, last = await _trained(connection, runner, zone)
        plan = await training_plan(connection, stored_runner, zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    all_weeks = weeks(trainings, plan, today)
    return Progress(
        zone=zone,
        today=today,
        first=min((each.day for each in trainings), default=today),
        away_until=stored_runner.away_until if stored_runner.is_away(today) else None,
        weeks=all_weeks,
        exercises=exercises(trainings, all_weeks[-WEEKS_SHOWN:]),
        last=last,
    )


async def _trained(
    connection: Connection, runner: int, zone: str
) -> tuple[list[Training], tuple[Session, ...]]:
    """Return a summary of each session, and the LAST sessions whole, newest first."""
    trainings: list[Training] = []
    last: list[Session] = []
    after = 0
    while page := await sessions.trained_page(connection, runner, after, PAGE):
        trainings += (training(session, zone) for session in page)
        last = [*last, *page][-LAST:]
        after = page[-1].id
    return trainings, tuple(reversed(last))


async def training_plan(connection: Connection, runner: Runner, zone: str) -> TrainingPlan:
    """Return the runner's planned days, as far as they are known."""
    chosen = await runners.days_chosen(connection, runner.id)
    history = await reminders.history(connection, runner.id)
    return TrainingPlan(
        since={day: at.astimezone(ZoneInfo(zone)).date() for day, at in chosen.items()},
        reminders={day: ReminderOutcome(state, answer) for day, (state, answer) in history.items()},
        is_away=runner.is_away,
    )
