"""Notifies systemd that this process is ready, and that it makes progress; see sd_notify(3).

Without a socket named in the environment nothing is sent.
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.runtime.tasks import in_the_background

log = logging.getLogger(__name__)

START_SECONDS = 90  # for which systemd waits after each notification during the start
EXTEND_START_EVERY = 30.0


class Supervisor:
    """Asks systemd to wait while the coach starts, then notifies it while the loops make progress.

    A blocked event loop sends nothing, so systemd ends the process.
    """

    def __init__(self) -> None:
        self._address = _address()
        self._interval = _watchdog_seconds()
        self._hung: Callable[[], list[str]] | None = None
        self._is_ready = asyncio.Event()

    def ready(self, hung: Callable[[], list[str]]) -> None:
        """Notify that the coach has started; `hung` returns the loops without progress."""
        self._hung = hung
        self._is_ready.set()
        self._notify("READY=1")

    def stopping(self) -> None:
        self._notify("STOPPING=1")

    async def run(self) -> None:
        """Notify systemd until cancelled."""
        while not self._is_ready.is_set():
            self._notify(f"EXTEND_TIMEOUT_USEC={START_SECONDS * 1_000_000}")
            try:
                await asyncio.wait_for(self._is_ready.wait(), EXTEND_START_EVERY)
            except TimeoutError:
                continue
        while self._interval is not None:
            hung = self._hung() if self._hung else []
            if hung:
                log.error("no progress of %s: systemd is not told that all is well", hung)
            else:
                self._notify("WATCHDOG=1")
            await asyncio.sleep(self._interval)

    def _notify(self, line: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(
                socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC
            ) as notify_socket:
                notify_socket.setblocking(False)
                notify_socket.sendto(line.encode(), self._address)
        except OSError as error:
            log.warning("systemd could not be told %s: %s", line, error.strerror)


def _address() -> str:
    """Return the socket: a path, or an abstract name, whose first byte is zero, written as @."""
    found = os.environ.get("NOTIFY_SOCKET", "")
    if found.startswith("@"):
        return "\0" + found[1:]
    return found if found.startswith("/") else ""


def _watchdog_seconds() -> float | None:
    """Return the seconds between notifications, a third of the time that systemd waits."""
    if os.environ.get("WATCHDOG_PID", str(os.getpid())) != str(os.getpid()):
        return None
    try:
        return int(os.environ["WATCHDOG_USEC"]) / 1_000_000 / 3
    except (KeyError, ValueError):
        return None


@asynccontextmanager
async def supervised() -> AsyncIterator[Supervisor]:
    """Return a context in which systemd is notified."""
    supervisor = Supervisor()
    async with in_the_background(supervisor.run()):
        yield supervisor
