"""getFile, and the route by which a bot fetches what people sent."""

import aiohttp
import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, refused

PLAN = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
NO_FILE = refused(400, "Bad Request: wrong file_id or the file is temporarily unavailable")


async def path_of(world: World, ann: Person, api: Api, content: bytes = PLAN) -> str:
    sent = world.send_document(ann, "plan.ics", content, mime="text/calendar")
    answer = await api("getFile", file_id=sent.media["document"]["file_id"])
    return str(answer["result"]["file_path"])


async def test_what_people_send_is_fetched_by_its_path(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    path = await path_of(world, ann, api)
    async with http.get(f"{url}/file/bot{world.token}/{path}") as response:
        assert (response.status, await response.read()) == (200, PLAN)
    assert world.uploads == []


async def test_so_is_what_the_bot_uploaded(
    world: World, ann: Person, api: Api, send: Api, url: str, http: aiohttp.ClientSession
) -> None:
    sent = await send("sendDocument", chat_id=ann.id, document=("plan.ics", PLAN))
    answer = await api("getFile", file_id=sent["result"]["document"]["file_id"])
    address = f"{url}/file/bot{world.token}/{answer['result']['file_path']}"
    async with http.get(address) as response:
        assert await response.read() == PLAN


async def test_an_unknown_file_is_refused(world: World, ann: Person, api: Api) -> None:
    sent = world.send(ann, "document")
    assert await api("getFile", file_id=sent.media["document"]["file_id"]) == NO_FILE
    assert await api("getFile") == NO_FILE


async def test_no_more_than_twenty_megabytes_are_handed_over(
    world: World, ann: Person, api: Api
) -> None:
    sent = world.send_document(ann, "all.zip", bytes(20 * 1024**2 + 1))
    answer = await api("getFile", file_id=sent.media["document"]["file_id"])
    assert answer == refused(400, "Bad Request: file is too big")


@pytest.mark.parametrize(
    ("token", "path", "status"),
    [
        ("1:wrong", "", 401),
        ("wrong", "", 404),
        ("", "documents/nothing", 404),
        ("", "photos/", 404),
        ("", "documents/../documents/x", 404),
    ],
)
async def test_nothing_else_is_served(
    world: World,
    ann: Person,
    api: Api,
    url: str,
    http: aiohttp.ClientSession,
    token: str,
    path: str,
    status: int,
) -> None:
    own = await path_of(world, ann, api)
    asked = own if not path else path + (own.partition("/")[2] if path.endswith("/") else "")
    async with http.get(f"{url}/file/bot{token or world.token}/{asked}") as response:
        assert response.status == status
        assert PLAN not in await response.read()


async def test_fetching_can_fail(
    world: World, ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    path = await path_of(world, ann, api)
    world.faults.add(Fault(method="file", kind="status", status=502))
    for status in (502, 200):
        async with http.get(f"{url}/file/bot{world.token}/{path}") as response:
            assert response.status == status
