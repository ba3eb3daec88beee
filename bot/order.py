"""Updates of one chat in order, chats side by side."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

SIDE_BY_SIDE = 100_000  # those that wait for their chat count too
WAITING = 100

log = logging.getLogger(__name__)


class InOrderPerChat(BaseUpdateProcessor):
    """python-telegram-bot handles one update at a time, or all at once in any order; a runner's
    taps must not overtake one another, and nobody waits for somebody else's slow answer."""

    def __init__(self) -> None:
        super().__init__(SIDE_BY_SIDE)
        self._last: dict[int, asyncio.Future[None]] = {}
        self._waiting: Counter[int] = Counter()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """A chat that floods us waits for itself, and what no person could mean is left out."""
        chat = _chat(update)
        if chat is None:
            await coroutine
            return
        if self._waiting[chat] >= WAITING:
            log.warning("a chat has %d updates waiting: one more is left out", WAITING)
            if isinstance(coroutine, Coroutine):
                coroutine.close()
            return
        self._waiting[chat] += 1
        try:
            async with self.turn(chat):
                await coroutine
        finally:
            self._waiting[chat] -= 1
            if not self._waiting[chat]:
                del self._waiting[chat]

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[bool]:
        """Waits for one's turn in the chat; whether anybody was before."""
        before = self._last.get(chat)
        mine = self._last[chat] = asyncio.get_running_loop().create_future()
        try:
            if before is not None:
                await asyncio.shield(before)
            yield before is not None
        finally:
            if before is None or before.done():
                mine.set_result(None)
            else:
                before.add_done_callback(lambda _: mine.set_result(None))
            if self._last.get(chat) is mine:
                del self._last[chat]

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""


def _chat(update: object) -> int | None:
    """The chat that an update belongs to; inline use and the like belong to the person."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user else None
