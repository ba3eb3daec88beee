"""Another program with the same token, and a webhook that is changed: noticed, told, put right."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.domain import reception
from bot.gateway import polling, registration
from bot.runtime.addresses import Address
from bot.runtime.retry import BackOff
from bot.runtime.tasks import in_the_background
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.webhook import Webhook
from bot.workers import monitor
from tests.conversations.stage import Runner, Stage, a_stage
from tests.network import a_webhook, free_port
from tests.process.coach_process import eventually

HOST, STRANGER = 700, 701
ELSEWHERE = "https://elsewhere.example.org/telegram"
OFTEN = 0.2


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens every few minutes happens several times a second."""
    monkeypatch.setattr(polling, "BACK_OFF", BackOff((0.05,)))
    monkeypatch.setattr(monitor, "PROBE_AFTER", 0.0)


@asynccontextmanager
async def at_work(folder: Path, **about: object) -> AsyncIterator[Stage]:
    at = Address("127.0.0.1", free_port())
    admins = frozenset({HOST, STRANGER})
    async with a_stage(folder, metrics=at, admins=admins, **about) as stage, stage.coach():
        yield stage


@pytest.fixture
async def polled(tmp_path: Path) -> AsyncIterator[Stage]:
    async with at_work(tmp_path) as stage:
        yield stage


@pytest.fixture
async def brought(tmp_path: Path) -> AsyncIterator[Stage]:
    async with at_work(tmp_path, webhook=a_webhook()) as stage:
        yield stage


async def health(stage: Stage) -> tuple[int, list[str], object]:
    assert stage.metrics is not None
    url = f"http://{stage.metrics.host}:{stage.metrics.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(url) as answer:
        body = await answer.json()
        assert body["ok"] is (answer.status == 200) is (body["reasons"] == [])
        return answer.status, body["reasons"], body["pending_update_count"]


async def call(stage: Stage, method: str, **params: object) -> dict[str, object]:
    """As another program does."""
    url = f"{stage.url}/bot{stage.world.token}/{method}"
    async with aiohttp.ClientSession() as http, http.post(url, json=params) as answer:
        found: dict[str, object] = await answer.json()
        return found


async def polls(stage: Stage) -> None:
    while True:
        await call(stage, "getUpdates", timeout=30)
        await asyncio.sleep(0.01)


async def host(stage: Stage) -> Runner:
    hank = stage.runner("Hank", id=HOST)
    await hank.says("/help")
    return hank


