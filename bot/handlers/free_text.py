"""Free text, and all messages that are no command of this bot."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from telegram import Message

from bot.callbacks import EVERY_WEEK, THIS_WEEK, Part, SecondTap
from bot.coach import Coach
from bot.domain import warning_signs
from bot.domain.frozen import frozen
from bot.domain.intents import PASSING, Intent
from bot.domain.own_routine import OpenDraft
from bot.domain.pain_words import CLAUSE
from bot.domain.question import Question
from bot.domain.session import Move, Phase, Rating, StoredSession
from bot.domain.timer import Stage
from bot.handlers import (
    away,
    bands,
    bring_back,
    exercise,
    first_questions,
    gate,
    intents,
    listening,
    own_routines,
    pain,
    pain_questions,
    pain_talk,
    place,
    race,
    reminder_answers,
    reminders,
    routine,
    run_plan,
    screening,
    single_days,
    start,
    statements,
    swaps,
    training,
    week,
)
from bot.handlers import rating as rating_handlers
from bot.handlers.rejected import outdated
from bot.handlers.request import (
    LONGEST_ANSWER,
    Request,
    as_answer,
    is_command,
    reply,
    without_courtesy,
    without_opening,
)
from bot.services import own_routines as own_services
from bot.services import schedule
from bot.services import training as training_services
from bot.views import exercise as exercise_views
from bot.views import talk as views

TIME_OF_DAY = re.compile(r"\d[:.]\d\d|\d\s*[ap]\.?m\b", re.IGNORECASE)
RATINGS = {Rating.EASY: "word-easy", Rating.RIGHT: "word-right", Rating.HARD: "word-hard"}

COMMANDS: Mapping[str, Callable[[Coach, Request], Awaitable[None]]] = {
    "away": away.named,
    "race": race.race,
    "routine": routine.routine,
    "timezone": place.timezone,
    "week": week.week,
}
PARTS = {
    Part.HOW: "word-how",
    Part.WHY: "word-why",
    Part.MUSCLES: "word-muscles",
    Part.MISTAKES: "word-mistakes",
    Part.LEVELS: "word-levels",
}
# Words with another meaning outside a session.
IN_SESSION = {Move.PAUSE: "word-session-pause", Move.STOP: "word-session-stop"}
# What is read of a whole message alone: a part of it may be another's race.
WHOLE = frozenset({Intent.LANGUAGE, Intent.RACE})
MANY_PARTS = 2  # of a message of which only one is understood
FRESH = timedelta(minutes=1)
WEEKS = {THIS_WEEK: "reminders-this-week", EVERY_WEEK: "reminders-every-week"}
LET_US = "word-session-begin"  # begins a session that is ready; otherwise it asks for one


@frozen
class Typed:
    """What a runner typed, with the session, the coach's question and the draft of a routine that
    were open then.

    `answer` are the words as they are compared with short answers.
    """

    request: Request
    answer: str
    stored: StoredSession | None
    question: Question
    draft: OpenDraft | None

    @property
    def words(self) -> str:
        return self.request.words

    @property
    def is_under_way(self) -> bool:
        """Whether a session was under way."""
        return self.stored is not None and self.stored.session.is_under_way


Reader = Callable[[Coach, Typed], Awaitable[bool]]


def _plain(handle: Callable[[Coach, Request], Awaitable[bool]]) -> Reader:
    """Return the reader that passes the request on, whatever is open."""
    return lambda coach, typed: handle(coach, typed.request)


def _outside_sessions(handle: Callable[[Coach, Request], Awaitable[bool]]) -> Reader:
    """Return the reader that passes the request on unless a session is under way."""

    async def understands(coach: Coach, typed: Typed) -> bool:
        return not typed.is_under_way and await handle(coach, typed.request)

    return understands


def _if_nothing_is_open(handle: Callable[[Coach, Request], Awaitable[bool]]) -> Reader:
    """Return the reader that passes the request on where no session and no question is open."""

    async def understands(coach: Coach, typed: Typed) -> bool:
        is_open = typed.stored is not None or typed.question.is_open
        return not is_open and await handle(coach, typed.request)

    return understands


def _short(handle: Callable[[Coach, Request, str], Awaitable[bool]]) -> Reader:
    """Return the reader that passes the request on with the words as a short answer."""
    return lambda coach, typed: handle(coach, typed.request, typed.answer)


async def words(coach: Coach, request: Request) -> None:
    """Let the first of READERS that understands the words handle them."""
    if not request.words:
        await only_words(coach, request)
        return
    stored = await training_services.current(coach.db, request.runner)
    question = await schedule.question(coach.db, request.runner, coach.now())
    draft = await own_services.open_draft(coach.db, request.runner, coach.now())
    typed = Typed(request, as_answer(request.words), stored, question, draft)
    if not await _understood(coach, typed, READERS):
        session = stored.session if stored else None
        likely = coach.catalogue.intents.likely(request.words)
        screen = views.not_understood(coach.texts, request.words, session, likely)
        await coach.messenger.show(request.chat, screen)


async def _understood(coach: Coach, typed: Typed, readers: tuple[Reader, ...]) -> bool:
    for understands in readers:
        if await understands(coach, typed):
            return True
    return False


async def _health_answer(coach: Coach, typed: Typed) -> bool:
    """Take the words as an answer to an open question about pain or the safety screen."""
    return (
        await pain_talk.answered(coach, typed.request, typed.words)
        or await pain.typed(coach, typed.request, typed.answer)
        or await pain_talk.morning(coach, typed.request, typed.answer)
        or await screening.typed(coach, typed.request, typed.answer)
    )


async def _about_health(coach: Coach, typed: Typed) -> bool:
    """Handle words about pain; return False for others.

    These include words that move a session. If only a part of the body is named, the coach asks
    what is meant, unless the words answer its question for a town.
    """
    if typed.stored is not None and _move(coach, typed.answer) is not None:
        return False
    is_town = typed.question.place and _is_place(coach, typed)
    is_name = is_town or own_routines.is_meant(coach, typed.words, typed.draft)
    asks = not is_name and not _is_sure_wish(coach, typed.words)
    words = _without_tag(coach, typed.words)
    return await pain_talk.heard(coach, typed.request, words, asks_about_places=asks)


def _without_tag(coach: Coach, words: str) -> str:
    """Return the words without “is that right?” behind them, which names no side."""
    tags = "|".join(map(re.escape, coach.texts.words("word-mistakes")))
    return re.sub(rf"(?<=\w)[\s,;.]+(?:{tags})\W*$", "", words, flags=re.IGNORECASE)


async def _felt(coach: Coach, typed: Typed) -> bool:
    """Say which muscles a step works to a runner who feels it in one; a joint is asked about."""
    if typed.stored is None or typed.stored.session.phase not in (Phase.RUNNING, Phase.PAUSED):
        return False
    said = as_answer(_without_tag(coach, typed.words)).rstrip("? ")
    opening, muscle = without_opening(said, coach.texts.words("word-felt-in"))
    if not opening or muscle not in coach.texts.words("word-felt-muscle"):
        return False
    await training.how(coach, typed.request, typed.stored.session, Part.MUSCLES)
    return True


def _is_sure_wish(coach: Coach, words: str) -> bool:
    """Return whether the words clearly ask for a session; “hips” alone does not.

    So does a runner who is back, goes away or asks for reminders.
    """
    intent = coach.catalogue.intents.read(words)
    if intent is Intent.SESSION_FOR:
        return coach.catalogue.wishes.read(words).is_clear
    return intent in (Intent.BACK, Intent.AWAY, Intent.REMINDERS)


async def _own_routine(coach: Coach, typed: Typed) -> bool:
    """Handle the runner's own routine and answers about it, unless the session takes the words."""
    if _move(coach, typed.answer) is not None and (
        typed.is_under_way or not own_routines.is_yes_or_no(coach, typed.answer)
    ):
        return False
    return await own_routines.typed(coach, typed.request, typed.draft)


