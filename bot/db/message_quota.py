"""Query on the moment at which any of several processes may send the next message (PostgreSQL).

The table has one row and is unlogged, so that a commit does not wait for the disk; after a crash
of the server the row is created again.
"""

from datetime import datetime

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, func, select, update

from bot.db.dialects import insert
from bot.db.engine import Connection

TURNS = Table(
    "turns",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("next_at", DateTime(timezone=True), nullable=False),
)
ROW = 1


async def next_permit(connection: Connection) -> tuple[datetime, datetime]:
    """Lock the row; return the present moment by the server's clock and that of the next permit."""
    now = func.clock_timestamp()
    query = select(now, TURNS.c.next_at).where(TURNS.c.id == ROW).with_for_update()
    moments = (await connection.execute(query)).one_or_none()
    if moments is None:
        new = insert(connection, TURNS).values(id=ROW, next_at=now).on_conflict_do_nothing()
        await connection.execute(new)
        moments = (await connection.execute(query)).one()
    return moments[0], moments[1]


async def set_next_permit(connection: Connection, next_at: datetime) -> None:
    await connection.execute(update(TURNS).where(TURNS.c.id == ROW).values(next_at=next_at))
