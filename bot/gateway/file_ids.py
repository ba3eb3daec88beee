"""The file_ids by which Telegram sends a clip or a track again after its first upload."""

import asyncio
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from telegram import InputFile
from telegram.error import BadRequest

from bot.content import Clip
from bot.content.reading import LARGEST_CLIP
from bot.db import uploads
from bot.db.engine import Database
from bot.gateway.client import Json
from bot.runtime.bounded import Newest
from bot.runtime.files import read_file
from bot.views.screen import Audio

KEPT = 5000  # file_ids cached in memory
INVALID = ("file identifier", "file_id", "file reference")


class FileIds:
    """The file_ids of one bot, stored in the database.

    A file_id that Telegram refuses is deleted, and its file is uploaded again; other requests for
    the file wait for that upload.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: Newest[str, str] = Newest(KEPT)
        self._uploading: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(
        self, bot: int, file: Clip | Audio, send: Callable[[str | InputFile], Awaitable[Json]]
    ) -> Json:
        """Call `send` with the file_id, or with the file; raise what it raises."""
        digest = file.digest
        lock = self._uploading.setdefault(digest, asyncio.Lock())
        while True:
            file_id = await self._file_id(bot, digest)
            if file_id is not None:
                try:
                    return await send(file_id)
                except BadRequest as error:
                    if not any(words in error.message.lower() for words in INVALID):
                        raise
                    await self._forget(bot, digest, file_id)
            async with lock:
                if await self._file_id(bot, digest) is None:
                    return await self._upload(bot, file, digest, send)

    async def file_id(self, bot: int, clip: Clip) -> str | None:
        """Return the clip's file_id; None if it was never uploaded."""
        return await self._file_id(bot, clip.digest)

    async def _file_id(self, bot: int, digest: str) -> str | None:
        known = self._known.get(digest)
        if known is None:
            known = await self._db.query(lambda connection: uploads.get(connection, bot, digest))
            if known is not None:
                self._known[digest] = known
        return known

    async def _upload(
        self,
        bot: int,
        file: Clip | Audio,
        digest: str,
        send: Callable[[str | InputFile], Awaitable[Json]],
    ) -> Json:
        message = await send(await _input(file))
        media = message.get("audio" if isinstance(file, Audio) else "animation")
        if media is not None:
            file_id = self._known[digest] = media["file_id"]
            await self._db.transact(
                lambda connection: uploads.save(connection, bot, digest, file_id)
            )
        return message

    async def _forget(self, bot: int, digest: str, file_id: str) -> None:
        if self._known.get(digest) == file_id:
            del self._known[digest]
        await self._db.transact(lambda connection: uploads.forget(connection, bot, digest, file_id))


async def _input(file: Clip | Audio) -> InputFile:
    """Return the file to upload, with a name in ASCII."""
    if isinstance(file, Audio):
        return InputFile(file.data, filename="session.mp3")
    content = await asyncio.to_thread(read_file, file.file, LARGEST_CLIP)
    return InputFile(content, filename=file.file.parent.name + file.file.name.removeprefix("clip"))
