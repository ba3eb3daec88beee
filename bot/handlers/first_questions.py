"""The questions that are asked once: after a session, and before a routine."""

from dataclasses import replace

from bot.callbacks import FirstTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.first_questions import CHOICES, Choice, Topic
from bot.domain.kit_words import Unreadable, read_kit
from bot.domain.question import Question
from bot.domain.schedule_words import PRESETS, DayPart, Incomplete
from bot.handlers import bands, rejected, reminders, training
from bot.handlers.request import Request, as_answer
from bot.services import first_questions as services
from bot.views import first_questions as views
from bot.views import reminders as reminder_views

PARTS = {
    Choice.MORNING: DayPart.MORNING,
    Choice.LUNCH: DayPart.LUNCH,
    Choice.EVENING: DayPart.EVENING,
}


async def tapped(coach: Coach, request: Request, tap: FirstTap) -> None:
    """Store the answer, and go on to what it leads to."""
    refused = await services.answer(coach.db, request.runner, tap.topic, tap.choice, coach.now())
    if refused is not None:
        await rejected.show(coach, request, refused)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if request.query is not None:
        done = views.answered(coach.texts, tap.topic, tap.choice)
        await coach.messenger.replace(request.chat, request.message_id, done)
    await _go_on(coach, replace(request, query=None, words=""), tap)


async def _go_on(coach: Coach, request: Request, tap: FirstTap) -> None:
    if tap.choice in PARTS:
        part = PARTS[tap.choice]
        texts = await coach.texts_for(request.runner)
        screen = reminder_views.ask_days(texts, Incomplete((), PRESETS[part][1], part))
        await coach.messenger.show(request.chat, screen)
    elif tap.choice is Choice.MORE_BANDS:
        await bands.bands(coach, request)
    elif tap.topic is Topic.BANDS and tap.routine:
        await training.offer(coach, request, tap.routine)


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer; return False if none is asked for, or they are none."""
    if question.topic is None:
        return False
    words, topic = as_answer(request.words), question.topic
    choice = _choice(coach.texts, topic, words)
    if choice is not None:
        await tapped(coach, request, FirstTap(topic, choice, question.routine))
        if topic is Topic.PACE or choice is Choice.SKIP:
            done = views.answered(coach.texts, topic, choice)
            await coach.messenger.show(request.chat, done)
        return True
    if topic is Topic.DAYS:
        return await reminders.days_typed(coach, request)
    if topic is Topic.BANDS:
        return await _bands_typed(coach, request)
    return False


async def _bands_typed(coach: Coach, request: Request) -> bool:
    if isinstance(read_kit(request.words, bands.vocabulary(coach.texts)), Unreadable):
        return False
    await bands.bands(coach, request)
    return True


def _choice(texts: Texts, topic: Topic, words: str) -> Choice | None:
    """Return the choice whose button or words these are."""
    if words in texts.words("word-first-skip"):
        return Choice.SKIP
    if topic is Topic.BANDS and words in texts.words("word-bands-none"):
        return Choice.NO_BAND
    if topic is Topic.PACE:
        for choice in (Choice.HANDS_FREE, Choice.OWN_PACE):
            if words in texts.words(f"word-{choice}"):
                return choice
    labels = {texts.plain(f"button-first-{choice}").lower(): choice for choice in CHOICES[topic]}
    return labels.get(words)
