"""/status: how the coach is, for its hosts; for all others there is no such command."""

import logging
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import __version__
from bot.sandbox.world.faults import Fault
from tests.conversations.stage import Runner, Stage, a_stage

HOST = 700


@pytest.fixture
async def hosted(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path, admins=frozenset({HOST})) as stage, stage.coach():
        yield stage


@pytest.fixture
async def hank(hosted: Stage) -> Runner:
    """The host."""
    return hosted.runner("Hank", id=HOST)


async def test_a_new_coach_has_nothing_to_tell(hank: Runner) -> None:
    await hank.says("/status")
    lines = hank.shown.text.splitlines()
    assert re.fullmatch(r"Database: \d+\.\d MB", lines.pop(6))
    assert lines == [
        f"Band Coach {__version__}",
        "Running for 0 h 0 min",
        "Runners: 0, active in the last 7 days: 0, unreachable: 0",
        "Sessions: 0 running, 0 finished today",
        "Reminders: 0 slots, 0 waiting, 0 with an unknown end in the last 7 days",
        "Updates come in.",
        "No errors since it was started.",
    ]


@pytest.mark.slow
async def test_it_counts_runners_sessions_and_reminders(hosted: Stage, hank: Runner) -> None:
    ann, bea, cat = [await hosted.runner(name).is_ready() for name in ("Ann", "Bea", "Cat")]
    await hosted.runner("Dan").says("/timezone Berlin")
    for runner in (ann, bea):
        await runner.says("/routine first two weeks")
        await runner.taps("My own pace")
    for _ in range(10):
        await ann.says("done")
    assert "How did it feel?" in ann.shown.text
    for runner, at in ((bea, "07:00"), (cat, "20:00")):
        await runner.says("/timezone Berlin")
        await runner.says(f"/reminders wed {at} sat {at}")
    hosted.world.block(cat.person)
    await hosted.settle()
    await hank.says("/status")
    said = hank.shown.text
    assert "Runners: 4, active in the last 7 days: 2, unreachable: 1" in said
    assert "Sessions: 1 running, 1 finished today" in said
    assert "Reminders: 2 slots, 0 waiting, 0 with" in said
    await hosted.travel(datetime(2026, 12, 3, 12, tzinfo=UTC))
    await hank.says("/status")
    said = hank.shown.text
    assert "Running for 9 days, 6 h 0 min" in said
    assert "active in the last 7 days: 0" in said
    assert "Sessions: 0 running, 0 finished today" in said


@pytest.mark.slow
async def test_reminders_that_wait_or_ended_unknown_are_told(hosted: Stage, hank: Runner) -> None:
    bea = await hosted.runner("Bea").is_ready()
    await bea.says("/timezone UTC")
    await bea.says("/reminders tue 07:00 wed 07:00")
    hosted.world.faults.add(Fault("sendMessage", "drop", chat_id=bea.id, times=None))
    await hosted.travel(datetime(2026, 11, 24, 7, 1, tzinfo=UTC))
    hosted.world.faults.clear()
    await hank.says("/status")
    assert "1 with an unknown end" in hank.shown.text
    await hosted.travel(datetime(2026, 12, 2, 12, tzinfo=UTC))
    await hank.says("/status")
    assert "0 with an unknown end" in hank.shown.text


async def test_the_last_errors_are_told_by_kind_and_time_only(
    hosted: Stage, hank: Runner, errors_expected: None
) -> None:
    ann = hosted.runner("Ann")
    lost = hosted.work.coach.catalogue.exercises.pop("clamshell")
    await ann.says("clamshell")
    hosted.work.coach.catalogue.exercises["clamshell"] = lost
    try:
        raise TimeoutError("my left knee hurts")
    except TimeoutError:
        logging.getLogger("apscheduler").exception("my left %s hurts", "knee")
    await hank.says("/status")
    heading, latest, first = hank.shown.text.splitlines()[-3:]
    assert heading == "Last errors"
    assert latest.endswith(" · TimeoutError · apscheduler")
    assert first.endswith(" · KeyError · bot.routes")
    assert "knee" not in hank.shown.text


async def test_only_the_last_few_errors_are_kept(
    hosted: Stage, hank: Runner, errors_expected: None
) -> None:
    for _ in range(50):
        logging.getLogger("bot.workers.slots").error("a line %s", "of somebody's")
    await hank.says("/status")
    assert hank.shown.text.count("· error · bot.workers.slots") == 5
    assert "somebody" not in hank.shown.text


async def test_for_anybody_else_it_is_a_command_like_any_unknown_one(
    hosted: Stage, hank: Runner
) -> None:
    ann = hosted.runner("Ann")
    await ann.says("/status")
    assert ann.shown.text.startswith("I don't know /status.")
    group = hosted.world.add_group("Club", [ann.person, hank.person])
    hosted.world.say(hank.person, "/status", chat=group)
    await hosted.settle()
    assert [m for m in hosted.world.messages(group) if m.from_bot] == []


async def test_without_hosts_nobody_is_one(stage: Stage, ann: Runner) -> None:
    await ann.says("/status")
    assert ann.shown.text.startswith("I don't know /status.")


async def test_it_stands_in_the_hosts_menu_and_in_no_other(hosted: Stage, hank: Runner) -> None:
    """The chat has to be there first; that it is not is no error."""
    commands = hosted.world.profile.commands
    assert list(commands) == [(("default",), ""), (("all_group_chats",), "")]
    assert [c.method for c in hosted.world.refused()] == ["getMyCommands"]
    await hank.says("/help")
    assert "/status" not in hank.shown.text
    await hosted.restart()
    own = commands[("chat", str(HOST)), ""]
    assert own[:-1] == commands[("default",), ""]
    assert own[-1]["command"] == "status"
    sets = sum(call.method == "setMyCommands" for call in hosted.world.calls)
    hosted.clock.move(hosted.clock.now() + timedelta(minutes=1))
    await hosted.restart()
    assert sum(call.method == "setMyCommands" for call in hosted.world.calls) == sets
