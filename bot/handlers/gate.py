"""What a runner must answer before a session can start."""

from bot.coach import Coach
from bot.handlers.request import Request
from bot.services import runners, screening
from bot.views import screening as views
from bot.views.screen import Screen

FIRST, AGAIN = "safety-ask-first", "safety-ask-again"


async def show(
    coach: Coach, request: Request, routine: str = "", *, intro: str | None = FIRST
) -> None:
    """Show the question that is open; `routine` is the id of the one to start afterwards, or "".

    `intro` is the id of the sentence above the safety screen, if that is what is open.
    """
    await coach.messenger.show(request.chat, await screen(coach, request, routine, intro=intro))


async def waits_for_sign(coach: Coach, request: Request) -> bool:
    """Show what a reported warning sign waits for; return False if none is reported."""
    runner = await runners.get(coach.db, request.runner)
    if runner is None or runner.reported_sign is None:
        return False
    await show(coach, request)
    return True


async def screen(
    coach: Coach, request: Request, routine: str = "", *, intro: str | None = FIRST
) -> Screen:
    """Open the question that a session waits for, and return its screen."""
    conditions, now = coach.catalogue.conditions, coach.now()
    runner = await screening.ask(coach.db, conditions, request.runner, routine, now)
    return views.gate(coach.texts, runner, conditions, routine, now, intro=intro)
