"""The coach: everything that handlers and jobs are given, and nothing that changes by itself."""

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


@dataclass(frozen=True, slots=True)
class Coach:
    """`poke` wakes the pulse: something became due sooner than it knows."""

    clock: Clock
    texts: Texts
    catalogue: Catalogue
    places: Places
    db: Database
    calendar: Calendar
    messenger: Messenger
    charts: Charts
    poke: Callable[[], None]

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()
