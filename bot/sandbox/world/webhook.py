"""The webhook: updates are brought to the bot's own server, again and again until it says 2xx."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

import aiohttp

from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.chats import Json

if TYPE_CHECKING:
    from bot.sandbox.world.world import World

PORTS = (80, 88, 443, 8443)
PAUSES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # seconds before it is tried again
PATIENCE = 60.0  # seconds for an answer
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 – a name
SECRET_LENGTH = 256
MOST_CONNECTIONS = 100
CONNECTIONS = 40


@dataclass(slots=True)
class Webhook:
    """Where updates go, and what came of the last that could not be brought there."""

    url: str
    secret: str = ""
    connections: int = CONNECTIONS
    error: str = ""
    error_at: datetime | None = None

    def is_set_as(self, other: "Webhook") -> bool:
        """Whether setting the other one would change nothing."""
        mine = self.url, self.secret, self.connections
        return mine == (other.url, other.secret, other.connections)


class Reach(Enum):
    """Where a webhook may be: on the Internet only, as for Telegram; on this machine too, without
    TLS, for a test's server; or on this machine only."""

    PUBLIC = "public"
    ANY = "any"
    LOCAL = "local"


def read_webhook(url: str, secret: str, connections: int, reach: Reach) -> Webhook:
    """Refused as Telegram does."""
    parts = _parts(url)
    is_local = _is_loopback(parts.hostname or "")
    if reach is Reach.LOCAL and not is_local:
        raise bad_request("bad webhook: only this machine may be brought updates")
    if reach is Reach.PUBLIC or not is_local:
        _check_public(parts)
    if len(secret) > SECRET_LENGTH:
        raise bad_request("secret token is too long")
    if not all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in secret):
        raise bad_request("secret token contains unallowed characters")
    return Webhook(url, secret, min(max(connections or CONNECTIONS, 1), MOST_CONNECTIONS))


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        _ = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_public(parts: SplitResult) -> None:
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in PORTS:
        ports = "80, 88, 443 or 8443"
        raise bad_request(f"bad webhook: Webhook can be set up only on ports {ports}")
    with suppress(ValueError):
        if ip_address(parts.hostname or "").is_private:
            raise bad_request(f"bad webhook: IP address {parts.hostname} is reserved")


def chat_of(update: Json) -> int:
    """The chat whose updates wait for one another; without one it is the person."""
    for name, payload in update.items():
        if name == "update_id" or not isinstance(payload, dict):
            continue
        place = payload.get("chat") or payload.get("message", {}).get("chat")
        if place := place or payload.get("from"):
            return int(place["id"])
    return 0


class Bringer:
    """Brings a world's updates while it is served: one at a time of a chat, chats side by side."""

    def __init__(self, world: "World") -> None:
        self._world = world
        self._under_way: dict[int, asyncio.Task[None]] = {}  # chat -> its first update's delivery

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        timeout = aiohttp.ClientTimeout(total=PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as http:
            task = asyncio.create_task(self._run(http))
            try:
                yield
            finally:
                for work in (task, *self._under_way.values()):
                    work.cancel()
                    with suppress(asyncio.CancelledError):
                        await work

    async def _run(self, http: aiohttp.ClientSession) -> None:
        queue = self._world.updates
        while True:
            changed = queue.next_change()
            webhook = self._world.webhook
            for update in queue.pending if webhook else ():
                if webhook and len(self._under_way) < webhook.connections:
                    self._begin(http, chat_of(update), update)
            await changed

    def _begin(self, http: aiohttp.ClientSession, chat: int, update: Json) -> None:
        if chat in self._under_way:
            return
        task = asyncio.create_task(self._insist(http, update))
        self._under_way[chat] = task
        task.add_done_callback(self._ended(chat))

    def _ended(self, chat: int) -> Callable[[asyncio.Task[None]], None]:
        def end(_: asyncio.Task[None]) -> None:
            del self._under_way[chat]
            self._world.updates.wake()

        return end

    async def _insist(self, http: aiohttp.ClientSession, update: Json) -> None:
        """Until it is taken, or there is no webhook any more."""
        pauses = iter(self._world.webhook_pauses)
        pause = 0.0
        while webhook := self._world.webhook:
            if not (error := await _bring(http, webhook, update)):
                self._world.updates.confirm(update["update_id"])
                return
            webhook.error, webhook.error_at = error, self._world.clock()
            self._world.touch()
            pause = next(pauses, pause)
            await asyncio.sleep(pause)


async def _bring(http: aiohttp.ClientSession, webhook: Webhook, update: Json) -> str:
    """What went wrong; empty if nothing did."""
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
    words = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    return f"Wrong response from the webhook: {status} {words}".rstrip()
