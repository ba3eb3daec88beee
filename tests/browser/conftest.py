"""A real browser on the page of a stage with the coach at work."""

import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import unavailable
from tests.conversations.stage import Stage, a_stage

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
SOON = 15000  # milliseconds until what the page shows must be there
Open = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path) as stage, stage.coach():
        stage.world.add_person("Ann")
        yield stage


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    try:
        from playwright.async_api import async_playwright
    except ImportError:
        unavailable("Playwright for Python is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        unavailable("Debian's chromium is not installed")
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        await started.close()


@pytest.fixture
async def complaints() -> AsyncIterator[list[str]]:
    """What the browser's console says; a test that expects some empties the list."""
    said: list[str] = []
    yield said
    assert said == []


@pytest.fixture
async def opened(browser: Any, stage: Stage, complaints: list[str]) -> Open:
    """Opens the page as another person's phone or computer would."""

    async def open_page(path: str = "/", viewport: Any = DESKTOP, **about: Any) -> Any:
        context = await browser.new_context(viewport=viewport, **about)
        context.set_default_timeout(SOON)
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = await context.new_page()
        await page.goto(stage.url + path)
        return page

    return open_page


async def say(page: Any, text: str) -> None:
    await page.get_by_label("Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


def in_chat(page: Any, label: str) -> Any:
    """The newest button of that label under a message."""
    return page.locator("#chat").get_by_role("button", name=label, exact=True).last


async def tap(page: Any, label: str) -> None:
    await in_chat(page, label).click()


async def begin_a_session(page: Any) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await tap(page, "I understand")
    await tap(page, "Start")
    await in_chat(page, "Done").wait_for()
