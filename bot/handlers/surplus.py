"""What is said of updates that are left out: a person sent more than can be followed."""

import asyncio

from telegram import Update

from bot.coach import Coach
from bot.views import talk as views

QUIET_SECONDS = 60.0  # between two such words in a chat


class Surplus:
    """Every tap is answered; in words it is said once a minute in each private chat."""

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._said_at: dict[int, float] = {}

    async def tell(self, update: Update) -> None:
        """`update` was left out."""
        if update.callback_query is not None:
            text = self._coach.texts.plain("toast-surplus")
            await self._coach.messenger.answer(update.callback_query, text)
            return
        chat = update.effective_chat
        if chat is not None and chat.id > 0 and self._may_say(chat.id):
            await self._coach.messenger.show(chat.id, views.surplus(self._coach.texts))

    def _may_say(self, chat: int) -> bool:
        now = asyncio.get_running_loop().time()
        self._said_at = {each: at for each, at in self._said_at.items() if now - at < QUIET_SECONDS}
        if chat in self._said_at:
            return False
        self._said_at[chat] = now
        return True
