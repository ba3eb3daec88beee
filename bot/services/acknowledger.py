"""Acknowledgement of updates: handled updates are deleted from the inbox, in group commits.

An update that leads to a new message of a session is acknowledged in the transaction that stores
the id of that message. Only the old message is left to be tidied then, and if the process is
killed before, the new message is not sent again.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import uuid4

from bot.db.engine import Database
from bot.db.group_commit import GroupCommit
from bot.db.inbox import Arrival
from bot.domain.frozen import frozen
from bot.domain.session import Session
from bot.services import inbox


@frozen
class Acknowledged:
    """A handled update, a session with the id of the message that shows it now, or both."""

    update: Arrival | None
    shown: tuple[Session, int] | None = None


class Acknowledger:
    """Acknowledges the updates of one process, whose name in the inbox is `holder`.

    The process handles one update of a chat at a time.
    """

    def __init__(self, db: Database, now: Callable[[], Awaitable[datetime]]) -> None:
        self.holder = uuid4().hex
        self._db = db
        self._now = now
        self._handled: dict[int, Arrival] = {}  # by chat: the update that is being handled
        self._early: dict[
            int, list[Arrival]
        ] = {}  # by update id: the updates claimed with its acknowledgement
        self._group = GroupCommit(self._commit)

    @contextmanager
    def handling(self, update: Arrival) -> Iterator[None]:
        """Return a context in which the update counts as the one being handled in its chat."""
        self._handled[update.chat_id] = update
        try:
            yield
        finally:
            self._handled.pop(update.chat_id, None)

    async def shown(self, session: Session, message_id: int) -> None:
        """Store which message shows the session, and acknowledge the update that led to it."""
        update = self._handled.pop(session.runner, None)
        claimed = await self._group.put(Acknowledged(update, (session, message_id)))
        if update is not None:
            self._early[update.update_id] = claimed

    def has_acknowledged(self, update: Arrival) -> bool:
        return update.update_id in self._early

    async def acknowledge(self, update: Arrival) -> list[Arrival]:
        """Delete the update, unless `shown` has; return the updates that are next to be handled."""
        claimed = self._early.pop(update.update_id, None)
        return await self._group.put(Acknowledged(update)) if claimed is None else claimed

    async def _commit(self, batch: Sequence[Acknowledged]) -> Sequence[list[Arrival]]:
        updates = [each.update for each in batch if each.update is not None]
        shown = [each.shown for each in batch if each.shown is not None]
        arrivals = await inbox.finish(self._db, updates, shown, self.holder, await self._now())
        claimed: dict[int, list[Arrival]] = {}
        for arrival in arrivals:
            claimed.setdefault(arrival.chat_id, []).append(arrival)
        return [claimed.pop(each.update.chat_id, []) if each.update else [] for each in batch]
