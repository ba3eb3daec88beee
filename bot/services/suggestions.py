"""Which routine is suggested to a runner today, and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.content import Catalogue, Routine
from bot.content.kit import DEGREES
from bot.db import pain_talks
from bot.db.engine import Database
from bot.domain.frozen import frozen
from bot.domain.kit import Kit
from bot.domain.not_today import NotToday
from bot.domain.race import Allowed
from bot.domain.runner import Screening
from bot.domain.session import Step
from bot.domain.suggestion import NEWCOMER, STANDARD, TAPERING, TRUNK, Why
from bot.domain.suggestion import why as reason_for
from bot.domain.wish import LIGHT, Wish
from bot.services import runner_states, session_plans, usual_routine
from bot.services.runner_states import RunnerState
from bot.services.session_plans import SessionPlan

SPARING_MINUTES = 10  # of a session that is made because no routine is left


@frozen
class RoutineOverview:
    """The suggested routine, the steps of each routine by its id, and the kit (None: not known).

    `catalogue` has the runner's own routines, too. `suggested` is None while something is locked or
    pain is asked about; it may be a session that is made because regions rest, whose steps are
    there, too. `not_today` is set if nothing has steps.
    """

    catalogue: Catalogue
    suggested: tuple[str, Why] | None
    steps: Mapping[str, tuple[Step, ...]]
    kit: Kit | None
    not_today: NotToday | None = None


async def overview(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> RoutineOverview:
    """Return every routine as this runner would do it now."""
    async with db.read() as connection:
        own = await runner_states.with_own_routines(connection, catalogue, runner)
        state = await runner_states.get(connection, own, runner, now)
        opened = await pain_talks.get(connection, runner)
    is_asked = opened is not None and opened.talk.holds_training
    first = routine_for(catalogue, state, now)
    steps = {
        key: session_plans.plan(own, routine, state).steps if may_offer(routine, state) else ()
        for key, routine in own.routines.items()
    }
    if first not in steps:
        steps[first] = session_plans.plan_for(own, first, state, now).steps
    return RoutineOverview(
        own,
        None if is_asked or _is_locked(state) else (first, why(state, first, now)),
        steps,
        state.kit,
        None if any(steps.values()) else session_plans.not_today(state, now),
    )


def _is_locked(state: RunnerState) -> bool:
    """Return whether sessions, or a region, wait for somebody to agree."""
    waits = state.runner.screening is Screening.WAITING or state.runner.reported_sign is not None
    return waits or any(rest.locked for rest in state.resting)


async def get(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]] | NotToday:
    """Return the id of the suggested routine, and its steps as this runner would do them now."""
    state = await runner_states.get(db, catalogue, runner, now)
    routine, planned = planned_for(catalogue, state, now)
    return (routine, planned.steps) if planned.steps else session_plans.not_today(state, now)


def routine_for(catalogue: Catalogue, state: RunnerState, now: datetime) -> str:
    """Return the id of the routine to suggest."""
    if not state.sparing.rests:
        return _of_today(catalogue, state, now)
    return planned_for(catalogue, state, now)[0]


def planned_for(catalogue: Catalogue, state: RunnerState, now: datetime) -> tuple[str, SessionPlan]:
    """Return the id of the routine to suggest, and its plan."""
    return chosen(list(attempts(catalogue, state, now)))


def chosen(tried: Sequence[tuple[str, SessionPlan]]) -> tuple[str, SessionPlan]:
    """Return which of the suggestions that were tried counts: the last if it has steps."""
    return tried[-1] if tried[-1][1].steps else tried[0]


def attempts(
    catalogue: Catalogue, state: RunnerState, now: datetime
) -> Iterator[tuple[str, SessionPlan]]:
    """Yield the ids and plans of routines until one has steps: it is to be suggested.

    The usual one comes first, and is suggested if none has steps. If regions rest and leave too
    little of it, those follow of which they leave most, and then sessions made for a purpose.
    """
    usual = _of_today(catalogue, state, now)
    planned = session_plans.plan(catalogue, catalogue.routine(usual), state)
    yield usual, planned
    if planned.steps or not state.sparing.rests or state.no_session is not None:
        return
    left = {
        key: catalogue.own_exercises(routine, state.usable_kit, state.sparing)
        for key, routine in catalogue.routines.items()
        if key != LIGHT and may_offer(routine, state)
    }
    enough = [key for key, own in left.items() if own >= catalogue.least_own_exercises]
    for key in sorted(enough, key=lambda key: (left[key], key == STANDARD), reverse=True):
        planned = session_plans.plan(catalogue, catalogue.routines[key], state)
        yield key, planned
        if planned.steps:
            return
    for key, purpose in catalogue.purposes.items():
        made = Wish(SPARING_MINUTES, key)
        if purpose.bands and not made.is_light:
            planned = session_plans.plan_for(catalogue, made.routine, state, now)
            yield made.routine, planned
            if planned.steps:
                return


def may_offer(routine: Routine, state: RunnerState) -> bool:
    """Return whether the coach may offer the routine: none above the level while regions rest.

    A runner who asks for it by name gets it.
    """
    if not any(rest.rests for rest in state.resting):
        return True
    return DEGREES.index(routine.level) <= DEGREES.index(state.sparing.level)


def _of_today(catalogue: Catalogue, state: RunnerState, now: datetime) -> str:
    """Return the id of the routine that suits the day in the season and in the running week."""
    is_spared = state.sparing.resting is not None or bool(state.sparing.without)
    phase = state.standing.season.phase
    usual = usual_routine.usual(
        catalogue, state.runner, state.kit, state.trained, now, rests=is_spared, phase=phase
    )
    if state.standing.allowed is not Allowed.LIGHT:
        return usual
    if state.standing.forbids_legs and state.standing.season.days >= 0:
        return TAPERING
    history = (each.routine for each in state.trained if each.past is not None)
    is_new = usual == NEWCOMER and all(routine in (NEWCOMER, LIGHT) for routine in history)
    return LIGHT if is_new else TRUNK


def why(state: RunnerState, routine: str, now: datetime) -> Why:
    """Return why this routine is suggested to the runner."""
    if state.sparing.rests:
        return Why.SPARES
    return reason_for(usual_routine.newest_first(state.trained), routine, now)
