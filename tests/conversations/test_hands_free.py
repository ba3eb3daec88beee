"""A session that runs by itself: its cues, what can be tapped meanwhile, and what goes wrong."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.timer import GET_READY
from bot.runtime.clock import ShiftedClock
from bot.sandbox.world.faults import Fault, Kind
from bot.services import cues, training
from tests.conversations.stage import Runner, Stage, a_stage
from tests.databases import change

FIRST = 30  # seconds of the first step of the first two weeks, and of the rest after it
GLUTE = "Banded glute bridge"


@pytest.fixture
async def going(bea: Runner) -> Runner:
    """Has begun, and gets ready for the warm-up."""
    await bea.says("/routine first two weeks")
    await bea.taps("Start")
    return bea


@pytest.fixture
async def working(going: Runner) -> Runner:
    """Has just been told to go, at step 1 of 9."""
    await going.taps("Skip")
    await passes(going, GET_READY)
    return going


async def passes(runner: Runner, seconds: float) -> None:
    await runner.stage.travel(runner.stage.clock.now() + timedelta(seconds=seconds))


def sent(runner: Runner) -> list[tuple[str, datetime]]:
    """Every new message in this chat with its moment, those deleted since included."""
    calls = runner.stage.world.calls
    return [
        (str(call.params.get("text") or call.params.get("caption")), call.called_at)
        for call in calls
        if call.method.startswith("send") and call.chat_id == runner.id
    ]


def with_buttons(runner: Runner) -> list[object]:
    """The messages of the session that can be tapped."""
    return [m for m in runner.messages if {"Pause", "Resume", "Done"} & set(m.labels)]


async def test_start_gets_ready_and_then_says_go(going: Runner) -> None:
    assert f"Starts in {GET_READY} s." in going.shown.text
    await passes(going, GET_READY - 1)
    assert "Go!" not in going.shown.text
    before = len(sent(going))
    await passes(going, 1)
    assert going.shown.text.startswith("Go!\n\nWarm-up, 2 minutes")
    assert len(sent(going)) == before + 1
    assert sum("Warm-up" in m.text for m in going.messages) == 1


async def test_the_clock_waits_while_a_condition_is_asked_about(working: Runner) -> None:
    await working.says("im pregnant")
    assert "✓ Pregnant" in working.shown.labels
    before = sent(working)
    await passes(working, 10 * FIRST)
    assert sent(working) == before
    await working.taps("Resume")
    assert "✓ Pregnant" in working.shown.labels
    await working.taps("None of them")
    await working.taps("Resume")
    await passes(working, GET_READY)
    assert working.shown.text.startswith("Go!")


async def test_the_warm_up_is_timed_and_leads_to_the_first_step(going: Runner) -> None:
    await passes(going, GET_READY + 120)
    assert going.shown.text.startswith(f"Warm-up done. Get ready, 10 s. Next: {GLUTE}")
    assert "Band: Just above both knees" in going.shown.text
    await passes(going, 10)
    assert going.shown.text.startswith("Go! 1 of 9")
    assert [m.text for m in going.messages][-2:-1] == ["✓ Warm-up"]


async def test_a_step_says_its_seconds_and_that_it_runs_by_itself(working: Runner) -> None:
    for words in ("Go! 1 of 9", GLUTE, "30 seconds", "I will tell you when time is up."):
        assert words in working.shown.text
    near = ["Done", "Skip", "Pause", "How?", "Something hurts"]
    assert working.shown.labels == [*near, "More"]
    await working.taps("More")
    assert working.shown.labels == [*near, "Back", "+15 s", "Swap", "My own pace", "Stop"]


async def test_work_rest_and_the_next_step_follow_each_other(working: Runner) -> None:
    await passes(working, FIRST - 1)
    assert "Go! 1 of 9" in working.shown.text
    await passes(working, 1)
    cue = working.shown
    assert cue.text.startswith("Rest 30 s, next: Lateral band walk, leading with")
    assert cue.labels == ["Pause", "Skip", "+15 s", "Back"]
    assert working.count(f"✓ {GLUTE}") == 1
    await passes(working, FIRST)
    assert "Go! 2 of 9" in working.shown.text
    assert cue.id not in [m.id for m in working.messages]


async def test_half_way_it_says_switch_sides(working: Runner) -> None:
    await passes(working, 30 + 30 + 20)
    assert working.shown.text.startswith("Switch sides, 5 s. Next: Lateral band walk")
    assert "leading with the left" in working.shown.text
    await passes(working, 5)
    assert "Go! 3 of 9" in working.shown.text


@pytest.mark.slow
async def test_a_whole_session_runs_by_itself_one_message_a_step(going: Runner) -> None:
    before = len(going.messages)
    await passes(going, 900)
    assert "First two weeks: done" in going.shown.text
    assert "Steps done: 9 of 9" in going.shown.text
    kept = [m.text for m in going.messages[before - 1 :]]
    assert len(kept) == 1 + 9 + 1
    assert all(text.startswith("✓ ") for text in kept[:-1])
    moments = [at for _, at in sent(going)]
    gaps = [b - a for a, b in zip(moments[-18:], moments[-17:], strict=False)]
    assert min(gaps) >= timedelta(seconds=1)


@pytest.mark.statements
async def test_every_cue_comes_at_its_moment(working: Runner) -> None:
    begun = working.stage.clock.now()
    count = len(sent(working))
    await passes(working, 125)
    moments = [(at - begun).total_seconds() for _, at in sent(working)[count:]]
    assert moments == [30, 60, 80, 85, 105, 120]


async def test_pause_keeps_the_seconds_for_as_long_as_it_takes(working: Runner) -> None:
    await passes(working, 18)
    await working.taps("Pause")
    assert "Paused" in working.shown.text
    await passes(working, 3600)
    assert working.count("Rest 30 s") == 0
    await working.taps("Resume")
    assert "12 seconds left" in working.shown.text
    await passes(working, 11)
    assert "Rest 30 s" not in working.shown.text
    await passes(working, 1)
    assert "Rest 30 s" in working.shown.text


@pytest.mark.slow
async def test_a_rest_can_be_paused_too(working: Runner) -> None:
    await passes(working, 40)
    await working.taps("Pause")
    await passes(working, 600)
    await working.taps("Resume")
    assert "Rest 20 s, next: Lateral band walk" in working.shown.text
    await passes(working, 20)
    assert "Go! 2 of 9" in working.shown.text


@pytest.mark.slow
async def test_15_seconds_more_change_the_message_in_place(working: Runner) -> None:
    await passes(working, 20)
    step, count = working.shown, len(sent(working))
    await working.taps("+15 s")
    assert (working.shown.id, len(sent(working))) == (step.id, count)
    assert "25 seconds left" in working.shown.text
    await passes(working, 24)
    assert "Go! 1 of 9" in working.shown.text
    await passes(working, 1)
    assert "Rest 30 s" in working.shown.text
    await working.says("+15")
    assert "Rest 45 s" in working.shown.text
    await passes(working, 44)
    assert "Rest 45 s" in working.shown.text
    await passes(working, 1)
    assert "Go! 2 of 9" in working.shown.text


@pytest.mark.slow
async def test_skip_in_a_rest_goes_on_at_once(working: Runner) -> None:
    await passes(working, 32)
    await working.taps("Skip")
    assert "Go! 2 of 9" in working.shown.text
    assert working.count("Rest 30 s") == 0
    assert working.count(f"Skipped: {GLUTE}") == 0


@pytest.mark.breadth(1)
@pytest.mark.parametrize("word", ["next", "done", "go"])
async def test_a_word_in_a_rest_goes_on_at_once(working: Runner, word: str) -> None:
    await passes(working, 32)
    await working.says(word)
    assert "Go! 2 of 9" in working.shown.text


async def test_skip_leaves_the_step_and_gets_ready_for_the_next(working: Runner) -> None:
    await working.taps("Skip")
    assert working.count(f"Skipped: {GLUTE}") == 1
    assert "2 of 9" in working.shown.text
    assert f"Starts in {GET_READY} s." in working.shown.text


@pytest.mark.slow
async def test_back_in_a_rest_does_the_step_again(working: Runner) -> None:
    await passes(working, 32)
    await working.taps("Back")
    assert "1 of 9" in working.shown.text
    await passes(working, GET_READY)
    assert "Go! 1 of 9" in working.shown.text
    await passes(working, 900)
    assert "Steps done: 9 of 9" in working.shown.text


@pytest.mark.slow
async def test_done_shows_the_next_step_at_once_with_its_rest_to_be_had(working: Runner) -> None:
    await passes(working, 12)
    await working.taps("Done")
    assert "2 of 9" in working.shown.text
    assert "Starts in 30 s." in working.shown.text
    assert working.count(f"✓ {GLUTE}") == 1
    await passes(working, 30)
    assert "Go! 2 of 9" in working.shown.text
    assert sum("2 of 9" in m.text for m in working.messages) == 1


async def test_go_now_does_not_wait_for_the_rest(working: Runner) -> None:
    await working.taps("Done")
    await working.taps("Go now")
    assert "Go! 2 of 9" in working.shown.text
    assert sum("2 of 9" in m.text for m in working.messages) == 1


@pytest.mark.slow
async def test_done_after_done_walks_through_it_all(going: Runner) -> None:
    for place in range(1, 10):
        await going.taps("Done")
        assert f"{place} of 9" in going.shown.text
        assert len(with_buttons(going)) == 1
    await going.taps("Done")
    assert "Steps done: 9 of 9" in going.shown.text


async def test_a_double_tap_counts_once(working: Runner) -> None:
    data = working.shown.button("Done").data
    taps = [working.stage.world.tap(working.person, working.shown, data=data) for _ in range(2)]
    for tap in taps:
        await tap.answer()
    await working.stage.settle()
    assert [tap.text for tap in taps] == ["Done", "That button was from an earlier step."]
    assert "2 of 9" in working.shown.text
    assert len(with_buttons(working)) == 1


@pytest.mark.slow
async def test_a_tap_that_the_clock_overtook_strands_nobody(working: Runner) -> None:
    step = working.shown
    done = step.button("Done").data
    await passes(working, FIRST)
    tap = await working.sends_data(step, done or "")
    assert tap.text == "That button was from an earlier step."
    assert "Rest 30 s" in working.shown.text
    assert len(with_buttons(working)) == 1
    await passes(working, FIRST)
    assert "Go! 2 of 9" in working.shown.text


@pytest.mark.slow
async def test_a_tap_while_the_cue_is_on_its_way_shows_it_once(working: Runner) -> None:
    stage = working.stage
    done = working.shown
    stage.world.latency = 0.05
    stage.clock.move(stage.clock.now() + timedelta(seconds=FIRST))
    stage.work.cues.wake()
    tap = stage.world.tap(working.person, done, "Done")
    await tap.answer()
    await stage.settle()
    await stage.work.cues.deliver()
    stage.world.latency = 0
    assert len(with_buttons(working)) == 1
    labels = with_buttons(working)[0].labels  # type: ignore[attr-defined]
    assert working.shown.labels == labels


@pytest.mark.slow
async def test_another_runners_tap_changes_nothing(working: Runner) -> None:
    eve = await working.stage.runner("Eve").is_ready()
    await working.taps("More")
    for label in ("Pause", "+15 s", "My own pace"):
        tap = await eve.sends_data(eve.shown, working.shown.button(label).data or "")
        assert tap.text == "This button is not yours."
    await passes(working, FIRST)
    assert "Rest 30 s" in working.shown.text


@pytest.mark.slow
async def test_my_own_pace_is_remembered_and_hands_free_takes_it_back(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    assert {"Start", "My own pace"} <= set(bea.shown.labels)
    await bea.taps("My own pace")
    assert "Starts in" not in bea.shown.text
    await passes(bea, 600)
    assert "Warm-up, 2 minutes" in bea.shown.text
    await bea.says("/stop")
    await bea.says("/routine first two weeks")
    assert {"Start", "Hands-free"} <= set(bea.shown.labels)
    await bea.taps("Start")
    assert "Starts in" not in bea.shown.text
    await bea.taps("Hands-free")
    assert "Starts in" in bea.shown.text
    await bea.says("/stop")
    await bea.says("/routine first two weeks")
    assert "My own pace" in bea.shown.labels


@pytest.mark.slow
async def test_the_way_can_change_in_mid_session(working: Runner) -> None:
    await passes(working, 32)
    await working.says("my own pace")
    assert "2 of 9" in working.shown.text
    assert "6 steps, then tap Done" in working.shown.text
    assert "seconds" not in working.shown.text
    assert working.count("Rest 30 s") == 0
    await passes(working, 900)
    assert "2 of 9" in working.shown.text
    await working.taps("Hands-free")
    assert "20 seconds, about 6 steps" in working.shown.text
    await passes(working, GET_READY)
    assert "Go! 2 of 9" in working.shown.text
    assert len(with_buttons(working)) == 1


async def test_the_first_time_it_tells_of_the_sound_and_offers_a_test(going: Runner) -> None:
    assert "Lock your phone to hear me" in going.shown.text
    await passes(going, 4)
    tap = await going.taps("Sound test")
    assert "a message comes in 5 seconds" in tap.text
    assert "Starts in 15 s." in going.shown.text
    await passes(going, 4)
    assert going.count("Sound test.") == 0
    await passes(going, 1)
    assert going.shown.text.startswith("Sound test.")
    await passes(going, 9)
    assert "Go!" not in going.shown.text
    await passes(going, 1)
    assert "Go!" in going.shown.text
    await going.says("/stop")
    await going.says("/routine first two weeks")
    await going.taps("Start")
    assert "Sound test" not in going.shown.labels


@pytest.mark.slow
async def test_a_restart_in_mid_rest_goes_on_with_one_cue(working: Runner) -> None:
    stage = working.stage
    await passes(working, 40)
    await stage.close()
    stage.clock.move(stage.clock.now() + timedelta(seconds=65))
    count = len(sent(working))
    await stage.open()
    await stage.work.cues.deliver()
    await passes(working, 0)
    assert len(sent(working)) == count + 1
    assert working.shown.text.startswith("This comes late")
    assert "Go! 2 of 9" in working.shown.text
    await passes(working, 20)
    assert working.shown.text.startswith("Switch sides")


async def test_after_a_long_absence_it_pauses_and_says_so(working: Runner) -> None:
    stage = working.stage
    await stage.close()
    stage.clock.move(stage.clock.now() + timedelta(minutes=10))
    await stage.open()
    await stage.work.cues.deliver()
    assert "I was held up for too long" in working.shown.text
    assert working.shown.labels == ["Resume", "Stop"]
    await working.taps("Resume")
    assert "1 of 9" in working.shown.text
    await passes(working, GET_READY)
    assert "Go! 1 of 9" in working.shown.text


@pytest.mark.slow
async def test_a_cue_that_a_kill_swallowed_comes_once(working: Runner) -> None:
    """The tick was committed, and the process died before it could send."""
    stage = working.stage
    stage.clock.move(stage.clock.now() + timedelta(seconds=FIRST))
    await cues.tick(stage.work.coach.db, stage.clock.now())
    count = len(sent(working))
    await stage.restart()
    await stage.world.until(lambda: len(sent(working)) > count, timeout=5)
    await passes(working, 1)
    assert len(sent(working)) == count + 1
    assert "Rest 29 s" in working.shown.text or "Rest 30 s" in working.shown.text
    assert working.count(f"✓ {GLUTE}") == 1


@pytest.mark.slow
@pytest.mark.parametrize("handled", [True, False], ids=["arrived", "lost"])
@pytest.mark.parametrize("kind", ["drop", "cut", "page", "empty"])
async def test_a_cue_that_may_have_arrived_is_not_sent_again_and_the_next_one_comes(
    working: Runner, kind: Kind, handled: bool
) -> None:
    stage = working.stage
    stage.world.faults.add(Fault("sendMessage", kind, status=502, handled=handled))
    count = len(sent(working))
    await passes(working, FIRST - 1)
    await passes(working, 20)
    assert len(sent(working)) == count + 1
    assert working.count("Rest 30 s") == (1 if handled else 0)
    await passes(working, FIRST - 19)
    assert len(sent(working)) == count + 2
    assert working.shown.text.startswith("Go! 2 of 9")
    assert len(with_buttons(working)) <= 2
    await passes(working, 20)
    assert working.shown.text.startswith("Switch sides")


@pytest.mark.slow
async def test_a_cue_that_may_have_arrived_is_not_told_again_after_a_stumble(
    working: Runner, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    """The database is away for a moment; then the cues that may not have been told are told."""
    stage = working.stage
    stage.world.faults.add(Fault("sendMessage", "drop", handled=True))
    await passes(working, FIRST)
    count = len(sent(working))
    # In a thread: the coach may be in the middle of a transaction of its own.
    await asyncio.to_thread(change, stage.database, "ALTER TABLE sessions RENAME TO out_of_reach")
    stage.work.cues.wake()
    async with asyncio.timeout(5):
        while "the cues stumble" not in caplog.text:
            await asyncio.sleep(0.01)
    await asyncio.to_thread(change, stage.database, "ALTER TABLE out_of_reach RENAME TO sessions")
    stage.work.cues.wake()
    await passes(working, FIRST - 1)
    assert len(sent(working)) == count
    await passes(working, 1)
    assert len(sent(working)) == count + 1
    assert working.shown.text.startswith("Go! 2 of 9")


@pytest.mark.slow
@pytest.mark.parametrize("status", [429, 500, 502])
async def test_a_cue_that_cannot_be_sent_comes_later_and_says_so(
    working: Runner, status: int
) -> None:
    stage = working.stage
    stage.world.faults.add(Fault(method="sendMessage", kind="status", status=status, times=3))
    await passes(working, FIRST)
    assert "Go! 1 of 9" in working.shown.text
    stage.clock.move(stage.clock.now() + timedelta(seconds=20))
    stage.work.cues.wake()
    await stage.work.cues.deliver()
    assert working.shown.text.startswith("This comes late")
    assert "Rest 30 s" in working.shown.text
    assert len(with_buttons(working)) == 1


@pytest.mark.slow
async def test_a_runner_who_blocks_the_coach_is_left_in_peace(working: Runner) -> None:
    stage = working.stage
    stage.world.block(working.person)
    await stage.settle()
    await passes(working, 300)
    assert {call.status for call in stage.world.refused()} == {403}
    tries = len(stage.world.refused())
    await passes(working, 600)
    assert len(stage.world.refused()) == tries
    stage.world.calls.clear()
    stage.world.unblock(working.person)
    await working.says("/routine")
    assert "Paused" in working.shown.text


@pytest.mark.slow
async def test_a_held_back_runner_is_not_led_on(working: Runner) -> None:
    await working.sends_data(working.messages[0], "safety:waiting:")
    await passes(working, FIRST)
    assert "Paused" in working.shown.text
    await working.taps("Resume")
    assert "That is all" in working.shown.labels


@pytest.mark.slow
async def test_beyond_what_fits_start_tells_and_falls_back_to_taps(tmp_path: Path) -> None:
    async with a_stage(tmp_path, messages_per_second=1) as stage:
        stage.chat_burst = 100
        async with stage.coach():
            room = stage.work.coach.capacity
            stage.messages_per_second = 1000
            runners = [stage.runner(f"Runner {number}") for number in range(room + 1)]
            await stage.restart()
            object.__setattr__(stage.work.coach, "capacity", room)  # as if the limit were low
            for runner in runners:
                await runner.is_ready()
                await runner.taps("Start")
            assert "So many runners train by the clock" in runners[-1].shown.text
            assert "Starts in" not in runners[-1].shown.text
            assert all("Starts in" in r.shown.text for r in runners[:-1])
            await runners[-1].taps("Done")
            assert "1 of 9" in runners[-1].shown.text
            await runners[0].says("/stop")
            await runners[-1].taps("Hands-free")
            assert "Starts in" in runners[-1].shown.text


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage whose clock goes on by itself."""
    async with a_stage(tmp_path) as stage:
        stage.clock = ShiftedClock()  # type: ignore[assignment]
        stage.clock.move(datetime(2026, 11, 24, 6, tzinfo=UTC))
        stage.world.clock = stage.clock.now
        async with stage.coach():
            yield stage


