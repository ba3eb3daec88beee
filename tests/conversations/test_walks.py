"""Whole walks by fast and restless fingers: no call is refused, and none has a parameter too many.

The stage looks at both when a test ends.
"""

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.world.messages import Message
from tests import databases
from tests.conversations.stage import Runner, Stage, a_stage
from tests.voices import SIGNALS

ROUTINE = "/routine first two weeks"
LATENCIES = [0.0, 0.01]
WORDS = (
    *("done", "next", "skip", "back", "pause", "resume", "+15", "how", "swap", "swap back"),
    *("something hurts", "pain 6", "sharp", "knee", "3", "my own pace", "hands-free", "stop"),
    *("easy", "too hard", ROUTINE, "/routine", "/stop", "/start", "/bands mini light", "/progress"),
)


async def begins(runner: Runner, way: str) -> None:
    await runner.says(ROUTINE)
    await runner.taps(way)


def fresh(runner: Runner, tapped: set[str]) -> Message | None:
    """The newest message whose Done was not tapped yet, not even on a copy of it."""
    for message in reversed(runner.messages):
        if "Done" in message.labels and message.button("Done").data not in tapped:
            return message
    return None


def is_over(runner: Runner) -> bool:
    return any("Too hard" in message.labels for message in runner.messages)


async def walks(runner: Runner, taps: int) -> None:
    """Taps Done so many times as soon as there is a new one, until the session is over."""
    world, tapped = runner.stage.world, set[str]()
    while not is_over(runner):
        await world.until(lambda: fresh(runner, tapped) or is_over(runner))
        message = fresh(runner, tapped)
        if message is not None:
            tapped.add(message.button("Done").data or "")
            for _ in range(taps):
                world.tap(runner.person, message, "Done")
    await runner.stage.settle()


@pytest.mark.slow
@pytest.mark.parametrize("latency", LATENCIES)
@pytest.mark.parametrize("taps", [1, 3])
@pytest.mark.parametrize("way", ["My own pace", "Start"])
async def test_a_fast_walk(stage: Stage, bea: Runner, latency: float, taps: int, way: str) -> None:
    """Each step is tapped when it comes, however often: what was before is not tidied up yet."""
    await begins(bea, way)
    stage.world.latency = latency
    await walks(bea, taps)
    assert bea.count("✓") == 10


@pytest.mark.slow
@pytest.mark.parametrize("latency", LATENCIES)
async def test_the_copy_of_a_step_that_is_gone_is_tapped(
    stage: Stage, bea: Runner, latency: float
) -> None:
    """A tap too many shows the step again, while the copy before is tapped already."""
    await begins(bea, "My own pace")
    warm_up = bea.shown
    stage.world.latency = latency
    for _ in range(2):
        stage.world.tap(bea.person, warm_up, "Done")
    tapped = {warm_up.button("Done").data or ""}
    copy = await stage.world.until(lambda: fresh(bea, tapped))
    assert copy is not None
    stage.world.tap(bea.person, copy, "Done")
    await stage.settle()
    assert copy.id not in [message.id for message in stage.world.messages(bea.person)]
    assert "2 of 9" in bea.shown.text


