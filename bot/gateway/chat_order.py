"""Updates of one chat in order, chats side by side."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

SIDE_BY_SIDE = 100_000  # those that wait for their chat count too


class InOrderPerChat(BaseUpdateProcessor):
    """python-telegram-bot handles one update at a time, or all at once in any order; a runner's
    taps must not overtake one another, and nobody waits for somebody else's slow answer."""

    def __init__(self) -> None:
        super().__init__(SIDE_BY_SIDE)
        self._last: dict[int, asyncio.Future[None]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        chat = _chat(update)
        if chat is None:
            await coroutine
            return
        async with self.turn(chat):
            await coroutine

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
