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

import aiohttp
import httpx
from telegram import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot.callbacks import pack
from bot.pace import Lane, Pace
from bot.views.screen import Rows, Screen

log = logging.getLogger(__name__)

T = TypeVar("T")
PAUSES = (0.5, 1.5)
TOAST = 200

GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
HARMLESS = (
    "message is not modified",
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

    def __init__(self, bot: "ExtBot[Lane]", pace: Pace) -> None:
        self._bot = bot
        self._pace = pace

    async def show(self, chat: int, screen: Screen) -> int | None:
        """Sends a screen that the runner asked for; None if it is not known to have arrived."""
        try:
            return await _insist(lambda: self._send(chat, screen, Lane.TAP))
        except TelegramError as error:
            _note("send", error)
            return None

    async def crowd_turn(self) -> None:
        """Waits until one reminder may be sent."""
        await self._pace.crowd_turn()

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
        return await self._quietly(
            "edit",
            lambda: self._bot.edit_message_text(
                screen.text,
                chat_id=chat,
                message_id=message,
                reply_markup=_inline(screen.buttons),
            ),
        )

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

    async def _send(self, chat: int, screen: Screen, lane: Lane) -> int:
        message = await self._bot.send_message(
            chat,
            screen.text,
            reply_markup=_markup(screen),
            rate_limit_args=lane,
        )
        return message.message_id

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

    The library's own class can't be trusted here: it takes a connection that was lost after the
    request for one that was never made. So the innermost cause is asked.
    """
    if isinstance(error, Forbidden):
        return Delivery.GONE
    if isinstance(error, BadRequest):
        gone = any(words in error.message.lower() for words in GONE)
        return Delivery.GONE if gone else Delivery.REFUSED
    if isinstance(error, InvalidToken):
        return Delivery.REFUSED
    root = _root(error)
    never_left = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, httpx.PoolTimeout)
    if isinstance(error, RetryAfter):
        return Delivery.TOLD_TO_WAIT
    if isinstance(root, never_left):
        return Delivery.NOT_SENT
    return Delivery.UNKNOWN


def _root(error: BaseException) -> BaseException:
    """The aiohttp or httpx exception at the bottom of the chain, if there is one."""
    while error.__cause__ is not None:
        error = error.__cause__
        if isinstance(error, aiohttp.ClientError):
            break
    return error


def _note(what: str, error: TelegramError) -> None:
    """Into the log by kind; Telegram's words only where they can't hold a runner's."""
    if isinstance(error, BadRequest):
        known = next((words for words in HARMLESS + GONE if words in error.message.lower()), None)
        log.log(logging.INFO if known else logging.ERROR, "%s refused: %s", what, known or "new")
        if known is None:
            log.debug("refused %s", type(error).__name__, stack_info=True)
    else:
        log.warning("%s failed: %s", what, type(_root(error)).__name__)


def _markup(
    screen: Screen,
) -> InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None:
    if screen.ask_location:
        button = KeyboardButton(screen.ask_location, request_location=True)
        return ReplyKeyboardMarkup([[button]], resize_keyboard=True, one_time_keyboard=True)
    if screen.drop_keyboard:
        return ReplyKeyboardRemove()
    return _inline(screen.buttons)


def _inline(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        [
            [
                InlineKeyboardButton(button.label, url=button.does)
                if isinstance(button.does, str)
                else InlineKeyboardButton(button.label, callback_data=pack(button.does))
                for button in row
            ]
            for row in rows
        ]
    )
