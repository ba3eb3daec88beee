"""SIGKILL in the middle of sessions: nothing counts twice, and nobody is stranded."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from bot.callbacks import MoveTap, parse
from bot.domain.session import Move
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.messages import Message
from tests.process.coach_process import CoachProcess, eventually
from tests.process.runner import Runner

KILLS = 12
LIVE = ("Done", "My own pace", "None applies to me")
MOMENTS = ("tapped", "answered", "sending", "sent", "editing", "idle")
RATE = ["Easy", "Just right", "Too hard", "For my watch"]


@dataclass
class Walk:
    """One runner's way through one session, as the chat and the database show it."""

    coach: CoachProcess
    runner: Runner
    chance: Random = field(default_factory=Random)

    @property
    def revision(self) -> int:
        """How many moves the session has seen; -1 before there is one."""
        rows = self.coach.rows("SELECT revision FROM sessions")
        assert len(rows) <= 1
        return int(rows[0][0]) if rows else -1

    @property
    def left(self) -> int:
        """How many steps are still to do; 99 before there is a session."""
        rows = self.coach.rows("SELECT json_array_length(steps) - position FROM sessions")
        return int(rows[0][0]) if rows else 99

    @property
    def everything(self) -> list[tuple[object, ...]]:
        """All that is kept of sessions, but for the place of the live buttons."""
        moves = "SELECT id, phase, position, revision, ended_at, trained_at, rating FROM sessions"
        logs = "SELECT * FROM step_logs ORDER BY session_id, step"
        return self.coach.rows(moves) + self.coach.rows(logs)

    def is_live(self, message: Message, label: str) -> bool:
        """Whether this button moves the session from where it stands."""
        tap = parse(message.button(label).data or "")
        return (
            isinstance(tap, MoveTap)
            and tap.move in (Move.OWN_PACE, Move.DONE)
            and tap.revision == self.revision
        )

    async def find_button(self) -> tuple[Message, str]:
        """The newest one that leads on; /routine brings one where there is none."""
        found = self.runner.newest(*LIVE)
        if found is None:
            await self.runner.says("/routine")
            found = self.runner.newest(*LIVE)
        assert found is not None
        return found

    async def tap(self, label: str) -> int:
        """Taps it and waits; returns the update's id."""
        tap = self.runner.tap(label)
        update = self.runner.world.updates.newest
        await tap.answer()
        await self.runner.is_heard()
        return update

    async def tap_and_die(self, label: str, at: str) -> int:
        """Taps it, and the coach is killed at that moment and started again."""
        world, faults = self.coach.world, self.coach.world.faults
        before = len(self.runner.messages)
        if at == "sending":
            faults.add(Fault("sendMessage", "latency", seconds=5))
        elif at == "sent":
            faults.add(Fault("sendMessage", "hang", handled=True))
        elif at == "editing":
            half = self.chance.random() < 0.5
            faults.add(Fault("editMessageText", "hang", handled=half))
        tap = self.runner.tap(label)
        update = self.runner.world.updates.newest
        if at != "tapped":
            await tap.answer()
        if at in ("sent", "editing"):
            await world.until(lambda: len(self.runner.messages) > before)
        if at == "idle":
            await self.runner.is_heard()
        elif at != "answered":
            await asyncio.sleep(self.chance.uniform(0, 0.04))
        await self.coach.kill()
        faults.clear()
        await self.coach.start()
        await self.runner.is_heard()
        return update


