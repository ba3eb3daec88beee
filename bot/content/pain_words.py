"""What runners type about pain, from data/locales/<language>/pain-words.toml."""

from collections.abc import Container, Iterable, Iterator
from itertools import chain
from typing import Annotated, Literal

from pydantic import Field

from bot.content.models import BodyRegion, Model, Slug
from bot.content.warning_signs import Correct, Phrase, Phrases, WarningSignsFile, fault
from bot.domain.pain_words import Numbers, PainVocabulary
from bot.domain.spelling import words_of
from bot.domain.warning_signs import Meaning, Vocabulary

FILE = "pain-words.toml"
PARTS, SYMPTOMS = "part", "symptom"  # sets that are derived from the other words

RegionKey = BodyRegion | Literal["elsewhere"]
Kind = Literal["dull", "sharp", "joint", "bone"]
SideKey = Literal["left", "right", "both", "one"]
Strength = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
Text = Annotated[str, Field(min_length=1, max_length=20)]


class NumberWords(Model):
    """How numbers are typed."""

    words: tuple[Text, ...] = Field(
        min_length=11, max_length=11, description="the words for 0 to 10", examples=[["zero"]]
    )
    beyond: tuple[Text, ...] = Field(
        (), description="words for numbers above 10", examples=[["eleven", "hundred"]]
    )
    out_of: tuple[Text, ...] = Field(
        alias="out-of", description="what stands between a score and 10", examples=[["out of"]]
    )
    to: tuple[Text, ...] = Field(description="between two scores", examples=[["to", "-"]])
    units: tuple[Text, ...] = Field(
        description="what a number counts that is no score", examples=[["days", "km"]]
    )


NUMBERS = {
    "words": [
        *("zero", "one", "two", "three", "four", "five"),
        *("six", "seven", "eight", "nine", "ten"),
    ],
    "out-of": ["out of", "/"],
    "to": ["to", "-"],
    "units": ["days", "km"],
}


class PainWordsFile(Model):
    """data/locales/<language>/pain-words.toml: the words of one language."""

    kept: Phrases = Field(
        (), description="small words of warning signs that mean something here", examples=[["im"]]
    )
    between: Phrases = Field(
        (), description="more words that may stand inside a phrase", examples=[["bit", "feels"]]
    )
    present: Phrases = Field(
        (), description="more words that bring a sentence back to now", examples=[["still"]]
    )
    but: tuple[Text, ...] = Field(
        (), description="words that begin another clause", examples=[["but"]]
    )
    was: tuple[Text, ...] = Field(
        (), description="words for what may be over by now", examples=[["was", "yesterday"]]
    )
    now: tuple[Text, ...] = Field((), description="words that say it is", examples=[["now"]])
    correct: Phrases = Field(
        (), description="words that are no misspelling of another", examples=[["scare"]]
    )
    harmless: Phrases = Field(
        (), description="names and sayings that report nothing", examples=[["no pain no gain"]]
    )
    pain: Phrases = Field(description="words that report pain", examples=[["ouch"]])
    part: Phrases = Field(
        description="words that report pain of a part named near them", examples=[["stiff"]]
    )
    ask: Phrases = Field(
        (), description="what may mean something else and is asked about", examples=[["twinge"]]
    )
    sore: Phrases = Field(description="words that report soreness", examples=[["doms"]])
    sore_part: Phrases = Field(
        alias="sore-part",
        description="words that report soreness of a muscle named near them",
        examples=[["achy"]],
    )
    muscles: Phrases = Field(description="muscles", examples=[["quads"]])
    unplaced: Phrases = Field(
        (), description="those of them that are of no region", examples=[["muscles"]]
    )
    lasting: Phrases = Field((), description="more than four days", examples=[["for a week"]])
    again: Phrases = Field(
        ("again",), description="words that make a report of a bare place", examples=[["again"]]
    )
    fine: Phrases = Field(description="words for being fine again", examples=[["healed"]])
    better: Phrases = Field(description="words for gone, or only less", examples=[["better"]])
    cleared: Phrases = Field(
        description="words for a clinician's agreement", examples=[["physio says ok"]]
    )
    cleared_ask: Phrases = Field(
        (), alias="cleared-ask", description="words for anybody's agreement", examples=[["cleared"]]
    )
    regions: dict[RegionKey, Phrases] = Field(
        description="the parts of each region", examples=[{"knee": ["knee", "kneecap"]}]
    )
    complaints: dict[RegionKey, Phrases] = Field(
        {},
        description="what is a report without any other word",
        examples=[{"shin-calf": ["shin splints"]}],
    )
    kinds: dict[Kind, Phrases] = Field(
        description="what pain is like", examples=[{"sharp": ["stabbing"]}]
    )
    strengths: dict[Strength, Phrases] = Field(
        description="words for a score", examples=[{"3": ["a little"]}]
    )
    sides: dict[SideKey, Phrases] = Field(
        description="words for a side", examples=[{"left": ["left"]}]
    )
    numbers: NumberWords = Field(description="how numbers are typed", examples=[NUMBERS])
    same: dict[Phrase, Phrase] = Field(
        {}, description="other ways to write something", examples=[{"kne": "knee"}]
    )
    sets: dict[Slug, Phrases] = Field(
        {}, description="sets of words for phrases", examples=[{"hurts": ["hurts", "aches"]}]
    )


