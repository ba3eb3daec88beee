"""Updates by webhook, on a server of our own: the answer 200 comes once an update was handled.

200  handled; or a bug, which would only come again; or a kind the library does not know
500  the database was away: Telegram brings it again, after 2, 4, 8 … seconds
503  the coach ends before it was handled: Telegram brings it to the next one
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

from bot.intake import Intake, Json
from bot.listening import RefusedWebhookError, Webhook, listen
from bot.registration import Registration
from bot.transport import SteadyBot

log = logging.getLogger(__name__)

BODY_LIMIT = 1024**2
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a name
BACK_OFF = (1, 2, 5, 10, 30)


class Counter:
    """Where updates are handed in."""

    def __init__(self, webhook: Webhook, intake: Intake, doubt: Callable[[], None]) -> None:
        self._secret = webhook.secret.encode()
        self._intake = intake
        self._doubt = doubt
        self._closed = False
        self._ending = asyncio.Event()

    def close(self) -> None:
        """No more is accepted; a connection that is still open may try."""
        self._closed = True

    def end(self) -> None:
        """What is not handled by now is left to Telegram."""
        self._ending.set()

    async def handle(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret):
            self._doubt()
            return web.Response(status=403)
        if self._closed:
            return web.Response(status=503)
        if (request.content_length or 0) > BODY_LIMIT:
            return web.Response(status=413)
        update = _read(await request.read())
        if update is None:
            return web.Response(status=400)
        return web.Response(status=await self._handled(update))

    async def _handled(self, update: Json) -> int:
        """The work goes on also if Telegram hangs up."""
        work = self._intake.take(update)
        ending = asyncio.create_task(self._ending.wait())
        try:
            await asyncio.wait((work, ending), return_when=asyncio.FIRST_COMPLETED)
        finally:
            ending.cancel()
        if not work.done() or work.cancelled():
            return 503
        return 200 if work.result() else 500


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
    bot: SteadyBot, webhook: Webhook, intake: Intake, allowed: Sequence[str], seconds: float
) -> AsyncIterator[None]:
    """Listens, and sees to it that Telegram knows; at the end nothing more is accepted, and what
    was is answered, within so many seconds."""
    doubt = Doubt(bot, webhook, allowed)
    counter = Counter(webhook, intake, doubt.rise)
    app = web.Application(client_max_size=BODY_LIMIT)
    app.router.add_post(webhook.path, counter.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=seconds + 1)
    await runner.setup()
    sites: list[web.TCPSite] = []
    try:
        sites.append(await listen(runner, webhook.host, webhook.port))
        await make_known(bot, webhook, allowed)
        yield
    finally:
        for site in sites:
            await site.stop()
        counter.close()
        doubt.end()
        await intake.settled(seconds)
        counter.end()
        await runner.cleanup()
        intake.drop()


class Doubt:
    """A wrong secret may be an older one of ours, which getWebhookInfo does not tell; so once the
    webhook is set again. Only once: anybody can send a wrong secret."""

    def __init__(self, bot: SteadyBot, webhook: Webhook, allowed: Sequence[str]) -> None:
        self._bot = bot
        self._webhook = webhook
        self._allowed = allowed
        self._task: asyncio.Task[None] | None = None

    def rise(self) -> None:
        if self._task is None:
            log.warning("a wrong secret came to the webhook; Telegram is told ours again, once")
            self._task = asyncio.create_task(self._tell_again())

    def end(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _tell_again(self) -> None:
        try:
            await Registration(self._webhook, self._allowed).tell(self._bot)
        except TelegramError as error:
            log.warning("the webhook could not be set again: %s", type(error).__name__)


async def make_known(bot: SteadyBot, webhook: Webhook, allowed: Sequence[str]) -> None:
    """Sets the webhook where Telegram has another one, waiting for a server that is away."""
    registration = Registration(webhook, allowed)
    failures = 0
    while not bot.refused.is_set():
        try:
            if not registration.is_in(await bot.get_webhook_info()):
                await registration.tell(bot)
        except InvalidToken:
            return
        except BadRequest as error:
            raise RefusedWebhookError(error.message) from None
        except TelegramError as error:
            wait = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
            failures += 1
            log.warning("the webhook is not set yet, trying again: %s", type(error).__name__)
            await asyncio.sleep(wait)
        else:
            return
