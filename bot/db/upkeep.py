"""Maintenance of an SQLite database: checks of its files, and removal of deleted rows."""

import asyncio
import logging
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from math import inf

from bot.db.keeper import Keeper

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
OVERWRITE_EVERY = 10.0
RETRY_SECONDS = (0.05, 0.1, 0.2, 0.4)  # while a runner waits for the answer to /delete
SMALL = 32  # megabytes; such a database is rebuilt in about 0.3 s, so at any time
QUIET = 10.0  # seconds without a writer, after which a larger database is rebuilt
LONGEST_WAIT = 86_400.0


class Upkeep:
    """The maintenance of one database, by one call of its keeper at a time.

    SQLite overwrites deleted rows (secure_delete), but their earlier versions stay in the
    write-ahead log until it is emptied, which is done every ten seconds. After an erasure the
    database is also rebuilt, as soon as that keeps no writer waiting for long.
    """

    def __init__(self, keeper: Keeper, writing: asyncio.Lock) -> None:
        """`writing` is the lock that every writer holds."""
        self._keeper = keeper
        self._writing = writing
        self._asking = asyncio.Lock()
        self._trouble: str | None = None
        self._written_at = self._tried_at = -inf
        self._waits_since: float | None = None
        self._is_refused = False  # another connection was reading or writing
        self._fails = False

    def is_written(self) -> None:
        """Take note that a transaction begins."""
        self._written_at = _time()

    async def run(self) -> None:
        """Check the files and remove deleted rows until cancelled."""
        while True:
            await self._look()
            if await self._is_due():
                await self.overwrite()
            await asyncio.sleep(LOOK_EVERY)

    async def overwrite_soon(self) -> bool:
        """Remove deleted rows from the files, with retries for about a second.

        Return whether nothing is left; if something is, `run` removes it later.
        """
        for pause in (*RETRY_SECONDS, None):
            if await self.overwrite():
                return True
            if pause is None or not self._is_refused:
                return False
            await asyncio.sleep(pause)
        return False

    async def overwrite(self) -> bool:
        """Remove deleted rows from the files, in one attempt; return whether nothing is left.

        The attempt fails if another connection is reading or writing. Another failure that lasts,
        for instance a full disk, is logged once.
        """
        async with self._asking:
            self._tried_at = _time()
            try:
                is_done = await self._overwrite()
            except sqlite3.Error as error:
                code = getattr(error, "sqlite_errorcode", 0)
                self._is_refused = code & 0xFF == sqlite3.SQLITE_BUSY
                if not self._is_refused and not self._fails and self._keeper.looks_sound():
                    log.warning("what was deleted could not be overwritten yet: %s", error)
                    self._fails = True
                return False
            self._fails = False
            return is_done

    async def _overwrite(self) -> bool:
        keeper = self._keeper
        await asyncio.to_thread(keeper.copy_log)  # without the lock, so that writers wait less
        async with self._writing:
            self._is_refused = not await asyncio.to_thread(keeper.empty_log)
            if self._is_refused:
                return False
            if not keeper.is_to_overwrite():
                self._waits_since = None
                return True
            if not self._may_rebuild():
                return False
            self._is_refused = not await asyncio.to_thread(keeper.rebuild)
            return not self._is_refused

    def _may_rebuild(self) -> bool:
        now = _time()
        self._waits_since = self._waits_since or now
        is_quiet = now - self._written_at >= QUIET
        is_late = now - self._waits_since >= LONGEST_WAIT
        return is_quiet or is_late or self._keeper.megabytes() <= SMALL

    async def _is_due(self) -> bool:
        """Return whether to call `overwrite`: every ten seconds if rows may be left in the files.

        After another connection was in the way, it is due at once.
        """
        if self._trouble is not None or not self._keeper.is_sound:
            return False
        if self._is_refused:
            return True
        if self._waits_since is not None and self._may_rebuild():
            return True
        if _time() - self._tried_at < OVERWRITE_EVERY:
            return False
        async with self._asking:
            with suppress(sqlite3.Error):
                return not self._keeper.is_log_empty or self._keeper.is_to_overwrite()
        return True

    async def _look(self) -> None:
        """Check the files, and log a fault when it begins and when it ends."""
        async with self._asking, self._writing:
            trouble = self._keeper.look()
        if trouble == self._trouble:
            return
        self._trouble, before = trouble, self._trouble
        if trouble is None:
            log.warning("the database is there again")
            return
        log.error(
            "the database %s, so nothing is stored any more: stop the coach and go back to a copy, "
            "python -m bot restore FILE",
            trouble,
        )
        if before is None and self._keeper.is_gone:
            await self._rescue()

    async def _rescue(self) -> None:
        try:
            async with self._asking:
                copy = await asyncio.to_thread(self._keeper.rescue, datetime.now(UTC))
        except (OSError, sqlite3.Error) as error:
            log.error("what the coach still has of the database can't be written: %s", error)
        else:
            log.error("what the coach still had of the database is in %s", copy)


def _time() -> float:
    return asyncio.get_running_loop().time()
