"""The questions that are asked once: after a session, and before a routine."""

from dataclasses import replace

from bot.callbacks import BandsFirstTap, FirstTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.first_questions import CHOICES, Choice, Topic
from bot.domain.kit_words import Unreadable, read_kit
from bot.domain.question import Question
from bot.domain.schedule_words import PRESETS, DayPart, Incomplete
from bot.handlers import bands, reminders, training
from bot.handlers.rejected import accepted
from bot.handlers.request import Request, as_answer
from bot.services import first_questions as services
from bot.services import schedule
from bot.views import first_questions as views
from bot.views import reminders as reminder_views

PARTS = {
    Choice.MORNING: DayPart.MORNING,
    Choice.LUNCH: DayPart.LUNCH,
    Choice.EVENING: DayPart.EVENING,
}


async def tapped(coach: Coach, request: Request, tap: FirstTap) -> None:
    await _chosen(coach, request, tap)


async def bands_tapped(coach: Coach, request: Request, tap: BandsFirstTap) -> None:
    """Store which bands the runner has, and start the routine."""
    await _chosen(coach, request, FirstTap(Topic.BANDS, tap.choice, tap.routine), begins=True)


async def _chosen(coach: Coach, request: Request, tap: FirstTap, *, begins: bool = False) -> None:
    """Store the answer, and continue accordingly."""
    outcome = await services.answer(coach.db, request.runner, tap.topic, tap.choice, coach.now())
    accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    done = views.answered(coach.texts, tap.topic, tap.choice)
    if request.query is not None:
        await coach.messenger.replace(request.chat, request.message_id, done)
    elif tap.topic is Topic.PACE or tap.choice is Choice.SKIP:
        await coach.messenger.show(request.chat, done)
    await _go_on(coach, replace(request, query=None, words=""), tap, begins=begins)


async def _go_on(coach: Coach, request: Request, tap: FirstTap, *, begins: bool) -> None:
    if tap.choice in PARTS:
        part = PARTS[tap.choice]
        incomplete = Incomplete((), PRESETS[part][1], part)
        asked = await schedule.ask_days(coach.db, request.runner, incomplete, coach.now())
        screen = reminder_views.ask_days(await coach.texts_for(request.runner), asked)
        await coach.messenger.show(request.chat, screen)
    elif tap.choice is Choice.MORE_BANDS:
        await bands.bands(coach, request)
        if tap.routine:
            await coach.messenger.show(request.chat, views.start(coach.texts, tap.routine))
    elif tap.topic is Topic.BANDS:
        await _go_on_with(coach, request, tap.routine, begins=begins)


async def _go_on_with(coach: Coach, request: Request, routine: str, *, begins: bool) -> None:
    """Start or offer the routine before which the bands were asked; "": none."""
    if routine and begins:
        await training.begin(coach, request, routine)
    elif routine:
        await training.offer(coach, request, routine)


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer; return False if they don't answer an open question."""
    if question.topic is None:
        return False
    words, topic = as_answer(request.words), question.topic
    choice = _choice(coach.texts, topic, words)
    if choice is not None:
        tap = FirstTap(topic, choice, question.routine)
        await _chosen(coach, request, tap, begins=question.begins)
        return True
    if topic is Topic.DAYS:
        return await reminders.days_typed(coach, request)
    if topic is Topic.BANDS:
        return await _bands_typed(coach, request, question)
    return False


async def _bands_typed(coach: Coach, request: Request, question: Question) -> bool:
    if isinstance(read_kit(request.words, bands.vocabulary(coach.texts)), Unreadable):
        return False
    now = coach.now()
    await services.answer(coach.db, request.runner, Topic.BANDS, Choice.MORE_BANDS, now)
    await bands.bands(coach, request)
    going_on = replace(request, words="")
    await _go_on_with(coach, going_on, question.routine, begins=question.begins)
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
