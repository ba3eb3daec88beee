"""/reminders: the days and times, typed or tapped, and single reminders."""

import re
from collections import Counter
from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.callbacks import AskedDaysTap, DaysTap, RemindersTap, ResumeTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.once_words import OnceWords, begins_with_wait, is_wait, read_length, read_once
from bot.domain.question import Question
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, Schedule, TrainingDay, Weekday, in_order
from bot.domain.schedule_words import (
    PRESETS,
    DayPart,
    Incomplete,
    ScheduleWords,
    Unreadable,
    hours_typed,
    read_schedule,
)
from bot.handlers.rejected import RejectedError, outdated
from bot.handlers.request import Request, as_answer, without_ending, without_opening
from bot.services import reminders as services
from bot.services import runners, schedule
from bot.services.rejections import Rejected
from bot.services.schedule import PlaceFirst
from bot.views import reminders as views
from bot.views.screen import Screen

NOON, MIDNIGHT = time(12), time(0)
ALL_HOURS = 24  # the clock of a runner who has typed a time such as 18:30
MIDDLE = 2  # of the times to choose from for a part of the day
SHORTEST_DAY = 6  # the fewest letters of a day that is typed alone
NUMBERS = (*range(1, 13), 15, 30, 45)
FROM_HOUR = (("word-half-past", 30), ("word-quarter-past", 15), ("word-quarter-to", -15))


def read_days(coach: Coach, words: str) -> Schedule | Incomplete | Unreadable:
    """Return the days and times in the words, also if they are misspelt."""
    known = vocabulary(coach.texts)
    read = read_schedule(words, known)
    if isinstance(read, Unreadable):
        spelt = read_schedule(coach.catalogue.intents.corrected(words), known)
        return read if isinstance(spelt, Unreadable) else spelt
    return read


async def reminders(coach: Coach, request: Request) -> None:
    """Save the days and times that the words name; without words, show the day picker."""
    if not request.words:
        await coach.messenger.show(request.chat, await _picker(coach, request.runner, None))
    elif request.words.lower() in coach.texts.words("word-off"):
        await turn_off(coach, request)
    else:
        days = read_days(coach, request.words)
        if isinstance(days, Unreadable):
            await coach.messenger.show(request.chat, views.unreadable(coach.texts, days))
        else:
            await _save_or_ask(coach, request, days)


async def wished(coach: Coach, request: Request) -> None:
    """Show the day picker, with the time moved for words such as “30 min earlier”."""
    runner = await runners.get(coach.db, request.runner)
    said = set(request.words.lower().replace(",", " ").strip(" .!").split())
    length = read_length(request.words, once_words(coach.texts))
    is_earlier = not said.isdisjoint(coach.texts.words("word-earlier"))
    is_moved = is_earlier or not said.isdisjoint(coach.texts.words("word-later"))
    if runner is None or not runner.schedule or length is None or not is_moved:
        await reminders(coach, replace(request, words=""))
        return
    minutes = int(length.total_seconds()) // 60 * (-1 if is_earlier else 1)
    draft = DaysTap.of(runner.schedule, min(day.at for day in runner.schedule))
    screen = await _picker(coach, request.runner, draft.with_time_shifted(minutes))
    await coach.messenger.show(request.chat, screen)


def are_days(coach: Coach, words: str) -> bool:
    """Return whether the words say explicitly that they are about training days or their time."""
    opening, typed = without_opening(as_answer(words), coach.texts.words("word-days-opening"))
    days = read_days(coach, typed)
    return bool(opening) and not isinstance(days, Unreadable)


def are_only_days(coach: Coach, words: str) -> bool:
    """Return whether the words are days or times and nothing else."""
    return not isinstance(read_schedule(as_answer(words), vocabulary(coach.texts)), Unreadable)


async def days_told(coach: Coach, request: Request) -> bool:
    """Save the days and times of a statement, or ask for what is missing."""
    return await days_named(coach, request, in_session=False)


