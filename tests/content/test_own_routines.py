"""A routine of one's own is made of what was typed, within the bounds of every exercise."""

from itertools import pairwise, product

import pytest

from bot.content.own_routines import Fault, build, lines_of, planned, understood, with_own
from bot.content.routine_models import Block
from bot.domain.own_routine import (
    JOINER,
    Draft,
    Line,
    OwnRoutine,
    Remark,
    clean_name,
    without_links,
)
from bot.domain.prescription import MOST_SETS
from bot.domain.routine_words import read
from tests.conversations.stage import CATALOGUE

EXERCISES = sorted(CATALOGUE.exercises)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_whatever_was_typed_gives_a_block_that_a_file_could_hold(exercise: str) -> None:
    for amount, in_seconds in product([None, 1, 8, 12, 30, 999], [None, True, False]):
        line = Line(exercise, exercise, (), 9, amount, in_seconds)
        routine = build(CATALOGUE, OwnRoutine("r_abc", "Legs", (line,), 5))
        assert routine is not None
        (block,) = routine.blocks
        assert Block.model_validate(block.model_dump()) == block
        assert block.sets == MOST_SETS
        assert block.rest == 10


@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_step_asks_for_as_many_as_were_shown(exercise: str) -> None:
    facts = CATALOGUE.exercises[exercise].facts
    for amount in facts.dose.range:
        line = Line(exercise, exercise, (), 2, amount)
        (shown,) = planned(CATALOGUE, [line])
        routine = build(CATALOGUE, OwnRoutine("r_abc", "Legs", (line,)))
        assert routine is not None
        steps = [s for s in CATALOGUE.steps(routine, 9) if s.is_work and s.exercise == exercise]
        assert {step.count or step.work for step in steps} == {shown.amount} == {amount}
        assert {step.sets for step in steps} == {2}


@pytest.mark.parametrize(
    ("typed", "remark", "amount"),
    [
        ("clamshell 2x12", Remark.NONE, 12),
        ("clamshell 2x99", Remark.MOST, 15),
        ("clamshell 9x12", Remark.MOST, 12),
        ("clamshell", Remark.USUAL, 10),
        ("clamshell 3 sets", Remark.USUAL, 10),
        ("clamshell 2x1s", Remark.LEAST, 5),
        ("clamshell 2x5 minutes", Remark.MOST, 45),
        ("side plank clam 2x20", Remark.NONE, 20),
        ("side plank clam 2x20 reps", Remark.HELD, 15),
    ],
)
def test_what_is_not_taken_as_typed_is_remarked_on(typed: str, remark: str, amount: int) -> None:
    lines = lines_of(CATALOGUE, read(typed, CATALOGUE.routine_words))
    (shown,) = planned(CATALOGUE, lines)
    assert (shown.remark, shown.amount) == (remark, amount)


def test_exercises_joined_by_and_are_several() -> None:
    lines = lines_of(CATALOGUE, read("squats and bridges 3x10, clamshell", CATALOGUE.routine_words))
    assert [(line.exercise, line.sets, line.amount) for line in lines] == [
        ("banded-squat", 3, 10),
        ("banded-glute-bridge", 3, 10),
        ("clamshell", None, None),
    ]
    (unsure,) = lines_of(CATALOGUE, read("squats and wobbles", CATALOGUE.routine_words))
    assert not unsure.exercise


def test_a_routine_that_is_too_long_or_has_too_many_exercises_is_not_ready() -> None:
    many = tuple(Line(key, key, (), 1, 8) for key in EXERCISES)
    assert understood(CATALOGUE, Draft(many)).fault is Fault.MANY
    long = tuple(Line(key, key, (), 3, 99) for key in EXERCISES[:8])
    assert understood(CATALOGUE, Draft(long, rest=180)).fault is Fault.LONG
    assert understood(CATALOGUE, Draft()).fault is Fault.EMPTY
    gone = Draft((Line("burpee", "burpee", (), 2, 10),))
    assert understood(CATALOGUE, gone).fault is Fault.EMPTY


def test_own_routines_are_found_by_name_and_change_nothing_for_others() -> None:
    line = Line("clamshell", "clamshell", (), 2, 12)
    own = with_own(CATALOGUE, [OwnRoutine("r_abc", "Marathon five!", (line,))])
    assert own.find_routine("marathon five").sure == "r_abc"
    assert CATALOGUE.find_routine("marathon five").sure == "marathon-five"
    assert "r_abc" not in CATALOGUE.routines
    assert own.steps(own.routines["r_abc"], 0) != ()
    gone = OwnRoutine("r_gone", "Gone", (Line("burpee", "burpee"),))
    assert with_own(CATALOGUE, [gone]).routines.keys() == CATALOGUE.routines.keys()


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("  Club \n legs ", "Club legs"),
        ("<b>Go</b>", "<b>Go</b>"),
        ("\u202egel", "gel"),
        ("👩‍🦰 legs", "👩‍🦰 legs"),
        ("\u200b\u2060\u200e", ""),
    ],
)
def test_a_name_is_kept_as_it_looks(name: str, kept: str) -> None:
    assert clean_name(name) == kept


@pytest.mark.parametrize(
    "name", ["https://evil.example", "evil.com", "@someone", "/delete", "#tag", "a@b.org", "tg://x"]
)
def test_a_name_holds_no_link(name: str) -> None:
    shown = without_links(name)
    assert shown.replace(JOINER, "") == name
    assert all(after == JOINER for before, after in pairwise(shown) if before in ".@/:#")