@pytest.mark.statements
async def test_another_that_polls_is_told_once_to_hosts_with_a_chat(
    polled: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    hank = await host(polled)
    before = len(hank.messages)
    async with in_the_background(polls(polled)):
        await eventually(lambda: len(hank.messages) > before)
        conflicts = sum(c.status == 409 for c in polled.world.calls)
        await eventually(lambda: sum(c.status == 409 for c in polled.world.calls) > conflicts + 10)
        assert hank.shown.text.startswith("Another program is fetching updates with my token")
        assert len(hank.messages) == before + 1
    assert caplog.text.count("another program fetches updates") == 1
    await hank.says("/status")
    assert "Another program fetches updates with the same token" in hank.shown.text
    assert (await health(polled))[0] == 200


async def test_two_minutes_without_an_update_fetched_are_told(
    polled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await health(polled))[:2] == (200, [])
    polled.world.faults.add(Fault("getUpdates", "status", status=502, times=None))
    monkeypatch.setattr(reception, "SILENCE", 0.3)
    await asyncio.sleep(0.5)
    status, reasons, _ = await health(polled)
    assert status == 503
    assert [re.sub(r"\d+", "…", reason) for reason in reasons] == [
        "no getUpdates has succeeded for … s"
    ]
    polled.world.faults.clear()
    polled.world.say(polled.runner().person, "/help")
    await polled.settle()
    monkeypatch.setattr(reception, "SILENCE", 5)
    assert (await health(polled))[0] == 200


@pytest.mark.slow
async def test_a_webhook_that_is_set_while_it_polls_is_taken_away(
    polled: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    hank = await host(polled)
    await polled.close()
    monkeypatch.setattr(registration, "CHECK_EVERY", 2.0)
    monkeypatch.setattr(
        polling, "BACK_OFF", BackOff((0.1,))
    )  # three conflicts come before the look
    await polled.open()
    await hank.says("/help")  # it polls by now
    before = len(hank.messages)
    await call(polled, "setWebhook", url=ELSEWHERE)
    polled.world.say(hank.person, "/privacy")
    await polled.settle()
    assert polled.world.webhook is None
    await polled.world.until(lambda: len(hank.messages) >= before + 2)
    told = [message.text for message in hank.messages[before:]]
    assert len([text for text in told if text.startswith("Another program has set")]) == 1
    assert len(told) == 2


@pytest.mark.slow
@pytest.mark.parametrize("change", [{"url": ELSEWHERE}, {"url": ""}], ids=["moved", "removed"])
async def test_a_webhook_that_is_changed_is_told_and_set_again(
    brought: Stage, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    assert brought.webhook is not None
    hank = await host(brought)
    assert (await health(brought))[:2] == (200, [])
    await brought.close()
    monkeypatch.setattr(registration, "CHECK_EVERY", 1.0)
    await brought.open()
    before = len(hank.messages)
    await call(brought, "setWebhook", **change)
    brought.world.say(hank.person, "/help")
    status, reasons, pending = await health(brought)
    assert status == 503
    assert reasons[0] == "Telegram has no webhook or another one"
    assert pending == 1
    await brought.settle()
    assert brought.world.webhook is not None
    assert brought.world.webhook.url == brought.webhook.url
    assert (await health(brought))[:2] == (200, [])
    told = [m.text for m in hank.messages[before:] if m.text.startswith("Another program has ch")]
    assert len(told) == 1
    assert "elsewhere" not in str(reasons)


async def test_an_error_that_telegram_names_is_told_until_an_update_came(brought: Stage) -> None:
    hank = await host(brought)
    assert isinstance(brought.world.webhook, Webhook)
    brought.world.webhook.error = "Wrong response from the webhook: 502 Bad Gateway"
    brought.world.webhook.error_at = brought.clock.now() + timedelta(seconds=1)
    brought.clock.move(brought.clock.now() + timedelta(seconds=2))
    status, reasons, _ = await health(brought)
    words = "Wrong response from the webhook: 502 Bad Gateway"
    assert (status, reasons) == (503, [f"Telegram could not deliver to the webhook: {words}"])
    await hank.says("/status")
    brought.clock.move(brought.clock.now() + timedelta(seconds=1))
    assert (await health(brought))[:2] == (200, [])
    brought.world.webhook.error_at = brought.clock.now() - timedelta(hours=1)
    assert (await health(brought))[:2] == (200, [])


@pytest.mark.slow
async def test_a_secret_that_was_changed_is_told_again(
    brought: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram does not tell the secret, but that it was answered 403."""
    assert brought.webhook is not None
    await brought.close()
    monkeypatch.setattr(registration, "CHECK_EVERY", OFTEN)
    await brought.open()
    for secret in ("one", "two"):
        await call(brought, "setWebhook", url=brought.webhook.url, secret_token=secret)
        ann = brought.runner()
        brought.world.say(ann.person, "/help")
        await brought.settle()
        assert "/routine" in ann.shown.text


async def test_a_webhook_that_can_t_be_read_is_told(
    brought: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    brought.world.faults.add(Fault("getWebhookInfo", "status", status=502, times=None))
    monkeypatch.setattr(reception, "SILENCE", 0.2)
    await asyncio.sleep(0.4)
    status, reasons, _ = await health(brought)
    assert status == 503
    assert [re.sub(r"\d+", "…", reason) for reason in reasons] == [
        "getWebhookInfo could not be read for … s"
    ]
