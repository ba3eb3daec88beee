"""SIGTERM and SIGINT: what was taken up is finished, and the exit status is 0."""

import asyncio
import time
from signal import SIGINT, SIGTERM, Signals

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess, eventually
from tests.process.runner import Runner

BOTH = pytest.mark.parametrize("number", [SIGTERM, SIGINT], ids=lambda number: number.name)


@pytest.mark.slow
@BOTH
async def test_an_idle_coach_ends_at_once(coach: CoachProcess, number: Signals) -> None:
    coach.cold = True
    await coach.start()
    told_at = time.monotonic()
    assert await coach.end(number) == 0
    assert time.monotonic() - told_at < 3
    assert coach.stderr == ""


@pytest.mark.slow
async def test_what_was_taken_up_is_finished(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    await coach.start()
    await ann.says("/start routine_first-two-weeks")
    await ann.taps("None applies to me")
    world.faults.add(Fault("sendMessage", "latency", seconds=0.4, times=None))
    tap = ann.tap("Start")
    world.say(ann.person, "/help")
    await tap.answer()
    await ann.is_stored(world.updates.newest)
    assert await coach.end(SIGTERM, timeout=5) == 0
    step, help_ = ann.messages[-2:]
    assert "Warm-up" in step.text
    assert "/routine" in help_.text
    assert coach.rows("SELECT message_id FROM sessions") == [(step.id,)]
    assert ann.newest("Start") is None
    assert coach.stderr == ""

    world.faults.clear()
    said = len(ann.messages)
    await coach.start()
    await ann.is_heard()
    assert len(ann.messages) == said
    await ann.taps("Done")
    assert "1 of 9" in ann.messages[-1].text


@pytest.mark.slow
async def test_a_second_signal_does_not_cut_the_first_one_short(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    await coach.start()
    world.faults.add(Fault("sendMessage", "latency", seconds=0.7))
    world.say(ann.person, "/help")
    await ann.is_stored(world.updates.newest)
    coach.signal(SIGINT)
    await asyncio.sleep(0.2)
    assert await coach.end(SIGINT) == 0
    assert "/routine" in ann.messages[-1].text


@pytest.mark.slow
@BOTH
async def test_a_coach_that_waits_for_the_server_ends_too(
    coach: CoachProcess, number: Signals
) -> None:
    coach.url = "http://127.0.0.1:9"
    await coach.spawn()
    await eventually(lambda: "can't reach" in coach.stderr)
    assert await coach.end(number) == 0
    assert all("can't reach the Bot API server" in line for line in coach.stderr.splitlines())


@pytest.mark.slow
async def test_a_server_that_never_answers_does_not_hold_up_the_end(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    """Docker waits ten seconds before it kills."""
    await coach.start()
    world.faults.add(Fault("getUpdates", "hang", times=None))
    world.say(ann.person, "/help")
    await world.until(lambda: ann.messages)
    assert await coach.end(SIGTERM, timeout=10) == 0
