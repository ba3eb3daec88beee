"""What a runner wants, from words that are no command, in spite of typing errors."""

import re
from collections.abc import Callable, Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby

from bot.domain.phrases import ANY, NUMBER, Bag, PhraseIndex, Phrases, Plain, Words
from bot.domain.spelling import Speller, words_of

LONGEST_OF_TWO = 300  # letters
LONGEST = 20  # words of a message that is read
MOST_ANY = 4  # words for which ANY stands
MOST_KEPT = 64  # texts that were read: of one message the same is read several times

_SPAN = re.compile(r"\b\d{1,2}\s*[-–]\s*(\d{1,2})(?=\s*min)", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,4}(am|pm|h|m|min|mins|hrs?|ish|x|st|nd|rd|th)?")

# Where a text may be split in two: at signs between clauses, with the joining word after them.
_JOINT = re.compile(
    r"(?P<sign>[,;.!?&+]+)\s*(?:(?:and|then|also)\s+)*|(?<=\s)(?P<word>[a-z]+)(?=\s)", re.IGNORECASE
)


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
    DAY_OFF = "day-off"
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
    PERIOD = "period"
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
    COST = "cost"
    CLOCKS = "clocks"
    SPACE = "space"
    SHOES = "shoes"
    BROKEN_BAND = "broken-band"
    BAND_CARE = "band-care"
    BAND_SLIPS = "band-slips"
    NO_PAIN = "no-pain"
    RESTS = "rests"
    DAY = "day"
    SHARE = "share"
    APP = "app"
    BEFORE_RACE = "before-race"
    STUDIES = "studies"
    FORM = "form"
    WHICH_BAND = "which-band"
    WARM_UP = "warm-up"
    STRETCHING = "stretching"


# Remarks that may accompany a wish: “Hello! What shall I do today?” is only the wish. Of two
# remarks alone, the one listed first counts.
PASSING = (Intent.SORRY, Intent.THANKS, Intent.PRAISE, Intent.HELLO, Intent.BYE)


# Intents that take effect at once or ask for it are recognised only in their own phrases.
STRICT = (
    *(Intent.REMINDERS_OFF, Intent.DELETE, Intent.EXPORT, Intent.HELLO, Intent.BYE, Intent.WHO),
    *(Intent.SESSION_FOR, Intent.BACK, Intent.SAFETY, Intent.WATCH, Intent.CALENDAR),
    *(Intent.RUNS, Intent.RAN_INSTEAD, Intent.WHY_TODAY, Intent.MAY_RUN, Intent.ADVICE, Intent.LOW),
    *(Intent.RACE, Intent.RACE_MOVED, Intent.RACE_OFF),
    *(Intent.RACE_RAN, Intent.RACE_PART, Intent.RACE_NOT_STARTED),
    *(Intent.BROKEN_BAND, Intent.BAND_CARE, Intent.NO_PAIN, Intent.RESTS, Intent.DAY),
    Intent.DAY_OFF,
    *(Intent.BEFORE_RACE, Intent.SPACE, Intent.SHARE, Intent.APP, Intent.FORM),
)
# Statements about the runner; all other intents are questions or orders to the coach.
STATEMENTS = (
    *(Intent.BACK, Intent.SAFETY),
    *(Intent.AWAY, Intent.NO_BANDS, Intent.TIRED, Intent.ILL, Intent.DONE_ELSEWHERE),
    *(Intent.THANKS, Intent.PRAISE, Intent.SORRY, Intent.UPSET),
)
# Intents that are also recognised in other words and another order.
LOOSE_STATEMENTS = frozenset(STATEMENTS).difference(STRICT)
LOOSE_QUESTIONS = frozenset(Intent).difference(STRICT, STATEMENTS)


# Intents that are offered if a message was not understood but has one of their words.
LIKELY = frozenset(
    {
        *(Intent.ROUTINES, Intent.EXERCISES, Intent.PROGRESS, Intent.REMINDERS, Intent.PLACE),
        *(Intent.AWAY, Intent.BANDS, Intent.HELP, Intent.PRIVACY, Intent.PACE),
        Intent.SOUND,
    }
)
MOST_LIKELY = 2


def without_spans(text: str) -> str:
    """Return the text with spans such as “10-15 minutes” replaced by the longer time."""
    return _SPAN.sub(r"\1", text)


Known = PhraseIndex[Intent]


