"""What messages show, as far as this process knows.

So no edit is sent that Telegram would refuse: of a deleted message, or one that changes nothing.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple
from weakref import WeakValueDictionary

from bot.runtime.bounded import Newest
from bot.views.screen import Screen

KEPT = 3000  # messages: those of the last 100 s at Telegram's limit of 30 a second


class Fingerprint(NamedTuple):
    """The hashes of a message's text and buttons.

    The text of a message that this process did not send may be unknown. `has_media`: whether the
    text is a caption, which no edit changes; None: not known.
    """

    text: int | None
    buttons: int
    has_media: bool | None = None

    @classmethod
    def of(cls, screen: Screen, has_media: bool | None = None) -> "Fingerprint":
        return cls(hash(screen.text), hash(screen.buttons), has_media)

    def uncertain(self) -> "Fingerprint":
        """Return what is known after a possible edit, which never changes `has_media`."""
        return UNKNOWN._replace(has_media=self.has_media)

    def without_buttons(self) -> "Fingerprint":
        return self._replace(buttons=NO_BUTTONS)


NO_BUTTONS = hash(())
UNKNOWN = Fingerprint(None, -1)  # no hash is -1
GONE = Fingerprint(None, -2)


class MessageCache:
    """The fingerprints of the messages that were sent or changed last.

    Unless this process is `alone`, others edit messages, too. Then only two facts are certain: that
    a message has media, and that it is deleted, as Telegram uses no id twice.
    """

    def __init__(self, *, alone: bool) -> None:
        self._alone = alone
        self._known: Newest[tuple[int, int], Fingerprint] = Newest(KEPT)
        self._changing: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def changing(self, chat: int, message: int) -> AsyncIterator[Fingerprint]:
        """Hold the message's lock for a change; yield the fingerprint before it."""
        lock = self._changing.setdefault((chat, message), asyncio.Lock())
        async with lock:
            yield self._known.get((chat, message), UNKNOWN)

    def put(self, chat: int, message: int, fingerprint: Fingerprint) -> None:
        certain = self._alone or fingerprint is GONE
        self._known[chat, message] = fingerprint if certain else fingerprint.uncertain()

    def forget(self, chat: int, message: int) -> None:
        """Record that it is no longer certain what the message shows."""
        known = self._known.pop((chat, message), None)
        if known is not None and known is not GONE:
            self._known[chat, message] = known.uncertain()
