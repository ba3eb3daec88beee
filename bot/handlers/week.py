"""/week: the running week, and the strength days that fit it."""

import re
from dataclasses import replace
from datetime import date, timedelta

from bot.callbacks import RunTap, UseDaysTap, WeekdayTap, WeekTap, WhyTodayTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.question import AskedDays
from bot.domain.schedule import WEEK, Weekday
from bot.domain.schedule_words import Incomplete, Unreadable, read_schedule
from bot.domain.spelling import words_of
from bot.domain.week import USUAL_KINDS, RunKind, RunningWeek
from bot.domain.week_plan import WeekPlan
from bot.domain.week_words import read_week, spoken
from bot.handlers import gate, reminders, single_days
from bot.handlers.rejected import RejectedError
from bot.handlers.request import Request, as_answer, strip_tapped, without_opening
from bot.services import pain, runner_states, schedule
from bot.services import week as services
from bot.services.rejections import Rejected
from bot.services.schedule import PlaceFirst
from bot.views import reminders as reminder_views
from bot.views import standing as standing_views
from bot.views import week as views
from bot.views.screen import Screen

SHORTEST_DAY = 3  # letters
WHOLE_WEEK = 3  # days, of more than one kind, that are no sentence about something else


async def week(coach: Coach, request: Request) -> None:
    """Save the week that the words name, or show the present one with buttons that change it."""
    if not request.words:
        await _show(coach, request)
        return
    if request.words.lower() in coach.texts.words("word-off"):
        await services.save(coach.db, coach.catalogue, request.runner, {}, coach.now())
        await coach.messenger.show(request.chat, views.forgotten(coach.texts))
        return
    read = read_week(request.words, _kinds(coach.texts), reminders.vocabulary(coach.texts))
    if isinstance(read, Unreadable):
        await coach.messenger.show(request.chat, views.unreadable(coach.texts, read))
        return
    plan = await services.save(coach.db, coach.catalogue, request.runner, read, coach.now())
    await coach.messenger.show(request.chat, await _screen(coach, request, plan))


async def named(coach: Coach, request: Request) -> None:
    """Change the days in a sentence such as “my long run is on Sunday”; without any, show all.

    Of a run that moves it is asked whether it does so every week, and which one it is.
    """
    texts = coach.texts
    kinds, vocabulary = _kinds(texts), reminders.vocabulary(texts)
    typed = coach.catalogue.intents.corrected(request.words).lower()
    words = spoken(typed, kinds, vocabulary)
    read = read_week(words, kinds, vocabulary)
    if isinstance(read, Unreadable):  # “I run on Tuesday” has no kind
        read = read_week(words, kinds, vocabulary, RunKind.EASY)
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    if isinstance(read, Unreadable):
        await coach.messenger.show(request.chat, await _screen(coach, request, plan))
        return
    said = set(re.findall(r"\w+", typed))
    now = "|".join(map(re.escape, texts.words("word-run-now")))
    moves = not said.isdisjoint(texts.words("word-run-moves"))
    weeks, rest = single_days.read_weeks(texts, typed)
    to = _behind_to(texts, rest, read) if moves else read
    left = tuple(day for day in read if day not in to)
    if moves and not weeks:
        await single_days.ask_weeks(coach, request, next(iter(to)))
        return
    if not left and (moves or re.search(rf"\b(?:{now})\b", typed)):
        kind = to[next(iter(to))].kind
        left = tuple(day for day, had in plan.week.items() if had.kind is kind and day not in to)
    if len(left) > len(to):
        await coach.messenger.show(request.chat, views.which_moves(texts, left))
        return
    plan = await services.add(coach.db, coach.catalogue, request.runner, to, coach.now(), left)
    screen = await _screen(coach, request, plan)
    if not said.isdisjoint(texts.words("word-sports")):
        screen = views.with_sport(texts, screen)
    await coach.messenger.show(request.chat, screen)


def _behind_to(texts: Texts, typed: str, read: RunningWeek) -> RunningWeek:
    """Return those of the days that stand behind “to”, or all without it."""
    to = "|".join(map(re.escape, texts.words("word-days-move-to")))
    behind = read_schedule(re.split(rf"\b(?:{to})\b", typed)[-1], reminders.vocabulary(texts))
    days = behind.days if isinstance(behind, Incomplete) else ()
    return {day: read[day] for day in days if day in read} or read


