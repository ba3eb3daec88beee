"""Forums, basic groups that grow, and groups that do not let the bot write."""

import pytest

from bot.sandbox.api.refusal import bad_request
from bot.sandbox.world.chats import Chat, Person
from bot.sandbox.world.world import World
from tests.sandbox.conftest import Api, Json, refused
from tests.sandbox.samples import png

NOT_FOUND = refused(400, "Bad Request: message thread not found")


@pytest.fixture
def forum(world: World, ann: Person) -> Chat:
    return world.add_group("Club", [ann], forum=True)


def newest(world: World) -> Json:
    message: Json = world.updates.pending[-1]["message"]
    return message


async def test_a_message_goes_into_the_topic_that_it_names(
    world: World, ann: Person, forum: Chat, api: Api
) -> None:
    topic = world.open_topic(ann, forum, "Strength")
    assert newest(world)["forum_topic_created"]["name"] == "Strength"
    world.say(ann, "/help", chat=forum, topic=topic)
    message = newest(world)
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    sent = await api("sendMessage", chat_id=forum.id, text="hi", message_thread_id=topic)
    assert (sent["result"]["message_thread_id"], sent["result"]["is_topic_message"]) == (
        topic,
        True,
    )
    sent = await api("sendMessage", chat_id=forum.id, text="hi")
    assert "message_thread_id" not in sent["result"]


async def test_a_thread_of_replies_is_no_topic(
    world: World, ann: Person, forum: Chat, api: Api
) -> None:
    first = world.say(ann, "/help", chat=forum)
    world.say(ann, "/help", chat=forum, reply_to=first)
    message = newest(world)
    assert message["message_thread_id"] == first.id
    assert "is_topic_message" not in message
    sent = await api("sendMessage", chat_id=forum.id, text="hi", message_thread_id=first.id)
    assert sent == NOT_FOUND


async def test_a_reply_in_a_topic_stays_there(
    world: World, ann: Person, forum: Chat, api: Api
) -> None:
    topic = world.open_topic(ann, forum, "Strength")
    message = world.say(ann, "/help", chat=forum, topic=topic)
    sent = await api(
        "sendMessage", chat_id=forum.id, text="hi", reply_parameters={"message_id": message.id}
    )
    assert sent["result"]["message_thread_id"] == topic
    assert world.say(ann, "thanks", chat=forum, reply_to=world.last(forum)).topic == topic


@pytest.mark.parametrize("thread", [1, 99])
async def test_a_wrong_thread_is_refused(thread: int, ann: Person, forum: Chat, api: Api) -> None:
    sent = await api("sendMessage", chat_id=forum.id, text="hi", message_thread_id=thread)
    assert sent == NOT_FOUND
    sent = await api("sendMessage", chat_id=ann.id, text="hi", message_thread_id=thread)
    assert sent == NOT_FOUND


async def test_a_topic_that_was_deleted_is_not_found(
    world: World, ann: Person, forum: Chat, api: Api
) -> None:
    topic = world.open_topic(ann, forum, "Strength")
    world.say(ann, "/help", chat=forum, topic=topic)
    world.delete_topic(forum, topic)
    assert world.messages(forum) == []
    sent = await api("sendMessage", chat_id=forum.id, text="hi", message_thread_id=topic)
    assert sent == NOT_FOUND


async def test_an_upgraded_group_names_its_new_id(world: World, ann: Person, api: Api) -> None:
    group = world.add_group("Club", [ann], basic=True)
    assert group.wire()["type"] == "group"
    message = (await api("sendMessage", chat_id=group.id, text="hi"))["result"]["message_id"]
    new = world.upgrade(group, ann)
    assert world.groups == [new]
    assert newest(world)["migrate_from_chat_id"] == group.id
    for method, more in (
        ("sendMessage", {"text": "hi"}),
        ("editMessageText", {"text": "ho", "message_id": message}),
    ):
        answer = await api(method, chat_id=group.id, **more)
        assert answer == {
            "ok": False,
            "error_code": 400,
            "description": "Bad Request: group chat was upgraded to a supergroup chat",
            "parameters": {"migrate_to_chat_id": new.id},
        }
    assert (await api("sendMessage", chat_id=new.id, text="hi"))["ok"]


async def test_a_group_may_forbid_the_bot_a_kind_of_message(
    world: World, ann: Person, api: Api, send: Api
) -> None:
    group = world.add_group("Club", [ann])
    description = "not enough rights to send photos to the chat"
    world.forbid(group, bad_request(description), "photos")
    answer = await send("sendPhoto", chat_id=group.id, photo=("a.png", png()))
    assert answer == refused(400, f"Bad Request: {description}")
    assert (await api("sendMessage", chat_id=group.id, text="hi"))["ok"]


async def test_a_bot_that_was_taken_out_can_write_no_more(
    world: World, ann: Person, api: Api
) -> None:
    group = world.add_group("Club", [ann])
    world.remove_bot(group, ann)
    changed = world.updates.pending[-1]["my_chat_member"]
    assert (changed["chat"]["id"], changed["new_chat_member"]["status"]) == (group.id, "kicked")
    sent = await api("sendMessage", chat_id=group.id, text="hi")
    assert sent == refused(403, "Forbidden: bot was kicked from the supergroup chat")
    world.say(ann, "/help", chat=group)
    assert "my_chat_member" in world.updates.pending[-1]