async def _first_question(coach: Coach, typed: Typed) -> bool:
    """Outside sessions, take the words as an answer to a question that is asked once."""
    if typed.stored is not None or _is_name(coach, typed.words):
        return False
    return await first_questions.answered(coach, typed.request, typed.question)


async def _plan_question(coach: Coach, typed: Typed) -> bool:
    """Outside sessions, take the words as the kind of run that was asked about."""
    if typed.stored is not None:
        return False
    return await run_plan.answered(coach, typed.request, typed.question)


async def _accept(coach: Coach, typed: Typed) -> bool:
    """Take a yes as an answer to a question that offers something."""
    if typed.stored is not None or not typed.question.offers:
        return False
    return typed.answer in coach.texts.words("word-yes") and await _answer(coach, typed)


async def _in_session(coach: Coach, typed: Typed) -> bool:
    """Handle a word that moves a session or explains its step, or rates the last one."""
    move = _meant(coach, typed)
    asked = typed.answer.rstrip(" ?")
    part = next((part for part in PARTS if asked in coach.texts.words(PARTS[part])), None)
    is_unfit = typed.stored is None and move not in (None, Move.BEGIN)
    if part is not None and typed.stored:
        await training.how(coach, typed.request, typed.stored.session, part)
    elif is_unfit and (
        await pain_questions.ask_again(coach, typed.request)
        or await screening.question_again(coach, typed.request)
    ):
        pass  # a yes is for what is asked there
    elif move is Move.BEGIN and typed.stored is None:
        await start.typed(coach, typed.request)
    elif move is not None:
        await training.move_typed(coach, typed.request, move)
    else:
        return await _rate(coach, typed.request, typed.answer)
    return True


