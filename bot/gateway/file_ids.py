"""Clips are uploaded once, and sent again by the file_id that Telegram has given them."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

from telegram import InputFile, Message
from telegram.error import BadRequest

from bot.content import Clip
from bot.content.reading import LARGEST_CLIP
from bot.db import uploads
from bot.db.engine import Database
from bot.runtime.files import read_file

INVALID = ("file identifier", "file_id", "file reference")


class FileIds:
    """The file_ids of one bot, stored in the database.

    One that Telegram refuses is forgotten, and the clip is uploaded again; others who want it wait
    for that upload.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, str] = {}
        self._uploading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(
        self, bot: int, clip: Clip, send: Callable[[str | InputFile], Awaitable[Message]]
    ) -> Message:
        """Call `send` with the clip's file_id, or with the file; raise what it raises."""
        while True:
            file_id = await self.file_id(bot, clip)
            if file_id is not None:
                try:
                    return await send(file_id)
                except BadRequest as error:
                    if not any(words in error.message.lower() for words in INVALID):
                        raise
                    await self._forget(bot, clip, file_id)
            async with self._uploading[clip.digest]:
                if await self.file_id(bot, clip) is None:
                    return await self._upload(bot, clip, send)

    async def file_id(self, bot: int, clip: Clip) -> str | None:
        """The clip's file_id; None if it was never uploaded."""
        if clip.digest not in self._known:
            async with self._db.read() as connection:
                found = await uploads.get(connection, bot, clip.digest)
            if found is None:
                return None
            self._known[clip.digest] = found
        return self._known[clip.digest]

    async def _upload(
        self, bot: int, clip: Clip, send: Callable[[str | InputFile], Awaitable[Message]]
    ) -> Message:
        content = await asyncio.to_thread(read_file, clip.file, LARGEST_CLIP)
        name = clip.file.parent.name + clip.file.name.removeprefix("clip")
        message = await send(InputFile(content, filename=name))
        if message.animation is not None:
            self._known[clip.digest] = message.animation.file_id
            async with self._db.write() as connection:
                await uploads.save(connection, bot, clip.digest, message.animation.file_id)
        return message

    async def _forget(self, bot: int, clip: Clip, file_id: str) -> None:
        if self._known.get(clip.digest) == file_id:
            del self._known[clip.digest]
        async with self._db.write() as connection:
            await uploads.forget(connection, bot, clip.digest, file_id)
