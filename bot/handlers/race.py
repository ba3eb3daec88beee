"""/race: the races that make the season, and how they went."""

import asyncio
from datetime import date

from bot.callbacks import (
    RaceAnswer,
    RaceOffTap,
    RaceReachedTap,
    RaceTap,
    RaceWentTap,
    RankTap,
)
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.date_words import Doubt, Reading, Word, read_until
from bot.domain.question import Question
from bot.domain.race import Distance
from bot.domain.race_words import read_race
from bot.domain.races import Races
from bot.handlers import rejected
from bot.handlers.away import date_words
from bot.handlers.request import Request, as_answer
from bot.services import race as services
from bot.services import schedule
from bot.services.rejections import Rejected
from bot.views import race as views

STARTED = {RaceAnswer.RAN: True, RaceAnswer.NOT_STARTED: False}


async def race(coach: Coach, request: Request) -> None:
    """Add the race that the words name, or ask for what is missing; without words, show them."""
    if not request.words:
        await coach.messenger.show(
            request.chat, views.races(coach.texts, await _races(coach, request))
        )
    elif request.words.lower() in coach.texts.words("word-off"):
        await _off(coach, request)
    else:
        await _by_words(coach, request)


async def _races(coach: Coach, request: Request) -> Races:
    return await services.get(coach.db, coach.catalogue, request.runner, coach.now())


async def _by_words(coach: Coach, request: Request) -> None:
    read = read_race(request.words, names(coach.texts))
    if not read.date and read.distance is not None:
        await _ask_date(coach, request, read.distance)
        return
    reading = await _reading(coach, request, read.date)
    if reading is None:
        await coach.messenger.show(request.chat, views.unreadable(coach.texts, request.words))
    elif read.distance is None:
        screen = views.distances(coach.texts, "race-none", reading.dates[0])
        await coach.messenger.show(request.chat, screen)
    else:
        await _add_or_ask(coach, request, read.distance, reading)


def names(texts: Texts) -> dict[str, Distance]:
    return {word: each for each in Distance for word in texts.words(f"word-race-{each}")}


async def _reading(coach: Coach, request: Request, words: str) -> Reading | None:
    """Return the dates that the words may mean; a race may be today."""
    today = (await _races(coach, request)).today
    vocabulary = date_words(coach.texts)
    if vocabulary.meanings.get(words) is Word.TODAY:
        return Reading((today,))
    return await asyncio.to_thread(read_until, words, today, vocabulary)


async def _add_or_ask(coach: Coach, request: Request, distance: Distance, reading: Reading) -> None:
    """Add a race; if several dates may be meant, or a past one, ask which."""
    if reading.sure is None and reading.doubt is not Doubt.FAR:
        await coach.messenger.show(request.chat, views.which_date(coach.texts, distance, reading))
        return
    await _add(coach, request, distance, reading.dates[0])


async def _add(coach: Coach, request: Request, distance: Distance, day: date) -> None:
    added = await services.add(
        coach.db, coach.catalogue, request.runner, distance, day, coach.now()
    )
    await schedule.leave_days(coach.db, request.runner)
    await coach.messenger.answer(request.query)
    if isinstance(added, Rejected):
        await coach.messenger.show(request.chat, views.refused(coach.texts))
        return
    await coach.messenger.show(request.chat, views.races(coach.texts, added))


async def _ask_date(coach: Coach, request: Request, distance: Distance) -> None:
    await schedule.ask_race(coach.db, request.runner, distance, coach.now())
    await coach.messenger.show(request.chat, views.ask_date(coach.texts, distance))


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as the date of a race that was asked for.

    Return False if that question is not open or the words do not answer it.
    """
    if question.race is None:
        return False
    if as_answer(request.words) in coach.texts.words("word-no"):
        await schedule.leave_days(coach.db, request.runner)
        screen = views.races(coach.texts, await _races(coach, request))
        await coach.messenger.show(request.chat, screen)
        return True
    reading = await _reading(coach, request, as_answer(request.words))
    if reading is None:
        return False
    await _add_or_ask(coach, request, question.race, reading)
    return True


async def _off(coach: Coach, request: Request) -> None:
    """Forget the coming race; of several, ask which."""
    races = await _races(coach, request)
    if not races.coming:
        await coach.messenger.show(request.chat, views.none_to_forget(coach.texts))
    elif len(races.coming) > 1:
        await coach.messenger.show(request.chat, views.which_off(coach.texts, races))
    else:
        await _remove(coach, request, races.coming[0].id)


async def _remove(coach: Coach, request: Request, race: int) -> bool:
    left = await services.remove(coach.db, coach.catalogue, request.runner, race, coach.now())
    if isinstance(left, Rejected):
        await rejected.show(coach, request, left)
        return False
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, views.off(coach.texts, left))
    return True


async def race_tapped(coach: Coach, request: Request, tap: RaceTap) -> None:
    """Add a race of the tapped distance, or ask for its date."""
    if tap.date is None:
        await coach.messenger.answer(request.query)
        await _ask_date(coach, request, tap.distance)
    else:
        await _add(coach, request, tap.distance, tap.date)
    await coach.messenger.strip(request.chat, request.message_id)


async def rank_tapped(coach: Coach, request: Request, tap: RankTap) -> None:
    """Say which race counts, or that one is only a training run."""
    changed = await services.set_rank(
        coach.db, coach.catalogue, request.runner, tap.race, tap.rank, coach.now()
    )
    if isinstance(changed, Rejected):
        await rejected.show(coach, request, changed)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    screen = views.races(coach.texts, changed)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def off_tapped(coach: Coach, request: Request, tap: RaceOffTap) -> None:
    if await _remove(coach, request, tap.race):
        await coach.messenger.strip(request.chat, request.message_id)


async def went_tapped(coach: Coach, request: Request, tap: RaceWentTap) -> None:
    """Store how a race went; one that was not finished is asked about further."""
    if tap.answer is RaceAnswer.PART:
        races = [race for race in (await _races(coach, request)).races if race.id == tap.race]
        if races:
            await coach.messenger.answer(request.query)
            screen = views.how_far(coach.texts, races[0])
            await coach.messenger.replace(request.chat, request.message_id, screen)
            return
    started = STARTED.get(tap.answer, False)
    await _answer(coach, request, tap.race, tap.answer, started=started, reached=None)


async def reached_tapped(coach: Coach, request: Request, tap: RaceReachedTap) -> None:
    await _answer(coach, request, tap.race, RaceAnswer.PART, started=True, reached=tap.reached)


async def _answer(
    coach: Coach,
    request: Request,
    race: int,
    answer: RaceAnswer,
    *,
    started: bool,
    reached: Distance | None,
) -> None:
    stored = await services.answer(
        coach.db,
        coach.catalogue,
        request.runner,
        race,
        coach.now(),
        started=started,
        reached=reached,
    )
    if isinstance(stored, Rejected):
        await rejected.show(coach, request, stored)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    screen = views.answered(coach.texts, stored, answer)
    await coach.messenger.replace(request.chat, request.message_id, screen)
