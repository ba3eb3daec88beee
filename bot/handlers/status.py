"""/status, for hosts."""

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
    hosting, steady = coach.hosting, coach.clock.steady()
    crowded = hosting.door.crowded_since(steady)
    screen = views.status(
        *(coach.texts, figures, steady - hosting.started, hosting.recent.troubles),
        coach.now() - (steady - crowded) if crowded else None,
        *(hosting.reception, zone),
    )
    await coach.messenger.show(request.chat, screen)
