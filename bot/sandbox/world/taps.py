"""A tap on an inline button, and how the bot answered it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.chats import Person

ANSWER_LIMIT = 200  # characters


@dataclass(kw_only=True)
class Tap:
    """Spins on the person's phone until it is answered."""

    id: str
    person: Person
    chat_id: int
    message_id: int
    data: str
    at: datetime
    answered_at: datetime | None = None
    text: str = ""
    show_alert: bool = False
    url: str | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    async def answer(self, timeout: float = 5) -> "Tap":  # noqa: ASYNC109 - for tests
        """Waits for the answer; TimeoutError if none comes."""
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        return self

    def take_answer(
        self, now: datetime, lifetime: timedelta, text: str, show_alert: bool, url: str | None
    ) -> None:
        if self.answered_at or now - self.at > lifetime:
            raise too_old()
        if len(text) > ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        self.answered_at, self.text, self.show_alert, self.url = now, text, show_alert, url
        self._answered.set()


def too_old() -> Refusal:
    return bad_request("query is too old and response timeout expired or query ID is invalid")