@pytest.mark.slow
async def test_live_the_cues_come_within_two_seconds(live: Stage) -> None:
    ann = await live.runner("Ann").is_ready()
    await ann.says("/routine first two weeks")
    await ann.taps("Start")
    kept = await training.current(live.work.coach.db, ann.id)
    assert kept is not None
    assert kept.session.due_at is not None
    await live.world.until(lambda: "Go!" in ann.shown.text, timeout=GET_READY + 3)
    late = (sent(ann)[-1][1] - kept.session.due_at).total_seconds()
    assert 0 <= late < 2


@pytest.mark.slow
async def test_a_cue_that_took_too_long_says_so_and_waits_for_taps(live: Stage) -> None:
    ann = await live.runner("Ann").is_ready()
    await ann.says("/routine first two weeks")
    await ann.taps("Start")
    live.world.faults.add(Fault("sendAnimation", "latency", seconds=2.5))
    live.clock.move(live.clock.now() + timedelta(seconds=GET_READY - 0.5))
    live.work.cues.wake()
    await live.world.until(lambda: ann.count("That cue came late") == 1, timeout=8)
    await live.work.cues.deliver()
    assert "tap Done after each step" in ann.shown.text
    await ann.taps("More")
    assert "Hands-free" in ann.shown.labels
    await ann.taps("Done")
    assert "1 of 9" in ann.shown.text
    assert "Starts in" not in ann.shown.text
    await ann.says("/stop")
    await ann.says("/routine first two weeks")
    assert "My own pace" in ann.shown.labels


