"""Runners who tap Done as fast as a bot answers, on a Bot API that costs next to nothing.

bot.sandbox is a Telegram in detail, and takes as long for a call (0.3 ms) as the quickest of the
bots that are measured. This one knows the few methods that they call, believes what it is told,
and answers each with an object of the size that Telegram's own would have. A runner taps again
once the tap before was finished, so as many taps wait as there are runners, until the last step
that is followed by another.
"""

import asyncio
import json
import os
import re
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.sizes import STEPS

TOKEN = "4242:a-token-for-measurements"
BOT = 4242
RUNNER = 1000  # the number before the first runner's
ROUND_TRIP = 0.02  # of getUpdates, in seconds: updates gather meanwhile, as on the way to Telegram
PATIENCE = 60.0
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# In a form, in JSON and in a multipart body alike.
NUMBER = re.compile(
    rb'\b(offset|limit|timeout|chat_id|message_id|callback_query_id)\b["=:\s]*(-?\d+)'
)
COUNTED = 10**6  # taps of one runner

Json = dict[str, Any]

ME = {
    "id": BOT,
    "is_bot": True,
    "first_name": "Bench",
    "username": "bench_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": True,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}
OF_ITSELF = {
    "getMe": ME,
    "getMyCommands": [],
    "getMyDescription": {"description": ""},
    "getMyShortDescription": {"short_description": ""},
}
STEP = (
    "2 of 20  ▰▱▱▱▱▱▱▱▱▱\nLateral band walk\nSet 1 of 2 · leading with the left\n30 seconds, about "
    "12–15 steps\nBand: A hand's width above both knees\n\n• Keep your head at one height\n"
    "• Knees over your toes\n\nAfter this: rest 20 s, then set 2 of 2, leading with the right."
)
BOLD = [
    {"type": "bold", "offset": 0, "length": 7},
    {"type": "bold", "offset": 20, "length": 17},
    {"type": "bold", "offset": 72, "length": 10},
]
CLIP = {
    "file_id": "CgACAgIMeAnW3wM-ZW2CSNUOa2AieWxN5kYb4g52pusx56rToG7UCIo",
    "file_unique_id": "AgADZW2CSNUOa2A",
    "file_name": "lateral-band-walk.mp4",
    "mime_type": "video/mp4",
    "duration": 4,
    "width": 480,
    "height": 480,
    "file_size": 103306,
}
KEYBOARD = (
    (("Done", "move:done"),),
    (("Back", "move:back"), ("Skip", "move:skip"), ("Pause", "move:pause"), ("Stop", "move:stop")),
    (("How?", "how"), ("Swap", "swap"), ("Something hurts", "move:hurt")),
    (("Hands-free", "move:hands-free"),),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The clock and the processor time of both processes at one moment, in seconds."""

    at: float
    bot: float
    server: float


def is_new(method: str) -> bool:
    """Whether it makes a message, and so is answered with one."""
    return method.startswith(("send", "forward", "copy")) and method != "sendChatAction"


def is_edit(method: str) -> bool:
    """Whether it changes a message, and so is answered with it."""
    return method.startswith("editMessage")


def reading(pid: int) -> Reading:
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    spent = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
    return Reading(time.perf_counter(), spent, time.process_time())


class Load:
    """So many runners, and what became of their taps.

    A tap is finished with the last call that belongs to it, the edit of the message that was
    tapped. The first `warm_up` taps do not count. `latency` is of every call but getUpdates, in
    seconds.
    """

    latency = 0.0

    def __init__(self, runners: int, taps: int, warm_up: int) -> None:
        self.calls: Counter[str] = Counter()
        self.readings: list[Reading] = []
        self.finished = 0
        self.done = asyncio.Event()
        self.pid = 0
        self.batches: list[int] = []
        self._marks = (warm_up, warm_up + taps)
        self._tapped: Counter[int] = Counter()
        self._shown = dict.fromkeys(range(1, runners + 1), 1)
        self._pending: deque[tuple[int, bytes]] = deque()
        self._numbers = 0
        self._poll: Callable[[], None] | None = None
        for runner in self._shown:
            self._tap(runner)

    def updates(self, offset: int, limit: int) -> bytes | None:
        """What is not confirmed yet; None if nothing is."""
        while self._pending and self._pending[0][0] < offset:
            self._pending.popleft()
        if not self._pending:
            return None
        batch = [self._pending[i][1] for i in range(min(limit, len(self._pending)))]
        self.batches.append(len(batch))
        return b"[" + b",".join(batch) + b"]"

    def when_tapped(self, call: Callable[[], None] | None) -> None:
        """Is called once, at the next tap."""
        self._poll = call

    def take(self, method: str, numbers: dict[str, int]) -> bytes:
        """The result of a call, as JSON."""
        self.calls[method] += 1
        result: object = OF_ITSELF.get(method, True)
        if method == "answerCallbackQuery":
            assert numbers["callback_query_id"] // COUNTED in self._shown
        elif is_new(method):
            runner = numbers["chat_id"] - RUNNER
            self._shown[runner] += 1
            result = self._message(runner, self._shown[runner])
        elif is_edit(method):
            runner = numbers["chat_id"] - RUNNER
            result = self._message(runner, numbers["message_id"])
            self._finish(runner)
        return json.dumps(result).encode()

    def _finish(self, runner: int) -> None:
        self.finished += 1
        if self.finished in self._marks:
            self.readings.append(reading(self.pid))
        if self.finished == self._marks[1]:
            self.done.set()
        if self.finished < self._marks[1] and self._tapped[runner] < STEPS:
            self._tap(runner)

    def _tap(self, runner: int) -> None:
        self._numbers += 1
        self._tapped[runner] += 1
        count = self._tapped[runner]
        query = {
            "id": str(runner * COUNTED + count),
            "from": self._person(runner) | {"is_bot": False, "language_code": "en"},
            "message": self._message(runner, self._shown[runner]),
            "chat_instance": "-4242424242424242424",
            "data": f"move:done:{runner}:{count}",
        }
        update = {"update_id": self._numbers, "callback_query": query}
        self._pending.append((self._numbers, json.dumps(update).encode()))
        if self._poll is not None:
            call, self._poll = self._poll, None
            call()

    def _message(self, runner: int, number: int) -> Json:
        at = f"{runner}:{self._tapped[runner]}"
        rows = [
            [{"text": label, "callback_data": f"{does}:{at}"} for label, does in row]
            for row in KEYBOARD
        ]
        return {
            "message_id": number,
            "from": {key: ME[key] for key in ("id", "is_bot", "first_name", "username")},
            "chat": self._person(runner) | {"type": "private"},
            "date": 1_795_000_000 + number,
            "caption": STEP,
            "caption_entities": BOLD,
            "animation": CLIP,
            "document": CLIP,
            "reply_markup": {"inline_keyboard": rows},
        }

    def _person(self, runner: int) -> Json:
        return {"id": RUNNER + runner, "first_name": f"Runner {runner}", "username": f"r{runner}"}


class Line(asyncio.Protocol):
    """One connection of a bot: HTTP/1.1 that stays open, one call at a time."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._read = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        head = self._read.find(b"\r\n\r\n")
        if head < 0:
            return
        length = LENGTH.search(self._read, 0, head + 2)
        end = head + 4 + (int(length[1]) if length else 0)
        if len(self._read) < end:
            return
        call, self._read = self._read[:end], self._read[end:]
        path = call.split(b" ", 2)[1].partition(b"?")[0]
        numbers = {m[1].decode(): int(m[2]) for m in NUMBER.finditer(call, head)}
        self._answer(path.rpartition(b"/")[2].decode(), numbers)

    def _answer(self, method: str, numbers: dict[str, int]) -> None:
        if method == "getUpdates":
            self._load.calls[method] += 1
            loop = asyncio.get_running_loop()
            loop.call_later(ROUND_TRIP, self._poll, numbers, loop.time())
        else:
            result = self._load.take(method, numbers)
            asyncio.get_running_loop().call_later(self._load.latency, self._send, result)

    def _poll(self, numbers: dict[str, int], since: float) -> None:
        """What there is; if that is nothing, it waits as long as it was told to."""
        if self._transport is None or self._transport.is_closing():
            return
        loop = asyncio.get_running_loop()
        found = self._load.updates(numbers.get("offset", 0), numbers.get("limit", 100))
        if found is not None:
            self._send(found)
        elif loop.time() - since >= numbers.get("timeout", 0):
            self._send(b"[]")
        else:
            self._load.when_tapped(lambda: loop.call_soon(self._poll, numbers, since) and None)

    def _send(self, result: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        body = b'{"ok":true,"result":' + result + b"}"
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        self._transport.write(head % len(body) + body)


@asynccontextmanager
async def serving(load: Load) -> AsyncIterator[str]:
    """The URL under which bots find it, until the block is left."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(load), "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
