"""What runners tell of themselves in one message: races, runs, bands, training days, a place."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from itertools import islice

from bot.coach import Coach
from bot.domain.frozen import frozen
from bot.domain.intents import PASSING, Intent
from bot.handlers import bands, intents, place, race, reminders, screening, week
from bot.handlers.request import Request, without_opening
from bot.views import talk as views

LETTERS, CLAUSES = 500, 16  # the most that is read of a message
SIGN = re.compile(r"[,;!\n]|\.(?=\s|$)|(?<=\?)")  # between clauses; a question keeps its mark


class Subject(StrEnum):
    """What a statement is about."""

    RACE = "race"
    RUNS = "runs"
    BANDS = "bands"
    DAYS = "days"
    PLACE = "place"


@frozen
class Statement:
    """A part of a message, and what it is about; None: something else."""

    words: str
    subject: Subject | None


# What asks for something that a statement has just told.
ASKS_FOR = {
    Subject.RUNS: Intent.WEEK,
    Subject.BANDS: Intent.BANDS,
    Subject.DAYS: Intent.REMINDERS,
    Subject.PLACE: Intent.PLACE,
}
TO_TRAIN = (Intent.TODAY, Intent.SESSION_FOR, Intent.ROUTINES, *PASSING)
HANDLERS: Mapping[Subject, Callable[[Coach, Request], Awaitable[bool]]] = {
    Subject.RACE: race.told,
    Subject.RUNS: week.added,
    Subject.BANDS: bands.named,
    Subject.DAYS: reminders.days_told,
    Subject.PLACE: place.told,
}


async def told(coach: Coach, request: Request) -> bool:
    """Handle each statement of a message as if it had been sent alone, and wishes beside them.

    “I train for a half on 5 April, my long run is on Sunday. I have a light mini band” makes three.
    Return False if the message says anything else.
    """
    return await _told(coach, request, all_of_it=True)


async def told_in_part(coach: Coach, request: Request) -> bool:
    """Do the same, and say what else was left out; return False if there is no statement."""
    return await _told(coach, request, all_of_it=False)


async def _told(coach: Coach, request: Request, *, all_of_it: bool) -> bool:
    statements = _placed(coach, _statements(coach, request.words[:LETTERS]))
    subjects = {each.subject for each in statements if each.subject}
    left = {each.words: _wish(coach, each.words) for each in statements if each.subject is None}
    if len(statements) < 2 or not subjects or (all_of_it and None in left.values()):
        return False
    if subjects == {Subject.RUNS} and all(week.is_other(coach.texts, words) for words in left):
        return False  # a whole week
    # The place comes first: the times of the training days are its own.
    for each in sorted(statements, key=lambda each: each.subject is not Subject.PLACE):
        part = replace(request, words=each.words)
        if each.subject is Subject.PLACE and Subject.DAYS in subjects:
            await place.told_for_days(coach, part)
        elif each.subject and not await HANDLERS[each.subject](coach, part):
            left[each.words] = None
    answered = {ASKS_FOR[it] for it in subjects if it in ASKS_FOR}.union(PASSING)
    await _follow(coach, request, {key: wish for key, wish in left.items() if wish not in answered})
    return True


def _placed(coach: Coach, statements: list[Statement]) -> list[Statement]:
    """Return the statements with the place of training days, if one names nothing else."""
    subjects = {each.subject for each in statements}
    if Subject.DAYS not in subjects or Subject.PLACE in subjects:
        return statements
    places = {each.words for each in statements if coach.places.find(each.words).sure}
    return [
        Statement(each.words, Subject.PLACE) if not each.subject and each.words in places else each
        for each in statements
    ]


def say_nothing_of_health(coach: Coach, words: str) -> bool:
    """Return whether all parts of a message are statements, greetings or the wish to train."""
    statements = _statements(coach, words) if len(words) <= LETTERS else []
    return bool(statements) and all(
        each.subject or _wish(coach, each.words) in TO_TRAIN for each in statements
    )


def _wish(coach: Coach, words: str) -> Intent | None:
    """Return the wish in a part of a message; a number alone, such as an age, is none."""
    wish = None if words.isdigit() else coach.catalogue.intents.read(words)
    return None if wish is Intent.NOT_OURS else wish


async def _follow(coach: Coach, request: Request, left: Mapping[str, Intent | None]) -> None:
    """Do what is wished in the rest of a message, and say what is left out of it.

    Nothing else is done for a runner who is ill. A condition of health that is told leads to the
    safety screen, which is shown again if it is open. A name or an age is left out without a word.
    """
    is_ill = Intent.ILL in left.values()
    unread = []
    for words, wish in left.items():
        part = replace(request, words=words)
        if wish is None:
            if not await screening.told(coach, part) and not _is_remark(coach, words):
                unread.append(words)
        elif wish is Intent.ILL or not is_ill:
            await intents.follow(coach, part, wish)
    if unread and not await screening.question_again(coach, request):
        await coach.messenger.show(request.chat, views.left_out(coach.texts, unread))


def _is_remark(coach: Coach, words: str) -> bool:
    """Return whether the words are a single one, or a name or an age: “I'm Anna”."""
    _, said = without_opening(words.lower(), coach.texts.words("word-i-am"))
    return len(said.split()) == 1


