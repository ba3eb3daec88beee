"""Plans of sessions: a routine's steps with the runner's own prescriptions, kit and swaps."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue, Routine, Sparing
from bot.db import bands, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.db.prescriptions import Stored
from bot.domain.gap import after_gap
from bot.domain.kit import Kit
from bot.domain.load import fits
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
from bot.domain.rests import NoSession, Rest
from bot.domain.runner import Runner, Screening
from bot.domain.session import Phase, Step, length
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.suggestion import LIGHT, NEWCOMER, ROTATION, START_OVER, TrainedSession, suggest
from bot.domain.way_back import second_session_back
from bot.services import pain, rests

ENOUGH_TO_SUGGEST = 10


@dataclass(frozen=True, slots=True)
class RunnerState:
    """The stored data of a runner that a session's plan depends on.

    `stored` has the prescriptions by exercise id. `kit`: None: not known. `no_session`: why there
    is no session today.
    """

    runner: Runner
    kit: Kit | None
    trained: Sequence[TrainedSession]
    stored: Mapping[str, Stored]
    readiness: Readiness
    sparing: Sparing
    resting: tuple[Rest, ...] = ()
    no_session: NoSession | None = None

    def times_finished(self, routine: str) -> int:
        return sum(
            session.past is not None and session.routine == routine for session in self.trained
        )

    def must_answer_again(self, now: datetime) -> bool:
        """Return whether the health questions come again: after a gap of eight weeks, once."""
        rule, screened_at = self.readiness.gap_rule, self.runner.screened_at
        is_old = screened_at is None or now - screened_at >= START_OVER
        return bool(rule and rule.start_over and is_old)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A routine as steps for one runner now, with the notes before them and the doses in them."""

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    prescribed: SessionDoses


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
    return RoutineOverview(suggestion(catalogue, state.kit, state.trained, now), steps, state.kit)


async def suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]]:
    """Return the id of the suggested routine, and its steps as this runner would do them now."""
    state = await _state(db, catalogue, runner, now)
    routine = suggestion(catalogue, state.kit, state.trained, now)
    return routine, plan(catalogue, catalogue.routine(routine), state).steps


async def _state(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> RunnerState:
    async with db.read() as connection:
        return await get_state(connection, catalogue, runner, now)


def suggestion(
    catalogue: Catalogue, kit: Kit | None, trained: Iterable[TrainedSession], now: datetime
) -> str:
    """Return the id of the routine to suggest."""
    fitting = [
        key
        for key in ROTATION
        if key in catalogue.routines and not catalogue.swaps(catalogue.routines[key], kit)
    ]
    finished = [session.past for session in trained if session.past is not None]
    newest = sorted(finished, key=lambda past: past.at or now, reverse=True)
    return suggest(newest[:ENOUGH_TO_SUGGEST], fitting, now)


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
    trained = await sessions.trained(connection, runner_ids)
    stored = await prescriptions.get(connection, runner_ids)
    sparing = await pain.sparing(connection, catalogue, all_runners.values(), now)
    resting = await rests.get_many(connection, all_runners.keys())
    reported = await rests.reported_today(connection, all_runners.values(), now)
    return {
        key: RunnerState(
            runner=runner,
            kit=kits.get(key),
            trained=trained[key],
            stored=stored[key],
            readiness=_readiness(runner, trained[key], now, excluded),
            sparing=sparing[key],
            resting=resting[key],
            no_session=rests.why_no_session(resting[key], reported[key], rests.today(runner, now)),
        )
        for key, runner in all_runners.items()
    }


def _readiness(
    runner: Runner, trained: Iterable[TrainedSession], now: datetime, excluded: int | None
) -> Readiness:
    zone = ZoneInfo(runner.zone or "UTC")
    before = [
        PastSession(session.begun, session.at.astimezone(zone).date(), session.sets, session.loads)
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
    finished = state.times_finished(routine.id)
    exercises = catalogue.exercises_for(routine, state.kit, state.sparing)
    back = pain.second_session_back(catalogue, state.resting)
    doses = {
        key: (exercise, _on_the_way_back(_before(exercise, state), exercise, back))
        for key, exercise in exercises.items()
    }
    if routine.id == LIGHT:
        gentle = {
            key: (exercise, _gentle(dose, exercise)) for key, (exercise, dose) in doses.items()
        }
        own = todays_doses(gentle, Readiness())
        steps = catalogue.steps(routine, finished, state.kit, own, state.sparing)
        return SessionPlan(steps, (), SessionDoses())
    own = todays_doses(doses, state.readiness)
    steps = catalogue.steps(routine, finished, state.kit, own, state.sparing)
    while not fits(length(steps, warm_up=True)) and any(today.sets > 1 for today in own.values()):
        own = fewer_sets(own)
        steps = catalogue.steps(routine, finished, state.kit, own, state.sparing)
    return SessionPlan(
        steps,
        state.readiness.notes,
        _prescribed(catalogue, routine, state, own, exercises),
    )


def _prescribed(
    catalogue: Catalogue,
    routine: Routine,
    state: RunnerState,
    own: Mapping[str, TodaysDose],
    exercises: Mapping[str, ExerciseBounds],
) -> SessionDoses:
    def dose(exercise: ExerciseBounds, before: Prescription) -> Dose:
        return Dose(exercise, before, catalogue.exercises[exercise.id].texts.name)

    others = (
        catalogue.exercise_for(key, state.kit)
        for key in state.stored
        if state.readiness.gap_rule and key not in exercises and key in catalogue.exercises
    )
    return SessionDoses(
        doses=tuple(dose(exercises[key], today.prescription) for key, today in own.items()),
        others=tuple(dose(exercise, _before(exercise, state)) for exercise in others),
        context=state.readiness.context(first_weeks=routine.id == NEWCOMER),
        knows_bands=state.kit is not None,
    )


def _before(exercise: ExerciseBounds, state: RunnerState) -> Prescription:
    """Return today's prescription; a runner cleared by a clinician starts with easier forms."""
    stored = state.stored.get(exercise.id)
    if stored is None:
        beginner = state.runner.screening is Screening.AGREED
        prescription = start(replace(exercise, sets=MOST_SETS), beginner)
    elif state.kit is not None and not stored.knows_bands:
        prescription = replace(stored.prescription, band=lightest(exercise.owned), tempo=0)
    else:
        prescription = fit(stored.prescription, exercise)
    return after_gap(prescription, exercise, state.readiness.gap)


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
