"""What runners tell of themselves in one message: races, runs, bands, training days, a place."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

from bot.coach import Coach
from bot.domain.frozen import frozen
from bot.domain.intents import PASSING, Intent
from bot.handlers import bands, intents, place, race, reminders, screening, week
from bot.handlers.request import Request, without_opening
from bot.views import talk as views

LETTERS = 500
# A clause with its question mark, up to a sign or a word that joins it to the next.
END = r"[,;!\n]|\.(?=\s|$)|(?<=\?)"


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
Part = tuple[int, int, Subject | None]  # of a message: where it starts and ends, and its subject
HANDLERS: Mapping[Subject, Callable[[Coach, Request], Awaitable[bool]]] = {
    Subject.RACE: race.told,
    Subject.RUNS: week.added,
    Subject.BANDS: bands.named,
    Subject.DAYS: reminders.days_told,
    Subject.PLACE: place.told,
}


async def told(coach: Coach, request: Request, *, all_of_it: bool) -> bool:
    """Handle each statement of a message as if it had been sent alone; return False for others.

    “I train for a half on 5 April, my long run is on Sunday. I have a light mini band” makes three.
    A wish beside them is followed. `all_of_it`: return False where anything else is left, instead
    of saying that it is left out.
    """
    statements = _statements(coach, request.words[:LETTERS])
    subjects = {each.subject for each in statements if each.subject}
    left = {each.words: _wish(coach, each.words) for each in statements if each.subject is None}
    if len(statements) < 2 or not subjects or (all_of_it and None in left.values()):
        return False
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


def say_nothing_of_health(coach: Coach, words: str) -> bool:
    """Return whether all parts of a message are statements, greetings or the wish to train."""
    statements = _statements(coach, words)
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
    parts: list[Part] = []
    for start, end in _clauses(coach, words):
        if _is_conditional(coach, words[start:end]):
            return []
        subject = _subject(coach, words[start:end])
        if parts and (joined := _joined(coach, words, parts[-1], (start, end, subject))):
            parts[-1] = joined
        else:
            parts.append((start, end, subject))
    return [Statement(words[start:end], subject) for start, end, subject in parts]


def _joined(coach: Coach, words: str, before: Part, after: Part) -> Part | None:
    """Return two parts as one if they are on one subject: “a light” and “a heavy mini band”.

    A question without its mark goes on behind a joining word.
    """
    whole = words[before[0] : after[1]]
    if before[2] is None and _is_question(coach, whole) and _goes_on(words[before[1] : after[0]]):
        return before[0], after[1], None
    if before[2] is None:
        is_one = after[2] is Subject.BANDS and bands.are_told(coach.texts, whole)
    else:
        has_days = before[2] in (Subject.RUNS, Subject.DAYS)
        only_days = has_days and reminders.are_only_days(coach, words[after[0] : after[1]])
        is_one = only_days or before[2] is after[2]
    return (before[0], after[1], before[2] or after[2]) if is_one else None


def _clauses(coach: Coach, words: str) -> Iterator[tuple[int, int]]:
    """Yield where the clauses of a message start and end."""
    joining = "|".join(map(re.escape, coach.texts.words("word-statement-joining")))
    start = 0
    ends = re.finditer(rf"(?:{END}|\b(?:{joining})\b|$)", words, re.IGNORECASE)
    for match in ends:
        clause = words[start : match.start()]
        if stripped := clause.strip(" .-–"):
            first = start + clause.index(stripped)
            yield first, first + len(stripped)
        start = match.end()


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


def _goes_on(between: str) -> bool:
    """Return whether no sign stands between two clauses."""
    return re.search(END, between) is None


def _is_conditional(coach: Coach, words: str) -> bool:
    """Return whether the clause makes the others of its message depend on something."""
    return "?" not in words and bool(_typed(words) & coach.texts.words("word-conditional"))


def _typed(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", re.sub("['’]", "", words.lower())))
