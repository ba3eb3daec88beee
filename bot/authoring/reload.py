"""Notices that an author changed a content file, and shows what it says from then on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.authoring.check import read_checked
from bot.coach import Content

log = logging.getLogger(__name__)

LOOK_EVERY = 0.3
FILES = ("exercises/*/*.toml", "exercises/*/*.mp4", "routines/*.toml", "locales/*.ftl", "*.toml")
FEW = 3

Seen = dict[Path, tuple[int, int]]


@dataclass
class Watch:
    """The content folders as they were last read. Made before they are, so that nothing is missed.

    It looks at times and sizes: that sees changes in mounted folders, too, and needs no library.
    """

    folders: list[Path]
    tell: Callable[[str], None]
    _read: Seen = field(init=False)

    def __post_init__(self) -> None:
        self._read = look(self.folders)

    async def run(self, content: Content, say_again: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled. Files are read once they have come to rest, in a thread.

        `say_again` is called after sentences changed. A look that fails is told, and the next
        one follows.
        """
        before = self._read
        while True:
            await asyncio.sleep(LOOK_EVERY)
            now = await asyncio.to_thread(look, self.folders)
            if now == before and now != self._read:
                changed = _changed(self._read, now)
                self._read = now
                try:
                    if await self._show(content, changed) and _says(changed):
                        await say_again()
                except Exception as error:
                    log.exception("changed content can't be shown")
                    self.tell(f"This can't be shown: {_named(changed)} ({error})")
            before = now

    async def _show(self, content: Content, changed: list[Path]) -> bool:
        """False where something is wrong: the last good content stays."""
        language = content.texts.language
        catalogue, texts, faults = await asyncio.to_thread(read_checked, self.folders, language)
        if faults or texts is None:
            self.tell("\n".join(str(fault) for fault in faults))
            self.tell("The content from before stays until this is put right.")
            return False
        content.catalogue, content.texts = catalogue, texts
        self.tell(f"Shown from now on: {_named(changed)}")
        return True


def look(folders: list[Path]) -> Seen:
    """Time and size of every content file."""
    seen: Seen = {}
    for folder in folders:
        for files in FILES:
            with suppress(OSError):  # a folder that can't be read, which is told when it changes
                for file in folder.glob(files):
                    seen[file] = _stamp(file)
    return seen


def _stamp(file: Path) -> tuple[int, int]:
    """Time and size; of a link that leads nowhere its own, zeros of a file that just went."""
    for look_at in (file.stat, file.lstat):
        with suppress(OSError):
            status = look_at()
            return status.st_mtime_ns, status.st_size
    return 0, 0


def _named(files: list[Path]) -> str:
    """The first of them."""
    more = f" and {len(files) - FEW} more" if len(files) > FEW else ""
    return f"{', '.join(map(str, files[:FEW]))}{more}".encode(errors="backslashreplace").decode()


def _changed(before: Seen, now: Seen) -> list[Path]:
    return sorted({file for file, _ in before.items() ^ now.items()})


def _says(changed: list[Path]) -> bool:
    return any(file.suffix == ".ftl" for file in changed)
