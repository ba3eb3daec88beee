"""Queries on the file_ids of uploads to Telegram; a file_id is valid for one bot."""

from sqlalchemy import delete, select

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import UPLOADS


async def get(connection: Connection, bot: int, digest: str) -> str | None:
    return await connection.scalar(
        select(UPLOADS.c.file_id).where(UPLOADS.c.bot_id == bot, UPLOADS.c.digest == digest)
    )


async def save(connection: Connection, bot: int, digest: str, file_id: str) -> None:
    new = {"bot_id": bot, "digest": digest, "file_id": file_id}
    await upsert(connection, UPLOADS, ["bot_id", "digest"], new)


async def forget(connection: Connection, bot: int, digest: str, file_id: str) -> None:
    """Delete the file_id, unless another process has replaced it by a newer one."""
    await connection.execute(
        delete(UPLOADS).where(
            UPLOADS.c.bot_id == bot, UPLOADS.c.digest == digest, UPLOADS.c.file_id == file_id
        )
    )
