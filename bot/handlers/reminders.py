"""/reminders, /timezone, and the taps on a reminder."""

import asyncio

from telegram import Location

from bot.callbacks import DaysTap, NamesakesTap, NoPlaceTap, PlaceTap, RemindersTap, ReminderTap
from bot.coach import Coach
from bot.content.places import MAX_LETTERS, Place, fold
from bot.content.texts import Texts
from bot.domain.question import Question
from bot.domain.reminder import ReminderAnswer
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, Schedule, Weekday
from bot.domain.schedule_words import Unreadable, read_schedule
from bot.handlers import rejected, training
from bot.handlers.request import Request
from bot.services import reminders as services
from bot.services import runners, schedule
from bot.services.rejections import Reason, Rejected
from bot.services.schedule import PlaceFirst
from bot.services.training import Opened
from bot.views import reminders as views


async def reminders(coach: Coach, request: Request) -> None:
    """Days and times in words, or the buttons for them."""
    if not request.words:
        known = await runners.get(coach.db, request.runner) or Runner(request.runner)
        await coach.messenger.show(request.chat, views.picker(coach.texts, known, None))
    elif request.words.lower() in coach.texts.words("word-off"):
        await _turn_off(coach, request)
    else:
        read = read_schedule(
            request.words, vocabulary(coach.texts), coach.texts.words("word-until")
        )
        if isinstance(read, Unreadable):
            await coach.messenger.show(request.chat, views.unreadable(coach.texts, read))
        else:
            await _save(coach, request, read)


def vocabulary(texts: Texts) -> dict[str, tuple[Weekday, ...]]:
    """What people call the days, and the words between that say nothing."""
    words: dict[str, tuple[Weekday, ...]] = dict.fromkeys(texts.words("word-filler"), ())
    for day in WEEK:
        words |= dict.fromkeys(texts.words(f"word-{day}"), (day,))
    words |= dict.fromkeys(texts.words("word-weekdays"), WEEK[:5])
    words |= dict.fromkeys(texts.words("word-weekend"), WEEK[5:])
    words |= dict.fromkeys(texts.words("word-daily"), WEEK)
    return words


