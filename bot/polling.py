"""Long polling that confirms an update only once it was handled.

getUpdates confirms what lies before its offset, and hands out all else again. So while one update
is under way those behind it are fetched by asking again after a pause, and the offset stays: at
most 20 times a second while something happens, twice a second while nothing does or more waits
than is handed out at a time.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.intake import Intake, Json
from bot.pace import seconds_of
from bot.transport import POLL_SECONDS, SteadyBot

log = logging.getLogger(__name__)

WINDOW = 100  # what Telegram hands out at a time
PATIENCE = 5.0
SHORT_PAUSE, LONG_PAUSE = 0.05, 0.5
BACK_OFF = (1, 2, 5, 10, 30)
AGAIN = (1, 4, 15)  # while the database is away
CONFIRM_SECONDS = 3.0


class Listener(Protocol):
    """Hears how polling goes."""

    async def fetched(self) -> None:
        """A getUpdates has succeeded; what it brought is not taken if this raises an exception."""

    def failed(self, error: TelegramError, wait: float) -> None:
        """It has not, and is tried again after so many seconds."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An update that was fetched, and when."""

    work: asyncio.Task[bool]
    at: float


class Polling:
    """Fetches updates; at most WINDOW of them are neither handled nor confirmed."""

    def __init__(
        self, bot: SteadyBot, intake: Intake, allowed: Sequence[str], listener: Listener
    ) -> None:
        self._bot = bot
        self._listener = listener
        self._intake = intake
        self._allowed = list(allowed)
        self._offset = 0
        self._taken: dict[int, Taken] = {}
        self._failures = 0

    async def run(self) -> None:
        """Until cancelled, or until Telegram takes the token no more."""
        pause = SHORT_PAUSE
        known = False
        while not self._bot.refused.is_set():
            try:
                known = known or await self._bot.delete_webhook()
                batch = await self._fetch()
            except TelegramError as error:
                await self._back_off(error)
                continue
            self._failures = 0
            await self._listener.fetched()
            new, before = self._take(batch), self._offset
            await self._pause(pause)
            self._move_on()
            stands_still = not new and self._offset == before
            pause = min(2 * pause, LONG_PAUSE) if stands_still else SHORT_PAUSE

    async def finish(self) -> None:
        """Confirms what was handled by now; the rest comes again."""
        self._move_on()
        if not self._offset:
            return
        with suppress(TimeoutError, TelegramError):
            async with asyncio.timeout(CONFIRM_SECONDS):
                await self._bot.fetch(self._offset, 0, self._allowed, limit=1)

    async def _fetch(self) -> Sequence[Json]:
        """Waits for something to come only while nothing is under way, for that comes again."""
        waits = all(number < self._offset for number in self._taken)
        return await self._bot.fetch(
            self._offset, POLL_SECONDS if waits else 0, self._allowed, limit=WINDOW
        )

    async def _pause(self, seconds: float) -> None:
        """Until all is handled, but for no longer than so many seconds. Where the window is full,
        nothing new comes in until some of it is handled, so the first half is waited for."""
        works = [taken.work for taken in self._taken.values()]
        if len(works) >= WINDOW:
            works, seconds = works[: WINDOW // 2], LONG_PAUSE
        await (asyncio.wait(works, timeout=seconds) if works else asyncio.sleep(SHORT_PAUSE))

    async def _back_off(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken):
            return
        if not isinstance(error, Conflict):  # that is told once, by who listens
            log.warning("polling failed, trying again: %s", type(error).__name__)
        wait: float = BACK_OFF[min(self._failures, len(BACK_OFF) - 1)]
        self._failures += 1
        if isinstance(error, RetryAfter):
            wait = max(wait, seconds_of(error))
        self._listener.failed(error, wait)
        await asyncio.sleep(wait)

    def _take(self, batch: Sequence[Json]) -> bool:
        """Begins with those that are new; whether any is. One not handed out any more is over."""
        now = asyncio.get_running_loop().time()
        before, self._taken = self._taken, {}
        for update in batch:
            number = update["update_id"]
            taken = before.get(number) or Taken(self._intake.take(update, AGAIN), now)
            self._taken[number] = taken
        return bool(self._taken.keys() - before.keys())

    def _move_on(self) -> None:
        """The offset goes to the first that is not handled.

        Where a whole window waits behind a chat that takes long, the others have waited enough:
        what was taken a while ago is confirmed as it is, and only a kill would lose it.
        """
        now = asyncio.get_running_loop().time()
        patience = PATIENCE if len(self._taken) >= WINDOW else float("inf")
        for number, taken in self._taken.items():
            if not taken.work.done() and now - taken.at < patience:
                self._offset = number
                return
            self._offset = number + 1
