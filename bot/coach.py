"""The coach: everything that handlers and jobs are given."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime

from bot.access import Hosting
from bot.charts import Charts
from bot.content import Catalogue
from bot.content.places import Places
from bot.content.texts import Texts
from bot.db.engine import Database
from bot.gateway.messenger import Messenger
from bot.runtime.bounded import Newest
from bot.runtime.clock import Clock, TelegramClock
from bot.runtime.scheduler import Calendar
from bot.services.acknowledger import Acknowledger
from bot.services.jumps import Jumps

ALBUMS = 1000


@dataclass(slots=True)
class Content:
    """What is explained, and in which words; the demo exchanges both while an author writes."""

    catalogue: Catalogue
    texts: Texts


@dataclass(frozen=True, slots=True)
class Coach:
    """`poke` wakes the pulse: something became due sooner than it knows; `expect` tells the cues
    of a session's next moment. `room` is how many sessions the clock may lead at a time. `turn`
    waits until it is one's turn in a chat, and says whether anybody was before. `albums` are those
    that were answered, by chat and id.
    """

    clock: Clock
    telegram: TelegramClock
    content: Content
    places: Places
    db: Database
    calendar: Calendar
    messenger: Messenger
    charts: Charts
    poke: Callable[[], None]
    expect: Callable[[datetime | None], None]
    turn: Callable[[int], AbstractAsyncContextManager[bool]]
    room: int
    hosting: Hosting
    jumps: Jumps
    acknowledger: Acknowledger
    albums: Newest[tuple[int, str], None] = field(default_factory=lambda: Newest(ALBUMS))

    @property
    def catalogue(self) -> Catalogue:
        return self.content.catalogue

    @property
    def texts(self) -> Texts:
        return self.content.texts

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()

    async def level(self) -> datetime:
        """The present moment, in UTC, once what is counted in rows agrees with it."""
        return await self.jumps.level()