def are_told(texts: Texts, words: str) -> bool:
    """Return whether a clause tells of runs that every week has, such as “long run on Sunday”."""
    kinds, vocabulary = _kinds(texts), reminders.vocabulary(texts)
    once = ("word-date-this", "word-date-next", "word-date-week", "word-once-today")
    typed = set(re.findall(r"\w+", words.lower()))
    if any(
        typed & texts.words(message) for message in ("word-not-runs", *once, "word-once-tomorrow")
    ):
        return False
    return not isinstance(
        read_week(spoken(words, kinds, vocabulary), kinds, vocabulary), Unreadable
    )


async def added(coach: Coach, request: Request) -> bool:
    """Change the days of the week that a statement names."""
    await named(coach, request)
    return True


async def told(coach: Coach, request: Request) -> bool:
    """Save a whole week that is typed or pasted without a command; return False for other words.

    In a plan with a line for each day, words that say nothing about runs are ignored.
    """
    kinds, vocabulary = _kinds(coach.texts), reminders.vocabulary(coach.texts)
    clauses = re.split(r"[,;\n]+", request.words.lower())
    runs = [clause for clause in clauses if not is_other(coach.texts, clause)]
    words = spoken(", ".join(runs), kinds, vocabulary)
    read = read_week(words, kinds, vocabulary)
    if "?" in request.words or isinstance(read, Unreadable):
        return False
    if len(read) < WHOLE_WEEK or len({day.kind for day in read.values()}) == 1:
        return False
    await week(coach, replace(request, words=words))
    return True


def is_other(texts: Texts, words: str) -> bool:
    """Return whether a clause of a week is about other training than runs."""
    return not texts.words("word-not-runs").isdisjoint(re.findall(r"\w+", words.lower()))


async def guessed(coach: Coach, request: Request) -> bool:
    """Ask whether the one kind of run with its days, in words read as nothing else, is usual.

    Return False for other words, and for those about runs that are over.
    """
    texts = coach.texts
    kinds, vocabulary = _kinds(texts), reminders.vocabulary(texts)
    typed = coach.catalogue.intents.corrected(request.words).lower()
    said = set(re.findall(r"\w+", typed))
    read = read_week(spoken(typed, kinds, vocabulary), kinds, vocabulary)
    others = texts.words("word-not-runs") | texts.words("word-week-not-told")
    if isinstance(read, Unreadable) or "?" in request.words or said & others:
        return False
    if len({day.kind for day in read.values()}) != 1 or len(read) >= WHOLE_WEEK:
        return False
    days = texts.all_of([texts.html(f"weekday-{day}") for day in read])
    kind = texts.plain(f"run-{next(iter(read.values())).kind}")
    wish = texts.plain("week-wish", kind=kind, days=days)
    asked = await schedule.ask_wish(coach.db, request.runner, wish, coach.now())
    if asked:
        await coach.messenger.show(request.chat, views.guess(texts, wish, asked))
    return bool(asked)


async def ran_instead(coach: Coach, request: Request) -> None:
    """Say that a single date can't be changed, and what is good after such a run."""
    await coach.messenger.show(request.chat, views.ran_instead(coach.texts, coach.catalogue))


async def why_today(coach: Coach, request: Request) -> None:
    """Show why today has its session; if there is neither a week nor a race, say so."""
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    if plan.proposal is None and plan.standing.season.race is None:
        screen = views.no_reason(coach.texts)
    else:
        screen = standing_views.why(coach.texts, plan.standing)
    await coach.messenger.show(request.chat, screen)


async def recovers(coach: Coach, request: Request) -> bool:
    """Show that the legs recover from a race today; return False if they do not."""
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    is_over = plan.standing.forbids_legs and plan.standing.season.days < 0
    if is_over:
        await coach.messenger.show(request.chat, standing_views.why(coach.texts, plan.standing))
    return is_over


async def day(coach: Coach, request: Request) -> None:
    """Show the day that is asked about, as in “what about Friday”; if none is, the week.

    A weekday means its next date, which may be today.
    """
    if await gate.waits_for_sign(coach, request):
        return
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    named = _named_day(coach, request.words, plan.standing.day)
    if named is None:
        await coach.messenger.show(request.chat, await _screen(coach, request, plan))
        return
    standing = await runner_states.standing_on(
        coach.db, coach.catalogue, request.runner, named, coach.now()
    )
    rests = await pain.resting(coach.db, request.runner)
    texts = await coach.texts_for(request.runner)
    screen = views.day(texts, plan, standing, rests=bool(rests))
    await coach.messenger.show(request.chat, screen)