def _statements(coach: Coach, words: str) -> list[Statement]:
    """Return the parts of a message, of which those on one subject that follow each other are one.

    There are none if a part is conditional.
    """
    statements: list[Statement] = []
    for clause, sign in islice(_clauses(coach, words), CLAUSES):
        if _is_conditional(coach, clause):
            return []
        statement = Statement(clause, _subject(coach, clause))
        if statements and (joined := _joined(coach, statements[-1], statement, sign)):
            statements[-1] = joined
        else:
            statements.append(statement)
    return statements


def _joined(coach: Coach, before: Statement, after: Statement, sign: str) -> Statement | None:
    """Return two statements as one if they are: “a light” and “a heavy mini band”; else None.

    `sign` stands between them. A question without its mark goes on behind a joining word.
    """
    whole = f"{before.words}{sign}{after.words}"
    subject = before.subject or after.subject
    if before.subject is None and _is_question(coach, whole) and not SIGN.search(sign):
        return Statement(whole, None)
    if subject is Subject.BANDS:
        is_one = before.subject is after.subject or bands.are_told(coach.texts, whole)
    elif before.subject is None:
        is_race = bool(_typed(before.words) & coach.texts.words("word-race-told"))
        is_one = subject is Subject.RACE and is_race and "?" not in before.words
    elif before.subject is Subject.RACE and after.subject is None:
        is_one = race.is_date(coach, after.words)
    else:
        has_days = before.subject in (Subject.RUNS, Subject.DAYS)
        only_days = has_days and reminders.are_only_days(coach, after.words)
        is_one = only_days or before.subject is after.subject
    return Statement(whole, subject) if is_one else None


def _clauses(coach: Coach, words: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a message, each with what stands between it and the one before."""
    joining = "|".join(map(re.escape, coach.texts.words("word-statement-joining")))
    parts = re.split(rf"(\s*(?:(?:{SIGN.pattern}|\b(?:{joining})\b)[\s.–-]*)+)", words)
    for number in range(0, len(parts), 2):
        if clause := parts[number].strip(" .–-"):
            yield clause, parts[number - 1] if number else ""


def _subject(coach: Coach, words: str) -> Subject | None:
    """Return what a clause is about; None for questions, and for what is over or denied."""
    texts, typed = coach.texts, _typed(words)
    is_denied = not typed.isdisjoint(texts.words("word-not-told"))
    if is_denied or "?" in words or _is_question(coach, words):
        return None
    if week.are_told(texts, words) and typed.isdisjoint(texts.words("word-race-told")):
        return Subject.RUNS
    if bands.are_told(texts, words):
        return Subject.BANDS
    if reminders.are_days(coach, words):
        return Subject.DAYS
    if place.is_told(coach, words):
        return Subject.PLACE
    return Subject.RACE if race.is_told(coach, words) else None


def _is_question(coach: Coach, words: str) -> bool:
    first = re.match(r"\W*([^\W\d_]+)", words.lower())
    return first is not None and first[1] in coach.catalogue.intents.questions


def _is_conditional(coach: Coach, words: str) -> bool:
    """Return whether the clause makes the others of its message depend on something."""
    return "?" not in words and bool(_typed(words) & coach.texts.words("word-conditional"))


def _typed(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", re.sub("['’]", "", words.lower())))
