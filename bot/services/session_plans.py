"""Plans of sessions: a routine's steps with the runner's own prescriptions, kit and swaps."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue, Routine, Trainee
from bot.db import prescriptions, sessions
from bot.db.engine import Connection, transaction
from bot.db.prescriptions import Stored
from bot.domain.frozen import frozen
from bot.domain.gap import GapRule, after_gap, larger
from bot.domain.kit import UNKNOWN, Kit, KitKind
from bot.domain.load import MOST_NEW, Loading, fits
from bot.domain.not_today import NotToday
from bot.domain.note import Note
from bot.domain.own_routine import is_own
from bot.domain.prescription import (
    MOST_SETS,
    ExerciseBounds,
    Prescription,
    fit,
    lightest,
    no_heavier,
    start,
)
from bot.domain.race import Allowed
from bot.domain.readiness import Readiness, TodaysDose, fewer_sets, spent_this_week, todays_doses
from bot.domain.runner import Runner, Screening
from bot.domain.screening import Limit
from bot.domain.session import Rating, Step, length
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.suggestion import TAPERING, TRUNK, TrainedSession
from bot.domain.way_back import second_session_back
from bot.domain.wish import Wish, is_light
from bot.services import pain, rests, runner_states, usual_routine
from bot.services.runner_states import RunnerState

# Ages in years (docs/training-rules.md, rule 31).
ALONE_FROM = 16  # without an adult in the room
STRENGTH_FROM = 16


@frozen
class SessionPlan:
    """A routine as steps for one runner now, with the notes before them and the doses in them.

    `loading`: the cap that the session is over, if any; then it is planned as a light one.
    """

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    prescribed: SessionDoses
    loading: Loading = Loading.ALLOWED


NO_SESSION = SessionPlan((), (), SessionDoses())


def not_today(state: RunnerState, now: datetime) -> NotToday:
    """Return why there is no session for this runner today."""
    season = state.standing.season if state.standing.forbids_legs else None
    return NotToday(state.no_session, state.resting, rests.today(state.runner, now), season)


def suits_race(routine: str, state: RunnerState) -> bool:
    """Return whether a runner who asks for the routine by name may do it so near a race."""
    if not state.standing.forbids_legs or is_light(routine):
        return True
    return state.standing.allowed is Allowed.LIGHT and routine in (TAPERING, TRUNK)


def times_grown(trained: Iterable[TrainedSession], routine: str) -> int:
    """Return how often the routine was finished and was not too hard."""
    finished = (each.past for each in trained if each.routine == routine and each.past is not None)
    return sum(past.rating is not Rating.HARD for past in finished)


def is_too_young(catalogue: Catalogue, routine: str, runner: Runner) -> bool:
    """Return whether the routine is for older runners."""
    age = runner.age
    return age is not None and age < STRENGTH_FROM and routine in catalogue.routines_from_16


async def replan(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """Plan the session that waits for its start anew, because kit or prescriptions changed."""
    stored = await sessions.current(connection, runner)
    if stored is None or stored.session.is_under_way:
        return
    catalogue = await runner_states.with_own_routines(connection, catalogue, runner)
    if catalogue.has(stored.session.routine):
        state = await runner_states.get(connection, catalogue, runner, now)
        planned = plan_for(catalogue, stored.session.routine, state, now)
        if not planned.steps:
            return
        changed = replace(stored.session, steps=planned.steps, notes=planned.notes)
        await sessions.save_plan(connection, changed)
        await prescriptions.save_prescribed(connection, changed.id, planned.prescribed)


after_new_bands = transaction(replan)


def plan_for(catalogue: Catalogue, routine: str, state: RunnerState, now: datetime) -> SessionPlan:
    """Return the plan of a routine by its id, or of a session that is made for a wish."""
    wish = catalogue.wish(routine)
    if wish is None:
        return plan(catalogue, catalogue.routine(routine), state)
    without_bands = not catalogue.purposes[wish.purpose].bands
    if without_bands:
        state = replace(state, kit=Kit())
    made = None if state.no_session is not None else _composed(catalogue, wish, state, now)
    if made is None:
        return NO_SESSION
    planned = plan(catalogue, made, state)
    # A session without bands says nothing about the bands that wait at home.
    return replace(planned, prescribed=SessionDoses()) if without_bands else planned


def _composed(
    catalogue: Catalogue, wish: Wish, state: RunnerState, now: datetime
) -> Routine | None:
    return catalogue.composed(
        wish, _trainee(catalogue, state, now), lambda one: plan(catalogue, one, state).steps
    )


def needs_more(catalogue: Catalogue, routine: str, state: RunnerState, now: datetime) -> bool:
    """Return whether the routine uses more than a mini band if the runner owns every kind.

    Return False if there is no session of it today.
    """
    with_all = replace(state, kit=Kit(supposed=tuple(KitKind)))
    if not plan_for(catalogue, routine, with_all, now).steps:
        return False
    wish = catalogue.wish(routine)
    done = _composed(catalogue, wish, with_all, now) if wish else catalogue.routine(routine)
    return done is not None and catalogue.swaps(done, UNKNOWN) > 0


def _trainee(catalogue: Catalogue, state: RunnerState, now: datetime) -> Trainee:
    """Return what the choice of exercises for a session depends on."""
    level = usual_routine.level(catalogue, state.runner, state.kit, state.trained, now)
    spent = spent_this_week(
        {key: catalogue.exercise_for(key, state.usable_kit) for key in catalogue.exercises},
        state.readiness,
    )
    return Trainee(
        kit=state.usable_kit,
        level=level,
        sparing=state.sparing,
        known=frozenset(state.stored),
        days_without=state.readiness.days_without,
        spent=spent,
    )


def plan(catalogue: Catalogue, routine: Routine, state: RunnerState) -> SessionPlan:
    """Return the routine's plan for this runner.

    It has no steps if there is no session today, if the routine is for older runners, if a race is
    too near for it, or if what rests leaves too little of it.
    """
    if state.no_session is not None or is_too_young(catalogue, routine.id, state.runner):
        return NO_SESSION
    if not suits_race(routine.id, state):
        return NO_SESSION
    routine = catalogue.this_week(routine, state.this_week)
    if is_own(routine.id):
        state = replace(state, sparing=state.sparing.as_written())
    if routine.id == TRUNK and state.standing.allowed <= Allowed.LIGHT:
        routine = catalogue.without_calves(routine)
    if not catalogue.leaves_enough(routine, state.usable_kit, state.sparing):
        return NO_SESSION
    exercises = _bounds(catalogue, routine, state)
    rules = {key: _gap_rule(catalogue, routine, state, key) for key in exercises}
    doses = _doses(catalogue, state, exercises, rules)
    if is_light(routine.id):
        return _light_plan(catalogue, routine, state, exercises, doses)
    gap = state.readiness.gap_rule
    new = 0 if gap and gap.start_over else sum(bool(r and r.start_over) for r in rules.values())
    context = replace(
        state.readiness.context(stays_easy=not routine.progress, much_new=new > MOST_NEW),
        no_progress=Limit.NO_PROGRESS in state.limits,
    )
    run_near = state.standing.rule is not None and routine.id not in (TAPERING, TRUNK)
    if run_near:
        context = replace(context, light=True)
    one_set = context.light or context.much_new
    own = todays_doses(doses, state.readiness, light=one_set)
    steps = _steps(catalogue, routine, state, own)
    if not steps:
        return NO_SESSION
    while not fits(length(steps, warm_up=True)) and any(dose.sets > 1 for dose in own.values()):
        own = fewer_sets(own)
        steps = _steps(catalogue, routine, state, own)
    is_cut = not one_set and _is_cut(catalogue, routine, state, doses, own)
    notes = state.readiness.notes(rules.values(), new=new, is_cut=is_cut)
    return SessionPlan(
        steps=steps,
        notes=(*notes, *((Note.RUN_NEAR,) if run_near else ()), *_of_runner(state, exercises)),
        prescribed=SessionDoses(
            doses=_usual_doses(catalogue, routine, state, own, exercises),
            context=context,
            knows_bands=state.kit is not None,
        ),
        loading=state.readiness.loading,
    )


def _doses(
    catalogue: Catalogue,
    state: RunnerState,
    exercises: Mapping[str, ExerciseBounds],
    rules: Mapping[str, GapRule | None],
) -> dict[str, tuple[ExerciseBounds, Prescription]]:
    """Return the prescriptions after pain and after a gap, with the bounds of their exercises."""
    back = pain.second_session_back(catalogue, state.resting)
    return {
        key: (
            exercise,
            after_gap(
                _on_the_way_back(_before(exercise, state), exercise, back), exercise, rules[key]
            ),
        )
        for key, exercise in exercises.items()
    }


def _light_plan(
    catalogue: Catalogue,
    routine: Routine,
    state: RunnerState,
    exercises: Mapping[str, ExerciseBounds],
    doses: Mapping[str, tuple[ExerciseBounds, Prescription]],
) -> SessionPlan:
    """Return the plan of the light routine, after which nothing changes."""
    gentle = {key: (exercise, _gentle(dose, exercise)) for key, (exercise, dose) in doses.items()}
    steps = _steps(catalogue, routine, state, todays_doses(gentle, Readiness()))
    return SessionPlan(steps, tuple(_of_runner(state, exercises)), SessionDoses())


def _bounds(
    catalogue: Catalogue, routine: Routine, state: RunnerState
) -> dict[str, ExerciseBounds]:
    """Return the bounds of the exercises, without bands that are too heavy for what rests."""
    exercises = catalogue.exercises_for(routine, state.usable_kit, state.sparing)
    spared = catalogue.loading([rest.region for rest in state.resting])
    return {
        key: _no_heavier(exercise, state.stored.get(key)) if key in spared else exercise
        for key, exercise in exercises.items()
    }


def _no_heavier(exercise: ExerciseBounds, before: Stored | None) -> ExerciseBounds:
    """Return the bounds without bands heavier than the one before, where that is known."""
    if before is None or not before.knows_bands:
        return exercise
    return replace(exercise, owned=no_heavier(before.prescription.band, exercise.owned))


def _usual_doses(
    catalogue: Catalogue,
    routine: Routine,
    state: RunnerState,
    own: Mapping[str, TodaysDose],
    exercises: Mapping[str, ExerciseBounds],
) -> tuple[Dose, ...]:
    """Return the doses of the exercises that are done as usual, not held back by a rest."""
    held = catalogue.held_back(routine, state.usable_kit, state.sparing)
    if state.sparing.resting is not None:  # no harder form is done today
        held |= {key for key, dose in own.items() if dose.prescription.variant > 1}
    return tuple(
        Dose(exercises[key], dose.prescription, catalogue.exercises[key].texts.name)
        for key, dose in own.items()
        if key not in held
    )


def _of_runner(state: RunnerState, exercises: Collection[str]) -> Iterator[Note]:
    """Yield the notes that follow from the runner, rather than from the calendar."""
    if not state.swapped_back.isdisjoint(exercises):
        yield Note.SWAPPED_BACK
    if state.runner.age is not None and state.runner.age < ALONE_FROM:
        yield Note.ADULT


def _is_cut(
    catalogue: Catalogue,
    routine: Routine,
    state: RunnerState,
    doses: Mapping[str, tuple[ExerciseBounds, Prescription]],
    own: Mapping[str, TodaysDose],
) -> bool:
    """Return whether the week's sets leave fewer than planned."""
    if state.readiness.sets_left is None:
        return False
    freely = todays_doses(doses, replace(state.readiness, sets_left=None))
    if sum(dose.sets for dose in freely.values()) <= state.readiness.sets_left:
        return False
    planned = (_steps(catalogue, routine, state, each) for each in (own, freely))
    return len(next(planned)) < len(next(planned))


