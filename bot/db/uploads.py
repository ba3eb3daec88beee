"""Queries on the file_ids of uploads to Telegram; a file_id is valid for one bot."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import UploadRow


async def get(connection: AsyncConnection, bot: int, digest: str) -> str | None:
    file_id: str | None = await connection.scalar(
        select(UploadRow.file_id).where(UploadRow.bot_id == bot, UploadRow.digest == digest)
    )
    return file_id


async def save(connection: AsyncConnection, bot: int, digest: str, file_id: str) -> None:
    new = {"bot_id": bot, "digest": digest, "file_id": file_id}
    await upsert(connection, UploadRow, ["bot_id", "digest"], new)


async def forget(connection: AsyncConnection, bot: int, digest: str, file_id: str) -> None:
    """Delete the file_id, unless another process has replaced it by a newer one."""
    await connection.execute(
        delete(UploadRow).where(
            UploadRow.bot_id == bot, UploadRow.digest == digest, UploadRow.file_id == file_id
        )
    )
