"""Free text, and all messages that are no command of this bot."""

from dataclasses import replace

from telegram import Message

from bot.coach import Coach
from bot.content import sounds_like_exercise
from bot.domain.question import Question
from bot.domain.session import Move, Rating, StoredSession
from bot.handlers import (
    away,
    exercise,
    pain,
    pain_questions,
    pain_talk,
    reminders,
    start,
    swaps,
    training,
)
from bot.handlers import rating as rating_handlers
from bot.handlers.request import Request, as_answer, is_command, reply
from bot.services import schedule
from bot.services import training as training_services
from bot.views import exercise as exercise_views
from bot.views import talk as views

RATINGS = {Rating.EASY: "word-easy", Rating.RIGHT: "word-right", Rating.HARD: "word-hard"}


async def words(coach: Coach, request: Request) -> None:
    """Handle typed words: those for a session, an answer to the open question, or a name."""
    if not request.words:
        await only_words(coach, request)
        return
    typed = as_answer(request.words)
    stored = await training_services.current(coach.db, request.runner)
    question = await schedule.question(coach.db, request.runner, coach.now())
    if await _about_pain(coach, request, typed, stored, question):
        return
    if await swaps.typed(coach, request, typed):
        return
    if stored is None and question.offers and typed in coach.texts.words("word-yes"):
        await _answer_question(coach, request, question)
        return
    if typed in coach.texts.words("word-how") and stored:
        await training.how(coach, request, stored.session)
    elif (move := _move(coach, typed)) is Move.BEGIN and stored is None:
        await start.start(coach, replace(request, words=""))
    elif move is not None:
        await training.move_typed(coach, request, move)
    elif await _rate(coach, request, typed):
        return
    elif not await _answer_question(coach, request, question):
        await _open_named(coach, request)


async def _about_pain(
    coach: Coach,
    request: Request,
    typed: str,
    stored: StoredSession | None,
    question: Question,
) -> bool:
    """Handle words about pain; return False for others, such as those that move a session.

    A part of the body alone is asked about, unless the words are a town that was asked for.
    """
    if await pain_talk.answered(coach, request, request.words):
        return True
    if await pain.typed(coach, request, typed):
        return True
    if stored is not None and _move(coach, typed) is not None:
        return False
    is_town = question.place and coach.places.find(request.words).sure is not None
    return await pain_talk.heard(coach, request, request.words, asks_about_places=not is_town)


async def _answer_question(coach: Coach, request: Request, question: Question) -> bool:
    """Handle the words as an answer to the open question.

    Return False if they do not answer it; the name of an exercise never does.
    """
    if not question.is_open or _is_name(coach, request.words):
        return False
    if await away.answered(coach, request, question):
        return True
    if await reminders.days_answered(coach, request, question):
        return True
    if not question.place:
        return False
    if not await reminders.place_answered(coach, request, question):
        await reminders.place_named(coach, request)
    return True


def _move(coach: Coach, words: str) -> Move | None:
    return next((move for move in Move if words in coach.texts.words(f"word-{move}")), None)


async def _rate(coach: Coach, request: Request, words: str) -> bool:
    for rating, word in RATINGS.items():
        if words in coach.texts.words(word):
            return await rating_handlers.rate_typed(coach, request, rating)
    return False


def _is_name(coach: Coach, words: str) -> bool:
    """Return whether the words name an exercise or a routine beyond doubt.

    A first word alone is in doubt: “Split” may be the city.
    """
    match = coach.catalogue.find_exercise(words)
    if match.sure and not match.by_first_word:
        return True
    return coach.catalogue.find_routine(words).sure is not None


async def _open_named(coach: Coach, request: Request) -> None:
    """Explain the exercise, open the routine or list the topic that the words name.

    If they name none, suggest exercises with a similar name, or say that they are not understood.
    """
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
    elif await pain_questions.ask_again(coach, request):
        return
    else:
        stored = await training_services.current(coach.db, request.runner)
        session = stored.session if stored else None
        screen = views.not_understood(coach.texts, request.words, session)
    await coach.messenger.show(request.chat, screen)


async def unknown_command(coach: Coach, request: Request, message: Message) -> None:
    """Reply to an unknown command, or to a slash that begins no command."""
    if is_command(message):
        screen = views.unknown_command(coach.texts, (message.text or "").split()[0])
    else:
        screen = views.no_command(coach.texts, request.words)
    await coach.messenger.show(request.chat, screen)


async def only_words(coach: Coach, request: Request) -> None:
    """Reply that only words are read: to a picture, a sticker, a voice message or a blank text."""
    await reply(coach, request, views.only_words(coach.texts))


async def caption(coach: Coach, request: Request) -> None:
    """Read the words under a picture for pain; reply to all others that only messages are read."""
    if not await _mentions_pain(coach, request):
        await only_words(coach, request)


async def _mentions_pain(coach: Coach, request: Request) -> bool:
    return await pain_talk.answered(coach, request, request.words) or await pain_talk.heard(
        coach, request, request.words, asks_about_places=False
    )


async def edited(coach: Coach, request: Request) -> None:
    """Read an edit for pain; reply to all others that edits are ignored.

    The first wording may have been handled already.
    """
    if await _mentions_pain(coach, request):
        return
    await coach.messenger.show(request.chat, views.edited(coach.texts))


async def forwarded(coach: Coach, request: Request) -> None:
    """Reply that forwarded words are ignored: they may be another person's, or old."""
    await coach.messenger.show(request.chat, views.forwarded(coach.texts))


async def in_group(coach: Coach, request: Request) -> None:
    """Reply in a group that the command is for the private chat."""
    await reply(coach, request, views.in_group(coach.texts))


async def help_in_group(coach: Coach, request: Request) -> None:
    """Show the commands for groups, with a link to the private chat."""
    await reply(coach, request, views.help_in_group(coach.texts))
