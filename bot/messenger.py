"""Talks to Telegram: the only file that sends, edits and answers taps.

Every call may fail, be late, or have worked although its answer was lost. What a runner asked for
is tried again where silence would be worse than a double; a reminder never is.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar
from urllib.parse import quote

import aiohttp
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
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.callbacks import pack
from bot.catalogue import Clip
from bot.clips import Clips
from bot.pace import Pace
from bot.turns import Lane
from bot.views.screen import Button, Card, Link, Rows, Screen, Share

log = logging.getLogger(__name__)

T = TypeVar("T")
PAUSES = (0.5, 1.5)
TOAST = 200

GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
OTHER_KIND = ("there is no text in the message", "there is no caption in the message")
INLINE_SECONDS = 300
SAME = "message is not modified"
HARMLESS = (
    SAME,
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message can't be deleted",
    "query is too old",
)


class Delivery(Enum):
    """What became of a message."""

    SENT = "sent"
    GONE = "gone"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    NOT_SENT = "not sent"
    TOLD_TO_WAIT = "told to wait"


@dataclass(frozen=True, slots=True)
class Sent:
    """`message_id` is there only if the delivery is SENT."""

    delivery: Delivery
    message_id: int | None = None


class Messenger:
    """Puts screens into chats."""

    def __init__(self, bot: "ExtBot[Lane]", pace: Pace, clips: Clips) -> None:
        self._bot = bot
        self._pace = pace
        self._clips = clips

    async def show(self, chat: int, screen: Screen) -> int | None:
        """Sends a screen that the runner asked for; None if it is not known to have arrived."""
        return (await self._show(chat, screen, Lane.TAP)).message_id

    async def cue(self, chat: int, screen: Screen) -> Sent:
        """Sends what comes by the clock, ahead of everything else."""
        return await self._show(chat, screen, Lane.CUE)

    async def _show(self, chat: int, screen: Screen, lane: Lane) -> Sent:
        """Where the clip or the picture can't be sent the words still come."""
        try:
            if screen.clip is not None:
                return Sent(Delivery.SENT, await self._send_clip(chat, screen, screen.clip, lane))
            if screen.picture is not None:
                return Sent(Delivery.SENT, await self._send_picture(chat, screen, screen.picture))
        except (TelegramError, OSError) as error:
            _note("clip or picture", error)
            if isinstance(error, TelegramError) and delivery_of(error) in (
                Delivery.GONE,
                Delivery.TOLD_TO_WAIT,
            ):
                return Sent(delivery_of(error))
        try:
            return Sent(Delivery.SENT, await _insist(lambda: self._send(chat, screen, lane)))
        except TelegramError as error:
            _note("send", error)
            return Sent(delivery_of(error))

    async def hand(self, chat: int, name: str, content: bytes, screen: Screen) -> bool:
        """Sends a file with the screen's words below it; False if it may not have arrived."""
        return await self._quietly(
            "file",
            lambda: self._bot.send_document(
                chat,
                InputFile(content, filename=name),
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
                rate_limit_args=Lane.TAP,
            ),
        )

    async def crowd_turns(self, most: int) -> int:
        """Waits until reminders may be sent; how many of at most so many."""
        return await self._pace.crowd_turns(most)

    async def remind(self, chat: int, screen: Screen) -> Sent:
        """Sends a reminder, once; the turn for it was taken before."""
        try:
            return Sent(Delivery.SENT, await self._send(chat, screen, Lane.CROWD))
        except TelegramError as error:
            _note("reminder", error)
            return Sent(delivery_of(error))

    async def replace(self, chat: int, message: int, screen: Screen) -> bool:
        """Edits a message in place; False if it can't be."""
        if not message:
            return False
        try:
            await _insist(lambda: self._edit(chat, message, screen, caption=bool(screen.clip)))
        except TelegramError as error:
            _note("edit", error)
            return SAME in error.message.lower()
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

    async def strip(self, chat: int, message: int) -> bool:
        """Takes a message's buttons away."""
        if not message:
            return False
        return await self._quietly(
            "edit",
            lambda: self._bot.edit_message_reply_markup(
                chat_id=chat, message_id=message, reply_markup=None
            ),
        )

    async def remove(self, chat: int, message: int) -> None:
        """Deletes a message; where Telegram does not let us, takes its buttons away."""
        deleted = await self._quietly(
            "delete", lambda: self._bot.delete_message(chat_id=chat, message_id=message)
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

    async def _send(self, chat: int, screen: Screen, lane: Lane) -> int:
        message = await self._bot.send_message(
            chat,
            screen.text,
            reply_markup=self._markup(screen),
            rate_limit_args=lane,
        )
        return message.message_id

    async def _send_clip(self, chat: int, screen: Screen, clip: Clip, lane: Lane) -> int:
        def send(media: str | InputFile) -> Awaitable[Message]:
            return self._bot.send_animation(
                chat,
                media,
                caption=screen.text,
                reply_markup=self._inline(screen.buttons),
                rate_limit_args=lane,
            )

        message = await self._clips.send(self._bot.id, clip, send)
        return message.message_id

    async def _send_picture(self, chat: int, screen: Screen, picture: bytes) -> int:
        message = await self._bot.send_photo(
            chat,
            InputFile(picture, filename="picture.png"),
            caption=screen.text,
            reply_markup=self._inline(screen.buttons),
            rate_limit_args=Lane.TAP,
        )
        return message.message_id

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

    async def _quietly(self, what: str, call: Callable[[], Awaitable[object]]) -> bool:
        try:
            await _insist(call)
        except TelegramError as error:
            _note(what, error)
            return False
        return True


async def _insist(call: Callable[[], Awaitable[T]]) -> T:
    """Tries again after a failure that is likely to pass; the last one is raised."""
    for pause in PAUSES:
        try:
            return await call()
        except TelegramError as error:
            delivery = delivery_of(error)
            timed_out = delivery is Delivery.UNKNOWN and isinstance(_root(error), TimeoutError)
            if timed_out or delivery not in (Delivery.NOT_SENT, Delivery.UNKNOWN):
                raise
            _note("call, trying again", error)
            await asyncio.sleep(pause)
    return await call()


def delivery_of(error: TelegramError) -> Delivery:
    """What a failed send says about the message.

    The library has one class for a connection that was lost after the request and for one that was
    never made. So the innermost cause is asked.
    """
    if isinstance(error, Forbidden):
        return Delivery.GONE
    if isinstance(error, BadRequest):
        gone = any(words in error.message.lower() for words in GONE)
        return Delivery.GONE if gone else Delivery.REFUSED
    if isinstance(error, InvalidToken):
        return Delivery.REFUSED
    root = _root(error)
    never_left = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
    if isinstance(error, RetryAfter):
        return Delivery.TOLD_TO_WAIT
    if isinstance(root, never_left):
        return Delivery.NOT_SENT
    return Delivery.UNKNOWN


def _root(error: BaseException) -> BaseException:
    """The aiohttp exception at the bottom of the chain, if there is one."""
    while error.__cause__ is not None:
        error = error.__cause__
        if isinstance(error, aiohttp.ClientError):
            break
    return error


def _note(what: str, error: TelegramError | OSError) -> None:
    """Into the log by kind; Telegram's words only where they can't hold a runner's."""
    if isinstance(error, BadRequest):
        known = next((words for words in HARMLESS + GONE if words in error.message.lower()), None)
        log.log(logging.INFO if known else logging.ERROR, "%s refused: %s", what, known or "new")
        if known is None:
            log.debug("refused %s", type(error).__name__, stack_info=True)
    else:
        log.warning("%s failed: %s", what, type(_root(error)).__name__)
