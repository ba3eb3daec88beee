"""What anybody must be able to see and use: a phone, light and dark, a screen reader."""

from typing import Any

import pytest

from tests.browser.conftest import (
    DESKTOP,
    IN_ONE_BROWSER,
    PHONE,
    Open,
    begin_a_session,
    in_chat,
    say,
    serious_faults,
    tap,
)
from tests.conversations.stage import CATALOGUE, Stage

pytestmark = IN_ONE_BROWSER

WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll("body *")]
    .filter((node) => node.getBoundingClientRect().right > innerWidth + 1)
    .map((node) => node.outerHTML.slice(0, 80))"""
LOADED = """(clip) => clip.readyState > 0
    || new Promise((loaded) => { clip.onloadedmetadata = loaded; })"""
UNSEEN_ON_ARRIVAL = """() => {
    const chat = document.querySelector("#chat").getBoundingClientRect();
    const message = [...document.querySelectorAll("#chat article")].at(-1);
    const parts = [message.querySelector(".seen"), ...message.querySelectorAll(".keys .row > *")];
    const isSeen = ({ top, bottom }) => top >= chat.top - 1 && bottom <= chat.bottom + 1;
    return parts.filter((part) => !isSeen(part.getBoundingClientRect())).length;
}"""
CUT_LABELS = """() => [...document.querySelectorAll(".label")]
    .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.innerText)"""


async def test_a_phone_shows_all_without_scrolling_sideways(opened: Open) -> None:
    page = await opened(viewport=PHONE)
    await begin_a_session(page)
    await say(page, "/reminders")
    await in_chat(page, "Save").wait_for()
    await say(page, "/exercise deadbug")
    await say(page, "x" * 300)
    await page.get_by_text("x" * 300).wait_for()
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert await page.evaluate(CUT_LABELS) == []
    header = await page.locator("header").bounding_box()
    assert header["height"] < 64
    texts = await page.locator("#chat").bounding_box()
    await page.get_by_role("button", name="What Telegram would have said").click()
    assert await page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert texts["width"] == PHONE["width"]


@pytest.mark.slow
async def test_a_phone_shows_the_clip_of_each_exercise_with_its_buttons(opened: Open) -> None:
    page = await opened(viewport=PHONE)
    await page.get_by_role("button", name="Start", exact=True).click()
    await in_chat(page, "None applies to me").wait_for()
    hidden = {}
    for exercise in CATALOGUE.exercises.values():
        messages = page.locator("#chat article")
        before = await messages.count()
        await say(page, f"/exercise {exercise.texts.name}")
        shown = messages.nth(before + 1)
        await shown.locator(".keys .row > *").first.wait_for()
        await shown.locator("video.seen").evaluate(LOADED)
        hidden[exercise.id] = await page.evaluate(UNSEEN_ON_ARRIVAL)
    assert {key: count for key, count in hidden.items() if count} == {}


@pytest.mark.slow
async def test_a_phone_shows_the_clip_of_each_step_with_its_buttons(opened: Open) -> None:
    page = await opened(viewport=PHONE)
    await begin_a_session(page)
    hidden = {}
    messages = page.locator("#chat article")
    while await in_chat(page, "Done").is_visible():
        count, step = await messages.count(), await messages.last.inner_text()
        if await messages.last.locator("video.seen").count():
            await messages.last.locator("video.seen").evaluate(LOADED)
            hidden[step] = await page.evaluate(UNSEEN_ON_ARRIVAL)
        await tap(page, "Done")
        await messages.nth(count).wait_for()
        await messages.nth(count - 1).get_by_role("button", name="Done").wait_for(state="hidden")
    assert hidden
    assert {step: parts for step, parts in hidden.items() if parts} == {}


async def test_a_tapped_button_spins_until_the_bot_answers(stage: Stage, opened: Open) -> None:
    page = await opened()
    await begin_a_session(page)
    stage.world.latency = 0.4
    await tap(page, "Done")
    assert await in_chat(page, "Done").get_attribute("aria-busy") == "true"
    await page.get_by_text("1 of 9").wait_for()
    stage.world.latency = 0
    busy = page.locator("#chat [aria-busy=true]")
    await busy.first.wait_for(state="detached")


@pytest.mark.breadth(1)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_axe_finds_nothing_serious_in_light_or_dark(viewport: Any, opened: Open) -> None:
    page = await opened(viewport=viewport, reduced_motion="reduce")
    await begin_a_session(page)
    await say(page, "/exercise deadbug")
    await page.get_by_text("Deadbug").or_(page.get_by_text("Dead bug")).first.wait_for()

    assert await serious_faults(page) == []
    await page.get_by_label("Message", exact=True).fill("/")
    assert await serious_faults(page) == []
    await page.get_by_label("Message", exact=True).fill("")
    await page.get_by_role("button", name="Menu").click()
    assert await serious_faults(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="What Telegram would have said").click()
    await page.locator("summary").first.click()
    assert await serious_faults(page) == []
