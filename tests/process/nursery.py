"""Forks programs from a process that has everything imported already.

Python needs more than a second of processor time for our imports. What is forked does all the rest
of `python -m bot` as a process of its own: its arguments, environment, folder, output and end.
"""

import asyncio
import atexit
import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import IO, NoReturn

ROOT = Path(__file__).parents[2]
LARGEST = 65536  # bytes of a request


class Forked:
    """A process that was forked, as asyncio's processes are."""

    returncode: int | None = None

    def __init__(self, pid: int, told: asyncio.StreamReader, line: asyncio.StreamWriter) -> None:
        self.pid = pid
        self._ended = asyncio.create_task(self._end(told, line))

    async def _end(self, told: asyncio.StreamReader, line: asyncio.StreamWriter) -> int:
        self.returncode = int(await told.readline())
        line.close()
        await line.wait_closed()
        return self.returncode

    async def wait(self) -> int:
        return await asyncio.shield(self._ended)

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


async def fork(
    arguments: Sequence[str], folder: Path, environment: dict[str, str], *output: IO[bytes]
) -> Forked:
    """`python -m bot` with these arguments; output are the files for stdout and stderr."""
    request = json.dumps([arguments, str(folder), environment]).encode()
    ours, theirs = socket.socketpair()
    with theirs:
        files = [theirs.fileno(), *(file.fileno() for file in output)]
        socket.send_fds(_nursery(), [request], files)
    told, line = await asyncio.open_connection(sock=ours)
    return Forked(int(await told.readline()), told, line)


@cache
def _nursery() -> socket.socket:
    """It ends when its socket closes, however this process ends."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    bare = ("PATH", "PYTHONDONTWRITEBYTECODE")
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            stdin=theirs,
            env={name: os.environ[name] for name in bare if name in os.environ}
            | {"PYTHONPATH": str(ROOT)},
        )

    def close() -> None:
        ours.close()
        process.wait()

    atexit.register(close)
    return ours


def main() -> None:
    from alembic import command  # noqa: F401

    from bot import __main__ as program
    from bot.content import read_catalogue
    from bot.content.reading import shipped

    read_catalogue([shipped()], "en")  # imports and compiles what is first needed there
    gc.collect()
    gc.freeze()  # nor do they take it all apart at their end
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    requests = socket.socket(fileno=os.dup(0))
    while True:
        request, files, _, _ = socket.recv_fds(requests, LARGEST, 3)
        if not request:
            return
        if os.fork() == 0:
            requests.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            pid = os.fork()
            if pid == 0:
                _become(request, files)
                sys.exit(program.main())
            _watch(pid, files)
        for file in files:
            os.close(file)


def _become(request: bytes, files: list[int]) -> None:
    arguments, folder, environment = json.loads(request)
    with Path(os.devnull).open() as nothing:
        for number, file in enumerate((nothing.fileno(), *files[1:])):
            os.dup2(file, number)
    for file in files:
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["bot", *arguments]


def _watch(pid: int, files: list[int]) -> NoReturn:
    """Tells the process's id, and how it ended."""
    told = socket.socket(fileno=files[0])
    for file in files[1:]:
        os.close(file)
    told.sendall(b"%d\n" % pid)
    _, status = os.waitpid(pid, 0)
    told.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


if __name__ == "__main__":
    main()
