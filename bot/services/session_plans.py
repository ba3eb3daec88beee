"""Plans of sessions: a routine's steps with the runner's own prescriptions, kit and swaps."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue, Routine, Sparing
from bot.db import bands, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.db.prescriptions import Stored
from bot.domain.gap import GapRule, after_gap, larger
from bot.domain.kit import Kit, KitKind
from bot.domain.load import MOST_NEW, Loading, fits
from bot.domain.note import Note
from bot.domain.prescription import MOST_SETS, ExerciseBounds, Prescription, fit, lightest, start
from bot.domain.readiness import (
    PastSession,
    Readiness,
    TodaysDose,
    fewer_sets,
    readiness,
    todays_doses,
)
from bot.domain.runner import Runner, Screening
from bot.domain.session import Phase, Rating, Step, length
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.suggestion import (
    LIGHT,
    ROTATION,
    START_OVER,
    Circumstances,
    TrainedSession,
    suggest,
)
from bot.services import pain

LONG = (KitKind.LONG_LOOP, KitKind.LONG_BAND)


@dataclass(frozen=True, slots=True)
class RunnerState:
    """The stored data of a runner that a session's plan depends on.

    `stored` has the prescriptions by exercise id. `kit`: None: not known.
    """

    runner: Runner
    kit: Kit | None
    trained: Sequence[TrainedSession]
    stored: Mapping[str, Stored]
    readiness: Readiness
    sparing: Sparing

    def must_answer_again(self, now: datetime) -> bool:
        """Return whether the health questions come again: after a gap of eight weeks, once."""
        rule, screened_at = self.readiness.gap_rule, self.runner.screened_at
        is_old = screened_at is None or now - screened_at >= START_OVER
        return bool(rule and rule.start_over and is_old)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A routine as steps for one runner now, with the notes before them and the doses in them.

    `loading`: the cap that the session is over, if any; then it is planned as a light one.
    """

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    prescribed: SessionDoses
    loading: Loading = Loading.ALLOWED


@dataclass(frozen=True, slots=True)
class RoutineOverview:
    """The suggested routine, the steps of each routine by its id, and the kit (None: not known)."""

    suggested: str
    steps: Mapping[str, tuple[Step, ...]]
    kit: Kit | None


async def overview(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> RoutineOverview:
    """Return every routine as this runner would do it now."""
    state = await _state(db, catalogue, runner, now)
    steps = {
        key: plan(catalogue, routine, state).steps for key, routine in catalogue.routines.items()
    }
    return RoutineOverview(suggestion(catalogue, state, now), steps, state.kit)


async def suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]]:
    """Return the id of the suggested routine, and its steps as this runner would do them now."""
    state = await _state(db, catalogue, runner, now)
    routine = suggestion(catalogue, state, now)
    return routine, plan(catalogue, catalogue.routine(routine), state).steps


