"""Sends and edits messages, and answers taps; no other file does.

Every call may fail, be late, or have worked although its answer was lost. A new message is sent
again only if it is known not to have arrived. An edit, or the answer to a tap, does no harm twice,
and is always retried.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from enum import Enum
from typing import Any, TypeVar
from urllib.parse import quote

from telegram import CallbackQuery, InputFile
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

from bot.callbacks import pack
from bot.content import Clip
from bot.domain.frozen import frozen
from bot.gateway.client import ApiBot, Json, NotSentError, TurnedDownError
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
HTML = "HTML"
NO_PREVIEW: Json = {"link_preview_options": {"is_disabled": True}}
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


# Known not to have been delivered, to a chat that can be written to.
NOT_TAKEN = frozenset(
    {Delivery.REFUSED, Delivery.TURNED_DOWN, Delivery.TOLD_TO_WAIT, Delivery.NOT_SENT}
)
AGAIN = frozenset({Delivery.TURNED_DOWN, Delivery.NOT_SENT})
HARMLESS_TWICE = AGAIN | {Delivery.UNKNOWN}
# The text of a clip is not sent alone: the clip may have arrived, or the text would fail as well.
FINAL = frozenset({Delivery.GONE, Delivery.TOLD_TO_WAIT, Delivery.UNKNOWN})


@frozen
class Sent:
    """The result of sending a message.

    `message_id` is None unless the delivery is SENT; `wait` is the number of seconds that Telegram
    asked to wait before the next try.
    """

    delivery: Delivery
    message_id: int | None = None
    wait: float = 0.0


class Messenger:
    """Sends screens to chats."""

    def __init__(self, bot: ApiBot, file_ids: FileIds, messages: MessageCache) -> None:
        self._bot = bot
        self._file_ids = file_ids
        self._messages = messages

    async def show(self, chat: int, screen: Screen, topic: int | None = None) -> int | None:
        """Send a screen, in a forum to the topic.

        Return the message's id, or None if it is not known to have arrived.
        """
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
            if is_over or not _is_shut_out(error):  # else the text has the same error
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

        Without a `mime_type`, the type is guessed from the name.
        """
        file = InputFile(content, filename=name)
        file.mimetype = mime_type or file.mimetype
        return await self._quietly(
            "file", lambda: self._send_media("Document", chat, file, screen), again=AGAIN
        )

    async def play(self, chat: int, audio: Audio, screen: Screen) -> Sent:
        """Send a track with the screen's text and buttons.

        A call that Telegram turned down is retried; a track that may have arrived is not sent
        again.
        """

        def send(media: str | InputFile) -> Awaitable[Json]:
            is_new = isinstance(media, InputFile)
            cover = InputFile(audio.cover, "cover.jpg", attach=True) if audio.cover else None
            return self._send_media(
                *("Audio", chat, media, screen),
                seconds=UPLOAD_SECONDS,
                duration=audio.seconds if is_new else None,
                title=audio.title if is_new else None,
                performer=audio.performer if is_new else None,
                thumbnail=cover if is_new else None,
            )

        try:
            message = await _retry(lambda: self._file_ids.send(self._bot.id, audio, send), AGAIN)
        except TelegramError as error:
            _log_error("track", error)
            return _unsent(error)
        return self._sent(message, screen, has_media=True)

    async def remind(self, chat: int, screen: Screen) -> Sent:
        """Send a reminder once, with a permit that was taken before."""
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

        `call` and `after` get the present fingerprint. Return whether the message then has the
        fingerprint that `after` returns.
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
                if not _is_shut_out(error):  # a new message reports that
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
                await self._bot.call(
                    "editMessageCaption",
                    chat_id=chat,
                    message_id=message,
                    caption=screen.text,
                    parse_mode=HTML,
                    reply_markup=markup,
                )
            else:
                await self._bot.call(
                    "editMessageText",
                    chat_id=chat,
                    message_id=message,
                    **_text(screen),
                    reply_markup=markup,
                )
        except BadRequest as error:
            if not any(words in error.message.lower() for words in OTHER_KIND):
                raise
            await self._edit(chat, message, screen, caption=not caption)

    async def strip(self, chat: int, message: int, *, by_permit: bool = False) -> None:
        """Remove a message's buttons; `by_permit`: with a permit that was taken before."""
        await self._change(
            *(chat, message, Fingerprint.without_buttons),
            lambda _: self._bot.call(
                "editMessageReplyMarkup",
                Priority.CROWD if by_permit else Priority.TAP,
                chat_id=chat,
                message_id=message,
            ),
        )

    async def remove(self, chat: int, message: int) -> bool:
        """Delete a message, or remove its buttons if Telegram does not allow that.

        Return whether it is deleted.
        """
        deleted = await self._change(
            *(chat, message, lambda _: GONE),
            lambda _: self._bot.call("deleteMessage", chat_id=chat, message_id=message),
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
            lambda: self._bot.call(
                "answerCallbackQuery",
                callback_query_id=query.id,
                text=text[:TOAST] or None,
                show_alert=alert or None,
            ),
        )

    async def offer(self, query_id: str, cards: list[Card], hint: str | None = None) -> None:
        """Answer an inline query; a card whose clip was never uploaded has only its text.

        The hint stands above the results; a tap on it opens the private chat.
        """
        results = [await self._result(card) for card in cards]
        complete = all(
            card.screen.clip is None or "mpeg4_file_id" in result
            for card, result in zip(cards, results, strict=True)
        )
        await self._quietly(
            "inline answer",
            lambda: self._bot.call(
                "answerInlineQuery",
                inline_query_id=query_id,
                results=results,
                cache_time=INLINE_SECONDS if complete else 0,
                button={"text": hint, "start_parameter": "hello"} if hint else None,
            ),
        )

    async def _result(self, card: Card) -> Json:
        screen = card.screen
        file_id = await self._file_ids.file_id(self._bot.id, screen.clip) if screen.clip else None
        about: Json = {"id": card.id, "title": card.title}
        if (markup := self._inline(screen.buttons)) is not None:
            about["reply_markup"] = markup
        if file_id is not None:
            text = {"caption": screen.text, "parse_mode": HTML}
            return {"type": "mpeg4_gif", "mpeg4_file_id": file_id, **about, **text}
        content = {"message_text": screen.text, "parse_mode": HTML, **NO_PREVIEW}
        about |= {"description": card.description} if card.description else {}
        return {"type": "article", "input_message_content": content, **about}

    async def _send(
        self, chat: int, screen: Screen, priority: Priority, topic: int | None = None
    ) -> Sent:
        def send(chat: int) -> Awaitable[Json]:
            return self._bot.call(
                "sendMessage",
                priority,
                chat_id=chat,
                message_thread_id=topic,
                **_text(screen),
                reply_markup=self._markup(screen),
            )

        return self._sent(await _send_following(chat, send), screen, has_media=False)

    async def _send_clip(
        self, chat: int, screen: Screen, clip: Clip, priority: Priority, topic: int | None
    ) -> Sent:
        def send(media: str | InputFile) -> Awaitable[Json]:
            def send_to(chat: int) -> Awaitable[Json]:
                return self._send_media(
                    "Animation", chat, media, screen, priority, message_thread_id=topic
                )

            return _send_following(chat, send_to)

        message = await self._file_ids.send(self._bot.id, clip, send)
        return self._sent(message, screen, has_media=True)

    async def _send_picture(self, chat: int, screen: Screen, picture: bytes) -> Sent:
        file = InputFile(picture, filename="picture.png")
        return self._sent(
            await self._send_media("Photo", chat, file, screen), screen, has_media=True
        )

    def _send_media(
        self,
        kind: str,
        chat: int,
        media: str | InputFile,
        screen: Screen,
        priority: Priority = Priority.TAP,
        seconds: float | None = None,
        **more: Any,
    ) -> Awaitable[Json]:
        """Send a file, new or by its file_id, with the screen's text and buttons.

        `kind` is the end of the method's name; `seconds` is how long the answer may take.
        """
        return self._bot.call(
            f"send{kind}",
            priority,
            seconds,
            chat_id=chat,
            **{kind.lower(): media},
            caption=screen.text or None,
            parse_mode=HTML if screen.text else None,
            reply_markup=self._inline(screen.buttons),
            **more,
        )

    def _sent(self, message: Json, screen: Screen, *, has_media: bool) -> Sent:
        chat, message_id = message["chat"]["id"], message["message_id"]
        self._messages.put(chat, message_id, Fingerprint.of(screen, has_media))
        return Sent(Delivery.SENT, message_id)

    def _markup(self, screen: Screen) -> Json | None:
        if screen.ask_location:
            button = {"text": screen.ask_location, "request_location": True}
            return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
        if screen.drop_keyboard:
            return {"remove_keyboard": True}
        return self._inline(screen.buttons)

    def _inline(self, rows: Rows) -> Json | None:
        if not rows:
            return None
        return {"inline_keyboard": [[self._button(button) for button in row] for row in rows]}

    def _button(self, button: Button) -> Json:
        match button.does:
            case str(url):
                does = {"url": url}
            case Link(payload):
                does = {"url": self.link(payload)}
            case Share(words, _) if words and self._bot.supports_inline_queries:
                does = {"switch_inline_query": words}
            case Share(_, payload):
                link = quote(self.link(payload), safe="")
                does = {"url": f"https://t.me/share/url?url={link}"}
            case tap:
                style = {"style": button.style} if button.style else {}
                does = {"callback_data": pack(tap), **style}
        return {"text": button.label, **does}

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
    """Call, and retry after each pause while the outcome is one of `again`; raise the last error.

    A call that timed out is not retried: its user has waited long enough.
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
    """Return the outcome that an error stands for; UNKNOWN if it is not certain."""
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
    """Return whether the chat does not accept the message from the coach, or has another id."""
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


def _text(screen: Screen) -> Json:
    return {"text": screen.text, "parse_mode": HTML, **NO_PREVIEW}


def _unsent(error: TelegramError) -> Sent:
    wait = seconds_of(error) if isinstance(error, RetryAfter) else 0.0
    return Sent(delivery_of(error), wait=wait)


def _log_error(what: str, error: TelegramError | OSError) -> None:
    """Log the kind of error, and Telegram's words unless they may quote a runner."""
    if isinstance(error, Forbidden):
        log.info("%s refused: the chat is closed to the coach", what)
    elif isinstance(error, BadRequest):
        known = next((words for words in HARMLESS if words in error.message.lower()), None)
        log.log(logging.INFO if known else logging.ERROR, "%s refused: %s", what, known or "new")
        if known is None:
            log.debug("refused %s", type(error).__name__, stack_info=True)
    else:
        log.warning("%s failed: %s", what, type(error.__cause__ or error).__name__)
