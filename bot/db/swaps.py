"""Queries on the exercises that runners always do instead of others."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import SwapRow


async def get(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, dict[str, tuple[str, str]]]:
    """Return by runner and exercise the other exercise and its form."""
    rows = await connection.execute(
        select(SwapRow.runner_id, SwapRow.exercise, SwapRow.instead, SwapRow.form).where(
            SwapRow.runner_id.in_(runners)
        )
    )
    by_runner: dict[int, dict[str, tuple[str, str]]] = {runner: {} for runner in runners}
    for runner, exercise, instead, form in rows:
        by_runner[runner][exercise] = (instead, form)
    return by_runner


async def save(
    connection: AsyncConnection, runner: int, exercise: str, instead: str, form: str
) -> None:
    new = {"runner_id": runner, "exercise": exercise, "instead": instead, "form": form}
    await upsert(connection, SwapRow, ["runner_id", "exercise"], new)


async def remove(connection: AsyncConnection, runner: int, exercise: str) -> None:
    await connection.execute(
        delete(SwapRow).where(SwapRow.runner_id == runner, SwapRow.exercise == exercise)
    )
