"""Whatever happens, the log holds no token, no message, no name and no place, at any level."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGTERM

import pytest
from aiohttp import web

from bot.sandbox.server import make_app
from bot.sandbox.world.faults import Fault
from bot.sandbox.world.world import World
from tests.process.coach_process import CoachProcess, eventually, watched
from tests.process.runner import Runner

SECRET = "AAHxyzzy-Plugh_secretsecretsecretse"
WORDS = "my xylophone knee whispers"
NAME = "Zaphodia"
LAST_NAME = "Quillfeather"
USERNAME = "zq_incognito"
GROUP = "Clandestine Striders"
PLACE = "Llanfairpwllgwyngyll"
LATITUDE, LONGITUDE = 53.220331, -4.202137
PRIVATE = (
    *(SECRET, "xylophone", NAME, LAST_NAME, USERNAME, GROUP, "Clandestine", PLACE),
    # No shorter: the seconds of a time in a log may look like a number of two decimals.
    *(str(LATITUDE), str(LONGITUDE), "53.220", "-4.202"),
)


@dataclass
class Garbled:
    """Methods whose next answers are no JSON at all but hold what a runner wrote."""

    left: dict[str, int] = field(default_factory=dict)

    def takes(self, method: str) -> bool:
        left = self.left.get(method, 0)
        self.left[method] = max(left - 1, 0)
        return left > 0


@asynccontextmanager
async def serve_garbled(world: World, garbled: Garbled) -> AsyncIterator[str]:
    Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]  # noqa: N806

    @web.middleware
    async def garble(request: web.Request, handler: Handler) -> web.StreamResponse:
        if garbled.takes(request.match_info.get("method", "")):
            return web.Response(text=f"<html>{WORDS} {NAME} {SECRET}</html>")
        return await handler(request)

    app = make_app(world)
    app.middlewares.append(garble)
    server = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.05)
    await server.setup()
    try:
        await web.TCPSite(server, "127.0.0.1", 0).start()
        host, port = server.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await server.cleanup()


@pytest.fixture
def garbled() -> Garbled:
    return Garbled()


@pytest.fixture
async def talkative(tmp_path: Path, garbled: Garbled) -> AsyncIterator[CoachProcess]:
    """A coach at the most talkative level; at the end nothing private is in what it said."""
    world = watched(World(token=f"123456789:{SECRET}"))
    world.limits = None
    async with serve_garbled(world, garbled) as url:
        coach = CoachProcess(tmp_path, world, url, {"LOG_LEVEL": "DEBUG"})
        try:
            await coach.start()
            yield coach
        finally:
            await coach.clean_up()
    said = coach.stdout + coach.stderr
    assert [word for word in PRIVATE if word.lower() in said.lower()] == []


@pytest.fixture
async def zoe(talkative: CoachProcess) -> Runner:
    person = talkative.world.add_person(NAME, last_name=LAST_NAME, username=USERNAME)
    return Runner(talkative.world, person)


async def hears(runner: Runner, text: str, times: int = 1) -> None:
    """Says it, and waits for the answer."""
    before = len(runner.messages)
    runner.world.say(runner.person, text)
    await runner.world.until(lambda: len(runner.messages) >= before + times, timeout=15)


@pytest.mark.slow
async def test_nothing_of_a_conversation_is_logged(talkative: CoachProcess, zoe: Runner) -> None:
    world = talkative.world
    await hears(zoe, "/start")
    await zoe.taps("None applies to me")
    await hears(zoe, WORDS)
    await zoe.says(f"/exercise {WORDS}")
    await talkative.restart()
    await zoe.says(f"/timezone {PLACE}")
    world.send_location(zoe.person, LATITUDE, LONGITUDE)
    world.edit(zoe.person, world.say(zoe.person, WORDS), f"{WORDS} indeed")
    world.say(zoe.person, f"/help {WORDS}", chat=world.add_group(GROUP, [zoe.person]))
    world.tap(zoe.person, zoe.messages[-1], data=WORDS)
    await zoe.is_heard()
    await talkative.restart()
    await zoe.says("/reminders mon 07:00")
    await zoe.says(f"/{WORDS.replace(' ', '_')} {WORDS}")
    world.block(zoe.person)
    await eventually(lambda: not world.updates.pending)
    assert await talkative.end(SIGTERM) == 0
    assert "slots: 1" in talkative.stderr
    assert "Traceback" not in talkative.stderr


@pytest.mark.slow
async def test_nothing_is_logged_when_telegram_has_a_bad_day(
    talkative: CoachProcess, zoe: Runner, garbled: Garbled
) -> None:
    faults = talkative.world.faults
    await hears(zoe, "/start")
    faults.add(Fault("sendAnimation", "status", status=500))
    faults.add(Fault("sendAnimation", "drop"))
    faults.add(Fault("answerCallbackQuery", "drop"))
    faults.add(Fault("editMessageText", "status", status=400))
    await zoe.taps("None applies to me")
    faults.add(Fault("sendMessage", "flood", retry_after=1))
    faults.add(Fault("getUpdates", "status", status=502))
    faults.add(Fault("getUpdates", "drop"))
    await hears(zoe, WORDS)
    garbled.left = {"sendMessage": 1, "getUpdates": 1}
    await zoe.says(f"/routine {WORDS}")  # the answer may have arrived, so it is not sent again
    faults.add(Fault("sendMessage", "status", status=400))
    talkative.world.say(zoe.person, WORDS)
    await zoe.is_heard()
    faults.add(Fault("getUpdates", "status", status=500, times=None))
    assert await talkative.end(SIGTERM) == 0
    for words in ("polling failed", "trying again", "asks to wait"):
        assert words in talkative.stderr
    assert "Traceback" not in talkative.stderr


@pytest.mark.slow
async def test_nothing_is_logged_when_the_coach_has_a_bug(
    talkative: CoachProcess, zoe: Runner, errors_expected: None
) -> None:
    """Its database loses a table: the frames are logged, the words of neither side are."""
    await hears(zoe, "/start")
    talkative.change("ALTER TABLE sessions RENAME TO out_of_reach")
    await hears(zoe, WORDS)
    assert "Something went wrong" in zoe.messages[-1].text
    await zoe.says(f"/timezone {PLACE}")
    talkative.change("ALTER TABLE out_of_reach RENAME TO sessions")
    await hears(zoe, "/help")
    assert "OperationalError while handling an update" in talkative.stderr


@pytest.mark.slow
async def test_an_update_that_can_t_be_read_is_neither_logged_nor_the_end(
    talkative: CoachProcess, zoe: Runner, errors_expected: None
) -> None:
    """Telegram grows kinds of things that the library does not know yet."""
    await hears(zoe, "/help")
    talkative.world.update("message", {"text": WORDS, "from": zoe.person.wire()})
    talkative.world.say(zoe.person, "/help")
    await asyncio.sleep(2)
    assert len(talkative.stderr.splitlines()) < 50
    assert len(zoe.messages) == 2


@pytest.mark.slow
async def test_after_delete_no_file_holds_anything_of_the_runner(
    talkative: CoachProcess, zoe: Runner
) -> None:
    """Neither of the coach's own files nor what it needs for a while: temporary ones, caches."""
    (talkative.folder / "tmp").mkdir()
    talkative.settings |= {"TMPDIR": str(talkative.folder / "tmp")}
    await talkative.restart()
    await hears(zoe, "/start")
    await zoe.taps("None applies to me")
    await zoe.says("/timezone Tromsø")
    await zoe.says("/bands mini light xanthous, long loop heavy quetschblau")
    await zoe.says("/reminders mon 07:13")
    await zoe.says("/routine marathon five")
    await zoe.taps("My own pace")
    await zoe.taps("Done")
    await zoe.says(WORDS)
    await zoe.says("/stop")
    await zoe.says("/progress")
    await zoe.says("/export")
    copy = talkative.folder / "copy.db"
    assert (await talkative.command("backup", str(copy))).code == 0
    typed = (*PRIVATE[1:], "xanthous", "quetschblau", "Tromsø", "Oslo")

    def held() -> set[str]:
        """The words that are in any file."""
        files = [file.read_bytes() for file in talkative.folder.rglob("*") if file.is_file()]
        return {word for word in typed if any(word.encode() in file for file in files)}

    assert {"xanthous", "quetschblau", "Tromsø", "Oslo"} <= held()
    copy.unlink()
    await zoe.says("/delete")
    zoe.tap("Erase everything")  # and nothing more comes from them
    await eventually(lambda: "Erased" in zoe.messages[-1].text)
    assert "trace" not in zoe.messages[-1].text
    assert held() == set()
