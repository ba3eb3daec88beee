"""/race: the races that make the season, and how they went."""

import asyncio
from datetime import date, timedelta

from bot.callbacks import (
    MoveThemTap,
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
from bot.domain.race import Distance, Rank, is_recent
from bot.domain.race_words import RaceWords, only_date, read_race, weekends_near
from bot.domain.races import Races
from bot.handlers.away import date_words
from bot.handlers.rejected import accepted
from bot.handlers.reminders import NUMBERS
from bot.handlers.request import Request, as_answer
from bot.services import moves, schedule
from bot.services import race as services
from bot.services.rejections import Rejected
from bot.views import race as views

DAY = timedelta(days=1)
NEARLY_A_YEAR = timedelta(days=350)
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
    read = _read(coach, request.words)
    if not read.date and read.distance is not None:
        await _ask_date(coach, request, read.distance)
        return
    await _with_date(coach, request, read, await _reading(coach, request, read.date))


async def _with_date(
    coach: Coach, request: Request, read: RaceWords, reading: Reading | None
) -> None:
    """Add the race, or ask for what is missing or not clear."""
    if reading is None:
        await coach.messenger.show(request.chat, views.unreadable(coach.texts, request.words))
    elif read.distance is None:
        screen = views.distances(coach.texts, "race-none", reading.dates[0])
        await coach.messenger.show(request.chat, screen)
    else:
        await _add_or_ask(coach, request, read.distance, reading, read.rank)


def names(texts: Texts) -> dict[str, Distance]:
    return {word: each for each in Distance for word in texts.words(f"word-race-{each}")}


async def named(coach: Coach, request: Request) -> None:
    """Add the race in a sentence such as “I have a marathon on 4 April”; without one, show them."""
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    reading = await _spoken_date(coach, request, read.date)
    if reading is not None:
        await _with_date(coach, request, read, reading)
        return
    races = await _races(coach, request)
    if read.distance is None or races.coming:
        await coach.messenger.show(request.chat, views.races(coach.texts, races))
    else:
        await _ask_date(coach, request, read.distance)


async def moved(coach: Coach, request: Request) -> None:
    """Change the date of the race in a sentence such as “my race was moved to 11 April”."""
    races = await _races(coach, request)
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    meant = [race for race in races.coming if race.distance is read.distance] or races.coming
    if not meant:
        await coach.messenger.show(request.chat, views.none_to_forget(coach.texts))
        return
    reading = await _spoken_date(coach, request, read.date)
    if reading is None or (reading.sure is None and reading.doubt is not Doubt.FAR):
        await coach.messenger.show(request.chat, views.which_new_date(coach.texts))
        return
    race = races.main if races.main in meant else meant[0]
    assert race is not None
    changed = await services.move(
        coach.db, coach.catalogue, request.runner, race.id, reading.dates[0], coach.now()
    )
    screen = views.which_new_date(coach.texts)
    if not isinstance(changed, Rejected):
        screen = views.races(coach.texts, changed)
    await coach.messenger.show(request.chat, screen)


def _read(coach: Coach, words: str) -> RaceWords:
    texts = coach.texts
    ranks = {word: each for each in Rank for word in texts.words(f"word-rank-{each}")}
    return read_race(words, names(texts), ranks)


async def _spoken_date(coach: Coach, request: Request, words: str) -> Reading | None:
    """Return the dates in the words of a sentence; None: it has none.

    A number of weeks says only roughly when, so that the weekends near it are asked about.
    """
    texts, vocabulary = coach.texts, date_words(coach.texts)
    rough = texts.words("word-weeks") | texts.words("word-months")
    units = rough | texts.words("word-days") | texts.words("word-once-tomorrow")
    numbers = {word: str(n) for n in NUMBERS for word in texts.words(f"word-number-{n}")}
    known = {word for phrase in vocabulary.meanings for word in phrase.split()} | units
    left = only_date(words, known | numbers.keys()).split()
    left = [numbers.get(word, word) for word in left]
    reading = None
    while reading is None and left:
        reading = await _reading(coach, request, " ".join(left))
        del left[:1]
    if reading is None or len(reading.dates) > 1 or rough.isdisjoint(words.split()):
        return reading
    return Reading(weekends_near(reading.dates[0]), Doubt.WHICH)


async def _reading(coach: Coach, request: Request, words: str) -> Reading | None:
    """Return the dates that the words may mean; a race may be today."""
    today = (await _races(coach, request)).today
    vocabulary = date_words(coach.texts)
    if vocabulary.meanings.get(words) is Word.TODAY:
        return Reading((today,))
    if words in coach.texts.words("word-yesterday"):
        return Reading((today - DAY,))
    reading = await asyncio.to_thread(read_until, words, today, vocabulary)
    if reading is not None and reading.dates[0] > today + NEARLY_A_YEAR:
        earlier = await asyncio.to_thread(read_until, words, today - DAY, vocabulary)
        if earlier is not None and earlier.dates[0] == today:
            return Reading((today,))
    return reading


async def _add_or_ask(
    coach: Coach,
    request: Request,
    distance: Distance,
    reading: Reading,
    rank: Rank | None = None,
) -> None:
    """Add a race; if several dates may be meant, or one that is just over, ask which."""
    today = (await _races(coach, request)).today
    earlier = (_a_year_before(day) for day in reading.dates)
    over = tuple(day for day in earlier if day < today and is_recent(distance, day, today))
    if over or (reading.sure is None and reading.doubt is not Doubt.FAR):
        screen = views.which_date(coach.texts, distance, (*over, *reading.dates))
        await coach.messenger.show(request.chat, screen)
        return
    await _add(coach, request, distance, reading.dates[0], rank)


def _a_year_before(day: date) -> date:
    """Return the same day of the year before, or the one before a leap day."""
    return day.replace(year=day.year - 1, day=day.day - ((day.month, day.day) == (2, 29)))


async def _add(
    coach: Coach, request: Request, distance: Distance, day: date, rank: Rank | None = None
) -> None:
    added = await services.add(
        coach.db, coach.catalogue, request.runner, distance, day, coach.now(), rank
    )
    await schedule.leave_days(coach.db, request.runner)
    await coach.messenger.answer(request.query)
    if isinstance(added, Rejected):
        await coach.messenger.show(request.chat, views.refused(coach.texts))
        return
    over = next((race for race in added.races if race.day == day < added.today), None)
    screen = views.question(coach.texts, over) if over else views.races(coach.texts, added)
    await coach.messenger.show(request.chat, screen)


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


async def called_off(coach: Coach, request: Request) -> None:
    """Forget the coming race; one that is over without an answer counts as not started."""
    races = await _races(coach, request)
    if races.coming or races.unanswered is None:
        await _off(coach, request)
    else:
        await not_started(coach, request)


async def ran(coach: Coach, request: Request) -> None:
    """Store that a race was run; one of yesterday that is not known is added first."""
    distance = _read(coach, coach.catalogue.intents.corrected(request.words)).distance
    typed = request.words.lower().rstrip(" .!").split()
    is_yesterday = not coach.texts.words("word-yesterday").isdisjoint(typed)
    races = await _races(coach, request)
    day = races.today - DAY
    if distance and is_yesterday and all(race.day != day for race in races.races):
        await services.add(coach.db, coach.catalogue, request.runner, distance, day, coach.now())
    await _told(coach, request, RaceAnswer.RAN)


async def not_started(coach: Coach, request: Request) -> None:
    await _told(coach, request, RaceAnswer.NOT_STARTED)


async def stopped_early(coach: Coach, request: Request) -> None:
    await _told(coach, request, RaceAnswer.PART)


async def went_typed(coach: Coach, request: Request) -> bool:
    """Take short words for how the race went that is over; return False for others."""
    words, texts = as_answer(request.words), coach.texts
    answer = next((one for one in RaceAnswer if words in texts.words(f"word-went-{one}")), None)
    return answer is not None and await _went(coach, request, answer)


async def _told(coach: Coach, request: Request, answer: RaceAnswer) -> None:
    if not await _went(coach, request, answer):
        await coach.messenger.show(request.chat, views.none_over(coach.texts, answer))


async def _went(coach: Coach, request: Request, answer: RaceAnswer) -> bool:
    """Store how the race went that is just over, or ask how far; return False if none is over."""
    race = (await _races(coach, request)).unanswered
    if race is None:
        return False
    if answer is RaceAnswer.PART:
        await coach.messenger.show(request.chat, views.how_far(coach.texts, race))
    else:
        await _answer(coach, request, race.id, answer, started=STARTED[answer], reached=None)
    return True


async def them_tapped(coach: Coach, request: Request, tap: MoveThemTap) -> None:
    """Move the sessions that a race is in the way of."""
    outcome = await moves.move_them(
        coach.db, coach.catalogue, request.runner, tap.digest, coach.now()
    )
    moved = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    await coach.messenger.show(request.chat, views.moved(coach.texts, moved))
    await coach.messenger.strip(request.chat, request.message_id)


async def _remove(coach: Coach, request: Request, race: int) -> None:
    removed = await services.remove(coach.db, coach.catalogue, request.runner, race, coach.now())
    left = accepted(request, removed)
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, views.off(coach.texts, left))