async def days_named(coach: Coach, request: Request, *, in_session: bool) -> bool:
    """Save days and times that are typed without a command, or ask for the time of days.

    Return False for other words, for a time alone and for one short day alone. In a session, a
    number without a day (“only 3”) may count repetitions.
    """
    openings = coach.texts.words("word-days-opening")
    opening, typed = without_opening(as_answer(request.words), openings)
    if _begins_with_no(coach, typed):
        return False
    days = read_days(coach, typed)
    if isinstance(days, Unreadable):
        return False
    if in_session and isinstance(days, Incomplete) and not days.days:
        return False
    runner = await runners.get(coach.db, request.runner)
    known = runner.schedule if runner else ()
    one = _one_more(coach, request, known, days)
    if one is not None and (opening or len(typed) >= SHORTEST_DAY):
        await _ask_beside(coach, request, known, one)
        return True
    if opening and isinstance(days, Incomplete):
        days = _as_they_are(known).joined(days)
    if isinstance(days, Incomplete) and (
        not (days.days or opening) or (len(days.days) == 1 and len(typed) < SHORTEST_DAY)
    ):
        return False
    await _save_or_ask(coach, request, days)
    return True


def _begins_with_no(coach: Coach, words: str) -> bool:
    return as_answer(words).partition(" ")[0].strip(",") in coach.texts.words("word-no")


def _one_more(
    coach: Coach, request: Request, known: Schedule, read: Schedule | Incomplete
) -> TrainingDay | None:
    """Return the one day that was read, if it may be meant in addition to the known days.

    Words such as “only” say that it is not.
    """
    typed = " ".join(request.words.lower().split())
    alone = coach.texts.words("word-days-alone")
    if not known or any(re.search(rf"\b{re.escape(word)}\b", typed) for word in alone):
        return None
    if isinstance(read, Incomplete):
        times = {day.weekday: day.at for day in known}
        usual = PRESETS[read.part][MIDDLE] if read.part else _usual(known)
        read = tuple(TrainingDay(day, times.get(day, usual)) for day in read.days)
    others = {day.weekday for day in known} - {day.weekday for day in read}
    return read[0] if len(read) == 1 and others else None


async def _ask_beside(coach: Coach, request: Request, known: Schedule, day: TrainingDay) -> None:
    """Ask whether the day is added to the others or replaces them; show the picker if it is known.

    Another time for a known day is saved at once.
    """
    if day in known:
        await reminders(coach, replace(request, words=""))
    elif day.weekday in {it.weekday for it in known}:
        await save(coach, request, beside(known, (day,)))
    else:
        texts = await coach.texts_for(request.runner)
        await schedule.leave_days(coach.db, request.runner)
        wish = views.also(texts, day)
        asked = await schedule.ask_wish(coach.db, request.runner, wish, coach.now())
        await coach.messenger.show(request.chat, views.ask_beside(texts, known, day, asked))


async def _picker(coach: Coach, runner: int, draft: DaysTap | None) -> Screen:
    stored = await runners.get(coach.db, runner) or Runner(runner)
    is_paused = await services.are_paused(coach.db, stored, coach.now())
    texts = await coach.texts_for(runner)
    return views.picker(texts, stored, draft, coach.now(), is_paused=is_paused)


async def _save_or_ask(coach: Coach, request: Request, days: Schedule | Incomplete) -> None:
    """Save the training days, or ask for the days or the time that are missing.

    Times are then shown in 12 or 24 hours, as they were typed.
    """
    if hours := hours_typed(request.words):
        await schedule.keep_hours(coach.db, request.runner, hours, coach.now())
    if isinstance(days, Incomplete):
        asked = await schedule.ask_days(coach.db, request.runner, days, coach.now())
        await coach.messenger.show(
            request.chat, views.ask_days(await coach.texts_for(request.runner), asked)
        )
    else:
        await save(coach, request, days)


