"""Makes the pictures of the README from the demo's chat page: `python -m tests.pictures`.

They are taken by Chromium on a phone's screen, light and dark, of a coach whose clock is moved.
"""

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import skia
from playwright.async_api import async_playwright

from bot.domain.session import Rating
from tests.browser.conftest import ARGUMENTS, PHONE, in_chat, say, tap
from tests.conversations.stage import TUESDAY, Runner, Stage, a_stage

FOLDER = Path(__file__).parents[1] / ".images"
SCHEMES = ("light", "dark")
RACE = date(2027, 1, 31)
DAY = timedelta(days=1)
SIZE = (520, 1125)  # pixels
QUALITY = 60  # percent
SETTLED = 4000  # milliseconds until toasts are gone
TO_THE_END = """() => {
    for (const clip of document.querySelectorAll("video")) clip.controls = false;
    const chat = document.querySelector("#chat");
    chat.scrollTop = chat.scrollHeight;
}"""


class Camera:
    """A phone on which the chat is shown."""

    def __init__(self, page: Any, folder: Path) -> None:
        self.page = page
        self.folder = folder

    async def take(self, name: str, words: str) -> None:
        """Take a picture of the end of the chat, in which these words stand, light and dark."""
        await self.page.get_by_text(words).last.wait_for()
        await self.page.mouse.move(1, 1)
        await self.page.wait_for_timeout(SETTLED)
        await self.page.evaluate(TO_THE_END)
        for scheme in SCHEMES:
            await self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            await self.page.wait_for_timeout(1000)
            picture = skia.Image.MakeFromEncoded(await self.page.screenshot())
            small = picture.resize(*SIZE, skia.SamplingOptions(skia.CubicResampler.Mitchell()))
            encoded = small.encodeToData(skia.EncodedImageFormat.kWEBP, QUALITY)
            (self.folder / f"{name}-{scheme}.webp").write_bytes(bytes(encoded))


@asynccontextmanager
async def a_phone(stage: Stage, folder: Path) -> AsyncIterator[Camera]:
    chromium = shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        context = await browser.new_context(viewport=PHONE, device_scale_factor=2)
        page = await context.new_page()
        await page.goto(stage.url)
        yield Camera(page, folder)
        await browser.close()


async def first_contact(stage: Stage, folder: Path) -> None:
    stage.runner("Ann")
    async with a_phone(stage, folder) as camera:
        await camera.page.get_by_role("button", name="Start", exact=True).click()
        await camera.take("first", "Does one of these apply")
        await tap(camera.page, "None applies to me")
        await tap(camera.page, "Start")
        await tap(camera.page, "Done")
        await in_chat(camera.page, "Done").wait_for()
        await camera.take("step", "1 of 9")


async def season(stage: Stage, folder: Path) -> None:
    """The week, the race in ten weeks, the taper, and the return."""
    bea = await stage.runner("Bea").is_ready()
    await bea.knows_the_exercises()
    for number in range(10):
        await trains(bea, TUESDAY - timedelta(days=2 + 3 * number))
    await bea.says("/timezone Berlin")
    await bea.says("/race half 31 January")
    async with a_phone(stage, folder) as camera:
        await say(camera.page, "/week easy mon wed, hard tue 7:00, rest fri, long sun")
        await camera.take("week", "Strength fits here")
        await bea.taps("Use these days")
        await bea.taps("18:00")
        await trains_until(bea, RACE - 13 * DAY)
        await evening(stage, RACE - 12 * DAY)
        await camera.take("taper", "one easy set of each")
        await trains(bea, stage.clock.now())
        await evening(stage, RACE + 2 * DAY)
        await tap(camera.page, "I ran it")
        await evening(stage, RACE + 9 * DAY)
        await camera.take("return", "since your half marathon: one set of each")


async def trains(runner: Runner, at: datetime) -> None:
    await runner.has_trained("marathon-five", at, Rating.RIGHT)


async def trains_until(runner: Runner, last: date) -> None:
    """Trains on each Tuesday and Thursday, at noon, so that no reminder comes."""
    day = runner.stage.clock.now().date()
    while day <= last:
        if day.weekday() in (1, 3):
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            await runner.stage.travel(noon)
            await trains(runner, noon)
        day += DAY


async def evening(stage: Stage, day: date) -> None:
    """Travel to the evening, after the reminder."""
    await stage.travel(datetime(day.year, day.month, day.day, 17, 30, tzinfo=UTC))


async def main(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for scene in (first_contact, season):
        with tempfile.TemporaryDirectory() as place:
            async with a_stage(Path(place)) as stage, stage.coach():
                await scene(stage, folder)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    asyncio.run(main(parser.parse_args().folder))
