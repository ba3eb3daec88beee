"""Exports are read in a process of their own, within its limits; meanwhile the coach runs on."""

import asyncio
import time

import pytest

from bot.archives import Archive, Archives
from bot.domain.bring_back import Refusal
from tests.archives.test_reading import HOSTILE, bomb, data, export


async def longest_pause(task: asyncio.Task[object]) -> float:
    """The longest time for which the event loop did not turn until the task was done."""
    longest = 0.0
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(0)
        longest = max(longest, time.perf_counter() - before)
        await asyncio.sleep(0.001)
    return longest


async def test_an_export_comes_back_as_its_pages() -> None:
    archive = await Archives().read(export(data()))
    assert isinstance(archive, Archive)
    assert archive.pages == (b'["runners",[{"id":1}]]\n',)
    assert archive.made_at.year == 2026


@pytest.mark.parametrize("name", ["nothing", "a link", "a newer format", "nested deeply"])
async def test_a_refusal_comes_with_its_reason(name: str) -> None:
    make, refusal = HOSTILE[name]
    assert await Archives().read(make()) is refusal


@pytest.mark.parametrize("made_at", ["soon", "2026-11-24T06:00:00", "0001-01-01T00:00:00+14:00"])
async def test_a_moment_that_is_none_is_refused(made_at: str) -> None:
    assert await Archives().read(export(data(made_at=made_at))) is Refusal.BROKEN


async def test_one_that_takes_too_long_is_ended() -> None:
    archives = Archives(patience=0.01)
    assert await archives.read(export(data())) is Refusal.LARGE
    assert await Archives().read(export(data())) is not Refusal.LARGE


@pytest.mark.slow
async def test_the_coach_runs_on_while_a_bomb_is_read() -> None:
    content = bomb()
    task = asyncio.create_task(Archives().read(content))
    assert await longest_pause(task) < 0.05
    assert await task is Refusal.LARGE


@pytest.mark.slow
async def test_the_coach_runs_on_while_much_is_read() -> None:
    rows = [{"id": number, "text": "x" * 100} for number in range(200_000)]
    task = asyncio.create_task(Archives().read(export(data(tables={"sessions": rows}))))
    assert await longest_pause(task) < 0.05
    assert isinstance(await task, Archive)
