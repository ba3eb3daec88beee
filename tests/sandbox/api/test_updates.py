"""getUpdates: long polling, confirmation, and two who poll at once."""

import asyncio
import time
from typing import Any

import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.updates import FIRST_UPDATE_ID, SINGLE_SECONDS
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, refused


async def texts(api: Api, **params: Any) -> list[str]:
    updates = (await api("getUpdates", **params))["result"]
    return [update["message"]["text"] for update in updates]


@pytest.fixture
def three(world: World) -> int:
    """Queue three updates; the value is the id of the first."""
    ann = world.add_person("Ann")
    for text in ("one", "two", "three"):
        world.say(ann, text)
    return FIRST_UPDATE_ID


async def test_what_is_not_confirmed_comes_again(api: Api, three: int) -> None:
    assert await texts(api) == ["one", "two", "three"]
    await asyncio.sleep(SINGLE_SECONDS)
    assert await texts(api) == ["one", "two", "three"]
    assert await texts(api, offset=three + 1) == ["two", "three"]
    assert await texts(api, offset=three) == ["two", "three"]


async def test_an_offset_that_is_repeated_soon_brings_the_oldest_alone(
    api: Api, three: int
) -> None:
    for offset in (three, three + 1):
        whole = ["one", "two", "three"][offset - three :]
        assert await texts(api, offset=offset) == whole
        assert await texts(api, offset=offset) == whole[:1]


async def test_an_offset_that_is_repeated_soon_waits_for_something(
    world: World, api: Api, ann: Person
) -> None:
    world.updates.clear()
    assert await texts(api, offset=1) == []
    again = asyncio.create_task(texts(api, offset=1))
    await asyncio.sleep(0.1)
    assert not again.done()
    world.say(ann, "hello")
    assert await again == ["hello"]


async def test_ids_are_consecutive(api: Api, three: int) -> None:
    updates = (await api("getUpdates"))["result"]
    assert [update["update_id"] for update in updates] == [three, three + 1, three + 2]


async def test_no_more_than_the_limit_is_handed_out(api: Api, three: int) -> None:
    assert await texts(api, limit=2) == ["one", "two"]
    assert await texts(api, limit=0) == ["one"]


async def test_a_negative_offset_counts_from_the_end_and_forgets_the_rest(
    api: Api, three: int
) -> None:
    assert await texts(api, offset=-1) == ["three"]
    assert await texts(api) == ["three"]


async def test_a_long_poll_returns_as_soon_as_something_happens(
    world: World, ann: Person, api: Api
) -> None:
    world.updates.clear()
    poll = asyncio.create_task(texts(api, timeout=30))
    await asyncio.sleep(0.05)
    started = time.monotonic()
    world.say(ann, "hello")
    assert await poll == ["hello"]
    assert time.monotonic() - started < 1


async def test_a_poll_without_timeout_returns_at_once(api: Api) -> None:
    assert await texts(api) == []


@pytest.mark.slow
async def test_an_empty_poll_ends_after_its_timeout(api: Api) -> None:
    assert await texts(api, timeout=1) == []


async def test_of_two_pollers_the_older_is_ended(world: World, ann: Person, api: Api) -> None:
    world.updates.clear()
    older = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(texts(api, timeout=30))
    assert await older == refused(
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    )
    world.say(ann, "hello")
    assert await newer == ["hello"]


@pytest.mark.slow
async def test_allowed_updates_stick(world: World, ann: Person, api: Api) -> None:
    world.updates.clear()
    await api("getUpdates", allowed_updates=["callback_query"])
    world.say(ann, "unheard")
    assert await texts(api) == []
    await api("getUpdates", allowed_updates=[])
    world.say(ann, "heard")
    assert await texts(api) == ["heard"]


async def test_reactions_come_only_when_asked_for(world: World, api: Api) -> None:
    assert world.update("message_reaction", {}) is None
    await api("getUpdates", allowed_updates=["message_reaction"])
    assert world.update("message_reaction", {}) == FIRST_UPDATE_ID


@pytest.mark.slow
async def test_a_confirmed_update_can_be_handed_out_again(
    world: World, api: Api, three: int
) -> None:
    assert await texts(api, offset=three + 3) == []
    world.updates.redeliver(three + 1)
    assert await texts(api, offset=three + 3) == ["two"]
    assert await texts(api, offset=three + 3) == []


async def test_delete_webhook_may_drop_what_waits(world: World, api: Api, three: int) -> None:
    assert (await api("getWebhookInfo"))["result"]["pending_update_count"] == 3
    await api("deleteWebhook")
    assert len(world.updates.pending) == 3
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getWebhookInfo"))["result"] == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    }
