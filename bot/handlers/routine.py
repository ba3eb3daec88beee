"""/routine, /today, and the same in plain words: the choice of a session."""

from bot.coach import Coach
from bot.content.texts import Html
from bot.domain.not_today import NotToday
from bot.domain.runner import Screening
from bot.domain.wish import LEAST, MOST, WHOLE_BODY, Asked, Wish
from bot.handlers import own_routines, training
from bot.handlers.request import Request
from bot.services import own_routines as own_services
from bot.services import runners
from bot.services import training as services
from bot.services.training import Gated
from bot.views import not_today
from bot.views import routine as views


async def routine(coach: Coach, request: Request) -> None:
    """Offer the named routine, or make a session for minutes and a purpose.

    Without words, show the running session or the list of routines.
    """
    words = request.words
    if not words:
        await show_all(coach, request)
        return
    known = await own_services.with_own(coach.db, coach.catalogue, request.runner)
    asked, match = coach.catalogue.wishes.read(words), known.find_routine(words)
    if not match.named and await own_routines.asked(coach, request):
        return
    is_wish = not (asked.is_empty or asked.unknown)
    is_name = match.sure is not None and (match.named or not is_wish)
    if match.sure is not None and is_name and not (is_wish and asked.in_digits):
        await training.offer(coach, request, match.sure)
    elif asked.is_empty:
        await training.show_list(coach, request, views.unknown(coach.texts, words))
    else:
        await make(coach, request, asked)


async def show_all(coach: Coach, request: Request) -> None:
    """Show the running session, what sessions are waiting for, or the list of routines."""
    if await training.return_to_running(coach, request):
        return
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.screening is Screening.WAITING:
        await training.show_gate(coach, request, Gated())
        return
    await training.show_list(coach, request, coach.texts.html("routine-list"))


async def make(coach: Coach, request: Request, asked: Asked) -> None:
    """Offer a session for the minutes and the purpose, or say what is unclear."""
    purposes = coach.catalogue.purposes
    purpose = asked.purpose or WHOLE_BODY
    if purpose not in purposes:
        await training.show_list(coach, request, coach.texts.html("routine-list"))
    elif asked.several:
        await _ask_again(coach, request, asked, coach.texts.html("made-several"))
    elif asked.unknown:
        words = asked.unknown[: views.LONGEST_WORDS]
        await _ask_again(coach, request, asked, coach.texts.html("made-unknown", words=words))
    else:
        minutes = purposes[purpose].minutes if asked.minutes is None else asked.minutes
        nearest = max(LEAST, min(minutes, MOST))
        if nearest != minutes:
            await coach.messenger.show(request.chat, views.nearest(coach.texts))
        await training.offer(coach, request, Wish(nearest, purpose).routine)


async def _ask_again(coach: Coach, request: Request, asked: Asked, intro: Html) -> None:
    """Say what was not understood, and offer what sessions can be made for."""
    is_possible = asked.minutes is not None and LEAST <= asked.minutes <= MOST
    minutes = asked.minutes if is_possible else None
    screen = views.ask_purpose(coach.texts, coach.catalogue, intro, minutes)
    await coach.messenger.show(request.chat, screen)


async def today(coach: Coach, request: Request) -> None:
    """Show the session that is under way; otherwise say what to do today, and why."""
    if await training.return_to_running(coach, request):
        return
    found = await services.today(coach.db, coach.catalogue, request.runner, coach.now())
    if isinstance(found, Gated):
        await training.show_gate(coach, request, found)
        return
    if isinstance(found, NotToday):
        screen = not_today.screen(coach.texts, found)
    else:
        screen = views.today(coach.texts, coach.catalogue, found)
    await coach.messenger.show(request.chat, screen)
