"""Which message shows which session, stored for all that came in together."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.db.engine import Database
from bot.domain.session import Session
from bot.services import cues


async def _at_once() -> None:
    """Nobody is waited for."""


class Arrived:
    """Few transactions: while one is under way, the next ones gather; `more` waits for others that
    are about to come."""

    def __init__(self, more: Callable[[], Awaitable[None]] = _at_once) -> None:
        self._more = more
        self._waiting: list[tuple[Session, int]] = []
        self._batch: asyncio.Task[None] | None = None
        self._storing = asyncio.Lock()

    async def put(
        self, db: Database, session: Session, message: int, now: Callable[[], Awaitable[datetime]]
    ) -> None:
        """Until it is stored that this message, a new one, shows the session."""
        self._waiting.append((session, message))
        if self._batch is None:
            self._batch = asyncio.create_task(self._store(db, now))
        await asyncio.shield(self._batch)

    async def _store(self, db: Database, now: Callable[[], Awaitable[datetime]]) -> None:
        async with self._storing:
            await self._more()
            batch, self._waiting, self._batch = self._waiting, [], None
            await cues.shown(db, batch, await now())
