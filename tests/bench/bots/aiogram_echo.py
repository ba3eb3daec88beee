"""aiogram as it comes: answers a tap. URL."""

import asyncio
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery

from tests.bench.load import TOKEN

dispatcher = Dispatcher()


@dispatcher.callback_query()
async def answer(query: CallbackQuery) -> None:
    await query.answer()


async def main(url: str) -> None:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    await dispatcher.start_polling(Bot(TOKEN, session=session))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
