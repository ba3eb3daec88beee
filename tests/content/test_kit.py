"""With whatever bands a runner owns, every exercise and every routine can be done, in its time."""

from collections import Counter
from itertools import combinations
from typing import get_args

import pytest

from bot.content import models
from bot.content.routine_models import Block
from bot.content.steps import steps
from bot.domain.kit import UNKNOWN, Band, Kit, KitKind, Level, kit_of
from bot.domain.session import RestKind, Step, length
from tests.shipped import CATALOGUE


def owning(*kinds: KitKind) -> Kit:
    anchor = KitKind.DOOR_ANCHOR
    return kit_of(Band(kind, Level.NONE if kind is anchor else Level.LIGHT) for kind in kinds)


KITS = [owning(*kinds) for size in range(6) for kinds in combinations(KitKind, size)]
MINI, NOTHING = owning(KitKind.MINI_BAND), owning()


def test_the_kinds_of_kit_are_those_that_exercises_name() -> None:
    assert {*get_args(models.Band), "door-anchor"} == set(KitKind)


def can_be_done(step: Step, kit: Kit) -> bool:
    """Judged from the content alone."""
    exercise = CATALOGUE.exercises[step.exercise or ""]
    facts, form = exercise.facts, exercise.texts.forms.get(step.form)
    if not facts.bands or (form and not form.needs_band) or (facts.band_optional and not form):
        return True
    anchored = kit.owns(KitKind.DOOR_ANCHOR) or not facts.anchor
    return anchored and any(kit.owns(band) for band in facts.bands)


@pytest.mark.parametrize("exercise", CATALOGUE.exercises)
def test_every_exercise_has_one_that_stands_in_with_whatever_is_owned(exercise: str) -> None:
    """Of the same main purpose; where no such one needs less, one that trains that purpose too."""
    planned = CATALOGUE.exercises[exercise].facts
    alike = [e.facts for e in CATALOGUE.exercises.values() if e.id != exercise]
    alike = [facts for facts in alike if facts.purposes[0] == planned.purposes[0]]
    for kit in KITS:
        it = CATALOGUE.stand_in(exercise, kit)
        facts = it.exercise.facts
        form = it.exercise.texts.forms.get(it.form)
        equipped = any(kit.owns(band) for band in facts.bands) or not facts.bands
        equipped &= kit.owns(KitKind.DOOR_ANCHOR) or not facts.anchor
        assert equipped or facts.band_optional or (form and not form.needs_band)
        assert planned.purposes[0] in (facts.purposes[:1] if alike else facts.purposes)
        assert (it.exercise.id == exercise) == (it.lacks == ())


@pytest.mark.parametrize("exercise", CATALOGUE.exercises)
def test_with_everything_there_or_nothing_said_it_is_the_exercise_itself(exercise: str) -> None:
    for kit in (None, owning(*KitKind)):
        it = CATALOGUE.stand_in(exercise, kit)
        assert (it.exercise.id, it.with_band, it.lacks) == (exercise, True, ())


@pytest.mark.parametrize("finished", [0, 1])
@pytest.mark.parametrize("routine", CATALOGUE.routines)
def test_swaps_change_neither_the_time_nor_the_sets_of_a_routine(
    routine: str, finished: int
) -> None:
    found = CATALOGUE.routines[routine]
    usual = CATALOGUE.steps(found, finished)
    for kit in KITS:
        made = CATALOGUE.steps(found, finished, kit)
        assert length(made) == length(usual)
        assert all(can_be_done(step, kit) for step in made if step.exercise)
        assert CATALOGUE.steps(found, finished, kit) == made
        assert all(step.work > 0 and step.rest >= 0 for step in made if step.is_timed)


@pytest.mark.parametrize("routine", CATALOGUE.routines)
def test_a_swap_names_what_it_stands_in_for_and_what_is_missing(routine: str) -> None:
    found = CATALOGUE.routines[routine]
    names = {step.name for step in CATALOGUE.steps(found, 1)}
    for kit in KITS:
        made = CATALOGUE.steps(found, 1, kit)
        swapped = [step for step in made if step.lacks]
        assert {step.instead_of for step in swapped} <= names
        assert len({step.instead_of for step in swapped}) == CATALOGUE.swaps(found, kit)
        assert not any(kit.owns(kind) for step in swapped for kind in step.lacks)
        assert all(bool(step.lacks) == bool(step.instead_of) for step in made)


def test_the_block_says_which_swap_is_the_first_choice() -> None:
    found = CATALOGUE.routines["core-and-upper-back"]
    made = Counter(s.exercise for s in CATALOGUE.steps(found, 1, MINI) if s.lacks)
    assert list(made) == ["band-bird-dog", "prone-ytw", "band-wall-slide"]


def test_an_anchor_can_be_what_is_missing() -> None:
    it = CATALOGUE.stand_in("pallof-press", owning(KitKind.LONG_BAND))
    assert it.lacks == ("door-anchor",)


