"""Updates: the part of them that is stored, and the objects that handlers get."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from telegram import Bot, CallbackQuery, Chat, MaybeInaccessibleMessage, Update, User

from bot.db.inbox import Arrival
from bot.gateway.chat_order import NOBODY

Json = Mapping[str, Any]

OF_TAPPED = ("message_id", "date", "chat", "is_topic_message", "message_thread_id")


class TappedMessage(MaybeInaccessibleMessage):
    """The message of a tap, with those fields only that handlers read.

    The library's Message has a hundred. `label` is the text of the tapped button; None: not known.
    """

    __slots__ = ("is_topic_message", "label", "message_thread_id")

    def __init__(self, message: Json, label: str | None) -> None:
        chat = Chat.de_json(message["chat"])
        super().__init__(chat, message["message_id"], datetime.fromtimestamp(message["date"], UTC))
        with self._unfrozen():
            self.is_topic_message: bool = message.get("is_topic_message", False)
            self.message_thread_id: int | None = message.get("message_thread_id")
            self.label = label


class TapUpdate(Update):
    """A tap; it has no message of the kinds that the library's handlers look for."""

    __slots__ = ()

    @property
    def effective_message(self) -> None:
        return None


def update_of(arrival: Arrival, bot: Bot) -> Update:
    """Return the update as the library's object; the message of a tap is a TappedMessage.

    Raise an error of any kind if the update has not the form that Telegram describes.
    """
    tap, message = _tap_in(arrival.body)
    if tap is None or message is None:
        return Update.de_json(dict(arrival.body), bot)
    button = _tapped(message, tap.get("data"))
    query = CallbackQuery(
        id=tap["id"],
        from_user=User.de_json(tap["from"]),
        chat_instance=tap["chat_instance"],
        message=TappedMessage(message, button["text"] if button else None),
        data=tap.get("data"),
    )
    return TapUpdate(arrival.update_id, callback_query=query)


def arrival_of(update: Json) -> Arrival:
    """Return an update with its chat and sender; an inline query belongs to the private chat."""
    chat, sender, is_private = NOBODY, None, False
    for name, content in update.items():
        if name == "update_id" or not isinstance(content, Mapping):
            continue
        sender = _id_in(content, "from")
        found = _id_in(content, "chat") or _id_in(content.get("message"), "chat")
        is_private = found is not None and found == sender and name != "my_chat_member"
        chat = found or sender or NOBODY
    return Arrival(update["update_id"], chat, sender, _without_words(update), is_private)


def _without_words(update: Json) -> Json:
    """Return a tap with those parts only of the tapped message that handlers read.

    Of its buttons, that is the tapped one. The other texts and buttons are the coach's own; they
    are most of an update, and would be stored and parsed each time.
    """
    tap, message = _tap_in(update)
    if tap is None or message is None:
        return update
    read = {name: message[name] for name in OF_TAPPED if name in message}
    if (button := _tapped(message, tap.get("data"))) is not None:
        read["reply_markup"] = {"inline_keyboard": [[button]]}
    return {**update, "callback_query": {**tap, "message": read}}


def _tap_in(update: Json) -> tuple[Json | None, Json | None]:
    """Return the tap that an update is, and the message of which a button was tapped."""
    tap = update.get("callback_query")
    message = tap.get("message") if isinstance(tap, Mapping) else None
    return tap, message if isinstance(message, Mapping) else None


def _tapped(message: Json, data: object) -> Json | None:
    """Return the button of a message that was tapped; None if it has none with this data."""
    markup = message.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, Mapping) else None
    buttons = chain.from_iterable(rows) if isinstance(rows, list) else ()
    return next((button for button in buttons if button.get("callback_data") == data), None)


def _id_in(content: object, name: str) -> int | None:
    within = content.get(name) if isinstance(content, Mapping) else None
    number = within.get("id") if isinstance(within, Mapping) else None
    return number if isinstance(number, int) else None
