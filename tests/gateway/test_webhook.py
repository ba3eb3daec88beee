"""The coach's webhook server: what it takes, what it turns away, and when it says 200."""

import asyncio
import json
import logging
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.runtime.addresses import CannotListenError, Webhook, derived_secret
from bot.sandbox.api.webhook_delivery import SECRET_HEADER
from bot.sandbox.world.faults import Fault
from tests.conversations.stage import Stage, a_stage
from tests.databases import rows
from tests.network import SECRET, a_webhook, half_open


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path, webhook=a_webhook()) as stage, stage.coach():
        yield stage


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def post(
    http: aiohttp.ClientSession, stage: Stage, body: Any, secret: str = SECRET, path: str = ""
) -> int:
    """The status; an update goes as JSON, all else as it is."""
    data = json.dumps(body) if isinstance(body, dict) else body
    assert stage.webhook is not None
    url = stage.webhook.url + path
    async with http.post(url, data=data, headers={SECRET_HEADER: secret}) as response:
        assert await response.read() == b"" or response.status in (404, 405, 413)
        return response.status


def spoken(stage: Stage, text: str, number: int = 900_000_001) -> dict[str, Any]:
    """An update as Telegram would bring it."""
    person = stage.runner("Eve").person
    stage.world.webhook, kept = None, stage.world.webhook
    stage.world.say(person, text)
    update: dict[str, Any] = stage.world.updates.pending[-1]
    stage.world.updates.clear()
    stage.world.webhook = kept
    return update | {"update_id": number}


async def test_telegram_is_told_the_address_the_kinds_and_the_secret(stage: Stage) -> None:
    (call,) = [call for call in stage.world.calls if call.method == "setWebhook"]
    assert call.params["secret_token"] == SECRET
    assert call.params["max_connections"] == 100
    assert "callback_query" in call.params["allowed_updates"]
    assert stage.world.webhook is not None
    assert stage.world.webhook.url == stage.webhook.url
    await stage.restart()
    assert len([call for call in stage.world.calls if call.method == "setWebhook"]) == 1


async def test_a_coach_that_polls_again_takes_the_webhook_away(stage: Stage) -> None:
    await stage.close()
    ann = stage.runner("Ann")
    stage.world.say(ann.person, "/help")
    stage.webhook = None
    await stage.open()
    await stage.settle()
    assert "/exercise" in ann.shown.text
    assert stage.world.webhook is None


async def test_200_comes_once_the_update_is_stored(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.6))
    async with asyncio.timeout(0.5):
        assert await post(http, stage, spoken(stage, "/help")) == 200
    assert len(rows(stage.database, "inbox")) == 1
    await stage.settle()
    assert rows(stage.database, "inbox") == []
    assert stage.world.messages(stage.world.people[0])[-1].from_bot


async def test_an_update_brought_twice_at_once_is_handled_once(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.3))
    update = spoken(stage, "/help")
    both = await asyncio.gather(post(http, stage, update), post(http, stage, update))
    assert both == [200, 200]
    await stage.settle()
    assert await post(http, stage, update) == 200
    await stage.settle()
    said = [m for m in stage.world.messages(stage.world.people[0]) if m.from_bot]
    assert len(said) == 1


@pytest.mark.slow
@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", SECRET.upper(), "s\u00e9cret"])
async def test_a_wrong_secret_is_turned_away(
    stage: Stage, http: aiohttp.ClientSession, secret: str
) -> None:
    assert await post(http, stage, {"update_id": 1}, secret) == 403


async def test_a_secret_that_changed_is_told_to_telegram(stage: Stage) -> None:
    await stage.close()
    assert stage.webhook is not None
    stage.webhook = Webhook(stage.webhook.url, stage.webhook.host, stage.webhook.port, "another")
    ann = stage.runner("Ann")
    await stage.open()
    stage.world.say(ann.person, "/help")
    await stage.settle()
    assert "/exercise" in ann.shown.text
    assert stage.world.webhook is not None
    assert stage.world.webhook.secret == "another"


