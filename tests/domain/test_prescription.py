"""The dose itself: where it starts, its tempo, its bands and the sets of a phase."""

from dataclasses import replace
from typing import get_args

import pytest

from bot.content import models
from bot.domain.kit import LEVELS, Level
from bot.domain.ladder import descend
from bot.domain.prescription import (
    CLASSES,
    SET_CAPS,
    ExerciseBounds,
    ExerciseClass,
    Range,
    SeasonPhase,
    Unit,
    fit,
    heavier,
    lighter,
    seconds_each,
    sets_shown,
    start,
)
from bot.domain.prescription import counted as counting
from tests.domain.training import CLAM, SQUEEZE, clocked, counted

XL, L, M, HV = LEVELS


def test_the_classes_are_those_of_the_exercise_files() -> None:
    assert set(CLASSES) == set(ExerciseClass) == set(get_args(models.ExerciseClass))


def test_every_unit_is_one_of_the_exercise_files() -> None:
    assert set(Unit) == set(get_args(models.Unit))


def test_a_first_dose_is_the_lowest_with_the_lightest_band() -> None:
    first = start(replace(CLAM, sets=2))
    assert (first.target, first.sets, first.band, first.variant) == (None, 2, L, 1)


def test_a_beginner_starts_with_the_easier_form_where_there_is_one() -> None:
    assert start(CLAM, beginner=True).variant == 0
    assert start(replace(CLAM, variants=(1, 2)), beginner=True).variant == 1


def test_an_exercise_may_have_a_narrower_range_of_its_own() -> None:
    squat = ExerciseBounds("banded-squat", ExerciseClass.STR, (L,), own_range=Range(8, 12))
    assert descend(counted(squat, target=12, band=L), squat).target == 10
    assert counting(start(squat), squat, 13).target == 12


@pytest.mark.parametrize(
    ("own", "step", "seconds"),
    [
        ("2-0-1-0", 0, 3),
        ("2-0-1-0", 1, 5),
        ("2-0-1-0", 2, 6),
        ("2-0-2-1", 0, 5),
        ("2-0-2-1", 1, 7),
        ("2-0-2-1", 2, 8),
        ("1-0-1-1", 2, 6),
    ],
)
def test_a_slower_tempo_grows_from_the_exercises_own(own: str, step: int, seconds: int) -> None:
    assert seconds_each(own, step) == seconds


def test_the_next_band_is_the_next_one_owned() -> None:
    assert heavier(XL, (HV, XL)) is HV
    assert lighter(HV, (XL, HV, L)) is L
    assert heavier(HV, LEVELS) is lighter(XL, LEVELS) is heavier(None, (L,)) is None


def test_what_is_first_counted_begins_where_the_clock_ended() -> None:
    assert counting(clocked(credits=3), CLAM, 11) == clocked(target=11)
    assert counting(clocked(), CLAM, 6).target == 6


def test_what_is_first_counted_is_never_above_the_range() -> None:
    assert counting(clocked(), CLAM, 20).target == 15


def test_what_is_counted_stays_as_it_is() -> None:
    assert counting(counted(at_top=1), CLAM, 6) == counted(at_top=1)


@pytest.mark.parametrize(
    ("before", "owned", "expected"),
    [(M, (L, M), M), (M, (XL, L, HV), L), (M, (), None), (None, (), None)],
)
def test_a_band_that_is_gone_gives_way_to_a_lighter_one(
    before: Level | None, owned: tuple[Level, ...], expected: Level | None
) -> None:
    assert fit(counted(band=before), replace(CLAM, owned=owned)).band is expected


@pytest.mark.parametrize("before", [None, XL])
def test_where_only_heavier_bands_are_owned_all_else_starts_at_the_bottom(
    before: Level | None,
) -> None:
    heavier_only = fit(counted(band=before, tempo=2, sets=3), CLAM)
    expected = (L, 10, 1, 0, 0)
    got = heavier_only
    assert (got.band, got.target, got.sets, got.tempo, got.variant) == expected


def test_after_pain_no_band_rather_than_a_heavier_one() -> None:
    assert fit(counted(band=XL, freeze=1), CLAM).band is None


def test_a_phase_caps_the_sets_and_an_easier_week_takes_one() -> None:
    shown = {phase: sets_shown(counted(sets=3), CLAM, phase) for phase in SeasonPhase}
    assert shown == dict(SET_CAPS)
    assert sets_shown(counted(sets=3), CLAM, SeasonPhase.BASE, easier_week=True) == 2
    assert sets_shown(counted(sets=1), CLAM, SeasonPhase.BASE, easier_week=True) == 1


def test_on_the_clock_no_more_sets_than_the_routine_has() -> None:
    assert sets_shown(clocked(), replace(CLAM, sets=2), SeasonPhase.BASE) == 2


def test_an_exercise_without_a_band_has_none() -> None:
    assert start(SQUEEZE).band is None
