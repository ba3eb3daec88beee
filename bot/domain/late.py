"""The age from which a typed message is too old to be acted on without a question."""

from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=10)


def is_late(sent_at: datetime, now: datetime) -> bool:
    """Return whether a message sent then is older than LIFETIME."""
    return now - sent_at > LIFETIME
