"""The words for what people want are read from every content folder."""

from pathlib import Path

import pytest

from bot.content import read_catalogue
from bot.content.intents import FILE
from bot.content.reading import Reading, shipped
from bot.content.texts import ENGLISH
from bot.domain.intents import Intent

OWN = """
small = ["the"]
[intents]
progress = ["how fit am i"]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "locales/en" / FILE
    file.parent.mkdir(parents=True)
    (tmp_path / "exercises").mkdir()
    return file


def test_a_hosts_own_words_replace_the_shipped_ones(file: Path) -> None:
    file.write_text(OWN, encoding="utf-8")
    words = read_catalogue([shipped(), file.parents[2]], ENGLISH)[0].intents
    assert words.read("how fit am I?") is Intent.PROGRESS
    assert words.read("what should I do today") is None


def test_a_language_without_a_file_of_its_own_has_the_english_words() -> None:
    words = read_catalogue([shipped()], "de")[0].intents
    assert words.read("help") is Intent.HELP


def test_a_phrase_with_two_meanings_is_a_fault_of_its_file(file: Path) -> None:
    file.write_text(OWN + 'help = ["how fit am the i"]', encoding="utf-8")
    _, faults = read_catalogue([shipped(), file.parents[2]], ENGLISH, checked=True)
    assert [(fault.file, fault.field) for fault in faults] == [(file, "intents.help")]
    assert "which is “how fit am i” of progress, too" in faults[0].what


def test_an_intent_that_does_not_exist_is_a_fault(file: Path) -> None:
    file.write_text(OWN + 'flying = ["fly"]', encoding="utf-8")
    faults = Reading([shipped(), file.parents[2]], ENGLISH).faults
    assert [fault.file for fault in faults] == [file]
    assert "flying" in str(faults[0])
