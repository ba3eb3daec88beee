"""What an update asks, in the few words that handlers need of it."""

from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Message, Update


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, where, and in which words; `query` if it was a tap.

    `sent_at` is when Telegram was given the message (UTC); a tap has no such date.
    """

    runner: int
    name: str
    chat: int
    words: str = ""
    message_id: int = 0
    query: CallbackQuery | None = None
    sent_at: datetime | None = None


def by_message(update: Update) -> Asked:
    """A command's words are those behind it; any other message's are its text."""
    message, user, chat = update.effective_message, update.effective_user, update.effective_chat
    assert message is not None
    assert user is not None
    assert chat is not None
    return Asked(
        user.id,
        user.first_name,
        chat.id,
        _words(message),
        message.message_id,
        sent_at=message.date,
    )


def by_tap(query: CallbackQuery) -> Asked:
    """The chat is the one of the tapped message; without one, the private chat and message 0."""
    chat = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    return Asked(query.from_user.id, query.from_user.first_name, chat, "", message_id, query)


def _words(message: Message) -> str:
    text = message.text or ""
    if text.startswith("/"):
        _, _, text = " ".join(text.split()).partition(" ")
    return text.strip()
