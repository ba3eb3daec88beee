"""Permits to send messages within the limit a second over all chats, by priority.

Reminders get permits at equal intervals. So a runner who taps meanwhile gets the next permit in a
moment, not only after a second whose permits are used up.
"""

import asyncio
import heapq
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum
from itertools import count
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from bot.db import message_quota as rows
from bot.db.engine import Database

A_SECOND = 1.02  # longer than Telegram's, as requests do not all take the same time
OF_SEVERAL = 1.05  # the same for requests of several processes
A_TICK = 1e-6  # seconds; more than the rounding error of a sum
FAR_AHEAD = 60.0
SAVED = 20  # a pacer saves the permits of one twentieth of a second


class Priority(IntEnum):
    """The priority of a request: a cue first, then the answer to a runner, then reminders.

    A runner who taps has already seen the toast, which needs no permit; a runner who trains by the
    clock hears nothing but the cue. Cues leave permits for taps, as the number of hands-free
    sessions is limited.
    """

    CUE = 0
    TAP = 1
    CROWD = 2


class SlidingWindow:
    """A limit of `most` permits within any `seconds`."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._moments: deque[float] = deque()

    def free(self, now: float) -> int:
        """Return how many permits are left."""
        while self._moments and self._moments[0] + self._seconds <= now + A_TICK:
            self._moments.popleft()
        return self._most - len(self._moments)

    def wait(self, now: float) -> float:
        """Return the seconds until a permit is left."""
        return 0.0 if self.free(now) else self._moments[0] + self._seconds - now

    def take(self, now: float, permits: int = 1) -> None:
        self._moments.extend([now] * permits)

    def is_unused(self, now: float) -> bool:
        """Return whether all permits are left."""
        return self.free(now) == self._most


class Pacer:
    """A limit of `per_second` permits at equal intervals; a few unused ones are saved."""

    def __init__(self, per_second: int, second: float = A_SECOND) -> None:
        self._gap = second / per_second
        self._most = max(2, per_second // SAVED)
        self.next_at = 0.0

    def ready(self, now: float) -> int:
        """Return how many permits there are."""
        behind = now + A_TICK - self.next_at
        return 0 if behind < 0 else int(min(self._most, 1 + behind / self._gap))

    def wait(self, now: float) -> float:
        """Return the seconds until there is a permit."""
        return 0.0 if self.ready(now) else self.next_at - now

    def take(self, now: float, permits: int) -> None:
        """Take permits, even more than there are."""
        self.next_at = max(self.next_at, now - (self._most - 1) * self._gap) + permits * self._gap


class Limit(Protocol):
    """The limit over all chats, of this process or of several together."""

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        """Take at most `most` permits; return how many, and the seconds until they are valid.

        Without any permit, return 0 and the seconds until a retry.
        """


class OwnLimit:
    """The limit of a process that is alone with its bot: `per_second` in any second."""

    def __init__(self, per_second: int) -> None:
        self._window = SlidingWindow(per_second, A_SECOND)
        self._crowd = Pacer(per_second)

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        now = asyncio.get_running_loop().time()
        if wait := self._window.wait(now):
            return 0, wait
        permits = min(most, self._window.free(now))
        if priority is Priority.CROWD:
            if wait := self._crowd.wait(now):
                return 0, wait
            permits = min(permits, self._crowd.ready(now))
            self._crowd.take(now, permits)
        self._window.take(now, permits)
        return permits, 0.0


@dataclass(order=True)
class Waiter:
    """A request for permits, ordered by priority, then by number."""

    priority: Priority
    number: int
    most: int = field(compare=False)
    permits: asyncio.Future[int] = field(compare=False)


class SharedLimit:
    """The limit of several processes, with permits at equal intervals.

    Reminders take the permits that there are. A cue or an answer takes the next one in advance, so
    that no process gives it to a reminder.
    """

    def __init__(self, db: Database, per_second: int) -> None:
        self._db = db
        self._per_second = per_second
        self._own = OwnLimit(per_second)

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        """Take permits of the shared limit, or of this process alone while the database is away.

        No reminders are sent then.
        """
        try:
            async with self._db.write() as connection:
                now, next_at = await rows.next_permit(connection)
                pacer = Pacer(self._per_second, OF_SEVERAL)
                pacer.next_at = _seconds(next_at - now)
                permits, wait = min(most, pacer.ready(0.0)), pacer.wait(0.0)
                if priority is not Priority.CROWD:
                    permits = max(permits, 1)
                if permits:
                    pacer.take(0.0, permits)
                    after = now + timedelta(seconds=pacer.next_at)
                    await rows.set_next_permit(connection, after)
        except SQLAlchemyError:
            return await self._own.take(priority, most)
        return permits, wait


def _seconds(ahead: timedelta) -> float:
    """Return the seconds; 0 for a permit so far ahead that the server's clock was put back."""
    seconds = ahead.total_seconds()
    return seconds if seconds < FAR_AHEAD else 0.0


class PriorityQuota:
    """Grants permits in the order of priorities, then of requests."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._waiting: list[Waiter] = []
        self._numbers = count()
        self._first_changed = asyncio.Event()
        self._granting: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Return how many requests wait."""
        return len(self._waiting)

    async def acquire(self, priority: Priority, most: int = 1) -> int:
        """Wait for at most `most` permits; return how many were granted."""
        permits: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        mine = Waiter(priority, next(self._numbers), most, permits)
        heapq.heappush(self._waiting, mine)
        if self._waiting[0] is mine:
            self._first_changed.set()
        if self._granting is None or self._granting.done():
            self._granting = asyncio.create_task(self._grant_all())
        return await permits

    async def _grant_all(self) -> None:
        while (first := self._first()) is not None:
            self._first_changed.clear()
            permits, wait = await self._limit.take(first.priority, self._wanted(first))
            if permits:
                await asyncio.sleep(wait)
                self._grant(permits)
            else:  # a request that comes meanwhile may not have to wait
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._first_changed.wait(), wait)

    def _wanted(self, first: Waiter) -> int:
        """Return how many permits to take: for all cues and answers, or for the first reminders."""
        if first.priority is Priority.CROWD:
            return first.most
        return sum(one.priority is not Priority.CROWD for one in self._waiting)

    def _first(self) -> Waiter | None:
        """Return the next request, after dropping cancelled ones."""
        while self._waiting and self._waiting[0].permits.done():
            heapq.heappop(self._waiting)
        return self._waiting[0] if self._waiting else None

    def _grant(self, permits: int) -> None:
        while permits and (first := self._first()) is not None:
            heapq.heappop(self._waiting)
            some = min(permits, first.most)
            first.permits.set_result(some)
            permits -= some