def vocabulary(
    file: PainWordsFile, signs: WarningSignsFile, words: Container[str], names: Iterable[str]
) -> PainVocabulary:
    """Return the file's words for the reader, with the small words of the warning signs.

    `words` are those of the language; `names` of exercises and routines are not reports.
    """
    all_names = tuple(names)
    split = frozenset(tuple(word.text for word in words_of(name)) for name in all_names)
    small = frozenset(signs.small) - frozenset(file.kept)
    parts = frozenset(chain.from_iterable((*file.regions.values(), file.unplaced)))
    own = (" ".join(name) for name in split if _is_masked(name, parts, small))
    read = Vocabulary(
        signs=tuple(_meanings(file)),
        sets=_sets(file),
        same={**signs.same, **file.same},
        small=small,
        between=frozenset((*signs.between, *file.between)),
        harmless=(*file.harmless, *own),
        negations=signs.negations,
        joining=frozenset(signs.joining),
        past=signs.past,
        present=(*signs.present, *file.present),
        persons=signs.persons,
        runner=frozenset(signs.runner),
        questions=frozenset(signs.questions),
        correct=Correct(words, (*all_names, *file.correct, *signs.correct)),
    )
    numbers = file.numbers
    return PainVocabulary(
        read,
        frozenset(name for name in split if len(name) > 1 or parts.isdisjoint(name)),
        file.but,
        frozenset(file.was),
        frozenset(file.now),
        Numbers(
            *(numbers.words, numbers.beyond, numbers.out_of, numbers.to, frozenset(numbers.units))
        ),
    )


def _is_masked(name: tuple[str, ...], parts: frozenset[str], small: frozenset[str]) -> bool:
    """Return whether the name in a text reports nothing; “Hips and glutes” may be a report."""
    said = [word for word in name if word not in small]
    return len(said) > 1 and not parts.issuperset(said)


def _sets(file: PainWordsFile) -> dict[str, Phrases]:
    parts = chain.from_iterable((*file.regions.values(), *file.complaints.values(), file.unplaced))
    symptoms = chain(file.pain, file.part, file.sore, file.sore_part)
    return {
        **file.sets,
        PARTS: tuple(dict.fromkeys(parts)),
        SYMPTOMS: tuple(dict.fromkeys(words for words in symptoms if "{" not in words)),
    }


def _meanings(file: PainWordsFile) -> Iterator[Meaning]:
    yield Meaning("pain", file.pain)
    yield Meaning("part", file.part)
    yield Meaning("ask", (), file.ask)
    yield Meaning("sore", file.sore)
    yield Meaning("sore-part", file.sore_part)
    yield Meaning("muscle", file.muscles)
    for field in ("unplaced", "lasting", "again", "fine", "better", "cleared", "cleared_ask"):
        yield Meaning(field.replace("_", "-"), getattr(file, field))
    yield Meaning("denied", (f"{{{PARTS}}} {{{SYMPTOMS}}}",))  # no knee pain
    for field in ("regions", "complaints", "kinds", "strengths", "sides"):
        for key, phrases in getattr(file, field).items():
            yield Meaning(f"{field.removesuffix('s')}:{key}", phrases)


def faults(file: PainWordsFile, signs: WarningSignsFile | None) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each phrase that could never be matched."""
    small = frozenset(signs.small if signs else ()) - frozenset(file.kept)
    sets = _sets(file)
    for field, phrases in _phrases(file):
        for phrase in phrases:
            if found := fault(phrase, small, sets):
                yield field, found


def _phrases(file: PainWordsFile) -> Iterator[tuple[str, Iterable[str]]]:
    for field in ("harmless", "pain", "part", "ask", "sore", "sore_part", "muscles", "unplaced"):
        yield field.replace("_", "-"), getattr(file, field)
    for field in ("lasting", "again", "fine", "better", "cleared", "cleared_ask", "present"):
        yield field.replace("_", "-"), getattr(file, field)
    for name in ("regions", "complaints", "kinds", "strengths", "sides", "sets"):
        for key, phrases in getattr(file, name).items():
            yield f"{name}.{key}", phrases
