"""How long typed words count by themselves."""

from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=10)


def is_late(sent_at: datetime, now: datetime) -> bool:
    """Whether whoever sent them then may have gone on without an answer."""
    return now - sent_at > LIFETIME
