"""/export: everything that is stored of a runner, as a file in the chat."""

from bot.callbacks import ExportTap
from bot.coach import Coach
from bot.handlers.request import Asked
from bot.services import export as services
from bot.views import privacy as views


async def export(coach: Coach, asked: Asked) -> None:
    made = await services.export(coach.db, asked.runner, coach.now())
    if made is None:
        await coach.messenger.show(asked.chat, views.nothing_to_export(coach.texts))
        return
    below = views.exported(coach.texts)
    if not await coach.messenger.hand(asked.chat, made.name, made.content, below):
        await coach.messenger.show(asked.chat, views.not_exported(coach.texts))


async def tapped(coach: Coach, asked: Asked, _tap: ExportTap) -> None:
    """Once more, after it failed."""
    await coach.messenger.answer(asked.query)
    await coach.messenger.strip(asked.chat, asked.message_id)
    await export(coach, asked)
