"""/race: the races that shape the season, and how they went."""

import asyncio
import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.callbacks import (
    AnotherRaceTap,
    MoveThemTap,
    RaceAnswer,
    RaceMoveTap,
    RaceOffTap,
    RaceReachedTap,
    RaceTap,
    RaceWentTap,
    RankTap,
)
from bot.coach import Coach
from bot.content.texts import Texts
from bot.domain.date_words import (
    Doubt,
    Month,
    Reading,
    Word,
    is_vague,
    matching,
    read_span,
    read_until,
)
from bot.domain.intents import Intent
from bot.domain.question import Question
from bot.domain.race import Distance, Race, Rank, is_recent
from bot.domain.race_words import RaceWords, only_date, read_race, weekends_near
from bot.domain.races import Races
from bot.domain.schedule import Weekday
from bot.handlers.away import date_words
from bot.handlers.rejected import accepted, outdated
from bot.handlers.reminders import NUMBERS
from bot.handlers.request import Request, as_answer, without_ending, without_opening
from bot.services import moves, schedule
from bot.services import race as services
from bot.services.rejections import Rejected
from bot.views import race as views
from bot.views import talk as talk_views
from bot.views.screen import Screen

DAY = timedelta(days=1)
NEARLY_A_YEAR = timedelta(days=350)
RESULT = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?")
CLAUSE_END = re.compile(rf"[,;!.]|{RESULT.pattern}")
STARTED = {RaceAnswer.RAN: True, RaceAnswer.NOT_STARTED: False}


async def race(coach: Coach, request: Request) -> None:
    """Add the race that the words name, or ask for what is missing; without words, show them."""
    if not request.words:
        screen = views.races(coach.texts, await _races(coach, request))
        await coach.messenger.show(request.chat, screen)
    elif not coach.texts.words("word-off").isdisjoint(request.words.lower().split()):
        await _off(coach, request)
    elif not await several(coach, request):
        await _by_words(coach, request)


async def coming(coach: Coach, request: Request) -> bool:
    """Show the coming races; return False if there are none."""
    races = await _races(coach, request)
    if races.coming:
        await coach.messenger.show(request.chat, views.races(coach.texts, races))
    return bool(races.coming)


async def _races(coach: Coach, request: Request) -> Races:
    return await services.get(coach.db, coach.catalogue, request.runner, coach.now())


async def _by_words(coach: Coach, request: Request) -> None:
    read = _read(coach, request.words)
    has_day = read.date and not is_vague(read.date, date_words(coach.texts))
    if read.distance is not None and not has_day:
        await _ask_date(coach, request, read.distance, read.date)
        return
    today = (await _races(coach, request)).today
    await _with_date(coach, request, read, await _reading(coach, read.date, today))


async def _with_date(
    coach: Coach, request: Request, read: RaceWords, reading: Reading | None
) -> None:
    """Add the race, or ask for what is missing or unclear."""
    races = await _races(coach, request)
    if reading is None:
        await coach.messenger.show(request.chat, views.unreadable(coach.texts, request.words))
    elif read.distance is None and {race.day for race in races.coming}.intersection(reading.dates):
        await coach.messenger.show(request.chat, views.races(coach.texts, races))  # known already
    elif read.distance is None:
        day = reading.dates[0] if _is_clear(reading) else None
        if day is not None:
            await schedule.ask_distance(coach.db, request.runner, day, coach.now())
        screen = views.distances(coach.texts, "race-ask-distance", day)
        await coach.messenger.show(request.chat, screen)
    else:
        await _add_or_ask(coach, request, read.distance, reading, read.rank)


