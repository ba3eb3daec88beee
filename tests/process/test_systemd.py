"""systemd is told when the coach is ready, and that it goes on; a frozen one tells nothing."""

import asyncio
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from signal import SIGCONT, SIGSTOP, SIGTERM

import pytest

from bot.runtime.systemd import Supervisor
from bot.runtime.tasks import Progress
from tests.network import free_port
from tests.process.coach_process import CoachProcess, eventually


class Systemd:
    """Its end of the socket, and what came there."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)
        self._socket.setblocking(False)
        self._told: list[str] = []

    @property
    def told(self) -> list[str]:
        try:
            while True:
                self._told.append(self._socket.recv(4096).decode())
        except BlockingIOError:
            return self._told

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["a path", "a name"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "notify") if request.param == "a path" else f"@{tmp_path.name}-notify"


@pytest.fixture
def systemd(address: str) -> Iterator[Systemd]:
    systemd = Systemd(address)
    yield systemd
    systemd.close()


@pytest.mark.slow
async def test_it_hears_of_the_start_the_work_and_the_end(
    coach: CoachProcess, systemd: Systemd, address: str
) -> None:
    coach.settings = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "600000"}
    await coach.start()
    await eventually(lambda: systemd.told.count("WATCHDOG=1") > 2)
    assert systemd.told[0].startswith("EXTEND_TIMEOUT_USEC=")
    assert systemd.told.count("READY=1") == 1
    assert systemd.told.index("READY=1") < systemd.told.index("WATCHDOG=1")
    coach.signal(SIGSTOP)
    await asyncio.sleep(0.1)
    before = len(systemd.told)
    await asyncio.sleep(0.6)
    assert len(systemd.told) == before
    coach.signal(SIGCONT)
    await eventually(lambda: len(systemd.told) > before)
    assert await coach.end(SIGTERM) == 0
    assert systemd.told.count("STOPPING=1") == 1
    assert coach.stderr == ""


@pytest.mark.slow
async def test_a_start_that_waits_is_not_ready(coach: CoachProcess, tmp_path: Path) -> None:
    systemd = Systemd(str(tmp_path / "notify"))
    coach.settings = {
        "NOTIFY_SOCKET": str(tmp_path / "notify"),
        "WATCHDOG_USEC": "300000",
        "BOT_API_URL": f"http://127.0.0.1:{free_port()}",
    }
    await coach.spawn()
    await eventually(lambda: "again in" in coach.stderr, timeout=20)
    assert [line.partition("=")[0] for line in systemd.told] == ["EXTEND_TIMEOUT_USEC"]
    systemd.close()


@pytest.mark.slow
async def test_the_watchdog_of_another_process_is_left_alone(
    coach: CoachProcess, systemd: Systemd, address: str
) -> None:
    coach.settings = {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "300000", "WATCHDOG_PID": "1"}
    await coach.start()
    await eventually(lambda: "READY=1" in systemd.told)
    await asyncio.sleep(0.5)
    assert "WATCHDOG=1" not in systemd.told


async def test_nothing_is_told_while_a_loop_hangs(
    systemd: Systemd, address: str, monkeypatch: pytest.MonkeyPatch, errors_expected: None
) -> None:
    monkeypatch.setitem(os.environ, "NOTIFY_SOCKET", address)
    monkeypatch.setitem(os.environ, "WATCHDOG_USEC", "60000")
    progress, supervisor = Progress(), Supervisor()
    running = asyncio.create_task(supervisor.run())
    progress.expect("cues", 0.1)
    supervisor.ready(progress.hung)
    await asyncio.sleep(0.2)
    before = systemd.told.count("WATCHDOG=1")
    await asyncio.sleep(0.2)
    assert systemd.told.count("WATCHDOG=1") == before > 0
    progress.rest("cues")
    await eventually(lambda: systemd.told.count("WATCHDOG=1") > before)
    running.cancel()
