"""Access: the invitation code, and what hosts can see of the coach."""

import hmac
import logging
from collections import deque
from datetime import datetime, timedelta
from enum import Enum

from bot.domain.frozen import frozen
from bot.domain.reception import Reception
from bot.runtime.logs import RecentErrors

log = logging.getLogger(__name__)

TRIES = 5
WINDOW = timedelta(hours=1)
TRIES_OF_ALL = 30
ONE_MORE = timedelta(minutes=2)


class Knock(Enum):
    """The result of entering an invitation code."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_OFTEN = "too often"
    CROWDED = "crowded"


class Door:
    """The check of invitation codes, with a limit on wrong codes per user and in total.

    Wrong codes are counted only in the memory of this process, because people without access must
    not leave rows. Moments are those of the steady clock. The total limits many accounts that guess
    together: after TRIES_OF_ALL wrong codes, one code is checked every ONE_MORE. If none were
    checked, they could keep out invited people.
    """

    def __init__(self, code: str) -> None:
        self._code = code.encode()
        self._wrong: dict[int, deque[datetime]] = {}
        self._wrong_of_all = 0.0  # decreases by one every ONE_MORE
        self._counted_at: datetime | None = None
        self._crowded_since: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether access needs no code."""
        return not self._code

    def crowded_since(self, now: datetime) -> datetime | None:
        """Return when the total limit was reached; None if no wrong code counts any more."""
        self._forget(now)
        return self._crowded_since

    def knock(self, user: int, code: str, now: datetime) -> Knock:
        """Check a code; over one of the limits, refuse even the right one."""
        self._forget(now)
        if len(self._wrong.get(user, ())) >= TRIES:
            return Knock.TOO_OFTEN
        if self._wrong_of_all > TRIES_OF_ALL - 1:
            return Knock.CROWDED
        if hmac.compare_digest(code.encode(errors="replace"), self._code):
            self._wrong.pop(user, None)
            return Knock.RIGHT
        self._wrong.setdefault(user, deque()).append(now)
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
        elapsed = max(now - self._counted_at, timedelta(0)) if self._counted_at else timedelta(0)
        self._wrong_of_all = max(self._wrong_of_all - elapsed / ONE_MORE, 0.0)
        self._counted_at = now
        if not self._wrong_of_all:
            self._crowded_since = None
        for user, wrong in list(self._wrong.items()):
            while wrong and wrong[0] <= now - WINDOW:
                wrong.popleft()
            if not wrong:
                del self._wrong[user]


@frozen
class Hosting:
    """The coach as its hosts see it.

    `admins` are the hosts' Telegram ids; `started` is the start by the steady clock.
    """

    admins: frozenset[int]
    door: Door
    recent: RecentErrors
    started: datetime
    reception: Reception
