"""What a session is made of on the day it is opened: the runner's own numbers."""

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
from bot.domain.runner import Runner, Screening
from bot.domain.session import Phase, Step, length
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.suggestion import LIGHT, NEWCOMER, ROTATION, START_OVER, TrainedSession, suggest
from bot.services import pain

ENOUGH_TO_SUGGEST = 10


@dataclass(frozen=True, slots=True)
class RunnerState:
    """All that counts when a runner opens a session."""

    runner: Runner
    kit: Kit | None
    trained: Sequence[TrainedSession]
    stored: Mapping[str, Stored]
    readiness: Readiness
    sparing: Sparing

    def times_finished(self, routine: str) -> int:
        return sum(one.past is not None and one.routine == routine for one in self.trained)

    def must_answer_again(self, now: datetime) -> bool:
        """Whether the health questions come again: after eight weeks, once."""
        rule, asked = self.readiness.gap_rule, self.runner.screened_at
        return bool(rule and rule.start_over and (asked is None or now - asked >= START_OVER))


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A routine as one runner does it now."""

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    prescribed: SessionDoses


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a runner has before them: the routine that is next, and how each would be today."""

    suggested: str
    steps: Mapping[str, tuple[Step, ...]]
    kit: Kit | None


async def ahead(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> Ahead:
    """Every routine as this runner would do it now."""
    known = await _known(db, catalogue, runner, now)
    steps = {
        key: plan(catalogue, routine, known).steps for key, routine in catalogue.routines.items()
    }
    return Ahead(suggestion(catalogue, known.kit, known.trained, now), steps, known.kit)


async def suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]]:
    """The routine that is next, and its steps as this runner would do them now."""
    known = await _known(db, catalogue, runner, now)
    routine = suggestion(catalogue, known.kit, known.trained, now)
    return routine, plan(catalogue, catalogue.routine(routine), known).steps


