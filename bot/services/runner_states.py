"""What is stored of a runner, as far as the plan of a session depends on it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content import Catalogue, Sparing
from bot.content.own_routines import with_own
from bot.db import (
    bands,
    own_routines,
    prescriptions,
    race,
    run_plan,
    runners,
    sessions,
    swaps,
    week,
)
from bot.db.engine import Connection, Database, query
from bot.db.prescriptions import Stored
from bot.db.swaps import Swap
from bot.domain.frozen import frozen
from bot.domain.kit import Kit, usable
from bot.domain.pain_report import Incident
from bot.domain.race import REMEMBERED, Race, season
from bot.domain.readiness import PastSession, Readiness, readiness, training_week
from bot.domain.rests import NoSession, Rest
from bot.domain.run_plan import NO_PLAN, PlanEntry, Planned, planned
from bot.domain.runner import Runner
from bot.domain.schedule import moment
from bot.domain.screening import Condition, Limit, find
from bot.domain.standing import Standing, has_week, standing
from bot.domain.suggestion import NEWCOMER, START_OVER, TrainedSession
from bot.domain.week import RunningWeek
from bot.domain.wish import is_light
from bot.services import pain, rests, usual_routine

A_WEEK = timedelta(days=7)
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
        """Whether the runner has entered a week, or brought a plan that is not over."""
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


async def standing_on(
    db: Database, catalogue: Catalogue, runner: int, day: date, now: datetime
) -> Standing:
    """Return where the runner stands on a local date in the season and the running week."""
    return (await get(db, catalogue, runner, now)).standing_on(day)


@query
async def get(
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
        level = usual_routine.level(catalogue, runner, kit, trained, now)
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


@query
async def with_own_routines(connection: Connection, catalogue: Catalogue, runner: int) -> Catalogue:
    """Return the catalogue with the runner's own routines among the others."""
    return with_own(catalogue, await own_routines.of_runner(connection, runner))


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
    return (
        is_back
        or usual_routine.usual(catalogue, runner, kit, trained, now, rests=False) == NEWCOMER
    )


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
    return readiness(before, now, zone.key, runner.days_away, elsewhere, runs, runner.cleared_at)


def latex_free(kit: Kit | None, runner: Runner | None) -> Kit | None:
    """Return the kit that the runner may train with: none for a runner who avoids latex."""
    return Kit() if runner is not None and runner.avoids_bands else kit
