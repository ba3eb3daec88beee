"""A training day that a runner can't keep, or moves: of one week alone, or of every week."""

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK, TrainingDay, Weekday, weekday_of
from bot.domain.schedule_words import Incomplete, read_schedule
from bot.domain.spelling import words_of
from bot.handlers import away, reminders
from bot.handlers.request import Request, as_answer, without_opening
from bot.services import rests, runners, schedule
from bot.views import reminders as views

DAY = timedelta(days=1)
ALWAYS = "word-weeks-always"
NEXT = "word-weeks-next"
ONCE = "word-weeks-once"
# Which weeks a day is meant of, the first that is found; and how they are said.
MEANT = {ALWAYS: "reminders-every-week", NEXT: "reminders-next-week", ONCE: "reminders-this-week"}


def read_weeks(texts: Texts, words: str) -> tuple[str, str]:
    """Return which of MEANT the words name, or "", and the words without that."""
    typed = " ".join(words.lower().replace("’", "'").split())
    for weeks in MEANT:
        phrases = "|".join(map(re.escape, sorted(texts.words(weeks), key=len, reverse=True)))
        rest, found = re.subn(rf"(?<!\w)(?:{phrases})(?!\w)", " ", typed)
        if found:
            return weeks, " ".join(rest.split())
    is_weekly = not texts.words("word-weekly-days").isdisjoint(re.findall(r"\w+", typed))
    return (ALWAYS if is_weekly else ""), typed


def weeks_answered(texts: Texts, words: str, wish: str) -> str:
    """Return which of MEANT the words name, or "" if they say more than that and the wish's day."""
    weeks, more = read_weeks(texts, words)
    known = reminders.vocabulary(texts)
    read = read_schedule(more, known)
    is_day = isinstance(read, Incomplete) and read.local_time is None and more != words
    wished = {day for word in words_of(wish.lower()) for day in known.days.get(word.text, ())}
    is_day = is_day and isinstance(read, Incomplete) and wished.issuperset(read.days)
    return weeks if is_day or not more else ""


async def left_out(coach: Coach, request: Request) -> None:
    """Leave out the training day that the runner can't keep, or ask whether it is every week's.

    For any other day, show the picker.
    """
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    weeks, typed = read_weeks(coach.texts, coach.catalogue.intents.corrected(request.words))
    weekdays = reminders.vocabulary(coach.texts).days
    named = [weekdays.get(word.text, ()) for word in words_of(typed)]
    weekday = next((days[0] for days in named if len(days) == 1), None)
    others = tuple(day for day in runner.schedule if day.weekday is not weekday)
    if weekday is None or len(others) == len(runner.schedule):
        await reminders.reminders(coach, replace(request, words=""))
    elif not weeks:
        await _ask_once_or_always(coach, request, _meant(coach, runner, weekday, weeks))
    elif weeks is not ALWAYS:
        await away.leave_out(coach, request, _meant(coach, runner, weekday, weeks))
    elif others:
        await reminders.save(coach, request, others)
    else:
        await reminders.turn_off(coach, request)


async def moved(coach: Coach, request: Request) -> bool:
    """Put another day in the place of a known one: “move Thursday to Friday”; False for others.

    Ask whether that is for every week, if the words do not say it.
    """
    texts, runner = coach.texts, await runners.get(coach.db, request.runner)
    if runner is None or not runner.schedule:
        return False
    today = rests.today(runner, coach.now())
    typed = coach.catalogue.intents.corrected(request.words)
    weeks, typed = read_weeks(texts, _with_weekdays(texts, as_answer(typed), today))
    known = {day.weekday: day for day in runner.schedule}
    both = _from_and_to(texts, typed)
    if both is None or both[0] not in known or both[1] in known:
        return False
    before = known[both[0]]
    after = TrainingDay(both[1], before.at)
    day = _meant(coach, runner, before.weekday, weeks)
    if not weeks:
        await _ask_once_or_always(coach, request, day)
    elif weeks is ALWAYS:
        others = (each for each in runner.schedule if each is not before)
        await reminders.save(coach, request, reminders.beside(tuple(others), (after,)))
    else:
        to = _nearest(after.weekday, day, today)
        is_free = await schedule.move_once(coach.db, request.runner, day, to)
        screen = views.moved_once(texts, day, to, is_free=is_free)
        await coach.messenger.show(request.chat, screen)
    return True


