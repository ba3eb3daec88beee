"""Delivery of updates to the webhook, repeated until the bot's server answers 2xx."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from http import HTTPStatus

import aiohttp

from bot.sandbox.world.webhook import Webhook
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a name
_TIMEOUT = 60.0  # seconds


class WebhookDelivery:
    """Delivers the updates of one chat in order, and those of different chats concurrently."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._deliveries: dict[int, asyncio.Task[None]] = {}  # by chat

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        timeout = aiohttp.ClientTimeout(total=_TIMEOUT)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            task = asyncio.create_task(self._run(http))
            try:
                yield
            finally:
                for running in (task, *self._deliveries.values()):
                    running.cancel()
                    with suppress(asyncio.CancelledError):
                        await running

    async def _run(self, http: aiohttp.ClientSession) -> None:
        queue = self._world.updates
        while True:
            changed = queue.next_change()
            webhook = self._world.webhook
            for update in queue.pending if webhook else ():
                if webhook and len(self._deliveries) < webhook.connections:
                    self._start_delivery(http, _chat_id(update), update)
            await changed

    def _start_delivery(self, http: aiohttp.ClientSession, chat_id: int, update: Json) -> None:
        if chat_id in self._deliveries:
            return
        task = asyncio.create_task(self._deliver(http, update))
        self._deliveries[chat_id] = task
        task.add_done_callback(partial(self._end, chat_id))

    def _end(self, chat_id: int, _: asyncio.Task[None]) -> None:
        del self._deliveries[chat_id]
        self._world.updates.wake()

    async def _deliver(self, http: aiohttp.ClientSession, update: Json) -> None:
        """Post an update until it is accepted or the webhook is deleted."""
        pauses = iter(self._world.webhook_pauses)
        pause = 0.0
        while webhook := self._world.webhook:
            if not (error := await _post(http, webhook, update)):
                self._world.updates.confirm(update["update_id"])
                return
            webhook.error, webhook.error_at = error, self._world.clock()
            self._world.mark_changed()
            pause = next(pauses, pause)
            await asyncio.sleep(pause)


def _chat_id(update: Json) -> int:
    """Return the chat's id, or the person's if there is no chat, or 0."""
    for name, payload in update.items():
        if name == "update_id" or not isinstance(payload, dict):
            continue
        chat = payload.get("chat") or payload.get("message", {}).get("chat")
        if source := chat or payload.get("from"):
            return int(source["id"])
    return 0


async def _post(http: aiohttp.ClientSession, webhook: Webhook, update: Json) -> str:
    """Post an update; return the error as getWebhookInfo words it, or "" if it was accepted."""
    headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
    try:
        async with http.post(
            webhook.url, json=update, headers=headers, allow_redirects=False
        ) as response:
            status = response.status
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except aiohttp.ClientError:
        return "Connection reset by peer"
    if 200 <= status < 300:
        return ""
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"Wrong response from the webhook: {status} {phrase}".rstrip()
