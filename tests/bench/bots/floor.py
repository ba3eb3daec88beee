"""A bot without a framework: as fast as Python does the work of a Done tap that others see.

URL, the database's URL. It makes the calls and stores the rows of the coach's Done tap: updates
before their arrival is confirmed, the move before the tap is answered, the message that shows the
next step with the handled update. Calls are JSON by aiohttp, updates and answers are dicts by
orjson, the loop is uvloop's, and one thread commits everything that came together at once, by
sqlite3 or psycopg.

It leaves out: the limits of messages a second, another try after an error, the order of a chat's
updates, all moves but Done, sentences from files, progression, rests and pain, and replays of the
inbox after a kill.
"""

import asyncio
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import aiohttp
import orjson
import uvloop

from tests.bench.bots.steps import Rows, Work, keyboard, rows_at
from tests.bench.load import CLIP, TOKEN

T = TypeVar("T")
Json = dict[str, Any]
Job = tuple[Callable[..., Any], tuple[Any, ...], "asyncio.Future[Any]"]

HEADERS = {"Content-Type": "application/json"}


class Writer:
    """One thread; what waits when it begins is one transaction.

    Where a call fails, each of that transaction is tried again, alone.
    """

    def __init__(self, database: str) -> None:
        self._rows = rows_at(database)
        self._jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()
        self._loop = asyncio.get_running_loop()
        threading.Thread(target=self._work, daemon=True).start()

    def write(self, call: Callable[..., Work[T]], *about: Any) -> "asyncio.Future[T]":
        future = self._loop.create_future()
        self._jobs.put((call, about, future))
        return future

    def _work(self) -> None:
        while True:
            jobs = [self._jobs.get()]
            while not self._jobs.empty():
                jobs.append(self._jobs.get())
            try:
                results = self._together(jobs)
            except Exception:
                results = [self._alone(job) for job in jobs]
            self._loop.call_soon_threadsafe(_tell, jobs, results)

    def _together(self, jobs: list[Job]) -> list[Any]:
        return self._rows.together([call(self._rows, *about) for call, about, _ in jobs])

    def _alone(self, job: Job) -> Any:
        try:
            return self._together([job])[0]
        except Exception as error:
            return error


def _tell(jobs: list[Job], results: list[Any]) -> None:
    for (_, _, future), result in zip(jobs, results, strict=True):
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)


class Floor:
    def __init__(self, url: str, http: aiohttp.ClientSession, writer: Writer) -> None:
        self._base = f"{url}/bot{TOKEN}/"
        self._http = http
        self._writer = writer

    async def call(self, method: str, **about: Any) -> Any:
        body = orjson.dumps(about)
        async with self._http.post(self._base + method, data=body, headers=HEADERS) as response:
            answer = orjson.loads(await response.read())
        if not answer["ok"]:
            raise RuntimeError(answer)
        return answer["result"]

    async def poll(self) -> None:
        """Hand updates on once they are stored; the next call confirms that they came."""
        tasks: set[asyncio.Task[None]] = set()
        offset = 0
        while True:
            updates = await self.call(
                "getUpdates", offset=offset, timeout=10, allowed_updates=["callback_query"]
            )
            if not updates:
                continue
            rows = [
                (it["update_id"], it["callback_query"]["from"]["id"], orjson.dumps(it).decode())
                for it in updates
            ]
            new = await self._writer.write(Rows.store, rows)
            for update, is_new in zip(updates, new, strict=True):
                if is_new:
                    task = asyncio.create_task(self._tapped(update))
                    tasks.add(task)
                    task.add_done_callback(tasks.discard)
            offset = updates[-1]["update_id"] + 1

    async def _tapped(self, update: Json) -> None:
        query, number = update["callback_query"], update["update_id"]
        _, move, session, revision = query["data"].split(":")
        if move == "done":
            moved = await self._writer.write(
                Rows.move, query["from"]["id"], int(session), int(revision)
            )
        if move != "done" or moved is None:
            text = "This button is no longer live"
            await self.call("answerCallbackQuery", callback_query_id=query["id"], text=text)
            await self._writer.write(Rows.handled, number)
            return
        await self.call("answerCallbackQuery", callback_query_id=query["id"], text="Done")
        chat, revision = query["message"]["chat"]["id"], int(revision) + 1
        sent = await self.call(
            "sendAnimation",
            chat_id=chat,
            animation=CLIP["file_id"],
            caption=moved.text,
            parse_mode="HTML",
            reply_markup={"inline_keyboard": keyboard(int(session), revision)},
        )
        await self._writer.write(Rows.shown, int(session), revision, sent["message_id"], number)
        await self.call(
            "editMessageCaption",
            chat_id=chat,
            message_id=query["message"]["message_id"],
            caption=moved.left,
            parse_mode="HTML",
        )


async def main(url: str, database: str) -> None:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, auto_decompress=False) as http:
        await Floor(url, http, Writer(database)).poll()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2]))
