"""The parts of an update that handlers need, and the reply to it."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from telegram import CallbackQuery, Chat, Message, MessageEntity, Update

from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.frozen import frozen
from bot.domain.spelling import words_of
from bot.gateway.updates import TappedMessage
from bot.views.screen import Screen

# Unicode categories of spaces and formatting characters, and other characters that look empty.
INVISIBLE = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
LONGEST_ANSWER = 120  # characters of a short answer
_SAID_TWICE = re.compile(r"\b([^\W\d_]+)(?: \1\b)+")
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


@frozen
class Request:
    """A message or a tap (`query`) of a runner: who sent it, in which chat, with which words.

    `topic` is the id of a forum topic in a group, `album` the id of the album to which the message
    belongs, and `file_id` the id of its document. `sent_at` is when Telegram received the message
    (UTC); None for a tap.
    """

    runner: int
    name: str
    chat: int
    words: str = ""
    message_id: int = 0
    query: CallbackQuery | None = None
    topic: int | None = None
    album: str | None = None
    sent_at: datetime | None = None
    file_id: str = ""


async def strip_tapped(coach: Coach, request: Request) -> None:
    """Remove the buttons of the tapped message; do nothing for words."""
    if request.query is not None:
        await coach.messenger.strip(request.chat, request.message_id)


def by_message(update: Update) -> Request:
    """Return the request of a message; the words of a command are those after its name."""
    message, user, chat = update.effective_message, update.effective_user, update.effective_chat
    assert message is not None
    assert user is not None
    assert chat is not None
    return Request(
        user.id,
        user.first_name,
        chat.id,
        _words(message),
        message.message_id,
        topic=_topic(message),
        album=message.media_group_id,
        sent_at=message.date,
        file_id=message.document.file_id if message.document else "",
    )


def by_tap(query: CallbackQuery) -> Request:
    """Return the request of a tap.

    Its chat is the chat of the tapped message; without one, the private chat, with message id 0.
    """
    chat = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    topic = _topic(query.message) if isinstance(query.message, TappedMessage) else None
    user = query.from_user
    return Request(user.id, user.first_name, chat, "", message_id, query, topic)


async def reply(coach: Coach, request: Request, screen: Screen) -> None:
    """Show the screen in the topic of the request; an album gets one reply for all its messages."""
    album = None if request.album is None else (request.chat, request.album)
    if album in coach.albums:
        return
    if await coach.messenger.show(request.chat, screen, request.topic) is not None and album:
        coach.albums[album] = None


def as_answer(text: str) -> str:
    """Return the text as it is compared with short answers: in lower case, and shortened."""
    return " ".join(text.lower().split())[:LONGEST_ANSWER].strip(" .!")


def without_courtesy(texts: Texts, text: str) -> str:
    """Return a short answer without words such as “ok” and “please” around it, or emoji.

    Letters that are typed three times or more, and words that are typed twice, are reduced to one.
    """
    spoken = " ".join(word.text for word in words_of(_DRAWN_OUT.sub(r"\1", text)))
    answer = as_answer(_SAID_TWICE.sub(r"\1", spoken))
    opening = None
    while opening != "":
        opening, answer = without_opening(answer, texts.words("word-courtesy-opening"))
    return without_ending(answer, texts.words("word-courtesy-closing"))[0]


def without_opening(text: str, openings: Iterable[str]) -> tuple[str, str]:
    """Return the longest of the openings that begins the text, and the rest; "" if none does."""
    for opening in sorted(openings, key=len, reverse=True):
        if text.startswith(f"{opening} "):
            return opening, text.removeprefix(opening).strip()
    return "", text


def without_ending(text: str, endings: Iterable[str]) -> tuple[str, str]:
    """Remove the endings that the text has; return the rest, and the ending removed first or ""."""
    removed, longest = "", sorted(endings, key=len, reverse=True)
    while ending := next((each for each in longest if text.endswith(f" {each}")), None):
        text, removed = text.removesuffix(ending).strip(), ending
    return text, removed


def is_command(message: Message) -> bool:
    """Return whether the message begins with a command, as Telegram sees it."""
    first = message.entities[0] if message.entities else None
    return first is not None and first.type == MessageEntity.BOT_COMMAND and first.offset == 0


def _words(message: Message) -> str:
    """Return the words of a message or its caption; empty if no character of it is visible."""
    text = message.text or message.caption or ""
    if is_command(message):
        _, text = [*text.split(maxsplit=1), ""][:2]
    return text.strip() if any(_is_visible(character) for character in text) else ""


def _is_visible(character: str) -> bool:
    return unicodedata.category(character) not in INVISIBLE and character not in BLANK


def _topic(message: Message | TappedMessage) -> int | None:
    """Return the id of the message's forum topic, if messages can be sent to it.

    A thread of replies has an id, too, but is no target, and neither is the topic General.
    """
    if not message.is_topic_message or message.chat.type == Chat.PRIVATE:
        return None
    return message.message_thread_id
