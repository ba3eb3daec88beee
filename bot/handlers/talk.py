"""Free text, and everything that is neither a command of ours nor a tap: handled on purpose."""

from dataclasses import replace

from telegram import Message

from bot.catalogue import sounds_like_exercise
from bot.coach import Coach
from bot.domain.session import Move, Rating
from bot.handlers import exercise, hurt, reminders, start, swaps, training
from bot.handlers import rating as rating_handlers
from bot.handlers.asked import Asked
from bot.services import schedule
from bot.services import training as training_services
from bot.views import exercise as exercise_views
from bot.views import talk as views

RATINGS = {Rating.EASY: "word-easy", Rating.RIGHT: "word-right", Rating.HARD: "word-hard"}


async def words(coach: Coach, asked: Asked) -> None:
    """A session's word, an answer to the open question, a name, or not understood."""
    said = " ".join(asked.words.lower().split())[:60].strip(" .!")
    kept = await training_services.current(coach.db, asked.runner)
    if await hurt.typed(coach, asked, said) or await swaps.typed(coach, asked, said):
        return
    if said in coach.texts.words("word-how") and kept:
        await training.how(coach, asked, kept.session)
    elif (move := _move(coach, said)) is Move.BEGIN and kept is None:
        await start.start(coach, replace(asked, words=""))
    elif move is not None:
        await training.move_typed(coach, asked, move)
    elif await _rated(coach, asked, said):
        return
    elif not _names(coach, asked.words) and await schedule.place_asked(
        coach.db, asked.runner, coach.now()
    ):
        await reminders.place_named(coach, asked)
    else:
        await _named(coach, asked)


def _move(coach: Coach, said: str) -> Move | None:
    return next((move for move in Move if said in coach.texts.words(f"word-{move}")), None)


async def _rated(coach: Coach, asked: Asked, said: str) -> bool:
    for rating, word in RATINGS.items():
        if said in coach.texts.words(word):
            return await rating_handlers.rate_typed(coach, asked, rating)
    return False


def _names(coach: Coach, said: str) -> bool:
    """Whether it names an exercise or a routine beyond doubt; “Split” may be the city."""
    match = coach.catalogue.find_exercise(said)
    if match.sure and not match.by_first_word:
        return True
    return coach.catalogue.find_routine(said).sure is not None


async def _named(coach: Coach, asked: Asked) -> None:
    """The name of an exercise is enough to have it explained, that of a routine to open it."""
    if await exercise.explain_named(coach, asked):
        return
    if routine := coach.catalogue.find_routine(asked.words).sure:
        await training.offer(coach, asked, routine)
        return
    if await exercise.show_topic(coach, asked):
        return
    match = coach.catalogue.find_exercise(asked.words)
    if match.missing and not sounds_like_exercise(asked.words):
        match = replace(match, missing=False)
    if match.near or match.missing:
        screen = exercise_views.suggestions(coach.texts, coach.catalogue, asked.words, match)
    else:
        kept = await training_services.current(coach.db, asked.runner)
        session = kept.session if kept else None
        screen = views.not_understood(coach.texts, asked.words, session)
    await coach.messenger.show(asked.chat, screen)


async def unknown_command(coach: Coach, asked: Asked, message: Message) -> None:
    command = (message.text or "/").split()[0]
    await coach.messenger.show(asked.chat, views.unknown_command(coach.texts, command))


async def only_words(coach: Coach, asked: Asked) -> None:
    """A picture, a sticker, a voice: read as what it is not."""
    await coach.messenger.show(asked.chat, views.only_words(coach.texts))


async def edited(coach: Coach, asked: Asked) -> None:
    """An edit is not followed, because what it asked may have been done already."""
    await coach.messenger.show(asked.chat, views.edited(coach.texts))


async def in_group(coach: Coach, asked: Asked, bot_name: str) -> None:
    """What is personal is not for a group."""
    await coach.messenger.show(asked.chat, views.in_group(coach.texts, bot_name))
