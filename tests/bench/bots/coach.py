"""The whole coach, as `python -m bot run` builds it, but that no rate limit holds it back.

URL, the database's URL, and "words" where steps have no clips.
"""

import asyncio
import os
import sys
from dataclasses import replace

os.environ.setdefault("PTB_TIMEDELTA", "1")

from bot import logs
from bot.__main__ import settle_memory
from bot.app import Parts, at_work
from bot.background import until_told_to_stop
from bot.catalogue import Catalogue, read_catalogue
from bot.catalogue.reading import locale_files, shipped
from bot.clock import SystemClock
from bot.places import Places
from bot.texts import ENGLISH, Texts
from tests.bench.load import TOKEN
from tests.bench.prepared import place

NO_LIMIT = 100_000


def content(clips: bool) -> Catalogue:
    found = read_catalogue([shipped()], ENGLISH)[0]
    if not clips:
        found.exercises = {key: replace(it, clip=None) for key, it in found.exercises.items()}
    return found


async def work(url: str, database: str, clips: bool) -> None:
    parts = Parts(
        token=TOKEN,
        api_url=url,
        database=place(database),
        catalogue=content(clips),
        texts=Texts(ENGLISH, list(locale_files([shipped()], ENGLISH))),
        places=Places(shipped() / "places.tsv"),
        clock=SystemClock(),
        messages_per_second=NO_LIMIT,
        chat_burst=NO_LIMIT,
    )
    async with at_work(parts) as at:
        settle_memory()
        await at.until_refused()


if __name__ == "__main__":
    logs.set_up("INFO")
    asyncio.run(until_told_to_stop(work(sys.argv[1], sys.argv[2], "words" not in sys.argv)))
