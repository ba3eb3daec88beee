"""No web page of another origin reaches the server, on whatever path and by whatever method."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.sandbox.server import make_app, serve
from bot.sandbox.world.chats import Person
from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import World

from .conftest import Api, refused

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
REBOUND = ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "a@b:c:d", "[::1")
HOSTILE: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example"},
    "a page without an origin": {"Origin": "null"},
    "another server of this machine": {"Origin": "http://127.0.0.1:1"},
    "the same address by TLS": {"Origin": "https://{host}"},
    "a page of this machine by another name": {"Origin": "http://localhost:{port}"},
    "a request without an origin": {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    "one from another port": {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    "a frame": {
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "navigate",
        "Sec-Fetch-Dest": "iframe",
    },
    "a web socket": {
        "Origin": "https://evil.example",
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    },
    **{
        f"rebound as {name}": {"Host": f"{name}:8080", "Origin": f"http://{name}:8080"}
        for name in REBOUND
    },
    **{f"rebound as {name}, reading": {"Host": name} for name in REBOUND},
}


def paths(world: World, token: str) -> list[str]:
    """Return a path of every route, and one of an unknown route."""
    filled = {"token": token, "method": "getMe", "kind": "documents", "id": "x"}
    routes = {
        route.resource.canonical for route in make_app(world).router.routes() if route.resource
    }
    there = sorted(re.sub(r"\{(\w+)\}", lambda found: filled[found[1]], route) for route in routes)
    return [*there, "/nowhere", "/page/../page/events"]


async def status(url: str, method: str, path: str, headers: dict[str, str]) -> int:
    """Send a raw request, which no HTTP client would send, and return the status."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    given = {
        name: value.format(host=f"{host}:{port}", port=port) for name, value in headers.items()
    }
    lines = {"Host": f"{host}:{port}", "Connection": "close", "Content-Length": "2"} | given
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(
        f"{method} {path} HTTP/1.1\r\nContent-Type: application/json\r\n{head}\r\n{{}}".encode()
    )
    try:
        async with asyncio.timeout(5):
            return int((await reader.readline()).split()[1])
    finally:
        writer.close()


@pytest.mark.slow
@pytest.mark.parametrize("who", HOSTILE)
async def test_nobody_elses_page_gets_in(world: World, ann: Person, url: str, who: str) -> None:
    before = world.version
    for path in paths(world, world.token):
        for method in METHODS:
            assert await status(url, method, path, HOSTILE[who]) == 403, (method, path)
    assert (world.version, len(world.calls)) == (before, 0)


def test_every_route_is_tried(world: World) -> None:
    tried = paths(world, "1:x")
    assert {"/", "/bot1:x/getMe", "/page/media/x", "/page/events"} <= set(tried)
    assert len(tried) > 20


async def test_a_program_without_the_token_can_only_read_the_page(world: World, url: str) -> None:
    """A request without Origin is no browser's; it needs the token to change anything."""
    before = world.version
    answers = {path: await status(url, "POST", path, {}) for path in paths(world, "1:guessed")}
    api = {path: answers.pop(path) for path in list(answers) if path.startswith("/bot")}
    assert set(api.values()) == {401}
    assert set(answers.values()) <= {403, 405}
    assert world.version == before + len(world.calls)


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
async def test_the_page_itself_and_a_link_to_it_get_in(url: str, name: str) -> None:
    host = f"{name}:{urlsplit(url).port}"
    own = {"Host": host, "Origin": f"http://{host}", "Sec-Fetch-Site": "same-origin"}
    assert await status(url, "POST", "/page/club", own) == 200
    typed = {"Host": host, "Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}
    assert await status(url, "GET", "/", typed) == 200
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Host": host}
    link["Sec-Fetch-Dest"] = "document"
    assert await status(url, "GET", "/", link) == 200
    assert await status(url, "GET", "/page/events", link) == 403


async def test_the_page_can_t_be_loaded_into_another(url: str, http: aiohttp.ClientSession) -> None:
    async with http.get(url) as response:
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "Access-Control-Allow-Origin" not in response.headers


@dataclass
class Demo:
    """A server as in the demo."""

    world: World
    url: str


@pytest.fixture
async def demo(world: World) -> AsyncIterator[Demo]:
    world.webhook_reach = Reach.LOCAL
    async with serve(world, calls_by_get=False) as url:
        yield Demo(world, url)


async def test_the_demo_takes_calls_by_post_only(demo: Demo) -> None:
    path = f"/bot{demo.world.token}"
    for method in METHODS:
        answer = await status(demo.url, method, f"{path}/getMe", {})
        assert answer == {"POST": 200, "GET": 405, "HEAD": 405}.get(method, 403), method
    assert await status(demo.url, "GET", f"{path}/setWebhook?url=http://127.0.0.1/", {}) == 405
    assert demo.world.webhook is None


async def test_elsewhere_a_bot_may_call_by_get_as_on_telegram(world: World, url: str) -> None:
    for method in METHODS:
        answer = await status(url, method, f"/bot{world.token}/getMe", {})
        assert answer == {"POST": 200, "GET": 200, "HEAD": 405}.get(method, 403), method


OUTSIDE = (
    *("https://evil.example/", "https://evil.example:8443/hook", "evil.example"),
    *("https://127.0.0.1@evil.example/", "https://127.0.0.1.evil.example/", "https://8.8.8.8/"),
    *("https://localhost.evil.example/", "https://[::ffff:8.8.8.8]/", "https://10.0.0.1/"),
    *("http://evil.example/#@127.0.0.1/", "http://0.0.0.0/", "https://127.0.0.1\\@evil.example/"),
)


@pytest.mark.parametrize("address", OUTSIDE)
async def test_the_demo_brings_updates_to_nobody_outside(
    demo: Demo, http: aiohttp.ClientSession, address: str
) -> None:
    path = f"{demo.url}/bot{demo.world.token}/setWebhook"
    async with http.post(path, json={"url": address}) as response:
        words = "Bad Request: bad webhook: only this machine may be brought updates"
        assert await response.json() == refused(400, words)
    assert demo.world.webhook is None


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:9/", "http://localhost:9/x", "http://[::1]:9/", "https://127.0.0.2/"],
)
async def test_the_demo_brings_updates_to_this_machine(
    world: World, api: Api, address: str
) -> None:
    world.webhook_reach = Reach.LOCAL
    assert (await api("setWebhook", url=address))["ok"]


async def test_a_webhook_leads_nowhere_else(world: World, ann: Person, api: Api) -> None:
    """Telegram, too, treats a redirect as an error."""
    brought: list[str] = []

    async def outside(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        brought.append((await reader.readline()).decode())
        writer.close()

    async def redirects(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        answer = (
            f"HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:{port(far)}/\r\nContent-Length: 0\r\n"
        )
        writer.write(f"{answer}Connection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    def port(server: asyncio.Server) -> int:
        number: int = server.sockets[0].getsockname()[1]
        return number

    far = await asyncio.start_server(outside, "127.0.0.1", 0)
    near = await asyncio.start_server(redirects, "127.0.0.1", 0)
    async with far, near:
        world.webhook_reach = Reach.LOCAL
        await api("setWebhook", url=f"http://127.0.0.1:{port(near)}/")
        error: Any = await world.until(lambda: world.webhook and world.webhook.error)
        assert error.startswith("Wrong response from the webhook: 307")
        assert brought == []
        await api("deleteWebhook")
