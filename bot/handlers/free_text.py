"""Free text, and everything that is neither a command of ours nor a tap: handled on purpose."""

from dataclasses import replace

from telegram import Message

from bot.coach import Coach
from bot.content import sounds_like_exercise
from bot.domain.question import Question
from bot.domain.session import Move, Rating
from bot.handlers import away, exercise, pain, reminders, start, swaps, training
from bot.handlers import rating as rating_handlers
from bot.handlers.request import Asked, is_command, reply
from bot.services import schedule
from bot.services import training as training_services
from bot.views import exercise as exercise_views
from bot.views import talk as views

RATINGS = {Rating.EASY: "word-easy", Rating.RIGHT: "word-right", Rating.HARD: "word-hard"}


async def words(coach: Coach, asked: Asked) -> None:
    """A session's word, an answer to the open question, a name, or not understood."""
    if not asked.words:
        await only_words(coach, asked)
        return
    said = " ".join(asked.words.lower().split())[:60].strip(" .!")
    kept = await training_services.current(coach.db, asked.runner)
    if await pain.typed(coach, asked, said) or await swaps.typed(coach, asked, said):
        return
    question = await schedule.question(coach.db, asked.runner, coach.now())
    if kept is None and question.offers and said in coach.texts.words("word-yes"):
        await _answered(coach, asked, question)
        return
    if said in coach.texts.words("word-how") and kept:
        await training.how(coach, asked, kept.session)
    elif (move := _move(coach, said)) is Move.BEGIN and kept is None:
        await start.start(coach, replace(asked, words=""))
    elif move is not None:
        await training.move_typed(coach, asked, move)
    elif await _rated(coach, asked, said):
        return
    elif not await _answered(coach, asked, question):
        await _named(coach, asked)


async def _answered(coach: Coach, asked: Asked, question: Question) -> bool:
    """Whether the words answered what the coach has asked; the name of an exercise does not."""
    if not question.is_open or _names(coach, asked.words):
        return False
    if await away.answered(coach, asked, question):
        return True
    if not question.place:
        return False
    if not await reminders.place_answered(coach, asked, question):
        await reminders.place_named(coach, asked)
    return True


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
    """A command that is not ours, or a slash before what can be none."""
    if is_command(message):
        screen = views.unknown_command(coach.texts, (message.text or "").split()[0])
    else:
        screen = views.no_command(coach.texts, asked.words)
    await coach.messenger.show(asked.chat, screen)


async def only_words(coach: Coach, asked: Asked) -> None:
    """A picture, a sticker, a voice, a text of blanks: read as what it is not."""
    await reply(coach, asked, views.only_words(coach.texts))


async def edited(coach: Coach, asked: Asked) -> None:
    """An edit is not followed, because what it asked may have been done already."""
    await coach.messenger.show(asked.chat, views.edited(coach.texts))


async def forwarded(coach: Coach, asked: Asked) -> None:
    """Somebody else's words, or those of another time: no order, and no answer to a question."""
    await coach.messenger.show(asked.chat, views.forwarded(coach.texts))


async def in_group(coach: Coach, asked: Asked) -> None:
    """What is personal is not for a group."""
    await reply(coach, asked, views.in_group(coach.texts))


async def help_in_group(coach: Coach, asked: Asked) -> None:
    """What a group can ask, and the way to all else."""
    await reply(coach, asked, views.help_in_group(coach.texts))
