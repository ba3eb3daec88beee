"""For my watch: what was done in a session, as a .fit file in the chat."""

from datetime import timedelta

from bot.callbacks import WatchTap
from bot.coach import Coach
from bot.domain.activity import Activity
from bot.handlers.rejected import accepted
from bot.handlers.request import Request
from bot.services import watch as services
from bot.views import watch as views

MIME_TYPE = "application/octet-stream"  # for .fit, another type would be guessed
DOUBLED = timedelta(seconds=10)  # a second tap within this time is an accident


async def tapped(coach: Coach, request: Request, tap: WatchTap) -> None:
    """Send the file of the session; a doubled tap sends no second one."""
    outcome = await services.get(coach.db, coach.catalogue, request.runner, tap.session)
    made = accepted(request, outcome)
    handed_at = coach.handed.get(made.session)
    if handed_at is not None and abs(coach.now() - handed_at) < DOUBLED:
        await coach.messenger.answer(request.query, coach.texts.plain("toast-watch-sent"))
        return
    await coach.messenger.answer(request.query)
    await _hand(coach, request, made)


async def named(coach: Coach, request: Request) -> None:
    """Send the file of the runner's latest session."""
    made = await services.last(coach.db, coach.catalogue, request.runner)
    if made is None:
        await coach.messenger.show(request.chat, views.nothing_done(coach.texts))
    else:
        await _hand(coach, request, made)


async def _hand(coach: Coach, request: Request, activity: Activity) -> None:
    content = await coach.fit_files.write(activity, views.titles(coach.texts, activity))
    name = f"band-coach-{activity.day.isoformat()}.fit"
    caption = views.handed(coach.texts, activity)
    if content and await coach.messenger.hand(request.chat, name, content, caption, MIME_TYPE):
        coach.handed[activity.session] = coach.now()
    else:
        await coach.messenger.show(request.chat, views.not_handed(coach.texts, activity))
