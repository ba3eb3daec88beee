"""`check` names what is wrong with a purpose of sessions; a host may have purposes of one's own."""

from pathlib import Path

import pytest

from bot.content import read_catalogue
from bot.content.purposes import FILE, WORDS_FILE
from bot.content.reading import Reading, shipped
from bot.content.texts import ENGLISH
from bot.domain.wish import LIGHT, WHOLE_BODY

CLUB = """
[club]
minutes = 20
parts = [["trunk"], ["calves"]]
"""
WORDS = """
[club]
name = "Club night"
in_short = "What we do on Tuesdays."
words = ["club", "club night"]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "locales/en").mkdir(parents=True)
    (tmp_path / "exercises").mkdir()
    (tmp_path / FILE).write_text(CLUB, encoding="utf-8")
    (tmp_path / "locales/en" / WORDS_FILE).write_text(WORDS, encoding="utf-8")
    return tmp_path


def faults(own: Path) -> list[tuple[str, str]]:
    found = Reading([shipped(), own], ENGLISH).faults
    return [(fault.file.name, fault.field) for fault in found]


def test_a_hosts_own_purpose_is_read_and_understood(own: Path) -> None:
    assert faults(own) == []
    catalogue = read_catalogue([shipped(), own], ENGLISH)[0]
    asked = catalogue.wishes.read("12 minutes club night")
    assert (asked.minutes, asked.purpose) == (12, "club")
    assert catalogue.name_of("made-12-club") == "Club night"
    assert {WHOLE_BODY, LIGHT, "club"} <= catalogue.purposes.keys()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("minutes = 20", "minutes = 45", "club.minutes"),
        ('["trunk"]', '["tummy"]', "club.parts.0.0"),
        ("parts = ", "part = ", "club.part"),
        ('[["trunk"], ["calves"]]', "[]", "club.parts"),
        ("[club]", "[Club]", "Club"),
        ("[club]", "[clubs]", "clubs"),
    ],
)
@pytest.mark.breadth(3)
def test_a_wrong_purpose_is_named(own: Path, old: str, new: str, field: str) -> None:
    (own / FILE).write_text(CLUB.replace(old, new), encoding="utf-8")
    assert (FILE, field) in faults(own)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"club night"]', '"Club night!"]', "club.words.1"),
        ('"club night"]', '"hips"]', "club.words"),
        ("[club]", "[clubs]", "clubs"),
        ("in_short", "short", "club.short"),
    ],
)
@pytest.mark.breadth(2)
def test_wrong_words_are_named(own: Path, old: str, new: str, field: str) -> None:
    (own / "locales/en" / WORDS_FILE).write_text(WORDS.replace(old, new), encoding="utf-8")
    assert (WORDS_FILE, field) in faults(own)


def test_a_purpose_without_exercises_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(CLUB, encoding="utf-8")
    found = [(fault.file.name, fault.field) for fault in Reading([tmp_path], ENGLISH).faults]
    assert {(FILE, "club"), (FILE, "club.parts.0"), (FILE, "club.parts.1")} <= set(found)
