"""Queries on the questions that are asked once."""

from datetime import datetime

from sqlalchemy import select, update

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import ASKED
from bot.domain.first_questions import Topic


async def topics(connection: Connection, runner: int) -> frozenset[Topic]:
    """Return what the runner was asked."""
    rows = await connection.execute(select(ASKED.c.topic).where(ASKED.c.runner_id == runner))
    return frozenset(map(Topic, rows.scalars()))


async def add(connection: Connection, runner: int, topic: Topic, now: datetime) -> None:
    """Store that the question was asked, unless it was before."""
    new = {"runner_id": runner, "topic": topic.value, "asked_at": now}
    await upsert(connection, ASKED, ["runner_id", "topic"], new, changes=[])


async def answer(connection: Connection, runner: int, topic: Topic, now: datetime) -> bool:
    """Store when the question was answered; return False if it was before, or never asked."""
    changed = await connection.execute(
        update(ASKED)
        .where(
            ASKED.c.runner_id == runner,
            ASKED.c.topic == topic.value,
            ASKED.c.answered_at.is_(None),
        )
        .values(answered_at=now)
    )
    return changed.rowcount > 0
