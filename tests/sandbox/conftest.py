"""A served world, people in it, and an HTTP client in place of the bot."""

import io
import json
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.sandbox.server import serve
from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World

Json = dict[str, Any]
Api = Callable[..., Coroutine[Any, Any, Json]]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def stranger(world: World) -> Person:
    """A person who has never written to the bot."""
    return world.add_person("Eve")


@pytest.fixture
def ann(world: World) -> Person:
    """A person whose /start is message 1 and the only update."""
    person = world.add_person("Ann")
    world.start(person)
    return person


@pytest.fixture
async def url(world: World) -> AsyncIterator[str]:
    async with serve(world) as address:
        yield address


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def api(world: World, url: str, http: aiohttp.ClientSession) -> Api:
    """Call a method and return the whole answer."""

    async def call(method: str, /, **params: Any) -> Json:
        async with http.post(f"{url}/bot{world.token}/{method}", json=params) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    return call


@pytest.fixture
def send(world: World, url: str, http: aiohttp.ClientSession) -> Api:
    """Call a method with files given as (name, bytes) or (name, bytes, type)."""

    async def call(method: str, /, **params: Any) -> Json:
        form = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
        for field, value in params.items():
            if isinstance(value, tuple):
                name, content, *kind = value
                form.add_field(
                    field, io.BytesIO(content), filename=name, content_type=(*kind, None)[0]
                )
            else:
                form.add_field(field, value if isinstance(value, str) else json.dumps(value))
        async with http.post(f"{url}/bot{world.token}/{method}", data=form) as response:
            answer: Json = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer

    return call


def refused(status: int, description: str) -> Json:
    return {"ok": False, "error_code": status, "description": description}


def inline(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def button(label: str = "Done", **action: Any) -> Json:
    return {"text": label, **(action or {"callback_data": "d:1"})}
