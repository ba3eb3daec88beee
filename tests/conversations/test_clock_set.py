"""Somebody sets the machine's clock, or NTP steps it, while the coach is at work.

Durations take no notice of it; what is planned for a moment keeps to the clock as it is now.
"""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.session import LONGEST_GAP
from bot.domain.timer import GET_READY
from bot.runtime.clock import ShiftedClock
from bot.sandbox.world.faults import Fault
from tests.conversations.stage import Runner, Stage, a_stage
from tests.databases import rows

FIRST = 30  # seconds of the first step of the first two weeks, and of the rest after it
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
JUMPS = pytest.mark.parametrize(
    "jump", [-HOUR, -MINUTE, MINUTE, HOUR], ids=["1 h back", "60 s back", "60 s on", "1 h on"]
)


@pytest.fixture
async def working(bea: Runner) -> Runner:
    """Has just been told to go, at step 1 of 9."""
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Skip")
    await passes(bea, GET_READY)
    return bea


async def passes(runner: Runner, seconds: float) -> None:
    await runner.stage.travel(runner.stage.clock.now() + timedelta(seconds=seconds))


def session(runner: Runner) -> dict[str, object]:
    return rows(runner.stage.database, "sessions")[-1]


@pytest.mark.slow
@JUMPS
async def test_cues_come_when_they_should_and_are_not_called_late(
    working: Runner, jump: timedelta
) -> None:
    clock = working.stage.clock
    await passes(working, 10)
    clock.jump(jump)
    await passes(working, FIRST - 10 - 1)
    assert "Go! 1 of 9" in working.shown.text
    await passes(working, 1)
    assert working.shown.text.startswith("Rest 30 s")
    clock.jump(-jump)
    await passes(working, FIRST - 1)
    assert working.shown.text.startswith("Rest 30 s")
    await passes(working, 1)
    assert working.shown.text.startswith("Go! 2 of 9")


@pytest.mark.slow
@JUMPS
async def test_a_session_has_lasted_as_long_as_it_has(working: Runner, jump: timedelta) -> None:
    await passes(working, FIRST + 5)
    working.stage.clock.jump(jump)
    await passes(working, 900)
    assert "First two weeks: done" in working.shown.text
    whole = session(working)
    lasted = whole["ended_at"] - whole["started_at"]  # type: ignore[operator]
    assert timedelta(minutes=5) < lasted < LONGEST_GAP
    logs = sorted(row["at"] for row in rows(working.stage.database, "step_logs"))
    assert whole["started_at"] <= logs[0] < logs[-1] == whole["trained_at"]  # type: ignore[operator]
    assert max(late - early for early, late in pairwise(logs)) < timedelta(minutes=2)


@pytest.mark.slow
@JUMPS
async def test_a_pause_right_after_it_keeps_the_seconds_that_were_left(
    working: Runner, jump: timedelta
) -> None:
    await passes(working, 10)
    working.stage.clock.jump(jump)
    await working.taps("Pause")
    assert session(working)["seconds_left"] == FIRST - 10
    working.stage.clock.jump(jump)
    await passes(working, 60)
    await working.taps("Resume")
    working.stage.clock.jump(-jump)
    await passes(working, FIRST - 10 - 1)
    assert "1 of 9" in working.shown.text
    await passes(working, 1)
    assert working.shown.text.startswith("Rest 30 s")


@pytest.mark.slow
@JUMPS
async def test_a_tap_right_after_it_counts_what_was_worked(
    working: Runner, jump: timedelta
) -> None:
    await passes(working, 10)
    working.stage.clock.jump(jump)
    await working.taps("+15 s")
    await passes(working, 10)
    await working.taps("Done")
    [log] = [row for row in rows(working.stage.database, "step_logs") if row["step"] == 1]
    assert log["seconds"] == 5
    assert "2 of 9" in working.shown.text


@pytest.mark.slow
@JUMPS
async def test_a_quiet_session_is_nudged_after_twenty_minutes_and_closed_after_six_hours(
    working: Runner, jump: timedelta
) -> None:
    await working.taps("My own pace")
    clock = working.stage.clock
    await passes(working, 600)
    clock.jump(jump)
    await passes(working, 599)
    assert working.count("Are you still there?") == 0
    await passes(working, 1)
    assert working.count("Are you still there?") == 1
    clock.jump(jump)
    await passes(working, 6 * 3600 - 1200 - 1)
    assert working.count("Six hours have passed") == 0
    await passes(working, 1)
    assert working.count("Six hours have passed") == 1


@pytest.mark.slow
@JUMPS
async def test_in_one_hour_is_in_one_hour(bea: Runner, jump: timedelta) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 12:00")
    await bea.stage.travel(datetime(2026, 11, 25, 11, 0, tzinfo=UTC))
    await bea.taps("In 1 hour")
    bea.stage.clock.jump(jump)
    await passes(bea, 3599)
    assert bea.count("Here I am again") == 0
    await passes(bea, 1)
    assert bea.count("Here I am again") == 1


