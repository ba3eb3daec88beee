"""What people do becomes the updates that Telegram would send."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.sandbox.world import media
from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api


def newest(world: World) -> dict[str, Any]:
    return world.updates.pending[-1]


@pytest.fixture
def group(world: World, ann: Person) -> Chat:
    return world.add_group("Club", [ann])


def test_a_command_is_marked_as_one(world: World, ann: Person) -> None:
    world.say(ann, "/exercise deadbug")
    assert newest(world)["message"]["entities"] == [
        {"type": "bot_command", "offset": 0, "length": 9}
    ]


def test_a_deep_link_starts_with_its_payload(world: World, ann: Person) -> None:
    assert world.start(ann, "exercise_deadbug").text == "/start exercise_deadbug"


def test_messages_bear_the_worlds_time() -> None:
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    world = World(clock=lambda: moment)
    assert world.say(world.add_person("Ann"), "hi").date == moment
    assert newest(world)["message"]["date"] == int(moment.timestamp())


def test_a_location_has_latitude_and_longitude(world: World, ann: Person) -> None:
    world.send_location(ann, -1.29, 36.82)
    assert newest(world)["message"]["location"] == {"latitude": -1.29, "longitude": 36.82}


@pytest.mark.parametrize("kind", media.SAMPLES)
def test_every_kind_of_medium_can_be_sent(kind: str, world: World, ann: Person) -> None:
    world.send(ann, kind, caption="look")
    assert kind in newest(world)["message"]
    assert newest(world)["message"]["caption"] == "look"


def test_an_edit_is_told_as_one(world: World, ann: Person) -> None:
    message = world.say(ann, "ten")
    world.edit(ann, message, "twelve")
    assert newest(world)["edited_message"]["text"] == "twelve"
    assert newest(world)["edited_message"]["message_id"] == message.id


def test_blocking_and_unblocking_are_told(world: World, ann: Person) -> None:
    world.block(ann)
    assert newest(world)["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    world.unblock(ann)
    assert newest(world)["my_chat_member"]["new_chat_member"]["status"] == "member"


def test_a_channel_post_has_no_author(world: World) -> None:
    world.post_in_channel(world.add_channel("News"), "hello")
    assert "from" not in newest(world)["channel_post"]
    assert newest(world)["channel_post"]["sender_chat"]["title"] == "News"


@pytest.mark.parametrize("text", ["/exercise deadbug", "/help@Band_Coach_Bot"])
def test_commands_for_the_bot_reach_it_in_a_group(
    text: str, world: World, ann: Person, group: Chat
) -> None:
    world.say(ann, text, chat=group)
    assert newest(world)["message"]["text"] == text
    assert newest(world)["message"]["chat"]["type"] == "supergroup"


@pytest.mark.parametrize("text", ["hello", "try /exercise", "/help@another_bot"])
def test_privacy_mode_keeps_the_rest_of_a_group_from_it(
    text: str, world: World, ann: Person, group: Chat
) -> None:
    before = len(world.updates.pending)
    world.say(ann, text, chat=group)
    assert len(world.updates.pending) == before


async def test_a_reply_to_the_bot_reaches_it_in_a_group(
    world: World, ann: Person, group: Chat, api: Api
) -> None:
    await api("sendMessage", chat_id=group.id, text="How was it?")
    world.say(ann, "fine", chat=group, reply_to=world.last(group))
    assert newest(world)["message"]["reply_to_message"]["text"] == "How was it?"


def test_a_group_counts_its_own_messages(world: World, ann: Person, group: Chat) -> None:
    assert world.say(ann, "/help", chat=group).id == 1
    assert world.say(ann, "/help").id == 2


def test_who_blocked_the_bot_cannot_write(world: World, ann: Person) -> None:
    world.block(ann)
    with pytest.raises(AssertionError):
        world.say(ann, "hi")


async def test_until_says_what_happened_instead(world: World, ann: Person, api: Api) -> None:
    await api("sendMessage", chat_id=ann.id, text="")
    with pytest.raises(TimeoutError, match="sendMessage 400"):
        await world.until(lambda: False, timeout=0.01)


def test_an_album_is_a_message_for_each_medium(world: World, ann: Person) -> None:
    first, second = world.send_album(ann, ["photo", "video"], caption="look")
    *_, one, two = (update["message"] for update in world.updates.pending)
    assert one["media_group_id"] == two["media_group_id"]
    assert (one["caption"], "caption" in two) == ("look", False)
    (third,) = world.send_album(ann, ["photo"])
    assert first.album == second.album != third.album
