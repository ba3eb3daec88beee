"""Updates that any of three processes may store are handled once, in the order of their chat."""

import asyncio
import signal

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.cluster.coaches import Coaches, balanced
from tests.databases import rows
from tests.process.coach_process import eventually
from tests.process.runner import Runner

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_limits(world: World) -> None:
    world.limits = None


def waiting(coaches: Coaches) -> int:
    return len(rows(coaches.database, "inbox"))


async def test_what_comes_in_elsewhere_waits_for_what_is_in_hand(
    coaches: Coaches, world: World, ann: Runner
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        world.faults.add(Fault("sendMessage", "latency", seconds=1.0, times=1))
        for number, zone in enumerate(("Europe/Berlin", "Asia/Tokyo", "Europe/Rome")):
            balancer.only = coaches.all[number]
            world.say(ann.person, f"/timezone {zone}")
            await ann.is_stored(world.updates.newest)
        await eventually(lambda: not waiting(coaches))
        places = ("Berlin", "Tokyo", "Rome")
        assert [p for m in ann.messages for p in places if p in m.text] == list(places)
        assert world.refused() == []


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=lambda number: number.name)
async def test_what_a_dead_or_frozen_process_held_is_handled_by_another(
    coaches: Coaches, world: World, ann: Runner, number: signal.Signals
) -> None:
    async with balanced(coaches) as balancer:
        await coaches.start()
        gone, other = coaches.followers
        balancer.only = gone
        world.faults.add(Fault("sendMessage", "latency", seconds=1.0, times=1))
        world.say(ann.person, "/timezone Europe/Berlin")
        world.say(ann.person, "/timezone Asia/Tokyo")
        await ann.is_stored(world.updates.newest)
        gone.signal(number)
        await asyncio.sleep(0.1)
        balancer.only = other
        world.say(ann.person, "/timezone Europe/Rome")
        await ann.is_stored(world.updates.newest)
        await eventually(lambda: not waiting(coaches), timeout=30)
        assert "Rome" in ann.messages[-1].text
        gone.signal(signal.SIGCONT) if number is signal.SIGSTOP else None
        await asyncio.sleep(1)
        assert sum("Tokyo" in message.text for message in ann.messages) == 1
        assert sum("Rome" in message.text for message in ann.messages) == 1


async def test_what_a_process_leaves_when_it_ends_is_taken_up_at_once(
    coaches: Coaches, world: World, ann: Runner
) -> None:
    async with balanced(coaches):
        await coaches.start()
        for zone in ("Europe/Berlin", "Asia/Tokyo", "Europe/Rome"):
            world.say(ann.person, f"/timezone {zone}")
        await coaches.followers[0].end(signal.SIGTERM)
        await eventually(lambda: not waiting(coaches) and not world.updates.pending)
        places = ("Berlin", "Tokyo", "Rome")
        assert [p for m in ann.messages for p in places if p in m.text] == list(places)
