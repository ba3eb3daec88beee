"""Long polling: what was stored is confirmed by the next getUpdates, which begins at once.

An offset is repeated only where nothing came or nothing could be stored, and then after a pause:
Telegram answers a getUpdates that repeats its offset within half a second with one update alone.
"""

import asyncio
import logging
from collections.abc import Sequence

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.inbox import Inbox
from bot.pace import seconds_of
from bot.transport import POLL_SECONDS, SteadyBot

log = logging.getLogger(__name__)

MOST_AT_A_TIME = 100  # what Telegram hands out
BACK_OFF = (1, 2, 5, 10, 30)


class Polling:
    """Fetches updates into the inbox."""

    def __init__(self, bot: SteadyBot, inbox: Inbox, allowed: Sequence[str]) -> None:
        self._bot = bot
        self._inbox = inbox
        self._allowed = list(allowed)
        self._offset = 0
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled, or until Telegram takes the token no more."""
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
            if batch and not await self._inbox.store(batch):
                await self._pause()
                continue
            self._failures = 0
            if batch:
                self._offset = batch[-1]["update_id"] + 1
            await self._inbox.room()

    async def _back_off(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            return
        if isinstance(error, Conflict):
            log.warning("another process is polling for this bot, or has set a webhook: stop it")
        else:
            log.warning("polling failed, trying again: %s", type(error).__name__)
        await self._pause(seconds_of(error) if isinstance(error, RetryAfter) else 0)

    async def _pause(self, least: float = 0) -> None:
        """Longer after each failure, and no shorter than `least` seconds."""
        wait = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]
        self._failures += 1
        await asyncio.sleep(max(wait, least))
