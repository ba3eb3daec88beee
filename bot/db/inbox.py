"""Queries on the inbox: updates are stored, held by one process per chat, deleted once handled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    String,
    bindparam,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)

from bot.db import dialects
from bot.db.engine import Connection
from bot.db.tables import HANDLED_UPDATES, INBOX
from bot.domain.frozen import frozen

Json = Mapping[str, Any]

# The first key of an advisory lock on PostgreSQL; the second is the hash of the chat id.
CHAT_LOCK = 1

_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_CHATS: BindParameter[list[int]] = bindparam("chats", expanding=True)
_KNOWN: CompoundSelect[Any] = union_all(
    select(
        HANDLED_UPDATES.c.update_id,
        literal(0).label("chat_id"),
        cast(null(), String).label("holder"),
    ).where(HANDLED_UPDATES.c.update_id.in_(_IDS)),
    select(INBOX.c.update_id, INBOX.c.chat_id, INBOX.c.holder).where(INBOX.c.chat_id.in_(_CHATS)),
)
_ADD = insert(INBOX)
_DELETE = delete(INBOX).where(INBOX.c.update_id.in_(_IDS))


@frozen
class Arrival:
    """A received update; updates of one `chat_id` are handled in order.

    `sender_id` is the person who caused the update; None: not known. `is_private`: they did it in
    their own chat with the bot, and did not block it.
    """

    update_id: int
    chat_id: int
    sender_id: int | None
    body: Json
    is_private: bool = False


@frozen
class Waiting:
    """A stored update, and the process that holds it; None: no process."""

    update_id: int
    chat_id: int
    holder: str | None


def _until(lease: timedelta | None) -> Any:
    return None if lease is None else func.now() + lease


def _held(holder: str, lease: timedelta | None) -> Any:
    """Select the chats with held updates; without a lease, `holder` is the only living process."""
    is_leased = INBOX.c.holder.is_not(None) & (INBOX.c.held_until > func.now())
    is_held = INBOX.c.holder == holder if lease is None else is_leased
    return select(INBOX.c.chat_id).where(is_held)


async def lock(connection: Connection, chats: Iterable[int]) -> None:
    """Lock the inbox of the chats for other processes until the transaction ends."""
    if not dialects.is_shared(connection):
        return
    for chat in sorted(set(chats)):
        key = func.hashint8(chat)
        await connection.execute(select(func.pg_advisory_xact_lock(CHAT_LOCK, key)))


async def known(
    connection: Connection, arrivals: Sequence[Arrival]
) -> tuple[set[int], list[Waiting]]:
    """Return the ids of known updates, and the stored updates of the chats of `arrivals`.

    An update is known if it is stored in one of these chats, or was handled lately.
    """
    result = await connection.execute(
        _KNOWN,
        {
            "ids": [arrival.update_id for arrival in arrivals],
            "chats": list({arrival.chat_id for arrival in arrivals}),
        },
    )
    rows = [Waiting(*row) for row in result]
    return {row.update_id for row in rows}, [row for row in rows if row.chat_id]


async def add(
    connection: Connection,
    arrivals: Iterable[tuple[Arrival, str | None]],
    lease: timedelta | None,
    now: datetime,
) -> None:
    """Store each update with its holder; None: it waits for those before it in its chat."""
    rows = [
        {
            "update_id": arrival.update_id,
            "chat_id": arrival.chat_id,
            "sender_id": arrival.sender_id,
            "body": arrival.body,
            "received_at": now,
            "holder": holder,
        }
        for arrival, holder in arrivals
    ]
    if not rows:
        return
    await connection.execute(_ADD if lease is None else _ADD.values(held_until=_until(lease)), rows)


async def finish(connection: Connection, ids: Collection[int], now: datetime) -> None:
    """Delete handled updates, and store their ids in case Telegram delivers them again."""
    await connection.execute(_DELETE, {"ids": list(ids)})
    rows = [{"update_id": update_id, "handled_at": now} for update_id in ids]
    remember = dialects.insert(connection, HANDLED_UPDATES).on_conflict_do_nothing()
    await connection.execute(remember, rows)


async def claim(
    connection: Connection, chats: Collection[int], holder: str, lease: timedelta | None
) -> list[tuple[Arrival, int]]:
    """Give `holder` the updates of the chats that no living process holds; return them in order.

    Each comes with the number of processes that died while they held it.
    """
    replays = case((INBOX.c.holder.is_not(None), INBOX.c.replays + 1), else_=INBOX.c.replays)
    claimed = (
        update(INBOX)
        .where(INBOX.c.chat_id.in_(list(chats)), INBOX.c.chat_id.not_in(_held(holder, lease)))
        .values(holder=holder, held_until=_until(lease), replays=replays)
        .returning(
            INBOX.c.id,
            INBOX.c.update_id,
            INBOX.c.chat_id,
            INBOX.c.sender_id,
            INBOX.c.body,
            INBOX.c.replays,
        )
    )
    rows = sorted((await connection.execute(claimed)).all(), key=lambda row: row.id)
    return [(Arrival(*row[1:-1]), row.replays) for row in rows]


async def unheld(connection: Connection, holder: str, lease: timedelta | None) -> list[int]:
    """Return the chats whose updates are held by no living process."""
    is_free = INBOX.c.chat_id.not_in(_held(holder, lease))
    chats = await connection.execute(select(INBOX.c.chat_id).where(is_free).distinct())
    return list(chats.scalars())


async def renew(connection: Connection, holder: str, lease: timedelta) -> set[int]:
    """Extend the lease of the updates that `holder` holds; return their ids."""
    renewed = (
        update(INBOX)
        .where(INBOX.c.holder == holder)
        .values(held_until=_until(lease))
        .returning(INBOX.c.update_id)
    )
    return set((await connection.execute(renewed)).scalars())


async def release(connection: Connection, holder: str) -> None:
    """Release all updates that `holder` holds."""
    held = update(INBOX).where(INBOX.c.holder == holder)
    await connection.execute(held.values(holder=None, held_until=None))


async def delete_all(connection: Connection, ids: Collection[int]) -> None:
    await connection.execute(_DELETE, {"ids": list(ids)})


async def prune(connection: Connection, received_before: datetime, handled_before: datetime) -> int:
    """Delete old updates and old ids; return the number of updates that were not handled."""
    old = await connection.execute(delete(INBOX).where(INBOX.c.received_at < received_before))
    await connection.execute(
        delete(HANDLED_UPDATES).where(HANDLED_UPDATES.c.handled_at < handled_before)
    )
    return old.rowcount


async def erase(connection: Connection, sender: int) -> None:
    await connection.execute(delete(INBOX).where(INBOX.c.sender_id == sender))