async def several(coach: Coach, request: Request) -> bool:
    """Add the races of one message: “10k on 6 Dec and a half on 14 March”.

    Return False unless there are several, each with its distance and a clear date.
    """
    texts = coach.texts
    joining = "|".join(map(re.escape, texts.words("word-race-joining")))
    parts = re.split(rf"[,;&+\n]|\b(?:{joining})\b", request.words.lower())
    reads = [_read(coach, part) for part in parts if part.strip()]
    told = set(re.findall(r"[^\W\d_]+", request.words.lower()))
    if len(reads) < 2 or "?" in request.words or told & texts.words("word-race-not-told"):
        return False
    today = (await _races(coach, request)).today
    found = []
    for read in reads:
        reading = await _spoken_date(coach, read.date, today)
        if read.distance is None or reading is None or not _is_clear(reading):
            return False
        found.append((read.distance, reading.dates[0], read.rank))
    if len(found) != len({day for _, day, _ in found}):
        return False
    for distance, day, rank in found[:-1]:
        await services.add(
            coach.db, coach.catalogue, request.runner, distance, day, coach.now(), rank
        )
    await _add(coach, request, *found[-1])
    return True


def is_told(coach: Coach, words: str) -> bool:
    """Return whether a clause names the distance of a race, with a date or as a race."""
    read = _read(coach, coach.catalogue.intents.corrected(words))
    typed = set(re.findall(r"[^\W\d_]+", words.lower()))
    is_race = not typed.isdisjoint(coach.texts.words("word-race-told"))
    is_result = not typed.isdisjoint(coach.texts.words("word-minutes"))
    filler = coach.texts.words("word-date-filler") | coach.texts.words("word-date-for")
    has_date = not is_result and not filler.issuperset(_of_date(coach, read.date).split())
    return read.distance is not None and (is_race or has_date)


def is_date(coach: Coach, words: str) -> bool:
    """Return whether the words are a date and nothing else, such as “on 11 April”."""
    of_date = _of_date(coach, words).split()
    return len(of_date) == len(words.split()) and any(word[0].isdigit() for word in of_date)


async def told(coach: Coach, request: Request) -> bool:
    """Add the races of a statement, or ask about them; return False for other words."""
    if await several(coach, request):
        return True
    if coach.catalogue.intents.read(request.words) is not Intent.RACE:
        return await guessed(coach, request)
    await named(coach, request)
    return True


def names(texts: Texts) -> dict[str, Distance]:
    return {word: each for each in Distance for word in texts.words(f"word-race-{each}")}


async def named(coach: Coach, request: Request) -> None:
    """Add the race in a sentence such as “I have a marathon on 4 April”; without one, show them."""
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    races = await _races(coach, request)
    reading = await _spoken_date(coach, read.date, races.today)
    if reading is not None:
        await _with_date(coach, request, read, reading)
        return
    meant = _meant(races, read.distance)
    period = _of_date(coach, read.date)
    if read.distance and (is_vague(period, date_words(coach.texts)) or not races.coming):
        await _ask_date(coach, request, read.distance, period)
        return
    if read.rank and len(meant) == 1 and "?" not in request.words:
        changed = await services.set_rank(
            coach.db, coach.catalogue, request.runner, meant[0].id, read.rank, coach.now()
        )
        races = races if isinstance(changed, Rejected) else changed
    await coach.messenger.show(request.chat, views.races(coach.texts, races))


async def guessed(coach: Coach, request: Request) -> bool:
    """Ask about the race in a sentence without another meaning; return False if it has none.

    “Running the London Marathon on 25 April” may be about a friend, so the race is added by a tap.
    After a distance alone, the coach asks for the date.
    """
    typed = set(re.findall(r"[^\W\d_]+", re.sub("['’]", "", request.words.lower())))
    texts = coach.texts
    if (distance := _distance_alone(coach, request.words)) is not None:
        await _ask_date(coach, request, distance)
        return True
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    others = ("word-race-not-told", "word-run-easy", "word-run-long")
    if any(typed & texts.words(message) for message in others):
        return False
    when = _of_date(coach, read.date)
    today = (await _races(coach, request)).today
    reading = None if "?" in request.words else await _reading(coach, when, today)
    spoken = " ".join(request.words.lower().split())
    is_planned = any(phrase in spoken for phrase in texts.words("word-race-planned"))
    if reading is not None and read.distance is not None:
        is_told = not typed.isdisjoint(texts.words("word-race-told"))
        ask = views.which_date if is_told else views.guess
        await _ask_which(coach, request, read.distance, reading.dates, ask)
    elif reading is None and read.distance and (is_planned or _is_period(texts, typed, when)):
        await _ask_date(coach, request, read.distance, when)
    elif typed.isdisjoint(texts.words("word-race-told")):
        return False
    elif reading is not None:
        await _with_date(coach, request, read, reading)
    else:
        return False
    return True


