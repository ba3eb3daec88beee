"""A running plan sent as a calendar file: read, asked about, used or left."""

from bot.callbacks import AskPlanTap, LeavePlanTap, PlanKindTap, PlanRaceTap, PlanTap, UsePlanTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.question import Question
from bot.domain.run_plan import PlanAnswer, ShownPlan, Unread, title_key
from bot.handlers.race import names
from bot.handlers.rejected import accepted
from bot.handlers.request import Request, as_answer
from bot.services import run_plan as services
from bot.services.rejections import Rejected
from bot.views import race as race_views
from bot.views import run_plan as views
from bot.views.screen import Screen


async def received(coach: Coach, request: Request, content: bytes) -> None:
    """Read a calendar file, and show its plan; nothing is used before a tap."""
    zone, today = await services.where(coach.db, request.runner, coach.now())
    words = coach.catalogue.title_words
    file = await coach.calendars.read(content, words, zone, today)
    if isinstance(file, Unread):
        await coach.messenger.show(request.chat, views.unread(coach.texts, file))
        return
    if not any(entry.day >= today for entry in file.entries):
        await coach.messenger.show(request.chat, views.empty(coach.texts))
        return
    shown = await services.add(coach.db, request.runner, file, coach.now())
    texts = await coach.texts_for(request.runner)
    await coach.messenger.show(request.chat, views.plan(texts, shown))


async def plan_tapped(coach: Coach, request: Request, tap: PlanTap) -> None:
    shown = await services.get(coach.db, request.runner, tap.plan, coach.now())
    await _replace(coach, request, shown)


async def ask_tapped(coach: Coach, request: Request, tap: AskPlanTap) -> None:
    shown = await services.ask(coach.db, request.runner, tap.plan, coach.now())
    await _replace(coach, request, shown, asks=True)


async def kind_tapped(coach: Coach, request: Request, tap: PlanKindTap) -> None:
    """Store what a title stands for; ask about the next one, or show the days."""
    shown = await services.tell(
        coach.db, request.runner, tap.plan, tap.title, tap.answer, coach.now()
    )
    await _replace(coach, request, shown, asks=True)


async def _replace(
    coach: Coach, request: Request, shown: ShownPlan | Rejected, *, asks: bool = False
) -> None:
    plan = accepted(request, shown)
    await coach.messenger.answer(request.query)
    screen = await _screen(coach, request, plan, asks=asks)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def _screen(coach: Coach, request: Request, shown: ShownPlan, *, asks: bool) -> Screen:
    texts = await coach.texts_for(request.runner)
    if asks and shown.plan.unsure:
        return views.ask(texts, shown)
    if shown.plan.is_used:
        return views.used(texts, shown, names(texts))
    return views.plan(texts, shown)


async def use_tapped(coach: Coach, request: Request, tap: UsePlanTap) -> None:
    """Use the plan, and offer its races."""
    shown = accepted(request, await services.use(coach.db, request.runner, tap.plan, coach.now()))
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await coach.messenger.strip(request.chat, request.message_id)
    screen = views.used(coach.texts, shown, names(coach.texts))
    await coach.messenger.show(request.chat, screen)


async def leave_tapped(coach: Coach, request: Request, tap: LeavePlanTap) -> None:
    accepted(request, await services.leave(coach.db, request.runner, tap.plan, coach.now()))
    await coach.messenger.answer(request.query)
    await coach.messenger.replace(request.chat, request.message_id, views.left(coach.texts))


async def race_tapped(coach: Coach, request: Request, tap: PlanRaceTap) -> None:
    """Ask for the distance of a race of the plan."""
    await coach.messenger.answer(request.query)
    screen = race_views.distances(coach.texts, "race-ask-distance", tap.day)
    await coach.messenger.show(request.chat, screen)


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Take typed words as an answer to whether to use a plan, or to what a title in it means.

    Return False for other words.
    """
    if not question.plan:
        return False
    words = as_answer(request.words)
    if not question.title:
        return await _offer_answered(coach, request, question.plan, words)
    if words in coach.texts.words("word-plan-back"):
        left = await services.get(coach.db, request.runner, question.plan, coach.now())
        if isinstance(left, Rejected):
            return False
        screen = await _screen(coach, request, left, asks=False)
        await coach.messenger.show(request.chat, screen)
        return True
    answer = next((each for each in PlanAnswer if words in _words(coach.texts, each)), None)
    if answer is None:
        return False
    shown = await services.tell(
        coach.db, request.runner, question.plan, title_key(question.title), answer, coach.now()
    )
    if isinstance(shown, Rejected):
        return False
    screen = await _screen(coach, request, shown, asks=True)
    await coach.messenger.show(request.chat, screen)
    return True


async def _offer_answered(coach: Coach, request: Request, plan: int, words: str) -> bool:
    texts = coach.texts
    if words in texts.words("word-yes") | texts.words("word-plan-use"):
        shown = await services.use(coach.db, request.runner, plan, coach.now())
        if isinstance(shown, Rejected):
            return False
        await coach.messenger.show(request.chat, views.used(texts, shown, names(texts)))
        return True
    if words not in texts.words("word-no"):
        return False
    left = await services.leave(coach.db, request.runner, plan, coach.now())
    if left is None:
        await coach.messenger.show(request.chat, views.left(texts))
    return left is None


def _words(texts: Texts, answer: PlanAnswer) -> frozenset[str]:
    name = "word-plan-skip" if answer is PlanAnswer.SKIP else f"word-run-{answer}"
    return texts.words(name)
