"""A runner's wishes about training days, place and time away."""

from dataclasses import dataclass
from datetime import date, datetime, time

from bot.calendar import Calendar
from bot.db import runners
from bot.db.engine import Connection, Database
from bot.domain.runner import Runner
from bot.domain.schedule import Schedule, Slot, TrainingDay, Weekday


@dataclass(frozen=True, slots=True)
class PlaceFirst:
    """The days are remembered, and saved as soon as the place is known."""


async def choose_days(
    db: Database, calendar: Calendar, runner: int, schedule: Schedule, now: datetime
) -> Runner | PlaceFirst:
    """Saves the training days, or asks for the place first."""
    async with db.write() as connection:
        await runners.ensure(connection, runner, now)
        known = await _known(connection, runner)
        if known.zone is None:
            await runners.ask(connection, runner, _wish(schedule), now)
            return PlaceFirst()
        await runners.save_schedule(connection, runner, known.zone, schedule, now)
        await runners.answered(connection, runner)
        saved = await _known(connection, runner)
    calendar.use(slots_of(saved))
    return saved


async def ask_place(db: Database, runner: int, now: datetime) -> None:
    """The runner's next words are the name of a place."""
    async with db.write() as connection:
        await runners.ensure(connection, runner, now)
        if await runners.question(connection, runner) is None:
            await runners.ask(connection, runner, _wish(()), now)


async def place_asked(db: Database, runner: int) -> bool:
    """Whether the coach waits to hear where the runner is."""
    async with db.read() as connection:
        return await runners.question(connection, runner) is not None


async def choose_place(
    db: Database, calendar: Calendar, runner: int, zone: str, place: str, now: datetime
) -> tuple[Runner, bool]:
    """Saves where the runner is, and the days that waited for it; True if there were any."""
    async with db.write() as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_place(connection, runner, zone, place, now)
        wish = await runners.question(connection, runner)
        waited = _schedule(wish) if wish else ()
        if waited:
            await runners.save_schedule(connection, runner, zone, waited, now)
        await runners.answered(connection, runner)
        saved = await _known(connection, runner)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)
    return saved, bool(waited)


async def turn_off(db: Database, calendar: Calendar, runner: int, now: datetime) -> None:
    """No training days any more."""
    async with db.write() as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_schedule(connection, runner, "UTC", (), now)
        await runners.answered(connection, runner)
        slots = await runners.slots(connection)
    calendar.reconcile(slots)


async def set_away(db: Database, runner: int, until: date | None, now: datetime) -> None:
    """No reminders before this local date; None: as usual."""
    async with db.write() as connection:
        await runners.ensure(connection, runner, now)
        await runners.save_away(connection, runner, until)


async def used_slots(db: Database) -> dict[Slot, int]:
    """Every slot that the schedule table holds, with how many runners it has."""
    async with db.read() as connection:
        return await runners.slots(connection)


def slots_of(runner: Runner) -> set[Slot]:
    zone = runner.zone
    return {Slot(zone, day.at) for day in runner.schedule} if zone else set()


async def _known(connection: Connection, runner: int) -> Runner:
    known = await runners.get(connection, runner)
    assert known is not None
    return known


def _wish(schedule: Schedule) -> dict[str, str]:
    """The days that wait for a place, as stored."""
    return {day.weekday.value: f"{day.at:%H:%M}" for day in schedule}


def _schedule(wish: dict[str, str]) -> Schedule:
    return tuple(TrainingDay(Weekday(day), time.fromisoformat(at)) for day, at in wish.items())
