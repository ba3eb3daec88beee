"""/start with its deep links, and the way to the first session."""

from dataclasses import replace

from bot import session_chat
from bot.coach import Coach
from bot.content import Clip
from bot.content.texts import Html
from bot.domain.not_today import NotToday
from bot.handlers import exercise, gate, own_routines, training
from bot.handlers import routine as routine_handlers
from bot.handlers.request import Request
from bot.services import runners, suggestions
from bot.views import not_today
from bot.views import routine as routine_views
from bot.views import start as views
from bot.views.screen import Screen, paragraphs

TODAY = "today"  # the link that asks what to do today


async def start(coach: Coach, request: Request) -> None:
    """Follow the deep link; without one, show the safety screen or the next step for the runner."""
    kind, _, key = request.words.partition("_")
    if kind == "exercise" and key:
        await exercise.exercise(coach, replace(request, words=key))
        return
    if kind == "r" and key:
        if not await own_routines.linked(coach, request, request.words):
            await training.show_list(coach, request, coach.texts.html("own-link-gone"))
        return
    wish = _routine(coach, key) if kind == "routine" else ""
    runner = await runners.get(coach.db, request.runner)
    if runner is None or runner.screening is None:
        question = await gate.screen(coach, request, wish, intro=None)
        screen = views.welcome(coach.texts, request.name, question)
        await coach.messenger.show(request.chat, screen)
    elif wish:
        await training.offer(coach, request, wish)
    elif not runner.may_train:
        await gate.show(coach, request, wish)
    elif request.words == TODAY:
        await routine_handlers.today(coach, request)
    elif kind == "routine" and key:
        await training.show_list(coach, request, routine_views.unknown(coach.texts, key))
    elif not await training.return_to_running(coach, request):
        await _welcome_back(coach, request)


async def typed(coach: Coach, request: Request) -> None:
    """Open the suggested session for a word such as “start”; the same word then begins it."""
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.may_train:
        suggested = await _suggested(coach, request)
        if not isinstance(suggested, NotToday):
            routine, _, _ = suggested
            await training.offer(coach, request, routine)
            return
    await start(coach, replace(request, words=""))


def _routine(coach: Coach, key: str) -> str:
    """Return the id of the routine in a link, or of the session made for a wish; "": none."""
    return key if coach.catalogue.has(key) else coach.catalogue.find_routine(key).sure or ""


async def _welcome_back(coach: Coach, request: Request) -> None:
    suggested = await _suggested(coach, request)
    if isinstance(suggested, NotToday):
        screen = views.welcome_back_to_rest(coach.texts, request.name, suggested)
    else:
        routine, text, clip = suggested
        if await training.asks_bands(coach, request, routine):
            return
        screen = views.welcome_back(coach.texts, request.name, text, routine, clip)
    await coach.messenger.show(request.chat, screen)


async def go_on(coach: Coach, request: Request, routine: str, rules: Screen | None = None) -> None:
    """Offer the routine that was requested before the safety screen, or the first session.

    `rules` is shown first, in one message with the first session.
    """
    running = not routine and await training.is_running(coach, request)
    suggested = None if routine or running else await _suggested(coach, request)
    if rules is not None and not isinstance(suggested, tuple):
        await coach.messenger.show(request.chat, rules)
    if routine:
        await training.offer(coach, replace(request, query=None), routine)
    elif suggested is None:
        await training.return_to_running(coach, request)
    elif isinstance(suggested, NotToday):
        await coach.messenger.show(request.chat, not_today.screen(coach.texts, suggested))
    else:
        routine, text, clip = suggested
        text = paragraphs(rules.text if rules else None, text)
        screen = views.first_session(coach.texts, text, routine, clip)
        await coach.messenger.show(request.chat, screen)


async def _suggested(coach: Coach, request: Request) -> tuple[str, Html, Clip | None] | NotToday:
    """Return the id of the suggested routine, its description, and its first clip."""
    suggested = await suggestions.get(coach.db, coach.catalogue, request.runner, coach.now())
    if isinstance(suggested, NotToday):
        return suggested
    key, steps = suggested
    text = coach.texts.html(
        "first-session",
        name=coach.catalogue.name_of(key),
        minutes=routine_views.minutes(steps),
        kit=routine_views.kit(coach.texts, coach.catalogue, steps),
    )
    return key, text, session_chat.first_clip(coach, steps)
