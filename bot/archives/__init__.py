"""Exports that runners send, read in a process of its own that ends with the file.

Unpacking and parsing a stranger's file may take any time and memory; in the coach's own process it
would stop the coach for everyone.
"""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from bot.archives.reading import LONGEST_ROW, MOST_BYTES, PAGE
from bot.domain.bring_back import Refusal
from bot.domain.frozen import frozen
from bot.runtime.child_process import end, environment

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 30.0
FIRST_YEAR, LAST_YEAR = 2000, 2200
LONGEST_LINE = LONGEST_ROW + PAGE

Rows = list[dict[str, Any]]


@frozen
class Archive:
    """An export that was read: when it was made, and its pages as JSON, which take little space."""

    made_at: datetime
    pages: tuple[bytes, ...]


class Archives:
    """The reading process, if one is needed; exports are read one at a time."""

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._reading = asyncio.Lock()

    async def read(self, content: bytes) -> Archive | Refusal:
        """Return the export with this content, or why it is none."""
        try:
            async with asyncio.timeout(self._patience):
                await self._reading.acquire()
        except TimeoutError:
            return Refusal.UNREAD
        try:
            async with asyncio.timeout(self._patience):
                return await _read(content)
        except (TimeoutError, EOFError):
            return Refusal.LARGE
        except (OSError, ValueError) as error:
            log.warning("an export could not be read: %s", type(error).__name__)
            return Refusal.UNREAD
        finally:
            self._reading.release()


def page_of(line: bytes) -> tuple[str, Rows]:
    """Return the name of a table, and the rows of a page."""
    name, rows = json.loads(line)
    return name, rows


async def _read(content: bytes) -> Archive | Refusal:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.archives.worker"),
        stdin=PIPE,
        stdout=PIPE,
        env=environment(),
        limit=LONGEST_LINE,
    )
    try:
        _, answer = await asyncio.gather(_hand_over(process, content), _lines(process))
    finally:
        await end(process)
    return _archive(answer)


async def _hand_over(process: Process, content: bytes) -> None:
    assert process.stdin is not None
    with suppress(ConnectionError):  # the process ended before it had read all
        process.stdin.write(content)
        await process.stdin.drain()
    process.stdin.close()


async def _lines(process: Process) -> list[bytes]:
    assert process.stdout is not None
    found: list[bytes] = []
    size = 0
    async for line in process.stdout:
        found.append(line)
        size += len(line)
        if size > MOST_BYTES:
            raise ValueError("more than was sent")
    return found


def _archive(answer: list[bytes]) -> Archive | Refusal:
    if not answer:
        raise EOFError
    last = json.loads(answer[-1])
    if isinstance(last, dict):
        return Refusal(last["refused"])
    if last is not None:
        raise EOFError
    try:
        made_at = datetime.fromisoformat(json.loads(answer[0]))
    except ValueError:
        return Refusal.BROKEN
    if made_at.tzinfo is None or not FIRST_YEAR <= made_at.year < LAST_YEAR:
        return Refusal.BROKEN
    return Archive(made_at.astimezone(UTC), tuple(answer[1:-1]))
