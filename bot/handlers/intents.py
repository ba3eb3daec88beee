"""Wishes in plain words: each intent leads to the handler of a command or to a reply."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot import session_chat
from bot.callbacks import WishTap
from bot.coach import Coach
from bot.domain.intents import LIKELY, Intent
from bot.domain.pain import STRONG
from bot.domain.runner import Runner
from bot.domain.schedule import WEEK
from bot.domain.session import Move, Session
from bot.domain.spelling import words_of
from bot.domain.warning_signs import Doubt, Reading, Urgency
from bot.domain.wish import WITHOUT_BANDS, Wish
from bot.handlers import (
    about,
    away,
    bands,
    calendar,
    exercise,
    export,
    pain_talk,
    place,
    race,
    reminders,
    routine,
    screening,
    single_days,
    training,
    warning_signs,
    watch,
    week,
)
from bot.handlers.rejected import outdated
from bot.handlers.request import Request
from bot.services import pain, rests, runners, schedule, suggestions
from bot.services import training as training_services
from bot.services import warning_signs as sign_services
from bot.services.reminders import are_paused
from bot.views import intents as views
from bot.views.routine import minutes

# A number at the end of the words, and the highest that is a score.
SCORE = re.compile(r"(?<!\d)(\d{1,2})\W*$")
WORST = 10
UNREAD = "other-language"  # the sign that words which are not understood may contain

Handle = Callable[[Coach, Request], Awaitable[None]]
Reply = Callable[[Coach, Request, Session | None], Awaitable[None]]


async def follow(coach: Coach, request: Request, intent: Intent) -> None:
    """Do what the runner wants, or reply to a remark; a session under way goes on."""
    stored = await training_services.current(coach.db, request.runner)
    under_way = stored is not None and stored.session.is_under_way
    session = stored.session if stored and under_way else None
    if intent is Intent.LANGUAGE:
        await other_language(coach, request, session)
    elif intent in WITH_WAY_BACK:
        await WITH_WAY_BACK[intent](coach, request, session)
    elif intent in views.REPLIES:
        await coach.messenger.show(request.chat, views.reply(coach.texts, intent, session))
    else:
        named = request if intent in WITH_WORDS else replace(request, words="")
        await COMMANDS[intent](coach, named)
        if session is not None:
            await coach.messenger.show(request.chat, views.way_back(coach.texts, session))


async def wish_tapped(coach: Coach, request: Request, tap: WishTap) -> None:
    """Do what the runner probably meant."""
    if tap.intent not in LIKELY:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await follow(coach, replace(request, query=None), tap.intent)


async def other_language(coach: Coach, request: Request, session: Session | None) -> None:
    """Say which language the coach speaks, if possible in the language of the words.

    A score of strong pain after words that are not understood may be a warning sign.
    """
    score = SCORE.search(request.words)
    if score is not None and STRONG <= int(score[1]) <= WORST:
        reading = Reading(UNREAD, Urgency.EMERGENCY, Doubt.UNCLEAR)
        reported = await sign_services.report(coach.db, request.runner, reading, coach.now())
        await warning_signs.show(coach, request, reported)
        return
    language = coach.catalogue.other_languages.of(request.words)
    await coach.messenger.show(request.chat, views.language(coach.texts, language, session))


async def _today(coach: Coach, request: Request, _session: Session | None) -> None:
    """Return to the running session, or say what to do today."""
    await routine.today(coach, request)


async def _routines(coach: Coach, request: Request, _session: Session | None) -> None:
    """Show the list; in a session, its step with the button to start another."""
    await routine.show_all(coach, request)


async def _session_for(coach: Coach, request: Request, _session: Session | None) -> None:
    """Make a session for the minutes and the purpose in the words."""
    asked = coach.catalogue.wishes.read(request.words)
    await routine.make(coach, request, replace(asked, unknown=""))


async def _again(coach: Coach, request: Request, session: Session | None) -> None:
    """Show the step again; if there is no session, open the suggested one."""
    stored = await training_services.current(coach.db, request.runner)
    if session is None or stored is None:
        await _today(coach, request, session)
    else:
        await session_chat.send_current(coach, request.chat, stored)


async def _time_left(coach: Coach, request: Request, session: Session | None) -> None:
    await coach.messenger.show(request.chat, views.time_left(coach.texts, session, coach.now()))


async def _next_reminder(coach: Coach, request: Request, session: Session | None) -> None:
    """Say when the next reminder comes, or that they are paused."""
    known = await schedule.coming(coach.db, request.runner, coach.now())
    if known and known.runner.schedule and await are_paused(coach.db, known.runner, coach.now()):
        await reminders.reminders(coach, replace(request, words=""))
        return
    runner, coming = (known.runner, known.coming) if known else (Runner(request.runner), None)
    texts = await coach.texts_for(request.runner)
    screen = views.next_reminder(texts, runner, coming, session)
    await coach.messenger.show(request.chat, screen)


async def _tired(coach: Coach, request: Request, session: Session | None) -> None:
    """Offer rest, or the routine that takes the shortest time today."""
    overview = await suggestions.overview(coach.db, coach.catalogue, request.runner, coach.now())
    lengths = {key: minutes(steps) for key, steps in overview.steps.items() if steps}
    short = None
    if lengths:
        key = min(lengths, key=lengths.__getitem__)
        short = (key, overview.catalogue.name_of(key), lengths[key])
    await coach.messenger.show(request.chat, views.tired(coach.texts, short, session))


async def _back(coach: Coach, request: Request, session: Session | None) -> None:
    """End the time away of a runner who is back; greet one who was not away."""
    runner = await runners.get(coach.db, request.runner)
    if runner is not None and runner.is_away(rests.today(runner, coach.now())):
        await away.end(coach, request)
    else:
        await coach.messenger.show(request.chat, views.reply(coach.texts, Intent.HELLO, session))


async def _done_elsewhere(coach: Coach, request: Request, session: Session | None) -> None:
    """Count what the runner did without the coach as training, if it was today or yesterday."""
    words, runner = coach.texts.words, await runners.get(coach.db, request.runner)
    spoken = coach.catalogue.intents.corrected(request.words).lower()
    typed = frozenset(word.text for word in words_of(spoken))
    if typed.isdisjoint(words("word-done-past")):
        await coach.messenger.show(request.chat, views.elsewhere_to_come(coach.texts, session))
        return
    named = (day for day in WEEK if typed & words(f"word-{day}"))
    days = [(rests.today(runner, coach.now()).weekday() - WEEK.index(day)) % 7 for day in named]
    ago = max([*days, 0 if typed.isdisjoint(words("word-yesterday")) else 1])
    counts = ago <= 1 and typed.isdisjoint(words("word-long-ago"))
    if counts:
        at = coach.now() - timedelta(days=ago)
        await training_services.trained_elsewhere(coach.db, request.runner, at, coach.now())
    screen = views.done_elsewhere(coach.texts, session, counts=counts)
    await coach.messenger.show(request.chat, screen)


async def _before_race(coach: Coach, request: Request, session: Session | None) -> None:
    """Show the last days before the coming race; if there is none, explain them."""
    if await race.coming(coach, request):
        return
    await coach.messenger.show(request.chat, views.reply(coach.texts, Intent.BEFORE_RACE, session))


async def _rests(coach: Coach, request: Request) -> None:
    """Show what rests; if nothing does, whether the legs are recovering from a race."""
    rests = await pain.resting(coach.db, request.runner)
    if rests or not await week.recovers(coach, request):
        await pain_talk.command(coach, request)


async def _no_bands(coach: Coach, request: Request, session: Session | None) -> None:
    """Offer a session without bands; during a session, or if content has none, the exercises."""
    purpose = coach.catalogue.purposes.get(WITHOUT_BANDS)
    if session is None and purpose is not None:
        made = Wish(purpose.minutes, WITHOUT_BANDS).routine
        await training.offer(coach, replace(request, words=""), made)
        return
    await coach.messenger.show(request.chat, views.no_bands(coach.texts, coach.catalogue, session))


async def _no_pain(coach: Coach, request: Request, session: Session | None) -> None:
    """Handle the statement as one that the resting regions are fine again."""
    await pain_talk.fine(coach, request)
    if session is not None:
        await coach.messenger.show(request.chat, views.way_back(coach.texts, session))


async def _safety(coach: Coach, request: Request, session: Session | None) -> None:
    """Show the safety screen, which may end a session; if the clock leads the session, pause it."""
    if session is not None and session.timer is not None:
        await training.move_typed(coach, request, Move.PAUSE)
        session = None  # the pause leads back
    await screening.ask_again(coach, request)
    if session is not None:
        await coach.messenger.show(request.chat, views.way_back(coach.texts, session))


# Intents that a part of a message may have, because nothing changes.
HARMLESS = views.REPLIES | {Intent.TIRED, Intent.TODAY, Intent.PROGRESS, Intent.NEXT_REMINDER}

# Handlers that get the session under way, because their reply leads back to it.
WITH_WAY_BACK: Mapping[Intent, Reply] = {
    Intent.TODAY: _today,
    Intent.SESSION_FOR: _session_for,
    Intent.ROUTINES: _routines,
    Intent.TIME_LEFT: _time_left,
    Intent.AGAIN: _again,
    Intent.NEXT_REMINDER: _next_reminder,
    Intent.DONE_ELSEWHERE: _done_elsewhere,
    Intent.BACK: _back,
    Intent.BEFORE_RACE: _before_race,
    Intent.TIRED: _tired,
    Intent.SAFETY: _safety,
    Intent.NO_BANDS: _no_bands,
    Intent.NO_PAIN: _no_pain,
}

# Their handlers read the words themselves.
WITH_WORDS = frozenset(
    {
        *(Intent.REMIND_ONCE, Intent.AWAY, Intent.PLACE),
        *(Intent.RUNS, Intent.RACE, Intent.RACE_MOVED, Intent.RACE_OFF, Intent.RACE_RAN),
        *(Intent.MAY_RUN, Intent.DAY, Intent.DAY_OFF, Intent.REMINDERS),
    }
)

COMMANDS: Mapping[Intent, Handle] = {
    Intent.REMIND_ONCE: reminders.remind_once,
    Intent.EXERCISES: exercise.exercise,
    Intent.PROGRESS: about.progress,
    Intent.REMINDERS: reminders.wished,
    Intent.REMINDERS_OFF: reminders.turn_off,
    Intent.DAY_OFF: single_days.left_out,
    Intent.PLACE: place.moved,
    Intent.AWAY: away.named,
    Intent.BANDS: bands.bands,
    Intent.HELP: about.help_,
    Intent.PRIVACY: about.privacy,
    Intent.CALENDAR: calendar.calendar,
    Intent.EXPORT: export.export,
    Intent.WATCH: watch.named,
    Intent.DELETE: about.delete,
    Intent.MAY_RUN: pain_talk.may_run,
    Intent.RESTS: _rests,
    Intent.STUDIES: exercise.studies,
    Intent.WEEK: week.week,
    Intent.DAY: week.day,
    Intent.RUNS: week.named,
    Intent.RAN_INSTEAD: week.ran_instead,
    Intent.WHY_TODAY: week.why_today,
    Intent.RACE: race.named,
    Intent.RACE_MOVED: race.moved,
    Intent.RACE_OFF: race.called_off,
    Intent.RACE_RAN: race.ran,
    Intent.RACE_PART: race.stopped_early,
    Intent.RACE_NOT_STARTED: race.not_started,
}
