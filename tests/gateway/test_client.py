"""What became of a request is told apart: never sent, turned down by Telegram, or not known."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.gateway import client
from bot.gateway.client import AiohttpRequest, LostAnswerError, NotSentError, TurnedDownError
from bot.gateway.messenger import Delivery, delivery_of
from bot.runtime.clock import SystemClock, TelegramClock

CLOSED = b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n"


@asynccontextmanager
async def a_line(connections: int = 4) -> AsyncIterator[AiohttpRequest]:
    clock = TelegramClock(SystemClock())
    line = AiohttpRequest(connections, clock, None, None)
    try:
        yield line
    finally:
        await line.shutdown()


class Peer:
    """A server that answers each request with these bytes; None: it hangs up instead."""

    def __init__(self, *answers: bytes | None, silent: bool = False) -> None:
        self.answers = list(answers)
        self.silent = silent
        self.requests = 0
        self.connections = 0
        self.url = ""
        self._writers: list[asyncio.StreamWriter] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["Peer"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = server.sockets[0].getsockname()
        self.url = f"http://{host}:{port}/bot1:x/sendMessage"
        try:
            yield self
        finally:
            server.close()
            for writer in self._writers:
                writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(
                    int(line.split(b":")[1])
                    for line in head.lower().splitlines()
                    if line.startswith(b"content-length")
                )
                await reader.readexactly(length)
                self.requests += 1
                if self.silent:
                    await asyncio.sleep(60)
                answer = self.answers.pop(0)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def http(status: int, body: str, kind: str = "application/json") -> bytes:
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    return (head + body).encode()


async def outcome(url: str, line: AiohttpRequest | None = None) -> TelegramError:
    """The error that a call ends with."""
    if line is None:
        async with a_line() as line:
            return await outcome(url, line)
    with pytest.raises(TelegramError) as caught:
        await line.post(url)
    return caught.value


REFUSALS = {
    '{"ok":false,"error_code":500,"description":"Internal Server Error"}': TurnedDownError,
    '{"ok":false,"error_code":502,"description":"Bad Gateway"}': TurnedDownError,
    '{"ok":false,"error_code":429,"description":"Too Many Requests"}': TurnedDownError,
    '{"ok":false,"error_code":429,"parameters":{"retry_after":0}}': TurnedDownError,
    '{"ok":false,"error_code":429,"parameters":{"retry_after":7}}': RetryAfter,
    '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}': BadRequest,
    '{"ok":false,"error_code":413,"description":"Request Entity Too Large"}': BadRequest,
    '{"ok":false,"error_code":403,"description":"Forbidden: blocked"}': Forbidden,
    '{"ok":false,"error_code":401,"description":"Unauthorized"}': InvalidToken,
    '{"ok":false,"error_code":409,"description":"Conflict"}': Conflict,
    '{"ok":false}': BadRequest,
}


@pytest.mark.breadth(2)
@pytest.mark.parametrize(("body", "error"), REFUSALS.items(), ids=list(REFUSALS))
@pytest.mark.parametrize("as_200", [False, True], ids=["status", "always 200"])
async def test_a_refusal_of_telegrams_is_told_by_what_it_says(
    body: str, error: type[TelegramError], as_200: bool
) -> None:
    status = 200 if as_200 else int(body.partition("error_code")[2][2:5] or 400)
    async with Peer(http(status, body)).serving() as peer:
        found = await outcome(peer.url)
    assert type(found) is error
    assert delivery_of(found) is not Delivery.UNKNOWN
    assert peer.requests == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<html><body>Bad Gateway</body></html>", "text/html"),
        ("", "text/plain"),
        ('{"ok":true,"result":{"messa', "application/json"),
        ('{"ok":false,"error_code":50', "application/json"),
        ('{"ok":true}', "application/json"),
        ('{"error":"upstream"}', "application/json"),
        ("[]", "application/json"),
        ("null", "application/json"),
        ('"ok"', "application/json"),
    ],
)
async def test_an_answer_that_is_not_telegrams_leaves_it_open(body: str, kind: str) -> None:
    statuses = (200, 301, 400, 401, 403, 404, 409, 429, 500, 502, 503, 504)
    peer = Peer(*(http(status, body, kind) for status in statuses))
    async with peer.serving(), a_line() as line:
        for _ in statuses:
            found = await outcome(peer.url, line)
            assert isinstance(found, LostAnswerError)
            assert delivery_of(found) is Delivery.UNKNOWN
    assert peer.requests == len(statuses)


@pytest.mark.parametrize("status", [500, 502])
async def test_a_success_with_the_status_of_a_failure_leaves_it_open(status: int) -> None:
    async with Peer(http(status, '{"ok":true,"result":true}')).serving() as peer:
        assert delivery_of(await outcome(peer.url)) is Delivery.UNKNOWN


@pytest.mark.parametrize("answer", [None, CLOSED, b"HTTP/1.1 200", b"nonsense\r\n\r\n"])
@pytest.mark.parametrize("used_before", [False, True], ids=["new", "kept alive"])
async def test_a_connection_that_breaks_after_sending_leaves_it_open_and_nothing_is_repeated(
    answer: bytes | None, used_before: bool
) -> None:
    """aiohttp repeats a GET on a new connection; for a POST that would be a double."""
    good = http(200, '{"ok":true,"result":true}')
    async with (
        Peer(*([good] * used_before), answer, None, None).serving() as peer,
        a_line() as line,
    ):
        if used_before:
            assert await line.post(peer.url) is True
        async with asyncio.TaskGroup() as group:
            if answer is not None:
                group.create_task(_hang_up(peer, 1 + used_before))
            found = await outcome(peer.url, line)
        await asyncio.sleep(0.05)
    assert isinstance(found, LostAnswerError)
    assert (peer.requests, peer.connections) == (1 + used_before, 1)


async def _hang_up(peer: Peer, requests: int) -> None:
    """Close the connections a moment after so many requests came."""
    while peer.requests < requests:
        await asyncio.sleep(0.01)
    await asyncio.sleep(0.1)
    for writer in peer._writers:
        writer.close()


async def test_a_server_that_says_nothing_leaves_it_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "ANSWER_SECONDS", 0.2)
    async with Peer(silent=True).serving() as peer:
        found = await outcome(peer.url)
    assert isinstance(found, TimedOut)
    assert delivery_of(found) is Delivery.UNKNOWN


def a_free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


async def test_a_name_without_an_address_is_never_sent_to() -> None:
    assert isinstance(await outcome("http://nobody.invalid/bot1:x/sendMessage"), NotSentError)


async def test_a_port_where_nobody_listens_is_never_sent_to() -> None:
    found = await outcome(f"http://127.0.0.1:{a_free_port()}/bot1:x/sendMessage")
    assert isinstance(found, NotSentError)
    assert delivery_of(found) is Delivery.NOT_SENT


@pytest.mark.parametrize("greeting", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b""])
async def test_where_no_tls_can_be_had_nothing_is_sent(greeting: bytes) -> None:
    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(greeting)
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        found = await outcome(f"https://127.0.0.1:{port}/bot1:x/sendMessage")
    assert isinstance(found, NotSentError)


@pytest.mark.slow
async def test_a_connection_that_takes_too_long_is_never_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its queue is full, so that the system does not answer."""
    monkeypatch.setattr(client, "CONNECT_SECONDS", 0.3)
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        waiting = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(address)
            waiting.append(one)
        try:
            found = await outcome(f"http://127.0.0.1:{address[1]}/bot1:x/sendMessage")
        finally:
            for one in waiting:
                one.close()
    assert isinstance(found, NotSentError)


async def test_one_that_found_no_connection_free_was_never_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(client, "POOL_SECONDS", 0.2)
    async with Peer(silent=True).serving() as peer, a_line(connections=1) as line:
        first = asyncio.create_task(outcome(peer.url, line))
        while not peer.requests:
            await asyncio.sleep(0.01)
        assert isinstance(await outcome(peer.url, line), NotSentError)
        assert peer.requests == 1
        first.cancel()
        await asyncio.wait([first])
