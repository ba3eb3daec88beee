"""Polling tells Telegram that an update arrived only once it was handled."""

import asyncio
import sqlite3
from contextlib import closing

import pytest

from bot import polling
from bot.sandbox.faults import Fault
from tests.conversations.stage import Runner, Stage


def polls(stage: Stage) -> int:
    """How many getUpdates were answered."""
    return sum(call.method == "getUpdates" for call in stage.world.calls)


async def test_what_is_not_handled_is_not_confirmed(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.6))
    before = len(bea.messages)
    stage.world.say(bea.person, "/help")
    await asyncio.sleep(0.3)
    assert len(stage.world.updates.pending) == 1
    await stage.settle()
    assert len(bea.messages) == before + 1


async def test_a_slow_chat_is_no_reason_to_ask_without_pause(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=1.5))
    before = polls(stage)
    stage.world.say(bea.person, "/help")
    await stage.settle()
    assert polls(stage) - before < 12


async def test_others_are_fetched_and_handled_past_a_slow_chat(
    stage: Stage, ann: Runner, bea: Runner
) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=1.5, chat_id=bea.id))
    stage.world.say(bea.person, "/help")
    await asyncio.sleep(0.2)
    stage.world.say(ann.person, "/help")
    await stage.world.until(lambda: ann.messages, timeout=1)
    assert len(stage.world.updates.pending) == 2
    await stage.settle()


async def test_a_window_full_behind_one_chat_goes_on_after_a_while(
    stage: Stage, ann: Runner, bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "WINDOW", 5)
    monkeypatch.setattr(polling, "PATIENCE", 0.4)
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=2, chat_id=bea.id))
    before = len(bea.messages)
    for _ in range(8):
        stage.world.say(bea.person, "/help")
    stage.world.say(ann.person, "/help")
    await stage.world.until(lambda: ann.messages, timeout=1.8)
    assert len(bea.messages) == before
    await stage.settle()
    assert len(bea.messages) == before + 8


async def test_an_update_that_can_t_be_read_costs_the_others_nothing(
    stage: Stage, bea: Runner, errors_expected: None
) -> None:
    stage.world.update("message", {"text": "new", "from": bea.person.wire()})
    await bea.says("/help")
    assert "/exercise" in bea.shown.text
    assert stage.world.updates.pending == []


@pytest.mark.sqlite
async def test_an_update_is_tried_again_while_the_database_is_away(
    stage: Stage, bea: Runner, errors_expected: None
) -> None:
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.world.say(bea.person, "/timezone Europe/Berlin")
        await stage.world.until(lambda: "went wrong" in bea.shown.text, timeout=10)
        assert len(stage.world.updates.pending) == 1
        other.execute("ROLLBACK")
    await stage.settle()
    assert "Berlin" in bea.shown.text
    assert bea.count("went wrong") == 1
