"""Files are written in a process of its own, which the coach does not wait for."""

import asyncio
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.activity import activity
from bot.domain.session import Move
from bot.fit import FitFiles
from tests.domain.walks import fresh, walk
from tests.fit.test_encoding import decoded


@pytest.mark.slow
def test_the_coach_does_not_load_the_library() -> None:
    ask = "import sys, bot.app; sys.exit('fit_tool' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask]).returncode == 0


@pytest.mark.slow
async def test_a_file_is_written_while_the_loop_goes_on() -> None:
    found = activity(walk(fresh(), Move.OWN_PACE, *([Move.DONE] * 7)), lambda *_: None, None)
    assert found is not None
    files, longest = FitFiles(), 0.0

    async def watch() -> None:
        nonlocal longest
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(0.001)
            longest = max(longest, loop.time() - before)

    watching = asyncio.create_task(watch())
    titles = ["Title"] * len(found.sets)
    first, second = await asyncio.gather(files.write(found, titles), files.write(found, titles))
    watching.cancel()
    assert first is not None
    assert first == second
    assert len(decoded(first)["workout_step_mesgs"]) == 6
    broken = replace(found, utc_offset=timedelta(days=10**6))
    assert await files.write(broken, titles) is None
    assert await files.write(found, titles) == first
    await files.close()
    assert longest < 0.25  # a busy machine; the library alone takes 0.4 s to load
