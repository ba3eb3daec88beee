"""editMessageText, editMessageReplyMarkup and deleteMessage."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are "
    "exactly the same as a current content and reply markup of the message"
)


@pytest.fixture
async def sent(ann: Person, api: Api) -> dict[str, Any]:
    """The chat_id and message_id of a message of the bot with a button."""
    keyboard = inline([button()])
    answer = await api("sendMessage", chat_id=ann.id, text="one", reply_markup=keyboard)
    return {"chat_id": ann.id, "message_id": answer["result"]["message_id"]}


async def test_an_edit_without_keyboard_takes_the_buttons_off(
    world: World, ann: Person, api: Api, sent: dict[str, Any]
) -> None:
    answer = await api("editMessageText", **sent, text="two")
    message = world.last(ann)
    assert message
    assert (message.text, message.buttons, message.edited) == ("two", (), 1)
    assert "edit_date" in answer["result"]
    assert "reply_markup" not in answer["result"]


async def test_an_identical_edit_is_refused(api: Api, sent: dict[str, Any]) -> None:
    same = inline([button()])
    answer = await api("editMessageText", **sent, text="one", reply_markup=same)
    assert answer == refused(400, NOT_MODIFIED)
    answer = await api("editMessageReplyMarkup", **sent, reply_markup=same)
    assert answer == refused(400, NOT_MODIFIED)


async def test_buttons_are_changed_alone(
    world: World, ann: Person, api: Api, sent: dict[str, Any]
) -> None:
    await api("editMessageReplyMarkup", **sent, reply_markup=inline([button("Next")]))
    message = world.last(ann)
    assert message
    assert (message.text, message.labels) == ("one", ["Next"])
    await api("editMessageReplyMarkup", **sent)
    assert (await api("editMessageReplyMarkup", **sent)) == refused(400, NOT_MODIFIED)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "x" * 4097}, "MESSAGE_TOO_LONG"),
        ({"chat_id": ""}, "chat_id is empty"),
        ({"chat_id": 99}, "chat not found"),
        ({"message_id": ""}, "message identifier is not specified"),
        ({"message_id": 99}, "message to edit not found"),
        ({"message_id": 1}, "message can't be edited"),
        ({"reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
        ({"reply_markup": inline([button(callback_data="x" * 65)])}, "BUTTON_DATA_INVALID"),
    ],
)
async def test_a_wrong_edit_is_refused(
    params: dict[str, Any], words: str, api: Api, sent: dict[str, Any]
) -> None:
    answer = await api("editMessageText", **{"text": "two"} | sent | params)
    assert answer == refused(400, f"Bad Request: {words}")


async def test_a_message_with_a_reply_keyboard_cannot_be_edited(ann: Person, api: Api) -> None:
    keys = {"keyboard": [["a"]]}
    answer = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keys)
    number = answer["result"]["message_id"]
    answer = await api("editMessageText", chat_id=ann.id, message_id=number, text="y")
    assert answer == refused(400, "Bad Request: message can't be edited")


async def test_a_deleted_message_is_gone(
    world: World, ann: Person, api: Api, sent: dict[str, Any]
) -> None:
    assert (await api("deleteMessage", **sent))["result"] is True
    assert [message.text for message in world.messages(ann)] == ["/start"]
    assert await api("deleteMessage", **sent) == refused(
        400, "Bad Request: message to delete not found"
    )
    answer = await api("editMessageText", **sent, text="two")
    assert answer == refused(400, "Bad Request: message to edit not found")


async def test_a_message_older_than_two_days_cannot_be_deleted(
    world: World, api: Api, sent: dict[str, Any]
) -> None:
    world.clock = lambda: datetime.now(UTC) + timedelta(hours=49)
    answer = await api("deleteMessage", **sent)
    assert answer == refused(400, "Bad Request: message can't be deleted for everyone")


async def test_in_a_group_only_own_messages_can_be_deleted(
    world: World, ann: Person, api: Api
) -> None:
    group = world.add_group("Club", [ann])
    message = world.say(ann, "hello", chat=group)
    answer = await api("deleteMessage", chat_id=group.id, message_id=message.id)
    assert answer == refused(400, "Bad Request: message can't be deleted")
