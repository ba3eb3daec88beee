"""/help, /progress, /privacy and /delete."""

from bot.callbacks import CloseTap, EraseTap
from bot.coach import Coach
from bot.handlers.rejected import RejectedError
from bot.handlers.request import Request
from bot.services import bands, runners
from bot.services import progress as progress_services
from bot.services.rejections import Reason, Rejected
from bot.views import privacy as privacy_views
from bot.views import progress as progress_views
from bot.views import talk


async def help_(coach: Coach, request: Request) -> None:
    await coach.messenger.show(request.chat, talk.help_screen(coach.texts))


async def progress(coach: Coach, request: Request) -> None:
    """Show the runner's progress as a picture, with the same in words below it."""
    history = await progress_services.progress(coach.db, request.runner, coach.now())
    kit = await bands.get(coach.db, request.runner)
    kinds = {key: exercise.facts.bands for key, exercise in coach.catalogue.exercises.items()}
    card = progress_views.card(coach.texts, history, kit, kinds)
    picture = None if card is None else await coach.charts.draw(card)
    await coach.messenger.show(request.chat, progress_views.progress(coach.texts, history, picture))


async def privacy(coach: Coach, request: Request) -> None:
    rows = await runners.count_rows(coach.db, request.runner)
    await coach.messenger.show(request.chat, privacy_views.privacy(coach.texts, rows))


async def delete(coach: Coach, request: Request) -> None:
    """Ask whether to erase all data; the tap on the answer erases them."""
    await coach.messenger.show(request.chat, privacy_views.ask(coach.texts, request.runner))


async def erase_tapped(coach: Coach, request: Request, tap: EraseTap) -> None:
    if tap.runner != request.runner:
        raise RejectedError(request, Rejected(Reason.FOREIGN))
    if tap.sure:
        is_overwritten = await runners.erase(coach.db, coach.calendar, request.runner)
        screen = privacy_views.erased(coach.texts, is_overwritten)
    else:
        screen = privacy_views.kept(coach.texts)
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, screen)
    await coach.messenger.strip(request.chat, request.message_id)


async def close_tapped(coach: Coach, request: Request, _tap: CloseTap) -> None:
    """Remove the buttons of the message."""
    await coach.messenger.answer(request.query)
    await coach.messenger.strip(request.chat, request.message_id)
