"""The loop of a worker: it waits, works, logs a failure once, backs off, and ends."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest

from bot.db.engine import AwayError
from bot.runtime.retry import BackOff
from bot.runtime.tasks import Progress, working
from bot.workers import base
from bot.workers.base import Loop
from tests.process.coach_process import eventually

HOURS = 10_000.0


class Job:
    """Work that fails as it is told, and notes when it was called."""

    def __init__(self) -> None:
        self.wake = asyncio.Event()
        self.progress = Progress()
        self.loop = Loop("job", self.work, self.wake, self.progress, "the job failed")
        self.calls: list[float] = []
        self.error: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.seconds = HOURS

    async def work(self) -> float:
        self.calls.append(asyncio.get_running_loop().time())
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        return self.seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with working(self.loop):
            await self.called(1)
            yield

    async def called(self, times: int) -> None:
        await eventually(lambda: len(self.calls) >= times, timeout=2)


@pytest.fixture
async def job() -> Job:
    return Job()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "BACK_OFF", BackOff((0.02, 0.06)))


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == base.__name__]


async def test_it_works_again_when_it_is_woken_or_when_the_time_has_come(job: Job) -> None:
    async with job.running():
        await asyncio.sleep(0.05)
        assert len(job.calls) == 1
        job.seconds = 0.01
        job.wake.set()
        await job.called(5)


async def test_a_failure_is_logged_once_while_it_lasts_and_so_is_its_end(
    job: Job, caplog: pytest.LogCaptureFixture, errors_expected: None
) -> None:
    job.error = OSError("full")
    async with job.running():
        await job.called(4)
        assert lines(caplog) == ["the job failed; trying again"]
        job.error = None
        await job.called(5)
    assert lines(caplog) == ["the job failed; trying again", "the job loop works again"]


async def test_after_each_failure_it_waits_longer(job: Job, errors_expected: None) -> None:
    job.error = OSError("full")
    async with job.running():
        await job.called(4)
    waits = [after - before for before, after in pairwise(job.calls)]
    assert waits[0] >= 0.02
    assert min(waits[1:3]) >= 0.06


async def test_a_database_that_is_away_is_tried_again_and_left_for_the_database_to_log(
    job: Job, caplog: pytest.LogCaptureFixture
) -> None:
    job.error = AwayError("away")
    with caplog.at_level(logging.DEBUG):
        async with job.running():
            await job.called(3)
            assert not job.loop.is_failing
    assert lines(caplog) == []


async def test_it_ends_after_the_call_that_is_under_way(job: Job) -> None:
    job.gate.clear()
    running = asyncio.create_task(job.loop.run())
    await job.called(1)
    job.loop.stop()
    await asyncio.sleep(0.01)
    assert not running.done()
    job.gate.set()
    await asyncio.wait_for(running, 1)
    assert len(job.calls) == 1


async def test_one_that_is_stopped_before_it_runs_does_nothing(job: Job) -> None:
    job.loop.stop()
    await asyncio.wait_for(job.loop.run(), 1)
    assert job.calls == []


async def test_a_call_that_does_not_come_back_hangs_and_a_wait_does_not(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base, "HANGS", 0.03)
    async with job.running():
        await asyncio.sleep(0.1)
        assert job.progress.hung() == []
        job.gate.clear()
        job.wake.set()
        await eventually(lambda: job.progress.hung() == ["job"], timeout=2)
        job.gate.set()
        await eventually(lambda: job.progress.hung() == [], timeout=2)
