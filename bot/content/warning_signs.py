"""What runners type for warning signs, from data/locales/<language>/warning-signs.toml."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from bot.content.explaining import did_you_mean
from bot.content.models import PHRASE, Model, Slug
from bot.domain.spelling import is_plain, words_of
from bot.domain.warning_signs import ANY_ORDER, Sign, Urgency, Vocabulary, parts_of

FILE = "warning-signs.toml"
LONGEST = 12  # words of a phrase

Phrase = Annotated[str, Field(min_length=1, max_length=100, pattern=PHRASE)]
Phrases = tuple[Phrase, ...]


class SignWords(Model):
    """What people type for one warning sign."""

    urgency: Literal["emergency", "today", "days"] = Field(
        description="how soon somebody must see to it", examples=["today"]
    )
    phrases: Phrases = Field(
        (), description="what people type for it", examples=[["calf is swollen"]]
    )
    ask: Phrases = Field(
        (), description="what may mean something else and is asked about", examples=[["dizzy"]]
    )
    alone: Phrases = Field(
        (),
        description="what is asked about where the message says nothing else",
        examples=[["confused"]],
    )


class WarningSignsFile(Model):
    """data/locales/<language>/warning-signs.toml: the words of one language."""

    small: Phrases = Field(description="words that are ignored", examples=[["my", "the", "is"]])
    between: Phrases = Field(
        (), description="words that may stand inside a phrase", examples=[["really", "feels"]]
    )
    negations: Phrases = Field(description="words that deny", examples=[["no", "not", "without"]])
    joining: Phrases = Field(
        (), description="words that carry a negation on to what follows", examples=[["or", "nor"]]
    )
    past: Phrases = Field((), description="words for another time", examples=[["last year"]])
    present: Phrases = Field(
        (), description="words that bring a sentence back to now", examples=[["again", "now"]]
    )
    persons: Phrases = Field((), description="words for somebody else", examples=[["dad", "she"]])
    runner: Phrases = Field((), description="words for the runner", examples=[["i", "my"]])
    questions: Phrases = Field(
        (), description="words that begin a question", examples=[["is", "why"]]
    )
    correct: Phrases = Field(
        (), description="words that are no misspelling of another", examples=[["brest", "herat"]]
    )
    harmless: Phrases = Field(
        (), description="names and sayings that report nothing", examples=[["chest press"]]
    )
    same: dict[Phrase, Phrase] = Field(
        {}, description="other ways to write something", examples=[{"cannot": "cant"}]
    )
    sets: dict[Slug, Phrases] = Field(
        {}, description="sets of words for phrases", examples=[{"hot": ["hot", "red"]}]
    )
    signs: dict[Slug, SignWords] = Field(
        description="the signs, those that go before others first",
        examples=[{"calf": {"urgency": "today", "phrases": ["calf is swollen"]}}],
    )


def vocabulary(file: WarningSignsFile, words: Container[str], names: Iterable[str]) -> Vocabulary:
    """Return the file's words for the reader.

    `words` are those of the language and `names` those of exercises; none is a misspelling.
    """
    return Vocabulary(
        signs=tuple(
            Sign(key, sign.phrases, sign.ask, sign.alone, Urgency(sign.urgency))
            for key, sign in file.signs.items()
        ),
        sets=file.sets,
        same=file.same,
        small=frozenset(file.small),
        between=frozenset(file.between),
        harmless=file.harmless,
        negations=file.negations,
        joining=frozenset(file.joining),
        past=file.past,
        present=file.present,
        persons=file.persons,
        runner=frozenset(file.runner),
        questions=frozenset(file.questions),
        correct=Correct(words, (*names, *file.correct)),
    )


class Correct:
    """Words that are spelt right: those of the language, their plurals, and those of names."""

    def __init__(self, words: Container[str], names: Iterable[str]) -> None:
        self._words = words
        self._names = frozenset(word.text for name in names for word in words_of(name))

    def __contains__(self, word: object) -> bool:
        typed = str(word)
        is_of_language = typed in self._words or typed.removesuffix("s") in self._words
        return is_of_language or typed in self._names


def faults(file: WarningSignsFile) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each phrase that could never be found as meant."""
    for field, words in _words(file):
        if not is_plain(words):
            yield field, f"“{words}” must be one word"
    for field, words in _without_sets(file):
        if "{" in words or f" {ANY_ORDER} " in words:
            yield field, f'“{words}” must be words only, without {{ }} and " + "'
        elif field != "same" and (found := fault(words, file.small, file.sets)):
            yield field, found
    for field, phrase in _phrases(file):
        if found := fault(phrase, file.small, file.sets):
            yield field, found


def _words(file: WarningSignsFile) -> Iterator[tuple[str, str]]:
    for field in ("small", "between", "joining", "runner", "questions", "correct"):
        yield from ((field, word) for word in getattr(file, field))


def _without_sets(file: WarningSignsFile) -> Iterator[tuple[str, str]]:
    yield from (("same", phrase) for pair in file.same.items() for phrase in pair)
    for name, members in file.sets.items():
        yield from ((f"sets.{name}", member) for member in members)


def _phrases(file: WarningSignsFile) -> Iterator[tuple[str, str]]:
    for field in ("negations", "past", "present", "persons", "harmless"):
        yield from ((field, phrase) for phrase in getattr(file, field))
    for key, sign in file.signs.items():
        for field in ("phrases", "ask", "alone"):
            yield from ((f"signs.{key}.{field}", phrase) for phrase in getattr(sign, field))


def fault(phrase: str, small: Container[str], sets: Mapping[str, Phrases]) -> str | None:
    """Return what is wrong with a phrase, or None."""
    if len(phrase.split()) > LONGEST:
        return f"“{phrase}” is too long: {LONGEST} words at most"
    for part in parts_of(phrase):
        if ANY_ORDER in part:
            return f"“{phrase}”: + must stand between two words, such as calf + hot"
        if all(word in small for word in part):
            return f"“{' '.join(part)}” has only words of small, which are ignored"
        for word in part:
            if found := _word_fault(phrase, word, sets):
                return found
    return None


def _word_fault(phrase: str, word: str, sets: Mapping[str, Phrases]) -> str | None:
    if not word.startswith("{"):
        bare = word.removesuffix("*")
        if not is_plain(bare):
            return f"“{phrase}”: {word} must be written without accents, hyphens and other signs"
        return None
    name = word.strip("{}")
    if word != f"{{{name}}}":
        return f"“{phrase}”: {word} must be the name of a set in {{ }}, such as {{hurts}}"
    return None if name in sets else f"“{phrase}”: there is no set {name}{did_you_mean(name, sets)}"