def _is_period(texts: Texts, typed: set[str], when: str) -> bool:
    """Return whether a race may be in the week or the month of the words.

    A distance in a week is training, unless a race is named.
    """
    words = date_words(texts)
    is_told = not typed.isdisjoint(texts.words("word-race-told"))
    names_month = any(isinstance(words.meanings.get(word), Month) for word in when.split())
    return is_vague(when, words) and (is_told or names_month)


def _distance_alone(coach: Coach, words: str) -> Distance | None:
    """Return the distance of a race if the words say nothing else."""
    read = _read(coach, coach.catalogue.intents.corrected(words))
    left = set(read.date.strip(" .!").split()) - coach.texts.words("word-date-filler")
    return None if left else read.distance


def _meant(races: Races, distance: Distance | None) -> tuple[Race, ...]:
    """Return the coming races of the distance; if there are none, or it is unknown, all of them."""
    return tuple(race for race in races.coming if race.distance is distance) or races.coming


async def moved(coach: Coach, request: Request) -> None:
    """Change the date of the race in a sentence such as “my race was moved to 11 April”.

    “Change my race to 10k” is asked about as another distance.
    """
    if await distance_corrected(coach, request):
        return
    races = await _races(coach, request)
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    meant = _meant(races, read.distance)
    if not meant:
        await coach.messenger.show(request.chat, views.none_to_forget(coach.texts))
        return
    reading = await _spoken_date(coach, read.date, races.today)
    if len(meant) == 1:
        await _move(coach, request, meant[0], reading)
        return
    day = reading.dates[0] if reading is not None and _is_clear(reading) else None
    await coach.messenger.show(request.chat, views.which_moved(coach.texts, meant, day))


async def corrected(coach: Coach, request: Request) -> bool:
    """Ask which race moves to the date of a correction: “no, 11 April”; False for other words."""
    typed = " ".join(as_answer(request.words).replace(",", " ").split())
    opening, typed = without_opening(typed, coach.texts.words("word-race-correction"))
    is_end = typed.partition(" ")[0] in coach.texts.words("word-date-until") - {"to"}
    if not opening or is_end:
        return False
    races = await _races(coach, request)
    if not races.coming:
        return False
    reading = await _reading(coach, typed, races.today)
    if reading is None or not _is_clear(reading):
        return False
    screen = views.which_moved(coach.texts, races.coming, reading.dates[0])
    await coach.messenger.show(request.chat, screen)
    return True


async def distance_corrected(coach: Coach, request: Request) -> bool:
    """Ask which race has the distance of a correction: “it's a 10k, not a half”.

    Return False for other words, such as those with a date.
    """
    texts, typed = coach.texts, request.words.lower().replace("’", "'")
    but, nots = (
        "|".join(map(re.escape, sorted(texts.words(message), key=len, reverse=True)))
        for message in ("word-race-but", "word-race-denied")
    )
    parts = re.split(rf"[,;]|(?=\b(?:{nots})\b)|\b(?:{but})\b", typed)
    reads = [_read(coach, part) for part in parts]
    found = {
        read.distance: bool(re.match(nots, part)) for read, part in zip(reads, parts, strict=True)
    }
    denied = {distance for distance, is_denied in found.items() if distance and is_denied}
    meant = set(found) - denied - {None}
    races = await _races(coach, request)
    days = [race.day for race in races.coming if not denied or race.distance in denied]
    opening, _ = without_opening(typed.replace(",", " "), texts.words("word-race-correction"))
    changes = not texts.words("word-race-changes").isdisjoint(re.findall(r"\w+", typed))
    if len(meant) != 1 or not days or not (denied or opening or changes):
        return False
    if any([await _spoken_date(coach, read.date, races.today) for read in reads]):
        return False
    screen = views.which_changed(texts, next(filter(None, meant)), days)
    await coach.messenger.show(request.chat, screen)
    return True


