"""A routine of one's own is read as people type it; what is not said is left open, not invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.reading import shipped
from bot.content.routine_words import RoutineWordsFile, vocabulary
from bot.domain.routine_words import Item, TypedRoutine, named, opened, read
from bot.runtime.files import parse_toml

WORDS = vocabulary(
    RoutineWordsFile.model_validate(
        parse_toml((shipped() / "locales" / "en" / "routine-words.toml").read_bytes())
    )
)
CLAMS = Item("clamshell", 2, 12)
BUGS = Item("dead bug", 2, 30, in_seconds=True)
WALK = Item("monster walk", 2, 10)
THREE = TypedRoutine((CLAMS, BUGS, WALK), 30)


@pytest.mark.parametrize(
    "text",
    [
        "clamshell 2x12, dead bug 2x30s, monster walk 2x10, rest 30",
        "clamshell 2 x 12; dead bug 2×30 sec; monster walk 2*10; 30s rest",
        "clamshell 2x12\ndead bug 2x30s\nmonster walk 2x10\nrest 30 s",
        "1. clamshell 2x12\n2. dead bug 2x30s\n3. monster walk 2x10\nrest: 30 seconds",
        "- clamshell 2x12\n- dead bug 2x30s\n- monster walk 2x10\n- rest 30s between sets",
        "clamshell 2x12 and dead bug 2x30 seconds then monster walk 2x10 and 30 s of rest",
        "2x12 clamshell, 2x30s dead bug, 2x10 monster walk, rest for 30",
        "clamshell: 2x12, dead bug: 2x30s, monster walk: 2x10, rest 30",
        "rest 30, clamshell, 2x12, dead bug, 2x30s, monster walk, 2x10",
        "clamshell two... 2x12,, dead bug 2x30s,, monster walk 2x10, rest 30".replace(
            " two...", ""
        ),
    ],
)
def test_the_same_three_exercises_are_read_however_they_are_written(text: str) -> None:
    assert read(text, WORDS) == THREE


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("clamshell", Item("clamshell")),
        ("Clamshell 2 sets of 12 reps each side", Item("Clamshell", 2, 12, in_seconds=False)),
        ("2 sets of 12 clamshell", Item("clamshell", 2, 12)),
        ("3 rounds of clamshell", Item("clamshell", 3)),
        ("clamshell 3 sets", Item("clamshell", 3)),
        ("clamshell x12", Item("clamshell", None, 12)),
        ("clamshell x 12 per side", Item("clamshell", None, 12)),
        ("12 clamshell", Item("clamshell", None, 12)),
        ("clamshell 12", Item("clamshell", None, 12)),
        ("clamshell 2", Item("clamshell", 2)),
        ("clamshell 12 times", Item("clamshell", None, 12)),
        ("clamshell 45s", Item("clamshell", None, 45, in_seconds=True)),
        ("clamshell for 1 minute", Item("clamshell", None, 60, in_seconds=True)),
        ("clamshell 3 x 1 min", Item("clamshell", 3, 60, in_seconds=True)),
        ("clamshell 2x12/leg", Item("clamshell leg", 2, 12)),
        ("dead bug with band 2x10", Item("dead bug with band", 2, 10)),
        ("standing leg raise 3-way 2x8", Item("standing leg raise 3 way", 2, 8)),
        ("standing leg raise 3way 2x8", Item("standing leg raise 3way", 2, 8)),
        ("clamshell 99999999999x99999999999999", Item("clamshell", 999, 999)),
    ],
)
def test_sets_and_work_are_read_or_left_open(text: str, item: Item) -> None:
    assert read(text, WORDS).items == (item,)


@pytest.mark.parametrize("text", ["", " ", ",,,", "2x12", "rest 30", "x", ": : :", "🎉"])
def test_what_names_no_exercise_has_no_items(text: str) -> None:
    assert read(text, WORDS).items == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my routine: clamshell 2x12", ""),
        ("My routine clamshell 2x12", ""),
        ("my own routine is clamshell 2x12", ""),
        ("my routine Club legs: clamshell 2x12", "Club legs"),
        ("new routine called “Tuesday <b>hips</b>”: clamshell 2x12", "Tuesday <b>hips</b>"),
        ("my routine, clamshell: 2x12", ""),
    ],
)
def test_an_opening_may_hold_the_name(text: str, name: str) -> None:
    typed = opened(text, WORDS, WORDS.openings)
    assert typed is not None
    assert typed.name == name
    assert typed.items == (CLAMS,)


@pytest.mark.parametrize(
    "text", ["clamshell 2x12", "my routines", "routinely", "I like my routine"]
)
def test_other_words_open_nothing(text: str) -> None:
    assert opened(text, WORDS, WORDS.openings) is None


def test_a_name_is_found_behind_its_words() -> None:
    assert named("call it Club legs", WORDS) == "Club legs"
    assert named("Rename it to: Hills!", WORDS) == ": Hills!"
    assert named("Club legs", WORDS) is None


@given(st.text(alphabet="2x13 sclam,restand:;\n×<>&", max_size=120))
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    typed = read(text, WORDS)
    assert all(item.name.strip() for item in typed.items)
    assert all((item.sets or 0) <= 999 for item in typed.items)
