"""Updates on their way through the coach, however they come: each is done when it was handled.

Until then Telegram is not told that it arrived, so a kill loses none; it may bring one twice. A
tap or a typed word of a session counts once, by the session's revision or the message's number; a
reminder, a schedule, a city are set to what they are. What a repeat may show is a second answer:
an exercise explained twice, `/start` greeting twice. Of an edit or an inline query nothing shows.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from telegram import Update

from bot.transport import App

log = logging.getLogger(__name__)

Json = Mapping[str, Any]
Timed = Callable[[str, float], None]

REMEMBERED = 1000


class Intake:
    """`timed` is told the kind of each update and the seconds from its arrival to its end."""

    def __init__(self, app: App, timed: Timed | None = None) -> None:
        self._app = app
        self._timed = timed
        self._under_way: dict[int, asyncio.Task[bool]] = {}
        self._not_stored: set[int] = set()
        self._apologised: deque[int] = deque(maxlen=REMEMBERED)

    def __len__(self) -> int:
        """How many are under way, those that wait for their chat among them."""
        return len(self._under_way)

    def take(self, update: Json, pauses: Sequence[float] = ()) -> asyncio.Task[bool]:
        """Handles an update as Telegram wrote it, once at a time however often it is brought.

        The task's result is False where the database was away, also after each of the pauses.
        """
        number = update["update_id"]
        if number not in self._under_way:
            task = asyncio.create_task(self._handle(update, pauses))
            self._under_way[number] = task
            task.add_done_callback(lambda _: self._under_way.pop(number))
        return self._under_way[number]

    def not_stored(self, update: Update) -> bool:
        """The database was away, so this one is to come again; whether it is the first time."""
        number = update.update_id
        self._not_stored.add(number)
        first = number not in self._apologised
        if first:
            self._apologised.append(number)
        return first

    async def settled(self, seconds: float | None = None) -> None:
        """Until none is under way, but for no longer than so many seconds."""
        loop = asyncio.get_running_loop()
        deadline = None if seconds is None else loop.time() + seconds
        while self._under_way:
            left = None if deadline is None else deadline - loop.time()
            if left is not None and left <= 0:
                return
            await asyncio.wait(list(self._under_way.values()), timeout=left)

    def drop(self) -> None:
        """What is still under way ends here; it comes again."""
        for task in self._under_way.values():
            task.cancel()

    async def _handle(self, raw: Json, pauses: Sequence[float]) -> bool:
        begun = asyncio.get_running_loop().time()
        update = self._read(raw)
        if update is None:
            return True
        stored = True

        async def work() -> None:
            nonlocal stored
            stored = await self._until_stored(update, pauses)

        await self._in_turn(update, work())
        if self._timed is not None:
            kind = next((name for name in raw if name != "update_id"), "")
            self._timed(kind, asyncio.get_running_loop().time() - begun)
        return stored

    def _read(self, raw: Json) -> Update | None:
        """None for a kind of thing that the library does not know yet; it is left out."""
        try:
            return Update.de_json(dict(raw), self._app.bot)
        except Exception as error:
            kind = type(error).__name__
            log.error("update %d can't be read (%s) and is left out", raw["update_id"], kind)
            return None

    async def _in_turn(self, update: Update, work: Coroutine[Any, Any, None]) -> None:
        try:
            await self._app.update_processor.process_update(update, work)
        except Exception:
            log.exception("an update could not be handled")

    async def _until_stored(self, update: Update, pauses: Sequence[float]) -> bool:
        """Within its turn, so that what the runner did next still comes after it."""
        for pause in (*pauses, None):
            self._not_stored.discard(update.update_id)
            await self._app.process_update(update)
            if update.update_id not in self._not_stored:
                return True
            if pause is not None:
                await asyncio.sleep(pause)
        self._not_stored.discard(update.update_id)
        return False
