"""Swaps of a step's exercise: offered, made for today or always, and undone."""

from dataclasses import replace

from bot import session_chat
from bot.callbacks import BringBackTap, Lasting, LeaveOutTap, SwapBackTap, SwapTap, SwapToTap
from bot.coach import Coach
from bot.domain.spelling import words_of
from bot.handlers import late
from bot.handlers.rejected import accepted, outdated
from bot.handlers.request import Request, without_ending, without_opening
from bot.services import swaps as services
from bot.services import training as training_services
from bot.services.rejections import Rejected
from bot.services.swaps import Swapped
from bot.views import intents as intent_views
from bot.views import swaps as views

MOST_WORDS = 12  # of a message that may ask to leave out an exercise
OFFERED = 2


async def swap_tapped(coach: Coach, request: Request, tap: SwapTap) -> None:
    await _offer(coach, request, (tap.session, tap.revision))


async def _offer(coach: Coach, request: Request, tapped: tuple[int, int] | None) -> None:
    offer = await services.offer(coach.db, coach.catalogue, request.runner, tapped, coach.now())
    await _show_offer(coach, request, offer)


async def _show_offer(coach: Coach, request: Request, offer: services.Offer | Rejected) -> None:
    """Send the possible exercises in a new message; the step stays as it is."""
    shown = accepted(request, offer)
    await coach.messenger.answer(request.query)
    screen = views.offer(coach.texts, shown.session, shown.options)
    await coach.messenger.show(request.chat, screen)


async def swap_to_tapped(coach: Coach, request: Request, tap: SwapToTap) -> None:
    """Swap the exercise, and show the step again."""
    always = tap.lasting is Lasting.ALWAYS
    state = (tap.session, tap.revision)
    swapped = await services.swap(
        coach.db, coach.catalogue, request.runner, state, tap.key, coach.now(), always=always
    )
    await _show(coach, request, accepted(request, swapped), always=always)


async def swap_back_tapped(coach: Coach, request: Request, tap: SwapBackTap) -> None:
    await _swap_back(coach, request, (tap.session, tap.revision))


async def _swap_back(coach: Coach, request: Request, tapped: tuple[int, int] | None) -> None:
    swapped = await services.back(coach.db, coach.catalogue, request.runner, tapped, coach.now())
    await _show(coach, request, accepted(request, swapped), always=False)


async def _show(coach: Coach, request: Request, swapped: Swapped, *, always: bool) -> None:
    session = swapped.stored.session
    coach.next_cue.bring_forward(session.due_at)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-swapped"))
    shown = session_chat.screen(coach, session)
    screen = views.swapped(coach.texts, session, shown, always=always, for_rest=swapped.for_rest)
    await session_chat.send_screen(coach, request.chat, swapped.stored, screen)
    if request.query is not None and request.message_id != swapped.stored.message_id:
        await coach.messenger.remove(request.chat, request.message_id)


async def typed(coach: Coach, request: Request, words: str) -> bool:
    """Handle “swap”, “swap back” and “my swaps”; return False for other words."""
    if words in coach.texts.words("word-my-swaps"):
        await _list(coach, request)
        return True
    back = words in coach.texts.words("word-swap-back")
    if not back and words not in coach.texts.words("word-swap"):
        return False
    stored = await training_services.current(coach.db, request.runner)
    if stored is not None and late.is_late(coach, request):
        tap = SwapBackTap if back else SwapTap
        await late.ask_swap(coach, request, tap(stored.session.id, stored.session.revision))
    elif back and stored is None and await services.kept(coach.db, request.runner):
        await _list(coach, request)
    elif back:
        await _swap_back(coach, request, None)
    else:
        await _offer(coach, request, None)
    return True


async def _list(coach: Coach, request: Request) -> None:
    kept = await services.kept(coach.db, request.runner)
    await coach.messenger.show(request.chat, views.kept(coach.texts, coach.catalogue, kept))


async def dislike_typed(coach: Coach, request: Request) -> bool:
    """Handle words such as “no more side planks” and “bring back side planks”.

    Return False for other words, and if they name no exercise.
    """
    texts, small = coach.texts, coach.catalogue.intents.plain.small
    typed = [word.text for word in words_of(request.words)]
    words = " ".join(word for word in typed[:MOST_WORDS] if word not in small)
    words, _ = without_ending(words, texts.words("word-leave-out-closing"))
    again, named = without_opening(words, texts.words("word-bring-back-opening"))
    if again:
        exercise = coach.catalogue.find_exercise(named).sure
        return exercise is not None and await _bring_back(coach, request, exercise)
    if wanted := _wanted(coach, words):
        await _swap_for(coach, request, wanted)
        return True
    opening, named = without_opening(words, texts.words("word-leave-out-opening"))
    named, ending = without_ending(named, texts.words("word-leave-out-ending"))
    if not opening and not ending:
        return False
    found, instead = _named(coach, named), None
    if not found:
        named, instead = _split(coach, named)
        found = _named(coach, named)
    if len(found) == 1:
        await _leave_out(coach, request, found[0], instead)
    elif found:
        await coach.messenger.show(request.chat, views.which(texts, coach.catalogue, found))
    return bool(found)


