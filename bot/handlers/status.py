"""/status, for hosts."""

from zoneinfo import ZoneInfo

from bot.coach import Coach
from bot.handlers.request import Request
from bot.services import runners
from bot.services import status as services
from bot.views import status as views


async def status(coach: Coach, request: Request) -> None:
    """Show counts and kinds of errors, never a name, an id or words of a runner."""
    runner = await runners.get(coach.db, request.runner)
    zone = (runner.zone if runner else None) or "UTC"
    figures = await services.figures(coach.db, coach.now(), zone)
    errors = [
        views.LoggedError(error.at.astimezone(ZoneInfo(zone)), error.kind, error.where)
        for error in coach.hosting.recent.troubles
    ]
    steady = coach.clock.steady()
    uptime = steady - coach.hosting.started
    crowded = coach.hosting.door.crowded_since(steady)
    since = (coach.now() - (steady - crowded)).astimezone(ZoneInfo(zone)) if crowded else None
    reception = coach.hosting.reception
    updates = views.Reception(reception.problems(), reception.rival)
    screen = views.status(coach.texts, figures, uptime, errors, since, updates)
    await coach.messenger.show(request.chat, screen)
