"""The wall clock is set under a running process, in real seconds."""

import time
from pathlib import Path

import pytest

from bot.domain.timer import GET_READY
from tests.process.coach_process import CoachProcess, eventually
from tests.process.runner import Runner


@pytest.mark.slow
@pytest.mark.parametrize("ahead", [-3600, -60, 60, 3600])
async def test_a_session_is_led_on_when_the_clock_is_set(
    coach: CoachProcess, ann: Runner, tmp_path: Path, ahead: int
) -> None:
    wall = tmp_path / "wall"
    wall.write_text("0")
    coach.program = ("-m", "tests.process.settable")
    coach.settings = {"WALL_CLOCK": str(wall)}
    await coach.start()
    await ann.is_ready()
    await ann.says("/routine first two weeks")
    await ann.taps("Start")
    begun = time.monotonic()
    await eventually(lambda: time.monotonic() > begun + 3)
    other = tmp_path / "other"
    other.write_text(str(ahead))
    other.replace(wall)
    await eventually(lambda: ann.with_words("Go!"), timeout=GET_READY)
    assert GET_READY - 2 < time.monotonic() - begun < GET_READY + 2
    [go] = ann.with_words("Go!")
    assert go.text.startswith("Go!")
    assert "the clock was set by" in coach.stderr
    assert coach.rows("SELECT stage, timed FROM sessions WHERE ended_at IS NULL") == [("work", 1)]
