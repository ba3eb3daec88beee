"""What people say they want is read as that, and nothing else is taken for a wish."""

import csv
from pathlib import Path

import pytest

from bot.content.intents import IntentsFile, faults, vocabulary
from bot.content.reading import shipped
from bot.content.words import Words
from bot.domain.intents import Intent
from bot.runtime.files import parse_toml

FILE = IntentsFile.model_validate(
    parse_toml((shipped() / "locales" / "en" / "intents.toml").read_bytes())
)
WORDS = vocabulary(FILE, Words(shipped() / "words.txt"))


def sentences() -> list[tuple[str, str]]:
    with (Path(__file__).parents[1] / "data" / "intents.tsv").open(encoding="utf-8") as file:
        return [
            (row[0], row[1]) for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@pytest.mark.parametrize(("sentence", "intent"), sentences())
def test_a_sentence_is_read_as_what_is_wanted(sentence: str, intent: str) -> None:
    assert (WORDS.read(sentence) or "-") == intent


def test_no_phrase_of_the_file_has_two_meanings_and_each_is_read_as_its_own() -> None:
    assert list(faults(FILE)) == []
    for intent, phrases in FILE.intents.items():
        assert [phrase for phrase in phrases if WORDS.read(phrase) is not intent] == []


@pytest.mark.parametrize(
    ("typed", "intent"),
    [
        ("delte my data", Intent.DELETE),
        ("remiders", Intent.REMINDERS),
        ("porgress", Intent.PROGRESS),
    ],
)
def test_typing_slips_are_read(typed: str, intent: Intent) -> None:
    assert WORDS.read(typed) is intent


@pytest.mark.parametrize(
    "typed", ["", " ", "?", "the", "please", "a" * 4096, "please " * 500, "\x00"]
)
def test_what_says_nothing_is_no_intent(typed: str) -> None:
    assert WORDS.read(typed) is None
