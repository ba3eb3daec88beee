"""When the next message may be sent by any of several processes: one row, on PostgreSQL.

The table is not logged, so that a commit waits for no disk; after a crash of the server the row
is made anew.
"""

from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

TURNS = Table(
    "turns",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", DateTime(timezone=True), nullable=False),
)
ONE = 1


async def next_permit(connection: AsyncConnection) -> tuple[datetime, datetime]:
    """The present moment by the server's clock, and that of the next permit; no other process may
    take one until the end of the transaction."""
    now = func.clock_timestamp()
    row = select(now, TURNS.c.next_at).where(TURNS.c.id == ONE).with_for_update()
    found = (await connection.execute(row)).one_or_none()
    if found is None:
        new = insert(TURNS).values(id=ONE, next_at=now).on_conflict_do_nothing()
        await connection.execute(new)
        found = (await connection.execute(row)).one()
    return found[0], found[1]


async def set_next_permit(connection: AsyncConnection, next_at: datetime) -> None:
    await connection.execute(update(TURNS).where(TURNS.c.id == ONE).values(next_at=next_at))
