"""The coach: what handlers and workers share."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.access import Hosting
from bot.archives import Archives
from bot.calendars import Calendars
from bot.charts import Charts
from bot.content import Catalogue
from bot.content.hours import hours_for
from bot.content.places import Places
from bot.content.texts import Texts
from bot.db.engine import Database
from bot.domain.frozen import frozen
from bot.fit import FitFiles
from bot.gateway.chat_order import ChatOrder
from bot.gateway.documents import Documents
from bot.gateway.messenger import Messenger
from bot.runtime.bounded import Newest
from bot.runtime.clock import Clock, TelegramClock
from bot.runtime.deadline import Deadline
from bot.runtime.scheduler import Calendar
from bot.services import runners
from bot.services.acknowledger import Acknowledger
from bot.services.jumps import Jumps
from bot.tracks import Voice

ALBUMS = 1000
HANDED = 1000


@dataclass(slots=True)
class Content:
    """Exercises, routines, sentences and voice; the demo replaces them while an author writes."""

    catalogue: Catalogue
    texts: Texts
    voice: Voice = field(default_factory=Voice)


@frozen
class Coach:
    """The parts of a coach that handlers and workers use.

    `outbox_due` wakes the outbox, `next_cue` the cues. `capacity` is the number of sessions that
    may be hands-free at a time. `albums` are the answered albums by chat and id. `handed` maps the
    id of a session to when its file was sent.
    """

    clock: Clock
    telegram: TelegramClock
    content: Content
    places: Places
    db: Database
    calendar: Calendar
    messenger: Messenger
    documents: Documents
    charts: Charts
    fit_files: FitFiles
    calendars: Calendars
    outbox_due: asyncio.Event
    next_cue: Deadline
    chat_order: ChatOrder
    capacity: int
    hosting: Hosting
    jumps: Jumps
    acknowledger: Acknowledger
    archives: Archives = field(default_factory=Archives)
    albums: Newest[tuple[int, str], None] = field(default_factory=lambda: Newest(ALBUMS))
    handed: Newest[int, datetime] = field(default_factory=lambda: Newest(HANDED))

    @property
    def catalogue(self) -> Catalogue:
        return self.content.catalogue

    @property
    def texts(self) -> Texts:
        return self.content.texts

    async def texts_for(self, runner: int) -> Texts:
        """Return the sentences, with times of day by the runner's clock."""
        return self.texts.on_clock(hours_for(await runners.get(self.db, runner)))

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self.clock.now()

    async def level(self) -> datetime:
        """Return the present moment, in UTC, once stored deadlines agree with the clock."""
        return await self.jumps.level()
