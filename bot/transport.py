"""How requests reach Telegram, and updates the coach.

aiohttp carries them: httpx, which the library brings, gets slower with concurrency.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from http import HTTPStatus
from typing import Any

import aiohttp
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import InvalidToken, NetworkError, TimedOut
from telegram.ext import Application, ApplicationBuilder, Defaults, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.clock import TelegramClock
from bot.order import InOrderPerChat
from bot.pace import Pace
from bot.turns import Lane

App = Application[Any, Any, Any, Any, Any, Any]
Told = Callable[[str, int], None]

CONNECTIONS = 256
POOL_SECONDS, CONNECT_SECONDS, ANSWER_SECONDS = 60.0, 10.0, 20.0
IDLE_SECONDS = 5.0
POLL_SECONDS = 30
POLL_PATIENCE = 5.0
READ = ("message_id", "date", "chat", "animation")


class SteadyBot(ExtBot[Lane]):
    """`refused` is set once Telegram takes the token no more."""

    __slots__ = ("refused",)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.refused = asyncio.Event()

    async def _do_post(self, *arguments: Any, **options: Any) -> Any:
        try:
            return _wanted(await super()._do_post(*arguments, **options))
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


def _wanted(answer: Any) -> Any:
    """Of a message that was sent or edited, what somebody reads: the library would make objects of
    every word and button of it."""
    if isinstance(answer, dict) and "message_id" in answer:
        return {name: answer[name] for name in READ if name in answer}
    return answer


class Line(BaseRequest):
    """Carries calls; `told` learns of each what became of it: its status, 0 without an answer."""

    def __init__(
        self,
        connections: int,
        context: ssl.SSLContext,
        telegram: TelegramClock,
        told: Told | None,
    ) -> None:
        self._telegram = telegram
        self._told = told or (lambda _method, _status: None)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=connections, ssl=context, keepalive_timeout=IDLE_SECONDS
            ),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
        )

    @property
    def read_timeout(self) -> float:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Connections are made when they are needed."""

    async def shutdown(self) -> None:
        await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        *_others: object,
        **_timeouts: object,
    ) -> tuple[int, bytes]:
        """One request, within the coach's own timeouts but for that of the answer."""
        seconds = ANSWER_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        patience = aiohttp.ClientTimeout(
            connect=POOL_SECONDS, sock_connect=CONNECT_SECONDS, sock_read=seconds
        )
        status, asked_at = 0, self._telegram.local_now()
        try:
            async with self._session.request(
                method, url, timeout=patience, allow_redirects=False, **_body(request_data)
            ) as answer:
                content = await answer.read()
                status = answer.status
                if status == HTTPStatus.OK and (date := _date(answer)):
                    self._telegram.answered(asked_at, date)
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(type(error).__name__) from error
        finally:
            self._told(url.rpartition("/")[2], status)
        return status, content


def _date(answer: aiohttp.ClientResponse) -> datetime | None:
    """When the server wrote it; None where it does not say."""
    try:
        date = parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError:
        return None
    return date if date.tzinfo else None


def _body(data: RequestData | None) -> dict[str, Any]:
    """JSON, or a form where there are files to upload."""
    if data is None or not data.contains_files:
        return {"json": data.parameters if data else None}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return {"data": form}


@cache
def _trusted() -> ssl.SSLContext:
    """The system's certificates, read once: it takes 20 ms."""
    return ssl.create_default_context()


@asynccontextmanager
async def application(
    token: str, api_url: str, pace: Pace, telegram: TelegramClock, told: Told | None = None
) -> AsyncIterator[App]:
    """python-telegram-bot, set up for this bot and pace; its connections close at the end."""
    context = _trusted()
    calls = Line(CONNECTIONS, context, telegram, told)
    polls = Line(2, context, telegram, told)
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
