"""Each fault does what it says, as often as it says, where it says."""

import asyncio
import time

import aiohttp
import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, refused


async def test_a_status_is_answered_once(world: World, ann: Person, api: Api) -> None:
    world.faults.add(Fault(method="sendMessage", kind="status", status=502))
    assert await api("sendMessage", chat_id=ann.id, text="x") == refused(502, "Bad Gateway")
    assert len(world.messages(ann)) == 1
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]


async def test_a_flood_names_the_seconds_to_wait(world: World, ann: Person, api: Api) -> None:
    world.faults.add(Fault(kind="flood", retry_after=7))
    answer = await api("sendMessage", chat_id=ann.id, text="x")
    description = "Too Many Requests: retry after 7"
    assert answer == refused(429, description) | {"parameters": {"retry_after": 7}}


@pytest.mark.parametrize(("handled", "arrived"), [(False, 1), (True, 2)])
async def test_a_cut_connection_loses_the_call_or_only_its_answer(
    handled: bool, arrived: int, world: World, ann: Person, api: Api
) -> None:
    world.faults.add(Fault(kind="drop", handled=handled))
    with pytest.raises(aiohttp.ClientError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert len(world.messages(ann)) == arrived
    assert world.calls[-1].status == 0
    assert world.calls[-1].faulty


@pytest.mark.parametrize(("handled", "arrived"), [(False, 1), (True, 2)])
async def test_a_hanging_call_is_never_answered(
    handled: bool, arrived: int, world: World, ann: Person, api: Api
) -> None:
    world.faults.add(Fault(kind="hang", handled=handled))
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await api("sendMessage", chat_id=ann.id, text="x")
    assert len(world.messages(ann)) == arrived


async def test_latency_delays_one_call_or_all(world: World, ann: Person, api: Api) -> None:
    world.faults.add(Fault(kind="latency", seconds=0.1))
    started = time.monotonic()
    assert (await api("getMe"))["ok"]
    assert time.monotonic() - started >= 0.1
    world.latency = 0.1
    assert (await api("getMe"))["ok"]
    assert time.monotonic() - started >= 0.2


async def test_latency_spares_polling(world: World, ann: Person, api: Api) -> None:
    world.latency = 30
    assert len((await api("getUpdates"))["result"]) == 1


async def test_a_fault_may_strike_one_chat_for_ever(world: World, ann: Person, api: Api) -> None:
    bob = world.add_person("Bob")
    world.start(bob)
    world.faults.add(Fault(chat_id=bob.id, times=None))
    for _ in range(3):
        assert (await api("sendMessage", chat_id=bob.id, text="x"))["error_code"] == 500
        assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]
    world.faults.clear()
    assert (await api("sendMessage", chat_id=bob.id, text="x"))["ok"]


async def test_polling_fails_only_when_named(world: World, api: Api) -> None:
    world.faults.add(Fault(times=None))
    assert (await api("getUpdates"))["ok"]
    world.faults.add(Fault(method="getUpdates", status=503))
    assert await api("getUpdates") == refused(503, "Service Unavailable")


async def test_what_a_fault_spoilt_is_not_among_the_refused(
    world: World, ann: Person, api: Api
) -> None:
    world.faults.add(Fault())
    await api("sendMessage", chat_id=ann.id, text="x")
    await api("sendMessage", chat_id=ann.id, text="")
    assert [call.description for call in world.refused()] == ["Bad Request: message text is empty"]


@pytest.mark.parametrize("status", [200, 403, 502])
async def test_a_proxy_answers_with_a_page_or_with_nothing(
    status: int, world: World, url: str, http: aiohttp.ClientSession
) -> None:
    world.faults.add(Fault("getMe", "page", status=status))
    world.faults.add(Fault("getMe", "empty", status=status))
    for start, length in (("<html>", 70), ("", 0)):
        async with http.post(f"{url}/bot{world.token}/getMe") as answer:
            text = await answer.text()
        assert answer.status == status
        assert text.startswith(start)
        assert abs(len(text) - length) < 10
    assert [call.status for call in world.calls[-2:]] == [0, 0]


@pytest.mark.parametrize(("handled", "arrived"), [(False, 1), (True, 2)])
async def test_an_answer_may_break_off(
    handled: bool, arrived: int, world: World, ann: Person, api: Api
) -> None:
    world.faults.add(Fault("sendMessage", "cut", handled=handled))
    with pytest.raises(aiohttp.ClientPayloadError):
        await api("sendMessage", chat_id=ann.id, text="x")
    assert len(world.messages(ann)) == arrived


async def test_a_fault_may_strike_each_third_call(world: World, ann: Person, api: Api) -> None:
    world.faults.add(Fault("getMe", times=2, every=3))
    assert [(await api("getMe"))["ok"] for _ in range(9)] == [True, True, False] * 2 + [True] * 3
