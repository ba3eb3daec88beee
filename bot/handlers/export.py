"""/export: everything that is stored of a runner, as a file in the chat."""

from bot.callbacks import ExportTap
from bot.coach import Coach
from bot.handlers.request import Request
from bot.services import export as services
from bot.views import privacy as views


async def export(coach: Coach, request: Request) -> None:
    made = await services.export(coach.db, request.runner, coach.now())
    if made is None:
        await coach.messenger.show(request.chat, views.nothing_to_export(coach.texts))
        return
    below = views.exported(coach.texts)
    if not await coach.messenger.hand(request.chat, made.name, made.content, below):
        await coach.messenger.show(request.chat, views.not_exported(coach.texts))


async def tapped(coach: Coach, request: Request, _tap: ExportTap) -> None:
    """Once more, after it failed."""
    await coach.messenger.answer(request.query)
    await coach.messenger.strip(request.chat, request.message_id)
    await export(coach, request)
