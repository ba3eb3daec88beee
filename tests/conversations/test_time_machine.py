"""The demo's clock: it can be moved, and what is due on the way happens as time would do it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo.server import JUST_BEFORE, TimeMachine
from bot.runtime.clock import ShiftedClock
from tests.conversations.stage import Runner, Stage, a_stage

REMINDER = "Today is a training day"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose clock goes on by itself."""
    async with a_stage(tmp_path) as stage:
        stage.clock = ShiftedClock()  # type: ignore[assignment]
        stage.clock.move(datetime(2026, 11, 24, 6, tzinfo=UTC))
        stage.world.clock = stage.clock.now
        async with stage.coach():
            yield stage


@pytest.fixture
async def ann(stage: Stage) -> Runner:
    ann = await stage.runner("Ann").is_ready()
    await ann.says("/timezone Berlin")
    await ann.says("/reminders wed 07:00 sat 09:30")
    return ann


def machine(stage: Stage) -> TimeMachine:
    assert isinstance(stage.clock, ShiftedClock)
    return TimeMachine(stage.work, stage.clock)


@pytest.mark.slow
async def test_next_reminder_goes_to_just_before_it_and_then_it_comes(ann: Runner) -> None:
    time = machine(ann.stage)
    moment = await time.move("reminder")
    due = datetime(2026, 11, 25, 6, tzinfo=UTC)
    assert abs(due - JUST_BEFORE - moment) < timedelta(seconds=1)
    assert ann.count(REMINDER) == 0
    async with time.running():
        await ann.stage.world.until(lambda: ann.count(REMINDER) == 1, timeout=10)


@pytest.mark.slow
async def test_a_day_and_an_hour_deliver_what_lies_between(ann: Runner) -> None:
    time = machine(ann.stage)
    for _ in range(5):
        await time.move("day")
    await time.move("hour")
    assert ann.count(REMINDER) == 2


@pytest.mark.slow
async def test_to_the_next_clock_change(ann: Runner) -> None:
    moment = await machine(ann.stage).move("clock-change")
    change = datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert abs(change - JUST_BEFORE - moment) < timedelta(seconds=1)
    assert ann.count(REMINDER) == 3, "then the coach asks once, and is silent"


@pytest.mark.statements
async def test_where_there_is_nothing_to_go_to_the_clock_stays(stage: Stage) -> None:
    before = stage.clock.now()
    assert await machine(stage).move("reminder") - before < timedelta(seconds=1)
