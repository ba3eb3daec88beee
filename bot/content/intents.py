"""What runners type for what they want, from data/locales/<language>/intents.toml."""

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import Annotated

from pydantic import Field

from bot.content.models import PHRASE, Model, Slug
from bot.content.phrases import PhraseReader, UnreadablePhraseError
from bot.content.purposes import PurposeTexts
from bot.content.warning_signs import Correct
from bot.domain.frozen import frozen
from bot.domain.intents import Intent, IntentWords
from bot.domain.languages import OtherLanguages
from bot.domain.phrases import (
    Pattern,
    PhraseIndex,
    Phrases,
    Plain,
    Ways,
    Words,
    plain_ways,
    words_in,
)
from bot.domain.spelling import words_of
from bot.domain.wish import WITHOUT_BANDS, WishWords

FILE = "intents.toml"
PURPOSE = "purpose"  # the set of the words for purposes of sessions
BANDLESS = "bandless"  # the set of the words for a session without bands, beside minutes
WORDS = ("small", "joining", "loose", "coach", "questions", "negations", "around", "clear", "hours")

Phrase = Annotated[str, Field(min_length=1, max_length=200, pattern=PHRASE)]
Listed = tuple[Phrase, ...]


class IntentsFile(Model):
    """data/locales/<language>/intents.toml: the words of one language."""

    small: Listed = Field(description="words that change nothing", examples=[["the", "really"]])
    joining: Listed = Field((), description="words between two sentences", examples=[["and"]])
    loose: Listed = Field(
        (),
        description="words that make no difference where something is only shown or said",
        examples=[["for", "did", "have"]],
    )
    coach: Listed = Field((), description="words for the coach", examples=[["you"]])
    questions: Listed = Field(
        (), description="words that begin a question", examples=[["is", "why"]]
    )
    negations: Listed = Field((), description="words that deny", examples=[["not", "never"]])
    openings: Listed = Field(
        (), description="what may stand before a phrase", examples=[["could you", "i want to"]]
    )
    asking: Listed = Field(
        (), description="openings that ask how something is done", examples=[["how do i"]]
    )
    closings: Listed = Field(
        (), description="what may stand after a phrase", examples=[["please", "now"]]
    )
    same: dict[Phrase, Phrase] = Field(
        {}, description="words for which others are read", examples=[{"dont": "do not"}]
    )
    sets: dict[Slug, Listed] = Field(
        {}, description="sets of words for phrases", examples=[{"session": ["session", "workout"]}]
    )
    clear: Listed = Field(
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
    hours: Listed = Field((), description="words for an hour", examples=[["hour", "hours"]])
    around: Listed = Field(
        (),
        description="words that may stand beside minutes and a purpose",
        examples=[["minutes", "session"]],
    )
    intents: dict[Intent, Listed] = Field(
        description="what people type for each intent",
        examples=[{"help": ["help", "what can you do"]}],
    )
    languages: dict[Slug, Listed] = Field(
        {},
        description="common words of languages that the coach does not speak",
        examples=[{"german": ["ich", "heute", "nicht"]}],
    )

    def __hash__(self) -> int:
        return hash(self.model_dump_json())


@frozen
class Patterns:
    """The patterns of a file, and the faults of its phrases as fields with explanations."""

    plain: Plain
    intents: Mapping[Intent, tuple[tuple[str, Pattern], ...]]  # with the phrases
    openings: frozenset[Words]
    asking: frozenset[Words]
    closings: frozenset[Words]
    faults: tuple[tuple[str, str], ...]

    def words(self, *, but: Container[Intent] = ()) -> frozenset[str]:
        """Return the words of all phrases, and the plain words that replace them."""
        words = {
            word
            for intent, patterns in self.intents.items()
            if intent not in but
            for _, pattern in patterns
            for word in words_in(pattern)
        }
        return frozenset(self.plain.made_of(words))


def vocabulary(
    file: IntentsFile,
    correct: Container[str] = frozenset(),
    names: Iterable[str] = (),
    purposes: tuple[str, ...] = (),
) -> IntentWords:
    """Return the file's words for the reader, without phrases that cannot be read.

    `correct` are the words of the language and `names` those of exercises and routines; neither are
    taken for misspellings. `purposes` are the words for purposes of sessions.
    """
    read = _read(file, purposes)
    patterns = {intent: [pattern for _, pattern in it] for intent, it in read.intents.items()}
    return IntentWords(
        Phrases(patterns, read.plain, frozenset(file.loose), frozenset(file.coach)),
        read.words(),
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

    Words that only `purposes` have are left out.
    """
    read = _read(file, purposes)
    own = {*file.small, *file.loose, *file.questions, *file.coach, *file.negations, *file.joining}
    own = own.union(read.words(but=(Intent.LANGUAGE,)), *read.openings, *map(str.split, file.same))
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
    correct: Container[str],
    names: Iterable[str],
) -> WishWords:
    """Return the words for minutes and purposes, for the reader."""
    plain = _plain(file)
    purposes = {tuple(word.split()): key for key, text in texts.items() for word in text.words}
    for phrase in file.sets.get(BANDLESS, ()):
        bandless = PhraseReader(file.sets).pattern(phrase)
        purposes |= dict.fromkeys(Ways().of(bandless), WITHOUT_BANDS)
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
    """Return the field and the explanation of each phrase that could never be matched."""
    return _read(file, purposes).faults


def _plain(file: IntentsFile) -> Plain:
    same = {tuple(key.split()): tuple(value.split()) for key, value in file.same.items()}
    return Plain(frozenset(file.small), same)


@lru_cache(2)  # one that is edited beside this file is read again and again
def ambiguous(file: IntentsFile, purposes: tuple[str, ...] = ()) -> tuple[tuple[str, str], ...]:
    """Return the field and the explanation of each phrase that another intent has, too.

    The first of the two intents counts. Comparing all ways to type all phrases takes half a second.
    """
    read = _read(file, purposes)
    ways = Ways()
    known = PhraseIndex[Intent](frozenset(file.loose), frozenset(file.coach))
    faults: list[tuple[str, str]] = []
    for intent, patterns in read.intents.items():
        for phrase, pattern in patterns:
            if found := known.add(plain_ways(pattern, read.plain, ways), intent):
                way, other = found
                first = next(
                    phrase
                    for phrase, pattern in read.intents[other]
                    if way in plain_ways(pattern, read.plain, ways)
                )
                said = f"“{' '.join(way)}”, which is “{first}” of {other}, too"
                faults.append((f"intents.{intent}", f"“{phrase}” may be {said}"))
    return tuple(faults)


@lru_cache(2)
def _read(file: IntentsFile, purposes: tuple[str, ...]) -> Patterns:
    reader = _Phrases({PURPOSE: purposes, **file.sets})
    for field in WORDS:
        for word in getattr(file, field):
            reader.pattern(field, word)
    for language, words in file.languages.items():
        for word in words:
            reader.pattern(f"languages.{language}", word)
    for key, value in file.same.items():
        reader.pattern("same", key)
        reader.pattern("same", value)
    for name, listed in file.sets.items():
        for phrase in listed:
            reader.pattern(f"sets.{name}", phrase)
    plain = _plain(file)
    found = {
        intent: tuple((phrase, reader.pattern(f"intents.{intent}", phrase)) for phrase in listed)
        for intent, listed in file.intents.items()
    }
    around = {
        field: frozenset(
            way
            for phrase in getattr(file, field)
            for way in plain_ways(reader.pattern(field, phrase), plain, Ways())
        )
        for field in ("openings", "asking", "closings")
    }
    return Patterns(plain, found, **around, faults=tuple(reader.faults))


class _Phrases:
    """Reads the phrases of one file and collects their faults."""

    def __init__(self, sets: Mapping[str, Listed]) -> None:
        self.faults: list[tuple[str, str]] = []
        self._reader = PhraseReader(sets)

    def pattern(self, field: str, phrase: str) -> Pattern:
        """Return the phrase's pattern; an empty one, with a fault, if it cannot be read."""
        try:
            return self._reader.pattern(phrase)
        except UnreadablePhraseError as error:
            self.faults.append((field, f"“{phrase}”: {error}"))
            return ()
