"""Reloading of content files when an author changes them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.authoring.check import read_checked
from bot.coach import Content
from bot.tracks import read_voice

log = logging.getLogger(__name__)

LOOK_EVERY = 0.3
FILES = (
    "exercises/*/*.toml",
    "exercises/*/*.mp4",
    "routines/*.toml",
    "locales/*.ftl",
    "locales/*/*.toml",
    "*.toml",
)
FEW = 3

Seen = dict[Path, tuple[int, int]]


@dataclass
class Watch:
    """The state of the content folders when they were last read.

    An instance is made before the folders are read, so that no change is missed. Times and sizes
    are compared at intervals, which works in mounted folders, too, and needs no library. `tell`
    is called with messages for the author.
    """

    folders: list[Path]
    tell: Callable[[str], None]
    _read: Seen = field(init=False)

    def __post_init__(self) -> None:
        self._read = look(self.folders)

    async def run(self, content: Content, sentences_changed: Callable[[], Awaitable[None]]) -> None:
        """Update `content` when files change, until cancelled.

        Files are read in a thread, once two looks in a row have found them alike. After sentences
        have changed, `sentences_changed` is called. A failure is reported, and the next look
        follows.
        """
        before = self._read
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = await asyncio.to_thread(look, self.folders)
            if now == before and now != self._read:
                changed = _changed(self._read, now)
                self._read = now
                try:
                    if await self._show(content, changed) and _has_sentences(changed):
                        await sentences_changed()
                except Exception as error:
                    log.exception("changed content can't be shown")
                    self.tell(f"This can't be shown: {_named(changed)} ({error})")
            before = now

    async def _show(self, content: Content, changed: list[Path]) -> bool:
        """Read all content; return False, and keep the old content, if there are faults."""
        language = content.texts.language
        catalogue, texts, faults = await asyncio.to_thread(read_checked, self.folders, language)
        if faults or texts is None:
            self.tell("\n".join(str(fault) for fault in faults))
            self.tell("The content from before stays until this is put right.")
            return False
        content.voice = await asyncio.to_thread(read_voice, self.folders, language)
        content.catalogue, content.texts = catalogue, texts
        self.tell(f"Shown from now on: {_named(changed)}")
        return True


def look(folders: list[Path]) -> Seen:
    """Return the modification time (ns) and size of every content file."""
    seen: Seen = {}
    for folder in folders:
        for files in FILES:
            with suppress(OSError):  # an unreadable folder; read_checked reports it
                for file in folder.glob(files):
                    seen[file] = _stamp(file)
    return seen


def _stamp(file: Path) -> tuple[int, int]:
    """Return time and size; of the link itself if it is broken, zeros if the file is gone."""
    for get_status in (file.stat, file.lstat):
        with suppress(OSError):
            status = get_status()
            return status.st_mtime_ns, status.st_size
    return 0, 0


def _named(files: list[Path]) -> str:
    """Return the names of the first FEW files and the number of the others."""
    more = f" and {len(files) - FEW} more" if len(files) > FEW else ""
    return f"{', '.join(map(str, files[:FEW]))}{more}".encode(errors="backslashreplace").decode()


def _changed(before: Seen, now: Seen) -> list[Path]:
    return sorted({file for file, _ in before.items() ^ now.items()})


def _has_sentences(changed: list[Path]) -> bool:
    return any(file.suffix == ".ftl" for file in changed)
