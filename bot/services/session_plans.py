"""Plans of sessions: a routine's steps with the runner's own prescriptions, kit and swaps."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue, Routine, Sparing, Trainee
from bot.content.kit import DEGREES
from bot.content.own_routines import with_own
from bot.db import (
    bands,
    own_routines,
    pain_talks,
    prescriptions,
    race,
    run_plan,
    runners,
    sessions,
    swaps,
    week,
)
from bot.db.engine import Connection, Database, query, transaction
from bot.db.prescriptions import Stored
from bot.db.swaps import Swap
from bot.domain.frozen import frozen
from bot.domain.gap import GapRule, after_gap, larger
from bot.domain.kit import UNKNOWN, Kit, KitKind, usable
from bot.domain.load import MOST_NEW, Loading, fits
from bot.domain.not_today import NotToday
from bot.domain.note import Note
from bot.domain.pain_report import Incident
from bot.domain.prescription import (
    MOST_SETS,
    ExerciseBounds,
    Prescription,
    SeasonPhase,
    fit,
    lightest,
    no_heavier,
    start,
)
from bot.domain.race import REMEMBERED, Allowed, Race, season
from bot.domain.readiness import (
    PastSession,
    Readiness,
    TodaysDose,
    fewer_sets,
    readiness,
    spent_this_week,
    todays_doses,
    training_week,
)
from bot.domain.rests import NoSession, Rest
from bot.domain.run_plan import NO_PLAN, PlanEntry, Planned, planned
from bot.domain.runner import Runner, Screening
from bot.domain.schedule import moment
from bot.domain.screening import Condition, Limit, find
from bot.domain.session import Rating, Step, length
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.standing import Standing, has_week, standing
from bot.domain.suggestion import (
    NEWCOMER,
    ROTATION,
    STANDARD,
    START_OVER,
    TAPERING,
    TRUNK,
    Circumstances,
    FinishedSession,
    TrainedSession,
    Why,
    suggest,
)
from bot.domain.suggestion import why as reason_for
from bot.domain.way_back import second_session_back
from bot.domain.week import RunningWeek
from bot.domain.wish import LIGHT, Wish, is_light
from bot.services import pain, rests

LONG = (KitKind.LONG_LOOP, KitKind.LONG_BAND)
A_WEEK = timedelta(days=7)
# Ages in years (docs/training-rules.md, rule 31).
ALONE_FROM = 16  # without an adult in the room
STRENGTH_FROM = 16
# Conditions under which no race makes phases (docs/training-rules.md, rule 42).
WITHOUT_PHASES = (Condition.UNDER_18, Condition.PREGNANT, Condition.BIRTH)
PLAN_REMEMBERED = timedelta(days=9)  # of a running plan: what was before still counts
PLANNED_AT = time(12)  # when strength work of a running plan is taken to be done
NOWHERE = Standing(date.min)  # no race, no running week
SORE_GAP = 14  # days without training, after which muscles may be sore on the second day


@frozen
class RunnerState:
    """The stored data of a runner that a session's plan depends on.

    `stored` has the prescriptions by exercise id. `kit`: None: not known. `no_session`: why there
    is no session today. `this_week` are the ids of the exercises done on the last seven local
    dates, today among them. `swapped_back` are those that were swapped for a rest that is over.
    `standing`: where the runner stands today. `is_sore`: a session is likely to be felt on the
    second day.
    """

    runner: Runner
    kit: Kit | None
    trained: Sequence[TrainedSession]
    stored: Mapping[str, Stored]
    readiness: Readiness
    sparing: Sparing
    resting: tuple[Rest, ...] = ()
    no_session: NoSession | None = None
    limits: frozenset[Limit] = frozenset()
    this_week: frozenset[str] = frozenset()
    swapped_back: frozenset[str] = frozenset()
    standing: Standing = NOWHERE
    week: RunningWeek = field(default_factory=dict)
    races: tuple[Race, ...] = ()
    plan: Planned = NO_PLAN
    is_sore: bool = False

    @property
    def today(self) -> date:
        return self.standing.day

    def standing_on(self, day: date) -> Standing:
        return standing(self.week, self.races, day, sore=self.is_sore, plan=self.plan)

    @property
    def has_runs(self) -> bool:
        """Whether the runner has told a week, or brought a plan that is not over."""
        is_planned = any(day >= self.today for day in (*self.plan.runs, *self.plan.strength))
        return has_week(self.week) or is_planned

    @property
    def weeks_trained(self) -> int:
        """The calendar weeks of training without a longer gap, this one among them."""
        zone = ZoneInfo(self.runner.zone or "UTC")
        days = [each.at.astimezone(zone).date() for each in self.trained]
        return training_week(days, self.today) if days else 0

    @property
    def usable_kit(self) -> Kit:
        return usable(self.kit)

    def must_answer_again(self, now: datetime) -> bool:
        """Return whether the health questions come again: after a gap of eight weeks, once."""
        rule, screened_at = self.readiness.gap_rule, self.runner.screened_at
        is_old = screened_at is None or now - screened_at >= START_OVER
        return bool(rule and rule.start_over and is_old)


@frozen
class Records:
    """What is stored of some runners, by runner id, and what their states are made of."""

    runners: Mapping[int, Runner]
    kits: Mapping[int, Kit]
    trained: Mapping[int, Sequence[TrainedSession]]
    prescriptions: Mapping[int, Mapping[str, Stored]]
    resting: Mapping[int, tuple[Rest, ...]]
    reported: Mapping[int, Collection[Incident]]
    swapped: Mapping[int, Mapping[str, Swap]]
    weeks: Mapping[int, RunningWeek]
    races: Mapping[int, tuple[Race, ...]]
    entries: Mapping[int, tuple[PlanEntry, ...]]


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


@frozen
class RoutineOverview:
    """The suggested routine, the steps of each routine by its id, and the kit (None: not known).

    `catalogue` has the runner's own routines, too. `suggested` is None while something is locked or
    pain is asked about. `not_today` is set if no routine has steps.
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
        own = await with_own_routines(connection, catalogue, runner)
        state = await get_state(connection, own, runner, now)
        opened = await pain_talks.get(connection, runner)
    is_asked = opened is not None and opened.talk.holds_training
    first = suggestion(catalogue, state, now)
    steps = {
        key: plan(own, routine, state).steps if may_offer(routine, state) else ()
        for key, routine in own.routines.items()
    }
    return RoutineOverview(
        own,
        None if is_asked or _is_locked(state) else (first, why(state, first, now)),
        steps,
        state.kit,
        None if any(steps.values()) else not_today(state, now),
    )


