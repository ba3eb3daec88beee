"""Runners as rows: with training days, and with weeks of training, pains and kits of their own."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from bot.content import Catalogue, read_catalogue
from bot.content.reading import shipped
from bot.db.engine import Database
from bot.db.tables import (
    BANDS,
    INCIDENTS,
    PRESCRIPTIONS,
    RUNNERS,
    SCHEDULE,
    SESSIONS,
    STEP_LOGS,
)
from bot.domain.kit import LEVELS
from bot.domain.prescription import Prescription
from bot.domain.schedule import weekday_of

AT_ONCE = 500  # runners
PAINFUL = 0.2  # of all runners: they have reported a pain in the last five weeks
ROUTINES = ("marathon-five", "hips-and-glutes", "core-and-upper-back", "build-strength")
REGIONS = ("foot-ankle", "shin-calf", "knee", "thigh", "hip-groin", "low-back", "shoulder-arm")
KINDS = ("mini-band", "hip-circle", "long-loop", "long-band")
RECENT = timedelta(days=7)
Rows = dict[Any, list[dict[str, Any]]]


async def fill(db: Database, first: int, count: int, due: datetime, days: int = 1) -> None:
    """Runners whose reminder is due, and so on the days after; they have not trained yet."""
    planned = [
        {
            "weekday": weekday_of(due.date() + timedelta(days=number)).value,
            "local_time": f"{due:%H:%M}",
            "zone": "UTC",
            "chosen_at": due - timedelta(days=1),
        }
        for number in range(days)
    ]
    before = due - timedelta(days=60)
    about = {
        "created_at": before,
        "screening": "clear",
        "screened_at": before,
        "zone": "UTC",
        "bands_told_at": before,
    }
    async with db.write() as connection:
        for few in _in_parts(first, count):
            await connection.execute(insert(RUNNERS), [{"id": it, **about} for it in few])
            days_of_all = [{"runner_id": it, **day} for it in few for day in planned]
            await connection.execute(insert(SCHEDULE), days_of_all)


async def train(db: Database, first: int, count: int, until: datetime) -> None:
    """Give each of them weeks of sessions, doses and bands, and some of them a pain."""
    chance = random.Random(1)
    catalogue = read_catalogue([shipped()], "en")[0]
    plans = [_plan(catalogue, routine) for routine in ROUTINES]
    for few in _in_parts(first, count):
        rows: Rows = {}
        for runner in few:
            for table, row in _runner(runner, plans, until, chance):
                rows.setdefault(table, []).append(row)
        async with db.write() as connection:
            for table, of_table in rows.items():
                await connection.execute(insert(table), of_table)


def _in_parts(first: int, count: int) -> Iterator[range]:
    for at in range(first, first + count, AT_ONCE):
        yield range(at, min(at + AT_ONCE, first + count))


Plan = tuple[str, list[dict[str, Any]], list[str]]


def _plan(catalogue: Catalogue, routine: str) -> Plan:
    """The routine, its steps as they are stored, and its exercises."""
    steps = catalogue.steps(catalogue.routines[routine], 5)
    exercises = dict.fromkeys(step.exercise for step in steps if step.exercise)
    return routine, [asdict(step) for step in steps], list(exercises)


def _runner(
    runner: int, plans: Sequence[Plan], until: datetime, chance: random.Random
) -> Iterator[tuple[Any, dict[str, Any]]]:
    for kind in chance.sample(KINDS, chance.randint(1, 3)):
        level = chance.choice(LEVELS).value
        yield BANDS, {"runner_id": runner, "kind": kind, "level": level, "colour": ""}
    for exercise in {key for _, _, exercises in plans for key in exercises}:
        if chance.random() < 0.7:
            dose = Prescription(
                target=chance.randint(8, 15),
                sets=chance.randint(1, 3),
                band=chance.choice(LEVELS),
                credits=chance.randint(0, 3),
                since_up=chance.randint(0, 9),
            )
            about = {"dose": asdict(dose), "knows_bands": True}
            yield PRESCRIPTIONS, {"runner_id": runner, "exercise": exercise, **about}
    if chance.random() < PAINFUL:
        yield INCIDENTS, _pain(runner, until, chance)
    at = until - timedelta(days=chance.randint(2, 3), minutes=chance.randint(0, 600))
    for number in range(chance.randint(3, 9)):
        key = 10 * runner + number
        yield from _session(key, runner, chance.choice(plans), at, is_recent=until - at < RECENT)
        at -= timedelta(days=chance.randint(2, 4), minutes=chance.randint(0, 600))


def _pain(runner: int, until: datetime, chance: random.Random) -> dict[str, Any]:
    return {
        "runner_id": runner,
        "session_id": None,
        "exercise": None,
        "region": chance.choice(REGIONS),
        "side": chance.choice(("left", "right", "both")),
        "kind": "dull",
        "score": chance.randint(2, 4),
        "days": None,
        "level": chance.choice(("mild", "moderate")),
        "day": until.date() - timedelta(days=chance.randint(2, 35)),
    }


def _session(
    key: int, runner: int, plan: Plan, at: datetime, *, is_recent: bool
) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A finished one. Nobody reads the steps of an older one, so it has none."""
    routine, steps, exercises = plan
    work = [number for number, step in enumerate(steps) if step["exercise"]]
    yield (
        SESSIONS,
        {
            "id": key,
            "runner_id": runner,
            "routine": routine,
            "routine_name": routine,
            "steps": steps if is_recent else [],
            "phase": "finished",
            "position": len(steps) - 1,
            "revision": len(steps),
            "created_at": at,
            "started_at": at,
            "trained_at": at + timedelta(minutes=18),
            "ended_at": at + timedelta(minutes=20),
            "rating": ("easy", "right", "right", "hard")[key % 4],
            "sets_done": len(work),
            "loads": True,
            "exercises_done": {exercise: [2, True] for exercise in exercises},
        },
    )
    if is_recent:
        for step in work:
            log = {"session_id": key, "step": step, "outcome": "done", "at": at}
            yield STEP_LOGS, log
