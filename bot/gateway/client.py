"""The Bot API client.

Requests are sent by aiohttp: httpx, the library's default, gets slower with concurrency.
"""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import aiohttp
from telegram import InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, TimedOut
from telegram.ext import Application, ApplicationBuilder, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.gateway.priority_quota import Priority
from bot.gateway.rate_limiter import RateLimiter
from bot.runtime.clock import TelegramClock

T = TypeVar("T")
Json = dict[str, Any]
App = Application[Any, Any, Any, Any, Any, Any]
Observe = Callable[[str, int], None]

CONNECTIONS, POLL_CONNECTIONS = 256, 2
POOL_SECONDS, CONNECT_SECONDS, ANSWER_SECONDS = 60.0, 10.0, 20.0
IDLE_SECONDS = 5.0
FETCH_SECONDS = 30.0  # for a whole file
CHUNK = 64 * 1024  # bytes
POLL_SECONDS = 30
POLL_PATIENCE = 5.0

# Failures before a byte of the request was written: no address, no server, no TLS, no proxy, no
# connection in time, or none free in time.
NEVER_MADE = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)
BAD_REQUEST, TOO_MANY_REQUESTS, SERVER_ERROR = 400, 429, 500
# The library has an exception for each of these.
KNOWN_CODES = frozenset({400, 401, 403, 404, 409})
PARAMETERS = ("retry_after", "migrate_to_chat_id")


class NotSentError(NetworkError):
    """No connection was made, so that Telegram has not received the request."""


class TurnedDownError(NetworkError):
    """Telegram has answered that it did not carry out the request; a retry may succeed."""


class LostAnswerError(NetworkError):
    """The request was sent and its outcome is unknown.

    The connection broke, or the answer is not one of Telegram, but for example a proxy's page.
    """


class TooLargeError(NetworkError):
    """A file is larger than it may be."""


class ApiBot(ExtBot[Priority]):
    """The bot; `refused` is set once Telegram refuses the token."""

    __slots__ = ("refused",)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        with self._unfrozen():
            self.refused = asyncio.Event()

    async def _do_post(self, endpoint: str, data: dict[str, Any], **options: Any) -> Any:
        return await self._noting_refusal(super()._do_post(endpoint, data, **options))

    async def _noting_refusal(self, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except InvalidToken:
            self.refused.set()
            raise

    async def call(
        self,
        method: str,
        priority: Priority | None = None,
        seconds: float | None = None,
        **parameters: Any,
    ) -> Any:
        """Call a method once the rate limiter permits it; return its result as JSON.

        Parameters that are None are left out; a file is an InputFile, all others are JSON.
        `seconds` is how long the answer may take. The errors are those of the library's own
        methods, which make objects of parameters and results, and take longer for that than for the
        call.
        """
        about = {name: value for name, value in parameters.items() if value is not None}

        async def post() -> Any:
            patience = BaseRequest.DEFAULT_NONE if seconds is None else seconds
            data = cast(RequestData, Parameters(about))
            return await self._noting_refusal(
                self.request.post(f"{self.base_url}/{method}", data, read_timeout=patience)
            )

        assert self.rate_limiter is not None
        return await self.rate_limiter.process_request(post, (), {}, method, about, priority)

    async def fetch(
        self, offset: int, seconds: int, allowed: Sequence[str], limit: int
    ) -> list[dict[str, Any]]:
        """Call getUpdates; return the JSON objects, some of which the library may not know."""
        found = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": seconds, "limit": limit, "allowed_updates": allowed},
            read_timeout=seconds + POLL_PATIENCE,
        )
        return found if isinstance(found, list) else []


class Parameters:
    """The parameters of a call, as JSON except files.

    It has those members of the library's RequestData that `AiohttpRequest` uses, and makes no
    objects.
    """

    def __init__(self, values: Mapping[str, Any]) -> None:
        files = {name: value for name, value in values.items() if isinstance(value, InputFile)}
        attached = {name: file.attach_uri for name, file in files.items() if file.attach_uri}
        self._values = {**values, **attached} if files else dict(values)
        self._files = {file.attach_name or name: file.field_tuple for name, file in files.items()}
        self.contains_files = bool(files)

    @property
    def parameters(self) -> dict[str, Any]:
        return self._values

    @property
    def json_parameters(self) -> dict[str, str]:
        """Return the fields of a form without the files; a value that is no string is JSON."""
        return {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in self._values.items()
            if not isinstance(value, InputFile)
        }

    @property
    def multipart_data(self) -> dict[str, Any]:
        return self._files


