"""The chat page: it shows the chat, acts for the runner, and lets no other site in."""

import asyncio
import json
from importlib import resources
from typing import Any

import aiohttp
import pytest

from bot.sandbox.chats import Person
from bot.sandbox.world import World

from .conftest import Api, button, inline


@pytest.fixture
def page(url: str, http: aiohttp.ClientSession) -> Any:
    """Posts as the page itself does."""

    def post(action: str, **fields: Any) -> Any:
        return http.post(f"{url}/page/{action}", json=fields, headers={"Origin": url})

    return post


async def told(response: aiohttp.ClientResponse, name: str) -> Any:
    """The next event of that name."""
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


PAGE = resources.files("bot.sandbox") / "page"
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
        assert bubble["buttons"] == [[{"label": "Done", "data": "d:1", "url": None}]]


async def test_a_runner_is_added_and_speaks(world: World, page: Any) -> None:
    async with page("person", name="<b>Bob</b>") as response:
        number = (await response.json())["id"]
    await page("say", person=number, text="hi")
    await page("location", person=number, latitude=1.5, longitude=2.5)
    said, located = world.messages(number)
    assert said.sender
    assert said.sender.first_name == "<b>Bob</b>"
    assert said.text == "hi"
    assert located.media["location"] == {"latitude": 1.5, "longitude": 2.5}


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
