"""/help, /progress, /privacy and /delete."""

from bot.callbacks import CloseTap, EraseTap
from bot.coach import Coach
from bot.handlers.request import Asked
from bot.services import progress as progress_services
from bot.services import runners
from bot.views import privacy as privacy_views
from bot.views import progress as progress_views
from bot.views import talk


async def help_(coach: Coach, asked: Asked) -> None:
    await coach.messenger.show(asked.chat, talk.help_screen(coach.texts))


async def progress(coach: Coach, asked: Asked) -> None:
    """A picture, and the same in words."""
    done = await progress_services.progress(coach.db, asked.runner, coach.now())
    card = progress_views.card(coach.texts, done)
    picture = None if card is None else await coach.charts.draw(card)
    await coach.messenger.show(asked.chat, progress_views.progress(coach.texts, done, picture))


async def privacy(coach: Coach, asked: Asked) -> None:
    kept = await runners.kept(coach.db, asked.runner)
    await coach.messenger.show(asked.chat, privacy_views.privacy(coach.texts, kept))


async def delete(coach: Coach, asked: Asked) -> None:
    """Asks; the tap erases."""
    await coach.messenger.show(asked.chat, privacy_views.ask(coach.texts, asked.runner))


async def erase_tapped(coach: Coach, asked: Asked, tap: EraseTap) -> None:
    if tap.runner != asked.runner:
        await coach.messenger.answer(asked.query, coach.texts.plain("toast-foreign"))
        return
    if tap.sure:
        is_overwritten = await runners.erase(coach.db, coach.calendar, asked.runner)
        screen = privacy_views.erased(coach.texts, is_overwritten)
    else:
        screen = privacy_views.kept(coach.texts)
    await coach.messenger.answer(asked.query)
    await coach.messenger.show(asked.chat, screen)
    await coach.messenger.strip(asked.chat, asked.message_id)


async def close_tapped(coach: Coach, asked: Asked, _tap: CloseTap) -> None:
    """Leave it at that."""
    await coach.messenger.answer(asked.query)
    await coach.messenger.strip(asked.chat, asked.message_id)
