"""/away: the date until which a runner wants no reminders, and the question which date is meant."""

import asyncio
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.callbacks import AwayTap, UntilTap
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.date_words import (
    LONGEST,
    DateWords,
    Doubt,
    Meaning,
    Month,
    Reading,
    Token,
    Word,
    pick,
    read_begin,
    read_period,
    read_span,
    read_until,
)
from bot.domain.question import Question
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK
from bot.handlers.rejected import outdated
from bot.handlers.request import Request, as_answer, without_opening
from bot.services import rests, runners, schedule
from bot.views import away as views

DAY = timedelta(days=1)


async def away(coach: Coach, request: Request) -> None:
    """Set the date that the words name, or for `off` end the time away; without words, ask."""
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today = rests.today(runner, coach.now())
    if not request.words:
        if not _has_time_away(runner, today):
            await schedule.ask_when_away(coach.db, request.runner, coach.now())
        await coach.messenger.show(request.chat, views.away(coach.texts, runner, today))
    elif request.words.lower() in coach.texts.words("word-off"):
        await _set(coach, request, timedelta(0))
    else:
        await _set_by_words(coach, request, today)


async def end(coach: Coach, request: Request) -> None:
    """End the time away."""
    await _set(coach, request, timedelta(0))


async def named(coach: Coach, request: Request) -> None:
    """Set the date or the day in a sentence such as “I am away until the 14th”, or ask for it.

    A single day does not replace a time away.
    """
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today = rests.today(runner, coach.now())
    words, known = request.words.lower().strip(" .!").split(), date_words(coach.texts)
    span = read_span(" ".join(words), today, known)
    if span is not None:
        first, until = span
        if until - first > DAY or not _has_time_away(runner, today):
            await _set(coach, request, until, first)
            return
    text = await asyncio.to_thread(_period_in, words, today, known)
    if not text:
        openings = coach.texts.words("word-date-until") | coach.texts.words("word-date-for")
        text = _from_first(words, openings - {"to"})
        text = await asyncio.to_thread(_date_of, text, today, known)
    if not text:
        begins = (
            _from_first(words, coach.texts.words(message))
            for message in ("word-date-from", "word-date-for")
        )
        text = next((text for text in begins if read_begin(text, today, known)), "")
    await away(coach, replace(request, words=text))


async def leave_out(coach: Coach, request: Request, day: date) -> None:
    """Send no reminder on the day; it does not replace a time away."""
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    if _has_time_away(runner, rests.today(runner, coach.now())):
        await schedule.leave_out(coach.db, request.runner, day)
        await coach.messenger.show(request.chat, views.day_left_out(coach.texts, day))
    else:
        await _set(coach, request, day + DAY, day)


async def corrected(coach: Coach, request: Request) -> bool:
    """Change the end or the begin of a known time away: “actually only until Wednesday”.

    Return False for other words, and without a time away.
    """
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today = rests.today(runner, coach.now())
    if not _has_time_away(runner, today) or runner.away_from is None or not runner.away_until:
        return False
    opening = "word-away-correction"
    spoken = as_answer(request.words).replace(",", "")
    _, typed = without_opening(spoken, coach.texts.words(opening))
    known = date_words(coach.texts)
    if (begin := read_begin(typed, today, known)) and begin < runner.away_until:
        await _set(coach, request, runner.away_until, begin)
        return True
    is_until = typed.partition(" ")[0] in coach.texts.words("word-date-until")
    reading = read_until(typed, max(today, runner.away_from), known) if is_until else None
    if reading is None or not reading.sure:
        return False
    await _set(coach, request, reading.sure, runner.away_from)
    return True


async def guessed(coach: Coach, request: Request) -> bool:
    """Set the time away in a sentence without another meaning; return False if it has none.

    If the time may be about something else, as in “night shifts until the 10th”, ask whether the
    runner is away.
    """
    texts, typed = coach.texts, set(re.findall(r"\w+", re.sub("['’]", "", request.words.lower())))
    told = typed & texts.words("word-away-told")
    if "?" in request.words or typed & texts.words("word-away-not-told"):
        return False
    if not told:
        return await _ask_whether(coach, request)
    await named(coach, request)
    return True


