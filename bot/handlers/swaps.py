"""Swaps of a step's exercise: offered, made for today or always, and undone."""

from bot import session_chat
from bot.callbacks import Lasting, SwapBackTap, SwapTap, SwapToTap
from bot.coach import Coach
from bot.handlers import late, rejected
from bot.handlers.request import Request
from bot.services import swaps as services
from bot.services import training as training_services
from bot.services.rejections import Rejected
from bot.services.swaps import Swapped
from bot.views import swaps as views


async def swap_tapped(coach: Coach, request: Request, tap: SwapTap) -> None:
    await _offer(coach, request, (tap.session, tap.revision))


async def _offer(coach: Coach, request: Request, tapped: tuple[int, int] | None) -> None:
    """Send the possible exercises in a new message; the step stays as it is."""
    offer = await services.offer(coach.db, coach.catalogue, request.runner, tapped, coach.now())
    if isinstance(offer, Rejected):
        await rejected.show(coach, request, offer)
        return
    await coach.messenger.answer(request.query)
    screen = views.offer(coach.texts, offer.session, offer.options)
    await coach.messenger.show(request.chat, screen)


async def swap_to_tapped(coach: Coach, request: Request, tap: SwapToTap) -> None:
    """Swap the exercise, and show the step again."""
    always = tap.lasting is Lasting.ALWAYS
    swapped = await services.swap(
        coach.db,
        coach.catalogue,
        request.runner,
        (tap.session, tap.revision),
        tap.key,
        coach.now(),
        always=always,
    )
    await _show(coach, request, swapped, always=always)


async def swap_back_tapped(coach: Coach, request: Request, tap: SwapBackTap) -> None:
    await _swap_back(coach, request, (tap.session, tap.revision))


async def _swap_back(coach: Coach, request: Request, tapped: tuple[int, int] | None) -> None:
    swapped = await services.back(coach.db, coach.catalogue, request.runner, tapped, coach.now())
    await _show(coach, request, swapped, always=False)


async def _show(
    coach: Coach, request: Request, swapped: Swapped | Rejected, *, always: bool
) -> None:
    if isinstance(swapped, Rejected):
        await rejected.show(coach, request, swapped)
        return
    session = swapped.stored.session
    coach.next_cue.bring_forward(session.due_at)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-swapped"))
    shown = session_chat.screen(coach, session)
    screen = views.swapped(coach.texts, session, shown, always=always, for_rest=swapped.for_rest)
    await session_chat.send_screen(coach, request.chat, swapped.stored, screen)
    if request.query is not None and request.message_id != swapped.stored.message_id:
        await coach.messenger.remove(request.chat, request.message_id)


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Handle “swap” and “swap back”; return False for other words."""
    back = words in coach.texts.words("word-swap-back")
    if not back and words not in coach.texts.words("word-swap"):
        return False
    stored = await training_services.current(coach.db, request.runner)
    if stored is not None and late.is_late(coach, request):
        tap = SwapBackTap if back else SwapTap
        await late.ask_swap(coach, request, tap(stored.session.id, stored.session.revision))
    elif back:
        await _swap_back(coach, request, None)
    else:
        await _offer(coach, request, None)
    return True
