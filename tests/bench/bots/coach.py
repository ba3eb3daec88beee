"""The whole coach, as `python -m bot run` builds it.

URL and the database's URL, and the limit of messages a second, for which it tells its loop's
longest stop when it ends; without a limit none holds it back, and its loop is not watched.
"""

import asyncio
import os
import sys

from bot.__main__ import settle_memory
from bot.app import Parts, at_work
from bot.content import read_catalogue
from bot.content.places import Places
from bot.content.reading import locale_files, shipped
from bot.content.texts import ENGLISH, Texts
from bot.runtime import logs
from bot.runtime.clock import SystemClock
from bot.runtime.tasks import in_the_background, until_told_to_stop
from tests.bench.load import TOKEN
from tests.bench.prepared import place

os.environ.setdefault("PTB_TIMEDELTA", "1")

NO_LIMIT = 100_000
LOOK_EVERY = 0.002


class Stops:
    """The longest time that the event loop did nothing else, in seconds."""

    longest = 0.0

    async def watch(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            before = loop.time()
            await asyncio.sleep(LOOK_EVERY)
            self.longest = max(self.longest, loop.time() - before - LOOK_EVERY)


async def work(url: str, database: str, per_second: int | None) -> None:
    parts = Parts(
        token=TOKEN,
        api_url=url,
        database=place(database),
        catalogue=read_catalogue([shipped()], ENGLISH)[0],
        texts=Texts(ENGLISH, list(locale_files([shipped()], ENGLISH))),
        places=Places(shipped() / "places.tsv"),
        clock=SystemClock(),
        messages_per_second=per_second or NO_LIMIT,
        chat_burst=NO_LIMIT,
    )
    async with at_work(parts) as at:
        settle_memory()
        if per_second is None:
            await at.until_refused()
            return
        stops = Stops()
        try:
            async with in_the_background(stops.watch()):
                await at.until_refused()
        finally:
            print(f"longest stop: {1000 * stops.longest:.1f} ms", flush=True)


if __name__ == "__main__":
    logs.set_up("INFO")
    url, database, *limit = sys.argv[1:]
    per_second = int(limit[0]) if limit else None
    asyncio.run(until_told_to_stop(work(url, database, per_second)))
