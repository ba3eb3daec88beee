"""An inline query, which a person types behind the bot's name, and the results to choose from."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox.world.chats import Json, Person
from bot.sandbox.world.entities import Entity
from bot.sandbox.world.keyboards import Markup
from bot.sandbox.world.taps import too_old

QUERY_LIMIT = 256  # characters; a phone sends no more


@dataclass(frozen=True, kw_only=True)
class InlineResult:
    """One result, and the message that it becomes."""

    id: str
    type: str
    title: str = ""
    description: str = ""
    text: str = ""
    entities: tuple[Entity, ...] = ()
    html: str = ""
    media: Json = field(default_factory=dict)
    shown: Json = field(default_factory=dict)  # the medium in the list, whatever is sent
    markup: Markup = field(default_factory=Markup)


@dataclass(frozen=True)
class InlineButton:
    """Stands above the results and leads to the bot's own chat."""

    label: str
    payload: str


@dataclass(kw_only=True)
class InlineQuery:
    """Waits in the person's message box until it is answered."""

    id: str
    person: Person
    chat_id: int
    query: str
    offset: str
    at: datetime
    answered_at: datetime | None = None
    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    button: InlineButton | None = None
    _answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    def wire(self) -> Json:
        user = self.person.wire()
        return {"id": self.id, "from": user, "query": self.query, "offset": self.offset}

    async def answer(self, timeout: float = 5) -> "InlineQuery":  # noqa: ASYNC109 - for tests
        """Waits for the answer; TimeoutError if none comes."""
        async with asyncio.timeout(timeout):
            await self._answered.wait()
        return self

    def check_open(self, now: datetime, lifetime: timedelta) -> None:
        if self.answered_at or now - self.at > lifetime:
            raise too_old()

    def take_answer(
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