class AiohttpRequest(BaseRequest):
    """Sends requests by aiohttp.

    `observe` is called with the method and the HTTP status of each, 0 without an answer. `proxy` is
    an http or https address, with user and password if the proxy asks for them.
    """

    def __init__(
        self,
        connections: int,
        telegram: TelegramClock,
        observe: Observe | None,
        proxy: str | None,
    ) -> None:
        self._telegram = telegram
        self._observe = observe or (lambda _method, _status: None)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=connections, keepalive_timeout=IDLE_SECONDS),
            headers={"User-Agent": self.USER_AGENT},
            cookie_jar=aiohttp.DummyCookieJar(),
            proxy=proxy,
        )

    @property
    def read_timeout(self) -> float:
        return ANSWER_SECONDS

    async def initialize(self) -> None:
        """Do nothing: connections are made when they are needed."""

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
        """Send one request, with the coach's own timeouts except that of the answer.

        It is sent once: aiohttp repeats no request that may have had an effect, such as a POST.
        Raise NotSentError, TurnedDownError, LostAnswerError or TimedOut; after the last two, the
        request may have had an effect. Other refusals are returned, and the library reads their
        status.
        """
        seconds = ANSWER_SECONDS if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        status, asked_at = 0, self._telegram.local_now()
        try:
            async with self._session.request(
                method,
                url,
                timeout=_patience(POOL_SECONDS, seconds),
                allow_redirects=False,
                **_body(request_data),
            ) as answer:
                content = await answer.read()
                status = answer.status
                if status == HTTPStatus.OK and (date := _date(answer.headers.get("Date", ""))):
                    self._telegram.answered(asked_at, date)
        except NEVER_MADE as error:
            raise NotSentError(type(error).__name__) from error
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise LostAnswerError(type(error).__name__) from error
        finally:
            self._observe(url.rpartition("/")[2], status)
        if method == "POST":  # a call; files are fetched by GET
            answered = Answer(content)
            return _checked(status, answered), answered
        return status, content

    @staticmethod
    def parse_json_payload(payload: bytes) -> Json:
        """Return the object of an answer, which was parsed on arrival."""
        assert isinstance(payload, Answer)
        return payload.object

    async def fetch(self, url: str, limit: int) -> bytes:
        """Return the content of a file on the server, of `limit` bytes at most.

        Raise TooLargeError as soon as there are more, NetworkError if it can't be fetched, or
        TimedOut. The address holds the token, and is in none of these errors.
        """
        status, content = 0, bytearray()
        patience = aiohttp.ClientTimeout(total=FETCH_SECONDS, sock_connect=CONNECT_SECONDS)
        try:
            async with self._session.get(url, timeout=patience, allow_redirects=False) as answer:
                status = answer.status
                if status != HTTPStatus.OK:
                    raise NetworkError(f"no file ({status})")
                async for chunk in answer.content.iter_chunked(CHUNK):
                    content += chunk
                    if len(content) > limit:
                        raise TooLargeError(f"more than {limit} bytes")
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, ValueError) as error:
            raise NetworkError(type(error).__name__) from None
        finally:
            self._observe("file", status)
        return bytes(content)


class Answer(bytes):
    """An answer to a call; `object` is its JSON object, or an empty one."""

    def __init__(self, _content: bytes) -> None:
        self.object = _read(self)


@lru_cache(maxsize=16)
def _patience(connect: float, answer: float) -> aiohttp.ClientTimeout:
    """Return timeouts, in seconds: for a connection, and between two parts of the answer."""
    return aiohttp.ClientTimeout(connect=connect, sock_connect=CONNECT_SECONDS, sock_read=answer)


def _checked(status: int, answered: Answer) -> int:
    """Return the status that Telegram's answer names.

    Raise LostAnswerError if the answer is not Telegram's, and TurnedDownError or BadRequest for
    refusals that the library can't distinguish from a lost answer.
    """
    answer = answered.object
    ok = answer.get("ok")
    if ok is True and "result" in answer and 200 <= status < 300:
        return status
    if ok is not False:
        raise LostAnswerError(f"no answer of Telegram's ({status})")
    code = answer.get("error_code")
    code = code if isinstance(code, int) and code >= BAD_REQUEST else BAD_REQUEST
    if code in KNOWN_CODES or _has_parameters(answer):
        return code
    description = str(answer.get("description") or code)
    if code == TOO_MANY_REQUESTS or code >= SERVER_ERROR:
        raise TurnedDownError(description)
    raise BadRequest(description)


def _has_parameters(answer: Mapping[str, Any]) -> bool:
    """Return whether the answer names a time to wait (0 does not count), or a group's new id."""
    parameters = answer.get("parameters")
    return isinstance(parameters, dict) and any(map(parameters.get, PARAMETERS))


def _read(content: bytes) -> dict[str, Any]:
    """Return the JSON object; an empty one if the content is no JSON object."""
    try:
        answer = json.loads(content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


@lru_cache(maxsize=16)
def _date(header: str) -> datetime | None:
    """Return the moment in a Date header; None if there is none in it."""
    try:
        date = parsedate_to_datetime(header)
    except ValueError:
        return None
    return date if date.tzinfo else None


def _body(data: RequestData | None) -> dict[str, Any]:
    """Return the request's body as JSON, or as a form if there are files to upload."""
    if data is None or not data.contains_files:
        return {"json": data.parameters if data else None}
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        # As a stream, which is sent in parts: a track is some million bytes long.
        stream = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, stream, filename=filename, content_type=kind)
    return {"data": form}


def way_to(api_url: str, proxy: str | None) -> str:
    """Return the server and the proxy, if any, for the log: without user and password."""
    server = _without_user(api_url)
    return server if proxy is None else f"{server} through the proxy {_without_user(proxy)}"


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


@asynccontextmanager
async def application(
    token: str,
    api_url: str,
    rate_limiter: RateLimiter,
    telegram: TelegramClock,
    observe: Observe | None = None,
    proxy: str | None = None,
) -> AsyncIterator[App]:
    """Set up python-telegram-bot for this bot; close its connections at the end."""
    calls, polls = (
        AiohttpRequest(connections, telegram, observe, proxy)
        for connections in (CONNECTIONS, POLL_CONNECTIONS)
    )
    bot = ApiBot(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=calls,
        get_updates_request=polls,
        rate_limiter=rate_limiter,
    )
    app: App = ApplicationBuilder().bot(bot).updater(None).job_queue(None).build()
    try:
        yield app
    finally:
        await app.shutdown()
        # The application closes them only if it was started.
        await calls.shutdown()
        await polls.shutdown()
