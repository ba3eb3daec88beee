"""Questions whether words that arrive late are still meant.

Telegram keeps messages while the coach is down, so words that begin or move a session may arrive
long after the runner has left.
"""

from bot.callbacks import SwapBackTap, SwapTap
from bot.coach import Coach
from bot.domain import late
from bot.domain.session import Move, Session
from bot.handlers.request import Request
from bot.services import own_routines, runners
from bot.views import late as views


def is_late(coach: Coach, request: Request) -> bool:
    """Return whether the message is late by Telegram's clock; a tap never is."""
    return request.sent_at is not None and late.is_late(request.sent_at, coach.telegram.now())


async def ask_move(coach: Coach, request: Request, session: Session, move: Move) -> None:
    texts = await coach.texts_for(request.runner)
    screen = views.move(texts, session, move, await _sent(coach, request))
    await coach.messenger.show(request.chat, screen)


async def ask_routine(coach: Coach, request: Request, routine: str) -> None:
    catalogue = await own_routines.with_own(coach.db, coach.catalogue, request.runner)
    name, texts = catalogue.name_of(routine), await coach.texts_for(request.runner)
    screen = views.routine(texts, routine, name, await _sent(coach, request))
    await coach.messenger.show(request.chat, screen)


async def ask_swap(coach: Coach, request: Request, tap: SwapTap | SwapBackTap) -> None:
    screen = views.swap(await coach.texts_for(request.runner), tap, await _sent(coach, request))
    await coach.messenger.show(request.chat, screen)


async def _sent(coach: Coach, request: Request) -> views.Sent:
    assert request.sent_at is not None
    runner = await runners.get(coach.db, request.runner)
    return views.Sent(request.sent_at, coach.telegram.now(), runner.zone if runner else None)
