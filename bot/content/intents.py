"""What runners type for what they want, from data/locales/<language>/intents.toml."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Annotated

from pydantic import Field

from bot.content.explaining import did_you_mean
from bot.content.models import IN_WORDS, Model, Slug
from bot.content.purposes import PurposeTexts
from bot.content.warning_signs import Correct
from bot.domain.intents import (
    ANY,
    NUMBER,
    Intent,
    IntentWords,
    PhraseCollector,
    PhraseIndex,
    Plain,
    Words,
)
from bot.domain.languages import OtherLanguages
from bot.domain.spelling import is_plain, words_of
from bot.domain.wish import WITHOUT_BANDS, WishWords

FILE = "intents.toml"
PURPOSE = "purpose"  # the set of the words for what a session can be made for
BANDLESS = "bandless"  # the set of the words for a session without bands, beside minutes
MOST = 3000  # ways to read one phrase
DEEPEST = 4  # sets in sets

PHRASE = r"^[^A-Z'’.,;:?!]+$"
IN_WORDS[PHRASE] = "in lower case, without punctuation and apostrophes"

Phrase = Annotated[str, Field(min_length=1, max_length=200, pattern=PHRASE)]
Phrases = tuple[Phrase, ...]
Sets = Mapping[str, Phrases]


class IntentsFile(Model):
    """data/locales/<language>/intents.toml: the words of one language."""

    small: Phrases = Field(description="words that change nothing", examples=[["the", "really"]])
    joining: Phrases = Field((), description="words between two sentences", examples=[["and"]])
    loose: Phrases = Field(
        (),
        description="words that make no difference where something is only shown or said",
        examples=[["for", "did", "have"]],
    )
    coach: Phrases = Field((), description="words for the coach", examples=[["you"]])
    questions: Phrases = Field(
        (), description="words that begin a question", examples=[["is", "why"]]
    )
    negations: Phrases = Field((), description="words that deny", examples=[["not", "never"]])
    openings: Phrases = Field(
        (), description="what may stand before a phrase", examples=[["could you", "i want to"]]
    )
    asking: Phrases = Field(
        (), description="openings that ask how something is done", examples=[["how do i"]]
    )
    closings: Phrases = Field(
        (), description="what may stand after a phrase", examples=[["please", "now"]]
    )
    same: dict[Phrase, Phrase] = Field(
        {}, description="words for which others are read", examples=[{"dont": "do not"}]
    )
    sets: dict[Slug, Phrases] = Field(
        {}, description="sets of words for phrases", examples=[{"session": ["session", "workout"]}]
    )
    clear: Phrases = Field(
        (),
        description="words with which a part of the body is what a session is for",
        examples=[["please", "session"]],
    )
    numbers: dict[Phrase, int] = Field(
        {}, description="words that are read as a number", examples=[{"ten": 10}]
    )
    lengths: dict[Phrase, int] = Field(
        {}, description="the minutes of a session that is called so", examples=[{"short": 10}]
    )
    hours: Phrases = Field((), description="words for an hour", examples=[["hour", "hours"]])
    around: Phrases = Field(
        (),
        description="words that may stand beside minutes and a purpose",
        examples=[["minutes", "session"]],
    )
    intents: dict[Intent, Phrases] = Field(
        description="what people type for each intent",
        examples=[{"help": ["help", "what can you do"]}],
    )
    languages: dict[Slug, Phrases] = Field(
        {},
        description="common words of languages that the coach does not speak",
        examples=[{"german": ["ich", "heute", "nicht"]}],
    )

    def __hash__(self) -> int:
        return hash(self.model_dump_json())


class UnreadablePhraseError(ValueError):
    """A phrase with a wrong bracket or an unknown set; the text says what is wrong."""


@dataclass(frozen=True)
class Read:
    """All ways to read the phrases of a file, in plain words, and what is wrong with them.

    `words` are those of each intent's phrases. A fault is a field and an explanation.
    """

    plain: Plain
    phrases: PhraseIndex
    words: Mapping[Intent, frozenset[str]]
    openings: frozenset[Words]
    asking: frozenset[Words]
    closings: frozenset[Words]
    faults: tuple[tuple[str, str], ...]


def vocabulary(
    file: IntentsFile,
    correct: Container[str] = frozenset(),
    names: Iterable[str] = (),
    purposes: tuple[str, ...] = (),
) -> IntentWords:
    """Return the file's words for the reader, without phrases that cannot be read.

    `correct` are the words of the language and `names` those of exercises and routines; none is a
    misspelling. `purposes` are the words for what a session can be made for.
    """
    read = _read(file, purposes)
    return IntentWords(
        read.phrases,
        frozenset[str]().union(*read.words.values()),
        read.plain,
        read.openings,
        read.asking,
        read.closings,
        frozenset(file.joining),
        frozenset(file.loose),
        frozenset(file.coach),
        frozenset(file.questions),
        frozenset(file.negations),
        Correct(correct, names),
        frozenset(file.numbers),
    )


def other_languages(file: IntentsFile, everyday: Container[str]) -> OtherLanguages:
    """Return the file's words of other languages; `everyday` are those of the coach's language."""
    return OtherLanguages(
        {language: frozenset(words) for language, words in file.languages.items()}, everyday
    )


def everyday(
    file: IntentsFile, correct: Container[str] = frozenset(), purposes: tuple[str, ...] = ()
) -> Container[str]:
    """Return the words of the language, and those that people type for what they want.

    What only `purposes` have is not among them.
    """
    read = _read(file, purposes)
    own = {*file.small, *file.loose, *file.questions, *file.coach, *file.negations, *file.joining}
    own = own.union(
        *(words for intent, words in read.words.items() if intent is not Intent.LANGUAGE),
        *read.openings,
        *map(str.split, file.same),
    )
    own -= {word for phrase in purposes for word in phrase.split()}.difference(
        word.text
        for phrases in (*file.intents.values(), *file.sets.values())
        for phrase in phrases
        for word in words_of(phrase)
    )
    return Correct(correct, own)


def wish_words(
    file: IntentsFile,
    texts: Mapping[str, PurposeTexts],
    correct: Container[str] = frozenset(),
    names: Iterable[str] = (),
) -> WishWords:
    """Return the words for minutes and purposes, for the reader."""
    plain = _plain(file)
    purposes = {tuple(word.split()): key for key, text in texts.items() for word in text.words}
    for phrase in file.sets.get(BANDLESS, ()):
        purposes |= dict.fromkeys(expanded(phrase, file.sets), WITHOUT_BANDS)
    return WishWords(
        {plain.of(words): key for words, key in purposes.items()},
        {**file.numbers, **file.lengths},
        frozenset((*file.around, *file.loose)),
        frozenset(file.hours),
        frozenset(file.clear),
        plain,
        Correct(correct, names),
    )


def faults(file: IntentsFile, purposes: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Return the field and the explanation of each phrase that could never be found as meant."""
    return _read(file, purposes).faults


