"""The webhook's settings and its last error."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

DEFAULT_CONNECTIONS = 40
RETRY_PAUSES = (0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)  # seconds; the last one repeats


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str = ""
    connections: int = DEFAULT_CONNECTIONS
    error: str = ""
    error_at: datetime | None = None

    def has_settings_of(self, other: "Webhook") -> bool:
        mine = self.url, self.secret, self.connections
        return mine == (other.url, other.secret, other.connections)


class Reach(Enum):
    """Where a webhook may be: on the Internet only, as for Telegram; on this machine too, without
    TLS, for a test's server; or on this machine only."""

    PUBLIC = "public"
    ANY = "any"
    LOCAL = "local"
