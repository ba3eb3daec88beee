"""Inline queries, such as `@bot deadbug` in any chat: exercises with their clips, and routines."""

from bot.coach import Coach
from bot.views import exercise, routine
from bot.views.screen import shortened

MOST = 50


async def inline(coach: Coach, words: str, query_id: str) -> None:
    """Offer the routines and exercises that match the words, best match first.

    Without words, offer all exercises.
    """
    texts, catalogue = coach.texts, coach.catalogue
    match = catalogue.find_routine(words)
    cards = [
        routine.card(texts, catalogue, catalogue.routines[key])
        for key in ((match.sure,) if match.sure else match.near)
    ]
    cards += [
        exercise.card(texts, catalogue, catalogue.exercises[key])
        for key in catalogue.look_up(words)
    ]
    lacks = catalogue.lacks(words)
    hint = texts.plain("inline-missing", words=shortened(words)) if lacks else None
    await coach.messenger.offer(query_id, cards[:MOST], hint)