async def _ask_whether(coach: Coach, request: Request) -> bool:
    """Ask whether the time in the words is one away; return False if they name no end of one."""
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today, known = rests.today(runner, coach.now()), date_words(coach.texts)
    words = request.words.lower().strip(" .!").split()
    text = await asyncio.to_thread(_period_in, words, today, known)
    if not text:
        text = _from_first(words, coach.texts.words("word-date-until") - {"to", "back"})
        text = await asyncio.to_thread(_date_of, text, today, known)
    if not text:
        return False
    wish = coach.texts.plain("away-wish", when=text)
    asked = await schedule.ask_wish(coach.db, request.runner, wish, coach.now())
    if asked:
        await coach.messenger.show(request.chat, views.ask_whether(coach.texts, text, asked))
    return bool(asked)


def _has_time_away(runner: Runner, today: date) -> bool:
    """Return whether a time away is in progress or to come."""
    return runner.away_until is not None and runner.away_until > today


def _period_in(words: Sequence[str], today: date, known: DateWords) -> str:
    """Return the end of the words that names both ends of a time away; empty if there is none."""
    ends = (" ".join(words[place:]) for place in range(len(words)))
    return next((end for end in ends if read_period(end, today, known)), "")


def _date_of(text: str, today: date, known: DateWords) -> str:
    """Return the date at the beginning of “until sunday without bands”; empty if there is none."""
    words = text.split()
    begins = (" ".join(words[:end]) for end in range(len(words), 0, -1))
    return next((begin for begin in begins if read_until(begin, today, known)), "")


def _from_first(words: Sequence[str], openings: Collection[str]) -> str:
    """Return the words from the first of the openings on; empty if there is none."""
    place = next((place for place, word in enumerate(words) if word in openings), len(words))
    return " ".join(words[place:])


async def _set_by_words(coach: Coach, request: Request, today: date) -> None:
    """Set the date that the words name; if several dates may be meant, ask which.

    A begin that was told before counts: the date is the first one after it.
    """
    words = date_words(coach.texts)
    period = await asyncio.to_thread(read_period, request.words, today, words)
    if period is not None:
        first, until = period
        await _set(coach, request, until, first)
        return
    told = _begin(await schedule.question(coach.db, request.runner, coach.now()), today)
    reading = await asyncio.to_thread(read_until, request.words, told or today, words)
    if reading is None:
        await _ask_end(coach, request, today)
    elif reading.sure:
        await _set(coach, request, reading.sure, told)
    else:
        await schedule.ask_away(coach.db, request.runner, reading.dates, coach.now())
        await coach.messenger.show(request.chat, views.ask(coach.texts, request.words, reading))


async def _ask_end(coach: Coach, request: Request, today: date) -> None:
    """Ask for the end of a time away whose begin the words name; else say that they are no date."""
    begin = await asyncio.to_thread(read_begin, request.words, today, date_words(coach.texts))
    if begin is None:
        screen = views.unreadable(coach.texts, request.words)
    else:
        await schedule.ask_end(coach.db, request.runner, begin, coach.now())
        screen = views.ask_end(coach.texts, begin)
    await coach.messenger.show(request.chat, screen)


def _begin(question: Question, today: date) -> date | None:
    """Return the begin that was told of a time away whose end is asked, if it is to come."""
    begin = question.away_from
    return begin if begin is not None and begin > today else None


async def away_tapped(coach: Coach, request: Request, tap: AwayTap) -> None:
    await _set(coach, request, timedelta(days=min(max(tap.days, 0), LONGEST.days)))
    await coach.messenger.strip(request.chat, request.message_id)


