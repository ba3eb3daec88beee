"""The coach: everything that handlers and jobs are given, and nothing that changes by itself."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from bot.calendar import Calendar
from bot.catalogue import Catalogue
from bot.clock import Clock
from bot.db.engine import Database
from bot.messenger import Messenger
from bot.places import Places
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Coach:
    """`poke` wakes the pulse: something became due sooner than it knows; `expect` tells the cues
    of a session's next moment. `room` is how many sessions the clock may lead at a time. `turn`
    waits until it is one's turn in a chat, and says whether anybody was before.
    """

    clock: Clock
    texts: Texts
    catalogue: Catalogue
    places: Places
    db: Database
    calendar: Calendar
    messenger: Messenger
    poke: Callable[[], None]
    expect: Callable[[datetime | None], None]
    turn: Callable[[int], AbstractAsyncContextManager[bool]]
    room: int

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()
