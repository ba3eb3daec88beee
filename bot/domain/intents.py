"""What a runner wants, from words that are no command, in spite of typing errors."""

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from bot.domain.spelling import Speller, words_of

LONGEST_OF_TWO = 300  # letters
LONGEST = 20  # words of a message that is read
ANY = "*"  # ends a phrase: one to MOST_ANY words, whichever they are
MOST_ANY = 4
NUMBER = "#"  # stands in a phrase for every number and time of day

_SPAN = re.compile(r"\b\d{1,2}\s*[-–]\s*(\d{1,2})(?=\s*min)", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(am|pm|h|m|min|mins|hrs?|ish|x)?")

# Where a text may be split in two: signs between clauses, with a joining word behind them.
_JOINT = re.compile(
    r"(?P<sign>[,;.!?&+]+)\s*(?:(?:and|then|also)\s+)*|(?<=\s)(?P<word>[a-z]+)(?=\s)", re.IGNORECASE
)

Words = tuple[str, ...]
Bag = frozenset[str]


class Intent(StrEnum):
    """A wish of a runner, or what people say in passing."""

    TODAY = "today"
    SESSION_FOR = "session-for"
    ROUTINES = "routines"
    EXERCISES = "exercises"
    TIME_LEFT = "time-left"
    AGAIN = "again"
    SOUND = "sound"
    PACE = "pace"
    EFFORT = "effort"
    PROGRESS = "progress"
    REMINDERS = "reminders"
    REMINDERS_OFF = "reminders-off"
    REMIND_ONCE = "remind-once"
    NEXT_REMINDER = "next-reminder"
    PLACE = "place"
    AWAY = "away"
    BACK = "back"
    BANDS = "bands"
    NO_BANDS = "no-bands"
    HELP = "help"
    PRIVACY = "privacy"
    CALENDAR = "calendar"
    EXPORT = "export"
    WATCH = "watch"
    DELETE = "delete"
    TIRED = "tired"
    ILL = "ill"
    DONE_ELSEWHERE = "done-elsewhere"
    HELLO = "hello"
    BYE = "bye"
    THANKS = "thanks"
    PRAISE = "praise"
    SORRY = "sorry"
    UPSET = "upset"
    HOW_OFTEN = "how-often"
    MAY_RUN = "may-run"
    ADVICE = "advice"
    CLIP = "clip"
    LOW = "low"
    SAFETY = "safety"
    WHO = "who"
    LANGUAGE = "language"
    NOT_OURS = "not-ours"
    WEEK = "week"
    RUNS = "runs"
    RAN_INSTEAD = "ran-instead"
    WHY_TODAY = "why-today"
    RACE = "race"
    RACE_MOVED = "race-moved"
    RACE_OFF = "race-off"
    RACE_RAN = "race-ran"
    RACE_PART = "race-part"
    RACE_NOT_STARTED = "race-not-started"


_ALL = tuple(Intent)
_PLACES = {intent: place for place, intent in enumerate(_ALL)}

# What may stand beside a wish: “Hello! What shall I do today?” is only the wish. Of two such
# remarks the earlier member here counts.
PASSING = (Intent.SORRY, Intent.THANKS, Intent.PRAISE, Intent.HELLO, Intent.BYE)


# What takes effect at once, or asks to: only its own phrases count for it.
STRICT = (
    *(Intent.REMINDERS_OFF, Intent.DELETE, Intent.EXPORT, Intent.HELLO, Intent.BYE, Intent.WHO),
    *(Intent.SESSION_FOR, Intent.BACK, Intent.SAFETY, Intent.WATCH, Intent.CALENDAR),
    *(
        Intent.RUNS,
        Intent.RAN_INSTEAD,
        Intent.WHY_TODAY,
        Intent.RACE,
        Intent.RACE_MOVED,
        Intent.RACE_OFF,
    ),
    *(
        Intent.MAY_RUN,
        Intent.ADVICE,
        Intent.LOW,
        Intent.RACE_RAN,
        Intent.RACE_PART,
        Intent.RACE_NOT_STARTED,
    ),
)
# What somebody says of himself; all others are asked of the coach.
STATEMENTS = (
    *(Intent.BACK, Intent.SAFETY),
    *(Intent.AWAY, Intent.NO_BANDS, Intent.TIRED, Intent.ILL, Intent.DONE_ELSEWHERE),
    *(Intent.THANKS, Intent.PRAISE, Intent.SORRY, Intent.UPSET),
)


# What is offered where a message with a word of it was not understood.
LIKELY = frozenset(
    {
        *(Intent.ROUTINES, Intent.EXERCISES, Intent.PROGRESS, Intent.REMINDERS, Intent.PLACE),
        *(Intent.AWAY, Intent.BANDS, Intent.HELP, Intent.PRIVACY, Intent.PACE),
        Intent.SOUND,
    }
)
MOST_LIKELY = 2


@dataclass(frozen=True)
class Plain:
    """How words are made plain before they are compared.

    `small` are words that change nothing, such as "the". `same` are words for which others are
    read: "do not" for "dont".
    """

    small: frozenset[str] = frozenset()
    same: Mapping[Words, Words] = field(default_factory=dict)
    _same: dict[str, list[Words]] = field(init=False)  # those of `same` by the first word

    def __post_init__(self) -> None:
        same: dict[str, list[Words]] = {}
        for words in sorted(self.same, key=len, reverse=True):
            same.setdefault(words[0], []).append(words)
        object.__setattr__(self, "_same", same)

    def of_all(self, phrases: Collection[Words]) -> Collection[Words]:
        """Return the plain words of each phrase; the phrases have the same few words."""
        words = set[str]().union(*phrases)
        same = self._among(words)
        if not same and self.small.isdisjoint(words):
            return phrases
        words = words.union(*same.values())
        plain = Plain(self.small & words, self._among(words))
        changed = plain.small.union(plain._same)
        return [each if changed.isdisjoint(each) else plain.of(each) for each in phrases]

    def _among(self, words: set[str]) -> dict[Words, Words]:
        """Return those of `same` that have no other words."""
        return {
            same: self.same[same]
            for first in self._same.keys() & words
            for same in self._same[first]
            if words.issuperset(same)
        }

    def of(self, words: Words) -> Words:
        """Return the plain words; small words remain where there are no others."""
        read = self._replaced(words)
        if read != words:
            read = self._replaced(read)  # ive is read as i have, and i have got as i have
        if self.small.isdisjoint(read):
            return read
        return tuple([word for word in read if word not in self.small]) or read

    def _replaced(self, words: Words) -> Words:
        """Return the words with those of `same` replaced, the longest first."""
        if self._same.keys().isdisjoint(words):
            return words
        read: list[str] = []
        at = 0
        while at < len(words):
            for same in self._same.get(words[at], ()):
                if words[at : at + len(same)] == same:
                    read += self.same[same]
                    at += len(same)
                    break
            else:
                read.append(words[at])
                at += 1
        return tuple(read)


def without_spans(text: str) -> str:
    """Return the text with the longer time alone for one such as “10-15 minutes”."""
    return _SPAN.sub(r"\1", text)


def two_hashes(words: Words | Bag) -> int:
    """Return 64 bits where a hash has 32."""
    listed = tuple(sorted(words)) if isinstance(words, frozenset) else words
    return hash(listed) ^ hash(listed[::-1]) << 32


# Makes a number of 64 bits of words. Of 100,000 phrases two have the same one in one of 10**9
# starts of a coach.
number_of: Callable[[Words | Bag], int] = hash if sys.hash_info.width >= 64 else two_hashes


NO_WORDS = number_of(frozenset())


class Meanings:
    """The intents of phrases, kept by their numbers: their words take twenty times the memory."""

    def __init__(self, intents: Mapping[int, Intent]) -> None:
        """Take the intents by the number of each phrase."""
        numbers = sorted(intents)
        self._numbers = array("q", numbers)
        self._intents = bytes(map(_PLACES.__getitem__, map(intents.__getitem__, numbers)))

    def get(self, words: Words | Bag) -> Intent | None:
        number = number_of(words)
        place = bisect_left(self._numbers, number)
        if place < len(self._numbers) and self._numbers[place] == number:
            return _ALL[self._intents[place]]
        return None


@dataclass(frozen=True)
class PhraseIndex:
    """What people type for each intent.

    `stated` and `asked` are the phrases for loose reading, as sets of the words that make a
    difference; those in `asked` leave out the words for the coach, too.
    """

    exact: Meanings
    stated: Meanings
    asked: Meanings


class PhraseCollector:
    """Makes the index of many phrases, which it does not keep."""

    def __init__(self, loose: frozenset[str], coach: frozenset[str]) -> None:
        self._loose = loose
        self._coach = coach
        self._exact: dict[int, Intent] = {}
        self._stated: dict[int, Intent | None] = {}  # None: these words have two
        self._asked: dict[int, Intent | None] = {}
        self._stated[NO_WORDS] = self._asked[NO_WORDS] = None

    def add(self, phrases: Iterable[Words], intent: Intent) -> tuple[Words, Intent] | None:
        """Add phrases up to one that has another intent; return that phrase with its intent."""
        for phrase in phrases:
            known = self._exact.setdefault(number_of(phrase), intent)
            if known is not intent:
                return phrase, known
            bag = frozenset(phrase) - self._loose
            number = number_of(bag)
            if self._stated.get(number) is not intent:
                self._add_loosely(self._stated, number, intent)
                if not self._coach.isdisjoint(bag):
                    number = number_of(bag - self._coach)
                self._add_loosely(self._asked, number, intent)
        return None

    def _add_loosely(self, intents: dict[int, Intent | None], number: int, intent: Intent) -> None:
        if intents.setdefault(number, intent) is not intent:
            intents[number] = None

    def index(self) -> PhraseIndex:
        strict = frozenset(STRICT)
        stated, asked = (
            {number: it for number, it in intents.items() if it is not None and it not in strict}
            for intents in (self._stated, self._asked)
        )
        return PhraseIndex(Meanings(self._exact), Meanings(stated), Meanings(asked))


@dataclass(frozen=True)
class IntentWords:
    """What people type for each intent, in plain words.

    `openings` and `closings` are what a message may begin and end with beside a phrase: "could
    you", "thanks". `asking` are openings that ask how something is done, which is no order.
    `joining` are words between two sentences. `loose` words make no difference where nothing
    takes effect: there the other words count, in any order. `coach` words are those for the coach,
    and `questions` those that begin a question: no runner's statement has them. None of
    `negations` is in the open end of a phrase. `correct` are words of the language: a typed word
    among them is no misspelling of another. `numbers` are words that are read as numbers. `known`
    are the words of the phrases.
    """

    phrases: PhraseIndex
    known: frozenset[str]
    plain: Plain = field(default_factory=Plain)
    openings: frozenset[Words] = frozenset()
    asking: frozenset[Words] = frozenset()
    closings: frozenset[Words] = frozenset()
    joining: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    coach: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    negations: frozenset[str] = frozenset()
    correct: Container[str] = frozenset()
    numbers: Collection[str] = ()
    _speller: Speller = field(init=False)

    def __post_init__(self) -> None:
        listed = (*self.openings, *self.asking, *self.closings, *self.plain.same)
        known = self.known.union(self.plain.small, self.joining, *listed)
        known |= self.loose | self.coach | self.questions
        object.__setattr__(self, "_speller", Speller(known, self.correct))

    def read(self, text: str) -> Intent | None:
        """Return the intent of a whole message; None if it is none, or holds two wishes."""
        typed = list(words_of(without_spans(text)))
        if not typed or len(typed) > LONGEST:
            return None
        spoken = [word for word in typed if word.text.isalnum()] or typed
        clauses = [
            tuple(self._spelt(word.text) for word in clause)
            for _, clause in groupby(spoken, key=lambda word: word.clause)
        ]
        whole = sum(clauses, ())
        splits = ([whole], clauses, list(self._parts(clauses)), list(self._parts([whole])))
        return self._only(self._intent, splits) or self._only(self._loose_intent, splits)

    def corrected(self, text: str) -> str:
        """Return the text with the words that stand for one known word spelt as that."""
        return re.sub(r"[^\W\d_]+", lambda word: self._known(word[0]), text)

    def _known(self, typed: str) -> str:
        meant = self._speller.meant(typed.lower())
        return next(iter(meant)) if len(meant) == 1 else typed

    def halves(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to split a text in two at a joining word or between two clauses."""
        for match in _JOINT.finditer(text[:LONGEST_OF_TWO]):
            if match["sign"] or match["word"].lower() in self.joining:
                halves = text[: match.start()].strip(), text[match.end() :].strip()
                if all(halves):
                    yield halves

    def likely(self, text: str) -> tuple[Intent, ...]:
        """Return at most MOST_LIKELY intents of which a word stands in the text."""
        spelt = self.plain.of(tuple(self._spelt(word.text) for word in words_of(text)))
        found = (self.phrases.exact.get((word,)) for word in spelt[:LONGEST])
        likely = dict.fromkeys(intent for intent in found if intent in LIKELY)
        return tuple(likely)[:MOST_LIKELY]

    def _only(
        self, read: Callable[[Words], Intent | None], splits: Sequence[Sequence[Words]]
    ) -> Intent | None:
        """Return the one wish of a message in parts, all of which are understood."""
        for parts in splits:
            said = [part for part in parts if self._intent(part) or not self._says_nothing(part)]
            intents = {self._intent(part) or read(part) for part in said}
            if not intents or None in intents:
                continue
            wishes = intents - set(PASSING) or {next(i for i in PASSING if i in intents)}
            if Intent.SESSION_FOR in wishes:  # says more of the same
                wishes = wishes - {Intent.TODAY}
            return wishes.pop() if len(wishes) == 1 else None
        return None

    def _parts(self, clauses: Sequence[Words]) -> Iterator[Words]:
        for clause in clauses:
            for joins, part in groupby(clause, key=self.joining.__contains__):
                if not joins:
                    yield tuple(part)

    def _intent(self, spoken: Words) -> Intent | None:
        """Return the intent of words that may have openings and closings around a phrase."""
        words = self.plain.of(spoken)
        ends = self._ends(words)
        for start, is_asked in self._starts(words):
            for end in ends:
                intent = self.phrases.exact.get(words[start:end]) or self._open(words[start:end])
                if intent is Intent.REMINDERS_OFF and is_asked:
                    return Intent.REMINDERS
                if intent is not None:
                    return intent
        return None

    def _open(self, words: Words) -> Intent | None:
        """Return the intent of a phrase with an open end, as in: i moved to *."""
        ends = range(max(len(words) - MOST_ANY, 1), len(words))
        found = (self.phrases.exact.get((*words[:end], ANY)) for end in reversed(ends))
        intent = next(filter(None, found), None)
        return None if self.negations & set(words) else intent

    def _loose_intent(self, spoken: Words) -> Intent | None:
        """Return the intent of words that differ from a phrase in loose words and order only."""
        words = self.plain.of(spoken)
        for start, _ in self._starts(words):
            for end in self._ends(words):
                said = frozenset(words[start:end]) - self.loose
                bag = _bag(said, self.phrases.exact, self.coach, self.questions)
                stated = self.phrases.stated.get(bag)
                if stated in STATEMENTS and words[0] not in self.questions:
                    return stated
                asked = self.phrases.asked.get(bag - self.coach)
                if asked is not None and asked not in STATEMENTS:
                    return asked
        return None

    def _says_nothing(self, spoken: Words) -> bool:
        words = self.plain.of(spoken)
        if all(word in self.plain.small for word in words):
            return True
        return any(start >= end for start, _ in self._starts(words) for end in self._ends(words))

    def _starts(self, words: Words) -> Sequence[tuple[int, bool]]:
        """Return where a phrase may begin, and whether how to do something is asked before it."""
        starts = [(0, False)]
        for start, is_asked in starts:  # grows meanwhile
            for end in range(start + 1, len(words) + 1):
                asks = words[start:end] in self.asking
                found = (end, is_asked or asks)
                if (asks or words[start:end] in self.openings) and found not in starts:
                    starts.append(found)
        return starts

    def _ends(self, words: Words) -> Sequence[int]:
        """Return where a phrase may end."""
        ends = [len(words)]
        for end in ends:  # grows meanwhile
            for start in range(end):
                if words[start:end] in self.closings and start not in ends:
                    ends.append(start)
        return ends

    def _spelt(self, typed: str) -> str:
        if _NUMBER.fullmatch(typed) or typed in self.numbers:
            return NUMBER
        meant = self._speller.meant(typed)
        return next(iter(meant)) if len(meant) == 1 else typed


def _bag(bag: Bag, phrases: Meanings, coach: frozenset[str], questions: frozenset[str]) -> Bag:
    """Return the words that make a difference; none if they are too few, or hold a number.

    `bag` has no loose words. One word alone counts only where it is a phrase.
    """
    said = bag - questions - coach
    is_one = len(bag - coach) == 1
    if not said or NUMBER in bag or ANY in bag:
        return frozenset()
    if is_one and phrases.get(tuple(said)) is None:
        return frozenset()
    return bag
