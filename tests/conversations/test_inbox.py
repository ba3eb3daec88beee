"""What comes in is stored and confirmed at once, and handled once, in the order of its chat."""

import asyncio
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest

from bot.db import sqlite
from bot.db.opening import open_database
from bot.gateway import inbox as runtime
from bot.gateway.updates import arrival_of
from bot.runtime.retry import BackOff
from bot.sandbox.world.faults import Fault
from bot.services import inbox
from tests.conversations.stage import Runner, Stage
from tests.databases import rows

pytestmark = pytest.mark.statements


def copies(runners: list[Runner]) -> int:
    """How many messages say what another one of the same chat has said already."""
    said = Counter((runner.id, message.text) for runner in runners for message in runner.messages)
    return sum(count - 1 for count in said.values())


def waiting(stage: Stage) -> list[dict[str, Any]]:
    return rows(stage.database, "inbox")


def polls(stage: Stage) -> list[int]:
    """The offset of each getUpdates."""
    calls = [call for call in stage.world.calls if call.method == "getUpdates"]
    return [int(call.params.get("offset", 0)) for call in calls]


@pytest.mark.slow
async def test_many_who_tap_side_by_side_get_each_step_once(stage: Stage) -> None:
    runners = await stage.crowd(12)
    for runner in runners:
        if "My own pace" in runner.shown.labels:
            await runner.taps("My own pace")
    stage.world.latency = 0.03

    async def walk(runner: Runner) -> None:
        for _ in range(5):
            step = runner.with_button("Done")
            stage.world.tap(runner.person, step, "Done")
            await stage.world.until(lambda step=step: runner.shown.id > step.id, timeout=20)

    await asyncio.gather(*(walk(runner) for runner in runners))
    await stage.settle()
    assert copies(runners) == 0
    assert stage.world.refused() == []


async def test_fifty_who_ask_at_once_get_one_answer_each(stage: Stage) -> None:
    runners = [stage.runner(f"Runner {number}") for number in range(50)]
    stage.world.latency = 0.03
    for runner in runners:
        stage.world.say(runner.person, "/help")
    await stage.settle()
    assert [len(runner.messages) for runner in runners] == [1] * 50


@pytest.mark.slow
async def test_an_offset_is_not_repeated_while_something_comes(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=1.0))
    before = len(polls(stage))
    for _ in range(3):
        stage.world.say(bea.person, "/help")
        await asyncio.sleep(0.05)
    await stage.settle()
    offsets = polls(stage)[before:]
    assert len(offsets) == len(set(offsets)) <= 4


@pytest.mark.slow
async def test_what_is_under_way_is_stored_and_confirmed(stage: Stage, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.6))
    before = len(bea.messages)
    stage.world.say(bea.person, "/help")
    await asyncio.sleep(0.3)
    assert stage.world.updates.pending == []
    assert [row["sender_id"] for row in waiting(stage)] == [bea.id]
    assert len(bea.messages) == before
    await stage.settle()
    assert len(bea.messages) == before + 1
    assert waiting(stage) == []


@pytest.mark.slow
async def test_others_are_handled_past_a_slow_chat(stage: Stage, ann: Runner, bea: Runner) -> None:
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=1.5, chat_id=bea.id))
    stage.world.say(bea.person, "/help")
    await asyncio.sleep(0.2)
    stage.world.say(ann.person, "/help")
    await stage.world.until(lambda: ann.messages, timeout=1)
    await stage.settle()


async def test_what_a_dead_coach_left_is_handled_once_by_the_next(
    stage: Stage, bea: Runner
) -> None:
    """As after a kill: the row is there, and Telegram was told that the update arrived."""
    await stage.close()
    before = len(bea.messages)
    update = a_word(stage, bea, "/help")
    await left_by_a_dead_process(stage, update)
    await stage.open()
    await stage.settle()
    assert len(bea.messages) == before + 1
    await stage.restart()
    assert len(bea.messages) == before + 1
    assert waiting(stage) == []


