"""/start with its deep links, and the answers to the safety screen."""

from dataclasses import replace

from bot.callbacks import SafetyScreenTap, SafetyTap
from bot.coach import Coach
from bot.content.texts import Html
from bot.domain.runner import Screening
from bot.handlers import exercise, training
from bot.handlers.request import Request
from bot.services import pain, runners, session_plans
from bot.views import pain as pain_views
from bot.views import routine as routine_views
from bot.views import start as views


async def start(coach: Coach, request: Request) -> None:
    """Follow the deep link; without one, show the safety screen or the next step for the runner."""
    kind, _, key = request.words.partition("_")
    if kind == "exercise" and (linked := coach.catalogue.find_exercise(key).sure):
        await exercise.explain(coach, request, linked)
        return
    wish = (coach.catalogue.find_routine(key).sure or "") if kind == "routine" else ""
    runner = await runners.get(coach.db, request.runner)
    if runner is None or runner.screening is None:
        await coach.messenger.show(request.chat, views.welcome(coach.texts, request.name))
        await coach.messenger.show(request.chat, views.safety(coach.texts, wish))
    elif wish:
        await training.offer(coach, request, wish)
    elif not runner.may_train:
        screen = views.gate(coach.texts, runner, wish, coach.now())
        await coach.messenger.show(request.chat, screen)
    elif not await training.return_to_running(coach, request):
        await _welcome_back(coach, request)


async def _welcome_back(coach: Coach, request: Request) -> None:
    suggested, text = await _suggested(coach, request)
    screen = views.welcome_back(coach.texts, request.name, text, suggested)
    await coach.messenger.show(request.chat, screen)


async def safety_tapped(coach: Coach, request: Request, tap: SafetyTap) -> None:
    """Store the answer; then offer the routine that was requested before the safety screen."""
    before = await runners.answer_safety(coach.db, request.runner, tap.answer, coach.now())
    runner = await runners.get(coach.db, request.runner)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if runner is None or not runner.may_train:
        screen = views.gate(coach.texts, runner, tap.routine, coach.now())
        await coach.messenger.show(request.chat, screen)
    elif tap.routine:
        await training.offer(coach, replace(request, query=None), tap.routine)
    elif not await training.return_to_running(coach, request):
        suggested, text = await _suggested(coach, request)
        screen = views.first_session(coach.texts, text, suggested)
        await coach.messenger.show(request.chat, screen)
    if runner is not None and runner.screening is not None and before is not runner.screening:
        await _close_question(coach, request, runner.screening)


async def safety_screen_tapped(coach: Coach, request: Request, _tap: SafetyScreenTap) -> None:
    """Show the safety screen again, with the regions that rest."""
    await coach.messenger.answer(request.query)
    rests = await pain.resting(coach.db, request.runner)
    screen = pain_views.with_rests(coach.texts, views.safety(coach.texts, ""), rests)
    await coach.messenger.show(request.chat, screen)


async def _close_question(coach: Coach, request: Request, answer: Screening) -> None:
    """Replace the buttons of the safety screen by the answer; its text stays."""
    screen = views.answered(coach.texts, answer)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def _suggested(coach: Coach, request: Request) -> tuple[str, Html]:
    """Return the id of the suggested routine, and its description."""
    key, steps = await session_plans.suggested(
        coach.db, coach.catalogue, request.runner, coach.now()
    )
    routine = coach.catalogue.routine(key)
    text = coach.texts.html(
        "first-session",
        name=coach.catalogue.texts(routine).name,
        minutes=routine_views.minutes(steps),
        warmup=routine.warm_up // 60,
        kit=routine_views.kit(coach.texts, coach.catalogue, steps),
    )
    return key, text