async def race_tapped(coach: Coach, request: Request, tap: RaceTap) -> None:
    """Add a race of the tapped distance, or ask for its date."""
    if tap.day is None:
        await coach.messenger.answer(request.query)
        await _ask_date(coach, request, tap.distance)
    else:
        await _add(coach, request, tap.distance, tap.day)
    await coach.messenger.strip(request.chat, request.message_id)


async def rank_tapped(coach: Coach, request: Request, tap: RankTap) -> None:
    """Say which race counts, or that one is only a training run."""
    outcome = await services.set_rank(
        coach.db, coach.catalogue, request.runner, tap.race, tap.rank, coach.now()
    )
    changed = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    screen = views.races(coach.texts, changed)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def off_tapped(coach: Coach, request: Request, tap: RaceOffTap) -> None:
    await _remove(coach, request, tap.race)
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
    outcome = await services.answer(
        coach.db,
        coach.catalogue,
        request.runner,
        race,
        coach.now(),
        started=started,
        reached=reached,
    )
    stored = accepted(request, outcome)
    screen = views.answered(coach.texts, stored, answer)
    if request.query is None:
        await coach.messenger.show(request.chat, screen)
        return
    await coach.messenger.answer(request.query, coach.texts.plain("toast-noted"))
    await coach.messenger.replace(request.chat, request.message_id, screen)
