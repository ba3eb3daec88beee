"""Another exercise instead of the step's: offered, chosen for today or always, and undone."""

from bot import session_chat
from bot.callbacks import Lasting, SwapBackTap, SwapTap, SwapToTap
from bot.coach import Coach
from bot.handlers import late, training
from bot.handlers.request import Asked
from bot.services import swaps as services
from bot.services import training as training_services
from bot.services.guards import Elsewhere
from bot.services.swaps import Offer, Swapped, WhyNot
from bot.views import swaps as views
from bot.views import talk


async def swap_tapped(coach: Coach, asked: Asked, tap: SwapTap) -> None:
    await _offer(coach, asked, (tap.session, tap.revision))


async def _offer(coach: Coach, asked: Asked, at: tuple[int, int] | None) -> None:
    """Below the step, which keeps its place."""
    offer = await services.offer(coach.db, coach.catalogue, asked.runner, at, coach.now())
    if not isinstance(offer, Offer):
        await _not_swapped(coach, asked, offer)
        return
    await coach.messenger.answer(asked.query)
    screen = views.offer(coach.texts, offer.session, offer.options)
    await coach.messenger.show(asked.chat, screen)


async def swap_to_tapped(coach: Coach, asked: Asked, tap: SwapToTap) -> None:
    """The step comes again, with the other exercise."""
    always = tap.lasting is Lasting.ALWAYS
    swapped = await services.swap(
        coach.db,
        coach.catalogue,
        asked.runner,
        (tap.session, tap.revision),
        tap.key,
        coach.now(),
        always=always,
    )
    await _show(coach, asked, swapped, always=always)


async def swap_back_tapped(coach: Coach, asked: Asked, tap: SwapBackTap) -> None:
    await _back(coach, asked, (tap.session, tap.revision))


async def _back(coach: Coach, asked: Asked, at: tuple[int, int] | None) -> None:
    swapped = await services.back(coach.db, coach.catalogue, asked.runner, at, coach.now())
    await _show(coach, asked, swapped, always=False)


async def _show(
    coach: Coach, asked: Asked, it: Swapped | Elsewhere | WhyNot, *, always: bool
) -> None:
    if not isinstance(it, Swapped):
        await _not_swapped(coach, asked, it)
        return
    session = it.kept.session
    coach.next_cue.bring_forward(session.due_at)
    await coach.messenger.answer(asked.query, coach.texts.plain("toast-swapped"))
    screen = views.swapped(coach.texts, session, session_chat.screen(coach, session), always=always)
    await session_chat.anew(coach, asked.chat, it.kept, screen)
    if asked.query is not None and asked.message_id != it.kept.message_id:
        await coach.messenger.remove(asked.chat, asked.message_id)


async def _not_swapped(coach: Coach, asked: Asked, it: Elsewhere | WhyNot) -> None:
    if isinstance(it, Elsewhere):
        await training.elsewhere(coach, asked, it)
    elif it is WhyNot.NOTHING:
        await coach.messenger.show(asked.chat, talk.no_session(coach.texts))
    else:
        kept = await training_services.current(coach.db, asked.runner)
        toast = coach.texts.plain("toast-unlawful")
        await coach.messenger.answer(asked.query, toast)
        if kept is not None:
            await session_chat.current(coach, asked.chat, kept, "step-not-possible")


async def typed(coach: Coach, asked: Asked, said: str) -> bool:
    """“swap” and “swap back”; False for other words."""
    back = said in coach.texts.words("word-swap-back")
    if not back and said not in coach.texts.words("word-swap"):
        return False
    kept = await training_services.current(coach.db, asked.runner)
    if kept is not None and late.is_late(coach, asked):
        tap = SwapBackTap if back else SwapTap
        await late.ask_swap(coach, asked, tap(kept.session.id, kept.session.revision))
    elif back:
        await _back(coach, asked, None)
    else:
        await _offer(coach, asked, None)
    return True
