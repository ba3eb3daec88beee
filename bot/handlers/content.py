"""A filter for messages that a person wrote, as opposed to service messages of Telegram."""

from telegram import Message
from telegram.ext import filters

# The fields of a message that hold content, as Bot API 10.1 lists them. Telegram adds kinds of
# service messages with almost every version; what they have in common is that they lack these.
FIELDS = (
    *("text", "rich_message", "photo", "live_photo", "video", "video_note", "animation"),
    *("voice", "audio", "document", "paid_media", "sticker", "story", "contact", "location"),
    *("venue", "poll", "checklist", "dice", "game", "invoice", "giveaway", "giveaway_winners"),
)


class _Content(filters.MessageFilter):
    def filter(self, message: Message) -> bool:
        """Return whether the message has content; `api_kwargs` has fields new to the library."""
        return any(getattr(message, name, None) or name in message.api_kwargs for name in FIELDS)


CONTENT = _Content(name="content")