def test_without_its_band_an_optional_one_stays_and_says_nothing_of_a_band() -> None:
    found = CATALOGUE.routines["first-two-weeks"]
    bridge = next(s for s in CATALOGUE.steps(found, 1, NOTHING) if s.exercise)
    assert (bridge.exercise, bridge.band, bridge.lacks) == ("banded-glute-bridge", "", ())


def of_one(block: Block, kit: Kit) -> tuple[Step, ...]:
    """The steps of a routine that is this one block."""
    found = CATALOGUE.routines["marathon-five"]
    routine = found.model_copy(update={"blocks": (block,), "warm_up": 0})
    return steps(routine, CATALOGUE.plans(routine, kit), 1)


def timing(made: tuple[Step, ...]) -> list[tuple[str | None, int, int, int]]:
    return [(step.side, step.go, step.work, step.rest) for step in made]


def test_a_sided_exercise_in_a_block_for_both_sides_is_split_in_the_same_time() -> None:
    block = Block(exercise="band-pull-apart", swap="clamshell", sets=2, work=45, rest=20, change=15)
    right, left = "right leg on top", "left leg on top"
    made = of_one(block, MINI)
    assert timing(made) == [
        (right, 0, 22, 6),
        (left, 0, 22, 15),
        (right, 0, 22, 6),
        (left, 0, 22, 10),
    ]
    assert length(made) == 45 + 20 + 45 + 15


def test_an_exercise_for_both_sides_at_once_keeps_the_two_goes_of_its_block() -> None:
    block = Block(
        exercise="standing-band-twist",
        swap="banded-squat",
        sets=2,
        work=30,
        halves=True,
        switch=5,
        rest=20,
        change=30,
    )
    made = of_one(block, NOTHING)
    assert timing(made) == [
        (None, 1, 30, 5),
        (None, 2, 30, 20),
        (None, 1, 30, 5),
        (None, 2, 30, 30),
    ]


def test_rounds_walk_all_stations_before_any_comes_again() -> None:
    made = CATALOGUE.steps(CATALOGUE.routines["mini-band-whole-body"], 0)[1:]
    one, two = made[:11], made[11:]
    assert [step.exercise for step in one] == [step.exercise for step in two]
    assert {(step.set_number, step.sets) for step in one} == {(1, 2)}
    assert {(step.set_number, step.sets) for step in two} == {(2, 2)}
    assert all(step.in_rounds for step in made)
    assert one[-1].rest_kind is RestKind.CHANGE


def test_a_routine_needs_as_few_bands_as_will_do() -> None:
    def needs(routine: str, kit: Kit | None = None) -> tuple[list[list[str]], bool]:
        bands, anchor = CATALOGUE.needs(CATALOGUE.steps(CATALOGUE.routines[routine], 1, kit))
        return [sorted(any_of) for any_of in bands], anchor

    assert needs("marathon-five") == ([["long-band"], ["mini-band"]], True)
    assert needs("marathon-five", MINI) == ([["mini-band"]], False)
    assert needs("marathon-five", NOTHING) == ([], False)
    assert needs("build-strength") == ([["long-loop"]], False)
    for mini in ("before-a-run", "mini-band-whole-body"):
        assert needs(mini) == ([["mini-band"]], False)
    assert needs("hips-and-glutes") == ([["hip-circle", "mini-band"]], False)
    assert needs("first-two-weeks") == ([["long-loop"], ["mini-band"]], False)


def test_of_a_runner_who_has_not_said_no_more_than_a_mini_band_is_asked_for() -> None:
    for routine in CATALOGUE.routines.values():
        bands, anchor = CATALOGUE.needs(CATALOGUE.steps(routine, 1, UNKNOWN))
        assert all("mini-band" in any_of for any_of in bands)
        assert not anchor


@pytest.mark.parametrize("routine", CATALOGUE.routines)
def test_what_a_session_needs_is_what_its_steps_say(routine: str) -> None:
    for kit in (None, UNKNOWN, *KITS):
        made = CATALOGUE.steps(CATALOGUE.routines[routine], 1, kit)
        bands, anchor = CATALOGUE.needs(made)
        asked = [step for step in made if step.band and step.exercise and step.is_timed]
        for step in asked:
            exercise = CATALOGUE.exercises[step.exercise or ""]
            form = exercise.texts.forms.get(step.form)
            if exercise.facts.bands and (form is None or form.needs_band):
                assert any(any_of <= set(exercise.facts.bands) for any_of in bands)
        anchored = [s for s in asked if CATALOGUE.exercises[s.exercise or ""].facts.anchor]
        assert anchor == bool(anchored)
        assert bool(anchored) == any(not step.is_timed for step in made)


def test_where_the_steps_name_the_runners_own_band_that_one_is_needed() -> None:
    """Core and upper back uses a mini band for the dead bug and the side plank."""
    bands, anchor = CATALOGUE.needs(CATALOGUE.steps(CATALOGUE.routines["core-and-upper-back"], 1))
    assert sorted(map(sorted, bands)) == [["long-band"], ["mini-band"]]
    assert anchor