async def _answer(coach: Coach, typed: Typed) -> bool:
    """Handle the words as an answer to the open question about days, dates or a place.

    Return False if they do not answer it; the name of an exercise never does.
    """
    request, question = typed.request, typed.question
    if (
        await bands.level_answered(coach, request, question)
        or await reminders.corrected(coach, request, question)
        or (question.away and await away.answered(coach, request, question))
    ):
        return True
    if not question.is_open or _is_name(coach, typed.words):
        return False
    return (
        await reminder_answers.move_answered(coach, request, question)
        or (not question.away and await away.answered(coach, request, question))
        or await race.answered(coach, request, question)
        or await reminders.days_answered(coach, request, question)
        or await place.answered(coach, request, question)
        or (_is_place(coach, typed) and await _place(coach, typed))
    )


async def _want(coach: Coach, typed: Typed) -> bool:
    """Follow a wish in plain words; the exact name of an exercise or a routine is not a wish.

    Words with minutes are always a wish, even if they are the name of a routine, and so are
    questions. A bare number in a session is not, because it may count repetitions.
    """
    if typed.answer.isdigit() and typed.is_under_way:
        return False
    intent = coach.catalogue.intents.read(typed.words)
    if intent is Intent.SESSION_FOR and TIME_OF_DAY.search(typed.words):
        return False
    has_minutes = (
        intent is Intent.SESSION_FOR and coach.catalogue.wishes.read(typed.words).in_digits
    )
    asks = typed.answer.partition(" ")[0] in coach.catalogue.intents.questions
    if intent is None or not (has_minutes or asks or not _is_exact_name(coach, typed.words)):
        return False
    if intent is Intent.NOT_OURS and await pain_questions.ask_again(coach, typed.request):
        return True
    await intents.follow(coach, typed.request, intent)
    return True


async def _two_wishes(coach: Coach, typed: Typed) -> bool:
    """Do the first of two wishes in one message, and offer the second.

    If the second says that the runner is ill, the first is not done.
    """
    split = coach.catalogue.intents.halves(typed.words)
    two = next((both for both in split if all(_is_wish(coach, half) for half in both)), None)
    if two is None:
        return False
    first, second = two
    if coach.catalogue.intents.read(second) is Intent.ILL:
        await intents.follow(coach, typed.request, Intent.ILL)
        return True
    request = replace(typed.request, words=first)
    await _understood(coach, replace(typed, request=request, answer=as_answer(first)), WISHES)
    asked = await schedule.ask_wish(coach.db, typed.request.runner, second, coach.now())
    screen = views.second_wish(coach.texts, first, second, asked)
    await coach.messenger.show(typed.request.chat, screen)
    return True


