"""Updates that have arrived: stored, held by one process for each chat, deleted once handled."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
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

Json = Mapping[str, Any]

# The first of the two numbers of an advisory lock on PostgreSQL; the other is the chat's hash.
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


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update that has come in, with the chat whose order it keeps and the person it is of."""

    update_id: int
    chat_id: int
    sender_id: int | None
    body: Json


@dataclass(frozen=True, slots=True)
class Waiting:
    """A stored update of a chat, and who holds it."""

    update_id: int
    chat_id: int
    holder: str | None


def _until(lease: timedelta | None) -> Any:
    return None if lease is None else func.now() + lease


def _held(holder: str, lease: timedelta | None) -> Any:
    """The chats whose updates are in hand; without a lease there is no holder but this one."""
    mine = InboxRow.holder == holder
    is_held = (
        mine if lease is None else InboxRow.holder.is_not(None) & (InboxRow.held_until > func.now())
    )
    return select(InboxRow.chat_id).where(is_held)


async def lock(connection: AsyncConnection, chats: Iterable[int]) -> None:
    """No other process stores, claims or ends updates of these chats until the transaction ends."""
    if connection.dialect.name != "postgresql":
        return
    for chat in sorted(set(chats)):
        key = func.hashint8(chat)
        await connection.execute(select(func.pg_advisory_xact_lock(CHAT_LOCK, key)))


async def known(
    connection: AsyncConnection, arrivals: Sequence[Arrival]
) -> tuple[set[int], list[Waiting]]:
    """The ids among them that are stored or were handled of late; all that waits in their chats."""
    found = await connection.execute(
        _KNOWN,
        {
            "ids": [arrival.update_id for arrival in arrivals],
            "chats": list({arrival.chat_id for arrival in arrivals}),
        },
    )
    rows = [Waiting(*row) for row in found]
    return {row.update_id for row in rows}, [row for row in rows if row.chat_id]


async def add(
    connection: AsyncConnection,
    arrivals: Iterable[tuple[Arrival, str | None]],
    lease: timedelta | None,
    now: datetime,
) -> None:
    """Stores each with its holder; without one it waits for what is before it in its chat."""
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
    """Deletes what was handled, and remembers that it was."""
    await connection.execute(_DELETE, {"ids": list(ids)})
    rows = [{"update_id": number, "handled_at": now} for number in ids]
    remember = dialects.insert(connection, HandledUpdateRow).on_conflict_do_nothing()
    await connection.execute(remember, rows)


async def claim(
    connection: AsyncConnection, chats: Collection[int], holder: str, lease: timedelta | None
) -> list[tuple[Arrival, int]]:
    """What waits in these chats and no living process holds, in order; it is the holder's from now
    on. Beside each is how many processes died with it in hand."""
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
    """The chats in which updates wait that no living process holds."""
    free = InboxRow.chat_id.not_in(_held(holder, lease))
    found = await connection.execute(select(InboxRow.chat_id).where(free).distinct())
    return list(found.scalars())


async def renew(connection: AsyncConnection, holder: str, lease: timedelta) -> set[int]:
    """Holds for longer what is held; returns the ids of it."""
    renewed = (
        update(InboxRow)
        .where(InboxRow.holder == holder)
        .values(held_until=_until(lease))
        .returning(InboxRow.update_id)
    )
    return set((await connection.execute(renewed)).scalars())


async def release(connection: AsyncConnection, holder: str) -> None:
    """Gives up what the holder has."""
    mine = update(InboxRow).where(InboxRow.holder == holder)
    await connection.execute(mine.values(holder=None, held_until=None))


async def delete_all(connection: AsyncConnection, ids: Collection[int]) -> None:
    await connection.execute(_DELETE, {"ids": list(ids)})


async def prune(
    connection: AsyncConnection, received_before: datetime, handled_before: datetime
) -> int:
    """Deletes what nobody waits for any more; returns how many updates were left unhandled."""
    gone = await connection.execute(delete(InboxRow).where(InboxRow.received_at < received_before))
    await connection.execute(
        delete(HandledUpdateRow).where(HandledUpdateRow.handled_at < handled_before)
    )
    return gone.rowcount


async def erase(connection: AsyncConnection, sender: int) -> None:
    await connection.execute(delete(InboxRow).where(InboxRow.sender_id == sender))
