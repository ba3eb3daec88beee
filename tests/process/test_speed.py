"""How long a coach takes to be there."""

import sys
import time

import pytest

from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess
from tests.process.runner import Runner


@pytest.mark.slow
async def test_the_first_answer_comes_within_seconds_of_the_start(
    coach: CoachProcess, world: World, ann: Runner, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was said while no coach was running is answered first of all."""
    world.say(ann.person, "/start")
    coach.cold = True
    await coach.spawn()
    await world.until(lambda: ann.messages, timeout=15)
    seconds = time.monotonic() - coach.started_at
    with capsys.disabled():
        sys.stdout.write(f" [start to first answer: {seconds:.2f} s] ")
    assert seconds < 15
