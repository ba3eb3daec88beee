"""One thing at a time, up and down."""

from dataclasses import replace

import pytest

from bot.domain.kit import Level
from bot.domain.ladder import climb, descend
from bot.domain.prescription import ExerciseBounds, Prescription, SeasonPhase
from tests.domain.training import CLAM, PLANK, SQUEEZE, clocked, counted

BASE = SeasonPhase.BASE
L, M = Level.LIGHT, Level.MEDIUM


def up(prescription: Prescription, exercise: ExerciseBounds = CLAM) -> Prescription | None:
    return climb(prescription, exercise, BASE)


def rungs(prescription: Prescription, exercise: ExerciseBounds) -> list[Prescription]:
    """Every step up there is."""
    found = [prescription]
    while higher := up(found[-1], exercise):
        found.append(higher)
    return found


def test_first_another_set_in_the_middle_of_the_range() -> None:
    assert up(counted(target=15, sets=1)) == counted(target=12, sets=2)


def test_then_the_next_band_from_the_bottom() -> None:
    assert up(counted(target=15, sets=3)) == counted(target=10, sets=3, band=M)


def test_with_the_heaviest_band_a_slower_tempo() -> None:
    assert up(counted(target=15, sets=3, band=M)) == counted(target=12, sets=3, band=M, tempo=1)


@pytest.mark.parametrize("tempo", range(3))
def test_a_heavier_band_comes_before_a_slower_tempo_wherever_there_are_both(tempo: int) -> None:
    higher = up(counted(target=15, sets=3, tempo=tempo))
    assert higher == counted(target=10, sets=3, band=M)


def test_then_a_harder_form_with_a_lighter_band() -> None:
    top = counted(target=15, sets=3, tempo=2, band=M)
    assert up(top) == counted(target=10, sets=3, band=L, variant=2)


def test_a_harder_form_keeps_the_only_band() -> None:
    only = replace(CLAM, owned=(M,))
    assert up(counted(sets=3, tempo=2, band=M), only) == counted(
        sets=3, target=10, band=M, variant=2
    )


def test_at_the_end_nothing_is_harder() -> None:
    assert up(counted(sets=3, tempo=2, band=M, variant=2)) is None


def test_a_step_up_never_raises_the_target() -> None:
    assert up(counted(target=11, sets=1)) == counted(target=11, sets=2)


def test_a_hold_has_no_tempo() -> None:
    assert up(counted(target=40, sets=2), PLANK) == counted(target=15, sets=2, band=M)


def test_a_hold_goes_on_from_its_middle_in_seconds() -> None:
    assert up(counted(target=40, sets=1), PLANK) == counted(target=27, sets=2)


def test_without_a_band_a_hold_goes_on_to_the_harder_form() -> None:
    top = counted(target=40, sets=3, band=None)
    assert up(top, SQUEEZE) == counted(target=15, sets=3, band=None, variant=2)


def test_a_phase_caps_the_sets_of_a_step_up() -> None:
    assert climb(counted(sets=2), CLAM, SeasonPhase.PEAK) == counted(sets=2, target=10, band=M)


def test_on_the_clock_the_routines_sets_come_back_before_anything_else() -> None:
    routine = replace(CLAM, sets=2)
    assert up(clocked(sets=1), routine) == clocked(sets=2)
    assert up(clocked(sets=2), routine) == clocked(sets=2, band=M)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (counted(tempo=2, band=M), counted(tempo=1, band=M)),
        (counted(target=15, band=M), counted(target=12, band=L)),
        (counted(target=10, band=M), counted(target=10, band=L)),
        (counted(target=15), counted(target=12, variant=0)),
        (counted(variant=0, sets=2), counted(variant=0, sets=1)),
        (counted(variant=0, sets=1), counted(variant=0, sets=1, target=10)),
        (clocked(variant=0, sets=1), clocked(variant=0, sets=1)),
    ],
)
def test_down_it_goes_by_tempo_band_form_sets_and_target(
    before: Prescription, expected: Prescription
) -> None:
    assert descend(before, CLAM) == expected


def test_a_step_forgets_credits_and_hard_sessions() -> None:
    busy = counted(target=15, sets=1, credits=3, hard=1, at_top=2)
    for step in (up(busy), descend(busy, CLAM)):
        assert step is not None
        assert (step.credits, step.hard, step.at_top) == (0, 0, 0)


def test_the_whole_ladder_of_an_exercise() -> None:
    seen = [(p.sets, p.tempo, p.band, p.variant) for p in rungs(counted(sets=1), CLAM)]
    assert seen == [
        (1, 0, L, 1),
        (2, 0, L, 1),
        (3, 0, L, 1),
        (3, 0, M, 1),
        (3, 1, M, 1),
        (3, 2, M, 1),
        (3, 0, L, 2),
        (3, 0, M, 2),
        (3, 1, M, 2),
        (3, 2, M, 2),
    ]
