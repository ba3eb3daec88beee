"""aiogram as a good developer writes it: the best bot with a framework.

URL, the database's URL. It makes the calls and stores the rows of the coach's Done tap, with as
many commits: updates before their arrival is confirmed, a batch at a time; the move, before the
tap is answered; the message that shows the next step, with the handled update. Each commit is one
hop into a thread that writes, by sqlite3 or psycopg itself. JSON is read and written by orjson, and
the loop is uvloop's.

It leaves out: the limits of messages a second, another try after an error, the order of a chat's
updates, all moves but Done, sentences from files, progression, rests and pain, and replays of the
inbox after a kill.
"""

import asyncio
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import orjson
import uvloop
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import GetUpdates
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Update

from tests.bench.bots.steps import Rows, Work, keyboard, rows_at
from tests.bench.load import CLIP, TOKEN

T = TypeVar("T")

WRITERS = {"sqlite+aiosqlite": 1, "postgresql+psycopg": 4}


class MoveTap(CallbackData, prefix="move", sep=":"):
    move: str
    session: int
    revision: int


class Database:
    """A thread and a connection for each writer; each call is a transaction of its own."""

    def __init__(self, url: str) -> None:
        self._own = threading.local()
        self._threads = ThreadPoolExecutor(
            WRITERS[url.partition(":")[0]], initializer=self._connect, initargs=(url,)
        )

    def _connect(self, url: str) -> None:
        self._own.rows = rows_at(url)

    async def write(self, call: Callable[..., Work[T]], *about: Any) -> T:
        def hop() -> T:
            rows: Rows = self._own.rows
            return rows.together([call(rows, *about)])[0]

        return await asyncio.get_running_loop().run_in_executor(self._threads, hop)


dispatcher = Dispatcher()


def markup(session: int, revision: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(**button) for button in row] for row in keyboard(session, revision)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


@dispatcher.callback_query(MoveTap.filter())
async def done(
    query: CallbackQuery,
    callback_data: MoveTap,
    bot: Bot,
    database: Database,
    event_update: Update,
) -> None:
    session, revision = callback_data.session, callback_data.revision
    moved = await database.write(Rows.move, query.from_user.id, session, revision)
    if moved is None or query.message is None:
        await query.answer("This button is no longer live")
        await database.write(Rows.handled, event_update.update_id)
        return
    await query.answer("Done")
    chat, old = query.message.chat.id, query.message.message_id
    sent = await bot.send_animation(
        chat,
        CLIP["file_id"],
        caption=moved.text,
        reply_markup=markup(session, revision + 1),
    )
    await database.write(Rows.shown, session, revision + 1, sent.message_id, event_update.update_id)
    await bot.edit_message_caption(chat_id=chat, message_id=old, caption=moved.left)


async def poll(bot: Bot, database: Database) -> None:
    """Hand updates on once they are stored; the next call confirms that they came."""
    tasks: set[asyncio.Task[Any]] = set()
    call = GetUpdates(timeout=10, allowed_updates=dispatcher.resolve_used_update_types())
    while True:
        updates = await bot(call, request_timeout=20)
        if not updates:
            continue
        rows = [(it.update_id, _chat(it), it.model_dump_json(exclude_none=True)) for it in updates]
        new = await database.write(Rows.store, rows)
        for update, is_new in zip(updates, new, strict=True):
            if is_new:
                task = asyncio.create_task(dispatcher.feed_update(bot, update, database=database))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        call.offset = updates[-1].update_id + 1


def _chat(update: Update) -> int:
    assert update.callback_query is not None
    return update.callback_query.from_user.id


async def main(url: str, database: str) -> None:
    api = TelegramAPIServer.from_base(url)
    session = AiohttpSession(
        api=api, json_loads=orjson.loads, json_dumps=lambda it: orjson.dumps(it).decode(), limit=400
    )
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    async with Bot(TOKEN, session=session, default=defaults) as bot:
        await poll(bot, Database(database))


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2]))
