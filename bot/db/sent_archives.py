"""Queries on exports that runners have sent to be brought back."""

from dataclasses import asdict

from sqlalchemy import delete, select

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import SENT_ARCHIVES
from bot.domain.bring_back import SentArchive


async def get(connection: Connection, runner: int) -> SentArchive | None:
    query = select(SENT_ARCHIVES).where(SENT_ARCHIVES.c.runner_id == runner)
    row = (await connection.execute(query)).one_or_none()
    return None if row is None else SentArchive(row.file_id, row.digest, row.asked_at)


async def save(connection: Connection, runner: int, sent: SentArchive) -> None:
    """Store the export, in place of one that was sent before."""
    await upsert(connection, SENT_ARCHIVES, ["runner_id"], {"runner_id": runner, **asdict(sent)})


async def remove(connection: Connection, runner: int) -> None:
    await connection.execute(delete(SENT_ARCHIVES).where(SENT_ARCHIVES.c.runner_id == runner))
