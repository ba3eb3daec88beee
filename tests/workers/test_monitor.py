"""/healthz tells whether the coach is well, /metrics what it does; neither tells about whom."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.runtime.addresses import Address, CannotListenError
from bot.sandbox.world.faults import Fault
from bot.workers import monitor
from tests.conversations.stage import TUESDAY, Runner, Stage, a_stage
from tests.network import free_port, half_open


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    at = Address("127.0.0.1", free_port())
    async with a_stage(tmp_path, metrics=at) as stage, stage.coach():
        yield stage


@pytest.fixture
async def zoe(stage: Stage) -> Runner:
    return await stage.runner("Zoe Quixote", id=987_654_321).is_ready()


async def get(stage: Stage, path: str) -> tuple[int, str]:
    assert stage.metrics is not None
    url = f"http://{stage.metrics.host}:{stage.metrics.port}{path}"
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.text()


async def health(stage: Stage) -> tuple[int, dict[str, object]]:
    assert stage.metrics is not None
    url = f"http://{stage.metrics.host}:{stage.metrics.port}/healthz"
    async with aiohttp.ClientSession() as http, http.get(url) as response:
        return response.status, await response.json()


async def figure(stage: Stage, name: str) -> float:
    """The sample of this name and these labels; 0 if there is none."""
    _, text = await get(stage, "/metrics")
    found = [line for line in text.splitlines() if line.startswith(f"{name} ")]
    return float(found[0].rpartition(" ")[2]) if found else 0.0


async def test_a_coach_that_is_well_says_so(stage: Stage) -> None:
    status, body = await health(stage)
    assert status == 200
    assert body.pop("seconds_since_telegram") in [n / 10 for n in range(50)]
    assert body == {
        "ok": True,
        "reasons": [],
        "database": True,
        "scheduler": True,
        "telegram": True,
        "leads": True,
        "pending_update_count": None,
    }


async def test_half_open_connections_keep_nobody_out(stage: Stage) -> None:
    assert stage.metrics is not None
    at = (stage.metrics.host, stage.metrics.port)
    crowd = [await half_open(*at) for _ in range(400)]
    async with asyncio.timeout(5):
        while sum(reader.at_eof() or bool(reader.exception()) for reader, _ in crowd) < 200:
            await asyncio.sleep(0.01)
    assert (await health(stage))[0] == 200
    for _, writer in crowd:
        writer.close()


async def test_a_scheduler_that_stands_still_is_told(stage: Stage) -> None:
    stage.work.coach.calendar.stop()
    status, body = await health(stage)
    assert (status, body["ok"], body["scheduler"]) == (503, False, False)


async def test_a_database_that_does_not_answer_is_told(stage: Stage, errors_expected: None) -> None:
    async with stage.work.coach.db.write() as connection:
        await connection.exec_driver_sql("ALTER TABLE sessions RENAME TO out_of_reach")
    status, body = await health(stage)
    assert (status, body["ok"], body["database"]) == (503, False, False)
    assert (await get(stage, "/metrics"))[0] == 200


async def test_a_telegram_that_is_silent_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monitor, "PROBE_AFTER", -1.0)
    assert (await health(stage))[0] == 200
    monkeypatch.setattr(monitor, "SILENCE", -1.0)
    status, body = await health(stage)
    assert (status, body["ok"], body["telegram"]) == (503, False, False)


@pytest.mark.slow
async def test_updates_and_calls_are_counted(stage: Stage, zoe: Runner) -> None:
    kind = 'bandcoach_update_seconds_count{kind="message"}'
    calls = 'bandcoach_calls_total{method="sendMessage",outcome="done"}'
    refused = 'bandcoach_calls_total{method="sendMessage",outcome="failed"}'
    before = await figure(stage, kind), await figure(stage, calls)
    stage.world.faults.add(Fault("sendMessage", "status", status=500))
    await zoe.says("/help")
    assert (await figure(stage, kind), await figure(stage, calls)) == (before[0] + 1, before[1] + 1)
    assert await figure(stage, refused) == 1
    await zoe.taps("Start")
    assert await figure(stage, 'bandcoach_update_seconds_count{kind="callback_query"}') == 1
    assert await figure(stage, 'bandcoach_queue_size{queue="updates"}') == 0


@pytest.mark.slow
async def test_sessions_cues_and_reminders_are_counted(stage: Stage, zoe: Runner) -> None:
    await zoe.says("/timezone UTC")
    await zoe.says("/reminders wed 07:00")
    await stage.travel(TUESDAY + timedelta(days=1, hours=1, minutes=1))
    assert await figure(stage, 'bandcoach_reminders{state="sent"}') == 1
    assert await figure(stage, "bandcoach_sessions_running") == 0
    await zoe.taps("Start")
    assert await figure(stage, "bandcoach_sessions_running") == 1
    await stage.travel(stage.clock.now() + timedelta(seconds=30))
    assert await figure(stage, "bandcoach_cue_late_seconds_count") >= 1


async def test_nobody_is_in_the_figures(stage: Stage, zoe: Runner, errors_expected: None) -> None:
    await zoe.says("my left knee hurts")
    await zoe.says("/exercise deadbug")
    stage.world.update("message", {"text": "new", "from": zoe.person.wire()})
    await stage.settle()
    _, text = await get(stage, "/metrics")
    told = text + (await get(stage, "/healthz"))[1]
    secrets = (stage.world.token, str(zoe.id), "Zoe", "Quixote", "knee", "deadbug")
    assert [word for word in secrets if word in told] == []


@pytest.mark.parametrize("path", ["/", "/metrics/more", "/health"])
async def test_nothing_else_is_there(stage: Stage, path: str) -> None:
    assert (await get(stage, path))[0] == 404


async def test_a_port_that_is_taken_is_told(stage: Stage, tmp_path: Path) -> None:
    async with a_stage(tmp_path / "other", metrics=stage.metrics) as other:
        with pytest.raises(CannotListenError):
            await other.open()
        await other.close()


@pytest.mark.slow
def test_without_a_port_nothing_of_it_is_loaded() -> None:
    script = (
        "import sys, bot.__main__; "
        "print([name for name in ('prometheus_client', 'aiohttp.web') if name in sys.modules])"
    )
    run = [sys.executable, "-c", script]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=20)
    assert done.stdout.strip() == "[]"
