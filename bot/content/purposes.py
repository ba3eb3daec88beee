"""The purposes of sessions, from data/purposes.toml, and their words in the locale folder."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field, RootModel

from bot.content.models import PHRASE, SLUG, Line, Model, Purpose
from bot.domain.wish import LEAST, MOST

FILE = "purposes.toml"
WORDS_FILE = "purpose-words.toml"

# Short enough for the id of a session of it, and for a button.
PurposeId = Annotated[str, Field(pattern=SLUG, max_length=24)]
Part = Annotated[tuple[Purpose, ...], Field(min_length=1)]


class SessionPurpose(Model):
    """One entry of data/purposes.toml: what sessions for a purpose consist of."""

    minutes: Annotated[int, Field(ge=LEAST, le=MOST)] = Field(
        description="minutes with the warm-up where none are asked for", examples=[15]
    )
    parts: tuple[Part, ...] = Field(
        min_length=1,
        max_length=4,
        description="what every session of it has, the most important first; any of the purposes"
        " in a part will do",
        examples=[[["side-hips"], ["glutes", "hamstrings"]]],
    )
    bands: bool = Field(
        True,
        description="false: for who has no bands at hand, whichever they own",
        examples=[False],
    )
    besides: tuple[Part, ...] = Field(
        (), description="what a long session has besides, in this order", examples=[[["trunk"]]]
    )


class PurposesFile(RootModel[dict[PurposeId, SessionPurpose]]):
    """data/purposes.toml: every purpose that a session can be made for."""


class PurposeTexts(Model):
    """The name of a purpose, and the words that people type for it, in one language."""

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="what the runner reads", examples=["Hips"]
    )
    in_short: Line = Field(
        description="what it is for, in a sentence or two",
        examples=["For the muscles beside and behind your hips."],
    )
    words: tuple[Annotated[str, Field(pattern=PHRASE)], ...] = Field(
        min_length=1,
        description="what people type for it, in lower case and without punctuation",
        examples=[["hips", "hip strength"]],
    )


class PurposeTextsFile(RootModel[dict[PurposeId, PurposeTexts]]):
    """data/locales/<language>/purpose-words.toml: the names and words of the purposes."""


def words(texts: Mapping[str, PurposeTexts]) -> tuple[str, ...]:
    """Return what people type for any purpose."""
    return tuple(dict.fromkeys(word for text in texts.values() for word in text.words))


def faults(
    purposes: Mapping[str, SessionPurpose], texts: Mapping[str, PurposeTexts], served: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield a field of data/purposes.toml and what is wrong; `served`: purposes of exercises."""
    served = frozenset(served)
    for key, purpose in purposes.items():
        if key not in texts:
            what = f"has no words: write [{key}] in locales/<language>/{WORDS_FILE}"
            yield key, what
        for number, part in enumerate(purpose.parts):
            if served.isdisjoint(part):
                yield f"{key}.parts.{number}", f"no exercise is for {' or '.join(part)}"


def word_faults(
    purposes: Mapping[str, SessionPurpose], texts: Mapping[str, PurposeTexts]
) -> Iterator[tuple[str, str]]:
    """Yield a field of the file of the words and what is wrong with it."""
    owners: dict[str, str] = {}
    for key, text in texts.items():
        if key not in purposes:
            yield key, f"is no purpose: write [{key}] in data/{FILE}, or take it out"
        for word in text.words:
            if owners.setdefault(word, key) != key:
                yield f"{key}.words", f"“{word}” is a word of {owners[word]}, too"
