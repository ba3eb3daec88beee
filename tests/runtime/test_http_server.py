"""A port for strangers: slow ones lose their connection, many leave room, none fills the log."""

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest
from aiohttp import web

from bot.runtime.http_server import Limits, Port, Served
from tests.network import free_port

SHORT = Limits(connections=10, request=0.5, answer=1.5, idle=1.2, report=0.3)
ROOMY = replace(SHORT, request=30, answer=30, idle=30)  # what is told does not hang on time
GOOD = b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nok"
BAD = b"GET /wp-login.php HTTP/1.1\r\nHost: x\r\n\r\n"


@dataclass
class Client:
    """A connection of which nobody knows what it will send."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def sends(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def status(self) -> int:
        """Of the next answer, which has a short body or none."""
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), 5)
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        await self.reader.readexactly(length)
        return int(head.split()[1])

    async def lives_for(self) -> float:
        """Seconds until the other side has closed."""
        begun = time.monotonic()
        try:
            while await asyncio.wait_for(self.reader.read(2**16), 5):
                pass
        except ConnectionError:
            pass
        return time.monotonic() - begun

    @property
    def is_closed(self) -> bool:
        return self.reader.at_eof() or self.reader.exception() is not None


@dataclass
class Stand:
    """A served port with a handler that reads what it is brought, and what it was brought."""

    port: Port
    number: int
    served: Served
    brought: list[bytes] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)
    clients: list[Client] = field(default_factory=list)

    async def client(self) -> Client:
        client = Client(*await asyncio.open_connection("127.0.0.1", self.number))
        self.clients.append(client)
        return client


@asynccontextmanager
async def a_stand(limits: Limits) -> AsyncIterator[Stand]:
    async def hook(request: web.Request) -> web.Response:
        stand.brought.append(await request.read())
        await stand.may_answer.wait()
        return web.Response(text="ok")

    async def bug(_request: web.Request) -> web.Response:
        raise LookupError

    port, number = Port("the stand", limits), free_port()
    app = web.Application(middlewares=[port.middleware])
    app.router.add_post("/hook", hook)
    app.router.add_get("/bug", bug)
    stand = Stand(port, number, await port.listen(app, "127.0.0.1", number, 0.1))
    stand.may_answer.set()
    try:
        yield stand
    finally:
        for client in stand.clients:
            client.writer.close()
        await stand.served.close()


@pytest.fixture
async def stand() -> AsyncIterator[Stand]:
    async with a_stand(SHORT) as stand:
        yield stand


@pytest.fixture
async def roomy() -> AsyncIterator[Stand]:
    async with a_stand(ROOMY) as stand:
        yield stand


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not true():
            await asyncio.sleep(0.01)


HEAD = b"POST /hook HTTP/1.1\r\nHost: x\r\n"
SLOW = {
    "nothing at all": b"",
    "half a line": b"POST /ho",
    "no end of its headers": HEAD,
    "no body": HEAD + b"Content-Length: 5\r\n\r\n",
    "half a body": HEAD + b"Content-Length: 5\r\n\r\nab",
    "no end of its chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n",
    "no line of HTTP": b"\x16\x03\x01\x02",
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
async def test_who_brings_no_whole_request_is_cut_off(stand: Stand, sent: bytes) -> None:
    client = await stand.client()
    await client.sends(sent)
    assert await client.lives_for() < 4
    await until(lambda: len(stand.port) == 0)
    assert stand.brought == []


@pytest.mark.parametrize("begins", [HEAD, HEAD + b"Content-Length: 500\r\n\r\n"])
async def test_a_byte_now_and_then_does_not_help(stand: Stand, begins: bytes) -> None:
    client = await stand.client()
    await client.sends(begins)
    dripping = asyncio.create_task(drip(client))
    assert await client.lives_for() < 4
    dripping.cancel()


async def drip(client: Client) -> None:
    while True:
        client.writer.write(b"X")
        await asyncio.sleep(0.05)


async def test_a_request_that_is_whole_may_take_its_time(stand: Stand) -> None:
    stand.may_answer.clear()
    client = await stand.client()
    await client.sends(GOOD)
    await asyncio.sleep(1.5 * SHORT.request)
    stand.may_answer.set()
    assert await client.status() == 200
    assert stand.brought == [b"ok"]


@pytest.mark.slow
async def test_one_that_is_never_answered_ends_too(stand: Stand) -> None:
    stand.may_answer.clear()
    client = await stand.client()
    await client.sends(GOOD)
    assert SHORT.request < await client.lives_for() < 5


@pytest.mark.slow
async def test_a_connection_is_kept_between_requests_but_not_for_ever(stand: Stand) -> None:
    client = await stand.client()
    for _ in range(3):
        await client.sends(GOOD)
        assert await client.status() == 200
        await asyncio.sleep(SHORT.idle / 4)
    await client.sends(HEAD)
    dripping = asyncio.create_task(drip(client))
    assert await client.lives_for() < 4
    dripping.cancel()


@pytest.mark.parametrize(
    "request_", [BAD, BAD.replace(b"GET", b"POST"), b"GET /hook HTTP/1.1\r\n\r\n"]
)
async def test_after_a_refused_request_the_connection_ends(roomy: Stand, request_: bytes) -> None:
    client = await roomy.client()
    await client.sends(request_)
    assert await client.status() in (400, 404, 405)
    assert await client.lives_for() < 4


async def test_whom_it_is_there_for_gets_in_though_it_is_full(roomy: Stand) -> None:
    """400 half-open connections: no more than the limit are held, and the right one works."""
    friend = await roomy.client()
    await friend.sends(GOOD)
    assert await friend.status() == 200
    crowd = [await roomy.client() for _ in range(40 * ROOMY.connections)]
    await until(lambda: sum(client.is_closed for client in crowd) >= 39 * ROOMY.connections)
    assert len(roomy.port) <= ROOMY.connections
    await friend.sends(GOOD)
    assert await friend.status() == 200
    newcomer = await roomy.client()
    await newcomer.sends(GOOD)
    assert await newcomer.status() == 200


async def test_where_all_are_at_work_a_new_one_is_closed_at_once(roomy: Stand) -> None:
    roomy.may_answer.clear()
    workers = [await roomy.client() for _ in range(ROOMY.connections)]
    for worker in workers:
        await worker.sends(GOOD)
    await until(lambda: len(roomy.brought) == ROOMY.connections)
    late = await roomy.client()
    assert await late.lives_for() < 5
    roomy.may_answer.set()
    assert [await worker.status() for worker in workers] == [200] * ROOMY.connections


async def test_the_log_says_once_a_while_how_many(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(50):
        client = await stand.client()
        await client.sends(BAD)
        await client.lives_for()
        garbage = await stand.client()
        await garbage.sends(b"\x00\xff nonsense\r\n\r\n")
        await garbage.lives_for()
    await asyncio.sleep(SHORT.report * 1.5)
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    assert all(line.startswith("turned away at the stand: ") for line in lines)
    assert 1 <= len(lines) <= 1 + 5 / SHORT.report
    kinds = ("refused requests", "connections without a request")
    told = [sum(count(line, kind) for line in lines) for kind in kinds]
    assert sum(int(number) for line in lines for number in re.findall(r"\d+", line)) == 100
    assert min(told) >= 45  # on a busy machine a request may come too late to be one


def count(line: str, what: str) -> int:
    told = dict(reversed(part.split(" ", 1)) for part in line.partition(": ")[2].split(", "))
    return int(told.get(what, 0))


async def test_a_port_that_is_only_looked_at_says_nothing(
    stand: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    """As load balancers do."""
    for _ in range(5):
        (await stand.client()).writer.close()
    await asyncio.sleep(SHORT.report * 1.5)
    assert caplog.records == []


async def test_a_bug_is_logged(
    stand: Stand, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    client = await stand.client()
    await client.sends(b"GET /bug HTTP/1.1\r\nHost: x\r\n\r\n")
    assert await client.status() == 500
    (record,) = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert record.exc_info
    assert record.exc_info[0] is LookupError


def test_as_it_comes_the_limits_are_those_that_the_readme_tells() -> None:
    limits = Limits()
    assert (limits.connections, limits.request, limits.report) == (200, 10, 60)