def _from_and_to(texts: Texts, typed: str) -> tuple[Weekday, Weekday] | None:
    """Return the weekday that is to move and the new one; None for other words."""
    instead = "|".join(map(re.escape, texts.words("word-days-instead")))
    new, _, old = re.sub(rf"\s(?:{instead})\s", "\n", typed.rstrip("?")).partition("\n")
    if old:
        to = min(texts.words("word-days-move-to"))
        opening = min(texts.words("word-days-move"))
        _, new = without_opening(new, texts.words("word-days-opening"))
        return _from_and_to(texts, f"{opening} {old} {to} {new}")
    opening, days = without_opening(typed.rstrip("?"), texts.words("word-days-move"))
    to = "|".join(map(re.escape, texts.words("word-days-move-to")))
    others = texts.words("word-days-session")
    days = " ".join(word for word in days.split() if word not in others)
    parts = re.split(rf"\s(?:{to})\s", days)
    reads = [read_schedule(part, reminders.vocabulary(texts)) for part in parts]
    named = [
        read.days[0]
        for read in reads
        if isinstance(read, Incomplete)
        and len(read.days) == 1
        and not (read.local_time or read.part)
    ]
    return (named[0], named[1]) if opening and len(reads) == len(named) == 2 else None


async def ask_weeks(coach: Coach, request: Request, weekday: Weekday) -> None:
    """Ask whether the words are meant of this week's day alone, or of every week."""
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    day = _coming(weekday, rests.today(runner, coach.now()))
    await _ask_once_or_always(coach, request, day)


async def _ask_once_or_always(coach: Coach, request: Request, day: date) -> None:
    """Ask whether the words are meant of this day alone, or of every week."""
    await schedule.leave_days(coach.db, request.runner)
    asked = await schedule.ask_wish(coach.db, request.runner, request.words, coach.now())
    await coach.messenger.show(request.chat, views.ask_weeks(coach.texts, day, asked))


def _with_weekdays(texts: Texts, words: str, today: date) -> str:
    """Return the words with the weekday of this week for “today” and “tomorrow”."""
    once = texts.plain("reminders-this-week")
    for key, day in (("word-once-today", today), ("word-once-tomorrow", today + DAY)):
        names = "|".join(map(re.escape, texts.words(key)))
        words, found = re.subn(rf"\b(?:{names})(?:'?s)?\b", weekday_of(day), words)
        words = f"{words} {once}" if found else words
    return words


def _coming(weekday: Weekday, first: date) -> date:
    return first + (WEEK.index(weekday) - first.weekday()) % len(WEEK) * DAY


def _meant(coach: Coach, runner: Runner, weekday: Weekday, weeks: str) -> date:
    """Return the next date of the training day whose time is to come, or that of next week."""
    now = coach.now().astimezone(ZoneInfo(runner.zone or "UTC"))
    if weeks is NEXT:
        return _coming(weekday, _coming(Weekday.MONDAY, now.date() + DAY))
    at = next(day.at for day in runner.schedule if day.weekday is weekday)
    return _coming(weekday, now.date() if now.time() < at else now.date() + DAY)


def _nearest(weekday: Weekday, day: date, today: date) -> date:
    """Return the date of the weekday that is nearest to the day, and after today."""
    dates = (_coming(weekday, day + days * DAY) for days in (-len(WEEK), 0))
    return min((each for each in dates if each > today), key=lambda each: abs(each - day))
