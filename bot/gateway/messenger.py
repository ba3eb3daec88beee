"""Sends and edits messages, and answers taps; no other file does.

Every call may fail, be late, or have worked although its answer was lost. A new message is sent
again only if it is known not to have arrived. An edit, or the answer to a tap, does no harm twice
and is tried again in any case.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from urllib.parse import quote

from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResult,
    InlineQueryResultArticle,
    InlineQueryResultCachedMpeg4Gif,
    InlineQueryResultsButton,
    InputFile,
    InputTextMessageContent,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.ext import ExtBot

from bot.callbacks import pack
from bot.content import Clip
from bot.gateway.client import NotSentError, TurnedDownError
from bot.gateway.file_ids import FileIds
from bot.gateway.message_cache import GONE, Fingerprint, MessageCache
from bot.gateway.priority_quota import Priority
from bot.gateway.rate_limiter import seconds_of
from bot.views.screen import Audio, Button, Card, Link, Rows, Screen, Share, fits_caption

log = logging.getLogger(__name__)

T = TypeVar("T")
SHORT = (0.5, 1.5)  # seconds between the tries
LONG = (*SHORT, 4.0, 10.0, 20.0, 30.0, 40.0)  # within two minutes
TOAST = 200
UPLOAD_SECONDS = 120.0  # until the answer to a call with a track

NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
# The group does not allow the coach to write, or not this kind of message.
SHUT_OUT = (
    *("not enough rights", "have no rights", "need administrator rights", "chat_admin_required"),
    *("chat_write_forbidden", "chat_restricted", "chat_send_", "chat_guest_send_forbidden"),
    *("topic_closed", "topic_deleted", "message thread not found", "group chat was deactivated"),
)
OTHER_KIND = ("there is no text in the message", "there is no caption in the message")
INLINE_SECONDS = 300
SAME = "message is not modified"
NOT_FOUND = ("message to edit not found", "message to delete not found")
HARMLESS = (
    *(SAME, *NOT_FOUND, *NOBODY, *SHUT_OUT),
    *("message can't be edited", "message can't be deleted", "query is too old"),
)


class Delivery(Enum):
    """The outcome of sending a message; it may have arrived if it is SENT or UNKNOWN."""

    SENT = "sent"
    GONE = "gone"  # the chat can't be written to
    REFUSED = "refused"  # for good
    TURNED_DOWN = "turned down"  # for now
    TOLD_TO_WAIT = "told to wait"
    NOT_SENT = "not sent"  # no connection was made
    UNKNOWN = "unknown"


# What Telegram is known not to have delivered to a chat that can be written to.
NOT_TAKEN = frozenset(
    {Delivery.REFUSED, Delivery.TURNED_DOWN, Delivery.TOLD_TO_WAIT, Delivery.NOT_SENT}
)
AGAIN = frozenset({Delivery.TURNED_DOWN, Delivery.NOT_SENT})
HARMLESS_TWICE = AGAIN | {Delivery.UNKNOWN}
# The text of a clip is not sent alone: the clip may have arrived, or the text would fail as well.
FINAL = frozenset({Delivery.GONE, Delivery.TOLD_TO_WAIT, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Sent:
    """`message_id` is None unless the delivery is SENT; `wait` is the number of seconds that
    Telegram asked to wait before the next try."""

    delivery: Delivery
    message_id: int | None = None
    wait: float = 0.0


class Messenger:
    """Sends screens to chats."""

    def __init__(self, bot: "ExtBot[Priority]", file_ids: FileIds, messages: MessageCache) -> None:
        self._bot = bot
        self._file_ids = file_ids
        self._messages = messages

    async def show(self, chat: int, screen: Screen, topic: int | None = None) -> int | None:
        """Send a screen, in a forum to the topic; return the message's id, or None if it is not
        known to have arrived."""
        return (await self._show(chat, screen, Priority.TAP, LONG, topic)).message_id

    async def cue(self, chat: int, screen: Screen) -> Sent:
        """Send a cue, before everything else."""
        return await self._show(chat, screen, Priority.CUE, SHORT)

    async def _show(
        self,
        chat: int,
        screen: Screen,
        priority: Priority,
        pauses: Sequence[float],
        topic: int | None = None,
    ) -> Sent:
        """Send a screen; only its text if the clip or the picture can't be sent."""
        try:
            if screen.clip is not None and fits_caption(screen.text):
                return await self._send_clip(chat, screen, screen.clip, priority, topic)
            if screen.picture is not None:
                return await self._send_picture(chat, screen, screen.picture)
        except (TelegramError, OSError) as error:
            is_over = isinstance(error, TelegramError) and delivery_of(error) in FINAL
            if is_over or not _is_shut_out(error):  # which the text says
                _log_error("clip or picture", error)
            if isinstance(error, TelegramError) and is_over:
                return _unsent(error)
        try:
            return await _retry(lambda: self._send(chat, screen, priority, topic), AGAIN, pauses)
        except TelegramError as error:
            _log_error("send", error)
            return _unsent(error)

    async def hand(
        self, chat: int, name: str, content: bytes, screen: Screen, mime_type: str = ""
    ) -> bool:
        """Send a file with the screen's text; return False if it may not have arrived.

        Without a `mime_type` it is guessed from the name.
        """
        file = InputFile(content, filename=name)
        file.mimetype = mime_type or file.mimetype
        return await self._quietly(
            "file",
            lambda: self._bot.send_document(
                chat,
                file,
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
                rate_limit_args=Priority.TAP,
            ),
            again=AGAIN,
        )

    async def play(self, chat: int, audio: Audio, screen: Screen) -> Sent:
        """Send a track with the screen's text and buttons.

        What Telegram turns down is tried again; what may have arrived is not.
        """

        def send(media: str | InputFile) -> Awaitable[Message]:
            is_new = isinstance(media, InputFile)
            cover = InputFile(audio.cover, "cover.jpg", attach=True) if audio.cover else None
            return self._bot.send_audio(
                chat,
                media,
                duration=audio.seconds if is_new else None,
                title=audio.title if is_new else None,
                performer=audio.performer if is_new else None,
                thumbnail=cover if is_new else None,
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
                read_timeout=UPLOAD_SECONDS,
                rate_limit_args=Priority.TAP,
            )

        try:
            message = await _retry(lambda: self._file_ids.send(self._bot.id, audio, send), AGAIN)
        except TelegramError as error:
            _log_error("track", error)
            return _unsent(error)
        return self._sent(message, screen, has_media=True)

    async def remind(self, chat: int, screen: Screen) -> Sent:
        """Send a reminder, once, by a permit that was taken before."""
        try:
            return await self._send(chat, screen, Priority.CROWD)
        except TelegramError as error:
            _log_error("reminder", error)
            return _unsent(error)

    async def replace(self, chat: int, message: int, screen: Screen) -> bool:
        """Edit a message; return False if that is not possible."""

        def edit(now: Fingerprint) -> Awaitable[None]:
            caption = bool(screen.clip) if now.has_media is None else now.has_media
            return self._edit(chat, message, screen, caption=caption)

        return await self._change(
            chat, message, lambda now: Fingerprint.of(screen, now.has_media), edit
        )

    async def _change(
        self,
        chat: int,
        message: int,
        after: Callable[[Fingerprint], Fingerprint],
        call: Callable[[Fingerprint], Awaitable[object]],
    ) -> bool:
        """Edit or delete by `call`, unless Telegram is known to refuse it.

        `call` is given what the message shows. Return whether it then shows what `after` makes of
        that.
        """
        if not message:
            return False
        async with self._messages.changing(chat, message) as now:
            fingerprint = after(now)
            if now is GONE or now == fingerprint:
                return now == fingerprint
            self._messages.forget(chat, message)
            try:
                await _retry(lambda: call(now))
            except TelegramError as error:
                if not _is_shut_out(error):  # which a new message says
                    _log_error("delete" if fingerprint is GONE else "edit", error)
                if any(words in error.message.lower() for words in NOT_FOUND):
                    self._messages.put(chat, message, GONE)
                    return fingerprint is GONE
                if SAME not in error.message.lower():
                    return False
            self._messages.put(chat, message, fingerprint)
            return True

    async def _edit(self, chat: int, message: int, screen: Screen, *, caption: bool) -> None:
        """Edit the caption, or the text if the clip could not be sent."""
        markup = self._inline(screen.buttons)
        try:
            if caption:
                await self._bot.edit_message_caption(
                    chat, message, caption=screen.text, reply_markup=markup
                )
            else:
                await self._bot.edit_message_text(
                    screen.text, chat_id=chat, message_id=message, reply_markup=markup
                )
        except BadRequest as error:
            if not any(words in error.message.lower() for words in OTHER_KIND):
                raise
            await self._edit(chat, message, screen, caption=not caption)

    async def strip(self, chat: int, message: int, *, by_permit: bool = False) -> None:
        """Remove a message's buttons; `by_permit`: by a permit that was taken before."""
        await self._change(
            *(chat, message, Fingerprint.without_buttons),
            lambda _: self._bot.edit_message_reply_markup(
                chat_id=chat,
                message_id=message,
                reply_markup=None,
                rate_limit_args=Priority.CROWD if by_permit else Priority.TAP,
            ),
        )

    async def remove(self, chat: int, message: int) -> bool:
        """Delete a message, or remove its buttons if Telegram does not allow that.

        Return whether it is deleted.
        """
        deleted = await self._change(
            *(chat, message, lambda _: GONE),
            lambda _: self._bot.delete_message(chat_id=chat, message_id=message),
        )
        if not deleted:
            await self.strip(chat, message)
        return deleted

    async def answer(
        self, query: CallbackQuery | None, text: str = "", *, alert: bool = False
    ) -> None:
        """Answer a tap, which ends the button's spinner; do nothing if `query` is None."""
        if query is None:
            return
        await self._quietly(
            "answer",
            lambda: self._bot.answer_callback_query(
                query.id, text=text[:TOAST] or None, show_alert=alert
            ),
        )

    async def offer(self, query_id: str, cards: list[Card], hint: str | None = None) -> None:
        """Answer an inline query; a card whose clip was never uploaded has only its text.

        The hint stands above the results; a tap on it opens the private chat.
        """
        results = [await self._result(card) for card in cards]
        complete = all(
            card.screen.clip is None or isinstance(result, InlineQueryResultCachedMpeg4Gif)
            for card, result in zip(cards, results, strict=True)
        )
        await self._quietly(
            "inline answer",
            lambda: self._bot.answer_inline_query(
                query_id,
                results,
                cache_time=INLINE_SECONDS if complete else 0,
                button=InlineQueryResultsButton(hint, start_parameter="hello") if hint else None,
            ),
        )

    async def _result(self, card: Card) -> InlineQueryResult:
        screen = card.screen
        file_id = await self._file_ids.file_id(self._bot.id, screen.clip) if screen.clip else None
        if file_id is not None:
            return InlineQueryResultCachedMpeg4Gif(
                card.id,
                file_id,
                title=card.title,
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
            )
        return InlineQueryResultArticle(
            card.id,
            card.title,
            InputTextMessageContent(screen.text),
            description=card.description,
            reply_markup=self._inline(screen.buttons),
        )

    async def _send(
        self, chat: int, screen: Screen, priority: Priority, topic: int | None = None
    ) -> Sent:
        def send(chat: int) -> Awaitable[Message]:
            return self._bot.send_message(
                chat,
                screen.text,
                message_thread_id=topic,
                reply_markup=self._markup(screen),
                rate_limit_args=priority,
            )

        return self._sent(await _send_following(chat, send), screen, has_media=False)

    async def _send_clip(
        self, chat: int, screen: Screen, clip: Clip, priority: Priority, topic: int | None
    ) -> Sent:
        def send(media: str | InputFile) -> Awaitable[Message]:
            def send_to(chat: int) -> Awaitable[Message]:
                return self._bot.send_animation(
                    chat,
                    media,
                    caption=screen.text,
                    message_thread_id=topic,
                    reply_markup=self._inline(screen.buttons),
                    rate_limit_args=priority,
                )

            return _send_following(chat, send_to)

        message = await self._file_ids.send(self._bot.id, clip, send)
        return self._sent(message, screen, has_media=True)

    async def _send_picture(self, chat: int, screen: Screen, picture: bytes) -> Sent:
        message = await self._bot.send_photo(
            chat,
            InputFile(picture, filename="picture.png"),
            caption=screen.text,
            reply_markup=self._inline(screen.buttons),
            rate_limit_args=Priority.TAP,
        )
        return self._sent(message, screen, has_media=True)

    def _sent(self, message: Message, screen: Screen, *, has_media: bool) -> Sent:
        fingerprint = Fingerprint.of(screen, has_media)
        self._messages.put(message.chat_id, message.message_id, fingerprint)
        return Sent(Delivery.SENT, message.message_id)

    def _markup(
        self, screen: Screen
    ) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
        if screen.ask_location:
            button = KeyboardButton(screen.ask_location, request_location=True)
            return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
        if screen.drop_keyboard:
            return ReplyKeyboardRemove()
        return self._inline(screen.buttons)

    def _inline(self, rows: Rows) -> InlineKeyboardMarkup | None:
        if not rows:
            return None
        return InlineKeyboardMarkup([[self._button(button) for button in row] for row in rows])

    def _button(self, button: Button) -> InlineKeyboardButton:
        match button.does:
            case str(url):
                return InlineKeyboardButton(button.label, url=url)
            case Link(payload):
                return InlineKeyboardButton(button.label, url=self.link(payload))
            case Share(words, payload):
                if words and self._bot.supports_inline_queries:
                    return InlineKeyboardButton(button.label, switch_inline_query=words)
                url = f"https://t.me/share/url?url={quote(self.link(payload), safe='')}"
                return InlineKeyboardButton(button.label, url=url)
            case tap:
                data = pack(tap)
                return InlineKeyboardButton(button.label, callback_data=data, style=button.style)

    def link(self, payload: str) -> str:
        """Return the address that opens the private chat with this /start payload."""
        return f"https://t.me/{self._bot.username}?start={payload}"

    async def _quietly(
        self,
        what: str,
        call: Callable[[], Awaitable[object]],
        again: Collection[Delivery] = HARMLESS_TWICE,
    ) -> bool:
        try:
            await _retry(call, again)
        except TelegramError as error:
            _log_error(what, error)
            return False
        return True