async def _answer_and_more(coach: Coach, typed: Typed) -> bool:
    """Take the beginning of a message for an answer, and the rest for another message.

    So it is with “medium, and I live in Berlin”; the longest beginning that answers counts.
    """
    is_screened = await screening.is_asked(coach, typed.request.runner)
    is_open = typed.question.is_open or typed.question.offers
    if typed.is_under_way or not (is_open or is_screened):
        return False
    halves = coach.catalogue.intents.halves(typed.words)
    short = [(first, rest) for first, rest in halves if len(first) <= LONGEST_ANSWER]
    for first, rest in reversed(short):
        request = replace(typed.request, words=first)
        part = replace(typed, request=request, answer=as_answer(first))
        is_answer = is_open and await _understood(coach, part, QUESTIONS)
        # “None, but …” is no answer to the safety screen.
        if is_screened and not is_answer and statements.say_nothing_of_health(coach, rest):
            is_answer = await screening.typed(coach, request, part.answer)
        if is_answer:
            await words(coach, replace(typed.request, words=rest))
            return True
    return False


async def _part(coach: Coach, typed: Typed) -> bool:
    """Follow the one part of a long message that is understood; offer what changes something.

    Who is ill is told what is good for that, whatever else is said.
    """
    known = coach.catalogue.intents
    joints = "|".join(map(re.escape, sorted(known.joining)))
    parts = re.split(rf"[,;.!?\n]+|\b(?:{joints})\b", typed.words[: statements.LETTERS])
    read = {intent: part.strip() for part in parts if (intent := known.read(part)) is not None}
    if TIME_OF_DAY.search(read.get(Intent.SESSION_FOR, "")):
        del read[Intent.SESSION_FOR]
    wishes = [intent for intent in read if intent not in PASSING]
    meant = [Intent.ILL] if Intent.ILL in wishes else wishes or list(read)[-1:]
    if len(parts) < MANY_PARTS or len(meant) != 1 or not WHOLE.isdisjoint(read):
        return False
    if meant[0] is Intent.RUNS and "?" in typed.words:
        return False
    if await _pain_question(coach, typed):
        return True
    part = read[meant[0]]
    if meant[0] in (*intents.HARMLESS, Intent.SAFETY):
        await intents.follow(coach, replace(typed.request, words=part), meant[0])
        return True
    asked = await schedule.ask_wish(coach.db, typed.request.runner, part, coach.now())
    if asked:
        await coach.messenger.show(typed.request.chat, views.part_of_wish(coach.texts, part, asked))
    return bool(asked)


async def _short_answer(coach: Coach, typed: Typed) -> bool:
    """Handle a short answer with words of courtesy around it, such as “ok, next please”."""
    answer = without_courtesy(coach.texts, typed.words)
    if answer in ("", typed.answer):
        return False
    request = replace(typed.request, words=answer)
    return await _understood(coach, replace(typed, request=request, answer=answer), ANSWERS)


async def _move_and_more(coach: Coach, typed: Typed) -> bool:
    """Make the move that one half of a message names, then do what the other half asks for.

    “Done, how long is left?” is a move and a question. Two moves are ambiguous, and “ready, but my
    shoes are off” is not a move.
    """
    if not typed.is_under_way:
        return False
    halves = coach.catalogue.intents.halves(typed.words)
    both = [pair for first, second in halves for pair in ((first, second), (second, first))]
    answers = [without_courtesy(coach.texts, half) for half, _ in both]
    moves = [_meant(coach, replace(typed, answer=answer)) for answer in answers]
    if len(named := set(moves) - {None}) != 1 or not named.isdisjoint({Move.BEGIN, Move.RESUME}):
        return False
    place = next(place for place, move in enumerate(moves) if move is not None)
    more, answer = both[place][1], answers[place]
    request = replace(typed.request, words=answer)
    await _in_session(coach, replace(typed, request=request, answer=answer))
    request = replace(typed.request, words=more)
    await _understood(coach, replace(typed, request=request, answer=as_answer(more)), WISHES)
    return True


def _is_wish(coach: Coach, words: str) -> bool:
    intent = coach.catalogue.intents.read(words)
    if intent is None:
        return _is_name(coach, words) or reminders.are_days(coach, words)
    return intent not in PASSING


