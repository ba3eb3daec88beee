"""What runners type for a routine of their own, from data/locales/<language>/routine-words.toml."""

from typing import Annotated

from pydantic import Field

from bot.content.models import Model
from bot.domain.routine_words import LONGEST_PHRASE, Meaning, RoutineWords
from bot.domain.spelling import normalised

FILE = "routine-words.toml"

Phrase = Annotated[str, Field(min_length=1, max_length=60)]
Phrases = tuple[Phrase, ...]


class RoutineWordsFile(Model):
    """data/locales/<language>/routine-words.toml: the words of one language."""

    openings: Phrases = Field(
        min_length=1, description="what stands before the exercises", examples=[["my routine"]]
    )
    naming: Phrases = Field(
        description="what stands before the name of the routine", examples=[["call it"]]
    )
    whole: Phrases = Field(
        description="whole messages that ask for a new routine", examples=[["my own routine"]]
    )
    new: Phrases = Field(
        min_length=1, description="what stands behind /routine", examples=[["new", "own"]]
    )
    save: Phrases = Field(description="words that save what was read", examples=[["save", "yes"]])
    cancel: Phrases = Field(description="words that leave it", examples=[["cancel", "no"]])
    leave_out: Phrases = Field(
        (),
        description="words that do without the exercise asked about",
        examples=[["leave it out"]],
    )
    changing: Phrases = Field(
        (),
        description="what begins a wish to change what was read, and no name",
        examples=[["add", "remove"]],
    )
    words: dict[Meaning, Phrases] = Field(
        description="words beside a number, by what they mean",
        examples=[{"sets": ["sets", "rounds"], "seconds": ["s", "seconds"]}],
    )


def vocabulary(file: RoutineWordsFile) -> RoutineWords:
    return RoutineWords(
        {phrase: meaning for meaning, phrases in file.words.items() for phrase in phrases},
        file.openings,
        file.naming,
        frozenset(file.whole),
        file.new,
        frozenset(file.save),
        frozenset(file.cancel),
        frozenset(file.leave_out),
        file.changing,
    )


def faults(file: RoutineWordsFile) -> tuple[tuple[str, str], ...]:
    """Return the field and the explanation of each phrase that could never be found as meant."""
    found: list[tuple[str, str]] = []
    seen: dict[str, Meaning] = {}
    for meaning, phrases in file.words.items():
        for phrase in phrases:
            other = seen.setdefault(phrase, meaning)
            if other is not meaning:
                found.append((f"words.{meaning}", f"“{phrase}” is among {other}, too"))
            elif normalised(phrase) != phrase:
                plain = normalised(phrase)
                found.append((f"words.{meaning}", f"“{phrase}” must be written “{plain}”"))
            elif len(phrase.split()) > LONGEST_PHRASE:
                found.append(
                    (f"words.{meaning}", f"“{phrase}” has more than {LONGEST_PHRASE} words")
                )
    return tuple(found)
