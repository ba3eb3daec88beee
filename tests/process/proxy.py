"""An HTTP proxy that leads every request to one server, whatever its address says."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

REFUSED = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Proxy:
    """`asked` are the servers that it was asked for, `users` who asked, as user:password."""

    server: str
    url: str = ""
    asked: list[str] = field(default_factory=list)
    users: set[str] = field(default_factory=set)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of a connection; a tunnel (CONNECT) is refused."""
        with closing(writer):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            first, *lines = head.strip().split("\r\n")
            method, target, _ = first.split()
            self._note_user(lines)
            if method == "CONNECT":
                self.asked.append(target)
                writer.write(REFUSED)
                return
            parts = urlsplit(target)
            self.asked.append(parts.netloc)
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            kept = [it for it in lines if not it.lower().startswith(("connection:", "host:"))]
            host = urlsplit(self.server).netloc
            lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *kept, "Connection: close"]
            await self._forward("\r\n".join(lines) + "\r\n\r\n", reader, writer)

    def _note_user(self, lines: list[str]) -> None:
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "proxy-authorization":
                self.users.add(base64.b64decode(value.removeprefix("Basic ")).decode())

    async def _forward(
        self, head: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        server = urlsplit(self.server)
        answers, asking = await asyncio.open_connection(server.hostname, server.port)
        with closing(asking):
            asking.write(head.encode("latin-1"))
            passing_on = asyncio.create_task(_pass_on(reader, asking))
            await _pass_on(answers, writer)
            passing_on.cancel()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()


@asynccontextmanager
async def proxy_to(server: str) -> AsyncIterator[Proxy]:
    """Listens on a free port of 127.0.0.1."""
    proxy = Proxy(server)
    listening = await asyncio.start_server(proxy.answer, "127.0.0.1", 0)
    proxy.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    async with listening:
        yield proxy
