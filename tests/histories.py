"""Weeks of training, as the database has them: sessions of a real routine, and reminders."""

import random
from datetime import date, datetime, timedelta

from sqlalchemy import insert

from bot.content import Catalogue
from bot.db import runners, sessions
from bot.db.engine import Database
from bot.db.tables import REMINDERS
from bot.domain.runner import Screening
from bot.domain.schedule import TrainingDay
from bot.domain.session import Move, Session
from bot.services import runners as runner_services
from tests.domain.walks import walk

ROUTINE = "marathon-five"


async def weeks_of_training(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    until: datetime,
    weeks: int,
    *,
    days: tuple[TrainingDay, ...] = (),
    chance: float = 0.8,
) -> None:
    """Every week's training days up to `until`, each trained with this chance; in Berlin."""
    dice = random.Random(weeks)
    first = until - timedelta(weeks=weeks)
    await runner_services.answer_safety(db, runner, Screening.CLEAR, first)
    async with db.write() as connection:
        await runners.save_place(connection, runner, "Europe/Berlin", "Berlin, Germany", first)
        await runners.save_schedule(connection, runner, "Europe/Berlin", days, first)
    weekdays = {list(type(day.weekday)).index(day.weekday) for day in days} or {0, 2, 4}
    moment = first
    while moment <= until:
        if moment.weekday() in weekdays:
            trained = moment.date() == first.date() or dice.random() < chance
            if days:
                await _reminded(db, runner, moment.date(), moment)
            if trained:
                await _trained(db, catalogue, runner, moment, dice)
        moment += timedelta(days=1)


async def _reminded(db: Database, runner: int, day: date, at: datetime) -> None:
    row = {"runner_id": runner, "local_date": day, "slot_at": at, "due_at": at, "state": "sent"}
    async with db.write() as connection:
        await connection.execute(insert(REMINDERS).values(row))


async def _trained(
    db: Database, catalogue: Catalogue, runner: int, at: datetime, dice: random.Random
) -> None:
    routine = catalogue.routine(ROUTINE)
    new = Session(
        id=0,
        runner=runner,
        routine=routine.id,
        routine_name=catalogue.texts(routine).name,
        steps=catalogue.steps(routine, 5),
    )
    async with db.write() as connection:
        before = await sessions.add(connection, new, at)
        after = walk(before, Move.BEGIN, at=at)
        while after.is_open:
            at += timedelta(seconds=after.step.work + after.step.rest)
            move = Move.SKIP if dice.random() < 0.06 else Move.DONE
            after = walk(after, move, at=at)
            if after.is_open and dice.random() < 0.01:
                after = walk(after, Move.STOP, at=at)
        await sessions.save(connection, before, after)
