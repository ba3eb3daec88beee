"""A runner who counts does what the clock has time for: the same dose in another measure."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Routine, Sparing
from bot.content.counting import counted, unit_of
from bot.db.prescriptions import Stored
from bot.domain.kit import Band, Kit, KitKind, Level, kit_of
from bot.domain.prescription import Prescription, Unit, seconds_each
from bot.domain.readiness import Readiness, TodaysDose
from bot.domain.runner import Runner
from bot.domain.session import Step, length
from bot.services.runner_states import RunnerState
from bot.services.session_plans import plan
from tests.shipped import CATALOGUE

ROUTINES = list(CATALOGUE.routines.values())
NO_BANDS = Kit()
ALL = None
FULL = kit_of(
    Band(kind, Level.NONE if kind is KitKind.DOOR_ANCHOR else Level.LIGHT) for kind in KitKind
)
MINI = Kit((Band(KitKind.MINI_BAND, Level.LIGHT, ""),))
SECONDS = st.integers(5, 300)


def steps_of(routine: Routine, kit: Kit | None = ALL, **dose: int) -> list[Step]:
    """The routine's sets, with this dose of everything."""
    made: dict[str, TodaysDose] = {}
    for key, exercise in CATALOGUE.exercises_for(routine, kit).items():
        target = dose.get("target")
        span = exercise.range
        within = target and max(span.low, min(target, span.top))
        step = dose.get("tempo", 0) if exercise.has_tempo else 0
        made[key] = TodaysDose(3, Prescription(within, 3, None, tempo=step))
    return [step for step in CATALOGUE.steps(routine, 9, kit, made) if step.is_work]


def each(step: Step) -> int:
    """The seconds of one of what is counted, on both sides if so."""
    tempo = step.pace or CATALOGUE.exercises[step.exercise or ""].facts.tempo
    directions = 3 if step.unit == "trios" else 1
    return seconds_each(tempo, step.tempo) * directions * (2 if step.each_side else 1)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
def test_counting_never_asks_for_more_than_the_clock(routine: Routine) -> None:
    for kit, tempo in product([ALL, NO_BANDS, MINI], range(3)):
        seconds = [step.work for step in CATALOGUE.steps(routine, 9, kit) if step.is_work]
        found = steps_of(routine, kit, tempo=tempo)
        assert [step.work for step in found] == seconds
        for step in found:
            top = CATALOGUE.exercises[step.exercise or ""].facts.dose.range[1]
            assert step.count * each(step) <= step.work
            assert step.count <= top


@given(
    routine=st.sampled_from(ROUTINES),
    kit=st.sampled_from([ALL, NO_BANDS, MINI]),
    target=st.integers(1, 40),
    tempo=st.integers(0, 2),
)
def test_on_the_clock_a_counted_dose_takes_its_repetitions_times_the_tempo(
    routine: Routine, kit: Kit | None, target: int, tempo: int
) -> None:
    for step in steps_of(routine, kit, target=target, tempo=tempo):
        held = unit_of(CATALOGUE.exercises[step.exercise or ""], step.form) is Unit.SECONDS
        assert held or step.count == 0 or step.work == step.count * each(step)


@pytest.mark.parametrize("routine", ROUTINES, ids=lambda routine: routine.id)
@pytest.mark.parametrize("target", ["top", "low"])
def test_no_session_is_longer_than_half_an_hour(routine: Routine, target: str) -> None:
    stored = {
        key: Stored(Prescription(getattr(exercise.range, target), 3, None, tempo=2), False)
        for key, exercise in CATALOGUE.exercises_for(routine, FULL).items()
    }
    lately = Readiness(days_without=dict.fromkeys(stored, 1))
    known = RunnerState(Runner(1), FULL, (), stored, lately, Sparing())
    steps = plan(CATALOGUE, routine, known).steps
    assert length(steps, warm_up=True) <= 30 * 60
    assert {step.exercise for step in steps} >= stored.keys()


@given(
    key=st.sampled_from(sorted(CATALOGUE.exercises)),
    work=SECONDS,
    tempo=st.integers(0, 2),
    go=st.integers(0, 2),
    target=st.none() | st.integers(1, 40),
)
def test_a_target_is_asked_for_as_it_is(
    key: str, work: int, tempo: int, go: int, target: int | None
) -> None:
    bare = steps_of(ROUTINES[0])[0]
    exercise = CATALOGUE.exercises[key]
    bare = replace(bare, exercise=key, form="base", work=work, tempo=tempo, side=None, go=go)
    step = counted(bare, exercise, target)
    if unit_of(exercise, "base") is Unit.SECONDS:
        assert (step.count, step.work) == (0, work)
    elif target is None:
        assert step.work == work
        assert step.count * each(step) <= work
    elif go and exercise.facts.laterality == "bilateral":
        assert step.count <= target
        assert step.work <= work
    else:
        assert step.count == target


@pytest.mark.parametrize(
    ("routine", "exercise", "count", "unit", "each_side"),
    [
        ("marathon-five", "lateral-band-walk", 10, "steps", False),
        ("marathon-five", "dead-bug-band", 6, "reps", True),
        ("marathon-five", "standing-leg-raise-3way", 3, "trios", False),
        ("mini-band-whole-body", "dead-bug-band", 5, "reps", True),
        ("mini-band-whole-body", "side-plank-clam", 0, "", False),
        ("before-a-run", "monster-walk", 7, "steps", True),
        ("before-a-run", "standing-leg-raise-3way", 6, "reps", False),
        ("taper-week", "pallof-press", 0, "", False),
        ("build-strength", "band-romanian-deadlift", 8, "reps", False),
    ],
)
def test_repetitions_come_from_tempo_and_seconds(
    routine: str, exercise: str, count: int, unit: str, each_side: bool
) -> None:
    found = [it for it in steps_of(CATALOGUE.routines[routine]) if it.exercise == exercise]
    assert {(it.count, it.unit, it.each_side) for it in found} == {(count, unit, each_side)}
