"""The coach's door: open to all, or to those who bring the host's invitation code."""

import hmac
from collections import deque
from datetime import datetime, timedelta
from enum import Enum

TRIES = 5
WHILE = timedelta(hours=1)


class Knock(Enum):
    """What becomes of a code that somebody brings."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_OFTEN = "too often"


class Door:
    """Counts wrong codes by person, in memory only: who is not let in leaves no row."""

    def __init__(self, code: str) -> None:
        self._code = code.encode()
        self._wrong: dict[int, deque[datetime]] = {}

    @property
    def is_open(self) -> bool:
        """Whether anybody may come in."""
        return not self._code

    def knock(self, who: int, code: str, now: datetime) -> Knock:
        """After too many wrong codes none is looked at, the right one neither."""
        self._forget(now - WHILE)
        wrong = self._wrong.get(who, ())
        if len(wrong) >= TRIES:
            return Knock.TOO_OFTEN
        if hmac.compare_digest(code.encode(errors="replace"), self._code):
            self._wrong.pop(who, None)
            return Knock.RIGHT
        self._wrong.setdefault(who, deque()).append(now)
        return Knock.WRONG

    def _forget(self, before: datetime) -> None:
        for who, wrong in list(self._wrong.items()):
            while wrong and wrong[0] <= before:
                wrong.popleft()
            if not wrong:
                del self._wrong[who]
