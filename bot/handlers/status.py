"""/status, for hosts."""

from zoneinfo import ZoneInfo

from bot.coach import Coach
from bot.handlers.request import Request
from bot.services import runners
from bot.services import status as services
from bot.views import status as views


async def status(coach: Coach, request: Request) -> None:
    """Figures and kinds only: nobody's name, number or words."""
    known = await runners.get(coach.db, request.runner)
    zone = (known.zone if known else None) or "UTC"
    figures = await services.figures(coach.db, coach.now(), zone)
    errors = [
        views.LoggedError(it.at.astimezone(ZoneInfo(zone)), it.kind, it.where)
        for it in coach.hosting.recent.troubles
    ]
    steady = coach.clock.steady()
    up = steady - coach.hosting.started
    crowded = coach.hosting.door.crowded_since(steady)
    since = (coach.now() - (steady - crowded)).astimezone(ZoneInfo(zone)) if crowded else None
    reception = coach.hosting.reception
    updates = views.Reception(reception.problems(), reception.rival)
    screen = views.status(coach.texts, figures, up, errors, since, updates)
    await coach.messenger.show(request.chat, screen)
