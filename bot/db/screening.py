"""Queries on the conditions of runners, and on the safety screen that was asked last."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, select

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import CONDITIONS, SAFETY_QUESTIONS
from bot.domain.runner import SafetyQuestion, Screening
from bot.domain.screening import Condition, Conditions, Declared, Detail

COLUMNS = (
    SAFETY_QUESTIONS.c.asked_at,
    SAFETY_QUESTIONS.c.routine,
    SAFETY_QUESTIONS.c.ticked,
    SAFETY_QUESTIONS.c.screening_before.label("screening_before_question"),
    SAFETY_QUESTIONS.c.screened_before_at.label("screened_before_question_at"),
)

OF_RUNNERS = select(CONDITIONS).where(CONDITIONS.c.runner_id.in_(RUNNER_IDS))


def built(row: Any) -> SafetyQuestion | None:
    """Build the question from a row with COLUMNS; None: there is none."""
    if row.asked_at is None:
        return None
    before = row.screening_before_question
    return SafetyQuestion(
        row.asked_at,
        row.routine,
        None if row.ticked is None else frozenset(map(Condition, row.ticked)),
        Screening(before) if before else None,
        row.screened_before_question_at,
    )


async def conditions(connection: Connection, runners: Collection[int]) -> dict[int, Conditions]:
    """Return by runner id what applies, each in the order of Condition."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    found: dict[int, list[Declared]] = {runner: [] for runner in runners}
    for row in rows:
        detail = Detail(row.detail) if row.detail else None
        declared = Declared(Condition(row.condition), row.told_at, detail, row.settled_at)
        found[row.runner_id].append(declared)
    order = list(Condition)
    return {
        runner: tuple(sorted(each, key=lambda declared: order.index(declared.condition)))
        for runner, each in found.items()
    }


async def save_conditions(
    connection: Connection, runner: int, declared: Iterable[Declared]
) -> None:
    """Store what applies to the runner, in place of what was stored."""
    await connection.execute(delete(CONDITIONS).where(CONDITIONS.c.runner_id == runner))
    for each in declared:
        await add_condition(connection, runner, each)


async def add_condition(connection: Connection, runner: int, declared: Declared) -> None:
    """Store a condition, in place of what was stored about it."""
    row = {"runner_id": runner, **asdict(declared)}
    await upsert(connection, CONDITIONS, ["runner_id", "condition"], row)


async def ask(connection: Connection, runner: int, question: SafetyQuestion) -> None:
    """Store the question in place of an earlier one."""
    ticked = None if question.ticked is None else sorted(each.value for each in question.ticked)
    row = {
        "runner_id": runner,
        "asked_at": question.asked_at,
        "routine": question.routine,
        "ticked": ticked,
        "screening_before": question.before and question.before.value,
        "screened_before_at": question.before_at,
    }
    await upsert(connection, SAFETY_QUESTIONS, ["runner_id"], row)


async def answered(connection: Connection, runner: int) -> None:
    await connection.execute(delete(SAFETY_QUESTIONS).where(SAFETY_QUESTIONS.c.runner_id == runner))