async def until_tapped(coach: Coach, request: Request, tap: UntilTap) -> None:
    """Set one of the dates that the runner was asked about, if it is in the future."""
    question = await schedule.question(coach.db, request.runner, coach.now())
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today = rests.today(runner, coach.now())
    chosen = [day for day in question.until if day == tap.day and day > today]
    if chosen:
        await _set(coach, request, chosen[0], _begin(question, today))
    elif question.until and not tap.day:
        await coach.messenger.answer(request.query)
        await _leave(coach, request)
    else:
        raise outdated(request)
    await coach.messenger.strip(request.chat, request.message_id)


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as an answer to the question until when, or which date.

    Return False if that question is not open or the words do not answer it.
    """
    if not question.until and not question.away:
        return False
    typed = as_answer(request.words)
    if typed in coach.texts.words("word-no"):
        await _leave(coach, request)
        return True
    runner = await runners.get(coach.db, request.runner) or Runner(request.runner)
    today = rests.today(runner, coach.now())
    words = date_words(coach.texts)
    is_yes = bool(question.until) and typed in coach.texts.words("word-yes")
    chosen = pick(question.until, typed, words)
    if is_yes and len(question.until) == 1:
        chosen = question.until[0]
    begin = _begin(question, today)
    if chosen and chosen > today:
        await _set(coach, request, chosen, begin)
    elif is_yes:
        which = Reading(question.until, Doubt.WHICH)
        await coach.messenger.show(request.chat, views.ask(coach.texts, request.words, which))
    elif not begin and (span := read_span(typed, today, words)) and span[1] - span[0] > DAY:
        await _set(coach, request, span[1], span[0])
    elif await asyncio.to_thread(_is_read, typed, today, words):
        await _set_by_words(coach, request, today)
    else:
        return False
    return True


def _is_read(typed: str, today: date, words: DateWords) -> bool:
    return (read_period(typed, today, words) or read_until(typed, today, words)) is not None


async def _leave(coach: Coach, request: Request) -> None:
    await schedule.leave_away(coach.db, request.runner, coach.now())
    await coach.messenger.show(request.chat, views.left(coach.texts))


async def _set(
    coach: Coach, request: Request, days: date | timedelta, first: date | None = None
) -> None:
    runner = await schedule.set_away(coach.db, request.runner, days, coach.now(), first)
    await coach.messenger.answer(request.query)
    today = rests.today(runner, coach.now())
    if days:
        screen = views.away(coach.texts, runner, today)
    elif runner.away_from is not None and runner.away_from > today:  # it had not begun
        screen = views.cancelled(coach.texts, runner)
    else:
        screen = views.back(coach.texts, runner)
    await coach.messenger.show(request.chat, screen)


def date_words(texts: Texts) -> DateWords:
    """Return the words for dates in the language of the texts; names of months come from CLDR."""
    meanings: dict[str, Token] = {name: Month(number) for name, number in texts.months().items()}
    meanings |= _words_in(texts)
    for number, word in enumerate(texts.plain("word-date-nth").split(", "), 1):
        meanings |= {word: number, word.replace("-", " "): number}
    return DateWords(
        meanings, texts.words("word-date-ordinal"), partial(_read, language=texts.language)
    )


def _words_in(texts: Texts) -> Mapping[str, Meaning]:
    meanings: dict[str, Meaning] = {}
    for day in WEEK:
        meanings |= dict.fromkeys(texts.words(f"word-{day}"), day)
    for word in Word:
        meanings |= dict.fromkeys(texts.words(f"word-date-{word}"), word)
    return meanings


def _read(words: str, today: date, *, language: str) -> date | None:
    """Return the date that words such as `10 days` mean; None if they mean none.

    Day and month are required and the zone is fixed, because dateparser would otherwise complete
    a date with today's day, and use the time zone of the host.
    """
    import dateparser  # takes 0.1 s and 5 MB, which are saved if no runner is ever away

    try:
        moment = dateparser.parse(
            words,
            languages=[language],
            settings={
                "PREFER_DATES_FROM": "future",
                "RELATIVE_BASE": datetime.combine(today, datetime.min.time()),
                "REQUIRE_PARTS": ["day", "month"],
                "TIMEZONE": "UTC",
            },
        )
    except ValueError:  # a language that dateparser does not know
        return None
    return moment.date() if moment else None
