"""The Bot API over HTTP: tokens, unknown methods, and every way to pass parameters."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import aiohttp
import pytest

from bot.sandbox.api.methods import METHODS
from bot.sandbox.api.signatures import PARAMETERS
from bot.sandbox.world.calls import CALLS_KEPT
from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, refused
from tests.sandbox.samples import png


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("1:wrong", refused(401, "Unauthorized")),
        ("2:sandbox", refused(401, "Unauthorized")),
        ("sandbox", refused(404, "Not Found")),
        ("", refused(404, "Not Found")),
    ],
)
async def test_only_the_bots_token_opens(
    token: str, expected: dict[str, object], url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/bot{token}/getMe") as response:
        assert await response.json() == expected
        assert response.status == expected["error_code"]


async def test_an_unknown_method_is_not_found_and_logged(world: World, api: Api) -> None:
    assert await api("sendHologram", chat_id=1) == refused(404, "Not Found")
    assert [(call.method, call.status, call.chat_id) for call in world.refused()] == [
        ("sendHologram", 404, 1)
    ]


async def test_method_names_ignore_case(api: Api) -> None:
    assert (await api("GETme"))["ok"]


@pytest.mark.parametrize("kind", ["query", "urlencoded", "multipart", "json"])
async def test_parameters_come_in_any_form(
    kind: str, world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    params = {"chat_id": str(ann.id), "text": "hé &"}
    address = f"{url}/bot{world.token}/sendMessage"
    form = aiohttp.FormData(params, default_to_multipart=kind == "multipart")
    passed: dict[str, dict[str, Any]] = {
        "query": {"params": params},
        "urlencoded": {"data": form},
        "multipart": {"data": form},
        "json": {"json": params},
    }
    async with http.post(address, **passed[kind]) as response:
        assert (await response.json())["result"]["text"] == "hé &"


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"7"])
async def test_a_body_that_is_no_json_object_is_refused(
    body: bytes, world: World, url: str, http: aiohttp.ClientSession
) -> None:
    headers = {"Content-Type": "application/json"}
    address = f"{url}/bot{world.token}/sendMessage"
    async with http.post(address, data=body, headers=headers) as response:
        assert response.status == 400
        assert not (await response.json())["ok"]


async def test_every_call_is_logged(world: World, ann: Person, api: Api) -> None:
    await api("sendMessage", chat_id=ann.id, text="x")
    (call,) = world.calls
    assert (call.method, call.status, call.chat_id) == ("sendMessage", 200, ann.id)
    assert call.params == {"chat_id": ann.id, "text": "x"}
    assert world.refused() == []


async def test_the_newest_calls_are_kept(world: World, ann: Person, api: Api) -> None:
    await api("sendMessage", chat_id=ann.id, text="first")
    seen = world.calls.total
    for number in range(CALLS_KEPT + 5):
        world.log(replace(world.calls[-1], description=str(number)))
    assert len(world.calls) == CALLS_KEPT
    assert world.calls.total == seen + CALLS_KEPT + 5
    assert [call.description for call in world.calls.since(world.calls.total - 2)] == [
        "2003",
        "2004",
    ]
    assert world.calls.since(world.calls.total) == []
    assert len(world.calls.since(seen)) == CALLS_KEPT


async def test_parameters_that_a_method_does_not_take_are_written_down(
    world: World, ann: Person, api: Api, send: Api
) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="hi", parse_mode="HTML", silent=True)
    where = {"chat_id": ann.id, "message_id": sent["result"]["message_id"]}
    await api("editMessageReplyMarkup", **where, parse_mode="HTML")
    await api("sendHologram", chat_id=ann.id, hologram="x")
    await send("sendPhoto", chat_id=ann.id, photo="attach://here", here=("a.png", png()))
    assert [call.unknown_parameters for call in world.calls] == [
        ("silent",),
        ("parse_mode",),
        (),
        (),
    ]


def test_every_method_lists_its_parameters() -> None:
    assert set(PARAMETERS) == set(METHODS)


async def test_answers_are_dated_by_the_clock_that_dates_messages(
    world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    now = datetime(2031, 5, 6, 7, 8, 9, 999, tzinfo=timezone(timedelta(hours=2)))
    world.clock = lambda: now
    for method in ("getMe", "sendHologram"):
        async with http.get(f"{url}/bot{world.token}/{method}") as response:
            assert response.headers["Date"] == "Tue, 06 May 2031 05:08:09 GMT"


async def test_a_forwarded_message_says_whose_it_is(world: World, ann: Person) -> None:
    bob = world.add_person("Bob")
    world.forward(ann, "/stop now", author=bob)
    sent = world.updates.pending[-1]["message"]
    assert sent["from"]["id"] == ann.id
    assert sent["forward_origin"]["type"] == "user"
    assert sent["forward_origin"]["sender_user"]["id"] == bob.id
    assert sent["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
