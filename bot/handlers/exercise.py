"""/exercise, the library by topic, and the names of exercises in free text."""

from bot.callbacks import BrowseTap, ExerciseTap, Part, PartTap
from bot.coach import Coach
from bot.content.models import BASE
from bot.handlers.request import Request, reply
from bot.services import training
from bot.views import browse
from bot.views import exercise as views


async def exercise(coach: Coach, request: Request) -> None:
    """Explains the named one; without a name, the ways into the library."""
    if not request.words:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))
    elif not await explain_named(coach, request) and not await show_topic(coach, request):
        match = coach.catalogue.find_exercise(request.words)
        screen = views.suggestions(coach.texts, coach.catalogue, request.words, match)
        await reply(coach, request, screen)


async def explain_named(coach: Coach, request: Request) -> bool:
    """Explains the exercise that the words name beyond doubt; False if they don't."""
    match = coach.catalogue.find_exercise(request.words)
    if match.sure is None:
        return False
    await explain(coach, request, match.sure)
    return True


async def show_topic(coach: Coach, request: Request) -> bool:
    """Lists the exercises for a muscle, a purpose or a band; False if the words name none, or
    several exercises."""
    topic = coach.catalogue.topics.find(request.words).sure
    if topic is None or coach.catalogue.find_exercise(request.words).named:
        return False
    screen = browse.page(coach.texts, coach.catalogue, topic, 0)
    await reply(coach, request, screen)
    return True


async def tapped(coach: Coach, request: Request, tap: ExerciseTap) -> None:
    """An exercise from a list, or the way into the library."""
    await coach.messenger.answer(request.query)
    if tap.exercise in coach.catalogue.exercises:
        await explain(coach, request, tap.exercise)
    else:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))


async def browse_tapped(coach: Coach, request: Request, tap: BrowseTap) -> None:
    """A topic or the next page of one, in place."""
    await coach.messenger.answer(request.query)
    screen = browse.page(coach.texts, coach.catalogue, tap.topic, tap.page)
    if not await coach.messenger.replace(request.chat, request.message_id, screen):
        await reply(coach, request, screen)


async def part_tapped(coach: Coach, request: Request, tap: PartTap) -> None:
    """Another part of the explanation, under the same clip."""
    await coach.messenger.answer(request.query)
    if tap.exercise not in coach.catalogue.exercises:
        await reply(coach, request, browse.topics(coach.texts, coach.catalogue))
        return
    form, session = await _in_session(coach, request, tap.exercise)
    found = coach.catalogue.exercises[tap.exercise]
    screen = views.explanation(coach.texts, coach.catalogue, found, tap.part, form, session)
    if not await coach.messenger.replace(request.chat, request.message_id, screen):
        await reply(coach, request, screen)


async def explain(
    coach: Coach, request: Request, exercise: str, part: Part = Part.OVERVIEW
) -> None:
    """In the middle of a session with the way back to its step, which it does not move."""
    form, session = await _in_session(coach, request, exercise)
    found = coach.catalogue.exercises[exercise]
    screen = views.explanation(coach.texts, coach.catalogue, found, part, form, session)
    await reply(coach, request, screen)


async def _in_session(coach: Coach, request: Request, exercise: str) -> tuple[str, int | None]:
    """The form that the runner's current step asks for, and the session to go back to."""
    kept = None
    if request.chat == request.runner:
        kept = await training.current(coach.db, request.runner)
    if kept is None:
        return BASE, None
    step = kept.session.work_step
    return (step.form if step and step.exercise == exercise else BASE), kept.session.id