async def test_what_was_handled_is_not_handled_again_when_it_comes_again(
    stage: Stage, bea: Runner
) -> None:
    """The confirmation was lost with the process."""
    before = len(bea.messages)
    stage.world.say(bea.person, "/help")
    await stage.settle()
    stage.world.updates.redeliver(stage.world.updates.newest)
    await stage.restart()
    await stage.world.until(lambda: not stage.world.updates.pending)
    await asyncio.sleep(0.1)
    await stage.settle()
    assert len(bea.messages) == before + 1


async def test_what_is_being_stored_when_the_coach_stops_is_for_the_next(
    stage: Stage, bea: Runner
) -> None:
    before = len(bea.messages)
    update, ours = a_word(stage, bea, "/help"), stage.work.inbox
    async with stage.work.coach.db.write():  # which the store has to wait for
        storing = asyncio.create_task(ours.store([update]))
        closing = asyncio.create_task(stage.close())
        while not ours._is_closed:
            await asyncio.sleep(0)
    await closing
    assert await storing
    assert len(waiting(stage)) == 1
    await stage.open()
    await stage.settle()
    assert len(bea.messages) == before + 1
    assert waiting(stage) == []


@pytest.mark.slow
async def test_what_was_stored_although_it_looked_lost_is_handled_when_it_comes_again(
    stage: Stage, bea: Runner
) -> None:
    """The commit was done, and its answer did not come."""
    before = len(bea.messages)
    update = a_word(stage, bea, "/help")
    coach, ours = stage.work.coach, stage.work.inbox
    arrival = arrival_of(update)
    await inbox.store(coach.db, [[arrival]], ours._holder, stage.clock.now())
    assert await ours.store([update])
    assert await ours.store([update])
    await stage.settle()
    assert len(bea.messages) == before + 1
    assert waiting(stage) == []


@pytest.mark.slow
async def test_an_update_that_kills_whoever_handles_it_is_left_out(
    stage: Stage, bea: Runner, errors_expected: None
) -> None:
    await stage.close()
    before = len(bea.messages)
    await left_by_a_dead_process(stage, a_word(stage, bea, "/help"), replays=inbox.MOST_REPLAYS)
    await stage.open()
    await bea.says("/privacy")
    assert len(bea.messages) == before + 1
    assert waiting(stage) == []


async def test_what_waited_for_more_than_a_day_is_left_out(stage: Stage, bea: Runner) -> None:
    """As a copy of the database may hold it."""
    await stage.close()
    before = len(bea.messages)
    await left_by_a_dead_process(stage, a_word(stage, bea, "/help"))
    stage.clock.move(stage.clock.now() + timedelta(hours=25))
    await stage.open()
    await stage.settle()
    assert len(bea.messages) == before
    assert waiting(stage) == []


async def test_the_words_of_one_chat_keep_their_order(stage: Stage, bea: Runner) -> None:
    stage.world.latency = 0.02
    names = ["Europe/Berlin", "Europe/Paris", "Europe/Rome", "Asia/Tokyo"]
    for name in names:
        stage.world.say(bea.person, f"/timezone {name}")
    await stage.settle()
    assert [name for message in bea.messages for name in names if name in message.text] == names


async def test_an_update_that_can_t_be_read_costs_the_others_nothing(
    stage: Stage, bea: Runner, errors_expected: None
) -> None:
    stage.world.update("message", {"text": "new", "from": bea.person.wire()})
    await bea.says("/help")
    assert "/exercise" in bea.shown.text
    assert stage.world.updates.pending == []
    assert waiting(stage) == []


@pytest.mark.breadth(1)
@pytest.mark.parametrize("chat", [{"id": 2**70}, {"id": "x"}, {"id": None}, "x", None, []])
async def test_an_update_that_can_t_be_stored_costs_the_others_nothing(
    stage: Stage, bea: Runner, errors_expected: None, chat: object
) -> None:
    stage.world.update("message", {"text": "odd", "chat": chat, "from": chat})
    await bea.says("/help")
    assert "/exercise" in bea.shown.text
    assert waiting(stage) == []


