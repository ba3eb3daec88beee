"""A real process by webhook: killed in the middle, stopped, and started with wrong settings."""

import asyncio
from signal import SIGTERM

import pytest

from bot.sandbox.world.faults import Fault
from bot.sandbox.world.webhook import Reach
from bot.sandbox.world.world import World
from tests.network import free_port
from tests.process.coach_process import CoachProcess, eventually
from tests.process.runner import Runner


@pytest.fixture
async def by_webhook(coach: CoachProcess, world: World) -> CoachProcess:
    """Not started yet."""
    world.webhook_reach = Reach.ANY
    world.webhook_pauses = (0.0, 0.2)
    port = free_port()
    coach.settings = {"WEBHOOK_URL": f"http://127.0.0.1:{port}/hook", "WEBHOOK_PORT": str(port)}
    return coach


async def start(coach: CoachProcess) -> None:
    """Until it says where it is, which it does once it takes updates."""
    before = coach.stdout
    await coach.spawn()
    await eventually(lambda: coach.stdout != before or not coach.is_running, timeout=20)
    assert coach.is_running, coach.stderr


@pytest.mark.slow
async def test_an_update_that_a_kill_cut_short_is_handled_by_the_next_process(
    by_webhook: CoachProcess, world: World, ann: Runner
) -> None:
    coach = by_webhook
    await start(coach)
    await ann.says("/start routine_first-two-weeks")
    await ann.taps("None applies to me")
    await ann.taps("My own pace")
    revision = "SELECT revision FROM sessions"
    ((before,),) = coach.rows(revision)
    world.faults.add(Fault("sendMessage", "latency", seconds=5))
    world.say(ann.person, "/help")
    ann.tap("Done")
    await asyncio.sleep(0.4)
    await coach.kill()
    assert world.updates.pending == []
    assert coach.rows("SELECT count(*) FROM inbox") == [(2,)]
    assert coach.rows(revision) == [(before,)]
    world.faults.clear()
    await start(coach)
    await eventually(coach.is_done)
    assert coach.rows(revision) == [(before + 1,)]
    assert world.token not in coach.stdout + coach.stderr


@pytest.mark.slow
async def test_what_was_taken_is_finished_and_the_status_is_0(
    by_webhook: CoachProcess, world: World, ann: Runner
) -> None:
    await start(by_webhook)
    world.faults.add(Fault("sendMessage", "latency", seconds=0.7))
    world.say(ann.person, "/help")
    await asyncio.sleep(0.3)
    assert await by_webhook.end(SIGTERM) == 0
    assert "/routine" in ann.messages[-1].text
    assert world.updates.pending == []
    assert by_webhook.stderr == ""


@pytest.mark.slow
async def test_an_address_that_telegram_refuses_is_told_in_one_line(
    by_webhook: CoachProcess, world: World
) -> None:
    world.webhook_reach = Reach.PUBLIC
    ended = await by_webhook.command("run")
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert ended.lines[0].startswith("Telegram refuses WEBHOOK_URL: ")
    assert "an https url" in ended.lines[0]


@pytest.mark.slow
async def test_a_port_that_is_taken_is_told_in_one_line(
    by_webhook: CoachProcess, world: World, ann: Runner
) -> None:
    await start(by_webhook)
    other = str(by_webhook.folder / "other.db")
    ended = await by_webhook.command("run", DATABASE_URL=f"sqlite:///{other}")
    assert (ended.code, len(ended.lines)) == (1, 1)
    assert "WEBHOOK_PORT" in ended.lines[0]