def _plain(file: IntentsFile) -> Plain:
    same = {tuple(key.split()): tuple(value.split()) for key, value in file.same.items()}
    return Plain(frozenset(file.small), same)


@lru_cache(2)
def _read(file: IntentsFile, purposes: tuple[str, ...]) -> Read:
    reader = _Phrases(_plain(file), {PURPOSE: purposes, **file.sets})
    for field in (
        "small",
        "joining",
        "loose",
        "coach",
        "questions",
        "negations",
        "around",
        "clear",
        "hours",
    ):
        for word in getattr(file, field):
            reader.ways(field, word)
    for language, words in file.languages.items():
        for word in words:
            reader.ways(f"languages.{language}", word)
    for key, value in file.same.items():
        reader.ways("same", key)
        reader.ways("same", value)
    for name, listed in file.sets.items():
        for phrase in listed:
            reader.ways(f"sets.{name}", phrase)
    collector = PhraseCollector(frozenset(file.loose), frozenset(file.coach))
    words_of_intents = reader.collect(file.intents, collector)
    return Read(
        reader.plain,
        collector.index(),
        words_of_intents,
        frozenset(way for phrase in file.openings for way in reader.ways("openings", phrase)),
        frozenset(way for phrase in file.asking for way in reader.ways("asking", phrase)),
        frozenset(way for phrase in file.closings for way in reader.ways("closings", phrase)),
        tuple(reader.faults),
    )