async def with_own_routines(connection: Connection, catalogue: Catalogue, runner: int) -> Catalogue:
    """Return the catalogue with the runner's own routines among the others."""
    return with_own(catalogue, await own_routines.of_runner(connection, runner))


def _is_locked(state: RunnerState) -> bool:
    """Return whether sessions, or a region, wait for somebody to agree."""
    waits = state.runner.screening is Screening.WAITING or state.runner.reported_sign is not None
    return waits or any(rest.locked for rest in state.resting)


async def suggested(
    db: Database, catalogue: Catalogue, runner: int, now: datetime
) -> tuple[str, tuple[Step, ...]] | NotToday:
    """Return the id of the suggested routine, and its steps as this runner would do them now."""
    state = await _state(db, catalogue, runner, now)
    routine, planned = planned_suggestion(catalogue, state, now)
    return (routine, planned.steps) if planned.steps else not_today(state, now)


async def standing_on(
    db: Database, catalogue: Catalogue, runner: int, day: date, now: datetime
) -> Standing:
    """Return where the runner stands on a local date in the season and the running week."""
    return (await _state(db, catalogue, runner, now)).standing_on(day)


def not_today(state: RunnerState, now: datetime) -> NotToday:
    """Return why there is no session for this runner today."""
    season = state.standing.season if state.standing.forbids_legs else None
    return NotToday(state.no_session, state.resting, rests.today(state.runner, now), season)


def suits_race(routine: str, state: RunnerState) -> bool:
    """Return whether the routine may be done so near a race, even by who asks for it by name."""
    if not state.standing.forbids_legs or is_light(routine):
        return True
    return state.standing.allowed is Allowed.LIGHT and routine in (TAPERING, TRUNK)


@query
async def _state(
    connection: Connection, catalogue: Catalogue, runner: int, now: datetime
) -> RunnerState:
    return await get_state(connection, catalogue, runner, now)


def times_grown(trained: Iterable[TrainedSession], routine: str) -> int:
    """Return how often the routine was finished and was not too hard."""
    finished = (each.past for each in trained if each.routine == routine and each.past is not None)
    return sum(past.rating is not Rating.HARD for past in finished)


def may_offer(routine: Routine, state: RunnerState) -> bool:
    """Return whether the coach may offer the routine: none above the level while regions rest.

    A runner who asks for it by name gets it.
    """
    if not any(rest.rests for rest in state.resting):
        return True
    return DEGREES.index(routine.level) <= DEGREES.index(state.sparing.level)


