"""How requests reach Telegram, and updates the coach.

httpx's own connection pool gets slower with concurrency, so aiohttp carries the requests, through
httpx-aiohttp's transport.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

import httpx
from httpx_aiohttp import AiohttpTransport
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot
from telegram.request import HTTPXRequest

from bot.order import InOrderPerChat
from bot.pace import Pace
from bot.turns import Lane

App = Application[Any, Any, Any, Any, Any, Any]
Told = Callable[[str, int], None]

CONNECTIONS = 256
ANSWER_SECONDS = 20.0
POLL_SECONDS = 30
POLL_PATIENCE = 5.0


class SteadyBot(ExtBot[Lane]):
    """`refused` is set once Telegram takes the token no more."""

    __slots__ = ("refused",)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.refused = asyncio.Event()

    async def _do_post(self, *arguments: Any, **options: Any) -> Any:
        try:
            return await super()._do_post(*arguments, **options)
        except InvalidToken:
            self.refused.set()
            raise

    async def fetch(
        self, offset: int, seconds: int, allowed: Sequence[str], limit: int
    ) -> list[dict[str, Any]]:
        """Updates as Telegram wrote them: one that the library can't read is not in the way of
        the others."""
        found = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": seconds, "limit": limit, "allowed_updates": allowed},
            read_timeout=seconds + POLL_PATIENCE,
        )
        return found if isinstance(found, list) else []


class Line(HTTPXRequest):
    """Carries calls; `told` learns of each what became of it: its status, 0 without an answer."""

    def __init__(self, told: Told, **options: Any) -> None:
        super().__init__(**options)
        self._told = told

    async def do_request(self, url: str, *arguments: Any, **options: Any) -> tuple[int, bytes]:
        status = 0
        try:
            status, body = await super().do_request(url, *arguments, **options)
        finally:
            self._told(url.rpartition("/")[2], status)
        return status, body


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read once: it takes 20 ms."""
    return ssl.create_default_context()


@asynccontextmanager
async def application(
    token: str, api_url: str, pace: Pace, told: Told | None = None
) -> AsyncIterator[App]:
    """python-telegram-bot, set up for this bot and pace; its connections close at the end."""
    context = _trusted()

    def request(connections: int) -> HTTPXRequest:
        limits = httpx.Limits(max_connections=connections)
        options: dict[str, Any] = {
            "read_timeout": ANSWER_SECONDS,
            "write_timeout": ANSWER_SECONDS,
            "connect_timeout": 10,
            "pool_timeout": 60,
            "httpx_kwargs": {"transport": AiohttpTransport(verify=context, limits=limits)},
        }
        return Line(told, **options) if told else HTTPXRequest(**options)

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
        ApplicationBuilder()
        .bot(bot)
        .concurrent_updates(InOrderPerChat())
        .updater(None)
        .job_queue(None)
        .build()
    )
    try:
        yield app
    finally:
        await app.shutdown()
        # The application closes them only once it was started.
        await calls.shutdown()
        await polls.shutdown()