@pytest.mark.slow
async def test_who_sends_a_thousand_messages_keeps_nobody_waiting(
    stage: Stage, ann: Runner, bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "SHUTDOWN_SECONDS", 0.1)
    stage.chat_burst = 5  # from then on one message a second, as Telegram has it
    await stage.restart()
    before = len(bea.messages)
    for _ in range(1000):
        stage.world.say(bea.person, "/help")
    stage.world.say(ann.person, "/help")
    await stage.world.until(lambda: ann.messages, timeout=2)
    assert len(bea.messages) < before + 50
    assert len(waiting(stage)) <= inbox.MOST_WAITING + 1


async def test_what_is_left_out_is_told_once(
    stage: Stage, bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 5)
    before = len(bea.messages)
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.3, times=1))
    for _ in range(20):
        stage.world.say(bea.person, "/help")
    await stage.settle()
    assert bea.count("the rest I left out") == 1
    assert before + 5 <= len(bea.messages) - 1 < before + 20


@pytest.mark.slow
async def test_a_tap_that_is_left_out_is_answered(
    stage: Stage, bea: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST_WAITING", 1)
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.5))
    stage.world.say(bea.person, "/help")
    await asyncio.sleep(0.1)
    tap = stage.world.tap(bea.person, bea.with_button("Start"), "Start")
    await tap.answer(timeout=0.3)
    assert "too many taps" in tap.text
    await stage.settle()


@pytest.mark.slow
@pytest.mark.sqlite
async def test_what_can_t_be_stored_is_not_confirmed(
    stage: Stage, bea: Runner, errors_expected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long it takes; a disk that is full looks the same."""
    await with_little_patience(stage, monkeypatch)
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        stage.world.say(bea.person, "/timezone Europe/Berlin")
        await stage.world.until(lambda: "went wrong" in bea.shown.text, timeout=10)
        assert len(stage.world.updates.pending) == 1
        other.execute("ROLLBACK")
    await stage.settle()
    assert "Berlin" in bea.shown.text
    assert bea.count("went wrong") == 1


@pytest.mark.slow
@pytest.mark.sqlite
async def test_what_was_stored_is_handled_once_the_database_is_back(
    stage: Stage, bea: Runner, errors_expected: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "BACK_OFF", BackOff((0.1,)))
    await with_little_patience(stage, monkeypatch)
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.5))
    stage.world.say(bea.person, "/help")
    stage.world.say(bea.person, "/timezone Europe/Berlin")
    await asyncio.sleep(0.2)
    assert stage.world.updates.pending == []
    with closing(sqlite3.connect(stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await stage.world.until(lambda: "went wrong" in bea.shown.text, timeout=10)
        other.execute("ROLLBACK")
    await stage.settle()
    assert "Berlin" in bea.shown.text
    assert bea.count("went wrong") == 1
    assert waiting(stage) == []


async def test_delete_takes_what_waits_along(stage: Stage, bea: Runner) -> None:
    await bea.says("/delete")
    stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.6, chat_id=bea.id))
    tap = stage.world.tap(bea.person, bea.with_button("Erase everything"), "Erase everything")
    await tap.answer()
    assert waiting(stage) == []
    await stage.settle()


async def with_little_patience(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is locked is away after a moment instead of five seconds."""
    pragmas = (*sqlite.PRAGMAS[:-1], "busy_timeout = 200")
    monkeypatch.setattr(sqlite, "PRAGMAS", pragmas)
    await stage.restart()


def a_word(stage: Stage, runner: Runner, text: str) -> dict[str, Any]:
    """An update that Telegram has handed out to a coach that is gone now."""
    stage.world.say(runner.person, text)
    update: dict[str, Any] = stage.world.updates.pending[-1]
    stage.world.updates.clear()
    return update


async def left_by_a_dead_process(stage: Stage, update: dict[str, Any], replays: int = 0) -> None:
    database = open_database(stage.database)
    arrival = arrival_of(update)
    await inbox.store(database, [[arrival]], "dead", stage.clock.now())
    async with database.write() as connection:
        await connection.exec_driver_sql(f"UPDATE inbox SET replays = {replays}, held_until = NULL")
    await database.close()