def is_day_asked(texts: Texts, words: str) -> bool:
    """Return whether the words are a question that is only a day, such as “and on Friday?”."""
    asked = as_answer(words).rstrip("? ")
    _, named = without_opening(asked, texts.words("word-day-asked"))
    return words.rstrip().endswith("?") and named in _days(texts)


def _named_day(coach: Coach, words: str, today: date) -> date | None:
    """Return the first date that the words name; a weekday's is the next, from today on."""
    days = _days(coach.texts)
    typed = [word.text for word in words_of(coach.catalogue.intents.corrected(words))]
    for first in range(len(typed)):
        for last in (first + 3, first + 1):
            meant = days.get(" ".join(typed[first:last]))
            if isinstance(meant, int):
                return today + timedelta(days=meant)
            if meant is not None:
                return today + timedelta(days=(WEEK.index(meant) - today.weekday()) % len(WEEK))
    return None


def _days(texts: Texts) -> dict[str, Weekday | int]:
    """Return the words for weekdays, and words such as “tomorrow” with the days to them.

    Weekdays of two letters are left out, because they may be other words.
    """
    days: dict[str, Weekday | int] = {
        word: weekday
        for weekday in WEEK
        for word in texts.words(f"word-{weekday}")
        if len(word) >= SHORTEST_DAY
    }
    days |= dict.fromkeys(texts.words("word-once-tomorrow"), 1)
    return days | dict.fromkeys(texts.words("word-after-tomorrow"), 2)


def _kinds(texts: Texts) -> dict[str, RunKind]:
    return {word: kind for kind in USUAL_KINDS for word in texts.words(f"word-run-{kind}")}


async def _screen(coach: Coach, request: Request, plan: WeekPlan) -> Screen:
    return views.week(await coach.texts_for(request.runner), plan)


async def _show(coach: Coach, request: Request) -> None:
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    await coach.messenger.show(request.chat, await _screen(coach, request, plan))


async def week_tapped(coach: Coach, request: Request, _tap: WeekTap) -> None:
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    await coach.messenger.answer(request.query)
    screen = await _screen(coach, request, plan)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def weekday_tapped(coach: Coach, request: Request, tap: WeekdayTap) -> None:
    """Ask in place what kind of run the weekday has."""
    await coach.messenger.answer(request.query)
    screen = views.kinds(coach.texts, tap.weekday)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def run_tapped(coach: Coach, request: Request, tap: RunTap) -> None:
    """Save the weekday's kind of run, and show the week in place."""
    kind = tap.kind if tap.kind in USUAL_KINDS else RunKind.NONE
    plan = await services.set_day(
        coach.db, coach.catalogue, request.runner, tap.weekday, kind, coach.now()
    )
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    screen = await _screen(coach, request, plan)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def use_typed(coach: Coach, request: Request, words: str) -> bool:
    """Take the words as the button of the proposed days; False: none are proposed."""
    if words not in coach.texts.words("word-use-days"):
        return False
    plan = await services.get(coach.db, coach.catalogue, request.runner, coach.now())
    if plan.proposal is None or not plan.has_others:
        return False
    await use_tapped(coach, request, UseDaysTap.of(plan.proposal.weekdays))
    return True


async def use_tapped(coach: Coach, request: Request, tap: UseDaysTap) -> None:
    """Set the reminders to the proposed days; ask for the time, or the place, if not known."""
    saved = await services.use(
        coach.db, coach.catalogue, coach.calendar, request.runner, tap.weekdays, coach.now()
    )
    if isinstance(saved, Rejected):
        raise RejectedError(request, saved)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    texts = await coach.texts_for(request.runner)
    if isinstance(saved, AskedDays):
        screen = reminder_views.ask_days(texts, saved)
    elif isinstance(saved, PlaceFirst):
        screen = reminder_views.ask_place(texts)
    else:
        screen = reminder_views.saved(texts, saved.runner, saved.coming, coach.now())
    await coach.messenger.show(request.chat, screen)
    await strip_tapped(coach, request)


async def why_tapped(coach: Coach, request: Request, tap: WhyTodayTap) -> None:
    """Show the rule of the day, the reason for it, and the source."""
    standing = await runner_states.standing_on(
        coach.db, coach.catalogue, request.runner, tap.day, coach.now()
    )
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, standing_views.why(coach.texts, standing))
