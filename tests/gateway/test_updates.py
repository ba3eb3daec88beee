"""What handlers get of an update: the library's objects, and of a tapped message what they read."""

from typing import Any

import pytest
from telegram import Bot, Update

from bot.gateway.updates import TappedMessage, arrival_of, update_of

BOT = Bot("1:a-token")
ANN = {"id": 7, "is_bot": False, "first_name": "Ann <b>"}
CHAT = {"id": 7, "type": "private", "first_name": "Ann <b>"}
GROUP = {"id": -5, "type": "supergroup", "title": "Club", "is_forum": True}
BUTTONS = [
    [{"text": "Done", "callback_data": "move:done:1:1"}],
    [{"text": "Utrecht · 09:00", "callback_data": "place:Europe/Amsterdam"}],
]
MESSAGE = {
    "message_id": 12,
    "date": 1_795_000_000,
    "chat": CHAT,
    "text": "Where are you?",
    "reply_markup": {"inline_keyboard": BUTTONS},
}


def tap(message: dict[str, Any], data: str = "place:Europe/Amsterdam") -> dict[str, Any]:
    query = {"id": "99", "from": ANN, "chat_instance": "-1", "message": message, "data": data}
    return {"update_id": 3, "callback_query": query}


def read(update: dict[str, Any]) -> Update:
    return update_of(arrival_of(update), BOT)


@pytest.mark.parametrize(
    "message",
    [
        MESSAGE,
        {**MESSAGE, "chat": GROUP},
        {"message_id": 12, "date": 0, "chat": CHAT},  # too old for Telegram to tell
    ],
    ids=["private", "group", "old"],
)
def test_a_tap_is_read_as_the_library_reads_it(message: dict[str, Any]) -> None:
    update, known = read(tap(message)), Update.de_json(tap(message), BOT)
    assert update.update_id == known.update_id
    assert update.effective_message is None
    assert update.effective_user == known.effective_user
    assert update.effective_chat == known.effective_chat
    query, same = update.callback_query, known.callback_query
    assert query is not None
    assert same is not None
    assert same.message is not None
    assert isinstance(query.message, TappedMessage)
    assert (query.id, query.data) == (same.id, same.data)
    assert query.message.message_id == same.message.message_id
    assert query.message.date == same.message.date
    assert query.message.is_accessible == same.message.is_accessible


@pytest.mark.parametrize(
    ("data", "label"), [("place:Europe/Amsterdam", "Utrecht · 09:00"), ("place:Other", None)]
)
def test_a_tapped_message_tells_the_label_of_its_button(data: str, label: str | None) -> None:
    query = read(tap(MESSAGE, data)).callback_query
    assert query is not None
    assert isinstance(query.message, TappedMessage)
    assert query.message.label == label


def test_a_tapped_message_tells_its_topic() -> None:
    query = read(
        tap({**MESSAGE, "chat": GROUP, "is_topic_message": True, "message_thread_id": 4})
    ).callback_query
    assert query is not None
    assert isinstance(query.message, TappedMessage)
    assert query.message.is_topic_message
    assert query.message.message_thread_id == 4


def test_a_tap_below_an_inline_result_has_no_message() -> None:
    query = {"id": "99", "from": ANN, "chat_instance": "-1", "inline_message_id": "x", "data": "a"}
    update = read({"update_id": 3, "callback_query": query})
    assert update.callback_query is not None
    assert update.callback_query.message is None
    assert update.callback_query.inline_message_id == "x"


def test_words_are_read_by_the_library() -> None:
    message = {"message_id": 1, "date": 1_795_000_000, "chat": CHAT, "from": ANN, "text": "hello"}
    update = read({"update_id": 4, "message": message})
    assert update.message is not None
    assert update.message.text == "hello"
