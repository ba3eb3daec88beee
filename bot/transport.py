"""How requests reach Telegram, and updates the coach.

httpx's own connection pool gets slower with concurrency, so aiohttp carries the requests, through
httpx-aiohttp's transport.
"""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.order import InOrderPerChat
from bot.pace import Lane, Pace

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

CONNECTIONS = 256
ANSWER_SECONDS = 20.0
POLL_SECONDS = 30


class SteadyBot(ExtBot[Lane]):
    """Leaves out an update that the library can't read, instead of asking for it for ever.

    `refused` is set once Telegram takes the token no more; the library then just stops polling.
    """

    __slots__ = ("refused",)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.refused = asyncio.Event()

    async def get_updates(
        self,
        offset: int | None = None,
        limit: int | None = None,
        timeout: Any = None,  # noqa: ASYNC109 – the library's name
        allowed_updates: Sequence[str] | None = None,
        **options: Any,
    ) -> tuple[Update, ...]:
        try:
            return await super().get_updates(offset, limit, timeout, allowed_updates, **options)
        except InvalidToken:
            self.refused.set()
            raise
        except TelegramError:
            raise
        except Exception as error:
            log.warning("updates can't be read (%s), so one by one", type(error).__name__)
            return await self._first_readable(offset)

    async def _first_readable(self, offset: int | None) -> tuple[Update, ...]:
        """The first update if it can be read; otherwise none, and it will not come again."""
        raw = await self.do_api_request("getUpdates", {"offset": offset, "limit": 1})
        if not isinstance(raw, list) or not raw:
            return ()
        try:
            return Update.de_list(raw, self)
        except Exception:
            number = raw[0]["update_id"]
            log.error("update %d can't be read and is left out", number)
            await self.do_api_request("getUpdates", {"offset": number + 1, "limit": 1})
            return ()


@asynccontextmanager
async def application(token: str, api_url: str, pace: Pace) -> AsyncIterator[App]:
    """python-telegram-bot, set up for this bot and pace; its connections close at the end."""
    context = ssl.create_default_context()

    def request(connections: int) -> HTTPXRequest:
        limits = httpx.Limits(max_connections=connections)
        return HTTPXRequest(
            read_timeout=ANSWER_SECONDS,
            write_timeout=ANSWER_SECONDS,
            connect_timeout=10,
            pool_timeout=60,
            httpx_kwargs={"transport": AiohttpTransport(verify=context, limits=limits)},
        )

    calls, polls = request(CONNECTIONS), request(2)
    bot = SteadyBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
        rate_limiter=pace,
        defaults=Defaults(
            parse_mode=ParseMode.HTML, link_preview_options=LinkPreviewOptions(is_disabled=True)
        ),
    )
    app: App = (
        ApplicationBuilder().bot(bot).concurrent_updates(InOrderPerChat()).job_queue(None).build()
    )
    try:
        yield app
    finally:
        await app.shutdown()
        # The application closes them only once it was started.
        await calls.shutdown()
        await polls.shutdown()
