"""Never silence, never a stack trace, never a dead end."""

import json
from pathlib import Path

import pytest
from telegram import Message

from bot.routes import COMMANDS
from bot.sandbox.world.faults import Fault
from tests.conversations.stage import Runner, Stage

# The smallest content of each kind of message of Bot API 10.1, but for those that the sandbox has.
KINDS = json.loads(Path(__file__).with_name("kinds_of_messages.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "frobnicate the gizmo",
        "<b>",
        "&amp;",
        "🦄" * 40,
        "' OR 1=1 --",
        "a" * 4096,
        "?",
        "\u202e…",
        "...",
        "!",
    ],
)
@pytest.mark.breadth(1)
async def test_free_text_that_is_not_understood_gets_one_sentence_and_a_way_on(
    ann: Runner, text: str
) -> None:
    before = len(ann.messages)
    await ann.says(text)
    assert len(ann.messages) == before + 1
    assert "I did not understand" in ann.shown.text
    assert text[:30].strip() in ann.shown.text
    assert ann.shown.labels == ["All exercises", "Routines"]


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("way", "words"), [("My own pace", "Your session waits"), ("Start", "Your session runs on")]
)
async def test_in_a_session_it_says_that_it_goes_on(bea: Runner, way: str, words: str) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps(way)
    await bea.says("frobnicate")
    assert words in bea.shown.text
    await bea.taps("Go on")
    assert "Warm-up" in bea.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize(
    ("moves", "words"), [([], "type start"), (["start", "pause"], "type resume or stop")]
)
async def test_the_words_that_it_names_are_those_that_count_now(
    bea: Runner, moves: list[str], words: str
) -> None:
    await bea.says("/routine first two weeks")
    for move in moves:
        await bea.says(move)
    await bea.says("frobnicate")
    assert words in bea.shown.text


async def test_a_bare_number_in_a_session_asks_for_no_other(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    await bea.says("12")
    assert "I did not understand “12”" in bea.shown.text
    assert bea.shown.labels == ["Go on"]


@pytest.mark.breadth(1)
@pytest.mark.parametrize("command", ["/frobnicate", "/routine@another_bot", "/START_now", "/ü"])
async def test_an_unknown_command_leads_to_help(ann: Runner, command: str) -> None:
    await ann.says(command)
    assert "I d" in ann.shown.text
    assert "deadbug" in ann.shown.text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("/", "“/”"),
        ("//", "“//”"),
        ("/ help", "“/ help”"),
        ("/ <b>done</b>", "“/ <b>done</b>”"),
        ("/<b>", "“/<b>”"),
        ("/@band_coach_bot", "“/@band_coach_bot”"),
        ("/frob nicate", "/frob"),
        ("/frob\nnicate", "/frob"),
        ("/" + "a" * 64, "/" + "a" * 58 + "…"),
        ("/" + "a" * 65, "“/" + "a" * 58 + "…”"),
        ("/" + "a" * 4095, "“/" + "a" * 58 + "…”"),
        ("/" + "🦄" * 200, "“/" + "🦄" * 58 + "…”"),
    ],
    ids=lambda text: text[:12],
)
@pytest.mark.breadth(1)
async def test_a_slash_is_quoted_with_what_follows(ann: Runner, text: str, quoted: str) -> None:
    await ann.says(text)
    assert ann.shown.text.startswith(f"I don't know {quoted}.")
    assert ann.shown.labels == ["All exercises", "Routines"]


