"""Whatever a file holds, it is read or refused within five seconds, and nobody else waits."""

import asyncio
from datetime import date
from time import perf_counter, thread_time

import pytest

from bot.calendars import Calendars
from bot.calendars.reading import read
from bot.domain.run_plan import PlanFile, Unread
from tests.calendars.corpus import CORPUS, PLAIN, Expected
from tests.shipped import CATALOGUE

TUESDAY = date(2026, 11, 24)
SECONDS = 5.0
LONGEST_BLOCK = 0.05
KILLED = {name for name, (_, expected) in CORPUS.items() if expected is Unread.TOO_SLOW}


def outcome(plan: PlanFile | Unread) -> Expected:
    return plan if isinstance(plan, Unread) else len(plan.entries)


async def by_process(content: bytes, calendars: Calendars | None = None) -> PlanFile | Unread:
    calendars = calendars or Calendars()
    return await calendars.read(content, CATALOGUE.title_words, "Europe/Berlin", TUESDAY)


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) >= 40


@pytest.mark.parametrize("name", sorted(set(CORPUS) - KILLED))
def test_a_file_is_refused_or_read_as_far_as_it_goes(name: str) -> None:
    content, expected = CORPUS[name]
    found = read(content, CATALOGUE.title_words, "Europe/Berlin", TUESDAY)
    assert outcome(found) == expected


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(KILLED))
async def test_one_that_would_take_long_is_ended_in_time(name: str) -> None:
    content, expected = CORPUS[name]
    begun = perf_counter()
    assert outcome(await by_process(content)) == expected
    assert perf_counter() - begun < SECONDS


@pytest.mark.slow
async def test_the_loop_never_stops_meanwhile() -> None:
    """By the work of this thread: with other tests beside it, the machine itself may stall."""
    longest, waiting = 0.0, True

    async def watch() -> None:
        nonlocal longest
        while waiting:
            before = thread_time()
            await asyncio.sleep(0.005)
            longest = max(longest, thread_time() - before)

    watching = asyncio.create_task(watch())
    for name in ("400 events every day", "a description of 500 kB", "every second"):
        assert outcome(await by_process(CORPUS[name][0])) == CORPUS[name][1]
    waiting = False
    await watching
    assert longest < LONGEST_BLOCK


async def test_a_plan_comes_back_from_its_process() -> None:
    plan = await by_process(PLAIN)
    assert isinstance(plan, PlanFile)
    assert [(entry.day, entry.title) for entry in plan.entries] == [(TUESDAY, "Easy run")]


async def test_a_process_that_dies_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    """As at the limit of its memory."""
    monkeypatch.setattr("bot.calendars.sys.executable", "/bin/false")
    assert await by_process(PLAIN) is Unread.TOO_MANY


async def test_no_process_is_left_when_the_reading_is_cancelled() -> None:
    calendars = Calendars()
    reading = asyncio.create_task(by_process(CORPUS["30 February"][0], calendars))
    await asyncio.sleep(0.5)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert outcome(await by_process(PLAIN, calendars)) == 1
