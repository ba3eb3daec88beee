"""A runner's training days, place and time away."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.db import reminders, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain.question import Question
from bot.domain.runner import Runner
from bot.domain.schedule import (
    Due,
    Schedule,
    Slot,
    TrainingDay,
    Weekday,
    local_day,
    next_reminder,
)
from bot.runtime.scheduler import Calendar
from bot.services import pain_followups

PATIENCE = timedelta(days=1)
A_WHILE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class PlaceFirst:
    """The days are kept with the open question, and saved once the place is known."""


@dataclass(frozen=True, slots=True)
class RunnerSchedule:
    """A runner with their training days, and the next reminder, if there is one."""

    runner: Runner
    coming: Due | None


async def choose_days(
    db: Database, calendar: Calendar, runner: int, schedule: Schedule, now: datetime
) -> RunnerSchedule | PlaceFirst:
    """Save the training days, or ask for the place first."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        known = await _known(connection, runner)
        if known.zone is None:
            await _ask(connection, runner, Question(place=True, days=schedule), now)
            return PlaceFirst()
        await runners.save_schedule(connection, runner, known.zone, schedule, now)
        await _close_place(connection, runner, now)
        saved = await _plan(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return saved


async def ask_place(db: Database, runner: int, now: datetime, name: str = "") -> None:
    """Open the question where the runner is; `name` is a place name with several readings."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        still = await _question(connection, runner, now)
        await _ask(connection, runner, replace(still, place=True, name=name), now)


async def question(db: Database, runner: int, now: datetime) -> Question:
    """Return the question that the runner is to answer in words; it expires after a day."""
    async with db.read() as connection:
        return await _question(connection, runner, now)


async def leave_place(db: Database, runner: int, now: datetime) -> None:
    """Close the question where the runner is, and drop the days that waited for its answer."""
    async with db.write(runner) as connection:
        await _close_place(connection, runner, now)


async def choose_place(
    db: Database, calendar: Calendar, runner: int, zone: str, place: str, now: datetime
) -> tuple[RunnerSchedule, bool]:
    """Save the place and the days that waited for it; return whether there were any."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_place(connection, runner, zone, place, now)
        waited = (await _question(connection, runner, now)).days
        if waited:
            await runners.save_schedule(connection, runner, zone, waited, now)
        await _close_place(connection, runner, now)
        await pain_followups.replan(connection, await _known(connection, runner))
        saved = await _plan(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return saved, bool(waited)


async def turn_off(db: Database, calendar: Calendar, runner: int, now: datetime) -> None:
    """Remove all training days."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_schedule(connection, runner, "UTC", (), now)
        await _close_place(connection, runner, now)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)


async def set_away(db: Database, runner: int, days: date | timedelta, now: datetime) -> date:
    """Pause reminders until this local date, or for so many days; return the date.

    A timedelta of 0 ends the pause today. Days away in the past stay days away, so that the weeks
    they lie in count as kept.
    """
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        known = await _known(connection, runner)
        today = now.astimezone(ZoneInfo(known.zone or "UTC")).date()
        until = days if isinstance(days, date) else today + days
        first = known.away_from if known.is_away(today) or until <= today else today
        await runners.save_away(connection, runner, first, until)
        await _close_away(connection, runner, now)
        return until


async def ask_away(db: Database, runner: int, until: tuple[date, ...], now: datetime) -> None:
    """Open the question which of these dates is meant."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        still = await _question(connection, runner, now)
        await _ask(connection, runner, replace(still, until=until), now)


async def leave_away(db: Database, runner: int, now: datetime) -> None:
    """Close the question until when the runner is away."""
    async with db.write(runner) as connection:
        await _close_away(connection, runner, now)


async def next_training_day(db: Database, now: datetime) -> datetime | None:
    """Return the earliest moment (UTC) of any runner's training days."""
    async with db.read() as connection:
        days = await runners.training_days(connection)
    coming = (next_reminder((day,), zone, now) for zone, day in days)
    return min((due.moment for due in coming if due), default=None)


async def used_slots(db: Database) -> dict[Slot, int]:
    """Return every slot of the schedule table with the number of its runners."""
    async with db.read() as connection:
        return await runners.slots(connection)


async def _known(connection: Connection, runner: int) -> Runner:
    known = await runners.get(connection, runner)
    assert known is not None
    return known


async def _plan(connection: Connection, runner: int, now: datetime) -> RunnerSchedule:
    """The next reminder is on a date without one, and not today if the runner has trained."""
    known = await _known(connection, runner)
    zone = known.zone or "UTC"
    today = now.astimezone(ZoneInfo(zone)).date()
    taken = await reminders.dates(connection, runner, today, today + A_WHILE)
    if await sessions.trained_at(connection, runner, *local_day(today, zone)):
        taken.add(today)
    coming = next_reminder(known.schedule, zone, now, known.away_until, taken)
    return RunnerSchedule(known, coming)


async def _close_place(connection: Connection, runner: int, now: datetime) -> None:
    still = await _question(connection, runner, now)
    await _ask(connection, runner, Question(until=still.until), now)


async def _close_away(connection: Connection, runner: int, now: datetime) -> None:
    still = await _question(connection, runner, now)
    await _ask(connection, runner, replace(still, until=()), now)


async def _question(connection: Connection, runner: int, now: datetime) -> Question:
    stored = await runners.question(connection, runner, now - PATIENCE)
    return Question() if stored is None else _read(stored)


async def _ask(connection: Connection, runner: int, question: Question, now: datetime) -> None:
    if question.is_open:
        await runners.ask(connection, runner, _stored(question), now)
    else:
        await runners.answered(connection, runner)


def _stored(question: Question) -> dict[str, Any]:
    return {
        "place": question.place,
        "name": question.name,
        "days": {day.weekday.value: f"{day.at:%H:%M}" for day in question.days},
        "until": [day.isoformat() for day in question.until],
    }


def _read(stored: Mapping[str, Any]) -> Question:
    """Earlier versions stored the days alone, with the question for the place."""
    days = stored.get("days", stored)
    return Question(
        stored.get("place", True),
        stored.get("name", ""),
        tuple(TrainingDay(Weekday(day), time.fromisoformat(at)) for day, at in days.items()),
        tuple(map(date.fromisoformat, stored.get("until", ()))),
    )
