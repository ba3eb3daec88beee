"""Reading of strangers' calendar files, each in a process of its own that ends with the file.

The libraries that repeat events can be made to run for ever or to take all memory by a file of 300
bytes; a process can be killed.
"""

import asyncio
import json
import logging
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from datetime import date, time
from typing import Any

from bot.domain.run_plan import EntryKind, PlanEntry, PlanFile, Unread
from bot.domain.run_titles import TitleWords
from bot.runtime.child_process import environment

log = logging.getLogger(__name__)

MEGABYTES = 1  # the largest file
MEMORY = 512 * 1024**2  # bytes of the reading process
PATIENCE_SECONDS = 4.5
AT_ONCE = 2


class Calendars:
    """Reads calendar files, two at a time."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._places = asyncio.Semaphore(AT_ONCE)

    async def read(
        self, content: bytes, words: TitleWords, zone: str | None, today: date
    ) -> PlanFile | Unread:
        """Return the plan in a file, or why it was not read."""
        request = pickle.dumps((content, words, zone, today))
        async with self._places:
            reader = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot.calendars.worker"),
                stdin=PIPE,
                stdout=PIPE,
                stderr=DEVNULL,  # which may quote the file
                env=environment(),
            )
            try:
                async with asyncio.timeout(self._patience):
                    answer, _ = await reader.communicate(request)
            except TimeoutError:
                log.info("a calendar file took too long")
                return Unread.TOO_SLOW
            finally:
                await _end(reader)
        return _plan(answer)


def _plan(answer: bytes) -> PlanFile | Unread:
    """Return the plan in the answer of the reading process; without one, it was ended."""
    if not answer:
        log.info("the reading of a calendar file was ended")
        return Unread.TOO_MANY
    read: dict[str, Any] = json.loads(answer)
    if "unread" in read:
        return Unread(read["unread"])
    entries = tuple(
        PlanEntry(
            date.fromisoformat(day), EntryKind(kind), time.fromisoformat(at) if at else None, title
        )
        for day, kind, at, title in read["entries"]
    )
    return PlanFile(entries, read["others"])


async def _end(reader: Process) -> None:
    with suppress(ProcessLookupError):
        reader.kill()
    await reader.wait()
