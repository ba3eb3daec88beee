"""Free ports, webhooks on them, and connections that never send a whole request."""

import asyncio
import socket

from bot.runtime.addresses import Webhook

SECRET = "s3cret_-"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def a_webhook(secret: str = SECRET) -> Webhook:
    port = free_port()
    return Webhook(f"http://127.0.0.1:{port}/telegram", "127.0.0.1", port, secret)


async def half_open(host: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection(host, port)
    writer.write(b"POST /telegram HTTP/1.1\r\nHost: x\r\n")
    return reader, writer
