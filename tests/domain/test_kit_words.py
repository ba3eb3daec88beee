"""A kit can be typed in many ways, and what can't be read is told, never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reading import locale_files, shipped
from bot.content.texts import ENGLISH, Texts
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of
from bot.domain.kit_words import Problem, Unreadable, read_kit
from bot.handlers.bands import vocabulary

WORDS = vocabulary(Texts(ENGLISH, list(locale_files([shipped()], ENGLISH))))
MINI, LIGHT, MEDIUM, HEAVY = KitKind.MINI_BAND, Level.LIGHT, Level.MEDIUM, Level.HEAVY


def kit(*bands: Band) -> Kit:
    return kit_of(bands)


GREEN = Band(MINI, LIGHT, "green")
RED = Band(MINI, MEDIUM, "red")
LOOP = Band(KitKind.LONG_LOOP, HEAVY)
ANCHOR = Band(KitKind.DOOR_ANCHOR, Level.NONE)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("mini light green", kit(GREEN)),
        ("mini light green, mini medium red, long loop heavy", kit(GREEN, RED, LOOP)),
        ("mini light green, medium red; long loop heavy", kit(GREEN, RED, LOOP)),
        ("a light green and a medium red mini band", kit(GREEN, RED)),
        ("mini light green and medium red and a heavy power band", kit(GREEN, RED, LOOP)),
        ("a green light mini band", kit(GREEN)),
        ("I have a light mini-band in green", kit(GREEN)),
        ("MINI BANDS Light green", kit(GREEN)),
        ("long loop heavy + door anchor", kit(LOOP, ANCHOR)),
        ("heavy superband, firm post", kit(LOOP, ANCHOR)),
        ("anchor", kit(ANCHOR)),
        ("mini extra light", kit(Band(MINI, Level.EXTRA_LIGHT))),
        ("mini x-light", kit(Band(MINI, Level.EXTRA_LIGHT))),
        ("extra-light mini yellow", kit(Band(MINI, Level.EXTRA_LIGHT, "yellow"))),
        ("mini extra heavy", kit(Band(MINI, HEAVY))),
        ("booty band medium black and white", kit(Band(KitKind.HIP_CIRCLE, MEDIUM, "black white"))),
        ("theraband light Rosé", kit(Band(KitKind.LONG_BAND, LIGHT, "Rosé"))),
        ("mini light <b>lime</b>", kit(Band(MINI, LIGHT, "<b>lime</b>"))),
        ("mini light red, mini light green", kit(GREEN)),
        (", mini light green,,", kit(GREEN)),
        ("a mini band, it is light and green, long loop heavy", kit(GREEN, LOOP)),
        ("mini medium light blue", kit(Band(MINI, MEDIUM, "light blue"))),
        ("long band light white strip", kit(Band(KitKind.LONG_BAND, LIGHT, "white"))),
    ],
)
def test_a_kit_is_read_as_people_type_it(words: str, expected: Kit) -> None:
    assert read_kit(words, WORDS) == expected


@pytest.mark.parametrize(
    ("words", "problem", "word"),
    [
        ("rope", Problem.KIND, "rope"),
        ("do I need a door anchor", Problem.KIND, "do I need a door anchor"),
        ("light green", Problem.KIND, "light green"),
        ("mini light green, rope", Problem.KIND, "rope"),
        ("mini light green, long medium red", Problem.KIND, "long medium red"),
        ("mini green", Problem.LEVEL, "mini green"),
        ("mini", Problem.LEVEL, "mini"),
        ("mini light green, long loop", Problem.LEVEL, "long loop"),
        (f"mini light {'x' * 21}", Problem.COLOUR, "x" * 21),
        (",", Problem.KIND, ","),
        ("mini light medium", Problem.LEVEL, "mini light medium"),
        ("mini light green heavy", Problem.LEVEL, "mini light green heavy"),
        ("mini and hip circle light", Problem.LEVEL, "mini"),
        ("long heavy loop", Problem.KIND, "long heavy loop"),
        ("mini light green mini heavy", Problem.LEVEL, "mini light green mini heavy"),
        ("mini light, " * 90, Problem.KIND, "mini light, " * 90),
        ("mini hip circle light", Problem.KIND, "mini hip circle light"),
    ],
)
def test_what_cannot_be_read_is_named(words: str, problem: Problem, word: str) -> None:
    assert read_kit(words, WORDS) == Unreadable(problem, word)


PIECES = ["mini", "light", "heavy", "extra", "long", "loop", "band", "door", "and", ",", "green"]


@given(st.text() | st.lists(st.sampled_from(PIECES)).map(" ".join))
def test_any_words_are_read_or_told(words: str) -> None:
    read = read_kit(words, WORDS)
    assert isinstance(read, Kit | Unreadable)
    if isinstance(read, Kit):
        assert kit_of(read.bands) == read


def test_there_is_no_light_anchor_and_no_band_without_a_strength() -> None:
    for kind, level in ((KitKind.DOOR_ANCHOR, LIGHT), (MINI, Level.NONE)):
        with pytest.raises(ValueError):
            Band(kind, level)


def test_a_kit_is_in_order_however_it_was_told() -> None:
    assert kit_of([ANCHOR, LOOP, RED, GREEN]) == kit_of([GREEN, RED, LOOP, ANCHOR])
    assert kit_of([ANCHOR, RED, GREEN]).bands == (GREEN, RED, ANCHOR)