def _steps(
    catalogue: Catalogue, routine: Routine, state: RunnerState, own: Mapping[str, TodaysDose]
) -> tuple[Step, ...]:
    grown = times_grown(state.trained, routine.id)
    return catalogue.steps(routine, grown, state.usable_kit, own, state.sparing)


def _gap_rule(
    catalogue: Catalogue, routine: Routine, state: RunnerState, exercise: str
) -> GapRule | None:
    """Return the larger of the rules for days without any session and without this exercise.

    In a routine that stays easy, an exercise that was never done needs no introduction.
    """
    kin = catalogue.kin(exercise)
    own = state.readiness.exercise_rule(exercise, kin)
    needs_none = not routine.progress and exercise not in state.stored
    return larger(state.readiness.gap_rule, None if needs_none else own)


def _before(exercise: ExerciseBounds, state: RunnerState) -> Prescription:
    """Return the prescription; a runner cleared by a clinician starts with easier forms.

    Some conditions need easier forms as long as they last.
    """
    stored = state.stored.get(exercise.id)
    if stored is None:
        beginner = state.runner.screening is Screening.AGREED
        prescription = start(replace(exercise, sets=MOST_SETS), beginner)
    elif state.kit is not None and not stored.knows_bands:
        prescription = replace(stored.prescription, band=lightest(exercise.owned), tempo=0)
    else:
        prescription = fit(stored.prescription, exercise)
    if Limit.EASIER_FORMS in state.limits:
        return replace(prescription, variant=exercise.variants[0])
    return prescription


def _on_the_way_back(
    prescription: Prescription, exercise: ExerciseBounds, back: Collection[str]
) -> Prescription:
    return second_session_back(prescription, exercise) if exercise.id in back else prescription


def _gentle(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription of the light routine, which is not to tire before a run.

    It has the lightest band, the usual tempo, no harder form, and only as many repetitions as the
    routine has time for.
    """
    variant = min(1, prescription.variant)
    band = lightest(exercise.owned)
    return replace(prescription, target=None, band=band, tempo=0, variant=variant, sets=MOST_SETS)
