"""Where this machine listens, for whoever brings updates or asks how the coach is."""

import hashlib
import hmac
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:  # a web server, which polling does not need
    from aiohttp.web import AppRunner, TCPSite


@dataclass(frozen=True, slots=True)
class Webhook:
    """Telegram brings updates to `url`; they reach this machine at `host` and `port`."""

    url: str
    host: str
    port: int
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The one that is answered, as in the address."""
        return urlsplit(self.url).path or "/"


@dataclass(frozen=True, slots=True)
class Address:
    """Of this machine."""

    host: str
    port: int


class CannotListenError(Exception):
    """The port is taken, or there is no such address; its text says which."""


class RefusedWebhookError(Exception):
    """Telegram does not take this address; its text is what Telegram says."""


def derived_secret(token: str) -> str:
    """Known to us and Telegram only, the same at every start; the token can't be found from it."""
    return hmac.new(token.encode(), b"band-coach webhook", hashlib.sha256).hexdigest()


async def listen(runner: "AppRunner", host: str, port: int) -> "TCPSite":
    """Raises CannotListenError."""
    from aiohttp.web import TCPSite

    site = TCPSite(runner, host, port)
    try:
        await site.start()
    except (OSError, OverflowError) as error:
        number = error.errno if isinstance(error, OSError) else None
        why = os.strerror(number) if number and number > 0 else str(error)
        raise CannotListenError(f"can't listen on {host}, port {port} ({why})") from None
    return site
