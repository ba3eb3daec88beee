"""Long polling: each getUpdates confirms the updates that were stored before.

An offset is repeated only if no update came or none could be stored, and then after a delay:
Telegram answers a getUpdates that repeats its offset within half a second with one update at most.
"""

import asyncio
import logging
from collections.abc import Sequence
from typing import Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.gateway.client import POLL_SECONDS, ApiBot
from bot.gateway.inbox import Inbox
from bot.gateway.rate_limiter import seconds_of
from bot.runtime.retry import BACK_OFF

log = logging.getLogger(__name__)

MOST_AT_A_TIME = 100  # the Bot API's maximum
FULL_SECONDS = 0.1  # between two checks of an inbox that is full


class Listener(Protocol):
    """An object that is notified of the progress of polling."""

    async def fetched(self) -> None:
        """Handle a successful getUpdates; an exception leaves its updates unconfirmed."""

    def failed(self, error: TelegramError) -> None:
        """Handle a failed getUpdates."""

    def pauses(self, seconds: float) -> None:
        """Handle a pause of so many seconds before the next getUpdates."""


class Polling:
    """Fetches updates into the inbox."""

    def __init__(
        self, bot: ApiBot, inbox: Inbox, allowed: Sequence[str], listener: Listener
    ) -> None:
        self._bot = bot
        self._inbox = inbox
        self._listener = listener
        self._allowed = list(allowed)
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Fetch updates until cancelled, or until Telegram refuses the token."""
        known = False
        while not self._bot.refused.is_set():
            try:
                known = known or await self._bot.delete_webhook()
                batch = await self._bot.fetch(
                    self._offset, POLL_SECONDS, self._allowed, limit=MOST_AT_A_TIME
                )
            except TelegramError as error:
                await self._back_off(error)
                continue
            await self._listener.fetched()
            if batch and not await self._inbox.store(batch):
                await self._pause()
                continue
            self._failures = 0
            if batch:
                self._offset = batch[-1]["update_id"] + 1
            while self._inbox.is_full:
                self._listener.pauses(FULL_SECONDS)
                await asyncio.sleep(FULL_SECONDS)

    async def _back_off(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            return
        self._listener.failed(error)
        if not isinstance(error, Conflict):  # the listener logs that once
            log.warning("polling failed, trying again: %s", type(error).__name__)
        await self._pause(seconds_of(error) if isinstance(error, RetryAfter) else 0)

    async def _pause(self, least: float = 0) -> None:
        """Back off, for at least `least` seconds."""
        self._failures += 1
        delay = max(BACK_OFF.after(self._failures), least)
        self._listener.pauses(delay)
        await asyncio.sleep(delay)
