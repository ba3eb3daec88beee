"""Turns under the overall limit of messages a second: who goes first, and how many may go.

A crowd's reminders come evenly, so that whoever taps meanwhile finds the next turn a moment away
instead of a second that is used up.
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

A_SECOND = 1.02  # requests overtake one another a little on their way
OF_SEVERAL = 1.05  # and those of several processes a little more
A_TICK = 1e-6  # seconds that sums of seconds may be wrong by
FAR_AHEAD = 60.0
SAVED = 20  # a crowd's turns are saved up for a twentieth of a second


class Priority(IntEnum):
    """Who goes first where not all can: a cue, the answer to a runner, the crowd's reminders.

    A runner who taps has been answered already, by the toast that no limit holds back; one who
    works by the clock hears nothing but the cue. Cues can't crowd out the taps: no more sessions
    are led by the clock than leave room for them.
    """

    CUE = 0
    TAP = 1
    CROWD = 2


class Window:
    """At most `most` in any `seconds`, counted by the moments of the last ones."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._moments: deque[float] = deque()

    def free(self, now: float) -> int:
        """How many are allowed."""
        while self._moments and self._moments[0] + self._seconds <= now + A_TICK:
            self._moments.popleft()
        return self._most - len(self._moments)

    def wait(self, now: float) -> float:
        """Seconds until one more is allowed."""
        return 0.0 if self.free(now) else self._moments[0] + self._seconds - now

    def take(self, now: float, turns: int = 1) -> None:
        self._moments.extend([now] * turns)

    def is_empty(self, now: float) -> bool:
        """Whether nothing that was taken counts any more."""
        return self.free(now) == self._most


class Pacer:
    """Turns that come evenly, `per_second` of them; some that nobody took are saved up."""

    def __init__(self, per_second: int, second: float = A_SECOND) -> None:
        self._gap = second / per_second
        self._most = max(2, per_second // SAVED)
        self.next_at = 0.0

    def ready(self, now: float) -> int:
        """How many have come."""
        behind = now + A_TICK - self.next_at
        return 0 if behind < 0 else int(min(self._most, 1 + behind / self._gap))

    def wait(self, now: float) -> float:
        """Seconds until the next comes."""
        return 0.0 if self.ready(now) else self.next_at - now

    def take(self, now: float, turns: int) -> None:
        """Also ahead of their time."""
        self.next_at = max(self.next_at, now - (self._most - 1) * self._gap) + turns * self._gap


class Limit(Protocol):
    """What is allowed over all chats, to this process or to several together."""

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        """Takes at most so many turns: how many, and the seconds until they have come.

        If there are none, the seconds after which to ask again.
        """


class OwnLimit:
    """Of a process that is alone with its bot: at most `per_second` in any second."""

    def __init__(self, per_second: int) -> None:
        self._window = Window(per_second, A_SECOND)
        self._crowd = Pacer(per_second)

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        now = asyncio.get_running_loop().time()
        if wait := self._window.wait(now):
            return 0, wait
        turns = min(most, self._window.free(now))
        if priority is Priority.CROWD:
            if wait := self._crowd.wait(now):
                return 0, wait
            turns = min(turns, self._crowd.ready(now))
            self._crowd.take(now, turns)
        self._window.take(now, turns)
        return turns, 0.0


@dataclass(order=True)
class Waiting:
    """In the order of priorities, then of asking."""

    priority: Priority
    number: int
    most: int = field(compare=False)
    turns: asyncio.Future[int] = field(compare=False)


class SharedLimit:
    """Of several processes: their turns come evenly, one after another, whoever takes them.

    The crowd takes those that have come. A cue or an answer takes the next one ahead, so that no
    crowd gets it, whichever process it is in.
    """

    def __init__(self, db: Database, per_second: int) -> None:
        self._db = db
        self._per_second = per_second
        self._own = OwnLimit(per_second)

    async def take(self, priority: Priority, most: int) -> tuple[int, float]:
        """Alone while the database is away: there is no crowd then."""
        try:
            async with self._db.write() as connection:
                now, next_at = await rows.next_turn(connection)
                pacer = Pacer(self._per_second, OF_SEVERAL)
                pacer.next_at = _seconds(next_at - now)
                turns, wait = min(most, pacer.ready(0.0)), pacer.wait(0.0)
                if priority is not Priority.CROWD:
                    turns = max(turns, 1)
                if turns:
                    pacer.take(0.0, turns)
                    after = now + timedelta(seconds=pacer.next_at)
                    await rows.set_next_turn(connection, after)
        except SQLAlchemyError:
            return await self._own.take(priority, most)
        return turns, wait


def _seconds(ahead: timedelta) -> float:
    """Turns that are far ahead were taken before the server's clock was put back."""
    seconds = ahead.total_seconds()
    return seconds if seconds < FAR_AHEAD else 0.0


class Overall:
    """Gives out turns under the overall limit, in the order of priorities, then of asking."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._waiting: list[Waiting] = []
        self._asked = count()
        self._came = asyncio.Event()
        self._dealer: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """How many wait for their turn."""
        return len(self._waiting)

    async def turns(self, priority: Priority, most: int = 1) -> int:
        """Waits for one's turn; how many it is, where more than one are of use."""
        turns: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        mine = Waiting(priority, next(self._asked), most, turns)
        heapq.heappush(self._waiting, mine)
        if self._waiting[0] is mine:
            self._came.set()
        if self._dealer is None or self._dealer.done():
            self._dealer = asyncio.create_task(self._deal())
        return await turns

    async def _deal(self) -> None:
        while (first := self._first()) is not None:
            self._came.clear()
            turns, wait = await self._limit.take(first.priority, self._wanted(first))
            if turns:
                await asyncio.sleep(wait)
                self._give(turns)
            else:  # who comes meanwhile may not have to wait
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._came.wait(), wait)

    def _wanted(self, first: Waiting) -> int:
        """Those who were asked for something are given their turns together."""
        if first.priority is Priority.CROWD:
            return first.most
        return sum(one.priority is not Priority.CROWD for one in self._waiting)

    def _first(self) -> Waiting | None:
        """Who goes next; whoever gave up is left out."""
        while self._waiting and self._waiting[0].turns.done():
            heapq.heappop(self._waiting)
        return self._waiting[0] if self._waiting else None

    def _give(self, turns: int) -> None:
        while turns and (first := self._first()) is not None:
            heapq.heappop(self._waiting)
            some = min(turns, first.most)
            first.turns.set_result(some)
            turns -= some
