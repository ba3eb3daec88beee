"""Flood limits hold overall, in a group and in a private chat."""

import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.flood_limits import FloodLimits
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, refused


class Clock:
    """A clock that stands still until it is advanced."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_30_a_second_pass_overall(clock: Clock) -> None:
    limits = FloodLimits(clock=clock)
    assert [limits.wait(chat) for chat in range(1, 32)] == [0] * 30 + [1]
    clock.now += 1
    assert limits.wait(99) == 0


def test_20_a_minute_pass_in_a_group(clock: Clock) -> None:
    limits = FloodLimits(clock=clock)
    assert [limits.wait(-5) for _ in range(21)] == [0] * 20 + [60]
    clock.now += 45.5
    assert limits.wait(-5) == 15
    assert limits.wait(-6) == 0
    clock.now += 15
    assert limits.wait(-5) == 0


def test_a_burst_passes_in_a_private_chat_then_one_a_second(clock: Clock) -> None:
    limits = FloodLimits(clock=clock)
    assert [limits.wait(5) for _ in range(21)] == [0] * 20 + [1]
    clock.now += 1
    assert [limits.wait(5), limits.wait(5)] == [0, 1]
    clock.now += 3600
    assert [limits.wait(5) for _ in range(21)] == [0] * 20 + [1]


async def test_over_the_limit_is_429(world: World, ann: Person, api: Api) -> None:
    world.limits = FloodLimits(chat_burst=1)
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]
    answer = await api("sendMessage", chat_id=ann.id, text="x")
    expected = refused(429, "Too Many Requests: retry after 1")
    assert answer == expected | {"parameters": {"retry_after": 1}}
    assert (await api("sendChatAction", chat_id=ann.id, action="typing"))["ok"]


async def test_what_is_refused_costs_nothing(world: World, ann: Person, api: Api) -> None:
    world.limits = FloodLimits(chat_burst=1)
    await api("sendMessage", chat_id=ann.id, text="")
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]


async def test_limits_can_be_off(world: World, ann: Person, api: Api) -> None:
    world.limits = None
    for _ in range(40):
        assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]