BUTTONS = {
    "My own pace": (
        "Done",
        "Back",
        "Skip",
        "Swap",
        "How?",
        "Something hurts",
        "Hands-free",
        "Stop",
    ),
    "Start": ("Done", "Back", "Skip", "Pause", "+15 s", "Something hurts", "My own pace", "Stop"),
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("way", "label"), [(way, label) for way, labels in BUTTONS.items() for label in labels]
)
async def test_a_copy_that_another_phone_still_shows_is_tapped(
    bea: Runner, way: str, label: str
) -> None:
    """It was deleted when the step was shown again; a tap on it is one on the step."""
    await begins(bea, way)
    await bea.taps("Skip")
    if way == "Start":
        await bea.stage.travel(bea.stage.clock.now() + timedelta(seconds=15))
    if label not in bea.shown.labels:
        await bea.taps("More")
    copy = bea.shown
    await bea.says("/routine")
    assert copy.id not in [message.id for message in bea.messages]
    for _ in range(2):
        await bea.taps(label, copy)


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("/reminders", "Wed"),
        ("/reminders", "+ 1 h"),
        ("/delete", "Keep it"),
        ("/delete", "Erase everything"),
        ("/away", "1 week"),
        ("/exercise deadbug", "How?"),
        ("/exercise", "By muscles"),
        ("/bands", "Mini band"),
        ("/bands", "That is all"),
        ("/timezone San José", "San José, Costa Rica · 00:00"),
        ("/start", "Start"),
        ("/start", "Safety"),
    ],
)
@pytest.mark.breadth(2)
async def test_a_button_is_tapped_three_times_at_once(bea: Runner, words: str, label: str) -> None:
    """All taps are under way before the first is handled."""
    await bea.says(words)
    shown = bea.shown
    taps = [bea.stage.world.tap(bea.person, shown, label) for _ in range(3)]
    await bea.stage.settle()
    assert all(tap.answered_at for tap in taps)


class Restless:
    """Taps and types whatever there is, on old messages too, twice, and while time passes."""

    def __init__(self, runner: Runner, seed: int, words: tuple[str, ...] = WORDS) -> None:
        self._runner = runner
        self._words = words
        self._random = random.Random(seed)
        self._seen: list[Message] = []

    async def goes_on(self, actions: int) -> None:
        stage = self._runner.stage
        for _ in range(actions):
            self._act()
            if self._random.random() < 0.5:
                await asyncio.sleep(self._random.choice([0.0, 0.002, 0.02]))
            if self._random.random() < 0.2:
                await stage.settle()
        await stage.work.cues.deliver()
        await stage.settle()

    def _act(self) -> None:
        stage, chance = self._runner.stage, self._random.random()
        if chance < 0.2:
            stage.world.say(self._runner.person, self._random.choice(self._words))
        elif chance < 0.4:
            seconds = self._random.choice([1, 10, 40, 200])
            stage.clock.move(stage.clock.now() + timedelta(seconds=seconds))
            stage.work.cues.wake()
        else:
            self._tap()

    def _tap(self) -> None:
        """On what is there now, or was a moment ago; the first button more often than others."""
        stage = self._runner.stage
        there = [message for message in self._runner.messages if message.buttons]
        self._seen = (self._seen + there[-3:])[-12:]
        message = self._random.choice(self._seen)
        data = [button.data for row in message.buttons for button in row if button.data]
        if data:
            chosen = data[0] if self._random.random() < 0.3 else self._random.choice(data)
            for _ in range(self._random.choice([1, 1, 1, 2])):
                stage.world.tap(self._runner.person, message, data=chosen)


SEEDS = [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 12))]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", ["My own pace", "Start"])
async def test_a_restless_walk(stage: Stage, bea: Runner, way: str, seed: int) -> None:
    await begins(bea, way)
    stage.world.latency = [0.0, 0.005, 0.02][seed % 3]
    stage.world.tap_lifetime = timedelta(days=1)  # the clock leaps while taps wait
    await Restless(bea, seed).goes_on(60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_restless_walk_with_tracks(tmp_path: Path, seed: int) -> None:
    async with a_stage(tmp_path, voice=SIGNALS) as stage, stage.coach():
        runner = await stage.runner("Bea").is_ready()
        await begins(runner, "Listen")
        stage.world.latency = [0.0, 0.005, 0.02][seed % 3]
        stage.world.tap_lifetime = timedelta(days=1)  # the clock leaps while taps wait
        words = (*WORDS, "listen", "all of it", "part of it", "none", "up to clamshell")
        await Restless(runner, seed, words).goes_on(60)
        assert stage.refused == []
        logs = databases.rows(stage.database, "step_logs")
        for session in databases.rows(stage.database, "sessions"):
            logged = [row["step"] for row in logs if row["session_id"] == session["id"]]
            assert sorted(logged) == list(range(session["position"]))
