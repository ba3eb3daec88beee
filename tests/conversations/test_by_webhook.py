"""The same coach by webhook: from /start through a session to a reminder."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.world.faults import Fault
from tests.conversations.stage import TUESDAY, Runner, Stage, a_stage
from tests.network import a_webhook


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path, webhook=a_webhook()) as stage:
        async with stage.coach():
            yield stage
        assert [(c.method, c.description) for c in stage.world.refused()] == []
        assert not any(call.method == "getUpdates" for call in stage.world.calls)


@pytest.mark.slow
async def test_from_start_through_a_session(stage: Stage, ann: Runner) -> None:
    await ann.starts("routine_first-two-weeks")
    await ann.taps("None applies to me")
    await ann.taps("My own pace")
    for _ in range(20):
        if "Done" not in ann.shown.labels:
            break
        await ann.taps("Done")
    assert "How did it feel?" in ann.shown.text


async def test_a_reminder_comes_and_its_start_begins_a_session(stage: Stage, bea: Runner) -> None:
    await bea.says("/timezone UTC")
    await bea.says("/reminders wed 07:00")
    await stage.travel(TUESDAY + timedelta(days=1, hours=1, minutes=1))
    assert "Start" in bea.shown.labels
    await bea.taps("Start")
    assert "Pause" in bea.shown.labels or "Done" in bea.shown.labels


async def test_a_restart_loses_nothing(stage: Stage, bea: Runner) -> None:
    await stage.close()
    stage.world.say(bea.person, "/help")
    stage.world.say(bea.person, "/exercise deadbug")
    before = len(bea.messages)
    await stage.open()
    await stage.settle()
    assert len(bea.messages) == before + 2
    assert "/routine" in bea.messages[-2].text


async def test_words_of_one_runner_are_answered_in_order(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.3))
    before = len(bea.messages)
    for words in ("/help", "/privacy", "/help"):
        stage.world.say(bea.person, words)
    await stage.settle()
    first, second, third = bea.messages[before:]
    assert first.text == third.text != second.text


@pytest.mark.slow
async def test_one_slow_chat_holds_up_nobody(stage: Stage, ann: Runner, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=1.5, chat_id=bea.id))
    stage.world.say(bea.person, "/help")
    stage.world.say(ann.person, "/help")
    await stage.world.until(lambda: ann.messages, timeout=1)
    await stage.settle()
