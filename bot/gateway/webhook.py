"""The webhook: a server that answers 200 once an update is stored.

200  stored, now or before
503  it can't be stored just now: Telegram sends it again after 2, 4, 8 … seconds
400  no JSON, or no update: nothing that Telegram sends
403  a wrong secret     404  another path     405  not POST     413  over a megabyte
"""

import asyncio
import hmac
import json
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from aiohttp import web
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.gateway.client import ApiBot
from bot.gateway.inbox import Inbox
from bot.gateway.registration import Registration
from bot.gateway.updates import Json
from bot.runtime.addresses import RefusedWebhookError, Webhook
from bot.runtime.http_server import Port
from bot.runtime.retry import BACK_OFF

log = logging.getLogger(__name__)

BODY_LIMIT = 1024**2
SHUTDOWN_SECONDS = 1.0
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a name


class Receiver:
    """Handles the requests; `refused` is called for one with a wrong secret."""

    def __init__(self, webhook: Webhook, inbox: Inbox, refused: Callable[[], None]) -> None:
        self._secret = webhook.secret.encode()
        self._inbox = inbox
        self._refused = refused

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret):
            self._refused()
            return web.Response(status=403)
        if (request.content_length or 0) > BODY_LIMIT:
            return web.Response(status=413)
        update = _read(await request.read())
        if update is None:
            return web.Response(status=400)
        stored = not self._inbox.is_full and await self._inbox.store([update])
        return web.Response(status=200 if stored else 503)


def _read(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    return update


@asynccontextmanager
async def receiving(
    bot: ApiBot, webhook: Webhook, inbox: Inbox, allowed: Sequence[str]
) -> AsyncIterator[None]:
    """Return a context in which the webhook is registered and receives updates."""
    renewal = Renewal(bot, webhook, allowed)
    receiver = Receiver(webhook, inbox, renewal.begin)
    port = Port("the webhook")
    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[port.middleware])
    app.router.add_post(webhook.path, receiver.handle)
    served = await port.listen(app, webhook.host, webhook.port, SHUTDOWN_SECONDS)
    try:
        await register(bot, webhook, allowed)
        yield
    finally:
        served.stop()
        renewal.cancel()
        await served.close()


class Renewal:
    """Sets the webhook again after a wrong secret, but only once.

    The secret may be an older one of the coach, as getWebhookInfo does not return it; but anybody
    can send a wrong one.
    """

    def __init__(self, bot: ApiBot, webhook: Webhook, allowed: Sequence[str]) -> None:
        self._bot = bot
        self._webhook = webhook
        self._allowed = allowed
        self._task: asyncio.Task[None] | None = None

    def begin(self) -> None:
        if self._task is None:
            log.warning("a wrong secret came to the webhook; Telegram is told ours again, once")
            self._task = asyncio.create_task(self._set_again())

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _set_again(self) -> None:
        try:
            await Registration(self._webhook, self._allowed).store(self._bot)
        except TelegramError as error:
            log.warning("the webhook could not be set again: %s", type(error).__name__)


async def register(bot: ApiBot, webhook: Webhook, allowed: Sequence[str]) -> None:
    """Set the webhook if Telegram has another one; wait for a server that is away."""
    registration = Registration(webhook, allowed)
    for delay in BACK_OFF:
        if bot.refused.is_set():
            return
        try:
            if not registration.matches(await bot.get_webhook_info()):
                await registration.store(bot)
        except InvalidToken:
            return
        except BadRequest as error:
            raise RefusedWebhookError(error.message) from None
        except TelegramError as error:
            log.warning("the webhook is not set yet, trying again: %s", type(error).__name__)
            await asyncio.sleep(delay)
        else:
            return
