"""In groups: forums, groups that become supergroups, and those that do not let the coach write."""

import logging

import pytest

from bot.routes import COMMANDS
from bot.sandbox.api.refusal import Refusal, bad_request, forbidden
from bot.sandbox.world.chats import Chat
from bot.sandbox.world.messages import Message
from tests.conversations.stage import Runner, Stage


@pytest.fixture(autouse=True)
def as_a_host_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot")


async def asks(
    runner: Runner,
    text: str,
    group: Chat,
    topic: int | None = None,
    reply_to: Message | None = None,
) -> Message:
    """Writes in the group; the last message there."""
    runner.stage.world.say(runner.person, text, chat=group, topic=topic, reply_to=reply_to)
    await runner.stage.settle()
    message = runner.stage.world.last(group)
    assert message is not None
    return message


async def taps(runner: Runner, label: str, message: Message) -> None:
    await runner.stage.world.tap(runner.person, message, label).answer(timeout=10)
    await runner.stage.settle()


QUESTIONS = ("/exercise", "/exercise deadbug", "/exercise hamstrings", "/exercise zzz", "/routine")


@pytest.mark.parametrize("question", [*QUESTIONS, "/help", "/delete"])
@pytest.mark.breadth(1)
async def test_a_question_is_answered_in_its_topic(ann: Runner, question: str) -> None:
    world = ann.stage.world
    club = world.add_group("Club", [ann.person], forum=True)
    topic = world.open_topic(ann.person, club, "Strength")
    await asks(ann, question, club)
    answer = await asks(ann, question, club, topic)
    assert (answer.from_bot, answer.topic) == (True, topic)
    in_general = await asks(ann, question, club)
    assert (in_general.from_bot, in_general.topic) == (True, None)


async def test_what_is_tapped_in_a_topic_stays_there(ann: Runner) -> None:
    world = ann.stage.world
    club = world.add_group("Club", [ann.person], forum=True)
    topic = world.open_topic(ann.person, club, "Strength")
    menu = await asks(ann, "/exercise", club, topic)
    await taps(ann, "A to Z", menu)
    found = world.last(club)
    assert found is not None
    assert (found.id, found.topic) == (menu.id, topic)
    await taps(ann, found.labels[0], found)
    explained = world.last(club)
    assert explained is not None
    assert (explained.id > menu.id, explained.topic) == (True, topic)


@pytest.mark.breadth(1)
@pytest.mark.parametrize("forum", [True, False])
async def test_a_reply_in_general_is_no_topic(ann: Runner, forum: bool) -> None:
    """It bears the number of a thread to which nothing can be sent."""
    club = ann.stage.world.add_group("Club", [ann.person], forum=forum)
    first = await asks(ann, "/help", club)
    answer = await asks(ann, "/exercise deadbug", club, reply_to=first)
    assert answer.text.startswith("Dead bug")
    assert "message_thread_id" not in ann.stage.world.calls[-1].params