async def _move(coach: Coach, request: Request, race: Race, reading: Reading | None) -> None:
    """Move the race to the date, or ask for the date."""
    if reading is not None and _is_clear(reading):
        changed = await services.move(
            coach.db, coach.catalogue, request.runner, race.id, reading.dates[0], coach.now()
        )
        if not isinstance(changed, Rejected):
            await schedule.leave_days(coach.db, request.runner)
            await coach.messenger.show(request.chat, views.races(coach.texts, changed))
            return
    await schedule.ask_race(coach.db, request.runner, race.distance, coach.now(), race.id)
    await coach.messenger.show(request.chat, views.which_new_date(coach.texts))


def _is_clear(reading: Reading) -> bool:
    return reading.doubt in (None, Doubt.FAR)


def _read(coach: Coach, words: str) -> RaceWords:
    """Read a race in the words, where “first marathon” and “sub 4” are no parts of its date."""
    texts = coach.texts
    goal, hours = ("|".join(texts.words(each)) for each in ("word-race-goal", "word-hours"))
    words = re.sub(rf"\b(?:{goal})\b[ -]?\d[\d:.]*(?:\s*(?:{hours}|h)\b)?", "", words.lower())
    distance = "|".join(map(re.escape, names(texts)))
    ordinal = "|".join(texts.words("word-race-ordinal"))
    words = re.sub(rf"\b(?:{ordinal})\s+(?=\d|(?:{distance})\b)", "", words)
    ranks = {word: each for each in Rank for word in texts.words(f"word-rank-{each}")}
    return read_race(words, names(texts), ranks)


async def _spoken_date(coach: Coach, words: str, today: date) -> Reading | None:
    """Return the dates in the words of a sentence; None: it has none."""
    left = _of_date(coach, words).split()
    reading = None
    while reading is None and left:
        reading = await _reading(coach, " ".join(left), today)
        del left[:1]
    return reading


def _of_date(coach: Coach, words: str) -> str:
    """Return the words of a sentence that may be part of a date."""
    texts, vocabulary = coach.texts, date_words(coach.texts)
    at = "|".join(map(re.escape, texts.words("word-clock")))
    words = re.sub(rf"\b(?:{at})\s+\d{{1,2}}(?:[:.]\d\d)?(?!\S*[\d/])", " ", words)
    units = _rough(texts) | texts.words("word-days") | texts.words("word-once-tomorrow")
    numbers = {word: str(n) for n in NUMBERS for word in texts.words(f"word-number-{n}")}
    known = {word for phrase in vocabulary.meanings for word in phrase.split()} | units
    left = only_date(words, known | numbers.keys()).split()
    return " ".join(numbers.get(word, word) for word in left)


def _rough(texts: Texts) -> frozenset[str]:
    """Return the units that give the date of a race only roughly."""
    return texts.words("word-weeks") | texts.words("word-months") | texts.words("word-fortnight")


async def _reading(coach: Coach, words: str, today: date) -> Reading | None:
    """Return the dates that the words may mean; a race may be today.

    A number of weeks means the weekends near that date. A month alone means no date.
    """
    vocabulary = date_words(coach.texts)
    if is_vague(words, vocabulary):
        return None
    is_weekend = Word.WEEKEND in map(vocabulary.meanings.get, words.split())
    if is_weekend and (span := read_span(words, today, vocabulary)):
        days = tuple(span[0] + number * DAY for number in range((span[1] - span[0]).days))
        return Reading(days, Doubt.WHICH)
    if vocabulary.meanings.get(words) is Word.TODAY:
        return Reading((today,))
    if words in coach.texts.words("word-yesterday"):
        return Reading((today - DAY,))
    reading = await asyncio.to_thread(read_until, words, today, vocabulary)
    if reading is not None and reading.dates[0] > today + NEARLY_A_YEAR:
        earlier = await asyncio.to_thread(read_until, words, today - DAY, vocabulary)
        if earlier is not None and earlier.dates[0] == today:
            return Reading((today,))
    typed = words.split()
    is_rough = not _rough(coach.texts).isdisjoint(typed)
    if reading is None or len(reading.dates) > 1 or not is_rough:
        return reading
    if any(isinstance(vocabulary.meanings.get(word), Weekday) for word in typed):
        return reading
    return Reading(weekends_near(reading.dates[0]), Doubt.WHICH)


