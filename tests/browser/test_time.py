"""Travelling in time on the page: a reminder without waiting for Wednesday."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

from tests.browser.conftest import IN_ONE_BROWSER, Open, a_moving_stage, fixture, in_chat, say, tap
from tests.conversations.stage import Stage
from tests.voices import SIGNALS

pytestmark = IN_ONE_BROWSER


@fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_moving_stage(tmp_path, voice=SIGNALS) as stage:
        yield stage


async def go(page: object, label: str) -> None:
    await page.get_by_role("button", name="Menu").click()  # type: ignore[attr-defined]
    await page.get_by_role("button", name=label, exact=True).click()  # type: ignore[attr-defined]


async def test_a_reminder_comes_by_time_travel_and_starts_a_session(
    stage: Stage, opened: Open
) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    await tap(page, "None applies to me")
    await say(page, "/reminders wed 07:00")
    await say(page, "Berlin")
    await page.get_by_text("Next reminder: Wednesday 25 November at 07:00").wait_for()
    await go(page, "Next reminder")
    await page.get_by_text("Today is a training day").wait_for(timeout=8000)
    await tap(page, "Start")
    await in_chat(page, "Done").wait_for()


async def test_the_question_after_a_track_comes_by_time_travel_and_the_track_stays(
    stage: Stage, opened: Open
) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    await tap(page, "None applies to me")
    await say(page, "/routine first two weeks")
    await tap(page, "Listen")
    track = page.locator("#chat audio")
    await track.evaluate("node => { node.currentTime = 5; }")
    await go(page, "+1 hour")
    await page.get_by_text("should be over by now").wait_for(timeout=8000)
    assert await track.evaluate("node => Math.round(node.currentTime)") == 5
    await tap(page, "All of it")
    await page.get_by_text("First two weeks: done").wait_for()


async def test_where_there_is_nothing_to_go_to_it_says_so(stage: Stage, opened: Open) -> None:
    page = await opened()
    await go(page, "Next reminder")
    await page.get_by_text("There is nothing to go to").wait_for()


async def test_the_clock_shows_where_it_went(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_text("November 24, 2026").wait_for()
    await page.get_by_role("button", name="+1 day").click()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_text("November 25, 2026").wait_for()


async def test_a_minute_goes_by_and_the_clock_runs_four_times_as_fast(
    stage: Stage, opened: Open
) -> None:
    page = await opened()
    before = stage.clock.now()
    await go(page, "+1 min")
    await page.get_by_role("dialog", name="Chats").wait_for(state="hidden")
    assert timedelta(minutes=1) <= stage.clock.now() - before < timedelta(minutes=1.5)
    await go(page, "4× speed")
    badge = page.get_by_role("button", name="4× speed; tap for the usual speed")
    await badge.wait_for()
    began, clock = time.monotonic(), stage.clock.now()
    await asyncio.sleep(2)
    lasted = time.monotonic() - began
    assert (stage.clock.now() - clock).total_seconds() > 2 * lasted
    await badge.click()
    await badge.wait_for(state="hidden")
