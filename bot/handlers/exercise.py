"""/exercise, and the names of exercises in free text."""

from bot.callbacks import ExerciseTap
from bot.coach import Coach
from bot.handlers.asked import Asked
from bot.services import training
from bot.views import exercise as views


async def exercise(coach: Coach, asked: Asked) -> None:
    """Explains the named one; without a name, offers them all."""
    if not asked.words:
        await coach.messenger.show(asked.chat, views.which(coach.texts, coach.catalogue))
    elif not await explain_named(coach, asked):
        near = coach.catalogue.find_exercise(asked.words).near
        screen = views.suggestions(coach.texts, coach.catalogue, asked.words, near)
        await coach.messenger.show(asked.chat, screen)


async def explain_named(coach: Coach, asked: Asked) -> bool:
    """Explains the exercise that the words name beyond doubt; False if they don't."""
    match = coach.catalogue.find_exercise(asked.words)
    if match.sure is None:
        return False
    await explain(coach, asked, match.sure)
    return True


async def tapped(coach: Coach, asked: Asked, tap: ExerciseTap) -> None:
    """A suggestion, or the way to the whole list."""
    await coach.messenger.answer(asked.query)
    if tap.exercise in coach.catalogue.exercises:
        await explain(coach, asked, tap.exercise)
    else:
        await coach.messenger.show(asked.chat, views.which(coach.texts, coach.catalogue))


async def explain(coach: Coach, asked: Asked, exercise: str, form: str = "base") -> None:
    """In the middle of a session with the way back to its step, which it does not move."""
    session = None
    if asked.chat == asked.runner:
        kept = await training.current(coach.db, asked.runner)
        session = kept.session.id if kept else None
    found = coach.catalogue.exercises[exercise]
    await coach.messenger.show(asked.chat, views.explanation(coach.texts, found, form, session))
