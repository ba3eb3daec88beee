"""What a runner's past makes of a routine: gaps of single exercises, what is new, and the caps."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.content import Routine, Sparing
from bot.content.sparing import kept_light
from bot.db.prescriptions import Stored
from bot.domain.kit import Band, Kit, KitKind, Level
from bot.domain.ladder import heavier_band
from bot.domain.load import Loading
from bot.domain.note import Note
from bot.domain.prescription import Prescription
from bot.domain.readiness import Readiness
from bot.domain.regions import Region
from bot.domain.rests import Level as RestLevel
from bot.domain.rests import Rest
from bot.domain.runner import Runner
from bot.domain.screening import Condition, Declared
from bot.domain.session import ExerciseDone
from bot.domain.suggestion import TrainedSession
from bot.domain.wish import LIGHT
from bot.services.runner_states import Records, RunnerState, state_of
from bot.services.session_plans import SessionPlan, plan
from tests.shipped import CATALOGUE

BANDS = [kind for kind in KitKind if kind is not KitKind.DOOR_ANCHOR]
KIT = Kit(
    (
        *(Band(kind, level) for kind in BANDS for level in (Level.LIGHT, Level.HEAVY)),
        Band(KitKind.DOOR_ANCHOR, Level.NONE),
    )
)
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
RECENTLY = Readiness(days_without=dict.fromkeys(CATALOGUE.exercises, 3))
HEAVY = Prescription(None, 3, Level.HEAVY, tempo=1, calibrating=0)
PROGRESSING = [key for key, routine in CATALOGUE.routines.items() if routine.progress]
STAYING_EASY = [key for key in CATALOGUE.routines if key not in PROGRESSING and key != LIGHT]


def planned(
    routine: str | Routine,
    days: int | Mapping[str, int] | None,
    *,
    stored: Prescription | None = HEAVY,
    **day: object,
) -> SessionPlan:
    """Every exercise was last done so many days ago, or each on its own; None: never."""
    each = dict.fromkeys(CATALOGUE.exercises, days) if isinstance(days, int) else days or {}
    before = {key: Stored(stored, True) for key in CATALOGUE.exercises} if stored else {}
    readiness = Readiness(days_without=each, **day)  # type: ignore[arg-type]
    state = RunnerState(Runner(1), KIT, (), before, readiness, Sparing())
    return plan(
        CATALOGUE, CATALOGUE.routine(routine) if isinstance(routine, str) else routine, state
    )


def bands(made: SessionPlan) -> set[Level | None]:
    return {dose.before.band for dose in made.prescribed.doses}


@pytest.mark.parametrize("routine", PROGRESSING)
@pytest.mark.parametrize(
    ("days", "most_sets", "tempo", "band", "notes"),
    [
        (0, 3, 1, Level.HEAVY, ()),
        (13, 3, 1, Level.HEAVY, ()),
        (14, 2, 0, Level.HEAVY, (Note.LONG_SINCE,)),
        (27, 2, 0, Level.HEAVY, (Note.LONG_SINCE,)),
        (28, 1, 0, Level.LIGHT, (Note.LONG_SINCE,)),
        (55, 1, 0, Level.LIGHT, (Note.LONG_SINCE,)),
        (56, 1, 0, Level.LIGHT, (Note.MUCH_NEW,)),
    ],
)
def test_days_without_its_exercises_make_every_routine_gentle(
    routine: str, days: int, most_sets: int, tempo: int, band: Level, notes: tuple[Note, ...]
) -> None:
    made = planned(routine, days)
    assert max(step.sets for step in made.steps) <= most_sets
    assert {dose.before.tempo for dose in made.prescribed.doses} == {tempo}
    assert bands(made) <= {band, None}
    assert made.notes == notes


@pytest.mark.parametrize("routine", PROGRESSING)
def test_what_was_never_done_begins_with_one_set_of_the_easier_form(routine: str) -> None:
    made = planned(routine, None, stored=None)
    work = [step for step in made.steps if not step.is_warm_up]
    assert {step.set_number for step in work} == {1}
    assert {step.sets for step in work} == {1}
    assert {dose.before.variant for dose in made.prescribed.doses} == {0}
    assert {dose.before.introduces for dose in made.prescribed.doses} == {1}
    assert made.prescribed.context.much_new


@pytest.mark.parametrize("routine", STAYING_EASY)
def test_a_routine_that_stays_easy_introduces_by_itself(routine: str) -> None:
    made = planned(routine, None, stored=None)
    assert {dose.before.introduces for dose in made.prescribed.doses} == {None}
    assert made.notes == ()
    assert made.prescribed.context.stays_easy


@pytest.mark.parametrize("known", range(6))
def test_more_than_two_new_exercises_make_the_whole_session_light(known: int) -> None:
    five = [block.exercise for block in CATALOGUE.routine("marathon-five").blocks]
    made = planned("marathon-five", dict.fromkeys(five[:known], 1))
    new = len(five) - known
    assert made.prescribed.context.much_new == (new > 2)
    one_set = {step.exercise for step in made.steps if step.sets == 1 and step.exercise}
    assert (one_set == set(five)) == (new > 2 or known == 0)


def test_the_like_of_an_exercise_keeps_it_a_row_better() -> None:
    lately = ("band-romanian-deadlift", "band-row", "band-calf-raise", "banded-squat")
    made = planned("build-strength", dict.fromkeys(lately, 13))
    doses = {dose.exercise.id: dose.before for dose in made.prescribed.doses}
    split = doses["band-split-squat"]
    assert (split.sets, split.variant, split.band) == (1, 1, Level.LIGHT)
    assert split.introduces is None
    assert made.notes == (Note.LONG_SINCE,)
    made = planned("build-strength", dict.fromkeys(lately, 14))
    assert Note.NEW in made.notes, "one more day, and its like is worth nothing"


def test_the_larger_of_both_gaps_applies() -> None:
    made = planned("marathon-five", 30, gap=14)
    assert {dose.before.sets for dose in made.prescribed.doses} == {1}
    assert made.notes == (Note.TWO_WEEKS,)
    made = planned("marathon-five", 14, gap=30)
    assert {dose.before.sets for dose in made.prescribed.doses} == {1}
    assert made.notes == (Note.FOUR_WEEKS,)


@pytest.mark.parametrize("routine", PROGRESSING)
@pytest.mark.parametrize("loading", [one for one in Loading if one is not Loading.ALLOWED])
def test_over_a_cap_there_is_one_set_of_each_and_no_progress(
    routine: str, loading: Loading
) -> None:
    made = planned(routine, 1, loading=loading)
    assert {step.sets for step in made.steps} == {1}
    assert made.prescribed.context.light
    assert made.loading is loading
    assert made.notes == (Note(loading.value),)


def test_before_a_run_is_over_no_cap() -> None:
    made = planned(LIGHT, 1, loading=Loading.TOO_SOON)
    assert (made.loading, made.notes, made.prescribed.doses) == (Loading.ALLOWED, (), ())


def test_fewer_sets_are_told_where_the_week_leaves_no_more() -> None:
    assert planned("marathon-five", 1, sets_left=12).notes == ()
    assert planned("marathon-five", 1, sets_left=11).notes == (Note.FEWER_SETS,)
    assert planned("marathon-five", None, sets_left=6).notes == (Note.MUCH_NEW,)


def test_a_routine_of_ten_exercises_ends_with_the_eighth() -> None:
    routine = CATALOGUE.routine("hips-and-glutes")
    others = [key for key in CATALOGUE.exercises if key.startswith(("ankle", "band"))][:8]
    block = replace_exercise(routine, others)
    made = planned(block, 1)
    assert len({step.exercise for step in made.steps if step.exercise}) == 8


def replace_exercise(routine: Routine, exercises: list[str]) -> Routine:
    """The routine with a block for each of these exercises more."""
    added = tuple(
        routine.blocks[0].model_copy(update={"exercise": key, "halves": False, "switch": 0})
        for key in exercises
        if key not in {block.exercise for block in routine.blocks}
    )
    return routine.model_copy(update={"id": "long", "blocks": (*routine.blocks, *added)})


def test_calf_raises_beyond_the_weeks_six_are_left_out() -> None:
    made = planned("build-strength", 1, sets_this_week={"band-calf-raise": 6})
    assert "band-calf-raise" not in {step.exercise for step in made.steps}
    assert len({step.exercise for step in made.steps if step.exercise}) == 3


def test_a_session_in_rounds_has_as_many_as_its_doses() -> None:
    light = planned("mini-band-whole-body", 1, loading=Loading.TOO_SOON)
    assert {step.sets for step in light.steps if step.in_rounds} == {1}
    assert {step.sets for step in planned("mini-band-whole-body", 1).steps if step.in_rounds} == {2}


def test_a_dose_is_stored_as_it_is_shown() -> None:
    made = planned("marathon-five", 60)
    doses = {dose.exercise.id: dose for dose in made.prescribed.doses}
    for step in made.steps:
        if step.exercise:
            before = doses[step.exercise].before
            assert (step.variant, step.tempo) == (before.variant, before.tempo)


def test_a_condition_of_the_spine_keeps_hinges_light() -> None:
    spine = [Declared(Condition.SPINE, NOW, settled_at=NOW)]
    strains = kept_light(CATALOGUE.limits(spine, NOW))
    before = {key: Stored(HEAVY, True) for key in CATALOGUE.exercises}
    state = RunnerState(Runner(1), KIT, (), before, RECENTLY, Sparing(light=strains))
    made = plan(CATALOGUE, CATALOGUE.routine("build-strength"), state)
    doses = {dose.exercise.id: dose for dose in made.prescribed.doses}
    for key in ("band-romanian-deadlift", "band-row"):
        sets = [step for step in made.steps if step.exercise == key and step.is_work]
        assert len(sets) == 1
        assert doses[key].before.band is Level.LIGHT
        assert heavier_band(doses[key].before, doses[key].exercise) is None
    assert doses["band-split-squat"].before.band is Level.HEAVY


@pytest.mark.parametrize("owned", [(Level.HEAVY,), (Level.LIGHT, Level.HEAVY)])
def test_no_band_is_heavier_than_before_while_a_region_that_it_loads_rests(
    owned: tuple[Level, ...],
) -> None:
    rest = Rest(Region.KNEE, RestLevel.MILD, False, NOW.date(), None, NOW.date())
    kit = Kit(tuple(Band(KitKind.MINI_BAND, level) for level in owned))
    medium = replace(HEAVY, band=Level.MEDIUM)
    before = {key: Stored(medium, True) for key in CATALOGUE.exercises}
    sparing = Sparing(resting=CATALOGUE.resting([rest]))
    state = RunnerState(Runner(1), kit, (), before, RECENTLY, sparing, resting=(rest,))
    made = plan(CATALOGUE, CATALOGUE.routine("hips-and-glutes"), state)
    loading = CATALOGUE.loading([Region.KNEE])
    found = [dose.before.band for dose in made.prescribed.doses if dose.exercise.id in loading]
    assert found
    assert set(found) <= {None, Level.LIGHT}
    freely = replace(state, sparing=Sparing(), resting=())
    made = plan(CATALOGUE, CATALOGUE.routine("hips-and-glutes"), freely)
    assert owned[0] in bands(made)


@pytest.mark.parametrize(
    ("ago", "routine", "counts"),
    [
        (timedelta(), "marathon-five", True),
        (timedelta(), "before-a-run", False),
        (timedelta(days=6, hours=8), "marathon-five", True),  # after midnight in Berlin
        (timedelta(days=6, hours=9, minutes=1), "marathon-five", False),
    ],
)
def test_the_sessions_that_began_on_the_last_seven_local_dates_are_of_this_week(
    ago: timedelta, routine: str, counts: bool
) -> None:
    began = NOW - ago
    done = {"squat": ExerciseDone(2, True)}
    ended = began + timedelta(minutes=10)
    session = TrainedSession(1, routine, began, ended, 2, True, None, done)
    records = Records(
        runners={1: Runner(1, zone="Europe/Berlin")},
        kits={},
        trained={1: [session]},
        prescriptions={1: {}},
        resting={1: ()},
        reported={1: ()},
        swapped={1: {}},
        weeks={1: {}},
        races={1: ()},
        entries={1: ()},
    )
    assert state_of(CATALOGUE, records, 1, NOW).this_week == ({"squat"} if counts else set())