async def second_tapped(coach: Coach, request: Request, tap: SecondTap) -> None:
    """Do the second wish, or drop it; say of which weeks it is, if that was asked."""
    wish = await schedule.take_wish(coach.db, request.runner, coach.now(), tap.asked)
    if not wish:
        raise outdated(request)
    await coach.messenger.answer(request.query)
    await coach.messenger.strip(request.chat, request.message_id)
    if tap.yes:
        weeks = WEEKS.get(tap.yes)
        more = [coach.texts.plain(weeks)] if weeks else []
        await words(coach, replace(request, words=" ".join([wish, *more]), query=None))


async def _second(coach: Coach, typed: Typed) -> bool:
    """Handle a yes or a no to the question whether to do the second wish."""
    is_yes = typed.answer in coach.texts.words("word-yes")
    weeks = single_days.weeks_answered(coach.texts, typed.answer, typed.question.wish)
    if typed.is_under_way and not _is_asked_last(coach, typed):
        return False  # in a session, a yes is for its step
    is_answer = is_yes or weeks or typed.answer in coach.texts.words("word-no")
    if not typed.question.wish or not is_answer:
        return False
    wish = await schedule.take_wish(coach.db, typed.request.runner, coach.now())
    if weeks:
        meant = coach.texts.plain(single_days.MEANT[weeks])
        await words(coach, replace(typed.request, words=f"{wish} {meant}"))
    elif is_yes:
        await words(coach, replace(typed.request, words=wish))
    else:
        await coach.messenger.show(typed.request.chat, views.wish_left(coach.texts))
    return True


def _is_asked_last(coach: Coach, typed: Typed) -> bool:
    """Return whether the question was asked just now, and the session did not go on since."""
    assert typed.stored is not None
    asked_at, touched_at = typed.question.asked_at, typed.stored.session.touched_at
    if asked_at is None or asked_at <= coach.now() - FRESH:
        return False
    return touched_at is None or asked_at > touched_at


async def _day_asked(coach: Coach, typed: Typed) -> bool:
    """Show the plan of the day that is asked about; without a question mark it may be an answer."""
    if not week.is_day_asked(coach.texts, typed.words):
        return False
    await intents.follow(coach, typed.request, Intent.DAY)
    return True


async def _days(coach: Coach, typed: Typed) -> bool:
    return await reminders.days_changed(coach, typed.request) or await reminders.days_named(
        coach, typed.request, in_session=typed.is_under_way
    )


async def _place(coach: Coach, typed: Typed) -> bool:
    """Take the words as the place that was asked for, even if it is unknown."""
    if not typed.question.place or _is_name(coach, typed.words):
        return False
    await place.named(coach, typed.request)
    return True


async def _routine(coach: Coach, typed: Typed) -> bool:
    known = await own_services.with_own(coach.db, coach.catalogue, typed.request.runner)
    _, named = without_opening(typed.answer, coach.texts.words("word-begin"))
    routine = known.find_routine(typed.words).sure or known.find_routine(named).sure
    if routine is not None:
        await training.offer(coach, typed.request, routine)
    return routine is not None


async def _command(coach: Coach, typed: Typed) -> bool:
    """Follow a command with words that was typed without its slash."""
    name, _, words = typed.words.partition(" ")
    handle = COMMANDS.get(name.lower())
    if handle is None or not words:
        return False
    await handle(coach, replace(typed.request, words=words.strip()))
    return True


async def _other_language(coach: Coach, typed: Typed) -> bool:
    """Say which language the coach speaks, if the words are in another."""
    if coach.catalogue.other_languages.of(typed.words) is None:
        return False
    await intents.follow(coach, typed.request, Intent.LANGUAGE)
    return True


async def _resembling(coach: Coach, typed: Typed) -> bool:
    """Suggest exercises with a similar name; everyday sentences are not similar to any."""
    match = coach.catalogue.find_exercise(typed.words)
    if match.missing and not coach.catalogue.sounds_like_exercise(typed.words):
        match = replace(match, missing=False, near=match.within)
    if not match.near and not match.missing:
        return False
    screen = exercise_views.suggestions(coach.texts, coach.catalogue, typed.words, match)
    await coach.messenger.show(typed.request.chat, screen)
    return True


