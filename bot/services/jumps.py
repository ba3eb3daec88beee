"""The wall clock is set while the coach works, and durations take no notice.

Deadlines are kept in rows, as moments of the wall clock, so that they outlast the process and any
process can read them. When that clock is set they are moved along with it. What was set while no
coach was at work can't be told from time that has passed.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.db import jumps
from bot.db.engine import Writer
from bot.db.lease import NotLeadingError
from bot.runtime.clock import Clock
from bot.runtime.clock import Jumps as Found

log = logging.getLogger(__name__)


class Jumps:
    """Of the processes of one coach, the one that leads follows the clock."""

    def __init__(self, leader: Writer, clock: Clock, followed: Callable[[], None]) -> None:
        """`leader` is where a transaction of the leader's is begun; `followed` is called when rows
        have been moved."""
        self._leader = leader
        self._clock = clock
        self._found = Found(clock)
        self._followed = followed
        self._follows = False
        self._behind = timedelta(0)
        self._moving = asyncio.Lock()
        self.total = timedelta(0)

    def begin(self) -> None:
        """From now on; another process may have followed until now."""
        self._found.find()
        self._follows = True

    def end(self) -> None:
        """Another process may follow."""
        self._follows = False
        self._behind = timedelta(0)

    def look(self) -> bool:
        """Whether rows are behind the clock."""
        if self._follows:
            self._behind += self._found.find()
        return bool(self._behind)

    async def level(self) -> datetime:
        """Return the present moment (UTC) once the rows agree with the clock."""
        await self.follow()
        return self._clock.now()

    async def follow(self) -> None:
        """Rows agree with the clock afterwards; asked before each use of the two together."""
        if not self.look() and not self._moving.locked():
            return
        async with self._moving:
            by = self._behind
            if not by:
                return
            try:
                async with self._leader.write() as connection:
                    await jumps.follow(connection, by)
            except NotLeadingError:  # a machine that stood still: another follows by now
                self.end()
                return
            self._behind -= by
            self.total += by
        log.warning("the clock was set by %.1f s; running sessions go on", by.total_seconds())
        self._followed()