async def _add_or_ask(
    coach: Coach, request: Request, distance: Distance, reading: Reading, rank: Rank | None = None
) -> None:
    """Add a race; if the date is ambiguous, or has just passed, ask which one is meant."""
    today = (await _races(coach, request)).today
    earlier = (_a_year_before(day) for day in reading.dates)
    over = tuple(day for day in earlier if day < today and is_recent(distance, day, today))
    if over or not _is_clear(reading):
        await _ask_which(coach, request, distance, (*over, *reading.dates))
        return
    await _add(coach, request, distance, reading.dates[0], rank)


def _a_year_before(day: date) -> date:
    """Return the same day a year earlier, or for 29 February the day before."""
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


async def _ask_date(coach: Coach, request: Request, distance: Distance, period: str = "") -> None:
    """Ask for the date; `period`: the words for a month or so that it is in, if they are known."""
    filler = coach.texts.words("word-date-filler") | coach.texts.words("word-date-for")
    period = " ".join(word for word in period.split() if word not in filler)
    await schedule.ask_race(coach.db, request.runner, distance, coach.now(), period=period)
    await coach.messenger.show(request.chat, views.ask_date(coach.texts, distance))


async def _ask_which(
    coach: Coach,
    request: Request,
    distance: Distance,
    days: tuple[date, ...],
    ask: Callable[[Texts, Distance, tuple[date, ...]], Screen] = views.which_date,
) -> None:
    """Ask which of the dates is meant; it may be tapped or typed."""
    await schedule.ask_race(coach.db, request.runner, distance, coach.now(), days=days)
    await coach.messenger.show(request.chat, ask(coach.texts, distance, days))


async def _chosen(coach: Coach, request: Request, question: Question) -> bool:
    """Add the race on the date of the question that the words choose, or ask again if several fit.

    Return False if they choose none.
    """
    words, days = as_answer(request.words), question.race_days
    if words in coach.texts.words("word-no"):
        await schedule.leave_days(coach.db, request.runner)
        await coach.messenger.show(request.chat, talk_views.nothing_changed(coach.texts))
        return True
    meant = matching(days, words, date_words(coach.texts))
    if words in coach.texts.words("word-yes"):
        meant = days
    if question.race is None or not meant:
        return False
    if len(meant) == 1:
        await _add(coach, request, question.race, meant[0])
    else:
        await _ask_which(coach, request, question.race, meant)
    return True


async def answered(coach: Coach, request: Request, question: Question) -> bool:
    """Handle typed words as the date or the distance of a race that was asked for.

    Return False if that question is not open or the words do not answer it.
    """
    if question.race_day is not None:
        distance = _distance_alone(coach, request.words)
        if distance is not None:
            await _add(coach, request, distance, question.race_day)
        return distance is not None
    if question.race is None:
        return False
    if question.race_days and await _chosen(coach, request, question):
        return True
    if as_answer(request.words) in coach.texts.words("word-no"):
        await schedule.leave_days(coach.db, request.runner)
        screen = views.races(coach.texts, await _races(coach, request))
        await coach.messenger.show(request.chat, screen)
        return True
    words = as_answer(request.words)
    _, words = without_opening(words, coach.texts.words("word-race-date-opening"))
    races = await _races(coach, request)
    within = f"{words} {question.period}" if question.period else words
    reading = await _reading(coach, within, races.today)
    reading = reading or await _reading(coach, words, races.today)
    if reading is None and not is_vague(words, date_words(coach.texts)):
        return False
    moves = next((race for race in races.coming if race.id == question.moves), None)
    if moves is not None:
        await _move(coach, request, moves, reading)
    elif reading is None:
        await _ask_date(coach, request, question.race, words)
    else:
        await _add_or_ask(coach, request, question.race, reading)
    return True


