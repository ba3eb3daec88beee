"""A crowd of reminders in three processes: nobody gets two, and a kill loses what was under way."""

import asyncio
import time
from datetime import timedelta
from random import Random

import pytest

from bot.sandbox.world.world import World
from tests.cluster.coaches import Coaches
from tests.databases import the_server
from tests.process.coach_process import eventually

pytestmark = pytest.mark.slow

A_MOMENT = 0.5
A_SECOND = timedelta(seconds=1)


async def test_three_processes_share_a_crowd_and_one_limit(coaches: Coaches, world: World) -> None:
    """Each for itself they would send ninety in a second."""
    world.limits = None
    await coaches.start(MESSAGES_PER_SECOND="30")
    people = coaches.crowd(120)
    coaches.begin()
    await eventually(coaches.is_served, timeout=30)
    assert coaches.states() == {"sent": 120}
    assert sorted(coaches.got(people).values()) == [1] * 120
    sent = sorted(call.called_at for call in world.calls if call.method == "sendMessage")
    busiest = max(sum(at <= other < at + A_SECOND for other in sent) for at in sent)
    assert busiest <= 40, "requests may be late on a busy machine, but not so many"
    for coach in coaches.all:
        assert "Traceback" not in coach.stderr


async def test_another_goes_on_when_the_leader_is_killed_in_mid_crowd(
    coaches: Coaches, world: World
) -> None:
    world.limits = None
    world.latency = 0.05
    await coaches.start(MESSAGES_PER_SECOND="100")
    people = coaches.crowd(600)
    coaches.begin()
    await world.until(lambda: coaches.got(people).total() >= 150, timeout=20)
    killed = time.monotonic()
    await coaches.leader.kill()
    in_flight = coaches.states().get("sending", 0)
    await eventually(lambda: coaches.leaders, timeout=10)
    assert time.monotonic() - killed < 10
    await eventually(coaches.is_served, timeout=30)
    await asyncio.sleep(A_MOMENT)
    states, got = coaches.states(), coaches.got(people)
    lost = states.get("unknown", 0)
    assert states["sent"] == 600 - lost
    assert lost <= in_flight
    assert set(got.values()) == {1}
    assert got.total() >= 600 - lost


@pytest.mark.slow
async def test_processes_that_are_killed_again_and_again_bring_nobody_two(
    coaches: Coaches, world: World
) -> None:
    world.limits = None
    world.latency = 0.03
    chance = Random(7)
    await coaches.start(MESSAGES_PER_SECOND="100")
    people = coaches.crowd(1000)
    coaches.begin()
    for enough in (100, 250, 400, 550, 700):
        await world.until(lambda enough=enough: coaches.got(people).total() >= enough, timeout=30)
        await asyncio.sleep(chance.uniform(0, 0.05))
        victim = chance.choice(coaches.all)
        await victim.kill()
        await victim.spawn()
    await eventually(coaches.is_served, timeout=60)
    await asyncio.sleep(A_MOMENT)
    states, got = coaches.states(), coaches.got(people)
    assert states["sent"] + states.get("unknown", 0) == 1000
    assert set(got.values()) == {1}
    assert got.total() >= states["sent"]


@pytest.mark.slow
async def test_a_server_that_goes_away_in_mid_crowd_is_waited_for(
    coaches: Coaches, world: World
) -> None:
    world.limits = None
    world.latency = 0.03
    await coaches.start(MESSAGES_PER_SECOND="100")
    people = coaches.crowd(400)
    coaches.begin()
    await world.until(lambda: coaches.got(people).total() >= 100, timeout=20)
    server = the_server()
    server.stop()
    await asyncio.sleep(2)
    gone = coaches.got(people).total()
    assert gone < 300
    server.start()
    await eventually(coaches.is_served, timeout=60)
    await asyncio.sleep(A_MOMENT)
    states, got = coaches.states(), coaches.got(people)
    assert all(coach.is_running for coach in coaches.all)
    assert set(got.values()) == {1}
    assert len(got) == states["sent"] + states.get("unknown", 0) == 400
