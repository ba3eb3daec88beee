"""A tap on an inline button, and the bot's answer to it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.world.chats import Person


@dataclass(kw_only=True)
class Tap:
    """A callback query; the button shows progress until the bot answers it."""

    id: str
    person: Person
    chat_id: int
    message_id: int
    data: str
    tapped_at: datetime
    answered_at: datetime | None = None
    text: str = ""
    show_alert: bool = False
    url: str | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def is_open(self, now: datetime, lifetime: timedelta) -> bool:
        """Return whether the bot may answer now."""
        return self.answered_at is None and now - self.tapped_at <= lifetime

    def set_answer(self, now: datetime, text: str, show_alert: bool, url: str | None) -> None:
        self.answered_at, self.text, self.show_alert, self.url = now, text, show_alert, url
        self._answered.set()

    async def answer(self, timeout: float = 5) -> "Tap":  # noqa: ASYNC109 - for tests
        """Wait for the answer; raise TimeoutError if none comes."""
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        return self
