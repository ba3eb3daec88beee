"""/export: all data stored of a runner, as a file in the chat."""

from bot.callbacks import ExportTap
from bot.coach import Coach
from bot.handlers.request import Request
from bot.services import export as services
from bot.views import privacy as views


async def export(coach: Coach, request: Request) -> None:
    file = await services.export(coach.db, request.runner, coach.now())
    if file is None:
        await coach.messenger.show(request.chat, views.nothing_to_export(coach.texts))
        return
    caption = views.exported(coach.texts)
    if not await coach.messenger.hand(request.chat, file.name, file.content, caption):
        await coach.messenger.show(request.chat, views.not_exported(coach.texts))


async def tapped(coach: Coach, request: Request, _tap: ExportTap) -> None:
    """Send the file again, after sending failed."""
    await coach.messenger.answer(request.query)
    await coach.messenger.strip(request.chat, request.message_id)
    await export(coach, request)