async def test_a_slash_before_a_word_of_a_session_moves_nothing(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("My own pace")
    for text in ("/ done", "/", "//stop"):
        await bea.says(text)
    await bea.says("/routine")
    assert "Warm-up" in bea.shown.text


@pytest.mark.parametrize("text", ["\u2800", "\u3164\u3164", "\u200b", "\u2060\u200d", "\ufeff"])
@pytest.mark.breadth(1)
async def test_a_text_without_anything_to_see_is_not_quoted(ann: Runner, text: str) -> None:
    await ann.says(text)
    assert "I can read words and taps" in ann.shown.text
    await ann.says(f"/exercise {text}")
    assert "By muscles" in ann.shown.labels


@pytest.mark.parametrize(
    "kind", ["photo", "sticker", "voice", "video_note", "document", "contact", "dice", "audio"]
)
@pytest.mark.breadth(1)
async def test_what_is_not_words_is_answered_in_words(ann: Runner, kind: str) -> None:
    ann.stage.world.send(ann.person, kind, caption="look" if kind == "photo" else "")
    await ann.stage.settle()
    assert "I can read words and taps" in ann.shown.text


@pytest.mark.parametrize("kind", KINDS["content"])
@pytest.mark.breadth(1)
async def test_so_is_what_the_library_does_not_know(ann: Runner, kind: str) -> None:
    ann.stage.world.send_content(ann.person, {kind: KINDS["content"][kind]})
    await ann.stage.settle()
    assert "I can read words and taps" in ann.shown.text


@pytest.mark.slow
async def test_service_messages_are_met_with_silence(stage: Stage, ann: Runner) -> None:
    """All of them, and one that nobody has heard of yet."""
    for kind, content in (*KINDS["service"].items(), ("moon_landed", {"craft": "Eagle"})):
        stage.world.send_content(ann.person, {kind: content})
        await stage.settle()  # so many at once would be left out with a word
    assert ann.messages == []


async def test_the_library_reads_every_kind_of_message(stage: Stage, ann: Runner) -> None:
    """So that those above are not left out for another reason."""
    bot = stage.work.app.bot
    wire = stage.world.say(ann.person, "hello").wire()
    for kind, content in (KINDS["service"] | KINDS["content"]).items():
        message = Message.de_json({**wire, kind: content}, bot)
        assert getattr(message, kind, None) or kind in message.api_kwargs


async def test_an_album_gets_one_answer(stage: Stage, ann: Runner) -> None:
    bea = stage.runner("Bea")
    for runner in (ann, bea, ann):
        stage.world.send_album(runner.person, ["photo"] * 4 + ["video"] * 2, caption="my knee")
    stage.world.send(ann.person, "photo")
    await stage.settle()
    assert [len(runner.messages) for runner in (ann, bea)] == [3, 1]


@pytest.mark.slow
async def test_an_album_whose_first_answer_is_lost_gets_the_next(stage: Stage, ann: Runner) -> None:
    lost = Fault(method="sendMessage", kind="status", status=403)
    stage.world.faults.add(lost)
    stage.world.send_album(ann.person, ["photo", "photo", "photo"])
    await stage.settle()
    assert len(ann.messages) == 1


async def test_an_edited_message_is_told_and_does_nothing(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    word = bea.stage.world.say(bea.person, "hello there")
    await bea.stage.settle()
    bea.stage.world.edit(bea.person, word, "done")
    await bea.stage.settle()
    assert "I can't follow edits" in bea.shown.text
    await bea.says("/routine")
    assert "Warm-up" in bea.shown.text


async def test_channel_posts_and_group_talk_get_no_answer(stage: Stage) -> None:
    ann = stage.runner("Ann")
    club = stage.world.add_group("Club", [ann.person])
    channel = stage.world.add_channel("News")
    stage.world.post_in_channel(channel, "/start")
    stage.world.say(ann.person, "deadbug", chat=club)
    await stage.settle()
    assert [m for m in stage.world.messages(club) if m.from_bot] == []
    assert [m for m in stage.world.messages(channel) if m.from_bot] == []


@pytest.mark.slow
async def test_buttons_of_a_private_kind_do_nothing_in_a_group(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    start = bea.shown.button("Start").data or ""
    club = stage.world.add_group("Club", [bea.person])
    stage.world.say(bea.person, "/exercise deadbug", chat=club)
    await stage.settle()
    tap = stage.world.tap(bea.person, stage.world.last(club), data=start)
    await tap.answer()
    await stage.settle()
    assert tap.text == "This button is not yours."
    assert len(stage.world.messages(club)) == 2


@pytest.mark.parametrize(
    "words", ["", "nothing like it", "<i>", "r1 r7", "x" * 500], ids=lambda words: words[:8]
)
@pytest.mark.breadth(1)
async def test_a_routine_that_is_not_known_gets_the_list(bea: Runner, words: str) -> None:
    await bea.says(f"/routine {words}")
    assert len(bea.shown.labels) == 10


async def test_a_location_at_sea_asks_for_a_city(ann: Runner) -> None:
    ann.stage.world.send_location(ann.person, 0.0, -30.0)
    await ann.stage.settle()
    assert "nearest city" in ann.shown.text


async def test_help_is_one_screen_with_every_command(ann: Runner) -> None:
    await ann.says("/help")
    menu = ann.stage.world.profile.commands[(("default",), "")]
    assert [c["command"] for c in menu if f"/{c['command']}" not in ann.shown.text] == []
    assert {c["command"] for c in menu} == set(COMMANDS)


async def test_a_bug_is_told_and_the_next_message_works(
    stage: Stage, ann: Runner, errors_expected: None
) -> None:
    lost = stage.work.coach.catalogue.exercises.pop("clamshell")
    await ann.says("clamshell")
    assert "Something went wrong on my side" in ann.shown.text
    stage.work.coach.catalogue.exercises["clamshell"] = lost
    await ann.says("clamshell")
    assert ann.shown.text.startswith("Clamshell")
