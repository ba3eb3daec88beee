"""A real browser on the page of a stage with the coach at work."""

import io
import json
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.demo.server import TimeMachine
from bot.runtime.clock import ShiftedClock
from bot.sandbox.server import serve
from bot.sandbox.world.chats import Person
from bot.sandbox.world.world import World
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
# All tests here share the browser, so that they have one worker and one event loop.
IN_ONE_BROWSER = [pytest.mark.xdist_group("browser"), pytest.mark.asyncio(loop_scope="session")]
fixture = pytest_asyncio.fixture(loop_scope="session")


@fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with a_stage(tmp_path) as stage, stage.coach():
        stage.world.add_person("Ann")
        yield stage


@asynccontextmanager
async def a_moving_stage(folder: Path, **about: object) -> AsyncIterator[Stage]:
    """As in the demo: the clock goes on by itself and can be moved."""
    async with a_stage(folder, **about) as stage:
        clock = ShiftedClock()
        clock.move(datetime(2026, 11, 24, 6, tzinfo=UTC))
        stage.clock = clock  # type: ignore[assignment]
        stage.world.clock = clock.now
        stage.world.add_person("Ann")
        async with stage.coach():
            machine = TimeMachine(stage.work, clock)
            async with machine.running():
                stage.world.travel, stage.world.hasten = machine.move, machine.hasten
                yield stage


@dataclass
class Bare:
    """The page without the coach: the test itself is the bot, over HTTP."""

    world: World
    url: str
    http: aiohttp.ClientSession

    @property
    def ann(self) -> Person:
        return self.world.people[0]

    async def call(self, method: str, **params: Any) -> Any:
        """Its result; a file is its name, bytes and type."""
        form = aiohttp.FormData(default_to_multipart=True, quote_fields=False)
        for field, value in params.items():
            if isinstance(value, tuple):
                name, content, kind = value
                form.add_field(field, io.BytesIO(content), filename=name, content_type=kind)
            else:
                form.add_field(field, value if isinstance(value, str) else json.dumps(value))
        address = f"{self.url}/bot{self.world.token}/{method}"
        async with self.http.post(address, data=form) as response:
            answer = await response.json()
            assert answer["ok"], answer
            return answer["result"]


@asynccontextmanager
async def a_bare_page() -> AsyncIterator[Bare]:
    world = World()
    world.start(world.add_person("Ann"))
    async with serve(world) as url, aiohttp.ClientSession() as http:
        yield Bare(world, url, http)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
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


@fixture
async def complaints() -> AsyncIterator[list[str]]:
    """What the browser's console says; a test that expects some empties the list."""
    said: list[str] = []
    yield said
    assert said == []


@fixture
async def opened(browser: Any, stage: Stage, complaints: list[str]) -> AsyncIterator[Open]:
    """Opens the page as another person's phone or computer would."""

    async def open_page(path: str = "/", viewport: Any = DESKTOP, **about: Any) -> Any:
        context = await browser.new_context(viewport=viewport, **about)
        context.set_default_timeout(SOON)
        context.on("console", lambda message: complaints.append(message.text))
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = await context.new_page()
        await page.goto(stage.url + path)
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()


async def serious_faults(page: Any) -> list[str]:
    """What axe finds in the page as it is now, light and dark."""
    try:
        from axe_playwright_python.async_playwright import Axe
    except ImportError:
        unavailable("axe-playwright-python is not installed")
    faults = []
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)
        faults += [
            f"{scheme}, {found['id']}: {node['html']} {node['failureSummary']}"
            for found in (await Axe().run(page)).response["violations"]
            if found["impact"] in ("serious", "critical")
            for node in found["nodes"]
        ]
    return faults


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
    await tap(page, "None applies to me")
    await tap(page, "Start")
    await in_chat(page, "Done").wait_for()