@pytest.mark.slow
async def test_a_topic_that_is_gone_gets_no_answer(
    stage: Stage, ann: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    club = stage.world.add_group("Club", [ann.person], forum=True)
    topic = stage.world.open_topic(ann.person, club, "Strength")
    stage.world.say(ann.person, "/exercise deadbug", chat=club, topic=topic)
    stage.world.delete_topic(club, topic)
    await stage.settle()
    assert stage.world.messages(club) == []
    assert refused(stage) == {"Bad Request: message thread not found"}
    assert len(lines(caplog)) == 1


@pytest.mark.slow
@pytest.mark.parametrize("question", QUESTIONS)
async def test_an_answer_follows_a_group_that_was_upgraded(
    stage: Stage, ann: Runner, question: str
) -> None:
    club = stage.world.add_group("Club", [ann.person], basic=True)
    stage.world.say(ann.person, question, chat=club)
    new = stage.world.upgrade(club, ann.person)
    await stage.settle()
    answers = [message for message in stage.world.messages(new) if message.from_bot]
    assert len(answers) == 1
    assert refused(stage) == {"Bad Request: group chat was upgraded to a supergroup chat"}
    assert (await asks(ann, "/exercise deadbug", new)).text.startswith("Dead bug")


async def test_so_does_the_answer_to_a_tap(
    stage: Stage, ann: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    club = stage.world.add_group("Club", [ann.person], basic=True)
    explained = await asks(ann, "/exercise deadbug", club)
    new = stage.world.upgrade(club, ann.person)
    await taps(ann, "How?", explained)
    assert sum(message.from_bot for message in stage.world.messages(new)) == 1
    assert refused(stage) == {"Bad Request: group chat was upgraded to a supergroup chat"}
    assert [line for line in lines(caplog) if line.levelno > logging.INFO] == []


REFUSALS = [
    bad_request("not enough rights to send text messages to the chat"),
    bad_request("have no rights to send a message"),
    bad_request("need administrator rights in the channel chat"),
    bad_request("CHAT_WRITE_FORBIDDEN"),
    bad_request("CHAT_RESTRICTED"),
    bad_request("CHAT_SEND_PLAIN_FORBIDDEN"),
    bad_request("TOPIC_CLOSED"),
    bad_request("group chat was deactivated"),
    bad_request("chat not found"),
    forbidden("bot was kicked from the supergroup chat"),
    forbidden("bot is not a member of the supergroup chat"),
    forbidden("the group chat was deleted"),
]


@pytest.mark.slow
@pytest.mark.breadth(3)
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.description)
async def test_a_group_that_is_closed_to_the_coach_costs_a_line_at_most(
    stage: Stage, ann: Runner, caplog: pytest.LogCaptureFixture, refusal: Refusal
) -> None:
    club = stage.world.add_group("Club", [ann.person])
    explained = await asks(ann, "/exercise deadbug", club)
    stage.world.forbid(club, refusal)
    for text in ("/exercise deadbug", "/exercise", "/help"):
        caplog.clear()
        stage.world.say(ann.person, text, chat=club)
        await stage.settle()
        assert len(lines(caplog)) == 1
        assert lines(caplog)[0].levelno == logging.INFO
    await taps(ann, "How?", explained)
    assert refused(stage) == {refusal.description}


@pytest.mark.slow
async def test_a_group_that_took_the_coach_out_costs_a_line_at_most(
    stage: Stage, ann: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    club = stage.world.add_group("Club", [ann.person])
    explained = await asks(ann, "/exercise deadbug", club)
    stage.world.say(ann.person, "/exercise deadbug", chat=club)
    stage.world.remove_bot(club, ann.person)
    await stage.settle()
    assert [line.levelno for line in lines(caplog)] == [logging.INFO]
    caplog.clear()
    await taps(ann, "How?", explained)
    assert len(lines(caplog)) <= 1
    assert refused(stage) == {"Forbidden: bot was kicked from the supergroup chat"}


async def test_where_clips_are_forbidden_the_words_come(
    stage: Stage, ann: Runner, caplog: pytest.LogCaptureFixture
) -> None:
    club = stage.world.add_group("Club", [ann.person])
    words = "not enough rights to send animations to the chat"
    stage.world.forbid(club, bad_request(words), "animations")
    answer = await asks(ann, "/exercise deadbug", club)
    assert answer.text.startswith("Dead bug")
    assert answer.media == {}
    assert refused(stage) == {f"Bad Request: {words}"}
    assert lines(caplog) == []


async def test_a_group_has_a_menu_of_its_own(stage: Stage, ann: Runner) -> None:
    menu = stage.world.profile.commands[("all_group_chats",), ""]
    assert [command["command"] for command in menu] == ["exercise", "help"]
    private = stage.world.profile.commands[("default",), ""]
    assert {command["command"] for command in private} == set(COMMANDS)


async def test_help_in_a_group_says_what_works_there(stage: Stage, ann: Runner) -> None:
    club = stage.world.add_group("Club", [ann.person])
    said = await asks(ann, "/help@band_coach_bot", club)
    for command in ("/exercise", "/help"):
        assert command in said.text
    for command in ("/routine", "/reminders", "/delete"):
        assert command not in said.text
    assert said.labels == ["Open the private chat"]
    assert said.buttons[0][0].url == "https://t.me/band_coach_bot?start=hello"


async def test_the_menus_are_set_once(stage: Stage) -> None:
    stage.world.calls.clear()
    await stage.restart()
    assert [call.method for call in stage.world.calls if call.method.startswith("set")] == []


def refused(stage: Stage) -> set[str]:
    """What Telegram refused so far, each kind once; it is expected, so the list is emptied."""
    found = {call.description for call in stage.world.refused()}
    stage.world.calls.clear()
    return found


def lines(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What a host would read at the default level."""
    return [
        record
        for record in caplog.records
        if record.name.startswith("bot.") and record.levelno >= logging.INFO
    ]