@pytest.mark.slow
async def test_a_coach_killed_a_dozen_times_takes_its_runner_through_the_routine(
    coach: CoachProcess, ann: Runner
) -> None:
    walk = Walk(coach, ann, Random(7))
    moments = list(MOMENTS) * (KILLS // len(MOMENTS))
    walk.chance.shuffle(moments)
    counted = []
    await coach.start()
    await ann.says("/start routine_marathon-five")
    for _ in range(80):
        message, label = await walk.find_button()
        before, live = walk.revision, walk.is_live(message, label)
        if moments and walk.left > 1:
            update = await walk.tap_and_die(label, moments.pop())
            assert before <= walk.revision <= before + 1
            # Telegram brings it once more, and the runner is impatient.
            coach.world.updates.redeliver(update)
            coach.world.tap(ann.person, message, label)
            await ann.is_heard()
        else:
            update = await walk.tap(label)
        if live:
            assert walk.revision == before + 1
            counted.append(update)
        if not walk.left:
            break
    assert moments == []
    (steps,) = coach.rows("SELECT json_array_length(steps) FROM sessions")[0]
    logged = coach.rows("SELECT step, outcome FROM step_logs ORDER BY step")
    assert logged == [(step, "done") for step in range(steps)]
    assert coach.rows("SELECT phase, revision FROM sessions") == [("finished", steps + 1)]
    assert len(counted) == steps + 1
    assert f"Steps done: {steps - 1} of {steps - 1}" in ann.messages[-1].text
    assert ann.messages[-1].labels == RATE

    kept = walk.everything
    await coach.restart()
    for update in counted:
        coach.world.updates.redeliver(update)
    await ann.is_heard()
    assert walk.everything == kept
    assert len(ann.with_words("How did it feel?")) == 1


@pytest.fixture
async def walk(coach: CoachProcess, ann: Runner) -> Walk:
    """In the warm-up of a session, for which the coach was started."""
    await coach.start()
    await ann.says("/start routine_first-two-weeks")
    await ann.taps("None applies to me")
    await ann.taps("My own pace")
    return Walk(coach, ann)


@pytest.mark.parametrize("word", ["done", pytest.param("skip", marks=pytest.mark.slow)])
async def test_a_typed_word_that_was_never_confirmed_counts_once(walk: Walk, word: str) -> None:
    before = walk.revision
    walk.coach.world.faults.add(Fault("getUpdates", "hang", times=None))
    walk.coach.world.say(walk.runner.person, word)
    update = walk.runner.world.updates.newest
    await eventually(lambda: walk.revision == before + 1)
    await walk.coach.kill()
    assert [u["update_id"] for u in walk.coach.world.updates.pending] == [update]
    walk.coach.world.faults.clear()
    kept = walk.everything
    await walk.coach.start()
    await walk.runner.is_heard()
    walk.coach.world.updates.redeliver(update)
    await walk.runner.is_heard()
    assert walk.everything == kept
    assert "1 of 9" in walk.runner.messages[-1].text


@pytest.mark.slow
async def test_taps_that_were_never_confirmed_count_once_each(walk: Walk) -> None:
    before = walk.revision
    walk.coach.world.faults.add(Fault("getUpdates", "hang", times=None))
    message, label = await walk.find_button()
    for _ in range(3):
        walk.coach.world.tap(walk.runner.person, message, label)
    await eventually(lambda: walk.revision > before)
    await walk.coach.kill()
    assert walk.coach.world.updates.pending != []
    walk.coach.world.faults.clear()
    await walk.coach.start()
    await walk.runner.is_heard()
    assert walk.revision == before + 1
    await walk.tap("Done")
    assert walk.revision == before + 2


@pytest.mark.slow
async def test_a_start_that_was_never_confirmed_begins_one_session(
    coach: CoachProcess, ann: Runner
) -> None:
    await coach.start()
    await ann.is_ready()
    coach.world.faults.add(Fault("getUpdates", "hang", times=None))
    tap = ann.tap("Start")
    await tap.answer()
    await coach.kill()
    coach.world.faults.clear()
    await coach.start()
    await ann.is_heard()
    assert coach.rows("SELECT phase, revision FROM sessions") == [("running", 1)]
    await ann.taps("Done")
    assert coach.rows("SELECT phase, revision FROM sessions") == [("running", 2)]


@pytest.mark.parametrize(
    "unconfirmed",
    [
        pytest.param(True, id="comes-again"),
        pytest.param(False, id="is-tapped-again", marks=pytest.mark.slow),
    ],
)
async def test_a_kill_before_the_summary_does_not_cost_the_runner_the_summary(
    walk: Walk, unconfirmed: bool
) -> None:
    coach, runner = walk.coach, walk.runner
    coach.change(
        "INSERT INTO step_logs (session_id, step, outcome, at) "
        "SELECT 1, value, 'done', started_at FROM sessions, "
        "json_each('[0, 1, 2, 3, 4, 5, 6, 7, 8]')"
    )
    coach.change("UPDATE sessions SET position = 9, trained_at = started_at")
    assert walk.left == 1
    coach.world.faults.add(Fault("sendMessage", "latency", seconds=5))
    runner.tap("Done")
    await eventually(lambda: walk.left == 0)
    await coach.kill()
    if not unconfirmed:
        coach.world.updates.clear()
    coach.world.faults.clear()
    assert runner.with_words("How did it feel?") == []
    kept = walk.everything
    await coach.start()
    await runner.is_heard()
    if runner.newest("Done"):
        await runner.taps("Done")
    (summary,) = runner.with_words("How did it feel?")
    assert "Steps done: 9 of 9" in summary.text
    assert summary.labels == RATE
    assert walk.everything == kept


@pytest.mark.slow
async def test_an_overdue_cue_comes_once_after_a_kill(coach: CoachProcess, ann: Runner) -> None:
    await coach.start()
    await ann.says("/start routine_first-two-weeks")
    await ann.taps("None applies to me")
    await ann.taps("Start")
    assert ann.with_words("Starts in") != []
    await coach.kill()
    due = datetime.now(UTC) - timedelta(seconds=20)
    coach.change("UPDATE sessions SET due_at = ?", f"{due:%Y-%m-%d %H:%M:%S.%f}")
    await coach.start()
    await eventually(lambda: ann.with_words("Go!") and not ann.with_words("Starts in"))
    await coach.restart()
    await ann.is_heard()
    assert len(ann.with_words("Go!")) == 1
    assert ann.messages[-1].text.startswith("This comes late")
    assert coach.rows("SELECT phase, stage, revision FROM sessions") == [("running", "work", 2)]


@pytest.mark.slow
async def test_a_tap_that_was_stored_and_not_yet_handled_is_handled_after_a_kill(
    walk: Walk,
) -> None:
    """It waits for the chat's earlier word, whose answer takes long."""
    world, before = walk.coach.world, walk.revision
    world.faults.add(Fault("sendMessage", "latency", seconds=5))
    world.say(walk.runner.person, "/help")
    await asyncio.sleep(0.2)
    walk.runner.tap("Done")
    update = walk.runner.world.updates.newest
    await walk.runner.is_stored(update)
    assert walk.revision == before
    await walk.coach.kill()
    assert [number for (number,) in walk.coach.rows("SELECT update_id FROM inbox")][-1] == update
    world.faults.clear()
    await walk.coach.start()
    await walk.runner.is_heard()
    assert walk.revision == before + 1