async def _known(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> RunnerState:
    async with db.read() as connection:
        return await circumstances(connection, catalogue, runner, now)


def suggestion(
    catalogue: Catalogue, kit: Kit | None, trained: Iterable[TrainedSession], now: datetime
) -> str:
    """The id of the routine that comes next."""
    fitting = [
        key
        for key in ROTATION
        if key in catalogue.routines and not catalogue.swaps(catalogue.routines[key], kit)
    ]
    finished = [one.past for one in trained if one.past is not None]
    newest = sorted(finished, key=lambda past: past.at or now, reverse=True)
    return suggest(newest[:ENOUGH_TO_SUGGEST], fitting, now)


async def circumstances(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    now: datetime,
    excluded: int | None = None,
) -> RunnerState:
    """Return the state of a runner, not counting the session with the id `excluded`."""
    return (await circumstances_of(connection, catalogue, [runner], now, excluded))[runner]


async def circumstances_of(
    connection: Connection,
    catalogue: Catalogue,
    runner_ids: Collection[int],
    now: datetime,
    excluded: int | None = None,
) -> dict[int, RunnerState]:
    """Return the states by runner, in as many queries for many as for one."""
    known = {key: Runner(key) for key in runner_ids} | await runners.get_many(
        connection, runner_ids
    )
    kits = await bands.get_many(connection, runner_ids)
    trained = await sessions.trained(connection, runner_ids)
    stored = await prescriptions.get(connection, runner_ids)
    sparing = await pain.sparing(connection, catalogue, known.values(), now)
    return {
        key: RunnerState(
            runner=runner,
            kit=kits.get(key),
            trained=trained[key],
            stored=stored[key],
            readiness=_readiness(runner, trained[key], now, excluded),
            sparing=sparing[key],
        )
        for key, runner in known.items()
    }


def _readiness(
    runner: Runner, trained: Iterable[TrainedSession], now: datetime, excluded: int | None
) -> Readiness:
    zone = ZoneInfo(runner.zone or "UTC")
    before = [
        PastSession(one.begun, one.at.astimezone(zone).date(), one.sets, one.loads)
        for one in trained
        if one.routine != LIGHT and one.id != excluded
    ]
    return readiness(before, now, zone.key, _away(runner))


async def again(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """A session that waits for its Start takes up what has changed since it was opened."""
    waiting = await sessions.current(connection, runner)
    if waiting is None or waiting.session.phase is not Phase.READY:
        return
    routine = catalogue.routines.get(waiting.session.routine)
    if routine is not None:
        planned = plan(catalogue, routine, await circumstances(connection, catalogue, runner, now))
        changed = replace(waiting.session, steps=planned.steps, notes=planned.notes)
        await sessions.save_plan(connection, changed)
        await prescriptions.save_prescribed(connection, changed.id, planned.prescribed)


async def after_new_bands(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """No session begins with a band that has been given away."""
    async with db.write(runner) as connection:
        await again(connection, catalogue, runner, now)


def _away(runner: Runner) -> Iterator[date]:
    if runner.away_from is not None and runner.away_until is not None:
        for number in range((runner.away_until - runner.away_from).days):
            yield runner.away_from + timedelta(days=number)


def plan(catalogue: Catalogue, routine: Routine, known: RunnerState) -> SessionPlan:
    """The steps, what to know before them, and what they are made of."""
    finished = known.times_finished(routine.id)
    exercises = catalogue.exercises_for(routine, known.kit, known.sparing)
    doses = {key: (exercise, _before(exercise, known)) for key, exercise in exercises.items()}
    if routine.id == LIGHT:
        gentle = {key: (it, _gentle(dose, it)) for key, (it, dose) in doses.items()}
        own = todays_doses(gentle, Readiness())
        steps = catalogue.steps(routine, finished, known.kit, own, known.sparing)
        return SessionPlan(steps, (), SessionDoses())
    own = todays_doses(doses, known.readiness)
    steps = catalogue.steps(routine, finished, known.kit, own, known.sparing)
    while not fits(length(steps, warm_up=True)) and any(it.sets > 1 for it in own.values()):
        own = fewer_sets(own)
        steps = catalogue.steps(routine, finished, known.kit, own, known.sparing)
    return SessionPlan(
        steps,
        known.readiness.notes,
        _prescribed(catalogue, routine, known, own, exercises),
    )


def _prescribed(
    catalogue: Catalogue,
    routine: Routine,
    known: RunnerState,
    own: Mapping[str, TodaysDose],
    exercises: Mapping[str, ExerciseBounds],
) -> SessionDoses:
    def dose(exercise: ExerciseBounds, before: Prescription) -> Dose:
        return Dose(exercise, before, catalogue.exercises[exercise.id].texts.name)

    others = (
        catalogue.exercise_for(key, known.kit)
        for key in known.stored
        if known.readiness.gap_rule and key not in exercises and key in catalogue.exercises
    )
    return SessionDoses(
        doses=tuple(dose(exercises[key], it.prescription) for key, it in own.items()),
        others=tuple(dose(exercise, _before(exercise, known)) for exercise in others),
        context=known.readiness.context(first_weeks=routine.id == NEWCOMER),
        knows_bands=known.kit is not None,
    )


def _before(exercise: ExerciseBounds, known: RunnerState) -> Prescription:
    """What is prescribed today. A runner with a clinician's leave begins with the easier forms."""
    stored = known.stored.get(exercise.id)
    if stored is None:
        beginner = known.runner.screening is Screening.AGREED
        found = start(replace(exercise, sets=MOST_SETS), beginner)
    elif known.kit is not None and not stored.knows_bands:
        found = replace(stored.prescription, band=lightest(exercise.owned), tempo=0)
    else:
        found = fit(stored.prescription, exercise)
    return after_gap(found, exercise, known.readiness.gap)


def _gentle(prescription: Prescription, exercise: ExerciseBounds) -> Prescription:
    """Nothing that tires before a run: the lightest band, the usual tempo, no harder form, and no
    more repetitions than the routine has time for."""
    variant = min(1, prescription.variant)
    band = lightest(exercise.owned)
    return replace(prescription, target=None, band=band, tempo=0, variant=variant, sets=MOST_SETS)
