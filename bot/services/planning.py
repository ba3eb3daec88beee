"""What a session is made of on the day it is opened: the runner's own numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.catalogue import Catalogue, Routine, Sparing
from bot.db import bands, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.db.prescriptions import Stored
from bot.domain.gap import after_gap
from bot.domain.kit import Kit
from bot.domain.note import Note
from bot.domain.occasion import Done, Occasion, Today, occasion, today
from bot.domain.prescribed import Dose, Prescribed
from bot.domain.prescription import MOST_SETS, Exercise, Mode, Prescription, fit, lightest, start
from bot.domain.runner import Runner, Screening
from bot.domain.session import Phase, Step
from bot.domain.suggestion import LIGHT, NEWCOMER, ROTATION, START_OVER, suggest
from bot.services import hurt

ENOUGH_TO_SUGGEST = 10


@dataclass(frozen=True, slots=True)
class Known:
    """All that counts when a runner opens a session."""

    runner: Runner
    kit: Kit | None
    finished: Mapping[str, int]
    stored: Mapping[str, Stored]
    occasion: Occasion
    sparing: Sparing

    def must_answer_again(self, now: datetime) -> bool:
        """Whether the health questions come again: after eight weeks, once."""
        row, asked = self.occasion.row, self.runner.screened_at
        return bool(row and row.start_over and (asked is None or now - asked >= START_OVER))


@dataclass(frozen=True, slots=True)
class Planned:
    """A routine as one runner does it now."""

    steps: tuple[Step, ...]
    notes: tuple[Note, ...]
    prescribed: Prescribed


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a runner has before them: the routine that is next, and how each would be today."""

    suggested: str
    steps: Mapping[str, tuple[Step, ...]]
    kit: Kit | None


async def ahead(db: Database, catalogue: Catalogue, runner: int, now: datetime) -> Ahead:
    """Every routine as this runner would do it now."""
    known, next_up = await _suggested(db, catalogue, runner, now)
    steps = {
        key: plan(catalogue, routine, known).steps for key, routine in catalogue.routines.items()
    }
    return Ahead(next_up, steps, known.kit)


async def suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]]:
    """The routine that is next, and its steps as this runner would do them now."""
    known, routine = await _suggested(db, catalogue, runner, now)
    return routine, plan(catalogue, catalogue.routine(routine), known).steps


async def _suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[Known, str]:
    async with db.read() as connection:
        known = await circumstances(connection, catalogue, runner, now)
        return known, await suggestion(connection, catalogue, runner, known.kit, now)


async def suggestion(
    connection: Connection, catalogue: Catalogue, runner: int, kit: Kit | None, now: datetime
) -> str:
    """The id of the routine that comes next."""
    fitting = [
        key
        for key in ROTATION
        if key in catalogue.routines and not catalogue.swaps(catalogue.routines[key], kit)
    ]
    history = await sessions.finished(connection, runner, ENOUGH_TO_SUGGEST)
    return suggest(history, fitting, now)


async def circumstances(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    now: datetime,
    but: int | None = None,
) -> Known:
    """`but` is the id of a session that is about to make room: it does not count as trained."""
    known = await runners.get(connection, runner) or Runner(runner)
    zone = known.zone or "UTC"
    before = [
        Done(begun, trained.astimezone(ZoneInfo(zone)).date(), sets, loads)
        for begun, trained, sets, loads in await sessions.loads(connection, runner, LIGHT, but)
    ]
    return Known(
        runner=known,
        kit=await bands.get(connection, runner),
        finished=await sessions.counts_finished(connection, runner),
        stored=await prescriptions.get(connection, runner),
        occasion=occasion(before, now, zone, _away(known)),
        sparing=await hurt.sparing(connection, catalogue, known, now),
    )


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


def plan(catalogue: Catalogue, routine: Routine, known: Known) -> Planned:
    """The steps, what to know before them, and what they are made of."""
    finished = known.finished.get(routine.id, 0)
    exercises = catalogue.exercises_for(routine, known.kit, known.sparing)
    doses = {key: (exercise, _before(exercise, known)) for key, exercise in exercises.items()}
    if routine.id == LIGHT:
        gentle = {key: (it, _gentle(dose, it)) for key, (it, dose) in doses.items()}
        own = today(gentle, Occasion())
        steps = catalogue.steps(routine, finished, known.kit, own, known.sparing)
        return Planned(steps, (), Prescribed())
    own = today(doses, known.occasion)
    return Planned(
        catalogue.steps(routine, finished, known.kit, own, known.sparing),
        known.occasion.notes,
        _prescribed(catalogue, routine, known, own, exercises),
    )


def _prescribed(
    catalogue: Catalogue,
    routine: Routine,
    known: Known,
    own: Mapping[str, Today],
    exercises: Mapping[str, Exercise],
) -> Prescribed:
    def dose(exercise: Exercise, before: Prescription) -> Dose:
        return Dose(exercise, before, catalogue.exercises[exercise.id].texts.name)

    others = (
        catalogue.exercise_for(key, known.kit)
        for key in known.stored
        if known.occasion.row and key not in exercises and key in catalogue.exercises
    )
    return Prescribed(
        doses=tuple(dose(exercises[key], it.prescription) for key, it in own.items()),
        others=tuple(dose(exercise, _before(exercise, known)) for exercise in others),
        context=known.occasion.context(first_weeks=routine.id == NEWCOMER),
        knows_bands=known.kit is not None,
    )


def _before(exercise: Exercise, known: Known) -> Prescription:
    """What is prescribed today. A runner with a clinician's leave begins with the easier forms."""
    stored = known.stored.get(exercise.id)
    if stored is None:
        beginner = known.runner.screening is Screening.AGREED
        found = start(replace(exercise, sets=MOST_SETS), Mode.CLOCK, beginner)
    elif known.kit is not None and not stored.knows_bands:
        found = replace(stored.prescription, band=lightest(exercise.owned), tempo=0)
    else:
        found = fit(stored.prescription, exercise)
    return after_gap(found, exercise, known.occasion.gap)


def _gentle(prescription: Prescription, exercise: Exercise) -> Prescription:
    """Nothing that tires before a run: the lightest band, the usual tempo, no harder form."""
    variant = min(1, prescription.variant)
    band = lightest(exercise.owned)
    return replace(prescription, band=band, tempo=0, variant=variant, sets=MOST_SETS)