def _wanted(coach: Coach, words: str) -> str | None:
    """Return the exercise that is wanted in place of the step's: “swap it for clams”."""
    texts = coach.texts
    rather, wanted = without_opening(words, texts.words("word-rather-opening"))
    if not rather:
        wanted, rather = without_ending(words, texts.words("word-rather-ending"))
        _, wanted = without_opening(wanted, texts.words("word-rather-asking"))
    return coach.catalogue.find_exercise(wanted).sure if rather else None


async def _swap_for(coach: Coach, request: Request, wanted: str) -> None:
    """Offer the exercise for the step, or others if it may not be done in it."""
    offer = await services.offer(coach.db, coach.catalogue, request.runner, None, coach.now())
    if not isinstance(offer, Rejected):
        meant = tuple(option for option in offer.options if option.exercise.id == wanted)
        offer = replace(offer, options=meant or offer.options)
    await _show_offer(coach, request, offer)


def _named(coach: Coach, words: str) -> tuple[str, ...]:
    """Return the ids of the exercises that the words may name; none if they name another thing."""
    match = coach.catalogue.find_exercise(words)
    if match.sure:
        return (match.sure,)
    return match.near if match.named and not match.missing else ()


def _split(coach: Coach, words: str) -> tuple[str, str | None]:
    """Split “squats with bridges”; return the words for the first, and the id of the second."""
    for word in coach.texts.words("word-leave-out-for"):
        first, joins, second = words.partition(f" {word} ")
        if joins:
            return first, coach.catalogue.find_exercise(second).sure
    return words, None


async def _leave_out(
    coach: Coach, request: Request, exercise: str, instead: str | None = None
) -> None:
    """Offer what may be done instead, now if it is the current step, or from now on.

    `instead` is the id of the exercise that the runner wants; if possible, only this is offered.
    """
    stored = await training_services.current(coach.db, request.runner)
    session = stored.session if stored and stored.session.is_under_way else None
    step = session.work_step if session else None
    if step is not None and exercise in (step.exercise, step.planned):
        offer = await services.offer(coach.db, coach.catalogue, request.runner, None, coach.now())
        if isinstance(offer, Rejected) or offer.options:
            await _show_offer(coach, request, offer)
            return
    options = await services.instead_of(
        coach.db, coach.catalogue, request.runner, exercise, coach.now()
    )
    shown = coach.catalogue.exercises[exercise]
    wanted = tuple(option for option in options or () if option.exercise.id == instead)
    screen = views.leave_out(coach.texts, shown, wanted or (options and options[:OFFERED]))
    await coach.messenger.show(request.chat, screen)
    if session is not None:
        await coach.messenger.show(request.chat, intent_views.way_back(coach.texts, session))


async def leave_out_tapped(coach: Coach, request: Request, tap: LeaveOutTap) -> None:
    """Leave the exercise out from now on; without a choice, offer something instead."""
    shown = coach.catalogue.exercises.get(tap.exercise)
    if shown is None:
        raise outdated(request)
    if not tap.key:
        await coach.messenger.answer(request.query)
        await _leave_out(coach, request, shown.id)
        return
    outcome = await services.leave_out(
        coach.db, coach.catalogue, request.runner, shown.id, tap.key, coach.now()
    )
    chosen = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    screen = views.left_out(coach.texts, shown, chosen.exercise.texts.name if chosen else "")
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def bring_back_tapped(coach: Coach, request: Request, tap: BringBackTap) -> None:
    """Do the exercise again from now on."""
    if not await _bring_back(coach, request, tap.exercise):
        raise outdated(request)


async def _bring_back(coach: Coach, request: Request, exercise: str) -> bool:
    """Do the exercise again from now on; return False if it is not left out."""
    shown = coach.catalogue.exercises.get(exercise)
    if shown is None or not await services.bring_back(
        coach.db, coach.catalogue, request.runner, exercise, coach.now()
    ):
        return False
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await coach.messenger.show(request.chat, views.brought_back(coach.texts, shown))
    return True
