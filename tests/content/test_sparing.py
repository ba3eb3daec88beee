"""What rests is left alone, what is disliked is swapped, and a routine takes as long as before."""

from dataclasses import replace
from datetime import date

import pytest

from bot.content import Doing, Sparing
from bot.content.resting import Allowance
from bot.content.sparing import LEFT_OUT
from bot.domain.kit import Kit
from bot.domain.regions import Region
from bot.domain.rests import Level, Rest
from bot.domain.session import length
from tests.shipped import CATALOGUE

DAY = date(2026, 3, 2)
ROUTINES = list(CATALOGUE.routines.values())


def resting(region: Region) -> Sparing:
    """The region rests from strong pain."""
    return Sparing(resting=CATALOGUE.resting([Rest(region, Level.STRONG, False, DAY, None, DAY)]))


def test_what_hurts_elsewhere_leaves_out_everything() -> None:
    sparing = resting(Region.ELSEWHERE)
    assert all(CATALOGUE.steps(routine, 9, None, sparing=sparing) == () for routine in ROUTINES)


def test_a_stand_in_trains_the_same_and_comes_once() -> None:
    sparing = resting(Region.KNEE)
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
        for it in CATALOGUE.alternatives(step, None, Sparing(), ()):
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


def test_an_exercise_and_what_leads_to_it_can_be_left_out_without_another() -> None:
    squat, calves = CATALOGUE.exercises["banded-squat"], CATALOGUE.exercises["band-calf-raise"]
    chain = {squat.id: (calves.id, "base"), calves.id: LEFT_OUT}
    sparing = Sparing(always=chain)
    assert {sparing.allowance(each, "base") for each in (squat, calves)} == {Allowance.OUT}
    planned = CATALOGUE.plans(CATALOGUE.routines["hips-and-glutes"], Kit(), sparing)
    assert {plan.doing.exercise.id for plan in planned}.isdisjoint(chain)
    assert sparing.as_written().allowance(calves, "base") is Allowance.FREELY


def test_nothing_is_left_out_without_another_where_too_little_stays_of_a_routine() -> None:
    calves = "band-calf-raise"
    assert CATALOGUE.can_go_without(calves, Kit(), Sparing())
    three = {calves, "banded-squat", "banded-glute-bridge"}
    others = frozenset(CATALOGUE.exercises) - three
    assert not CATALOGUE.can_go_without(calves, Kit(), Sparing(without=others))


def test_a_swap_takes_neither_the_advice_nor_a_band_that_does_not_fit_along() -> None:
    routine = CATALOGUE.routines["build-strength"]
    step = next(s for s in CATALOGUE.steps(routine, 9) if s.exercise == "band-split-squat")
    step = replace(step, variant=2, advice="Go.", kind="long-loop", level="heavy", colour="red")
    clam, hinge = (Doing(CATALOGUE.exercises[k]) for k in ("clamshell", "band-romanian-deadlift"))
    (new, *_) = CATALOGUE.swapped([step], clam, ("", ""))
    assert (new.exercise, new.advice, new.kind, new.level) == ("clamshell", "", "", "")
    (new, *_) = CATALOGUE.swapped([step], hinge, ("", ""))
    assert (new.advice, new.kind, new.level) == ("", "long-loop", "heavy")


@pytest.mark.parametrize("region", [region for region in Region if region is not Region.ELSEWHERE])
def test_while_a_region_rests_nothing_comes_that_was_never_done(region: Region) -> None:
    known = frozenset(sorted(CATALOGUE.exercises)[::2])
    sparing = replace(resting(region), known=known)
    for routine in ROUTINES:
        steps = CATALOGUE.steps(routine, 9, None, sparing=sparing)
        assert {step.exercise for step in steps if step.exercise} <= known
        for step in steps:
            others = CATALOGUE.alternatives(step, None, sparing, ())
            assert {doing.exercise.id for doing in others} <= known


def test_without_a_rest_new_exercises_come_as_ever() -> None:
    sparing = Sparing(known=frozenset({"clamshell"}))
    for routine in ROUTINES:
        assert CATALOGUE.steps(routine, 9, None, sparing=sparing) == CATALOGUE.steps(routine, 9)
