"""How fast the coach may talk: overall, in one chat, and who goes first.

Telegram allows about 30 messages a second over all chats, 1 a second in one chat (short bursts
pass) and 20 a minute in a group; answers to taps and chat actions do not count. The libraries'
limiters know no priorities, so a tap would wait behind every reminder of a crowd; this one has
priorities for the overall limit. A 429 is obeyed: that chat waits as told, and so does the crowd.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.gateway.priority_quota import A_SECOND, Limit, Overall, Priority, Window

log = logging.getLogger(__name__)

COUNTED = ("send", "edit", "delete", "forward", "copy")
NOT_COUNTED = frozenset({"sendChatAction"})
TRIES = 5
GROUP_A_MINUTE = 20
BURST = 20
PATIENCE = 5.0
SWEEP_EVERY = 10.0


class Bucket:
    """Holds `most` and fills by one a second: a burst passes, then one a second."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._full_at = 0.0

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        return max(0.0, self._full_at + (1 - self._most) * A_SECOND - now)

    def take(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + A_SECOND

    def is_empty(self, now: float) -> bool:
        """Whether nothing that was taken counts any more."""
        return self._full_at <= now


class ChatPace:
    """One chat: a bucket of `burst` messages that fills by one a second; groups 20 a minute."""

    def __init__(self, chat: int, burst: int) -> None:
        self._limit = Window(GROUP_A_MINUTE, 60.0) if chat < 0 else Bucket(burst)
        self._not_before = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def turn(self) -> None:
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            await self.until_allowed()
            while (wait := self._limit.wait(loop.time())) > 0:
                await asyncio.sleep(wait)
            self._limit.take(loop.time())

    async def until_allowed(self) -> None:
        """A 429 is obeyed by what is no new message, too."""
        loop = asyncio.get_running_loop()
        while (wait := self._not_before - loop.time()) > 0:
            await asyncio.sleep(wait)

    def hold(self, seconds: float) -> None:
        self._not_before = max(self._not_before, asyncio.get_running_loop().time() + seconds)

    @property
    def idle(self) -> bool:
        now = asyncio.get_running_loop().time()
        return (
            self._limit.is_empty(now)
            and self._not_before <= now
            and not self._one_at_a_time.locked()
        )


class Pace(BaseRateLimiter[Priority]):
    """python-telegram-bot's rate limiter for the coach: every request passes through here."""

    def __init__(self, limit: Limit, burst: int = BURST) -> None:
        self.overall = Overall(limit)
        self._burst = burst
        self._chats: dict[int, ChatPace] = {}
        self._crowd_waits_until = 0.0
        self._swept_at = 0.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def crowd_turns(self, most: int) -> int:
        """Waits until reminders may go, at most so many; their requests then pass at once."""
        loop = asyncio.get_running_loop()
        while (wait := self._crowd_waits_until - loop.time()) > 0:
            await asyncio.sleep(wait)
        return await self.overall.turns(Priority.CROWD, most)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:
        """Sends when it is this request's turn; the crowd took its turn before it asked."""
        chat = data.get("chat_id")
        pace = self._of(chat) if isinstance(chat, int) else None
        for attempt in range(1, TRIES + 1):
            if pace:
                await pace.until_allowed()
            if endpoint.startswith(COUNTED) and endpoint not in NOT_COUNTED:
                await self._wait(pace, endpoint, rate_limit_args, first=attempt == 1)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as told:
                seconds = seconds_of(told)
                log.warning("Telegram asks to wait %d s before the next %s", seconds, endpoint)
                self._hold_crowd(seconds)
                if pace:
                    pace.hold(seconds)
                if not self._is_worth_waiting(attempt, seconds, pace, rate_limit_args):
                    raise
                if not pace:
                    await asyncio.sleep(seconds)
        raise AssertionError("the last attempt returns or raises")

    def _hold_crowd(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        self._crowd_waits_until = max(self._crowd_waits_until, until)

    def _is_worth_waiting(
        self, attempt: int, seconds: float, pace: ChatPace | None, priority: Priority | None
    ) -> bool:
        """A reminder goes back among the due ones; the menu can wait for the next start."""
        if priority is Priority.CROWD or attempt == TRIES:
            return False
        return pace is not None or seconds <= PATIENCE

    async def _wait(
        self, pace: ChatPace | None, endpoint: str, priority: Priority | None, *, first: bool
    ) -> None:
        if pace and endpoint.startswith("send"):
            await pace.turn()
        if not (first and priority is Priority.CROWD):
            await self.overall.turns(Priority.TAP if priority is None else priority)

    def _of(self, chat: int) -> ChatPace:
        if chat not in self._chats:
            self._sweep()
            self._chats[chat] = ChatPace(chat, self._burst)
        return self._chats[chat]

    def _sweep(self) -> None:
        """Forgets chats that have been quiet, now and then."""
        now = asyncio.get_running_loop().time()
        if now >= self._swept_at + SWEEP_EVERY:
            self._swept_at = now
            self._chats = {chat: pace for chat, pace in self._chats.items() if not pace.idle}


def seconds_of(told: RetryAfter) -> float:
    """retry_after as seconds: an int today, a timedelta where the library's switch is set."""
    after = told.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