async def _off(coach: Coach, request: Request) -> None:
    """Forget the coming race that the words name; ask which one unless exactly one fits."""
    races = await _races(coach, request)
    read = _read(coach, coach.catalogue.intents.corrected(request.words))
    reading = await _spoken_date(coach, read.date, races.today)
    days = reading.dates if reading else ()
    meant = [race for race in races.coming if read.distance in (None, race.distance)]
    meant = [race for race in meant if race.day in days] or meant
    if not races.coming:
        await coach.messenger.show(request.chat, views.none_to_forget(coach.texts))
    elif len(meant) == 1:
        await _remove(coach, request, meant[0].id)
    else:
        await coach.messenger.show(request.chat, views.which_off(coach.texts, races))


async def called_off(coach: Coach, request: Request) -> None:
    """Forget the coming race; a past one without an answer is stored as not started."""
    races = await _races(coach, request)
    if races.coming or races.unanswered is None:
        await _off(coach, request)
    else:
        await not_started(coach, request)


async def ran(coach: Coach, request: Request) -> None:
    """Store that a race was run; if it was not known, it is first added."""
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
    """Take short words as an answer to how the last race went; return False for others.

    Of several clauses the first counts; a time alone, such as 1:52, means that it was run.
    """
    typed, texts = as_answer(request.words), coach.texts
    if RESULT.fullmatch(typed):
        return await _went(coach, request, RaceAnswer.RAN)
    clause, _ = without_ending(CLAUSE_END.split(typed)[0].strip(), texts.words("word-date-for"))
    words = {typed, clause}
    answer = next((it for it in RaceAnswer if words & texts.words(f"word-went-{it}")), None)
    return answer is not None and await _went(coach, request, answer)


async def _told(coach: Coach, request: Request, answer: RaceAnswer) -> None:
    if not await _went(coach, request, answer):
        await coach.messenger.show(request.chat, views.none_over(coach.texts, answer))


async def _went(coach: Coach, request: Request, answer: RaceAnswer) -> bool:
    """Store how the latest race went, or ask how far; return False if there is none."""
    race = (await _races(coach, request)).unanswered
    if race is None:
        return False
    if answer is RaceAnswer.PART:
        await coach.messenger.show(request.chat, views.how_far(coach.texts, race))
    else:
        await _answer(coach, request, race.id, answer, started=STARTED[answer], reached=None)
    return True


async def them_tapped(coach: Coach, request: Request, tap: MoveThemTap) -> None:
    """Move the sessions that collide with a race."""
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
    """Set whether a race is the main one, or only a training run."""
    outcome = await services.set_rank(
        coach.db, coach.catalogue, request.runner, tap.race, tap.rank, coach.now()
    )
    changed = accepted(request, outcome)
    await coach.messenger.answer(request.query, coach.texts.plain("toast-saved"))
    screen = views.races(coach.texts, changed)
    await coach.messenger.replace(request.chat, request.message_id, screen)


async def another_tapped(coach: Coach, request: Request, _tap: AnotherRaceTap) -> None:
    """Ask for the distance of one more race."""
    await coach.messenger.answer(request.query)
    await coach.messenger.show(request.chat, views.distances(coach.texts, "race-another", None))


async def move_tapped(coach: Coach, request: Request, tap: RaceMoveTap) -> None:
    """Move the race that was tapped, or ask to which date."""
    races = await _races(coach, request)
    race = next((race for race in races.coming if race.id == tap.race), None)
    if race is None:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await _move(coach, request, race, Reading((tap.day,)) if tap.day else None)
    await coach.messenger.strip(request.chat, request.message_id)


async def off_tapped(coach: Coach, request: Request, tap: RaceOffTap) -> None:
    await _remove(coach, request, tap.race)
    await coach.messenger.strip(request.chat, request.message_id)


async def went_tapped(coach: Coach, request: Request, tap: RaceWentTap) -> None:
    """Store how a race went; if it was not finished, ask how far."""
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