def suggestion(catalogue: Catalogue, state: RunnerState, now: datetime) -> str:
    """Return the id of the routine to suggest."""
    if state.sparing.resting is None:
        return _of_today(catalogue, state, now)
    return planned_suggestion(catalogue, state, now)[0]


def planned_suggestion(
    catalogue: Catalogue, state: RunnerState, now: datetime
) -> tuple[str, SessionPlan]:
    """Return the id of the routine to suggest, and its plan."""
    return chosen(list(suggestions(catalogue, state, now)))


def chosen(tried: Sequence[tuple[str, SessionPlan]]) -> tuple[str, SessionPlan]:
    """Return which of the suggestions that were tried counts: the last if it has steps."""
    return tried[-1] if tried[-1][1].steps else tried[0]


def suggestions(
    catalogue: Catalogue, state: RunnerState, now: datetime
) -> Iterator[tuple[str, SessionPlan]]:
    """Yield the ids and plans of routines until one has steps: it is to be suggested.

    The usual one comes first, and is suggested if none has steps. If regions rest and leave too
    little of it, those follow of which they leave most.
    """
    usual = _of_today(catalogue, state, now)
    planned = plan(catalogue, catalogue.routine(usual), state)
    yield usual, planned
    if planned.steps or state.sparing.resting is None:
        return
    left = {
        key: catalogue.own_exercises(routine, state.usable_kit, state.sparing)
        for key, routine in catalogue.routines.items()
        if key != LIGHT and may_offer(routine, state)
    }
    enough = [key for key, own in left.items() if own >= catalogue.least_own_exercises]
    for key in sorted(enough, key=lambda key: (left[key], key == STANDARD), reverse=True):
        planned = plan(catalogue, catalogue.routines[key], state)
        yield key, planned
        if planned.steps:
            return


def _of_today(catalogue: Catalogue, state: RunnerState, now: datetime) -> str:
    """Return the id of the routine that suits the day in the season and in the running week."""
    is_spared = state.sparing.resting is not None or bool(state.sparing.without)
    phase = state.standing.season.phase
    usual = _usual(
        catalogue, state.runner, state.kit, state.trained, now, rests=is_spared, phase=phase
    )
    if state.standing.allowed is not Allowed.LIGHT:
        return usual
    if state.standing.forbids_legs and state.standing.season.days >= 0:
        return TAPERING
    history = (each.routine for each in state.trained if each.past is not None)
    is_new = usual == NEWCOMER and all(routine in (NEWCOMER, LIGHT) for routine in history)
    return LIGHT if is_new else TRUNK


def _usual(
    catalogue: Catalogue,
    runner: Runner,
    kit: Kit | None,
    trained: Iterable[TrainedSession],
    now: datetime,
    *,
    rests: bool,
    phase: SeasonPhase = SeasonPhase.BASE,
) -> str:
    """Return the id of the routine to suggest, whatever the rests leave of it."""
    complete = catalogue.complete(usable(kit))
    fitting = [
        key for key in ROTATION if key in complete and _suits(catalogue.routines[key], phase)
    ]
    circumstances = Circumstances(
        now=now,
        zone=runner.zone or "UTC",
        fitting=fitting,
        standard_suits=_suits(catalogue.routine(STANDARD), phase),
        owns_long=kit is not None and any(kit.owns(kind) for kind in LONG),
        rests=rests,
        phase=phase,
        age=runner.age,
    )
    return suggest(_newest_first(trained), circumstances)


def _newest_first(trained: Iterable[TrainedSession]) -> list[FinishedSession]:
    finished = [session.past for session in trained if session.past is not None]
    return sorted(finished, key=lambda past: past.at, reverse=True)


def why(state: RunnerState, routine: str, now: datetime) -> Why:
    """Return why this routine is suggested to the runner."""
    if state.sparing.resting is not None:
        return Why.SPARES
    return reason_for(_newest_first(state.trained), routine, now)


def _suits(routine: Routine, phase: SeasonPhase) -> bool:
    return not routine.phases or phase.value in routine.phases


