"""What somebody says, as distinct from what Telegram tells of: pins, payments, members, topics."""

from telegram import Message
from telegram.ext import filters

# The fields of a message that hold what was said, as Bot API 10.1 lists them. Telegram adds kinds
# of service messages with almost every version, so they are told by what they have not.
FIELDS = (
    *("text", "rich_message", "photo", "live_photo", "video", "video_note", "animation"),
    *("voice", "audio", "document", "paid_media", "sticker", "story", "contact", "location"),
    *("venue", "poll", "checklist", "dice", "game", "invoice", "giveaway", "giveaway_winners"),
)


class _Content(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Fields that the library does not know yet are kept apart."""
        return any(getattr(message, name, None) or name in message.api_kwargs for name in FIELDS)


CONTENT = _Content(name="content")
