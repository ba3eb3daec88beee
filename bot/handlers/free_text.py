"""Free text, and everything that is neither a command of ours nor a tap: handled on purpose."""

from dataclasses import replace

from telegram import Message

from bot.coach import Coach
from bot.content import sounds_like_exercise
from bot.domain.question import Question
from bot.domain.session import Move, Rating
from bot.handlers import away, exercise, pain, reminders, start, swaps, training
from bot.handlers import rating as rating_handlers
from bot.handlers.request import Request, is_command, reply
from bot.services import schedule
from bot.services import training as training_services
from bot.views import exercise as exercise_views
from bot.views import talk as views

RATINGS = {Rating.EASY: "word-easy", Rating.RIGHT: "word-right", Rating.HARD: "word-hard"}


async def words(coach: Coach, request: Request) -> None:
    """A session's word, an answer to the open question, a name, or not understood."""
    if not request.words:
        await only_words(coach, request)
        return
    typed = " ".join(request.words.lower().split())[:60].strip(" .!")
    kept = await training_services.current(coach.db, request.runner)
    if await pain.typed(coach, request, typed) or await swaps.typed(coach, request, typed):
        return
    question = await schedule.question(coach.db, request.runner, coach.now())
    if kept is None and question.offers and typed in coach.texts.words("word-yes"):
        await _answered(coach, request, question)
        return
    if typed in coach.texts.words("word-how") and kept:
        await training.how(coach, request, kept.session)
    elif (move := _move(coach, typed)) is Move.BEGIN and kept is None:
        await start.start(coach, replace(request, words=""))
    elif move is not None:
        await training.move_typed(coach, request, move)
    elif await _rated(coach, request, typed):
        return
    elif not await _answered(coach, request, question):
        await _named(coach, request)


async def _answered(coach: Coach, request: Request, question: Question) -> bool:
    """Whether the words answered what the coach has asked; the name of an exercise does not."""
    if not question.is_open or _names(coach, request.words):
        return False
    if await away.answered(coach, request, question):
        return True
    if not question.place:
        return False
    if not await reminders.place_answered(coach, request, question):
        await reminders.place_named(coach, request)
    return True


def _move(coach: Coach, words: str) -> Move | None:
    return next((move for move in Move if words in coach.texts.words(f"word-{move}")), None)


async def _rated(coach: Coach, request: Request, words: str) -> bool:
    for rating, word in RATINGS.items():
        if words in coach.texts.words(word):
            return await rating_handlers.rate_typed(coach, request, rating)
    return False


def _names(coach: Coach, words: str) -> bool:
    """Whether it names an exercise or a routine beyond doubt; “Split” may be the city."""
    match = coach.catalogue.find_exercise(words)
    if match.sure and not match.by_first_word:
        return True
    return coach.catalogue.find_routine(words).sure is not None


async def _named(coach: Coach, request: Request) -> None:
    """The name of an exercise is enough to have it explained, that of a routine to open it."""
    if await exercise.explain_named(coach, request):
        return
    if routine := coach.catalogue.find_routine(request.words).sure:
        await training.offer(coach, request, routine)
        return
    if await exercise.show_topic(coach, request):
        return
    match = coach.catalogue.find_exercise(request.words)
    if match.missing and not sounds_like_exercise(request.words):
        match = replace(match, missing=False)
    if match.near or match.missing:
        screen = exercise_views.suggestions(coach.texts, coach.catalogue, request.words, match)
    else:
        kept = await training_services.current(coach.db, request.runner)
        session = kept.session if kept else None
        screen = views.not_understood(coach.texts, request.words, session)
    await coach.messenger.show(request.chat, screen)


async def unknown_command(coach: Coach, request: Request, message: Message) -> None:
    """A command that is not ours, or a slash before what can be none."""
    if is_command(message):
        screen = views.unknown_command(coach.texts, (message.text or "").split()[0])
    else:
        screen = views.no_command(coach.texts, request.words)
    await coach.messenger.show(request.chat, screen)


async def only_words(coach: Coach, request: Request) -> None:
    """A picture, a sticker, a voice, a text of blanks: read as what it is not."""
    await reply(coach, request, views.only_words(coach.texts))


async def edited(coach: Coach, request: Request) -> None:
    """An edit is not followed, because what it asked may have been done already."""
    await coach.messenger.show(request.chat, views.edited(coach.texts))


async def forwarded(coach: Coach, request: Request) -> None:
    """Somebody else's words, or those of another time: no order, and no answer to a question."""
    await coach.messenger.show(request.chat, views.forwarded(coach.texts))


async def in_group(coach: Coach, request: Request) -> None:
    """What is personal is not for a group."""
    await reply(coach, request, views.in_group(coach.texts))


async def help_in_group(coach: Coach, request: Request) -> None:
    """What a group can ask, and the way to all else."""
    await reply(coach, request, views.help_in_group(coach.texts))
