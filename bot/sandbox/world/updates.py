"""The queue of updates and long polling; an update stays until the bot confirms it."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any

from bot.sandbox.world.ids import IdSequence
from bot.sandbox.world.wire import Json

FIRST_UPDATE_ID = 700_000_001
# Kinds that Telegram sends only to bots that name them in allowed_updates.
OPT_IN_KINDS = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
# When an offset is repeated within so many seconds, the server answers with one update only, or
# waits for one although the timeout is shorter.
SINGLE_SECONDS, WAIT_SECONDS = 0.5, 3.0
_OTHER_POLL = "other getUpdates request; make sure that only one bot instance is running"


class PollEndedError(Exception):
    """A later request ended this poll; the message names the request."""


class UpdateQueue:
    """The updates for one bot, in order, with consecutive ids."""

    def __init__(self) -> None:
        self._ids = IdSequence(FIRST_UPDATE_ID)
        self._pending: list[Json] = []
        self._confirmed: dict[int, Json] = {}
        self._redelivered: list[Json] = []
        self._poll = 0
        self._ended_by = _OTHER_POLL
        self._offset = 0
        self._polled_at = float("-inf")
        self._changed = asyncio.Event()
        self.allowed: frozenset[str] = frozenset()

    def start_at(self, update_id: int) -> None:
        """Give the next update this id."""
        self._ids = IdSequence(update_id)

    @property
    def newest(self) -> int:
        """The id of the last update, confirmed or not."""
        return self._ids.next_id - 1

    @property
    def pending(self) -> list[Json]:
        return list(self._pending)

    def put(self, kind: str, payload: Json) -> int | None:
        """Queue an update and return its id, or None if the bot does not want this kind."""
        if not self._is_wanted(kind):
            return None
        update_id = self._ids.take()
        self._pending.append({"update_id": update_id, kind: payload})
        self.wake()
        return update_id

    def redeliver(self, update_id: int) -> None:
        """Send a confirmed update once more, as Telegram does when a confirmation is lost."""
        self._redelivered.append(self._confirmed[update_id])
        self.wake()

    def clear(self) -> None:
        self._confirm_first(len(self._pending))

    def confirm(self, update_id: int) -> None:
        """Confirm one update, as a webhook does, and none before it."""
        for index, update in enumerate(self._pending):
            if update["update_id"] == update_id:
                self._confirmed[update_id] = self._pending.pop(index)
                return

    def end_polls(self) -> None:
        """End the polls that wait because a webhook is set."""
        self._poll += 1
        self._ended_by = "setWebhook request"
        self.wake()

    def wake(self) -> None:
        """Make everyone who waits look at the queue again."""
        self._changed.set()
        self._changed = asyncio.Event()

    def next_change(self) -> Coroutine[Any, Any, bool]:
        """Return an awaitable for the next change after this call."""
        return self._changed.wait()

    async def poll(
        self, *, offset: int, limit: int, seconds: float, allowed: Iterable[str] | None
    ) -> list[Json]:
        """Answer one getUpdates and end an older one that still waits.

        Raises PollEndedError when a later request ends this one.
        """
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
        while not (batch := self._take_batch(limit)):
            if not await self._changes_before(deadline):
                break
            if self._poll != poll:
                raise PollEndedError(self._ended_by)
        return batch

    def _throttled(self, offset: int, limit: int, seconds: float, now: float) -> tuple[int, float]:
        """Return the limit and timeout that apply, which differ when an offset is soon repeated.

        As tdlib/telegram-bot-api does in Client::process_get_updates_query.
        """
        since = now - self._polled_at if offset == self._offset else float("inf")
        self._offset, self._polled_at = offset, now
        if since < SINGLE_SECONDS:
            limit = 1
        if since < WAIT_SECONDS:
            seconds = max(seconds, WAIT_SECONDS)
        return limit, seconds

    def _is_wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in OPT_IN_KINDS

    def _confirm_before(self, offset: int) -> None:
        """Confirm the updates before an offset; a negative one counts from the end."""
        if offset < 0:
            self._confirm_first(max(len(self._pending) + offset, 0))
        else:
            self._confirm_first(sum(update["update_id"] < offset for update in self._pending))

    def _confirm_first(self, count: int) -> None:
        for update in self._pending[:count]:
            self._confirmed[update["update_id"]] = update
        del self._pending[:count]

    def _take_batch(self, limit: int) -> list[Json]:
        again, self._redelivered = self._redelivered[:limit], self._redelivered[limit:]
        return again + self._pending[: limit - len(again)]

    async def _changes_before(self, deadline: float) -> bool:
        try:
            async with asyncio.timeout_at(deadline):
                await self._changed.wait()
        except TimeoutError:
            return False
        return True
