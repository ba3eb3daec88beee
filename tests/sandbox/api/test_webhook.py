"""The webhook: setting it, delivery of updates, and retries."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from bot.sandbox.api.webhook_delivery import SECRET_HEADER
from bot.sandbox.world.chats import Person
from bot.sandbox.world.webhook import RETRY_PAUSES, Reach
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, Json, refused

PUBLIC = "https://coach.example.org/telegram"
CONFLICT = refused(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)


@dataclass
class Bot:
    """A bot's server that records updates and answers with these statuses, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    brought: list[Json] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        self.brought.append(await request.json())
        self.secrets.append(request.headers.get(SECRET_HEADER))
        await self.gate.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.brought]


@pytest.fixture
async def bot(world: World) -> AsyncIterator[Bot]:
    world.webhook_reach = Reach.ANY
    world.webhook_pauses = (0.0, 0.02)
    bot = Bot()
    bot.gate.set()
    app = web.Application()
    app.router.add_post("/hook", bot.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.05)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    bot.url = f"http://{host}:{port}/hook"
    yield bot
    bot.gate.set()
    await runner.cleanup()


async def test_updates_are_brought_in_order_with_the_secret(
    world: World, ann: Person, api: Api, bot: Bot
) -> None:
    await api("setWebhook", url=bot.url, secret_token="s3cret_-")
    for text in ("one", "two"):
        world.say(ann, text)
    await until(lambda: not world.updates.pending)
    assert bot.texts == ["/start", "one", "two"]
    assert set(bot.secrets) == {"s3cret_-"}


async def until(predicate: object, timeout: float = 3) -> None:
    async with asyncio.timeout(timeout):
        while not predicate():  # type: ignore[operator]
            await asyncio.sleep(0.005)


async def test_without_a_secret_there_is_no_header(
    world: World, ann: Person, api: Api, bot: Bot
) -> None:
    await api("setWebhook", url=bot.url)
    await until(lambda: not world.updates.pending)
    assert bot.secrets == [None]


async def test_what_is_not_taken_is_brought_again_before_the_chats_next(
    world: World, ann: Person, api: Api, bot: Bot
) -> None:
    bot.statuses = [500, 403, 302]
    world.say(ann, "one")
    await api("setWebhook", url=bot.url)
    await until(lambda: not world.updates.pending)
    assert bot.texts == ["/start"] * 4 + ["one"]


def test_the_pauses_are_telegrams() -> None:
    assert RETRY_PAUSES[:5] == (0, 2, 4, 8, 16)


async def test_a_chat_that_waits_does_not_hold_up_another(
    world: World, ann: Person, api: Api, bot: Bot
) -> None:
    bot.gate.clear()
    world.say(ann, "one")
    await api("setWebhook", url=bot.url)
    bea = world.add_person("Bea")
    world.say(bea, "two")
    await until(lambda: len(bot.brought) == 2)
    assert bot.texts == ["/start", "two"]
    assert (await api("getWebhookInfo"))["result"]["pending_update_count"] == 3


async def test_no_more_are_under_way_than_connections(world: World, api: Api, bot: Bot) -> None:
    bot.gate.clear()
    await api("setWebhook", url=bot.url, max_connections=2)
    for number in range(4):
        world.say(world.add_person(f"Runner {number}"), "hello")
    await asyncio.sleep(0.1)
    assert len(bot.brought) == 2
    bot.gate.set()
    await until(lambda: not world.updates.pending)
    assert len(bot.brought) == 4


async def test_the_info_tells_the_last_error(world: World, ann: Person, api: Api, bot: Bot) -> None:
    bot.statuses = [500]
    await api(
        "setWebhook", url=bot.url, max_connections=7, allowed_updates=["message", "inline_query"]
    )
    await until(lambda: not world.updates.pending)
    info = (await api("getWebhookInfo"))["result"]
    assert info.pop("last_error_date") > 0
    assert info == {
        "url": bot.url,
        "has_custom_certificate": False,
        "pending_update_count": 0,
        "max_connections": 7,
        "last_error_message": "Wrong response from the webhook: 500 Internal Server Error",
        "allowed_updates": ["inline_query", "message"],
    }


async def test_a_server_that_is_away_is_waited_for(world: World, ann: Person, api: Api) -> None:
    world.webhook_reach = Reach.ANY
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    await until(lambda: world.webhook and world.webhook.error)
    info = (await api("getWebhookInfo"))["result"]
    assert (info["last_error_message"], info["pending_update_count"]) == ("Connection refused", 1)


async def test_polling_and_a_webhook_exclude_each_other(
    world: World, ann: Person, api: Api, bot: Bot
) -> None:
    world.updates.clear()
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api("setWebhook", url=bot.url)
    assert await poll == refused(409, "Conflict: terminated by setWebhook request")
    assert await api("getUpdates") == CONFLICT


@pytest.mark.parametrize("method", ["deleteWebhook", "setWebhook"])
async def test_a_deleted_webhook_leaves_what_waits_to_polling(
    world: World, ann: Person, api: Api, bot: Bot, method: str
) -> None:
    bot.statuses = [500] * 1000
    await api("setWebhook", url=bot.url)
    await until(lambda: bot.brought)
    await api(method)
    assert len((await api("getUpdates"))["result"]) == 1
    assert (await api("getWebhookInfo"))["result"]["url"] == ""


@pytest.mark.parametrize(
    ("params", "description"),
    [
        (
            {"url": "http://coach.example.org/"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            {"url": "https://coach.example.org:8000/"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "https://127.0.0.1/"}, "bad webhook: IP address 127.0.0.1 is reserved"),
        ({"url": "ftp://coach.example.org/"}, "invalid webhook URL specified"),
        ({"url": "https://"}, "invalid webhook URL specified"),
        ({"url": "https://host:port/"}, "invalid webhook URL specified"),
        ({"url": PUBLIC, "secret_token": "a b"}, "secret token contains unallowed characters"),
        ({"url": PUBLIC, "secret_token": "a" * 257}, "secret token is too long"),
    ],
)
async def test_a_bad_webhook_is_refused(
    world: World, api: Api, params: Json, description: str
) -> None:
    assert await api("setWebhook", **params) == refused(400, f"Bad Request: {description}")
    assert world.webhook is None


@pytest.mark.parametrize(
    "address", [PUBLIC, "coach.example.org", "https://coach.example.org:8443/x"]
)
async def test_a_public_address_is_taken(api: Api, address: str) -> None:
    assert (await api("setWebhook", url=address))["result"] is True
    assert (await api("getWebhookInfo"))["result"]["url"] == address
