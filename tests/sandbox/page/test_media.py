"""Uploads as the chat page gets them, and inline queries asked on it."""

import asyncio
from typing import Any

import aiohttp
import pytest

from bot.sandbox.api.parameters import Upload
from bot.sandbox.api.uploads import clean_name, read_upload
from bot.sandbox.world.chats import Person
from bot.sandbox.world.files import MediaInfo
from bot.sandbox.world.world import World
from tests.sandbox.api.test_inline import article
from tests.sandbox.conftest import Api, button, inline
from tests.sandbox.samples import CLIP, PDF, mp3, png

from .test_page import page, views

__all__ = ["page"]  # a fixture

Json = dict[str, Any]


async def sent_file(api: Api, page_url: str, http: Any, person: Person) -> Json:
    """Return the file of the newest message in the page's view."""
    async with http.get(f"{page_url}/page/events", params={"person": person.id}) as response:
        file: Json = (await views(response))["messages"][-1]["file"]
        return file


@pytest.mark.parametrize(
    ("method", "name", "content", "kind"),
    [
        ("sendPhoto", "a.png", png(), "image/png"),
        ("sendAnimation", "a.mp4", CLIP, "video/mp4"),
        ("sendAudio", "a.mp3", mp3(), "audio/mpeg"),
        ("sendDocument", "plan.pdf", PDF, "application/pdf"),
        ("sendDocument", "page.html", b"<script>", "text/html"),
        ("sendDocument", "x", b"x", "application/octet-stream"),
    ],
)
async def test_a_file_is_served_as_what_it_is_and_runs_nothing(
    method: str,
    name: str,
    content: bytes,
    kind: str,
    ann: Person,
    send: Api,
    url: str,
    http: aiohttp.ClientSession,
) -> None:
    field = method.removeprefix("send").lower()
    await send(method, chat_id=ann.id, **{field: (name, content, kind)})
    file = await sent_file(send, url, http, ann)
    assert file["size"] == len(content)
    async with http.get(url + file["url"]) as response:
        assert await response.read() == content
        assert response.headers["Content-Type"] == kind
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        saved = response.headers.get("Content-Disposition", "")
        assert saved.startswith("attachment") == (method == "sendDocument")


async def test_a_hostile_name_breaks_no_header(
    world: World, url: str, http: aiohttp.ClientSession
) -> None:
    name = "a\";b='é😀<img src=x>%0d%0a\r\nX: y.html"
    file = read_upload(Upload(name, "text/html\r\nX: y", b"x"), "document", MediaInfo())
    world.files.store(file, b"x")
    async with http.get(f"{url}/page/media/{file.unique_id}") as response:
        saved = response.headers["Content-Disposition"]
        assert (saved.isascii(), saved.count('"'), "X" in response.headers) == (True, 2, False)
        assert response.content_disposition
        assert response.content_disposition.filename == file.name
        assert response.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\plan.pdf", "plan.pdf"),
        ("a\r\nSet-Cookie: x", "aSet-Cookie: x"),
        ("a\u202eb", "ab"),
        ("", "file"),
        ("dir/", "file"),
        ("x" * 300, "x" * 255),
    ],
)
def test_a_name_has_no_folders_and_no_lines(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("range_header", "status", "content", "content_range"),
    [
        ("bytes=0-3", 206, CLIP[:4], f"bytes 0-3/{len(CLIP)}"),
        ("bytes=-4", 206, CLIP[-4:], f"bytes {len(CLIP) - 4}-{len(CLIP) - 1}/{len(CLIP)}"),
        ("bytes=0-", 200, CLIP, None),
        ("bytes=99999-", 416, None, f"bytes */{len(CLIP)}"),
        ("bytes=x", 416, None, None),
    ],
)
async def test_a_player_may_ask_for_a_part(
    range_header: str,
    status: int,
    content: bytes | None,
    content_range: str | None,
    ann: Person,
    send: Api,
    url: str,
    http: aiohttp.ClientSession,
) -> None:
    await send("sendAnimation", chat_id=ann.id, animation=("a.mp4", CLIP))
    file = await sent_file(send, url, http, ann)
    async with http.get(url + file["url"], headers={"Range": range_header}) as response:
        assert (response.status, response.headers.get("Content-Range")) == (status, content_range)
        assert content is None or await response.read() == content


async def test_files_are_for_the_page_alone(
    ann: Person, send: Api, url: str, http: aiohttp.ClientSession
) -> None:
    await send("sendPhoto", chat_id=ann.id, photo=("a.png", png()))
    file = await sent_file(send, url, http, ann)
    for headers in ({"Origin": "https://evil.example"}, {"Host": "evil.example"}):
        async with http.get(url + file["url"], headers=headers) as response:
            assert response.status == 403
    async with http.get(f"{url}/page/media/nothing") as response:
        assert response.status == 404


async def test_a_forgotten_file_is_still_seen_in_the_chat(
    world: World, ann: Person, send: Api, url: str, http: aiohttp.ClientSession
) -> None:
    await send("sendPhoto", chat_id=ann.id, photo=("a.png", png()))
    world.forget_files()
    file = await sent_file(send, url, http, ann)
    async with http.get(url + file["url"]) as response:
        assert await response.read() == png()


async def test_what_people_send_has_no_address(
    world: World, ann: Person, url: str, send: Api, http: aiohttp.ClientSession
) -> None:
    world.send(ann, "document")
    file = await sent_file(send, url, http, ann)
    assert (file["name"], file["url"]) == ("plan.pdf", None)


async def test_buttons_tell_what_they_do(
    ann: Person, api: Api, url: str, http: aiohttp.ClientSession
) -> None:
    keyboard = inline(
        [button("Share", switch_inline_query_chosen_chat={"allow_group_chats": True})],
        [button("Copy", copy_text={"text": "x"})],
    )
    await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    async with http.get(f"{url}/page/events", params={"person": ann.id}) as response:
        share, copy = (await views(response))["messages"][-1]["buttons"]
    assert (share[0]["query"], share[0]["chats"]) == ("", ["group"])
    assert copy[0]["copied"] == "x"


async def test_a_query_is_asked_and_a_result_chosen(
    world: World, ann: Person, stranger: Person, api: Api, page: Any
) -> None:
    asking = asyncio.ensure_future(page("inline", person=ann.id, query="dead"))
    await world.until(lambda: world.inline_queries)
    (query,) = world.inline_queries
    await api("answerInlineQuery", inline_query_id=query.id, results=[article()])
    answer = await (await asking).json()
    assert answer["id"] == query.id
    assert answer["button"] is None
    assert answer["results"] == [
        {"id": "1", "type": "article", "title": "Dead bug", "description": "", "file": None}
    ]
    for wrong in (
        {"person": stranger.id, "query": query.id, "result": "1"},
        {"person": ann.id, "query": "17", "result": "1"},
        {"person": ann.id, "query": query.id, "result": "2"},
    ):
        async with page("choose", **wrong) as response:
            assert response.status == 400
    assert len(world.messages(ann)) == 1
    async with page("choose", person=ann.id, query=query.id, result="1") as response:
        assert response.status == 200
    last = world.last(ann)
    assert last
    assert (last.text, last.via_bot) == ("Dead bug", world.bot)


async def test_a_query_that_nobody_answers_has_no_results(
    world: World, ann: Person, page: Any
) -> None:
    world.inline_lifetime /= 100
    async with page("inline", person=ann.id, query="dead") as response:
        assert (await response.json())["results"] == []
