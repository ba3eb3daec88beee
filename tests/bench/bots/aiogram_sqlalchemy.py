"""aiogram with SQLAlchemy's async engine, as most bots are written: the comparison of old.

URL, the database's URL. It is written for speed: one connection where SQLite has one writer, and
statements that are built once.

It leaves out what the other competitors leave out, and the inbox: an update that is being handled
when the process ends is lost.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup
from sqlalchemy import bindparam, event, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.db.tables import RUNNERS, SESSIONS, STEP_LOGS
from tests.bench.bots.steps import keyboard, left, words
from tests.bench.load import CLIP, TOKEN

READ = (
    select(SESSIONS, RUNNERS.c.screening)
    .join(RUNNERS, RUNNERS.c.id == SESSIONS.c.runner_id)
    .where(SESSIONS.c.id == bindparam("session"))
)
READ_LOG = (
    select(STEP_LOGS.c.step, STEP_LOGS.c.outcome, STEP_LOGS.c.at, STEP_LOGS.c.seconds)
    .where(STEP_LOGS.c.session_id == bindparam("session"))
    .order_by(STEP_LOGS.c.step)
)
MOVE = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("of"), SESSIONS.c.revision == bindparam("before"))
    .values(
        {
            name: bindparam(name)
            for name in ("position", "revision", "trained_at", "sets_done", "touched_at", "due_at")
        }
    )
)
SHOWN = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("of"))
    .values(message_id=bindparam("message"), shown=bindparam("at_revision"))
)
QUIET = timedelta(minutes=20)


class MoveTap(CallbackData, prefix="move", sep=":"):
    """A plain filter would be run in a thread."""

    move: str
    session: int
    revision: int


dispatcher = Dispatcher()


def connect(url: str) -> AsyncEngine:
    if url.startswith("postgresql"):
        return create_async_engine(url, pool_size=10, max_overflow=0)
    engine = create_async_engine(url, pool_size=1, max_overflow=0)

    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


async def commit(engine: AsyncEngine, runner: int, session: int, revision: int) -> Any:
    """The session as it was, once the step is stored; None for a tap that does not count."""
    now = datetime.now(UTC)
    async with engine.begin() as connection:
        row = (await connection.execute(READ, {"session": session})).one_or_none()
        if row is None or row.runner_id != runner or row.revision != revision:
            return None
        log = (await connection.execute(READ_LOG, {"session": session})).all()
        if row.phase != "running" or row.screening not in ("clear", "agreed"):
            return None
        moved = await connection.execute(
            MOVE,
            {
                "of": session,
                "before": revision,
                "position": row.position + 1,
                "revision": revision + 1,
                "trained_at": now,
                "sets_done": len(log) + 1,
                "touched_at": now,
                "due_at": now + QUIET,
            },
        )
        if moved.rowcount != 1:
            return None
        entry = {"session_id": session, "step": row.position, "outcome": "done", "at": now}
        await connection.execute(insert(STEP_LOGS), entry)
    return row


def markup(session: int, revision: int) -> InlineKeyboardMarkup:
    rows = [
        [InlineKeyboardButton(**button) for button in row] for row in keyboard(session, revision)
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


@dispatcher.callback_query(MoveTap.filter())
async def done(query: CallbackQuery, callback_data: MoveTap, bot: Bot, engine: AsyncEngine) -> None:
    session, revision = callback_data.session, callback_data.revision
    row = await commit(engine, query.from_user.id, session, revision)
    if row is None or query.message is None:
        await query.answer("This button is no longer live")
        return
    await query.answer("Done")
    chat, text = query.message.chat.id, words(row.steps, row.position + 1)
    buttons = markup(session, revision + 1)
    sent = await bot.send_animation(chat, CLIP["file_id"], caption=text, reply_markup=buttons)
    async with engine.begin() as connection:
        shown = {"of": session, "message": sent.message_id, "at_revision": revision + 1}
        await connection.execute(SHOWN, shown)
    old, done_text = query.message.message_id, left(row.steps[row.position])
    await bot.edit_message_caption(chat_id=chat, message_id=old, caption=done_text)


async def main(url: str, database: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    defaults = DefaultBotProperties(parse_mode="HTML", link_preview_is_disabled=True)
    bot = Bot(TOKEN, session=session, default=defaults)
    await dispatcher.start_polling(bot, engine=connect(database))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
