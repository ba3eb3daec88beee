"""A newcomer's walk through the page, with the keyboard alone."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import (
    IN_ONE_BROWSER,
    Open,
    a_moving_stage,
    begin_a_session,
    fixture,
    in_chat,
    say,
)
from tests.conversations.stage import Stage

pytestmark = IN_ONE_BROWSER

FOCUSED = "document.activeElement.ariaLabel || document.activeElement.innerText"
ONE_DONE = """() => [...document.querySelectorAll("#chat button")].filter(
    (button) => button.textContent.trim() === "Done"
).length === 1"""


@fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_moving_stage(tmp_path) as stage:
        yield stage


async def reach(page: Any, name: str, key: str = "Tab") -> None:
    """Moves the focus with one key until it is on what has that name."""
    for _ in range(60):
        if await page.evaluate(FOCUSED) == name:
            return
        await page.keyboard.press(key)
    raise AssertionError(f"no way to {name!r} by {key}")


async def follow(page: Any, name: str) -> None:
    """Waits for the focus to come by itself to what has that name."""
    await page.wait_for_function(f"name => ({FOCUSED}) === name", arg=name)


async def write(page: Any, text: str) -> None:
    await reach(page, "Message")
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


@pytest.mark.slow
async def test_a_first_routine_and_a_reminder_by_keyboard_alone(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).wait_for()
    await reach(page, "Start")
    await page.keyboard.press("Enter")
    await in_chat(page, "None applies to me").wait_for()
    await follow(page, "Message")
    await reach(page, "None applies to me", "Shift+Tab")
    await page.keyboard.press("Enter")
    await follow(page, "Start")
    await page.keyboard.press("Enter")
    for step in ["Walk briskly", *(f"{number} of 9" for number in range(1, 10))]:
        await page.get_by_text(step).last.wait_for()
        await page.wait_for_function(ONE_DONE)  # the step before has lost its buttons
        await follow(page, "Done")
        await page.keyboard.press("Enter")
    await follow(page, "Easy")
    await reach(page, "Just right")
    await page.keyboard.press("Space")
    await page.get_by_text("You said: just right").wait_for()
    assert await page.get_by_text("Steps done: 9 of 9").is_visible()
    await write(page, "/reminders fri 07:00")
    await page.get_by_text("/reminders fri 07:00").wait_for()
    await write(page, "Berlin")
    await page.get_by_text("Next reminder: Friday 27 November at 07:00").wait_for()
    await reach(page, "Menu", "Shift+Tab")
    await page.keyboard.press("Enter")
    await reach(page, "Next reminder")
    await page.keyboard.press("Enter")
    await page.get_by_text("Today is a training day").wait_for()
    await reach(page, "Start", "Shift+Tab")
    await page.keyboard.press("Enter")
    await in_chat(page, "Done").wait_for()
    await follow(page, "Done")
    assert stage.world.refused() == []


async def test_the_focus_stays_on_a_button_that_changes(stage: Stage, opened: Open) -> None:
    page = await opened()
    await begin_a_session(page)
    await say(page, "/reminders")
    await in_chat(page, "Mon").focus()
    await page.keyboard.press("Enter")
    await in_chat(page, "Mon").wait_for(state="detached")
    assert "Mon" in await page.evaluate(FOCUSED)
    assert await page.evaluate(FOCUSED) != "Mon"


async def test_commands_complete_from_the_bots_menu(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    box, options = page.get_by_label("Message", exact=True), page.get_by_role("option")
    await box.fill("/")
    assert await options.count() == len(stage.world.profile.commands[("default",), ""])
    await page.keyboard.press("ArrowDown")
    assert await page.get_by_role("option", selected=True).inner_text() != ""
    await page.keyboard.press("Escape")
    assert await options.count() == 0
    await box.fill("/ti")
    await page.keyboard.press("Tab")
    assert await box.input_value() == "/timezone "
    await box.fill("/hel")
    await page.keyboard.press("Enter")
    await page.get_by_role("article", name="You").get_by_text("/help").wait_for()
    assert await box.input_value() == ""


async def test_a_deep_link_waits_for_start(stage: Stage, opened: Open) -> None:
    page = await opened("/?start=routine_marathon-five")
    await page.get_by_role("button", name="Start", exact=True).click()
    await in_chat(page, "None applies to me").click()
    await page.get_by_text("Marathon five").last.wait_for()


async def test_what_people_write_stays_text(stage: Stage, opened: Open) -> None:
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>alert(1)</script>"
    person = stage.world.add_person(hostile[:64])
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    await say(page, hostile)
    await page.set_input_files(
        "#file", {"name": "<b>plan</b>.pdf", "mimeType": "application/pdf", "buffer": b"x"}
    )
    await page.get_by_text("<b>plan</b>.pdf").wait_for()
    await page.get_by_role("button", name="Menu").click()
    await page.get_by_role("button", name=person.first_name, exact=True).click()
    assert await page.locator("#app img, #app script, #menu img").count() == 0
    assert await page.title() == "Band Coach"


async def test_a_file_that_is_dropped_on_the_chat_is_sent(stage: Stage, opened: Open) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    await in_chat(page, "None applies to me").wait_for()
    files = await page.evaluate_handle(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["no calendar"], "plan.ics", { type: "text/calendar" }));
            return files;
        }"""
    )
    for kind in ("dragover", "drop"):
        await page.dispatch_event("#app", kind, {"dataTransfer": files})
    await page.get_by_text("plan.ics", exact=True).wait_for()
    await page.get_by_text("That file is not a calendar that I can read").wait_for()


async def test_a_file_of_20_mb_is_refused_in_words(
    opened: Open, complaints: list[str], tmp_path: Any
) -> None:
    page = await opened()
    await page.get_by_role("button", name="Start", exact=True).click()
    large = tmp_path / "large.mp4"
    large.write_bytes(b"x" * 20 * 1024**2)
    await page.set_input_files("#file", large)
    await page.get_by_role("status").filter(has_text="8 MB is the most").wait_for()
    assert [said for said in complaints if "413" not in said] == []
    complaints.clear()
