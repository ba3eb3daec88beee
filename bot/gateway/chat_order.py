"""Updates of one chat in order, chats side by side."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

NOBODY = 0  # the chat of an update that belongs to none


class ChatOrder:
    """A lock for each chat, acquired in the order of the requests.

    python-telegram-bot handles one update at a time, or all at once in any order. A runner's taps
    must not overtake one another, and no chat waits for a slow answer in another.
    """

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(self, chat: int) -> AsyncIterator[bool]:
        """Hold the chat's lock; yield whether others had requested it before."""
        if chat == NOBODY:
            yield False
            return
        waited = chat in self._locks
        lock = self._locks.setdefault(chat, asyncio.Lock())
        async with lock:
            yield waited
