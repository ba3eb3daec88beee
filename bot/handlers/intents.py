"""What a runner wants, in plain words: each intent leads to a command's handler or to a reply."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

from bot.coach import Coach
from bot.domain.intents import Intent
from bot.handlers import about, away, bands, exercise, export, reminders, training
from bot.handlers.request import Request
from bot.services import schedule, session_plans
from bot.services import training as training_services
from bot.views import intents as views

Handle = Callable[[Coach, Request], Awaitable[None]]


async def follow(coach: Coach, request: Request, intent: Intent) -> None:
    """Do what the runner wants, or reply to what was said in passing."""
    if intent in views.REPLIES:
        await _reply(coach, request, intent)
    else:
        await HANDLERS[intent](coach, replace(request, words=""))


async def _reply(coach: Coach, request: Request, intent: Intent) -> None:
    stored = await training_services.current(coach.db, request.runner)
    session = stored.session if stored else None
    await coach.messenger.show(request.chat, views.reply(coach.texts, intent, session))


async def _today(coach: Coach, request: Request) -> None:
    """Return to the running session, or open the one that is suggested."""
    if not await training.return_to_running(coach, request):
        routine, _ = await session_plans.suggested(
            coach.db, coach.catalogue, request.runner, coach.now()
        )
        await training.offer(coach, request, routine)


async def _time_left(coach: Coach, request: Request) -> None:
    stored = await training_services.current(coach.db, request.runner)
    session = stored.session if stored else None
    await coach.messenger.show(request.chat, views.time_left(coach.texts, session, coach.now()))


async def _next_reminder(coach: Coach, request: Request) -> None:
    known = await schedule.coming(coach.db, request.runner, coach.now())
    coming, zone = (known.coming, known.runner.zone) if known else (None, None)
    screen = views.next_reminder(coach.texts, coming, zone or "UTC")
    await coach.messenger.show(request.chat, screen)


HANDLERS: Mapping[Intent, Handle] = {
    Intent.TODAY: _today,
    Intent.ROUTINES: training.routine,
    Intent.EXERCISES: exercise.exercise,
    Intent.TIME_LEFT: _time_left,
    Intent.PROGRESS: about.progress,
    Intent.REMINDERS: reminders.reminders,
    Intent.REMINDERS_OFF: reminders.turn_off,
    Intent.NEXT_REMINDER: _next_reminder,
    Intent.PLACE: reminders.timezone,
    Intent.AWAY: away.away,
    Intent.BANDS: bands.bands,
    Intent.HELP: about.help_,
    Intent.PRIVACY: about.privacy,
    Intent.EXPORT: export.export,
    Intent.DELETE: about.delete,
}
