"""Queries on what a runner always does instead of an exercise."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import SwapRow


async def get(connection: AsyncConnection, runner: int) -> dict[str, tuple[str, str]]:
    """By exercise: the one that is done instead, and its form."""
    rows = await connection.execute(
        select(SwapRow.exercise, SwapRow.instead, SwapRow.form).where(SwapRow.runner_id == runner)
    )
    return {exercise: (instead, form) for exercise, instead, form in rows}


async def save(
    connection: AsyncConnection, runner: int, exercise: str, instead: str, form: str
) -> None:
    new = {"runner_id": runner, "exercise": exercise, "instead": instead, "form": form}
    await upsert(connection, SwapRow, ["runner_id", "exercise"], new)


async def remove(connection: AsyncConnection, runner: int, exercise: str) -> None:
    """The exercise is done itself again."""
    await connection.execute(
        delete(SwapRow).where(SwapRow.runner_id == runner, SwapRow.exercise == exercise)
    )
