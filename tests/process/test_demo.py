"""The demo as a real process: it needs no token, goes on where it was, and says what is wrong."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return int(it.getsockname()[1])


def command(folder: Path, *arguments: str) -> tuple[list[str], dict[str, Any]]:
    environment = {k: v for k, v in os.environ.items() if k != "BOT_TOKEN"}
    environment |= {"PYTHONPATH": str(ROOT), "XDG_DATA_HOME": str(folder)}
    environment["HTTP_PROXY"] = "http://127.0.0.1:9"  # it leads nowhere
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    return (
        [sys.executable, "-m", "bot", "demo", *arguments],
        {"cwd": folder, "env": environment, **pipes},
    )


@asynccontextmanager
async def demo(folder: Path, port: int, *arguments: str) -> AsyncIterator[str]:
    """A demo that listens; ended by Ctrl-C, with exit status 0."""
    words, options = command(folder, "--port", str(port), *arguments)
    process = await asyncio.create_subprocess_exec(*words, **options)
    assert process.stdout is not None
    try:
        async with asyncio.timeout(20):
            line = (await process.stdout.readline()).decode()
        assert f"http://127.0.0.1:{port}" in line
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGINT)
        async with asyncio.timeout(15):
            assert await process.wait() == 0
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def texts(http: aiohttp.ClientSession, url: str, wanted: str) -> list[str]:
    """What stands in the first runner's chat, once the wanted words do."""
    async with asyncio.timeout(15), http.get(f"{url}/page/events?person=1001") as stream:
        async for line in stream.content:
            if line.startswith(b'data: {"bot"'):
                messages = json.loads(line[6:])["messages"]
                found = [message["text"] for message in messages]
                if any(wanted in text for text in found):
                    return found
    raise AssertionError(f"{wanted} never came")


async def say(http: aiohttp.ClientSession, url: str, text: str) -> None:
    fields = {"person": 1001, "chat": 1001, "text": text}
    async with http.post(f"{url}/page/say", json=fields, headers={"Origin": url}) as answer:
        assert answer.status == 200, await answer.text()


@pytest.mark.slow
async def test_the_demo_goes_on_where_it_was_and_fresh_forgets(tmp_path: Path) -> None:
    port = free_port()
    async with aiohttp.ClientSession() as http:
        async with demo(tmp_path, port) as url:
            await say(http, url, "/start")
            await texts(http, url, "Does one of these apply?")
            await say(http, url, "/timezone Berlin")
            await texts(http, url, "Europe/Berlin")
        async with demo(tmp_path, port) as url:
            assert "/start" in await texts(http, url, "Does one of these apply?")
            await say(http, url, "/timezone")
            await texts(http, url, "You are in Berlin")
        async with demo(tmp_path, port, "--fresh") as url:
            await say(http, url, "/timezone")
            assert len(await texts(http, url, "Where are you?")) == 2


@pytest.mark.slow
async def test_the_demo_answers_after_its_chats_became_unreadable(tmp_path: Path) -> None:
    port = free_port()
    async with aiohttp.ClientSession() as http:
        async with demo(tmp_path, port) as url:
            await say(http, url, "/help")
            await texts(http, url, "/exercise")
        (chats,) = tmp_path.rglob("chats")
        chats.write_bytes(b"of another version")
        async with demo(tmp_path, port) as url:
            await say(http, url, "/help")
            await texts(http, url, "/exercise")


@pytest.mark.slow
async def test_nobody_else_calls_the_bot_api_of_the_demo(tmp_path: Path) -> None:
    """Its token is made up at every start; a page of another site is not even asked for it."""
    async with aiohttp.ClientSession() as http, demo(tmp_path, free_port()) as url:
        await say(http, url, "/start")
        await texts(http, url, "Does one of these apply?")
        asked = {"params": {"url": "https://evil.example/"}, "json": {}}
        async with http.post(f"{url}/bot1:sandbox/setWebhook", **asked) as answer:
            assert answer.status == 401
        evil = {"headers": {"Origin": "https://evil.example"}, **asked}
        async with http.post(f"{url}/bot1:sandbox/setWebhook", **evil) as answer:
            assert answer.status == 403
        async with http.get(f"{url}/bot1:sandbox/getUpdates") as answer:
            assert answer.status == 405


@pytest.mark.slow
async def test_a_taken_port_is_told_with_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        words, options = command(tmp_path, "--port", str(port))
        process = await asyncio.create_subprocess_exec(*words, **options)
        _, stderr = await process.communicate()
    assert process.returncode == 1
    assert stderr.decode().count("\n") == 1
    assert f"port {port}" in stderr.decode()
    assert "--port" in stderr.decode()