class _Phrases:
    """Reads the phrases of one file and collects what is wrong with them."""

    def __init__(self, plain: Plain, sets: Sets) -> None:
        self.plain = plain
        self.faults: list[tuple[str, str]] = []
        self._sets = sets

    def ways(self, field: str, phrase: str) -> Iterable[Words]:
        """Return the plain ways to read the phrase; none, with a fault, if it cannot be read."""
        try:
            return dict.fromkeys(self.plain.of_all(expanded(phrase, self._sets)))
        except UnreadablePhraseError as error:
            self.faults.append((field, f"“{phrase}”: {error}"))
            return ()

    def collect(
        self, intents: Mapping[Intent, Phrases], collector: PhraseCollector
    ) -> dict[Intent, frozenset[str]]:
        """Collect each way to read a phrase, with a fault for one that has two intents.

        Return the words of each intent.
        """
        words = {}
        for intent, listed in intents.items():
            known = set[str]()
            for phrase in listed:
                ways = self.ways(f"intents.{intent}", phrase)
                known.update(*ways)
                if ambiguous := collector.add(ways, intent):
                    way, other = ambiguous
                    first = self._with_way(way, intents[other])
                    said = f"“{' '.join(way)}”, which is “{first}” of {other}, too"
                    self.faults.append((f"intents.{intent}", f"“{phrase}” may be {said}"))
            words[intent] = frozenset(known)
        return words

    def _with_way(self, way: Words, phrases: Phrases) -> str:
        """Return the first phrase that may be read in this way."""
        again = _Phrases(self.plain, self._sets)  # collects the faults of earlier ones again
        return next(phrase for phrase in phrases if way in again.ways("", phrase))


def expanded(phrase: str, sets: Sets) -> tuple[Words, ...]:
    """Return all ways to read a phrase; raise UnreadablePhraseError if it cannot be read.

    `{name}` is any of a set, `(a|b)` is a or b, and `[a]` or `[a|b]` may be left out. A `*` at the
    end is any few words.
    """
    ways = _Reader(phrase, sets).ways()
    return tuple(filter(None, dict.fromkeys(ways)))


class _Reader:
    """Reads one phrase from left to right."""

    def __init__(self, phrase: str, sets: Sets, depth: int = 0) -> None:
        spaced = phrase
        for sign in "()[]{}|":
            spaced = spaced.replace(sign, f" {sign} ")
        self._rest = spaced.split()
        self._sets = sets
        self._depth = depth

    def ways(self) -> list[Words]:
        ways = self._choice()
        if self._rest:
            raise UnreadablePhraseError(f"{self._rest[0]} has no beginning")
        if any(ANY in way[:-1] or way == (ANY,) for way in ways):
            raise UnreadablePhraseError(f"{ANY} must stand at the end, behind other words")
        return ways

    def _choice(self) -> list[Words]:
        ways = self._sequence()
        while self._rest[:1] == ["|"]:
            self._rest.pop(0)
            ways = [*ways, *self._sequence()]
        return ways

    def _sequence(self) -> list[Words]:
        ways: list[Words] = [()]
        while self._rest and self._rest[0] not in ")]}|":
            found = self._item()
            if len(ways) * len(found) > MOST:
                raise UnreadablePhraseError(f"can be read in more than {MOST} ways")
            ways = [before + after for before, after in product(ways, found)]
        return ways

    def _item(self) -> list[Words]:
        first = self._rest.pop(0)
        if first == "{":
            return self._set()
        if first in "([":
            ways = self._choice()
            self._close(")" if first == "(" else "]")
            return ways if first == "(" else [(), *ways]
        if first not in (NUMBER, ANY) and not is_plain(first):
            raise UnreadablePhraseError(
                f"{first} must be written without accents, hyphens and other signs"
            )
        return [(first,)]

    def _set(self) -> list[Words]:
        name = self._rest.pop(0) if self._rest else ""
        self._close("}")
        if name not in self._sets:
            raise UnreadablePhraseError(f"there is no set {name}{did_you_mean(name, self._sets)}")
        if self._depth >= DEEPEST:
            raise UnreadablePhraseError(f"the set {name} has sets that are nested too deeply")
        deeper = self._depth + 1
        return [
            way for member in self._sets[name] for way in _Reader(member, self._sets, deeper).ways()
        ]

    def _close(self, sign: str) -> None:
        if self._rest[:1] != [sign]:
            raise UnreadablePhraseError(f"{sign} is missing")
        self._rest.pop(0)
