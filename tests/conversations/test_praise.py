"""The line of praise in a summary, by taps and by the clock."""

from datetime import timedelta

import pytest

from bot.db import sessions
from tests.conversations.stage import Runner
from tests.histories import weeks_of_training

FIRST = "Your first session is done."
BACK = "Good to have you back"


async def finishes(runner: Runner, *, skipped: int = 0) -> None:
    """A whole session by taps, the first steps skipped."""
    await runner.says("/routine first two weeks")
    await runner.taps("My own pace" if "My own pace" in runner.shown.labels else "Start")
    while "Done" in runner.shown.labels:
        await runner.taps("Skip" if skipped > 0 else "Done")
        skipped -= 1


@pytest.mark.slow
async def test_the_first_session_is_praised_once_and_rating_it_leaves_the_line(
    bea: Runner,
) -> None:
    await finishes(bea)
    assert bea.shown.text.startswith(FIRST)
    await bea.taps("Just right")
    assert bea.shown.text.startswith(FIRST)
    assert "You said: just right." in bea.shown.text
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=2))
    await finishes(bea)
    assert not bea.shown.text.startswith(FIRST)
    await bea.stage.travel(bea.stage.clock.now() + timedelta(days=28))
    await finishes(bea)
    assert bea.shown.text.startswith(BACK)


@pytest.mark.slow
async def test_a_session_led_by_the_clock_is_praised_too(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.stage.travel(bea.stage.clock.now() + timedelta(hours=1))
    assert bea.shown.text.startswith(FIRST)


async def test_a_session_that_was_stopped_or_mostly_skipped_is_not(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    for label in ("My own pace", "Done", "Done", "Stop"):
        await bea.taps(label)
    assert "stopped" in bea.shown.text
    assert FIRST not in bea.shown.text


@pytest.mark.slow
async def test_one_that_is_mostly_skipped_is_not(bea: Runner) -> None:
    await finishes(bea, skipped=6)
    assert ": done" in bea.shown.text
    assert FIRST not in bea.shown.text


@pytest.mark.slow
async def test_nor_one_in_which_something_hurt(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    for label in ("My own pace", "Skip", "Something hurts", "Dull pain", "Thigh", "2"):
        await bea.taps(label)
    await bea.taps("Go on")
    while "Done" in bea.shown.labels:
        await bea.taps("Done")
    assert ": done" in bea.shown.text
    assert FIRST not in bea.shown.text


@pytest.mark.slow
async def test_the_tenth_session_is_counted(bea: Runner) -> None:
    coach = bea.stage.work.coach
    until = coach.now() - timedelta(days=3)
    await weeks_of_training(coach.db, coach.catalogue, bea.id, until, 3, chance=1)
    async with coach.db.read() as connection:
        before = len((await sessions.trained(connection, [bea.id], coach.now()))[bea.id])
    for _ in range(10 - before):
        await finishes(bea)
    assert bea.shown.text.startswith("That was session number 10.")
