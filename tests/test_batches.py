"""Many reminders at a time: each as it would be alone, and once, whoever else is at work."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from bot.db import runners
from bot.db.engine import Database, open_database
from bot.db.migrating import migrate
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Slot, TrainingDay
from bot.services import reminders
from bot.services import runners as runner_services
from tests import places

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # a Tuesday
SLOT = Slot("Europe/Berlin", time(7))


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    with places.a_place(tmp_path) as place:
        migrate(place)
        database = open_database(place)
        yield database
        await database.close()


async def plan(db: Database, runner: int) -> None:
    """A reminder every day at seven."""
    await runner_services.answer_safety(db, runner, Screening.CLEAR, NOW)
    async with db.write() as connection:
        days = tuple(TrainingDay(day, SLOT.at) for day in WEEK)
        await runners.save_place(connection, runner, SLOT.zone, "Berlin", NOW)
        await runners.save_schedule(connection, runner, SLOT.zone, days, NOW)


async def test_a_slot_that_wakes_in_several_places_is_claimed_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BATCH", 3)
    for runner in range(1, 11):
        await plan(db, runner)
    claimed = await asyncio.gather(*(reminders.wake(db, SLOT, NOW) for _ in range(4)))
    assert sum(claimed) == 10
    assert await reminders.count_due(db, NOW) == 10