@pytest.mark.slow
@JUMPS
async def test_a_reminder_keeps_to_the_clock_as_it_is_now(bea: Runner, jump: timedelta) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 12:00")
    await bea.stage.travel(datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    bea.stage.clock.jump(jump)
    await bea.stage.travel(datetime(2026, 11, 25, 10, 59, 59, tzinfo=UTC))
    assert bea.count("Today is a training day") == 0
    await bea.stage.travel(datetime(2026, 11, 25, 11, 0, tzinfo=UTC))
    assert bea.count("Today is a training day") == 1
    assert "This comes late" not in bea.shown.text
    bea.stage.clock.jump(-jump)
    await bea.stage.travel(datetime(2026, 11, 25, 15, 0, tzinfo=UTC))
    assert bea.count("Today is a training day") == 1


@pytest.mark.slow
@JUMPS
async def test_one_that_was_turned_down_waits_as_long_as_before(
    bea: Runner, jump: timedelta
) -> None:
    await bea.says("/timezone Berlin")
    await bea.says("/reminders wed 12:00")
    bea.stage.world.faults.add(Fault("sendMessage", "status", status=500, times=4))
    await bea.stage.travel(datetime(2026, 11, 25, 11, 0, 8, tzinfo=UTC))
    bea.stage.clock.jump(jump)
    await bea.stage.travel(bea.stage.clock.now())
    before = rows(bea.stage.database, "reminders")[0]["again_at"] - bea.stage.clock.now()
    assert before == timedelta(seconds=10)


@pytest.mark.statements
@pytest.mark.breadth(1)
@JUMPS
async def test_the_sound_test_comes_after_its_few_seconds(bea: Runner, jump: timedelta) -> None:
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    await bea.taps("Sound test")
    count = len(bea.messages)
    bea.stage.clock.jump(jump)
    await passes(bea, 4)
    assert len(bea.messages) == count
    await passes(bea, 1)
    assert len(bea.messages) == count + 1


@pytest.mark.slow
@JUMPS
async def test_a_cue_that_is_on_its_way_is_not_called_late(
    working: Runner, jump: timedelta
) -> None:
    stage = working.stage
    fault = stage.world.faults.add(Fault("sendMessage", "latency", seconds=0.3))
    stage.clock.move(stage.clock.now() + timedelta(seconds=FIRST))
    stage.work.cues.wake()
    await stage.world.until(lambda: fault.times == 0)
    stage.clock.jump(jump)
    await stage.work.cues.deliver()
    assert working.shown.text.startswith("Rest 30 s")
    await passes(working, FIRST - 1)
    assert working.shown.text.startswith("Rest 30 s")
    await passes(working, 1)
    assert working.shown.text.startswith("Go! 2 of 9")


@pytest.mark.slow
@JUMPS
async def test_a_cue_that_could_not_be_told_is_due_again_at_once(
    working: Runner, jump: timedelta
) -> None:
    stage = working.stage
    fault = stage.world.faults.add(Fault("sendMessage", "status", status=500, times=None))
    stage.clock.move(stage.clock.now() + timedelta(seconds=FIRST))
    stage.work.cues.wake()
    await stage.world.until(lambda: any(call.faulty for call in stage.world.calls))
    stage.clock.jump(jump)
    await stage.work.cues.deliver()
    assert "Go! 1 of 9" in working.shown.text
    fault.times = 0
    stage.clock.move(stage.clock.now() + timedelta(seconds=20))
    stage.work.cues.wake()
    await stage.work.cues.deliver()
    assert working.shown.text.startswith("This comes late")
    assert "Rest 30 s" in working.shown.text


@pytest.mark.breadth(1)
@pytest.mark.parametrize("seconds", [60, 3600])
async def test_suspend_is_no_jump(working: Runner, seconds: int) -> None:
    """The machine slept: the time has passed for the runner, too."""
    stage = working.stage
    stage.clock.move(stage.clock.now() + timedelta(seconds=FIRST + seconds))
    await stage.work.cues.deliver()
    words = "This comes late" if seconds == 60 else "I was held up for too long"
    assert words in working.shown.text


async def test_a_clock_that_is_set_does_not_move_what_is_over(working: Runner) -> None:
    await working.taps("Stop")
    before = session(working)
    working.stage.clock.jump(HOUR)
    await working.says("/help")
    assert session(working) == before


@pytest.mark.breadth(1)
@JUMPS
async def test_a_host_is_told_how_long_the_coach_runs(tmp_path: Path, jump: timedelta) -> None:
    async with a_stage(tmp_path) as stage:
        hank = stage.runner("Hank")
        stage.admins = frozenset({hank.id})
        async with stage.coach():
            stage.clock.move(stage.clock.now() + timedelta(hours=2))
            stage.clock.jump(jump)
            await hank.says("/status")
            assert "2 h 0 min" in hank.shown.text


@pytest.mark.slow
@JUMPS
async def test_guessing_at_the_door_takes_as_long(tmp_path: Path, jump: timedelta) -> None:
    async with a_stage(tmp_path, invite_code="socks") as stage, stage.coach():
        eve = stage.runner("Eve")
        for _ in range(5):
            await eve.says("/start join_hats")
        stage.clock.jump(jump)
        await eve.says("/start join_socks")
        assert "too many wrong invitations" in eve.shown.text
        stage.clock.move(stage.clock.now() + HOUR)
        await eve.says("/start join_socks")
        assert "too many wrong invitations" not in eve.shown.text


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose clock goes on by itself."""
    async with a_stage(tmp_path) as stage:
        stage.clock = ShiftedClock()  # type: ignore[assignment]
        stage.world.clock = stage.clock.now
        async with stage.coach():
            yield stage


@JUMPS
@pytest.mark.slow
async def test_live_the_cue_comes_within_a_second(live: Stage, jump: timedelta) -> None:
    """Nobody touches the coach: it finds out by itself."""
    loop_time = live.clock.steady
    ann = await live.runner("Ann").is_ready()
    await ann.says("/routine first two weeks")
    await ann.taps("Start")
    begun = loop_time()
    await asyncio.sleep(3)
    live.clock.jump(jump)
    await live.world.until(lambda: "Go!" in ann.shown.text, timeout=GET_READY)
    assert GET_READY - 1 < (loop_time() - begun).total_seconds() < GET_READY + 1
    assert ann.shown.text.startswith("Go!")
