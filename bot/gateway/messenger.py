"""Talks to Telegram: the only file that sends, edits and answers taps.

Every call may fail, be late, or have worked although its answer was lost. A new message is sent
again only where it is known not to have arrived; what changes a message that is there, or answers
a tap, does no harm twice and is tried again in any case.
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
from bot.gateway.file_ids import Clips
from bot.gateway.looks import GONE, Look, Looks
from bot.gateway.priority_quota import Priority
from bot.gateway.rate_limiter import seconds_of
from bot.views.screen import Button, Card, Link, Rows, Screen, Share

log = logging.getLogger(__name__)

T = TypeVar("T")
SHORT = (0.5, 1.5)  # seconds between the tries
LONG = (*SHORT, 4.0, 10.0, 20.0, 30.0, 40.0)  # within two minutes
TOAST = 200

NOBODY = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
# A group that does not let the coach write; what it forbids may be one kind of message only.
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
    """What became of a message. It may have arrived if it was SENT or this is UNKNOWN."""

    SENT = "sent"
    GONE = "gone"  # the chat can't be written to
    REFUSED = "refused"  # for good
    TURNED_DOWN = "turned down"  # for now
    TOLD_TO_WAIT = "told to wait"
    NOT_SENT = "not sent"  # no connection was made
    UNKNOWN = "unknown"


AGAIN = frozenset({Delivery.TURNED_DOWN, Delivery.NOT_SENT})
HARMLESS_TWICE = AGAIN | {Delivery.UNKNOWN}
# A clip is not followed by its words: it may be there, or the words would fare no better.
ENOUGH = frozenset({Delivery.GONE, Delivery.TOLD_TO_WAIT, Delivery.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Sent:
    """`message_id` is there only if the delivery is SENT; `wait` is how many seconds Telegram
    asked to wait before the next try."""

    delivery: Delivery
    message_id: int | None = None
    wait: float = 0.0


class Messenger:
    """Puts screens into chats."""

    def __init__(self, bot: "ExtBot[Priority]", clips: Clips, looks: Looks) -> None:
        self._bot = bot
        self._clips = clips
        self._looks = looks

    async def show(self, chat: int, screen: Screen, topic: int | None = None) -> int | None:
        """Sends a screen that was asked for, in a forum into the topic; None if it is not known to
        have arrived."""
        return (await self._show(chat, screen, Priority.TAP, LONG, topic)).message_id

    async def cue(self, chat: int, screen: Screen) -> Sent:
        """Sends what comes by the clock, ahead of everything else."""
        return await self._show(chat, screen, Priority.CUE, SHORT)

    async def _show(
        self,
        chat: int,
        screen: Screen,
        priority: Priority,
        pauses: Sequence[float],
        topic: int | None = None,
    ) -> Sent:
        """Where the clip or the picture can't be sent the words still come."""
        try:
            if screen.clip is not None:
                return await self._send_clip(chat, screen, screen.clip, priority, topic)
            if screen.picture is not None:
                return await self._send_picture(chat, screen, screen.picture)
        except (TelegramError, OSError) as error:
            is_over = isinstance(error, TelegramError) and delivery_of(error) in ENOUGH
            if is_over or not _is_shut_out(error):  # else the words tell of it
                _note("clip or picture", error)
            if isinstance(error, TelegramError) and is_over:
                return _unsent(error)
        try:
            return await _insist(lambda: self._send(chat, screen, priority, topic), AGAIN, pauses)
        except TelegramError as error:
            _note("send", error)
            return _unsent(error)

    async def hand(self, chat: int, name: str, content: bytes, screen: Screen) -> bool:
        """Sends a file with the screen's words below it; False if it may not have arrived."""
        return await self._quietly(
            "file",
            lambda: self._bot.send_document(
                chat,
                InputFile(content, filename=name),
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
                rate_limit_args=Priority.TAP,
            ),
            again=AGAIN,
        )

    async def remind(self, chat: int, screen: Screen) -> Sent:
        """Sends a reminder, once; the turn for it was taken before."""
        try:
            return await self._send(chat, screen, Priority.CROWD)
        except TelegramError as error:
            _note("reminder", error)
            return _unsent(error)

    async def replace(self, chat: int, message: int, screen: Screen) -> bool:
        """Edits a message in place; False if it can't be."""
        look = Look.of(screen)
        return await self._change(
            *(chat, message, lambda _: look),
            lambda: self._edit(chat, message, screen, caption=bool(screen.clip)),
        )

    async def _change(
        self,
        chat: int,
        message: int,
        after: Callable[[Look], Look],
        call: Callable[[], Awaitable[object]],
    ) -> bool:
        """Edits or deletes by `call`, unless Telegram is known to refuse it; whether the message
        then looks as `after` makes it of what it was."""
        if not message:
            return False
        async with self._looks.changing(chat, message) as now:
            look = after(now)
            if now is GONE or now == look:
                return now == look
            self._looks.forget(chat, message)
            try:
                await _insist(call)
            except TelegramError as error:
                if not _is_shut_out(error):  # else a new message tells of it
                    _note("delete" if look is GONE else "edit", error)
                if any(words in error.message.lower() for words in NOT_FOUND):
                    self._looks.put(chat, message, GONE)
                    return look is GONE
                if SAME not in error.message.lower():
                    return False
            self._looks.put(chat, message, look)
            return True

    async def _edit(self, chat: int, message: int, screen: Screen, *, caption: bool) -> None:
        """A clip's words are its caption; where the clip could not be sent they are the text."""
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

    async def strip(self, chat: int, message: int) -> None:
        """Takes a message's buttons away."""
        await self._change(
            *(chat, message, Look.without_buttons),
            lambda: self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=message, reply_markup=None
            ),
        )

    async def remove(self, chat: int, message: int) -> None:
        """Deletes a message; where Telegram does not let us, takes its buttons away."""
        deleted = await self._change(
            *(chat, message, lambda _: GONE),
            lambda: self._bot.delete_message(chat_id=chat, message_id=message),
        )
        if not deleted:
            await self.strip(chat, message)

    async def answer(
        self, query: CallbackQuery | None, text: str = "", *, alert: bool = False
    ) -> None:
        """Ends the spinner on a tapped button, with a word if there is one; None: it was typed."""
        if query is None:
            return
        await self._quietly(
            "answer",
            lambda: self._bot.answer_callback_query(
                query.id, text=text[:TOAST] or None, show_alert=alert
            ),
        )

    async def offer(self, query_id: str, cards: list[Card], hint: str | None = None) -> None:
        """Answers an inline search. A clip that was never sent yet is left to its words.

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
        file_id = await self._clips.file_id(self._bot.id, screen.clip) if screen.clip else None
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

        return self._sent(await _to_where_it_is(chat, send), screen)

    async def _send_clip(
        self, chat: int, screen: Screen, clip: Clip, priority: Priority, topic: int | None
    ) -> Sent:
        def send(media: str | InputFile) -> Awaitable[Message]:
            def send_it(chat: int) -> Awaitable[Message]:
                return self._bot.send_animation(
                    chat,
                    media,
                    caption=screen.text,
                    message_thread_id=topic,
                    reply_markup=self._inline(screen.buttons),
                    rate_limit_args=priority,
                )

            return _to_where_it_is(chat, send_it)

        return self._sent(await self._clips.send(self._bot.id, clip, send), screen)

    async def _send_picture(self, chat: int, screen: Screen, picture: bytes) -> Sent:
        message = await self._bot.send_photo(
            chat,
            InputFile(picture, filename="picture.png"),
            caption=screen.text,
            reply_markup=self._inline(screen.buttons),
            rate_limit_args=Priority.TAP,
        )
        return self._sent(message, screen)

    def _sent(self, message: Message, screen: Screen) -> Sent:
        self._looks.put(message.chat_id, message.message_id, Look.of(screen))
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
                return InlineKeyboardButton(button.label, url=self._link(payload))
            case Share(words, payload):
                if self._bot.supports_inline_queries:
                    return InlineKeyboardButton(button.label, switch_inline_query=words)
                url = f"https://t.me/share/url?url={quote(self._link(payload), safe='')}"
                return InlineKeyboardButton(button.label, url=url)
            case tap:
                return InlineKeyboardButton(button.label, callback_data=pack(tap))

    def _link(self, payload: str) -> str:
        return f"https://t.me/{self._bot.username}?start={payload}"

    async def _quietly(
        self,
        what: str,
        call: Callable[[], Awaitable[object]],
        again: Collection[Delivery] = HARMLESS_TWICE,
    ) -> bool:
        try:
            await _insist(call, again)
        except TelegramError as error:
            _note(what, error)
            return False
        return True


async def _insist(
    call: Callable[[], Awaitable[T]],
    again: Collection[Delivery] = HARMLESS_TWICE,
    pauses: Sequence[float] = SHORT,
) -> T:
    """Tries again after these pauses where the outcome is one of `again`; the last is raised.

    A call that took its whole time is not tried again: whoever waits has waited long enough.
    """
    for pause in pauses:
        try:
            return await call()
        except TelegramError as error:
            if isinstance(error, TimedOut | InvalidToken) or delivery_of(error) not in again:
                raise
            _note("call, trying again", error)
            await asyncio.sleep(pause)
    return await call()


def delivery_of(error: TelegramError) -> Delivery:
    """What a failed send says about the message; all that is not certain is UNKNOWN."""
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
    """Whether the chat does not let the coach write, or not such a message, or is elsewhere."""
    if isinstance(error, Forbidden | ChatMigrated):
        return True
    return isinstance(error, BadRequest) and any(
        words in error.message.lower() for words in SHUT_OUT
    )


async def _to_where_it_is(chat: int, send: Callable[[int], Awaitable[T]]) -> T:
    """A group that has become a supergroup has another number; it is sent there once more."""
    try:
        return await send(chat)
    except ChatMigrated as moved:
        return await send(moved.new_chat_id)


def _unsent(error: TelegramError) -> Sent:
    wait = seconds_of(error) if isinstance(error, RetryAfter) else 0.0
    return Sent(delivery_of(error), wait=wait)


def _note(what: str, error: TelegramError | OSError) -> None:
    """Into the log by kind; Telegram's words only where they can't hold a runner's."""
    if isinstance(error, Forbidden):
        log.info("%s refused: the chat is closed to the coach", what)
    elif isinstance(error, BadRequest):
        known = next((words for words in HARMLESS if words in error.message.lower()), None)
        log.log(logging.INFO if known else logging.ERROR, "%s refused: %s", what, known or "new")
        if known is None:
            log.debug("refused %s", type(error).__name__, stack_info=True)
    else:
        log.warning("%s failed: %s", what, type(error.__cause__ or error).__name__)
