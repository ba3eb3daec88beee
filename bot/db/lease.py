"""Which process leads, and until when: one row, on PostgreSQL, by the server's clock.

`holder` is a random word for one term of one process, `backend` the server's process that serves
the leader's own connection. The lease is dead, and may be taken, when it has run out, when that
connection has ended (the leader was killed), or when it runs out too late to be true (the server's
clock was put back).

The table is not logged: after a crash of the server the row is gone, and with it the leader's
right to act, until a process takes the lease anew.
"""

from datetime import timedelta

from sqlalchemy import (
    Column,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

LASTS = timedelta(seconds=10)

LEASE = Table(
    "lease",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("holder", String(16), nullable=False, unique=True),
    Column("backend", Integer, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
ONE = 1
NOW = func.clock_timestamp()
DEAD = or_(
    LEASE.c.until <= NOW,
    LEASE.c.until > NOW + 2 * LASTS,
    text("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = lease.backend)"),
)


class NotLeadingError(Exception):
    """This process does not lead, or not any more; nothing was changed."""


async def seconds_left(connection: AsyncConnection) -> float:
    """Until the lease that lives runs out; 0 if none lives."""
    left = func.extract("epoch", LEASE.c.until - NOW)
    found = await connection.scalar(select(left).where(~DEAD))
    return max(float(found or 0), 0.0)


async def take(connection: AsyncConnection, holder: str) -> bool:
    """Takes the lease if it is dead; of several who try at the same time one succeeds."""
    mine = {"holder": holder, "backend": func.pg_backend_pid(), "until": NOW + LASTS}
    taken = await connection.execute(
        insert(LEASE)
        .values(id=ONE, **mine)
        .on_conflict_do_update(index_elements=["id"], set_=mine, where=DEAD)
        .returning(LEASE.c.id)
    )
    return taken.one_or_none() is not None


async def renew(connection: AsyncConnection, holder: str) -> bool:
    """False if the lease was broken."""
    renewed = await connection.execute(
        update(LEASE)
        .where(LEASE.c.holder == holder)
        .values(until=NOW + LASTS)
        .returning(LEASE.c.id)
    )
    return renewed.one_or_none() is not None


async def release(connection: AsyncConnection, holder: str) -> None:
    """Another may take it at once."""
    await connection.execute(delete(LEASE).where(LEASE.c.holder == holder))


async def is_held(connection: AsyncConnection, holder: str) -> bool:
    return bool(await connection.scalar(select(exists().where(LEASE.c.holder == holder))))


async def hold(connection: AsyncConnection, holder: str) -> None:
    """Nobody else takes the lease before the end of this transaction. Raises NotLeadingError.

    The lock lets the lease be renewed meanwhile: `holder` is a key, and only who takes the lease
    changes it.
    """
    mine = select(LEASE.c.id).where(LEASE.c.holder == holder)
    if await connection.scalar(mine.with_for_update(read=True, key_share=True)) is None:
        raise NotLeadingError
