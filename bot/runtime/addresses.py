"""Where this machine listens, for whoever brings updates or asks how the coach is."""

import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlsplit


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
