"""The answer to updates that were dropped because a runner sent too many."""

import asyncio

from telegram import Update

from bot.coach import Coach
from bot.views import talk as views

QUIET_SECONDS = 60.0  # between two such messages in a chat


class Surplus:
    """Answers dropped updates: every tap, and messages once a minute in each private chat."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._shown_at: dict[int, float] = {}

    async def answer(self, update: Update) -> None:
        """Answer an update that was dropped."""
        if update.callback_query is not None:
            text = self._coach.texts.plain("toast-surplus")
            await self._coach.messenger.answer(update.callback_query, text)
            return
        chat = update.effective_chat
        if chat is not None and chat.id > 0 and self._may_show(chat.id):
            await self._coach.messenger.show(chat.id, views.surplus(self._coach.texts))

    def _may_show(self, chat: int) -> bool:
        now = asyncio.get_running_loop().time()
        self._shown_at = {
            key: shown for key, shown in self._shown_at.items() if now - shown < QUIET_SECONDS
        }
        if chat in self._shown_at:
            return False
        self._shown_at[chat] = now
        return True