async def _retry(
    call: Callable[[], Awaitable[T]],
    again: Collection[Delivery] = HARMLESS_TWICE,
    pauses: Sequence[float] = SHORT,
) -> T:
    """Call, again after each pause while the outcome is one of `again`; raise the last error.

    A call that timed out is not repeated: its user has waited long enough.
    """
    for pause in pauses:
        try:
            return await call()
        except TelegramError as error:
            if isinstance(error, TimedOut | InvalidToken) or delivery_of(error) not in again:
                raise
            _log_error("call, trying again", error)
            await asyncio.sleep(pause)
    return await call()


def delivery_of(error: TelegramError) -> Delivery:
    """The outcome that an error stands for; UNKNOWN if it is not certain."""
    match error:
        case Forbidden():
            return Delivery.GONE
        case BadRequest():
            gone = any(words in error.message.lower() for words in NOBODY)
            return Delivery.GONE if gone else Delivery.REFUSED
        case ChatMigrated():
            return Delivery.REFUSED
        case RetryAfter():
            return Delivery.TOLD_TO_WAIT
        case TurnedDownError() | InvalidToken() | Conflict():
            return Delivery.TURNED_DOWN
        case NotSentError():
            return Delivery.NOT_SENT
        case _:
            return Delivery.UNKNOWN


