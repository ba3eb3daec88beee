"""What messages show now, as far as this process knows, so that no edit goes out that Telegram
would refuse: of a message that is gone, or to what it shows already."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from weakref import WeakValueDictionary

from bot.runtime.bounded import Newest
from bot.views.screen import Screen

KEPT = 3000  # messages: those of the last 100 s at Telegram's limit of 30 a second


class Look(NamedTuple):
    """A message by the hashes of its text and its buttons; of one that we did not send, the text
    may be unknown."""

    text: int | None
    buttons: int

    @classmethod
    def of(cls, screen: Screen) -> "Look":
        return cls(hash(screen.text), hash(screen.buttons))

    def without_buttons(self) -> "Look":
        return Look(self.text, NO_BUTTONS)


NO_BUTTONS = hash(())
UNKNOWN = Look(None, -1)  # no hash is -1
GONE = Look(None, -2)


class Looks:
    """Of the messages that were sent or changed last. Where other processes edit, too, all that is
    certain is that a message is gone: Telegram gives no number twice."""

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._known: Newest[tuple[int, int], Look] = Newest(KEPT)
        self._changing: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def changing(self, chat: int, message: int) -> AsyncIterator[Look]:
        """The look before the change; whoever changes the same message waits for its end."""
        lock = self._changing.setdefault((chat, message), asyncio.Lock())
        async with lock:
            yield self._known.get((chat, message), UNKNOWN)

    def put(self, chat: int, message: int, look: Look) -> None:
        """The message looks so from now on."""
        if self._alone or look is GONE:
            self._known[chat, message] = look

    def forget(self, chat: int, message: int) -> None:
        """It is not certain any more how the message looks."""
        self._known.pop((chat, message), None)
