"""The chat page: it shows the chat, acts for the runner, and lets no other site in."""

import asyncio
import io
import json
import logging
from collections.abc import AsyncIterator
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.sandbox.page.view import SHOWN
from bot.sandbox.world.calls import CALLS_KEPT
from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused


@pytest.fixture
def page(url: str, http: aiohttp.ClientSession) -> Any:
    """Post as the page does."""

    def post(action: str, **fields: Any) -> Any:
        return http.post(f"{url}/page/{action}", json=fields, headers={"Origin": url})

    return post


async def told(response: aiohttp.ClientResponse, name: str) -> Any:
    """Return the data of the next event with that name."""
    event = ""
    async with asyncio.timeout(5):
        while line := (await response.content.readline()).decode():
            field, _, value = line.strip().partition(": ")
            if field == "event":
                event = value
            if field == "data" and event == name:
                return json.loads(value)
    raise AssertionError("the stream ended")


async def views(response: aiohttp.ClientResponse) -> Any:
    return await told(response, "view")


PAGE = resources.files("bot.sandbox.page") / "static"
SCRIPTS = [file.name for file in PAGE.iterdir() if file.name.endswith(".js")]


@pytest.mark.parametrize("path", ["/", "/page/page.css", *(f"/page/{name}" for name in SCRIPTS)])
async def test_the_page_is_served_without_outside_help(
    path: str, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(url + path) as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
        assert "https://" not in await response.text()


@pytest.mark.parametrize("name", SCRIPTS)
def test_content_never_becomes_markup(name: str) -> None:
    script = (PAGE / name).read_text()
    assert not any(
        name in script
        for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
    )


async def test_the_chat_is_streamed_as_it_changes(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        first = await views(response)
        assert [message["text"] for message in first["messages"]] == ["/start"]
        keyboard = inline([button("Done", callback_data="d:1")])
        await api(
            "sendMessage",
            chat_id=ann.id,
            text="<b>&lt;i&gt;</b>",
            parse_mode="HTML",
            reply_markup=keyboard,
        )
        bubble = (await views(response))["messages"][-1]
        assert bubble["text"] == "<i>"
        assert bubble["entities"] == [{"type": "bold", "offset": 0, "length": 3}]
        assert bubble["buttons"] == [[{"label": "Done", "data": "d:1", "url": None, "style": None}]]


async def test_closing_the_tab_is_no_error(
    world: World, ann: Person, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Close it as a browser does, without reading to the end, while the server keeps writing."""

    async def change() -> None:
        while True:
            world.say(ann, "on and on")
            await asyncio.sleep(0)

    address = urlsplit(url)
    request = f"GET /page/events?person={ann.id} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
    changing = asyncio.create_task(change())
    for _ in range(5):
        reader, writer = await asyncio.open_connection(address.hostname, address.port, limit=1024)
        writer.write(request.encode())
        await reader.readuntil(b"event: view")
        writer.write_eof()
        await asyncio.sleep(0.05)
        writer.close()
    changing.cancel()
    await asyncio.sleep(0.05)
    assert [it.getMessage() for it in caplog.records if it.levelno >= logging.WARNING] == []


async def test_a_runner_is_added_and_speaks(world: World, page: Any) -> None:
    async with page("person", name="<b>Bob</b>") as response:
        number = (await response.json())["id"]
    await page("say", person=number, text="hi")
    await page("location", person=number, latitude=1.5, longitude=2.5)
    text_message, location_message = world.messages(number)
    assert text_message.sender
    assert text_message.sender.first_name == "<b>Bob</b>"
    assert text_message.text == "hi"
    assert location_message.media["location"] == {"latitude": 1.5, "longitude": 2.5}


async def test_a_tap_returns_the_bots_answer(
    world: World, ann: Person, api: Api, page: Any
) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=inline([button()]))
    number = sent["result"]["message_id"]
    tapping = asyncio.ensure_future(page("tap", person=ann.id, message_id=number, data="d:1"))
    await world.until(lambda: "callback_query" in world.updates.pending[-1])
    query = world.updates.pending[-1]["callback_query"]
    await api("answerCallbackQuery", callback_query_id=query["id"], text="Ok", show_alert=True)
    answer = await (await tapping).json()
    assert answer == {"text": "Ok", "show_alert": True, "url": None}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
)
async def test_another_site_cannot_act(
    headers: dict[str, str], world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    fields = {"person": ann.id, "text": "hi"}
    async with http.post(f"{url}/page/say", json=fields, headers=headers) as response:
        assert response.status == 403
    assert len(world.messages(ann)) == 1


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_another_site_cannot_read(
    headers: dict[str, str], ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/page/events?person={ann.id}", headers=headers) as response:
        assert response.status == 403


async def test_a_form_of_another_kind_is_refused(
    world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    body = json.dumps({"person": ann.id, "text": "hi"})
    headers = {"Origin": url, "Content-Type": "text/plain"}
    async with http.post(f"{url}/page/say", data=body, headers=headers) as response:
        assert response.status == 415
    assert len(world.messages(ann)) == 1


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("say", {}),
        ("say", {"person": 5, "text": "x"}),
        ("location", {"person": 1001, "latitude": "north", "longitude": 0}),
        ("tap", {"person": 1001, "message_id": None, "data": "x"}),
    ],
)
async def test_nonsense_from_the_page_is_a_bad_request(
    action: str, fields: dict[str, Any], ann: Person, page: Any
) -> None:
    async with page(action, **fields) as response:
        assert response.status == 400


async def test_everybody_meets_in_the_club(
    world: World, ann: Person, page: Any, url: str, http: aiohttp.ClientSession
) -> None:
    async with page("club", person=ann.id) as response:
        club = (await response.json())["id"]
    async with page("person", name="Bob") as response:
        bob = (await response.json())["id"]
    async with page("club", person=bob) as response:
        assert (await response.json())["id"] == club
    before = len(world.updates.pending)
    await page("say", person=bob, chat=club, text="hello all")
    assert len(world.updates.pending) == before
    await page("say", person=bob, chat=club, text="/help")
    assert len(world.updates.pending) == before + 1
    params = {"person": ann.id, "chat": club}
    async with http.get(f"{url}/page/events", params=params) as response:
        view = await views(response)
    assert view["is_group"]
    assert [message["sender"] for message in view["messages"]] == ["Bob", "Bob"]


async def test_nobody_reads_or_writes_in_anothers_chat(
    world: World, ann: Person, stranger: Person, page: Any, url: str, http: aiohttp.ClientSession
) -> None:
    async with page("say", person=stranger.id, chat=ann.id, text="hi") as response:
        assert response.status == 400
    params = {"person": stranger.id, "chat": ann.id}
    async with http.get(f"{url}/page/events", params=params) as response:
        view = await views(response)
    assert (view["chat"], view["messages"]) == (None, [])
    assert len(world.messages(ann)) == 1


async def test_the_bot_is_blocked_and_unblocked(
    world: World, ann: Person, api: Api, page: Any
) -> None:
    await page("block", person=ann.id)
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["error_code"] == 403
    async with page("say", person=ann.id, text="hi") as response:
        assert (response.status, "unblock it" in await response.text()) == (400, True)
    await page("unblock", person=ann.id)
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]


async def test_who_blocked_the_bot_still_talks_in_the_club(
    world: World, ann: Person, page: Any
) -> None:
    async with page("club", person=ann.id) as response:
        club = (await response.json())["id"]
    await page("block", person=ann.id)
    async with page("say", person=ann.id, chat=club, text="hi") as response:
        assert response.status == 200


async def test_every_call_is_told_with_its_answer_but_without_the_token(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    await api("getUpdates")
    await api("sendMessage", chat_id=ann.id, text=f"my token is {world.token}")
    await api("sendMessage", chat_id=5, text="x")
    await api("sendNonsense")
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        calls = await told(response, "calls")
        assert [(call["method"], call["status"]) for call in calls] == [
            ("sendMessage", 200),
            ("sendMessage", 400),
            ("sendNonsense", 404),
        ]
        assert calls[0]["params"]["text"] == "my token is <token>"
        assert calls[0]["answer"]["result"]["message_id"] == 2
        assert calls[1]["answer"]["description"] == "Bad Request: chat not found"
        assert world.token not in json.dumps(calls)
        await api("getMe")
        assert [call["method"] for call in await told(response, "calls")] == ["getMe"]


async def test_a_page_is_told_every_call_though_old_ones_are_dropped(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    await api("getMe")
    for _ in range(CALLS_KEPT):
        world.log(world.calls[0])
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        assert len(await told(response, "calls")) == SHOWN
        for method in ("sendNonsense", "getMe"):
            await api(method)
            assert [call["method"] for call in await told(response, "calls")] == [method]


async def test_the_menu_of_commands_is_the_narrowest(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    for scope, command in (("default", "help"), ("all_private_chats", "start")):
        menu = [{"command": command, "description": "x"}]
        await api("setMyCommands", commands=menu, scope={"type": scope})
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        assert [item["command"] for item in (await views(response))["commands"]] == ["start"]


async def test_a_file_is_told_by_name_and_size(
    world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    name = "<img src=x onerror=alert(1)>.pdf"
    answer = await upload(http, url, ann, name, b"x" * 1000)
    assert answer == (200, "{}")
    sent = world.messages(ann)[-1]
    assert (sent.media["document"]["file_name"], sent.media["document"]["file_size"]) == (
        name,
        1000,
    )


async def upload(
    http: aiohttp.ClientSession, url: str, person: Person, name: str, content: bytes
) -> tuple[int, str]:
    async with http.post(
        f"{url}/page/file",
        params={"person": person.id, "chat": person.id, "name": name},
        data=io.BytesIO(content),
        headers={"Origin": url, "Content-Type": "application/octet-stream"},
    ) as response:
        return response.status, await response.text()


@pytest.mark.parametrize("size", [8 * 1024**2 + 1, 20 * 1024**2])
async def test_a_file_of_more_than_eight_megabytes_is_refused_with_words(
    size: int, world: World, ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    status, words = await upload(http, url, ann, "plan.pdf", b"x" * size)
    assert (status, "8 MB is the most" in words) == (413, True)
    assert len(world.messages(ann)) == 1


async def test_a_file_goes_to_the_bot_as_it_is(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    content = bytes(range(256)) * 8192  # 2 MB
    assert await upload(http, url, ann, "plan.ics", content) == (200, "{}")
    document = world.messages(ann)[-1].media["document"]
    assert document["mime_type"] == "text/calendar"
    file = (await api("getFile", file_id=document["file_id"]))["result"]
    async with http.get(f"{url}/file/bot{world.token}/{file['file_path']}") as response:
        assert await response.read() == content


async def test_a_flood_of_unknown_length_is_refused_too(
    ann: Person, url: str, http: aiohttp.ClientSession
) -> None:
    async def flood() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"x" * 2**16

    headers = {"Origin": url, "Content-Type": "application/json"}
    async with http.post(f"{url}/page/say", data=flood(), headers=headers) as response:
        assert (response.status, "1 MB" in await response.text()) == (413, True)


async def test_the_bot_api_refuses_such_a_body_in_its_own_words(
    world: World, url: str, http: aiohttp.ClientSession
) -> None:
    address, body = f"{url}/bot{world.token}/sendMessage", io.BytesIO(b" " * 2**21)
    headers = {"Content-Type": "application/json"}
    async with http.post(address, data=body, headers=headers) as response:
        assert await response.json() == refused(413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("say", {"text": "x" * 5000}),
        ("location", {"latitude": float("nan"), "longitude": 0}),
        ("location", {"latitude": 91, "longitude": 0}),
        ("medium", {"kind": "nonsense"}),
        ("say", {"text": "x", "chat": "nowhere"}),
        ("tap", {"message_id": 1, "data": "x", "chat": [1]}),
    ],
)
async def test_what_no_phone_would_send_is_refused(
    action: str, fields: dict[str, Any], world: World, ann: Person, page: Any
) -> None:
    async with page(action, person=ann.id, **fields) as response:
        assert response.status == 400
    assert len(world.messages(ann)) == 1


async def test_half_a_character_breaks_nobodys_page(
    ann: Person, page: Any, url: str, http: aiohttp.ClientSession
) -> None:
    await page("say", person=ann.id, text="half \ud83d of it")
    await page("person", name="\udc00")
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        assert (await views(response))["messages"][-1]["text"] == "half \ufffd of it"