async def _denied(coach: Coach, typed: Typed) -> bool:
    """Follow what is said in addition to denying a warning sign, as in “no fever, just tired”."""
    vocabulary = coach.catalogue.warning_signs
    if warning_signs.read(typed.words, vocabulary) is None:
        return False
    clauses = filter(str.strip, CLAUSE.split(typed.words))
    rest = ", ".join(clause for clause in clauses if not warning_signs.read(clause, vocabulary))
    if await gate.waits_for_sign(coach, typed.request):
        return True
    if not rest:
        await coach.messenger.show(typed.request.chat, views.sign_denied(coach.texts))
        return True
    request = replace(typed.request, words=rest)
    return await _understood(
        coach, replace(typed, request=request, answer=as_answer(rest)), READERS
    )


async def _place_asked(coach: Coach, typed: Typed) -> bool:
    """Ask what is wrong with a part of the body that a question names: no study answers that."""
    is_question = coach.catalogue.topics.asked(typed.words) is not None
    return is_question and await pain_talk.place_named(coach, typed.request)


async def _pain_question(coach: Coach, typed: Typed) -> bool:
    """Show the open question about pain again; a condition that is told may be told after it."""
    is_condition = await screening.tells_condition(coach, typed.request)
    intro = "talk-first" if is_condition else "talk-not-that"
    return await pain_questions.ask_again(coach, typed.request, intro)


async def _no(coach: Coach, typed: Typed) -> bool:
    """Outside a session, reply to a “no” that answers no open question."""
    texts = coach.texts
    nos = texts.words("word-no") | texts.words("word-keep")
    if typed.is_under_way or typed.answer not in nos:
        return False
    if not await gate.waits_for_sign(coach, typed.request):
        await coach.messenger.show(typed.request.chat, views.nothing_changed(texts))
    return True


# The first that understands the words handles them; warning signs are read earlier (routes.py).
READERS: tuple[Reader, ...] = (
    _health_answer,
    _felt,
    _about_health,
    _short(listening.typed),
    _short(swaps.typed),
    _own_routine,
    _first_question,
    _plan_question,
    _if_nothing_is_open(race.went_typed),
    _second,
    _accept,
    _if_nothing_is_open(reminder_answers.answered),
    _in_session,
    _answer,
    _short(bring_back.typed),
    _no,
    _short(week.use_typed),
    _short_answer,
    _day_asked,
    _answer_and_more,
    _outside_sessions(statements.told),
    _outside_sessions(race.several),
    _plain(single_days.moved),
    _want,
    _plain(bands.named),
    _two_wishes,
    _move_and_more,
    _plain(week.told),
    _days,
    _place,
    _plain(swaps.dislike_typed),
    _plain(exercise.explain_named),
    _routine,
    _place_asked,
    _plain(exercise.show_topic),
    _plain(place.told),
    _command,
    _outside_sessions(statements.told_in_part),
    _outside_sessions(race.corrected),
    _outside_sessions(race.distance_corrected),
    _outside_sessions(race.guessed),
    _outside_sessions(away.corrected),
    _outside_sessions(away.guessed),
    _part,
    _plain(week.guessed),
    _other_language,
    _denied,
    _resembling,
    _pain_question,
    _plain(screening.question_again),
    _plain(screening.told),
    _plain(pain_talk.place_named),
)

# The readers of short answers.
ANSWERS: tuple[Reader, ...] = (
    _health_answer,
    *READERS[READERS.index(_about_health) + 1 : READERS.index(_short_answer)],
)

# The readers of answers to a question of the coach.
QUESTIONS: tuple[Reader, ...] = (_first_question, _plan_question, _accept, _answer)

# The readers of one half of a message.
WISHES: tuple[Reader, ...] = (
    *(_want, _plain(bands.named), _days, _plain(exercise.explain_named), _routine),
)


