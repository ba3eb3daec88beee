"""Who may come in and who is a host: the invitation code, and what is about the coach itself."""

import hmac
import logging
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.reception import Reception
from bot.runtime.logs import RecentErrors

log = logging.getLogger(__name__)

TRIES = 5
WHILE = timedelta(hours=1)
TRIES_OF_ALL = 30
ONE_MORE = timedelta(minutes=2)


class Knock(Enum):
    """What becomes of a code that somebody brings."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_OFTEN = "too often"
    CROWDED = "crowded"


class Door:
    """Counts wrong codes by person and of all together, in the memory of this process only: who
    is not let in leaves no row.

    Many accounts may guess together. After TRIES_OF_ALL wrong codes one is looked at every
    ONE_MORE: not none for a while, for then whoever guesses could keep out those who are invited.
    """

    def __init__(self, code: str) -> None:
        self._code = code.encode()
        self._wrong: dict[int, deque[datetime]] = {}
        self._wrong_of_all = 0.0  # less by one every ONE_MORE
        self._counted_at: datetime | None = None
        self._crowded_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether anybody may come in."""
        return not self._code

    def crowded_since(self, now: datetime) -> datetime | None:
        """Since when few codes are looked at; None once the wrong ones are forgotten."""
        self._forget(now)
        return self._crowded_since

    def knock(self, who: int, code: str, now: datetime) -> Knock:
        """After too many wrong codes none is looked at, the right one neither."""
        self._forget(now)
        if len(self._wrong.get(who, ())) >= TRIES:
            return Knock.TOO_OFTEN
        if self._wrong_of_all > TRIES_OF_ALL - 1:
            return Knock.CROWDED
        if hmac.compare_digest(code.encode(errors="replace"), self._code):
            self._wrong.pop(who, None)
            return Knock.RIGHT
        self._wrong.setdefault(who, deque()).append(now)
        self._wrong_of_all += 1
        if self._wrong_of_all > TRIES_OF_ALL - 1 and self._crowded_since is None:
            self._crowded_since = now
            log.warning(
                "%d wrong invitation codes came: now one is looked at every %d s",
                TRIES_OF_ALL,
                ONE_MORE.total_seconds(),
            )
        return Knock.WRONG

    def _forget(self, now: datetime) -> None:
        passed = max(now - self._counted_at, timedelta(0)) if self._counted_at else timedelta(0)
        self._wrong_of_all = max(self._wrong_of_all - passed / ONE_MORE, 0.0)
        self._counted_at = now
        if not self._wrong_of_all:
            self._crowded_since = None
        for who, wrong in list(self._wrong.items()):
            while wrong and wrong[0] <= now - WHILE:
                wrong.popleft()
            if not wrong:
                del self._wrong[who]


@dataclass(frozen=True, slots=True)
class Hosting:
    """`admins` are the hosts' Telegram numbers; `started` is the steady clock's at the start."""

    admins: frozenset[int]
    door: Door
    recent: RecentErrors
    started: datetime
    reception: Reception
