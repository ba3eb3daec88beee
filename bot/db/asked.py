"""Queries on the questions that are asked once."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import AskedRow
from bot.domain.first_questions import Topic


async def topics(connection: AsyncConnection, runner: int) -> frozenset[Topic]:
    """Return what the runner was asked."""
    rows = await connection.scalars(select(AskedRow.topic).where(AskedRow.runner_id == runner))
    return frozenset(map(Topic, rows))


async def add(connection: AsyncConnection, runner: int, topic: Topic, now: datetime) -> None:
    """Store that the question was asked, unless it was before."""
    new = {"runner_id": runner, "topic": topic.value, "asked_at": now}
    await upsert(connection, AskedRow, ["runner_id", "topic"], new, changes=[])


async def answer(connection: AsyncConnection, runner: int, topic: Topic, now: datetime) -> bool:
    """Store when the question was answered; return False if it was before, or never asked."""
    changed = await connection.execute(
        update(AskedRow)
        .where(
            AskedRow.runner_id == runner,
            AskedRow.topic == topic.value,
            AskedRow.answered_at.is_(None),
        )
        .values(answered_at=now)
    )
    return changed.rowcount > 0
