"""The coach: everything that handlers and jobs are given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import Calendar
from bot.catalogue import Catalogue
from bot.charts import Charts
from bot.clock import Clock
from bot.db.engine import Database
from bot.messenger import Messenger
from bot.places import Places
from bot.texts import Texts


@dataclass(slots=True)
class Content:
    """What is explained, and in which words; the demo exchanges both while an author writes."""

    catalogue: Catalogue
    texts: Texts


@dataclass(frozen=True, slots=True)
class Coach:
    """`poke` wakes the pulse: something became due sooner than it knows."""

    clock: Clock
    content: Content
    places: Places
    db: Database
    calendar: Calendar
    messenger: Messenger
    charts: Charts
    poke: Callable[[], None]

    @property
    def catalogue(self) -> Catalogue:
        return self.content.catalogue

    @property
    def texts(self) -> Texts:
        return self.content.texts

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()
