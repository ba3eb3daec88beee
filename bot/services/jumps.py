"""Correction of stored deadlines when the wall clock is set while the coach runs.

Deadlines are stored as moments of the wall clock, so that they outlast the process and every
process can read them. When the clock is set, they are moved by the same amount. A change of the
clock while no process ran cannot be distinguished from the passing of time.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.db import jumps
from bot.db.engine import Writer
from bot.db.lease import NotLeadingError
from bot.runtime.clock import Clock
from bot.runtime.clock import Jumps as ClockJumps

log = logging.getLogger(__name__)


class Jumps:
    """Moves stored deadlines when the clock jumps, in the leading process only."""

    def __init__(self, leader: Writer, clock: Clock, followed: Callable[[], None]) -> None:
        """`leader` begins fenced transactions; `followed` is called when rows have been moved."""
        self._leader = leader
        self._clock = clock
        self._clock_jumps = ClockJumps(clock)
        self._followed = followed
        self._follows = False
        self._behind = timedelta(0)
        self._moving = asyncio.Lock()
        self.total = timedelta(0)

    def begin(self) -> None:
        """Watch the clock from now on; earlier jumps were left to another process."""
        self._clock_jumps.find()
        self._follows = True

    def end(self) -> None:
        """Leave the clock to another process."""
        self._follows = False
        self._behind = timedelta(0)

    def look(self) -> bool:
        """Return whether rows are behind the clock."""
        if self._follows:
            self._behind += self._clock_jumps.find()
        return bool(self._behind)

    async def level(self) -> datetime:
        """Return the present moment (UTC) once the rows agree with the clock."""
        await self.follow()
        return self._clock.now()

    async def follow(self) -> None:
        """Move the stored deadlines by the clock's jumps; await this before comparing the two."""
        if not self.look() and not self._moving.locked():
            return
        async with self._moving:
            jump = self._behind
            if not jump:
                return
            try:
                async with self._leader.write() as connection:
                    await jumps.follow(connection, jump)
            except NotLeadingError:  # the machine was suspended; another process leads now
                self.end()
                return
            self._behind -= jump
            self.total += jump
        log.warning("the clock was set by %.1f s; running sessions go on", jump.total_seconds())
        self._followed()
