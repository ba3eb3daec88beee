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
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db import dialects
from bot.db.tables import HandledUpdateRow, InboxRow
from bot.domain.frozen import frozen

Json = Mapping[str, Any]

# The first key of an advisory lock on PostgreSQL; the second is the hash of the chat id.
CHAT_LOCK = 1

_IDS: BindParameter[list[int]] = bindparam("ids", expanding=True)
_CHATS: BindParameter[list[int]] = bindparam("chats", expanding=True)
_KNOWN: CompoundSelect[Any] = union_all(
    select(
        HandledUpdateRow.update_id,
        literal(0).label("chat_id"),
        cast(null(), String).label("holder"),
    ).where(HandledUpdateRow.update_id.in_(_IDS)),
    select(InboxRow.update_id, InboxRow.chat_id, InboxRow.holder).where(
        InboxRow.chat_id.in_(_CHATS)
    ),
)
_ADD = insert(InboxRow)
_DELETE = delete(InboxRow).where(InboxRow.update_id.in_(_IDS))


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
    is_leased = InboxRow.holder.is_not(None) & (InboxRow.held_until > func.now())
    is_held = InboxRow.holder == holder if lease is None else is_leased
    return select(InboxRow.chat_id).where(is_held)


async def lock(connection: AsyncConnection, chats: Iterable[int]) -> None:
    """Lock the inbox of the chats for other processes until the transaction ends."""
    if not dialects.is_shared(connection):
        return
    for chat in sorted(set(chats)):
        key = func.hashint8(chat)
        await connection.execute(select(func.pg_advisory_xact_lock(CHAT_LOCK, key)))


async def known(
    connection: AsyncConnection, arrivals: Sequence[Arrival]
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
    connection: AsyncConnection,
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


async def finish(connection: AsyncConnection, ids: Collection[int], now: datetime) -> None:
    """Delete handled updates, and store their ids in case Telegram delivers them again."""
    await connection.execute(_DELETE, {"ids": list(ids)})
    rows = [{"update_id": update_id, "handled_at": now} for update_id in ids]
    remember = dialects.insert(connection, HandledUpdateRow).on_conflict_do_nothing()
    await connection.execute(remember, rows)


async def claim(
    connection: AsyncConnection, chats: Collection[int], holder: str, lease: timedelta | None
) -> list[tuple[Arrival, int]]:
    """Give `holder` the updates of the chats that no living process holds; return them in order.

    Each comes with the number of processes that died while they held it.
    """
    replays = case((InboxRow.holder.is_not(None), InboxRow.replays + 1), else_=InboxRow.replays)
    claimed = (
        update(InboxRow)
        .where(InboxRow.chat_id.in_(list(chats)), InboxRow.chat_id.not_in(_held(holder, lease)))
        .values(holder=holder, held_until=_until(lease), replays=replays)
        .returning(
            InboxRow.id,
            InboxRow.update_id,
            InboxRow.chat_id,
            InboxRow.sender_id,
            InboxRow.body,
            InboxRow.replays,
        )
    )
    rows = sorted((await connection.execute(claimed)).all(), key=lambda row: row.id)
    return [(Arrival(*row[1:-1]), row.replays) for row in rows]


async def unheld(connection: AsyncConnection, holder: str, lease: timedelta | None) -> list[int]:
    """Return the chats whose updates are held by no living process."""
    is_free = InboxRow.chat_id.not_in(_held(holder, lease))
    chats = await connection.execute(select(InboxRow.chat_id).where(is_free).distinct())
    return list(chats.scalars())


async def renew(connection: AsyncConnection, holder: str, lease: timedelta) -> set[int]:
    """Extend the lease of the updates that `holder` holds; return their ids."""
    renewed = (
        update(InboxRow)
        .where(InboxRow.holder == holder)
        .values(held_until=_until(lease))
        .returning(InboxRow.update_id)
    )
    return set((await connection.execute(renewed)).scalars())


async def release(connection: AsyncConnection, holder: str) -> None:
    """Release all updates that `holder` holds."""
    held = update(InboxRow).where(InboxRow.holder == holder)
    await connection.execute(held.values(holder=None, held_until=None))


async def delete_all(connection: AsyncConnection, ids: Collection[int]) -> None:
    await connection.execute(_DELETE, {"ids": list(ids)})


async def prune(
    connection: AsyncConnection, received_before: datetime, handled_before: datetime
) -> int:
    """Delete old updates and old ids; return the number of updates that were not handled."""
    old = await connection.execute(delete(InboxRow).where(InboxRow.received_at < received_before))
    await connection.execute(
        delete(HandledUpdateRow).where(HandledUpdateRow.handled_at < handled_before)
    )
    return old.rowcount


async def erase(connection: AsyncConnection, sender: int) -> None:
    await connection.execute(delete(InboxRow).where(InboxRow.sender_id == sender))