def _move(coach: Coach, words: str) -> Move | None:
    move = next((move for move in Move if words in coach.texts.words(f"word-{move}")), None)
    is_ok = words in coach.texts.words("word-ok") | coach.texts.words("word-ready")
    return Move.DONE if move is None and is_ok else move


def _meant(coach: Coach, typed: Typed) -> Move | None:
    """Return the move that the words mean in the present state of the session.

    “Ok” before a step that is about to begin does not mean that the step is done.
    """
    move = _move(coach, typed.answer)
    session = typed.stored.session if typed.stored else None
    if session is not None and session.is_under_way:
        only_there = (it for it in IN_SESSION if typed.answer in coach.texts.words(IN_SESSION[it]))
        move = next(only_there, move)
    if move is None and session is not None and session.phase is Phase.READY:
        return Move.BEGIN if typed.answer in coach.texts.words(LET_US) else None
    if session is None or move not in (Move.BEGIN, Move.DONE):
        return move
    is_ready = typed.answer in coach.texts.words("word-ready")
    is_ok = is_ready or typed.answer in coach.texts.words("word-ok")
    if is_ok and session.clock is not None and session.clock.stage is not Stage.WORK:
        return Move.BEGIN
    if session.phase is Phase.PAUSED and (is_ready or move is Move.BEGIN):
        return Move.RESUME
    return Move.BEGIN if is_ready and session.phase is Phase.READY else move


async def _rate(coach: Coach, request: Request, words: str) -> bool:
    _, felt = without_opening(words, coach.texts.words("word-felt"))
    for rating, word in RATINGS.items():
        if felt in coach.texts.words(word):
            return await rating_handlers.rate_typed(coach, request, rating)
    return False


def _is_name(coach: Coach, words: str) -> bool:
    """Return whether the words clearly name an exercise or a routine.

    A first word alone does not: “Split” may be the city.
    """
    match = coach.catalogue.find_exercise(words)
    if match.sure and not match.by_first_word:
        return True
    return coach.catalogue.find_routine(words).sure is not None


def _is_exact_name(coach: Coach, words: str) -> bool:
    matches = (coach.catalogue.find_exercise(words), coach.catalogue.find_routine(words))
    return any(match.named and match.sure for match in matches)


def _is_place(coach: Coach, typed: Typed) -> bool:
    return coach.places.find(typed.words, place.openings(coach.texts)).sure is not None


async def unknown_command(coach: Coach, request: Request, message: Message) -> None:
    """Reply to an unknown command, or to a slash that begins no command."""
    if is_command(message):
        screen = views.unknown_command(coach.texts, (message.text or "").split()[0])
    else:
        screen = views.no_command(coach.texts, request.words)
    await coach.messenger.show(request.chat, screen)


async def only_words(coach: Coach, request: Request) -> None:
    """Reply to a picture, a sticker, a voice message or a blank text that only words are read."""
    await reply(coach, request, views.only_words(coach.texts))


async def caption(coach: Coach, request: Request) -> None:
    """Read the caption of a picture for pain; otherwise reply that only messages are read."""
    if not await mentions_pain(coach, request):
        await only_words(coach, request)


async def mentions_pain(coach: Coach, request: Request) -> bool:
    """Read a message that is otherwise ignored for pain; return whether it mentions any."""
    return await pain_talk.answered(coach, request, request.words) or await pain_talk.heard(
        coach, request, request.words, asks_about_places=False
    )


async def edited(coach: Coach, request: Request) -> None:
    """Read an edited message for pain; otherwise reply that edits are ignored.

    The first wording may have been handled already.
    """
    if await mentions_pain(coach, request):
        return
    await coach.messenger.show(request.chat, views.edited(coach.texts))


async def forwarded(coach: Coach, request: Request) -> None:
    """Reply that forwarded words are ignored: they may be another person's, or old."""
    await coach.messenger.show(request.chat, views.forwarded(coach.texts))


async def in_group(coach: Coach, request: Request) -> None:
    """Reply in a group that the command is for the private chat."""
    await reply(coach, request, views.in_group(coach.texts))


async def help_in_group(coach: Coach, request: Request) -> None:
    """Show the commands for groups, with a link to the private chat."""
    await reply(coach, request, views.help_in_group(coach.texts))
