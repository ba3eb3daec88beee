"""/exercise, the library by topic, and the names of exercises in free text."""

from bot.callbacks import BrowseTap, ExerciseTap, Part, PartTap
from bot.coach import Coach
from bot.content.models import BASE
from bot.handlers.request import Asked, reply
from bot.services import training
from bot.views import browse
from bot.views import exercise as views


async def exercise(coach: Coach, asked: Asked) -> None:
    """Explains the named one; without a name, the ways into the library."""
    if not asked.words:
        await reply(coach, asked, browse.topics(coach.texts, coach.catalogue))
    elif not await explain_named(coach, asked) and not await show_topic(coach, asked):
        match = coach.catalogue.find_exercise(asked.words)
        screen = views.suggestions(coach.texts, coach.catalogue, asked.words, match)
        await reply(coach, asked, screen)


async def explain_named(coach: Coach, asked: Asked) -> bool:
    """Explains the exercise that the words name beyond doubt; False if they don't."""
    match = coach.catalogue.find_exercise(asked.words)
    if match.sure is None:
        return False
    await explain(coach, asked, match.sure)
    return True


async def show_topic(coach: Coach, asked: Asked) -> bool:
    """Lists the exercises for a muscle, a purpose or a band; False if the words name none, or
    several exercises."""
    topic = coach.catalogue.topics.find(asked.words).sure
    if topic is None or coach.catalogue.find_exercise(asked.words).named:
        return False
    screen = browse.page(coach.texts, coach.catalogue, topic, 0)
    await reply(coach, asked, screen)
    return True


async def tapped(coach: Coach, asked: Asked, tap: ExerciseTap) -> None:
    """An exercise from a list, or the way into the library."""
    await coach.messenger.answer(asked.query)
    if tap.exercise in coach.catalogue.exercises:
        await explain(coach, asked, tap.exercise)
    else:
        await reply(coach, asked, browse.topics(coach.texts, coach.catalogue))


async def browse_tapped(coach: Coach, asked: Asked, tap: BrowseTap) -> None:
    """A topic or the next page of one, in place."""
    await coach.messenger.answer(asked.query)
    screen = browse.page(coach.texts, coach.catalogue, tap.topic, tap.page)
    if not await coach.messenger.replace(asked.chat, asked.message_id, screen):
        await reply(coach, asked, screen)


async def part_tapped(coach: Coach, asked: Asked, tap: PartTap) -> None:
    """Another part of the explanation, under the same clip."""
    await coach.messenger.answer(asked.query)
    if tap.exercise not in coach.catalogue.exercises:
        await reply(coach, asked, browse.topics(coach.texts, coach.catalogue))
        return
    form, session = await _in_session(coach, asked, tap.exercise)
    found = coach.catalogue.exercises[tap.exercise]
    screen = views.explanation(coach.texts, coach.catalogue, found, tap.part, form, session)
    if not await coach.messenger.replace(asked.chat, asked.message_id, screen):
        await reply(coach, asked, screen)


async def explain(coach: Coach, asked: Asked, exercise: str, part: Part = Part.OVERVIEW) -> None:
    """In the middle of a session with the way back to its step, which it does not move."""
    form, session = await _in_session(coach, asked, exercise)
    found = coach.catalogue.exercises[exercise]
    screen = views.explanation(coach.texts, coach.catalogue, found, part, form, session)
    await reply(coach, asked, screen)


async def _in_session(coach: Coach, asked: Asked, exercise: str) -> tuple[str, int | None]:
    """The form that the runner's current step asks for, and the session to go back to."""
    kept = None
    if asked.chat == asked.runner:
        kept = await training.current(coach.db, asked.runner)
    if kept is None:
        return BASE, None
    step = kept.session.work_step
    return (step.form if step and step.exercise == exercise else BASE), kept.session.id
