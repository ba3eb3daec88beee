"""Queries on the lease of the leading process: one row, on PostgreSQL, by the server's clock.

`holder` is a random string for one term of one process, `backend` the server's process that serves
the leader's own connection. The lease has lapsed, and may be taken, when `until` has passed, when
that connection has ended (the leader was killed), or when `until` is too far ahead (the server's
clock was set back).

The table is unlogged: after a crash of the server the row is gone, and no process may act as the
leader until one takes the lease again.
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

from bot.db.dialects import insert
from bot.db.engine import Connection

LASTS = timedelta(seconds=10)

LEASE = Table(
    "lease",
    MetaData(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("holder", String(16), nullable=False, unique=True),
    Column("backend", Integer, nullable=False),
    Column("until", DateTime(timezone=True), nullable=False),
)
ROW = 1
NOW = func.clock_timestamp()
LAPSED = or_(
    LEASE.c.until <= NOW,
    LEASE.c.until > NOW + 2 * LASTS,
    text("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = lease.backend)"),
)


class NotLeadingError(Exception):
    """This process does not hold the lease; nothing was changed."""


async def seconds_left(connection: Connection) -> float:
    """Return for how many seconds the lease is still valid; 0 if it has lapsed."""
    query = select(func.extract("epoch", LEASE.c.until - NOW)).where(~LAPSED)
    return max(float(await connection.scalar(query) or 0), 0.0)


async def take(connection: Connection, holder: str) -> bool:
    """Take the lease if it has lapsed; return whether this process is the one that got it."""
    term = {"holder": holder, "backend": func.pg_backend_pid(), "until": NOW + LASTS}
    taken = await connection.execute(
        insert(connection, LEASE)
        .values(id=ROW, **term)
        .on_conflict_do_update(index_elements=["id"], set_=term, where=LAPSED)
        .returning(LEASE.c.id)
    )
    return taken.one_or_none() is not None


async def renew(connection: Connection, holder: str) -> bool:
    """Extend the lease; return False if `holder` does not have it any more."""
    renewed = await connection.execute(
        update(LEASE)
        .where(LEASE.c.holder == holder)
        .values(until=NOW + LASTS)
        .returning(LEASE.c.id)
    )
    return renewed.one_or_none() is not None


async def release(connection: Connection, holder: str) -> None:
    """Delete the lease, so that another process may take it at once."""
    await connection.execute(delete(LEASE).where(LEASE.c.holder == holder))


async def is_held(connection: Connection, holder: str) -> bool:
    return bool(await connection.scalar(select(exists().where(LEASE.c.holder == holder))))


async def hold(connection: Connection, holder: str) -> None:
    """Lock the lease against other processes until the transaction ends.

    Raise NotLeadingError if `holder` does not have it. The lease can be renewed meanwhile: the lock
    only protects keys, and `holder` is one.
    """
    query = select(LEASE.c.id).where(LEASE.c.holder == holder)
    if await connection.scalar(query.with_for_update(read=True, key_share=True)) is None:
        raise NotLeadingError