async def _state(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> RunnerState:
    async with db.read() as connection:
        return await get_state(connection, catalogue, runner, now)


def times_grown(trained: Iterable[TrainedSession], routine: str) -> int:
    """Return how often the routine was finished and was not too hard."""
    finished = (each.past for each in trained if each.routine == routine and each.past is not None)
    return sum(past.rating is not Rating.HARD for past in finished)


def suggestion(catalogue: Catalogue, state: RunnerState, now: datetime) -> str:
    """Return the id of the routine to suggest."""
    fitting = [
        key
        for key in ROTATION
        if key in catalogue.routines and not catalogue.swaps(catalogue.routines[key], state.kit)
    ]
    circumstances = Circumstances(
        now=now,
        zone=state.runner.zone or "UTC",
        fitting=fitting,
        owns_long=state.kit is not None and any(state.kit.owns(kind) for kind in LONG),
        rests=bool(state.sparing.without),
    )
    finished = [session.past for session in state.trained if session.past is not None]
    newest = sorted(finished, key=lambda past: past.at, reverse=True)
    return suggest(newest, circumstances)


async def get_state(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    now: datetime,
    excluded: int | None = None,
) -> RunnerState:
    """Return the state of a runner, not counting the session with the id `excluded`."""
    return (await get_states(connection, catalogue, [runner], now, excluded))[runner]


async def get_states(
    connection: Connection,
    catalogue: Catalogue,
    runner_ids: Collection[int],
    now: datetime,
    excluded: int | None = None,
) -> dict[int, RunnerState]:
    """Return the states by runner id; the number of queries does not depend on that of runners."""
    all_runners = {key: Runner(key) for key in runner_ids} | await runners.get_many(
        connection, runner_ids
    )
    kits = await bands.get_many(connection, runner_ids)
    trained = await sessions.trained(connection, runner_ids, now)
    stored = await prescriptions.get(connection, runner_ids)
    sparing = await pain.sparing(connection, catalogue, all_runners.values(), now)
    return {
        key: RunnerState(
            runner=runner,
            kit=kits.get(key),
            trained=trained[key],
            stored=stored[key],
            readiness=_readiness(runner, trained[key], now, excluded),
            sparing=sparing[key],
        )
        for key, runner in all_runners.items()
    }


def _readiness(
    runner: Runner, trained: Iterable[TrainedSession], now: datetime, excluded: int | None
) -> Readiness:
    zone = ZoneInfo(runner.zone or "UTC")
    before = [
        PastSession(
            session.begun,
            session.at.astimezone(zone).date(),
            session.sets,
            session.loads,
            session.exercises,
        )
        for session in trained
        if session.routine != LIGHT and session.id != excluded
    ]
    return readiness(before, now, zone.key, _away(runner))


async def replan(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """Plan the session that waits for its start anew, because kit or prescriptions changed."""
    stored = await sessions.current(connection, runner)
    if stored is None or stored.session.phase is not Phase.READY:
        return
    routine = catalogue.routines.get(stored.session.routine)
    if routine is not None:
        planned = plan(catalogue, routine, await get_state(connection, catalogue, runner, now))
        changed = replace(stored.session, steps=planned.steps, notes=planned.notes)
        await sessions.save_plan(connection, changed)
        await prescriptions.save_prescribed(connection, changed.id, planned.prescribed)


async def after_new_bands(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """Plan the session that waits for its start anew, after a change of the kit."""
    async with db.write(runner) as connection:
        await replan(connection, catalogue, runner, now)


def _away(runner: Runner) -> Iterator[date]:
    if runner.away_from is not None and runner.away_until is not None:
        for number in range((runner.away_until - runner.away_from).days):
            yield runner.away_from + timedelta(days=number)


def plan(catalogue: Catalogue, routine: Routine, state: RunnerState) -> SessionPlan:
    """Return the routine's plan for this runner."""
    exercises = catalogue.exercises_for(routine, state.kit, state.sparing)
    rules = {key: _gap_rule(catalogue, routine, state, key) for key in exercises}
    doses = {
        key: (exercise, after_gap(_before(exercise, state), exercise, rules[key]))
        for key, exercise in exercises.items()
    }
    if routine.id == LIGHT:
        gentle = {
            key: (exercise, _gentle(dose, exercise)) for key, (exercise, dose) in doses.items()
        }
        own = todays_doses(gentle, Readiness())
        return SessionPlan(_steps(catalogue, routine, state, own), (), SessionDoses())
    gap = state.readiness.gap_rule
    new = 0 if gap and gap.start_over else sum(bool(r and r.start_over) for r in rules.values())
    context = state.readiness.context(stays_easy=not routine.progress, much_new=new > MOST_NEW)
    is_light = context.light or context.much_new
    own = todays_doses(doses, state.readiness, light=is_light)
    steps = _steps(catalogue, routine, state, own)
    while not fits(length(steps, warm_up=True)) and any(dose.sets > 1 for dose in own.values()):
        own = fewer_sets(own)
        steps = _steps(catalogue, routine, state, own)
    is_cut = not is_light and _is_cut(catalogue, routine, state, doses, own)
    return SessionPlan(
        steps=steps,
        notes=state.readiness.notes(rules.values(), new=new, is_cut=is_cut),
        prescribed=SessionDoses(
            doses=tuple(
                Dose(exercises[key], dose.prescription, catalogue.exercises[key].texts.name)
                for key, dose in own.items()
            ),
            context=context,
            knows_bands=state.kit is not None,
        ),
        loading=state.readiness.loading,
    )


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
    return catalogue.steps(routine, grown, state.kit, own, state.sparing)


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
    """Return the prescription; a runner cleared by a clinician starts with easier forms."""
    stored = state.stored.get(exercise.id)
    if stored is None:
        beginner = state.runner.screening is Screening.AGREED
        return start(replace(exercise, sets=MOST_SETS), beginner)
    if state.kit is not None and not stored.knows_bands:
        return replace(stored.prescription, band=lightest(exercise.owned), tempo=0)
    return fit(stored.prescription, exercise)


def _gentle(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Return the prescription of the light routine, which is not to tire before a run.

    It has the lightest band, the usual tempo, no harder form, and only as many repetitions as the
    routine has time for.
    """
    variant = min(1, prescription.variant)
    band = lightest(exercise.owned)
    return replace(prescription, target=None, band=band, tempo=0, variant=variant, sets=MOST_SETS)