async def test_other_paths_and_methods_are_turned_away(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    assert await post(http, stage, {"update_id": 1}, path="/more") == 404
    assert await post(http, stage, {"update_id": 1}, path="/../") == 404
    assert stage.webhook is not None
    async with http.get(stage.webhook.url, headers={SECRET_HEADER: SECRET}) as response:
        assert response.status == 405


@pytest.mark.parametrize(
    "body",
    ["", "{", "null", "[]", '"text"', "{}", '{"update_id": "1"}', '{"update_id": true}', b"\xff"],
)
async def test_what_is_no_update_is_turned_away(
    stage: Stage, http: aiohttp.ClientSession, body: str | bytes
) -> None:
    assert await post(http, stage, body) == 400


async def test_a_deep_nest_is_turned_away(stage: Stage, http: aiohttp.ClientSession) -> None:
    assert await post(http, stage, "[" * 100_000) == 400


async def test_a_body_of_ten_megabytes_is_turned_away(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    assert await post(http, stage, BytesIO(b" " * 10 * 1024**2)) == 413

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * 100_000

    assert stage.webhook is not None
    headers = {SECRET_HEADER: SECRET}
    async with http.post(stage.webhook.url, data=pieces(), headers=headers) as response:
        assert response.status == 413


async def test_an_update_the_library_can_t_read_does_not_come_for_ever(
    stage: Stage, http: aiohttp.ClientSession, errors_expected: None
) -> None:
    assert await post(http, stage, {"update_id": 5, "message": {"text": "new"}}) == 200
    assert await post(http, stage, {"update_id": 6, "brand_new": {}}) == 200
    assert await post(http, stage, {"update_id": 7}) == 200


async def test_a_bug_does_not_come_for_ever(
    stage: Stage, http: aiohttp.ClientSession, errors_expected: None
) -> None:
    async with stage.work.coach.db.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE sessions RENAME TO out_of_reach")
    assert await post(http, stage, spoken(stage, "done")) == 200


@pytest.mark.slow
@pytest.mark.sqlite
async def test_a_database_that_is_away_makes_telegram_bring_it_again(
    stage: Stage, http: aiohttp.ClientSession, errors_expected: None
) -> None:
    ann = stage.runner("Ann")
    other = sqlite3.connect(stage.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    stage.world.say(ann.person, "/timezone Europe/Berlin")
    await stage.world.until(lambda: stage.world.webhook and stage.world.webhook.error, timeout=12)
    assert stage.world.webhook is not None
    assert stage.world.webhook.error.endswith("503 Service Unavailable")
    other.execute("ROLLBACK")
    other.close()
    await stage.settle()
    assert "Berlin" in ann.shown.text


async def test_what_was_stored_is_answered_before_the_end(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.6))
    assert await post(http, stage, spoken(stage, "/help")) == 200
    await stage.close()
    assert "/exercise" in stage.world.messages(stage.world.people[0])[-1].text


async def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    webhook = a_webhook()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", webhook.port))
        taken.listen()
        async with a_stage(tmp_path, webhook=webhook) as stage:
            with pytest.raises(CannotListenError, match=f"port {webhook.port} "):
                await stage.open()
            await stage.close()


def test_the_derived_secret_can_be_sent_and_holds_nothing_of_the_token() -> None:
    token = "123456789:AAH-secret_Secret0123456789abcdefgh"
    secret = derived_secret(token)
    assert secret == derived_secret(token) != derived_secret(token + "x")
    assert len(secret) == 64
    assert secret.isalnum()
    assert token.partition(":")[2] not in secret


async def test_nothing_secret_is_logged(
    stage: Stage, http: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await post(http, stage, {"update_id": 1}, "a-wrong-one")
        await post(http, stage, {"update_id": 1})
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("bot", "aiohttp"))]
    assert not any(SECRET in line or "a-wrong-one" in line for line in ours)
    assert SECRET not in repr(stage.webhook)


async def test_half_open_connections_keep_no_update_out(stage: Stage) -> None:
    assert stage.webhook is not None
    ann = stage.runner("Ann")
    crowd = [await half_open(stage.webhook.host, stage.webhook.port) for _ in range(400)]
    async with asyncio.timeout(5):
        while sum(reader.at_eof() or bool(reader.exception()) for reader, _ in crowd) < 200:
            await asyncio.sleep(0.01)
    await ann.says("/help")
    assert "/exercise" in ann.shown.text
    for _, writer in crowd:
        writer.close()


@pytest.mark.slow
async def test_a_half_open_connection_is_closed_after_ten_seconds(stage: Stage) -> None:
    assert stage.webhook is not None
    reader, writer = await half_open(stage.webhook.host, stage.webhook.port)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(reader.read(), 8)
    async with asyncio.timeout(4):
        with suppress(ConnectionError):
            await reader.read()
    writer.close()