def _level(
    catalogue: Catalogue,
    runner: Runner,
    kit: Kit | None,
    trained: Sequence[TrainedSession],
    now: datetime,
) -> str:
    """Return the runner's level: that of a newcomer, or of the hardest routine finished so far."""
    if _usual(catalogue, runner, kit, trained, now, rests=True) == NEWCOMER:
        return catalogue.routine(NEWCOMER).level
    finished = {session.routine for session in trained if session.past is not None}
    levels = {catalogue.routines[key].level for key in finished if key in catalogue.routines}
    return max((*levels, catalogue.routine(STANDARD).level), key=DEGREES.index)


async def get_state(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    now: datetime,
    excluded: int | None = None,
) -> RunnerState:
    """Return the state of a runner, not counting the session with the id `excluded`."""
    records = await read_records(connection, [runner], now)
    return state_of(catalogue, records, runner, now, excluded)


async def read_records(
    connection: Connection, runner_ids: Collection[int], now: datetime
) -> Records:
    """Read what is stored of the runners; the number of queries does not depend on theirs."""
    all_runners = {key: Runner(key) for key in runner_ids} | await runners.get_many(
        connection, runner_ids
    )
    return Records(
        runners=all_runners,
        kits=await bands.get_many(connection, runner_ids),
        trained=await sessions.trained(connection, runner_ids, now),
        prescriptions=await prescriptions.get(connection, runner_ids),
        resting=await rests.get_many(connection, all_runners.keys()),
        reported=await rests.reported_today(connection, all_runners.values(), now),
        swapped=await swaps.get(connection, runner_ids),
        weeks=await week.get_many(connection, runner_ids),
        races=await race.get_many(connection, runner_ids, now.date() - REMEMBERED),
        entries=await run_plan.entries(connection, runner_ids, now.date() - PLAN_REMEMBERED),
    )


def state_of(
    catalogue: Catalogue,
    records: Records,
    key: int,
    now: datetime,
    excluded: int | None = None,
) -> RunnerState:
    """Return the state of the runner with the id `key`, not counting the session `excluded`."""
    runner, trained = records.runners[key], records.trained[key]
    told_kit, resting, swapped = records.kits.get(key), records.resting[key], records.swapped[key]
    kit, today = latex_free(told_kit, runner), rests.today(runner, now)
    sparing = pain.sparing(catalogue, runner, resting, records.reported[key], swapped, now)
    if sparing.resting is not None:
        level = _level(catalogue, runner, kit, trained, now)
        sparing = replace(sparing, level=level, known=_done_before(trained))
    running, plan = records.weeks[key], planned(records.entries[key])
    races = () if has_no_phases(runner) else records.races[key]
    is_sore = (has_week(running) or bool(plan) or bool(races)) and _is_sore(
        catalogue, runner, told_kit, trained, now
    )
    return RunnerState(
        runner=runner,
        kit=kit,
        trained=trained,
        stored=records.prescriptions[key],
        readiness=_readiness(runner, trained, now, excluded, races, plan),
        standing=standing(running, races, today, sore=is_sore, plan=plan),
        plan=plan,
        week=running,
        races=races,
        is_sore=is_sore,
        sparing=sparing,
        limits=catalogue.limits(runner.conditions, now),
        resting=resting,
        no_session=rests.why_no_session(resting, records.reported[key], today),
        this_week=_this_week(runner, trained, now),
        swapped_back=pain.swaps_over(swapped, resting),
    )


def _done_before(trained: Sequence[TrainedSession]) -> frozenset[str] | None:
    """Return the ids of exercises that the runner has done; None: no session was finished yet."""
    if all(session.past is None for session in trained):
        return None
    done = frozenset(
        exercise for session in trained for exercise, own in session.exercises.items() if own.sets
    )
    return done or None


def has_no_phases(runner: Runner) -> bool:
    """Return whether no race makes phases for the runner."""
    return any(find(runner.conditions, condition) for condition in WITHOUT_PHASES)


def _is_sore(
    catalogue: Catalogue,
    runner: Runner,
    kit: Kit | None,
    trained: Sequence[TrainedSession],
    now: datetime,
) -> bool:
    """Return whether a session is likely to be felt on the second day: new, or after a gap."""
    last = max((session.at for session in trained), default=None)
    is_back = last is not None and (now - last).days >= SORE_GAP
    return is_back or _usual(catalogue, runner, kit, trained, now, rests=False) == NEWCOMER


def _this_week(runner: Runner, trained: Iterable[TrainedSession], now: datetime) -> frozenset[str]:
    """Return the exercises of the sessions that began on the last seven local dates.

    Those of a warm-up before a run count as no training.
    """
    zone = ZoneInfo(runner.zone or "UTC")
    first = now.astimezone(zone).date() - A_WEEK
    return frozenset(
        exercise
        for session in trained
        if session.begun.astimezone(zone).date() > first and not is_light(session.routine)
        for exercise, done in session.exercises.items()
        if done.sets
    )


