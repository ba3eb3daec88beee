"""What runners type for what they want, from data/locales/<language>/intents.toml."""

from collections.abc import Container, Iterator
from typing import Annotated

from pydantic import Field

from bot.content.models import IN_WORDS, Model
from bot.domain.intents import Intent, IntentWords

FILE = "intents.toml"
PHRASE = r"^[^A-Z'’.,;:?!]+$"
IN_WORDS[PHRASE] = "in lower case, without punctuation and apostrophes"

Phrase = Annotated[str, Field(min_length=1, max_length=100, pattern=PHRASE)]


class IntentsFile(Model):
    """data/locales/<language>/intents.toml: the words of one language."""

    small: tuple[Phrase, ...] = Field(
        description="words that change nothing", examples=[["the", "really"]]
    )
    same: dict[Phrase, Phrase] = Field(
        {}, description="words for which another is read", examples=[{"workout": "session"}]
    )
    openings: tuple[Phrase, ...] = Field(
        (), description="what may stand before a phrase", examples=[["could you", "i want to"]]
    )
    closings: tuple[Phrase, ...] = Field(
        (), description="what may stand after a phrase", examples=[["please", "now"]]
    )
    intents: dict[Intent, tuple[Phrase, ...]] = Field(
        description="what people type for each intent",
        examples=[{"help": ["help", "what can you do"]}],
    )


def vocabulary(file: IntentsFile, correct: Container[str] = frozenset()) -> IntentWords:
    """Return the file's words for the reader; `correct` are the words of the language."""
    phrases = {phrase: intent for intent, listed in file.intents.items() for phrase in listed}
    return IntentWords(
        phrases, frozenset(file.small), file.same, file.openings, file.closings, correct
    )


def faults(file: IntentsFile) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each phrase that could never be found as meant."""
    words = vocabulary(file)
    seen: dict[tuple[str, ...], Intent] = {}
    for intent in Intent:
        if not file.intents.get(intent):
            yield "intents", f"has no phrases for {intent}"
    for intent, listed in file.intents.items():
        for phrase in listed:
            if (other := seen.setdefault(words.bare(phrase), intent)) is not intent:
                yield f"intents.{intent}", f"“{phrase}” is a phrase of {other} as well"