@dataclass(frozen=True)
class IntentWords:
    """What people type for each intent, in plain words.

    `openings` and `closings` may stand around a phrase: "could you", "thanks". `asking` are
    openings that ask how to do something, so that it is not an order. `joining` are words between
    two sentences. `loose` words are ignored in intents that take no effect: only the other words
    count there, in any order. `coach` are words for the coach and `questions` words that begin a
    question; a runner's statement has neither. The open end of a phrase contains none of the
    `negations`. `correct` are words of the language, which are never taken for a misspelling.
    `numbers` are words for numbers. `known` are the words of the phrases.
    """

    phrases: Phrases[Intent]
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
    _read: Callable[[str], Intent | None] = field(init=False)

    def __post_init__(self) -> None:
        listed = (*self.openings, *self.asking, *self.closings, *self.plain.same)
        known = self.known.union(self.plain.small, self.joining, *listed)
        known |= self.loose | self.coach | self.questions
        object.__setattr__(self, "_speller", Speller(known, self.correct))
        object.__setattr__(self, "_read", lru_cache(MOST_KEPT)(self._read_new))

    def read(self, text: str) -> Intent | None:
        """Return the intent of a whole message; None if it has none, or two."""
        return self._read(text)

    def _read_new(self, text: str) -> Intent | None:
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
        known = self.phrases.among(whole)
        return self._only(known, self._intent, splits) or self._only(
            known, self._loose_intent, splits
        )

    def corrected(self, text: str) -> str:
        """Return the text with its words spelt as the one known word that each stands for."""
        return re.sub(r"[^\W\d_]+", lambda word: self._known(word[0]), text)

    def _known(self, typed: str) -> str:
        """Return the one known word that is meant, such as “Saturday” rather than “Saturdays”."""
        meant = self._speller.meant(typed.lower())
        shortest = min(meant, key=len, default=typed)
        return shortest if all(word.startswith(shortest) for word in meant) else typed

    def halves(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the ways to split a text in two at a joining word or between two clauses."""
        for match in _JOINT.finditer(text[:LONGEST_OF_TWO]):
            if match["sign"] or match["word"].lower() in self.joining:
                halves = text[: match.start()].strip(), text[match.end() :].strip()
                if all(halves):
                    yield halves

    def likely(self, text: str) -> tuple[Intent, ...]:
        """Return at most MOST_LIKELY intents that have a word in the text."""
        spelt = self.plain.of(tuple(self._spelt(word.text) for word in words_of(text)))[:LONGEST]
        known = self.phrases.among(spelt)
        found = (known.exact.get((word,)) for word in spelt)
        likely = dict.fromkeys(intent for intent in found if intent in LIKELY)
        return tuple(likely)[:MOST_LIKELY]

    def _only(
        self,
        known: Known,
        read: Callable[[Known, Words], Intent | None],
        splits: Sequence[Sequence[Words]],
    ) -> Intent | None:
        """Return the one wish of a message whose parts are all understood."""
        for parts in splits:
            read_exactly = {part: self._intent(known, part) for part in parts}
            intents = {
                intent or read(known, part)
                for part, intent in read_exactly.items()
                if intent or not self._says_nothing(part)
            }
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

    def _intent(self, known: Known, spoken: Words) -> Intent | None:
        """Return the intent of words that may have openings and closings around a phrase."""
        words = self.plain.of(spoken)
        ends = self._ends(words)
        for start, is_asked in self._starts(words):
            for end in ends:
                phrase = words[start:end]
                intent = known.exact.get(phrase) or self._open(known, phrase)
                if intent is Intent.REMINDERS_OFF and is_asked:
                    return Intent.REMINDERS
                if intent is not None:
                    return intent
        return None

    def _open(self, known: Known, words: Words) -> Intent | None:
        """Return the intent of a phrase with an open end, as in: i moved to *."""
        ends = range(max(len(words) - MOST_ANY, 1), len(words))
        found = (known.exact.get((*words[:end], ANY)) for end in reversed(ends))
        intent = next(filter(None, found), None)
        return None if self.negations & set(words) else intent

    def _loose_intent(self, known: Known, spoken: Words) -> Intent | None:
        """Return the intent of words that differ from a phrase in loose words and order only."""
        words = self.plain.of(spoken)
        for start, _ in self._starts(words):
            for end in self._ends(words):
                said = frozenset(words[start:end]) - self.loose
                bag = _bag(said, known, self.coach, self.questions)
                stated = known.stated.get(bag)
                if stated in LOOSE_STATEMENTS and words[0] not in self.questions:
                    return stated
                asked = known.asked.get(bag - self.coach)
                if asked in LOOSE_QUESTIONS:
                    return asked
        return None

    def _says_nothing(self, spoken: Words) -> bool:
        words = self.plain.of(spoken)
        if all(word in self.plain.small for word in words):
            return True
        return any(start >= end for start, _ in self._starts(words) for end in self._ends(words))

    def _starts(self, words: Words) -> Sequence[tuple[int, bool]]:
        """Return where a phrase may begin, and whether “how do I” or the like stands before it."""
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
        return self._speller.corrected(typed)


def _bag(bag: Bag, known: Known, coach: Bag, questions: Bag) -> Bag:
    """Return the words that make a difference; none if they are too few or contain a number.

    `bag` has no loose words. A single word counts only if it is a phrase by itself.
    """
    said = bag - questions - coach
    is_one = len(bag - coach) == 1
    if not said or NUMBER in bag or ANY in bag:
        return frozenset()
    if is_one and tuple(said) not in known.exact:
        return frozenset()
    return bag