def _readiness(
    runner: Runner,
    trained: Iterable[TrainedSession],
    now: datetime,
    excluded: int | None,
    races: Sequence[Race],
    plan: Planned,
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
        if not is_light(session.routine) and session.id != excluded
    ]
    elsewhere = [runner.elsewhere_at] if runner.elsewhere_at else []
    today = rests.today(runner, now)
    done = (moment(day, PLANNED_AT, zone) for day in plan.strength if day < today)
    elsewhere += [at for at in done if at is not None]
    runs = season(races, today)
    return readiness(before, now, zone.key, _away(runner), elsewhere, runs, runner.cleared_at)


def latex_free(kit: Kit | None, runner: Runner | None) -> Kit | None:
    """Return what the runner may train with: no band that may hold latex where that is no good."""
    return Kit() if runner is not None and runner.avoids_bands else kit


def is_too_young(catalogue: Catalogue, routine: str, runner: Runner) -> bool:
    """Return whether the routine is for older runners."""
    age = runner.age
    return age is not None and age < STRENGTH_FROM and routine in catalogue.routines_from_16


async def replan(connection: Connection, catalogue: Catalogue, runner: int, now: datetime) -> None:
    """Plan the session that waits for its start anew, because kit or prescriptions changed."""
    stored = await sessions.current(connection, runner)
    if stored is None or stored.session.is_under_way:
        return
    catalogue = await with_own_routines(connection, catalogue, runner)
    if catalogue.has(stored.session.routine):
        state = await get_state(connection, catalogue, runner, now)
        planned = plan_for(catalogue, stored.session.routine, state, now)
        changed = replace(stored.session, steps=planned.steps, notes=planned.notes)
        await sessions.save_plan(connection, changed)
        await prescriptions.save_prescribed(connection, changed.id, planned.prescribed)


@transaction
async def after_new_bands(
    connection: Connection, catalogue: Catalogue, runner: int, now: datetime
) -> None:
    """Plan the session that waits for its start anew, after a change of the kit."""
    await replan(connection, catalogue, runner, now)


def _away(runner: Runner) -> Iterator[date]:
    if runner.away_from is not None and runner.away_until is not None:
        for number in range((runner.away_until - runner.away_from).days):
            yield runner.away_from + timedelta(days=number)


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
    """Return whether the routine is done with more than a mini band by who owns every kind.

    It is not if there is no session of it today.
    """
    with_all = replace(state, kit=Kit(supposed=tuple(KitKind)))
    if not plan_for(catalogue, routine, with_all, now).steps:
        return False
    wish = catalogue.wish(routine)
    done = _composed(catalogue, wish, with_all, now) if wish else catalogue.routine(routine)
    return done is not None and catalogue.swaps(done, UNKNOWN) > 0


def _trainee(catalogue: Catalogue, state: RunnerState, now: datetime) -> Trainee:
    """Return what the choice of exercises for a session depends on."""
    level = _level(catalogue, state.runner, state.kit, state.trained, now)
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
    """Return the routine's plan for this runner; it has no steps if there is no session today.

    Nor has one for older runners.
    """
    if state.no_session is not None or is_too_young(catalogue, routine.id, state.runner):
        return NO_SESSION
    if not suits_race(routine.id, state):
        return NO_SESSION
    routine = catalogue.this_week(routine, state.this_week)
    if routine.id == TRUNK and state.standing.allowed <= Allowed.LIGHT:
        routine = catalogue.without_calves(routine)
    if not catalogue.leaves_enough(routine, state.usable_kit, state.sparing):
        return NO_SESSION
    exercises = _bounds(catalogue, routine, state)
    rules = {key: _gap_rule(catalogue, routine, state, key) for key in exercises}
    back = pain.second_session_back(catalogue, state.resting)
    doses = {
        key: (
            exercise,
            after_gap(
                _on_the_way_back(_before(exercise, state), exercise, back), exercise, rules[key]
            ),
        )
        for key, exercise in exercises.items()
    }
    if is_light(routine.id):
        gentle = {
            key: (exercise, _gentle(dose, exercise)) for key, (exercise, dose) in doses.items()
        }
        own = todays_doses(gentle, Readiness())
        steps = _steps(catalogue, routine, state, own)
        return SessionPlan(steps, tuple(_of_runner(state, exercises)), SessionDoses())
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
