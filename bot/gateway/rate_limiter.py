"""The rate limiter: how fast the coach may send, over all chats and in each, and in which order.

Telegram allows about 30 messages a second over all chats, 1 a second in one chat (short bursts
pass) and 20 a minute in a group; answers to taps and chat actions do not count. The libraries'
limiters know no priorities, so that a tap would wait behind every reminder of a crowd; this one
has priorities for the limit over all chats. After a 429 that chat waits as long as Telegram asks,
and so do reminders.
"""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.gateway.priority_quota import A_SECOND, Limit, Priority, PriorityQuota, SlidingWindow

log = logging.getLogger(__name__)

COUNTED = ("send", "edit", "delete", "forward", "copy")
NOT_COUNTED = frozenset({"sendChatAction"})
TRIES = 5
GROUP_A_MINUTE = 20
BURST = 20
PATIENCE = 5.0
SWEEP_EVERY = 10.0


class TokenBucket:
    """Holds `most` tokens and gains one a second."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._full_at = 0.0

    def wait(self, now: float) -> float:
        """Return the seconds until there is a token."""
        return max(0.0, self._full_at + (1 - self._most) * A_SECOND - now)

    def take(self, now: float) -> None:
        self._full_at = max(self._full_at, now) + A_SECOND

    def is_unused(self, now: float) -> bool:
        """Return whether no token is missing."""
        return self._full_at <= now


class ChatLimit:
    """One chat's limit: `burst` messages in a row, then one a second; 20 a minute in a group."""

    def __init__(self, chat: int, burst: int) -> None:
        self._limit = SlidingWindow(GROUP_A_MINUTE, 60.0) if chat < 0 else TokenBucket(burst)
        self._blocked_until = 0.0
        self._one_at_a_time = asyncio.Lock()

    async def acquire(self) -> None:
        """Wait until a message may be sent."""
        loop = asyncio.get_running_loop()
        async with self._one_at_a_time:
            await self.wait_until_unblocked()
            while (wait := self._limit.wait(loop.time())) > 0:
                await asyncio.sleep(wait)
            self._limit.take(loop.time())

    async def wait_until_unblocked(self) -> None:
        """Wait as long as a 429 demands, which holds for edits as well."""
        loop = asyncio.get_running_loop()
        while (wait := self._blocked_until - loop.time()) > 0:
            await asyncio.sleep(wait)

    def block(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        self._blocked_until = max(self._blocked_until, until)

    @property
    def is_unused(self) -> bool:
        now = asyncio.get_running_loop().time()
        return (
            self._limit.is_unused(now)
            and self._blocked_until <= now
            and not self._one_at_a_time.locked()
        )


class RateLimiter(BaseRateLimiter[Priority]):
    """python-telegram-bot's rate limiter for the coach: every request passes through here."""

    def __init__(self, limit: Limit, burst: int = BURST) -> None:
        self.quota = PriorityQuota(limit)
        self._burst = burst
        self._chats: dict[int, ChatLimit] = {}
        self._crowd_blocked_until = 0.0
        self._swept_at = 0.0

    async def initialize(self) -> None:
        """Do nothing."""

    async def shutdown(self) -> None:
        """Do nothing."""

    async def crowd_permits(self, most: int) -> int:
        """Wait until reminders may be sent; return how many, at most `most`.

        Their requests then pass without waiting.
        """
        loop = asyncio.get_running_loop()
        while (wait := self._crowd_blocked_until - loop.time()) > 0:
            await asyncio.sleep(wait)
        return await self.quota.acquire(Priority.CROWD, most)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Priority | None,
    ) -> Any:
        """Send the request once it is permitted; a reminder's permit was taken before."""
        chat_id = data.get("chat_id")
        chat = self._chat(chat_id) if isinstance(chat_id, int) else None
        for attempt in range(1, TRIES + 1):
            if chat:
                await chat.wait_until_unblocked()
            if endpoint.startswith(COUNTED) and endpoint not in NOT_COUNTED:
                await self._acquire(chat, endpoint, rate_limit_args, first=attempt == 1)
            try:
                return await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = seconds_of(error)
                log.warning("Telegram asks to wait %d s before the next %s", seconds, endpoint)
                self._block_crowd(seconds)
                if chat:
                    chat.block(seconds)
                if not self._is_worth_waiting(attempt, seconds, chat, rate_limit_args):
                    raise
                if not chat:
                    await asyncio.sleep(seconds)
        raise AssertionError("the last attempt returns or raises")

    def _block_crowd(self, seconds: float) -> None:
        until = asyncio.get_running_loop().time() + seconds
        self._crowd_blocked_until = max(self._crowd_blocked_until, until)

    def _is_worth_waiting(
        self, attempt: int, seconds: float, chat: ChatLimit | None, priority: Priority | None
    ) -> bool:
        """Return whether to wait and retry.

        A reminder is due again instead, and the menu can wait for the next start.
        """
        if priority is Priority.CROWD or attempt == TRIES:
            return False
        return chat is not None or seconds <= PATIENCE

    async def _acquire(
        self, chat: ChatLimit | None, endpoint: str, priority: Priority | None, *, first: bool
    ) -> None:
        if chat and endpoint.startswith("send"):
            await chat.acquire()
        if not (first and priority is Priority.CROWD):
            await self.quota.acquire(Priority.TAP if priority is None else priority)

    def _chat(self, chat_id: int) -> ChatLimit:
        if chat_id not in self._chats:
            self._sweep()
            self._chats[chat_id] = ChatLimit(chat_id, self._burst)
        return self._chats[chat_id]

    def _sweep(self) -> None:
        """Forget the chats that are quiet, every few seconds at most."""
        now = asyncio.get_running_loop().time()
        if now >= self._swept_at + SWEEP_EVERY:
            self._swept_at = now
            self._chats = {id_: chat for id_, chat in self._chats.items() if not chat.is_unused}


def seconds_of(error: RetryAfter) -> float:
    """Return `retry_after` in seconds: the library has an int, or a timedelta by a switch."""
    after = error.retry_after
    return float(after) if isinstance(after, int | float) else after.total_seconds()
