"""What rests is left alone, what is disliked is swapped, and a routine takes as long as before."""

import pytest

from bot.content import Catalogue, Sparing, read_catalogue
from bot.content.reading import shipped
from bot.domain.kit import Kit
from bot.domain.regions import Region
from bot.domain.session import length

NO_BANDS = Kit()
CATALOGUE: Catalogue = read_catalogue([shipped()], "en")[0]
ROUTINES = list(CATALOGUE.routines.values())


@pytest.mark.parametrize("region", list(Region))
@pytest.mark.parametrize("kit", [None, NO_BANDS], ids=["all bands", "none"])
def test_no_routine_loads_a_region_that_rests(region: Region, kit: Kit | None) -> None:
    without = CATALOGUE.resting([region])
    for routine in ROUTINES:
        steps = CATALOGUE.steps(routine, 9, kit, sparing=Sparing(without))
        assert not {step.exercise for step in steps} & without


def test_what_hurts_elsewhere_leaves_out_everything() -> None:
    assert CATALOGUE.resting([Region.ELSEWHERE]) == CATALOGUE.exercises.keys()
    sparing = Sparing(CATALOGUE.resting([Region.ELSEWHERE]))
    assert all(CATALOGUE.steps(routine, 9, None, sparing=sparing) == () for routine in ROUTINES)


def test_a_stand_in_trains_the_same_and_comes_once() -> None:
    sparing = Sparing(CATALOGUE.resting([Region.KNEE]))
    for routine in ROUTINES:
        plans = CATALOGUE.plans(routine, None, sparing)
        names = [plan.doing.exercise.id for plan in plans if plan.spares]
        assert len(names) == len(set(names))
        for plan in plans:
            planned = CATALOGUE.exercises[plan.block.exercise].facts.purposes[0]
            assert planned in plan.doing.exercise.facts.purposes


@pytest.mark.parametrize("exercise", sorted(CATALOGUE.exercises))
def test_every_step_can_be_swapped_in_the_same_time(exercise: str) -> None:
    for routine in ROUTINES:
        steps = CATALOGUE.steps(routine, 9)
        timed = [i for i, step in enumerate(steps) if step.is_timed]
        at = next((i for i in timed if steps[i].exercise == exercise), None)
        if at is None:
            continue
        step = steps[at]
        for it in CATALOGUE.alternatives(step, None, (), ()):
            planned = (exercise, step.form)
            coming = CATALOGUE.swapped(steps[at:], it, planned)
            assert length(coming) == length(steps[at:])
            assert (exercise, step.form) not in {(s.exercise, s.form) for s in coming}
            assert coming[0].planned == exercise
            back = CATALOGUE.swapped(coming, CATALOGUE.stand_in(exercise, None, step.form), planned)
            assert length(back) == length(steps[at:])
            assert {s.planned for s in back} == {""}


def test_a_circle_of_swaps_ends() -> None:
    always = {"clamshell": ("fire-hydrant", "base"), "fire-hydrant": ("clamshell", "base")}
    sparing = Sparing(frozenset({"clamshell", "fire-hydrant"}), always)
    for routine in ROUTINES:
        CATALOGUE.plans(routine, None, sparing)