@pytest.mark.slow
@pytest.mark.parametrize("label", ["My own pace", "Pause", "Something hurts"])
async def test_a_forgotten_session_is_nudged_once_and_closed_after_six_hours(
    working: Runner, label: str
) -> None:
    await passes(working, FIRST)
    await working.says(label)
    await passes(working, 20 * 60 - 1)
    assert working.count("Are you still there?") == 0
    await passes(working, 1)
    assert working.shown.text.startswith("Are you still there?")
    assert len(with_buttons(working)) <= 1
    await passes(working, 5 * 3600)
    assert working.count("Are you still there?") == 1
    await passes(working, 3600)
    assert working.shown.text.startswith("Six hours have passed")
    assert "Steps done: 1 of 9" in working.shown.text
    assert working.count("Are you still there?") == 0
    await working.says("/progress")
    assert "1 of 9 steps" in working.shown.text


@pytest.mark.slow
async def test_a_session_that_was_not_begun_is_closed_in_silence(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    count = len(sent(bea))
    await passes(bea, 7 * 3600)
    assert len(sent(bea)) == count
    assert bea.shown.text == "First two weeks: not started"


@pytest.mark.slow
async def test_two_hundred_sessions_side_by_side_lose_no_cue(stage: Stage) -> None:
    runners = await stage.crowd(200)
    await stage.travel(stage.clock.now() + timedelta(seconds=GET_READY))
    assert all(r.shown.text.startswith("Go!") for r in runners)
    assert all(len(with_buttons(r)) == 1 for r in runners)
