"""The queue of updates and long polling: what is not confirmed stays, whoever dies."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from bot.sandbox.api.refusal import Refusal
from bot.sandbox.world.chats import Json
from bot.sandbox.world.numbers import Numbers

FIRST_UPDATE_ID = 700_000_001
# What Telegram leaves out until a bot asks for it by name.
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# A repeated offset: the server answers with one update, and waits for it, within so many seconds.
SINGLE_SECONDS, WAIT_SECONDS = 0.5, 3.0
_OTHER_POLL = "other getUpdates request; make sure that only one bot instance is running"


class UpdateQueue:
    """Updates for one bot, in order, with consecutive ids."""

    def __init__(self) -> None:
        self._ids = Numbers(FIRST_UPDATE_ID)
        self._pending: list[Json] = []
        self._confirmed: dict[int, Json] = {}
        self._again: list[Json] = []
        self._poll = 0
        self._ended_by = _OTHER_POLL
        self._offset = 0
        self._polled_at = float("-inf")
        self._changed = asyncio.Event()
        self.allowed: frozenset[str] = frozenset()

    @property
    def newest(self) -> int:
        """The id of the last update, whether confirmed or not."""
        return self._ids.following - 1

    @property
    def pending(self) -> list[Json]:
        return list(self._pending)

    def put(self, kind: str, payload: Json) -> int | None:
        """The id of the new update; None when the bot does not want this kind."""
        if not self._wanted(kind):
            return None
        update_id = self._ids.take()
        self._pending.append({"update_id": update_id, kind: payload})
        self.wake()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Hands out a confirmed update once more, as Telegram does when a confirmation is lost."""
        self._again.append(self._confirmed[update_id])
        self.wake()

    def clear(self) -> None:
        self._confirm(len(self._pending))

    def confirm(self, update_id: int) -> None:
        """This one alone was taken: a webhook's updates are confirmed one by one."""
        for place, update in enumerate(self._pending):
            if update["update_id"] == update_id:
                self._confirmed[update_id] = self._pending.pop(place)
                return

    def end_polls(self) -> None:
        """Whoever still waits in getUpdates is told why it ends."""
        self._poll += 1
        self._ended_by = "setWebhook request"
        self.wake()

    def wake(self) -> None:
        """Whoever waits for a change looks again."""
        self._changed.set()
        self._changed = asyncio.Event()

    def next_change(self) -> Coroutine[Any, Any, bool]:
        """What happens from now on; to be awaited."""
        return self._changed.wait()

    async def poll(
        self, *, offset: int, limit: int, seconds: float, allowed: Iterable[str] | None
    ) -> list[Json]:
        """One getUpdates; an older one that still waits is ended by it."""
        self._poll += 1
        poll = self._poll
        self._ended_by = _OTHER_POLL
        self.wake()
        if allowed is not None:
            self.allowed = frozenset(allowed)
        self._confirm_before(offset)
        loop = asyncio.get_running_loop()
        limit, seconds = self._throttled(offset, limit, seconds, loop.time())
        deadline = loop.time() + seconds
        while not (batch := self._batch(limit)):
            if not await self._woken(deadline):
                break
            if self._poll != poll:
                raise Refusal(
                    409,
                    f"Conflict: terminated by {self._ended_by}",
                )
        return batch

    def _throttled(self, offset: int, limit: int, seconds: float, now: float) -> tuple[int, float]:
        """Who repeats an offset soon gets the oldest update alone, and waits if there is none.

        As tdlib/telegram-bot-api does in Client::process_get_updates_query.
        """
        since = now - self._polled_at if offset == self._offset else float("inf")
        self._offset, self._polled_at = offset, now
        if since < SINGLE_SECONDS:
            limit = 1
        if since < WAIT_SECONDS:
            seconds = max(seconds, WAIT_SECONDS)
        return limit, seconds

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in UNASKED

    def _confirm_before(self, offset: int) -> None:
        """A negative offset counts from the end of the queue."""
        if offset < 0:
            self._confirm(max(len(self._pending) + offset, 0))
        else:
            self._confirm(sum(update["update_id"] < offset for update in self._pending))

    def _confirm(self, count: int) -> None:
        for update in self._pending[:count]:
            self._confirmed[update["update_id"]] = update
        del self._pending[:count]

    def _batch(self, limit: int) -> list[Json]:
        again, self._again = self._again[:limit], self._again[limit:]
        return again + self._pending[: limit - len(again)]

    async def _woken(self, deadline: float) -> bool:
        try:
            async with asyncio.timeout_at(deadline):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True
