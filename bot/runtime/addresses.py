"""The addresses at which this machine listens, for the webhook and for metrics."""

import hashlib
import hmac
import os
from dataclasses import field
from urllib.parse import urlsplit

from bot.domain.frozen import frozen


@frozen
class Webhook:
    """A webhook: Telegram sends updates to `url`, which reach this machine at `host` and `port`."""

    url: str
    host: str
    port: int
    secret: str = field(repr=False)

    @property
    def path(self) -> str:
        """The path of `url`."""
        return urlsplit(self.url).path or "/"


@frozen
class Address:
    """An address of this machine."""

    host: str
    port: int


class CannotListenError(Exception):
    """The port is taken, or there is no such address; the text says which."""

    def __init__(self, host: str, port: int, error: OSError | OverflowError) -> None:
        number = error.errno if isinstance(error, OSError) else None
        why = os.strerror(number) if number and number > 0 else str(error)
        super().__init__(f"can't listen on {host}, port {port} ({why})")


class RefusedWebhookError(Exception):
    """Telegram refuses this address; the text is Telegram's."""


def derived_secret(token: str) -> str:
    """Return a secret that is the same at every start and does not reveal the token."""
    return hmac.new(token.encode(), b"band-coach webhook", hashlib.sha256).hexdigest()