def _is_shut_out(error: BaseException) -> bool:
    """Whether the chat does not accept the message from the coach, or has another id."""
    if isinstance(error, Forbidden | ChatMigrated):
        return True
    return isinstance(error, BadRequest) and any(
        words in error.message.lower() for words in SHUT_OUT
    )


async def _send_following(chat: int, send: Callable[[int], Awaitable[T]]) -> T:
    """Send to a chat, or to the supergroup that it has become."""
    try:
        return await send(chat)
    except ChatMigrated as moved:
        return await send(moved.new_chat_id)


def _unsent(error: TelegramError) -> Sent:
    wait = seconds_of(error) if isinstance(error, RetryAfter) else 0.0
    return Sent(delivery_of(error), wait=wait)


def _log_error(what: str, error: TelegramError | OSError) -> None:
    """Log the kind of error, and Telegram's words only if they can't hold a runner's."""
    if isinstance(error, Forbidden):
        log.info("%s refused: the chat is closed to the coach", what)
    elif isinstance(error, BadRequest):
        known = next((words for words in HARMLESS if words in error.message.lower()), None)
        log.log(logging.INFO if known else logging.ERROR, "%s refused: %s", what, known or "new")
        if known is None:
            log.debug("refused %s", type(error).__name__, stack_info=True)
    else:
        log.warning("%s failed: %s", what, type(error.__cause__ or error).__name__)
