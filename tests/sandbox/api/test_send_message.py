"""sendMessage and sendChatAction: who may be written to, and what."""

from typing import Any

import pytest

from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, button, inline, refused


async def test_a_message_arrives_formatted(world: World, ann: Person, api: Api) -> None:
    answer = await api("sendMessage", chat_id=ann.id, text="<b>Hi</b> 😀", parse_mode="HTML")
    message = world.last(ann)
    assert message
    assert message.from_bot
    assert message.text == "Hi 😀"
    assert message.html == "<b>Hi</b> 😀"
    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert answer["result"]["message_id"] == message.id
    assert answer["result"]["from"]["is_bot"] is True
    assert answer["result"]["chat"] == {"id": ann.id, "type": "private", "first_name": "Ann"}


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({}, "message text is empty"),
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\t"}, "text must be non-empty"),
        ({"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "chat_id": 99}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": "[]"}, "object expected as reply markup"),
        ({"text": "x", "reply_parameters": {"message_id": 9}}, "message to be replied not found"),
    ],
)
async def test_a_wrong_message_is_refused(
    params: dict[str, Any], description: str, world: World, ann: Person, api: Api
) -> None:
    answer = await api("sendMessage", **{"chat_id": ann.id} | params)
    assert answer == refused(400, f"Bad Request: {description}")
    assert len(world.messages(ann)) == 1


async def test_4096_characters_count_after_parsing(ann: Person, api: Api) -> None:
    text = f"<b>{'é' * 4095}😀</b>"
    assert (await api("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML"))["ok"]


async def test_nobody_is_written_to_who_never_wrote(stranger: Person, api: Api) -> None:
    answer = await api("sendMessage", chat_id=stranger.id, text="x")
    description = "Forbidden: bot can't initiate conversation with a user"
    assert answer == refused(403, description)


async def test_who_blocked_the_bot_hears_nothing(world: World, ann: Person, api: Api) -> None:
    world.block(ann)
    answer = await api("sendMessage", chat_id=ann.id, text="x")
    assert answer == refused(403, "Forbidden: bot was blocked by the user")
    world.unblock(ann)
    assert (await api("sendMessage", chat_id=ann.id, text="x"))["ok"]


async def test_a_deleted_account_hears_nothing(world: World, ann: Person, api: Api) -> None:
    world.deactivate(ann)
    answer = await api("sendMessage", chat_id=ann.id, text="x")
    assert answer == refused(403, "Forbidden: user is deactivated")


async def test_a_reply_shows_what_it_replies_to(world: World, ann: Person, api: Api) -> None:
    answer = await api("sendMessage", chat_id=ann.id, text="x", reply_to_message_id=1)
    assert answer["result"]["reply_to_message"]["text"] == "/start"
    missing = {"message_id": 99, "allow_sending_without_reply": True}
    assert (await api("sendMessage", chat_id=ann.id, text="x", reply_parameters=missing))["ok"]


async def test_entities_may_be_given_instead_of_tags(ann: Person, api: Api) -> None:
    given = [{"type": "bold", "offset": 0, "length": 1}]
    answer = await api("sendMessage", chat_id=ann.id, text="xy", entities=given)
    assert answer["result"]["entities"] == given


@pytest.mark.parametrize(
    ("keyboard", "description"),
    [
        ([[button(callback_data="x" * 65)]], "BUTTON_DATA_INVALID"),
        ([[button(callback_data="ж" * 33)]], "BUTTON_DATA_INVALID"),
        ([[button()]] * 101, "reply markup is too long"),
        ([[button("")]], "inline keyboard button text must be non-empty"),
        (
            [[button() | {"style": "warning"}]],
            "can't parse inline keyboard button: Invalid button style specified",
        ),
        (
            [[button(callback_data="")]],
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            [[button(callback_data="a", url="https://x.org")]],
            "can't parse inline keyboard button: "
            "exactly one action expected, found url and callback_data",
        ),
        (
            [[{"callback_data": "a"}]],
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        (
            [[button(url="http://localhost:8080")]],
            "inline keyboard button URL 'http://localhost:8080' is invalid: Wrong HTTP URL",
        ),
        (
            [[button(url="javascript://x.org")]],
            "inline keyboard button URL 'javascript://x.org' is invalid: Unsupported URL protocol",
        ),
        (
            [button()],
            'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
        ),
    ],
)
async def test_a_wrong_button_is_refused(
    keyboard: list[Any], description: str, ann: Person, api: Api
) -> None:
    answer = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=inline(*keyboard))
    assert answer == refused(400, f"Bad Request: {description}")


async def test_a_button_of_64_bytes_passes(world: World, ann: Person, api: Api) -> None:
    keyboard = inline([button("A", callback_data="ж" * 32), button("B", url="t.me/x")])
    await api("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard)
    message = world.last(ann)
    assert message
    assert message.labels == ["A", "B"]
    assert message.button("A").data == "ж" * 32
    assert message.button("B").url == "http://t.me/x"


async def test_a_reply_keyboard_stays_until_it_is_removed(
    world: World, ann: Person, api: Api
) -> None:
    keys = {"keyboard": [[{"text": "Here", "request_location": True}, "There"]]}
    await api("sendMessage", chat_id=ann.id, text="Where?", reply_markup=keys)
    await api("sendMessage", chat_id=ann.id, text="Well?")
    keyboard = world.keyboard(ann)
    assert keyboard
    assert [(key.label, key.asks_for) for key in keyboard.rows[0]] == [
        ("Here", "location"),
        ("There", None),
    ]
    await api("sendMessage", chat_id=ann.id, text="Ok", reply_markup={"remove_keyboard": True})
    assert world.keyboard(ann) is None


async def test_a_one_time_keyboard_goes_when_used(world: World, ann: Person, api: Api) -> None:
    keys = {"keyboard": [["Yes"]], "one_time_keyboard": True}
    await api("sendMessage", chat_id=ann.id, text="?", reply_markup=keys)
    world.say(ann, "Yes")
    assert world.keyboard(ann) is None


async def test_a_location_is_asked_for_in_private_only(world: World, ann: Person, api: Api) -> None:
    group = world.add_group("Club", [ann])
    keys = {"keyboard": [[{"text": "Here", "request_location": True}]]}
    answer = await api("sendMessage", chat_id=group.id, text="?", reply_markup=keys)
    description = "location can be requested in private chats only"
    assert answer == refused(400, f"Bad Request: {description}")


async def test_a_chat_action_must_be_one(ann: Person, stranger: Person, api: Api) -> None:
    assert (await api("sendChatAction", chat_id=ann.id, action="typing"))["result"] is True
    answer = await api("sendChatAction", chat_id=ann.id, action="dancing")
    assert answer == refused(400, "Bad Request: wrong parameter action in request")
    answer = await api("sendChatAction", chat_id=stranger.id, action="typing")
    assert answer["error_code"] == 403
