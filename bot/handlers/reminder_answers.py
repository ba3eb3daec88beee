"""Answers to a reminder, and to the question whether reminders suit."""

from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import MoveDayTap, ReminderTap, SuitTap
from bot.coach import Coach
from bot.domain.intents import Intent
from bot.domain.question import Question
from bot.domain.reminder import Reminder, ReminderAnswer, Suiting
from bot.domain.schedule import WEEK, weekday_of
from bot.handlers import away, late, reminders, routine, training
from bot.handlers.rejected import accepted
from bot.handlers.request import Request, as_answer, without_ending, without_opening
from bot.services import missed, runners, schedule
from bot.services import reminders as services
from bot.services.rejections import Rejected
from bot.services.rests import today
from bot.views import reminders as views
from bot.views.screen import Screen

# The words for the answers to a reminder.
ANSWERS = {
    ReminderAnswer.START: "word-begin",
    ReminderAnswer.LATER: "word-reminder-later",
    ReminderAnswer.NOT_TODAY: "word-reminder-not-today",
}


async def tapped(coach: Coach, request: Request, tap: ReminderTap) -> None:
    """Handle Start, In 1 hour or Not today."""
    if tap.answer is ReminderAnswer.LATER:
        await _put_off(coach, request, tap.reminder)
        return
    reminder = accepted(request, await services.get(coach.db, request.runner, tap.reminder))
    routine = reminder.routine or ""
    if not coach.catalogue.has(routine):
        routine = coach.catalogue.routine(routine).id
    if tap.answer is ReminderAnswer.START:
        if not await training.begin(coach, request, routine):
            return
        await services.answer(coach.db, reminder, tap.answer, coach.now())
    else:
        accepted(request, await services.answer(coach.db, reminder, tap.answer, coach.now()))
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if reminder.answer is not tap.answer:
        name = coach.catalogue.name_of(routine)
        screen = views.answered(coach.texts, tap.answer, name, None)
        if tap.answer is ReminderAnswer.START:
            await coach.messenger.replace(request.chat, request.message_id, screen)
        else:
            await _show_answered(coach, request, await _with_missed(coach, reminder, screen))


async def answered(coach: Coach, request: Request) -> bool:
    """Take the words as an answer to today's reminder, or to whether reminders suit.

    Return False for other words.
    """
    texts, typed = coach.texts, as_answer(request.words)
    first, _, rest = typed.rstrip("?").partition(",")
    said = {typed.replace(",", ""), first.strip()}  # “not today, too tired”
    suiting = next((it for it in Suiting if said & texts.words(f"word-suit-{it}")), None)
    if suiting is not None and (asked := await services.asks(coach.db, request.runner)) is not None:
        at_question = replace(request, message_id=asked.message_id or 0)
        await suit_tapped(coach, at_question, SuitTap(suiting, asked.id))
        return True
    answer = next((it for it, name in ANSWERS.items() if said & texts.words(name)), None)
    until, _ = without_opening(typed, texts.words("word-reminder-busy-until"))
    is_busy = bool(until or said & texts.words("word-reminder-busy"))
    is_yes = bool(said & (texts.words("word-yes") | texts.words("word-ok")))
    is_time = not answer and reminders.is_time(coach, request.words)
    if not (answer or is_busy or is_yes or is_time) or late.is_late(coach, request):
        return False
    reminder = await services.unanswered(coach.db, request.runner, coach.now())
    if reminder is None or coach.catalogue.intents.read(rest) is Intent.ILL:
        return False
    if is_busy:
        await coach.messenger.show(request.chat, views.busy(texts, reminder))
    elif is_time:
        await reminders.remind_once(coach, request)
    elif is_yes:
        await routine.today(coach, replace(request, words=""))
    elif answer is None or (answer is ReminderAnswer.LATER and reminder.put_off):
        return False
    else:
        tap = ReminderTap(answer, reminder.id)
        await tapped(coach, replace(request, message_id=reminder.message_id or 0), tap)
    return True


async def _show_answered(coach: Coach, request: Request, screen: Screen) -> None:
    """Show the answered reminder in its place, or below typed words."""
    if request.query is not None:
        await coach.messenger.replace(request.chat, request.message_id, screen)
        return
    await coach.messenger.show(request.chat, screen)
    await coach.messenger.strip(request.chat, request.message_id)


async def _with_missed(coach: Coach, reminder: Reminder, screen: Screen) -> Screen:
    """Offer to move the missed session, if the runner has told a week or a race."""
    is_known, day = await missed.next_day(coach.db, coach.catalogue, reminder, coach.now())
    if day is not None:
        await schedule.ask_move(coach.db, reminder.runner, reminder.id, coach.now())
    return views.with_missed(coach.texts, screen, reminder.id, day) if is_known else screen


async def move_answered(coach: Coach, request: Request, question: Question) -> bool:
    """Move a missed session for typed words such as “yes” or “to Thursday”.

    If the day has no room, offer one that has. Return False if this is not asked, or for other
    words.
    """
    if not question.missed:
        return False
    texts, typed = coach.texts, as_answer(request.words)
    reminder = await services.get(coach.db, request.runner, question.missed)
    if isinstance(reminder, Rejected):
        return False
    _, day = await missed.next_day(coach.db, coach.catalogue, reminder, coach.now())
    _, named = without_opening(typed, texts.words("word-move-to"))
    named, _ = without_ending(named, texts.words("word-move-behind"))
    weekday = next((each for each in WEEK if named in texts.words(f"word-{each}")), None)
    if named in texts.words("word-once-tomorrow"):
        runner = await runners.get(coach.db, request.runner)
        weekday = weekday_of(today(runner, coach.now()) + timedelta(days=1))
    is_yes = typed in texts.words("word-yes") | texts.words("word-move-it")
    if day is None or not (is_yes or weekday):
        return False
    if weekday not in (None, weekday_of(day)):
        await coach.messenger.show(request.chat, views.room(texts, reminder.id, day))
        return True
    await schedule.leave_days(coach.db, request.runner)
    await _move(coach, request, reminder.id, day)
    await coach.messenger.show(request.chat, views.moved(texts, day))
    return True


async def move_day_tapped(coach: Coach, request: Request, tap: MoveDayTap) -> None:
    """Move a missed session to the offered date."""
    await _move(coach, request, tap.reminder, tap.day)
    moved = views.moved(coach.texts, tap.day)
    await coach.messenger.replace(request.chat, request.message_id, moved)


async def _move(coach: Coach, request: Request, reminder: int, day: date) -> None:
    """Move a missed session to the date."""
    outcome = await missed.move(
        coach.db, coach.catalogue, request.runner, reminder, day, coach.now()
    )
    accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))


async def suit_tapped(coach: Coach, request: Request, tap: SuitTap) -> None:
    """Handle an answer to the question after ignored reminders."""
    accepted(request, await services.answer_question(coach.db, request.runner, tap.reminder))
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await _show_answered(coach, request, views.question_answered(coach.texts, tap.answer))
    if tap.answer is Suiting.BREAK:
        await away.away(coach, replace(request, words=""))
    elif tap.answer is not Suiting.KEEP:
        await reminders.reminders(coach, replace(request, words=""))


async def _put_off(coach: Coach, request: Request, reminder: int) -> None:
    outcome = await services.put_off(coach.db, request.runner, reminder, coach.now())
    put_off = accepted(request, outcome)
    coach.outbox_due.set()
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    local = views.local(put_off.due_at, put_off.zone)
    screen = views.answered(await coach.texts_for(request.runner), ReminderAnswer.LATER, "", local)
    await _show_answered(coach, request, screen)
