"""Queries on what was uploaded to Telegram: a file_id belongs to one bot."""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import UploadRow


async def get(connection: AsyncConnection, bot: int, digest: str) -> str | None:
    """The file_id by which this bot sends the file again."""
    found: str | None = await connection.scalar(
        select(UploadRow.file_id).where(UploadRow.bot_id == bot, UploadRow.digest == digest)
    )
    return found


async def save(connection: AsyncConnection, bot: int, digest: str, file_id: str) -> None:
    new = {"bot_id": bot, "digest": digest, "file_id": file_id}
    await upsert(connection, UploadRow, ["bot_id", "digest"], new)


async def forget(connection: AsyncConnection, bot: int, digest: str, file_id: str) -> None:
    """Only if it is still this one: another process may have uploaded the file anew."""
    await connection.execute(
        delete(UploadRow).where(
            UploadRow.bot_id == bot, UploadRow.digest == digest, UploadRow.file_id == file_id
        )
    )
