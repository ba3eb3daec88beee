"""An inline query, typed after the bot's name in a message box, and its results."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.world.chats import Person
from bot.sandbox.world.entities import Entity
from bot.sandbox.world.keyboards import Markup
from bot.sandbox.world.wire import Json

QUERY_LIMIT = 256  # characters; clients cut off the rest


@dataclass(frozen=True, kw_only=True)
class InlineResult:
    """One result, and the content of the message that it becomes."""

    id: str
    type: str
    title: str = ""
    description: str = ""
    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    media: Json = field(default_factory=dict)
    preview: Json = field(default_factory=dict)  # the medium shown in the list of results
    markup: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class InlineButton:
    """A button above the results that opens the bot's private chat with `/start payload`."""

    label: str
    payload: str


@dataclass(kw_only=True)
class InlineQuery:
    id: str
    person: Person
    chat_id: int
    query: str
    offset: str
    typed_at: datetime
    answered_at: datetime | None = None
    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    button: InlineButton | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def wire(self) -> Json:
        user = self.person.wire()
        return {"id": self.id, "from": user, "query": self.query, "offset": self.offset}

    async def answer(self, timeout: float = 5) -> "InlineQuery":  # noqa: ASYNC109 - for tests
        """Wait for the answer; raise TimeoutError if none comes."""
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        return self

    def is_open(self, now: datetime, lifetime: timedelta) -> bool:
        """Return whether the bot may answer now."""
        return self.answered_at is None and now - self.typed_at <= lifetime

    def set_answer(
        self,
        now: datetime,
        results: tuple[InlineResult, ...],
        next_offset: str,
        button: InlineButton | None,
    ) -> None:
        self.answered_at, self.results = now, results
        self.next_offset, self.button = next_offset, button
        self._answered.set()

    def result(self, result_id: str) -> InlineResult:
        for result in self.results:
            if result.id == result_id:
                return result
        raise LookupError(f"no result {result_id!r} in {[result.id for result in self.results]}")
