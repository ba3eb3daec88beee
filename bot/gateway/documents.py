"""Fetches the files that runners send."""

import logging
from enum import Enum

from telegram.error import BadRequest, TelegramError

from bot.gateway.client import AiohttpRequest, ApiBot, TooLargeError

log = logging.getLogger(__name__)

TOO_BIG = "file is too big"  # the Bot API serves files of 20 MB at most


class NotFetched(Enum):
    """Why a file could not be fetched."""

    TOO_LARGE = "too large"
    FAILED = "failed"


class Documents:
    """The files of runners on Telegram's servers."""

    def __init__(self, bot: ApiBot) -> None:
        self._bot = bot

    async def fetch(self, file_id: str, limit: int) -> bytes | NotFetched:
        """Return a file's content, of `limit` bytes at most."""
        request = self._bot.request
        assert isinstance(request, AiohttpRequest)
        try:
            file = await self._bot.get_file(file_id)
            if (file.file_size or 0) > limit:
                return NotFetched.TOO_LARGE
            return await request.fetch(file.file_path or "", limit)
        except TooLargeError:
            return NotFetched.TOO_LARGE
        except TelegramError as error:
            if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
                return NotFetched.TOO_LARGE
            log.warning("a file could not be fetched: %s", type(error).__name__)
            return NotFetched.FAILED
