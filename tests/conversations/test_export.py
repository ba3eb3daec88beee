"""/export: a file in the chat, or a sentence and another try."""

import io
import json
import zipfile

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.conversations.stage import Runner, Stage


def archive(stage: Stage, message: Message) -> zipfile.ZipFile:
    file = stage.world.files.find(message.media["document"]["file_id"])
    return zipfile.ZipFile(io.BytesIO(stage.world.files.content(file)))


async def test_export_hands_over_a_dated_file(stage: Stage, bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Done")
    await bea.taps("Done")
    shown = await bea.says("/export")
    assert shown.media["document"]["file_name"] == "bandcoach-2026-11-24.zip"
    assert "Everything I keep about you" in shown.text
    file = archive(stage, shown)
    assert file.namelist() == ["data.json", "sets.csv"]
    tables = json.loads(file.read("data.json"))["tables"]
    assert [row["id"] for row in tables["runners"]] == [bea.id]
    assert [row["runner_id"] for row in tables["sessions"]] == [bea.id]
    assert len(file.read("sets.csv").splitlines()) == 2


async def test_a_stranger_is_told_that_there_is_nothing(ann: Runner) -> None:
    shown = await ann.says("/export")
    assert "nothing about you" in shown.text
    assert shown.media == {}


@pytest.mark.slow
@pytest.mark.parametrize("status", [400, 500])
async def test_a_file_that_cannot_be_sent_can_be_tried_again(
    bea: Runner, status: int, errors_expected: None
) -> None:
    bea.stage.world.faults.add(Fault(method="sendDocument", status=status, times=3))
    shown = await bea.says("/export")
    assert "could not be sent" in shown.text
    bea.stage.world.faults.clear()
    await bea.taps("Try again", shown)
    assert bea.shown.media["document"]["file_name"] == "bandcoach-2026-11-24.zip"
    assert "Try again" not in [label for message in bea.messages for label in message.labels]


@pytest.mark.slow
async def test_in_a_group_it_leads_to_the_private_chat(stage: Stage, bea: Runner) -> None:
    group = stage.world.add_group("Club", [bea.person])
    stage.world.say(bea.person, "/export", chat=group)
    await stage.settle()
    said = [message for message in stage.world.messages(group) if message.from_bot]
    assert ["between you and me" in message.text for message in said] == [True]
    assert said[0].media == {}


@pytest.mark.slow
async def test_privacy_and_help_name_it(bea: Runner) -> None:
    assert "/export" in (await bea.says("/privacy")).text
    assert "/export" in (await bea.says("/help")).text
