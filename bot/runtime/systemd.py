"""What systemd is told, where it started this process: that it is ready, and that it goes on.

See sd_notify(3). Without a socket named in the environment nothing is told.
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.runtime.tasks import in_the_background

log = logging.getLogger(__name__)

START_SECONDS = 90  # how much longer a start may take, each time that it is found to go on
TELL_START_EVERY = 30.0


class Supervisor:
    """Told to go on waiting while the coach starts, and from then on that its loops go on.

    The event loop tells it, so one that stands still tells nothing, and systemd ends the process.
    """

    def __init__(self) -> None:
        self._address = _address()
        self._interval = _watchdog_seconds()
        self._hung: Callable[[], list[str]] | None = None
        self._is_ready = asyncio.Event()

    def ready(self, hung: Callable[[], list[str]]) -> None:
        """The coach is at work; `hung` names the loops that do not go on."""
        self._hung = hung
        self._is_ready.set()
        self._tell("READY=1")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    async def run(self) -> None:
        """Until cancelled."""
        while not self._is_ready.is_set():
            self._tell(f"EXTEND_TIMEOUT_USEC={START_SECONDS * 1_000_000}")
            try:
                await asyncio.wait_for(self._is_ready.wait(), TELL_START_EVERY)
            except TimeoutError:
                continue
        while self._interval is not None:
            hung = self._hung() if self._hung else []
            if hung:
                log.error("no progress of %s: systemd is not told that all is well", hung)
            else:
                self._tell("WATCHDOG=1")
            await asyncio.sleep(self._interval)

    def _tell(self, line: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as told:
                told.setblocking(False)
                told.sendto(line.encode(), self._address)
        except OSError as error:
            log.warning("systemd could not be told %s: %s", line, error.strerror)


def _address() -> str:
    """A path, or a name that begins with a zero byte, where it is written as @."""
    found = os.environ.get("NOTIFY_SOCKET", "")
    if found.startswith("@"):
        return "\0" + found[1:]
    return found if found.startswith("/") else ""


def _watchdog_seconds() -> float | None:
    """How often to tell that all is well: thrice in the time that systemd waits for it."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    try:
        return int(os.environ["WATCHDOG_USEC"]) / 1_000_000 / 3
    except (KeyError, ValueError):
        return None


@asynccontextmanager
async def supervised() -> AsyncIterator[Supervisor]:
    """It is told what happens until the block is left."""
    supervisor = Supervisor()
    async with in_the_background(supervisor.run()):
        yield supervisor
