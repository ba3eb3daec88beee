"""Files of runners are fetched whole, within their limit, and without the token in any log."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from telegram.error import NetworkError

from bot.gateway import client
from bot.gateway.client import AiohttpRequest, TooLargeError
from bot.gateway.documents import Documents, NotFetched
from bot.gateway.priority_quota import OwnLimit
from bot.gateway.rate_limiter import RateLimiter
from bot.runtime.clock import SystemClock, TelegramClock
from bot.sandbox.server import serve
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World

LIMIT = 1000


@dataclass
class Shelf:
    """A pretend Telegram with a person who sends files, and the coach's way to them."""

    world: World
    url: str
    documents: Documents

    def send(self, content: bytes) -> str:
        sent = self.world.send_document(self.world.people[0], "plan.ics", content)
        return str(sent.media["document"]["file_id"])


@asynccontextmanager
async def a_shelf() -> AsyncIterator[Shelf]:
    world = World()
    world.start(world.add_person("Ann"))
    clock = TelegramClock(SystemClock())
    async with serve(world) as url:
        limiter = RateLimiter(OwnLimit(30))
        async with client.application(world.token, url, limiter, clock) as app:
            assert isinstance(app.bot, client.ApiBot)
            yield Shelf(world, url, Documents(app.bot))


@pytest.mark.parametrize("size", [1, LIMIT])
async def test_a_file_arrives_as_it_was_sent(size: int) -> None:
    async with a_shelf() as shelf:
        content = bytes(number % 251 for number in range(size))
        assert await shelf.documents.fetch(shelf.send(content), LIMIT) == content


@pytest.mark.parametrize("size", [LIMIT + 1, 20 * 1024**2 + 1])
async def test_a_larger_one_is_not_fetched(size: int) -> None:
    async with a_shelf() as shelf:
        fetched = await shelf.documents.fetch(shelf.send(bytes(size)), LIMIT)
        assert fetched is NotFetched.TOO_LARGE


async def test_one_that_is_larger_than_it_says_is_cut_off() -> None:
    async with a_shelf() as shelf:
        file = shelf.world.files.find(shelf.send(bytes(300_000)))
        assert file is not None
        clock = TelegramClock(SystemClock())
        line = AiohttpRequest(1, clock, None, None)
        address = f"{shelf.url}/file/bot{shelf.world.token}/documents/{file.unique_id}"
        with pytest.raises(TooLargeError):
            await line.fetch(address, LIMIT)
        with pytest.raises(NetworkError):
            await line.fetch("documents/a-path-on-the-servers-own-disk", LIMIT)
        await line.shutdown()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getFile", "status", status=500, times=None),
        Fault("file", "status", status=404),
        Fault("file", "page", status=502),
        Fault("file", "cut"),
        Fault("file", "drop", times=None),
    ],
    ids=lambda fault: f"{fault.method} {fault.kind}",
)
async def test_a_failure_is_told_and_no_log_has_the_token(
    fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with a_shelf() as shelf:
        shelf.world.faults.add(fault)
        assert await shelf.documents.fetch(shelf.send(b"x"), LIMIT) is NotFetched.FAILED
        assert shelf.world.token not in caplog.text
        assert "a file could not be fetched" in caplog.text


async def test_an_unknown_file_is_a_failure() -> None:
    async with a_shelf() as shelf:
        assert await shelf.documents.fetch("nothing", LIMIT) is NotFetched.FAILED
