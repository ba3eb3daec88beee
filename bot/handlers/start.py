"""/start with its deep links, and the answers to the safety screen."""

from dataclasses import replace

from bot.callbacks import SafetyScreenTap, SafetyTap
from bot.coach import Coach
from bot.content.texts import Html
from bot.domain.runner import Screening
from bot.handlers import exercise, training
from bot.handlers.request import Asked
from bot.services import pain, runners, session_plans
from bot.views import pain as hurt_views
from bot.views import routine as routine_views
from bot.views import start as views


async def start(coach: Coach, asked: Asked) -> None:
    """Welcome, safety, first session; or where the link leads."""
    kind, _, key = asked.words.partition("_")
    if kind == "exercise" and (found := coach.catalogue.find_exercise(key).sure):
        await exercise.explain(coach, asked, found)
        return
    wish = (coach.catalogue.find_routine(key).sure or "") if kind == "routine" else ""
    known = await runners.get(coach.db, asked.runner)
    if known is None or known.screening is None:
        await coach.messenger.show(asked.chat, views.welcome(coach.texts, asked.name))
        await coach.messenger.show(asked.chat, views.safety(coach.texts, wish))
    elif wish:
        await training.offer(coach, asked, wish)
    elif not known.may_train:
        await coach.messenger.show(asked.chat, views.waiting(coach.texts, wish))
    elif not await training.return_to_running(coach, asked):
        await _welcome_back(coach, asked)


async def _welcome_back(coach: Coach, asked: Asked) -> None:
    suggested, text = await _suggested(coach, asked)
    screen = views.welcome_back(coach.texts, asked.name, text, suggested)
    await coach.messenger.show(asked.chat, screen)


async def safety_tapped(coach: Coach, asked: Asked, tap: SafetyTap) -> None:
    """Stores the answer; then what was wished for goes on."""
    before = await runners.answer_safety(coach.db, asked.runner, tap.answer, coach.now())
    known = await runners.get(coach.db, asked.runner)
    await coach.messenger.answer(asked.query, coach.texts.plain("toast-noted"))
    if known is None or not known.may_train:
        await coach.messenger.show(asked.chat, views.waiting(coach.texts, tap.routine))
    elif tap.routine:
        await training.offer(coach, replace(asked, query=None), tap.routine)
    elif not await training.return_to_running(coach, asked):
        suggested, text = await _suggested(coach, asked)
        screen = views.first_session(coach.texts, text, suggested)
        await coach.messenger.show(asked.chat, screen)
    if known is not None and known.screening is not None and before is not known.screening:
        await _close_question(coach, asked, known.screening)


async def safety_screen_tapped(coach: Coach, asked: Asked, _tap: SafetyScreenTap) -> None:
    """To read it again, or to answer it anew."""
    await coach.messenger.answer(asked.query)
    rests = await pain.resting(coach.db, asked.runner, coach.now())
    screen = hurt_views.with_rests(coach.texts, views.safety(coach.texts, ""), rests)
    await coach.messenger.show(asked.chat, screen)


async def _close_question(coach: Coach, asked: Asked, answer: Screening) -> None:
    """The safety screen stays readable; its buttons go."""
    screen = views.answered(coach.texts, answer)
    await coach.messenger.replace(asked.chat, asked.message_id, screen)


async def _suggested(coach: Coach, asked: Asked) -> tuple[str, Html]:
    """The routine that comes next, and how it is described."""
    routine, steps = await session_plans.suggested(
        coach.db, coach.catalogue, asked.runner, coach.now()
    )
    found = coach.catalogue.routine(routine)
    text = coach.texts.html(
        "first-session",
        name=coach.catalogue.texts(found).name,
        minutes=routine_views.minutes(steps),
        warmup=found.warm_up // 60,
        kit=routine_views.kit(coach.texts, coach.catalogue, steps),
    )
    return routine, text
