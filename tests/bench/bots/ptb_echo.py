"""python-telegram-bot as it comes: answers a tap. URL, and how many updates side by side."""

import os
import sys

os.environ.setdefault("PTB_TIMEDELTA", "1")

from telegram import Update
from telegram.ext import ApplicationBuilder, CallbackContext, CallbackQueryHandler

from tests.bench.load import TOKEN


async def answer(update: Update, _: CallbackContext) -> None:  # type: ignore[type-arg]
    assert update.callback_query is not None
    await update.callback_query.answer()


def main(url: str, side_by_side: int) -> None:
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{url}/bot").job_queue(None)
    if side_by_side > 1:
        builder = builder.concurrent_updates(side_by_side)
    app = builder.build()
    app.add_handler(CallbackQueryHandler(answer))
    app.run_polling()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