async def days_answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer to the question for the days or the time.

    Return False if that question is not open or the words do not answer it. Earlier answers may be
    replaced.
    """
    if question.incomplete is None:
        return False
    if as_answer(request.words) in coach.texts.words("word-no"):
        await schedule.leave_days(coach.db, request.runner)
        await coach.messenger.show(request.chat, views.days_left(coach.texts))
        return True
    days = read_days(coach, request.words)
    if isinstance(days, Unreadable):
        return False
    if isinstance(days, Incomplete):
        days = question.incomplete.joined(days)
    await _save_or_ask(coach, request, days)
    return True


async def days_typed(coach: Coach, request: Request) -> bool:
    """Handle typed words as training days; return False if they name neither days nor a time."""
    days = read_days(coach, request.words)
    if isinstance(days, Unreadable):
        return False
    await _save_or_ask(coach, request, days)
    return True


async def corrected(coach: Coach, request: Request, question: Question) -> bool:
    """Correct the days or the time given a moment ago, for words such as “no, Thursday”.

    Return False for other words, and if none were given lately.
    """
    typed = " ".join(as_answer(request.words).replace(",", " ").split())
    opening, typed = without_opening(typed, coach.texts.words("word-correction"))
    if not opening:
        return False
    read = read_days(coach, typed)
    if isinstance(read, Unreadable) or read == Incomplete():
        return False
    lately: Schedule = question.days
    others: Schedule = ()
    if not lately:
        lately, others = await schedule.chosen_lately(coach.db, request.runner, coach.now())
    if not lately:
        return False
    known_days = (*lately, *others)
    replaces = _begins_with_no(coach, request.words)
    one = None if replaces else _one_more(coach, request, known_days, read)
    if one and len(lately) > 1 and one.weekday not in {day.weekday for day in known_days}:
        await _ask_beside(coach, request, in_order(known_days), one)
        return True
    if isinstance(read, Incomplete):
        takes = "," not in request.words and read.local_time is None and read.days
        if takes and {day.weekday for day in (*lately, *others)}.issuperset(read.days):
            return False  # “no Sunday”, which removes it
        before = _as_they_are(lately)
        known = await runners.get(coach.db, request.runner)
        if known is None or known.hours != ALL_HOURS:
            read = _in_same_half(coach, before, read, typed)
        read = before.joined(read)
    if not isinstance(read, Incomplete):
        read = beside(others, read)
    await _save_or_ask(coach, request, read)
    return True


def beside(days: Schedule, more: Schedule) -> Schedule:
    """Return both; if both have a day, the time of `more` counts."""
    named = {day.weekday for day in more}
    return in_order((*(day for day in days if day.weekday not in named), *more))


async def days_changed(coach: Coach, request: Request) -> bool:
    """Add days to the known ones or remove some: “and Sunday”, “not Thursday”.

    Return False for other words. A new day gets the time that most days have.
    """
    texts, runner = coach.texts, await runners.get(coach.db, request.runner)
    known = runner.schedule if runner else ()
    typed = " ".join(as_answer(request.words).replace(",", " ").split())
    adds, named = without_opening(typed, texts.words("word-days-add"))
    opening, _ = without_opening(typed, texts.words("word-days-opening"))
    if len(opening) > len(adds) > 0:  # “make it” is for all days
        return False
    named, adds_behind = without_ending(named, texts.words("word-days-add-behind"))
    takes, named = without_opening(named, texts.words("word-days-take"))
    keeps, named = without_opening(named, texts.words("word-days-only"))
    read = read_days(coach, named)
    if not known or not (adds or adds_behind or takes or keeps) or isinstance(read, Unreadable):
        return False
    changed = _changed(known, read, adds=bool(adds or adds_behind), takes=bool(takes))
    if changed is None:
        return False
    if changed:
        await save(coach, request, changed)
    else:
        await reminders(coach, replace(request, words=""))
    return True


def _changed(
    known: Schedule, read: Schedule | Incomplete, *, adds: bool, takes: bool
) -> Schedule | None:
    """Return the days with the typed ones added or removed, or only the typed ones.

    None: no day was typed, or a part of the day was.
    """
    if isinstance(read, Incomplete):
        if not read.days or read.part is not None:
            return None
        before = {} if read.local_time else {day.weekday: day.at for day in known}
        at = read.local_time or _usual(known)
        read = tuple(TrainingDay(day, before.get(day, at)) for day in read.days)
    if takes:
        taken = {day.weekday for day in read}
        return tuple(day for day in known if day.weekday not in taken)
    return beside(known, read) if adds else in_order(read)


def _in_same_half(coach: Coach, before: Incomplete, read: Incomplete, typed: str) -> Incomplete:
    """Read “no, 7” after 6 pm as 7 pm, unless the half of the day is given."""
    at, parts = read.local_time, vocabulary(coach.texts).parts
    is_said = hours_typed(typed) is not None or not parts.keys().isdisjoint(typed.split())
    was_later = before.local_time is not None and before.local_time >= NOON
    if at is None or is_said or not was_later or not 1 <= at.hour < NOON.hour or typed[0] == "0":
        return read
    return replace(read, local_time=at.replace(hour=at.hour + NOON.hour))


def _usual(known: Schedule) -> time:
    """Return the time that most of the days have."""
    return Counter(day.at for day in known).most_common(1)[0][0]


def _as_they_are(days: Schedule) -> Incomplete:
    """Return the days with their time, if all have the same."""
    times = {day.at for day in days}
    only = times.pop() if len(times) == 1 else None
    return Incomplete(tuple(day.weekday for day in days), only)


def vocabulary(texts: Texts) -> ScheduleWords:
    """Return the words for days and times in the language of the texts."""
    days: dict[str, tuple[Weekday, ...]] = dict.fromkeys(texts.words("word-filler"), ())
    letters: dict[str, tuple[Weekday, ...]] = {}
    for day in WEEK:
        days |= dict.fromkeys(texts.words(f"word-{day}"), (day,))
        for form in texts.words(f"word-letters-{day}"):
            letters[form] = (*letters.get(form, ()), day)
    days |= dict.fromkeys(texts.words("word-weekdays"), WEEK[:5])
    days |= dict.fromkeys(texts.words("word-weekend"), WEEK[5:])
    days |= dict.fromkeys(texts.words("word-daily"), WEEK)
    return ScheduleWords(
        days=days,
        letters=letters,
        until=texts.words("word-until"),
        times=dict.fromkeys(texts.words("word-noon"), NOON)
        | dict.fromkeys(texts.words("word-midnight"), MIDNIGHT),
        parts={word: part for part in DayPart for word in texts.words(f"word-part-{part}")},
        numbers={
            word: number for number in NUMBERS for word in texts.words(f"word-number-{number}")
        },
        from_hour={word: minutes for key, minutes in FROM_HOUR for word in texts.words(key)},
    )


async def save(coach: Coach, request: Request, days: Schedule, asked: int | None = None) -> None:
    """Save the training days; `asked` is the number of the question that was tapped."""
    saved = await schedule.choose_days(
        coach.db, coach.calendar, request.runner, days, coach.now(), asked
    )
    if isinstance(saved, Rejected):
        raise RejectedError(request, saved)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    texts = await coach.texts_for(request.runner)
    if isinstance(saved, PlaceFirst):
        await coach.messenger.show(request.chat, views.ask_place(texts))
    else:
        screen = views.saved(texts, saved.runner, saved.coming, coach.now())
        await coach.messenger.show(request.chat, screen)
    if request.query is not None:
        chosen = views.chosen(texts, days)
        await coach.messenger.replace(request.chat, request.message_id, chosen)


async def turn_off(coach: Coach, request: Request) -> None:
    """Remove all training days."""
    await schedule.turn_off(coach.db, coach.calendar, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await coach.messenger.show(request.chat, views.off(coach.texts))


async def days_tapped(coach: Coach, request: Request, tap: DaysTap) -> None:
    """Show the day picker with the tapped change, or save its days on Save."""
    if tap.save and tap.schedule:
        asked = tap.asked if isinstance(tap, AskedDaysTap) else None
        await save(coach, request, tap.schedule, asked)
        return
    if tap.save:
        no_day = coach.texts.plain("reminders-no-day-chosen")
        await coach.messenger.answer(request.query, no_day, alert=True)
        return
    await coach.messenger.answer(request.query)
    shown = await _picker(coach, request.runner, tap)
    await coach.messenger.replace(request.chat, request.message_id, shown)


async def asked_days_tapped(coach: Coach, request: Request, tap: AskedDaysTap) -> None:
    """Handle the day picker below a question, unless it was answered or another asked since."""
    if await schedule.asks_days(coach.db, request.runner, tap.asked):
        await days_tapped(coach, request, tap)
    else:
        raise outdated(request)


def is_time(coach: Coach, words: str) -> bool:
    """Return whether the words are only a time: “at 6 pm”, “this evening”, “in 2 hours”.

    A part of the day alone may be a greeting, and a number alone anything.
    """
    spoken, typed = once_words(coach.texts), as_answer(words).split()
    if begins_with_wait(words, spoken) or (len(typed) == 1 and typed[0] in spoken.parts):
        return True
    near = (*spoken.days, *coach.texts.words("word-date-this"))
    kept = [word for word in typed if word not in near]
    read = read_schedule(" ".join(kept), spoken.schedule)
    if not isinstance(read, Incomplete) or read.days:
        return False
    is_hour = read.local_time is not None and hours_typed(words) is not None
    has_part = not spoken.schedule.parts.keys().isdisjoint(kept)
    return is_hour or (has_part and len(typed) > 1)


async def remind_once(coach: Coach, request: Request) -> None:
    """Plan the single reminder that the words ask for; for a time of day, the place is needed.

    Words such as “every Monday at 7” ask for training days.
    """
    if not coach.texts.words("word-once-every").isdisjoint(request.words.lower().split()):
        await reminders(coach, request)
        return
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    words = once_words(coach.texts)
    if runner.zone is None and not is_wait(request.words, words):
        await schedule.ask_place(coach.db, request.runner, coach.now(), once=request.words)
        await coach.messenger.show(request.chat, views.ask_place_for_once(coach.texts))
        return
    now = coach.now().astimezone(ZoneInfo(runner.zone or "UTC"))
    moment = read_once(request.words, now, words)
    due = await schedule.remind_once(coach.db, request.runner, moment, coach.now())
    coach.outbox_due.set()
    await coach.messenger.show(request.chat, views.once(coach.texts, due, runner.zone))


def once_words(texts: Texts) -> OnceWords:
    """Return the words for the moment of one reminder in the language of the texts."""
    units = {
        "minutes": timedelta(minutes=1),
        "hours": timedelta(hours=1),
        "days": timedelta(days=1),
        "weeks": timedelta(weeks=1),
    }
    numbers = {word: float(n) for n in NUMBERS for word in texts.words(f"word-number-{n}")}
    numbers |= dict.fromkeys(texts.words("word-once-half"), 0.5)
    numbers |= dict.fromkeys(texts.words("word-once-one"), 1)
    return OnceWords(
        schedule=vocabulary(texts),
        after=texts.words("word-once-after"),
        units={word: unit for name, unit in units.items() for word in texts.words(f"word-{name}")},
        numbers=numbers,
        days=dict.fromkeys(texts.words("word-once-today"), 0)
        | dict.fromkeys(texts.words("word-once-tomorrow"), 1),
        parts=dict.fromkeys(texts.words("word-once-tonight"), DayPart.EVENING),
    )


async def reminders_tapped(coach: Coach, request: Request, tap: RemindersTap) -> None:
    if tap.off:
        await turn_off(coach, request)
        await coach.messenger.strip(request.chat, request.message_id)
        return
    await coach.messenger.answer(request.query)
    await reminders(coach, request)


async def resume_tapped(coach: Coach, request: Request, _tap: ResumeTap) -> None:
    """Turn reminders on again; without training days, show the day picker."""
    plan = await schedule.resume(coach.db, request.runner, coach.now())
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    texts = await coach.texts_for(request.runner)
    if plan.runner.schedule:
        screen = views.resumed(texts, plan.runner, plan.coming)
    else:
        screen = views.picker(texts, plan.runner, None, coach.now())
    await coach.messenger.replace(request.chat, request.message_id, screen)
