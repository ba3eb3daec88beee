"""Acknowledges updates: a handled one is deleted from the inbox, in a group commit.

An update that has led to a new message of a session is acknowledged as soon as that message is
there, in the transaction that stores its id. Nothing that counts comes after it, and a kill before
the old message is tidied does not send the new one again.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from bot.db.engine import Database
from bot.db.inbox import Arrival
from bot.domain.session import Session
from bot.services import inbox
from bot.services.group_commit import GroupCommit


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """An update that is handled, the session that a message shows now, with its id, or both."""

    update: Arrival | None
    shown: tuple[Session, int] | None = None


class Acknowledger:
    """Of one process, the `holder` of its updates; of each chat it handles one at a time."""

    def __init__(self, db: Database, now: Callable[[], Awaitable[datetime]]) -> None:
        self.holder = uuid4().hex
        self._db = db
        self._now = now
        self._handled: dict[int, Arrival] = {}  # by chat, the update that is being handled
        self._early: dict[int, list[Arrival]] = {}  # by the update's id, what was claimed with it
        self._group = GroupCommit(self._commit)

    @contextmanager
    def handling(self, update: Arrival) -> Iterator[None]:
        """Handle this update in the block; the next one of its chat comes after it."""
        self._handled[update.chat_id] = update
        try:
            yield
        finally:
            self._handled.pop(update.chat_id, None)

    async def shown(self, session: Session, message_id: int) -> None:
        """Store which message shows the session as it is; the runner's update is handled."""
        update = self._handled.pop(session.runner, None)
        claimed = await self._group.put(Acknowledged(update, (session, message_id)))
        if update is not None:
            self._early[update.update_id] = claimed

    def has_acknowledged(self, update: Arrival) -> bool:
        return update.update_id in self._early

    async def acknowledge(self, update: Arrival) -> list[Arrival]:
        """Delete the update, unless that is done; return what this process is to handle now."""
        claimed = self._early.pop(update.update_id, None)
        return await self._group.put(Acknowledged(update)) if claimed is None else claimed

    async def _commit(self, batch: Sequence[Acknowledged]) -> Sequence[list[Arrival]]:
        updates = [each.update for each in batch if each.update is not None]
        shown = [each.shown for each in batch if each.shown is not None]
        found = await inbox.finish(self._db, updates, shown, self.holder, await self._now())
        claimed: dict[int, list[Arrival]] = {}
        for arrival in found:
            claimed.setdefault(arrival.chat_id, []).append(arrival)
        return [claimed.pop(each.update.chat_id, []) if each.update else [] for each in batch]
