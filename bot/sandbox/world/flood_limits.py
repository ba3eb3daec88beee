"""Telegram's flood limits: messages per second overall, and per chat."""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class FloodLimits:
    """How many sends, edits and deletions pass before 429; refused calls do not count.

    `clock` counts seconds and is not the world's, which a test may have stopped.
    """

    per_second: int = 30
    group_per_minute: int = 20
    chat_per_second: float = 1.0
    chat_burst: int = 20
    clock: Callable[[], float] = time.monotonic
    _sent: deque[float] = field(default_factory=deque)
    _group_sent: dict[int, deque[float]] = field(default_factory=dict)
    _buckets: dict[int, tuple[float, float]] = field(default_factory=dict)  # tokens, filled at

    def wait(self, chat_id: int) -> int:
        """Count one call and return 0, or return the seconds to wait and count nothing."""
        now = self.clock()
        group = self._group_sent.setdefault(chat_id, deque()) if chat_id < 0 else None
        wait = _window_wait(self._sent, self.per_second, 1, now)
        if group is not None:
            wait = max(wait, _window_wait(group, self.group_per_minute, 60, now))
        else:
            wait = max(wait, self._bucket_wait(chat_id, now))
        if wait > 0:
            return math.ceil(wait)
        self._sent.append(now)
        if group is not None:
            group.append(now)
        else:
            self._buckets[chat_id] = (self._tokens(chat_id, now) - 1, now)
        return 0

    def _bucket_wait(self, chat_id: int, now: float) -> float:
        return max((1 - self._tokens(chat_id, now)) / self.chat_per_second, 0)

    def _tokens(self, chat_id: int, now: float) -> float:
        tokens, filled_at = self._buckets.get(chat_id, (float(self.chat_burst), now))
        return min(tokens + (now - filled_at) * self.chat_per_second, self.chat_burst)


def _window_wait(sent: deque[float], allowed: int, seconds: float, now: float) -> float:
    while sent and sent[0] <= now - seconds:
        sent.popleft()
    return 0 if len(sent) < allowed else sent[0] + seconds - now