async def _save(coach: Coach, request: Request, days: Schedule) -> None:
    saved = await schedule.choose_days(coach.db, coach.calendar, request.runner, days, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    if isinstance(saved, PlaceFirst):
        await coach.messenger.show(request.chat, views.ask_place(coach.texts))
    else:
        screen = views.saved(coach.texts, saved.runner, saved.coming, coach.now())
        await coach.messenger.show(request.chat, screen)
    if request.query is not None:
        await coach.messenger.strip(request.chat, request.message_id)


async def _turn_off(coach: Coach, request: Request) -> None:
    await schedule.turn_off(coach.db, coach.calendar, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await coach.messenger.show(request.chat, views.off(coach.texts))


async def days_tapped(coach: Coach, request: Request, tap: DaysTap) -> None:
    """The picker: each tap changes the buttons only, Save stores."""
    if tap.save and tap.schedule:
        await _save(coach, request, tap.schedule)
        return
    if tap.save:
        no_day = coach.texts.plain("reminders-no-day-chosen")
        await coach.messenger.answer(request.query, no_day, alert=True)
        return
    await coach.messenger.answer(request.query)
    known = await runners.get(coach.db, request.runner) or Runner(request.runner)
    await coach.messenger.replace(
        request.chat, request.message_id, views.picker(coach.texts, known, tap)
    )


async def reminders_tapped(coach: Coach, request: Request, tap: RemindersTap) -> None:
    if tap.off:
        await _turn_off(coach, request)
        await coach.messenger.strip(request.chat, request.message_id)
        return
    await coach.messenger.answer(request.query)
    await reminders(coach, request)


async def timezone(coach: Coach, request: Request) -> None:
    """A place in words, or where the coach believes the runner to be."""
    if request.words:
        await place_named(coach, request)
        return
    known = await runners.get(coach.db, request.runner)
    await schedule.ask_place(coach.db, request.runner, coach.now())
    now_at = views.place_now(coach.texts, known, coach.now()) if known else None
    await coach.messenger.show(request.chat, views.ask_place(coach.texts, now_at=now_at))


async def place_named(coach: Coach, request: Request) -> None:
    """A sure place is taken, several or a resembling one are asked back, none is asked again."""
    if request.words.lower() in coach.texts.words("word-no"):
        await schedule.leave_place(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.place_left(coach.texts))
        return
    found = coach.places.find(request.words)
    if found.sure:
        await _save_place(coach, request, found.sure, found.elsewhere)
    elif found.places:
        name = fold(request.words[:MAX_LETTERS])
        await schedule.ask_place(coach.db, request.runner, coach.now(), name)
        screen = views.which_place(coach.texts, request.words, found, coach.now())
        await coach.messenger.show(request.chat, screen)
    else:
        await schedule.ask_place(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.ask_place(coach.texts, request.words))


async def place_answered(coach: Coach, request: Request, question: Question) -> bool:
    """Whether typed words told which of the offered places is meant."""
    if not question.name:
        return False
    words = fold(request.words)
    found = coach.places.find(question.name)
    offered = [*found.places, *found.others]
    if words in map(fold, coach.texts.words("word-no")):
        await _none_of_them(coach, request)
    elif words in map(fold, coach.texts.words("word-yes")):
        if len(offered) == 1:
            await _save_place(coach, request, offered[0])
        else:
            screen = views.which_place(coach.texts, question.name, found, coach.now())
            await coach.messenger.show(request.chat, screen)
    elif (place := _meant(offered, words)) is not None:
        await _save_place(coach, request, place)
    else:
        return False
    return True


def _meant(offered: list[Place], words: str) -> Place | None:
    """Return the one place that has all these words in its name: Illinois, costa rica."""
    wanted = set(words.split())
    having = [place for place in offered if wanted and wanted <= set(fold(place.label).split())]
    return having[0] if len(having) == 1 else None


async def namesakes_tapped(coach: Coach, request: Request, tap: NamesakesTap) -> None:
    """The places of this name that were not offered first."""
    others = coach.places.find(tap.name).others
    if not others:
        await rejected.show(coach, request, Rejected(Reason.OUTDATED))
        return
    await coach.messenger.answer(request.query)
    await schedule.ask_place(coach.db, request.runner, coach.now(), tap.name)
    screen = views.namesakes(coach.texts, tap.name, others, coach.now())
    await coach.messenger.show(request.chat, screen)


async def no_place_tapped(coach: Coach, request: Request, _tap: NoPlaceTap) -> None:
    await coach.messenger.answer(request.query)
    await _none_of_them(coach, request)
    await coach.messenger.strip(request.chat, request.message_id)


async def _none_of_them(coach: Coach, request: Request) -> None:
    """The next words are another place."""
    await schedule.ask_place(coach.db, request.runner, coach.now())
    await coach.messenger.show(request.chat, views.other_place(coach.texts))


async def location(coach: Coach, request: Request, where: Location, *, own: bool) -> None:
    """A shared location: only its zone and its town's name are kept.

    One that is not the runner's own, a forwarded one or a venue, is asked back.
    """
    place = await asyncio.to_thread(coach.places.at, where.latitude, where.longitude)
    if place is None:
        await coach.messenger.show(request.chat, views.nowhere(coach.texts))
    elif not own:
        await coach.messenger.show(request.chat, views.is_it_here(coach.texts, place, coach.now()))
    else:
        await _save_place(coach, request, place)


async def place_tapped(coach: Coach, request: Request, tap: PlaceTap) -> None:
    """One of several; a zone that no button of ours held is not taken."""
    zone = coach.places.find(tap.zone).sure
    if zone is None:
        await rejected.show(coach, request, Rejected(Reason.OUTDATED))
        return
    await _save_place(coach, request, Place(_label_tapped(request) or zone.name, "", "", zone.zone))
    await coach.messenger.strip(request.chat, request.message_id)


def _label_tapped(request: Request) -> str | None:
    """The place's name as it stands on the tapped button, which carries the zone alone."""
    message = request.query.message if request.query else None
    markup = getattr(message, "reply_markup", None)
    if markup is None or request.query is None:
        return None
    for row in markup.inline_keyboard:
        for button in row:
            if button.callback_data == request.query.data:
                return str(button.text).rpartition(" · ")[0] or None
    return None


async def _save_place(
    coach: Coach, request: Request, place: Place, elsewhere: Place | None = None
) -> None:
    """`elsewhere` has the same name and another clock."""
    plan, days_waited = await schedule.choose_place(
        coach.db, coach.calendar, request.runner, place.zone, place.label, coach.now()
    )
    await coach.messenger.answer(request.query)
    view = views.saved if days_waited else views.place_saved
    screen = view(coach.texts, plan.runner, plan.coming, coach.now(), elsewhere)
    await coach.messenger.show(request.chat, screen)


async def reminder_tapped(coach: Coach, request: Request, tap: ReminderTap) -> None:
    """Start, In 1 hour or Not today."""
    if tap.answer is ReminderAnswer.LATER:
        await _put_off(coach, request, tap.reminder)
        return
    reminder = await services.get(coach.db, request.runner, tap.reminder)
    if isinstance(reminder, Rejected):
        await rejected.show(coach, request, reminder)
        return
    routine = coach.catalogue.routine(reminder.routine or "")
    if tap.answer is ReminderAnswer.START:
        if not isinstance(await training.begin(coach, request, routine.id), Opened):
            return
        await services.answer(coach.db, reminder, tap.answer)
    else:
        await services.answer(coach.db, reminder, tap.answer)
        await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    if reminder.answer is not tap.answer:
        name = coach.catalogue.texts(routine).name
        screen = views.answered(coach.texts, tap.answer, name, None)
        await coach.messenger.replace(request.chat, request.message_id, screen)


async def _put_off(coach: Coach, request: Request, reminder: int) -> None:
    put_off = await services.put_off(coach.db, request.runner, reminder, coach.now())
    if isinstance(put_off, Rejected):
        await rejected.show(coach, request, put_off)
        return
    coach.outbox_due.set()
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    again = views.local(put_off.due_at, put_off.zone)
    screen = views.answered(coach.texts, ReminderAnswer.LATER, "", again)
    await coach.messenger.replace(request.chat, request.message_id, screen)
