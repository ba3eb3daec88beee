"""The inbox: an update is stored before its arrival is confirmed, and deleted once it is handled.

On PostgreSQL several processes share the inbox. One process holds all waiting updates of a chat, by
a lease of `LEASE` that it renews; an update of this chat that another process receives waits until
the holder has handled the earlier ones. When a process dies or freezes, its lease runs out, and
another process claims the updates.
"""

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from bot.db import cues, dialects, inbox, runners
from bot.db.engine import Connection, Database, query, transaction
from bot.db.inbox import Arrival
from bot.domain.session import Session

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
MOST_WAITING = 50  # updates of one chat
MOST_REPLAYS = 3  # an update replayed more often is taken for the cause of the crashes
LONGEST_WAIT = timedelta(hours=24)  # as long as Telegram keeps updates
REMEMBERED = timedelta(minutes=10)


class Fate(StrEnum):
    """What is to be done with a received update."""

    HELD = "held"  # stored, and this process handles it
    LEFT = "left"  # stored, and the process that holds its chat handles it
    OPEN = "open"  # stored before, and this process handles it
    KNOWN = "known"  # held by another process, or handled before
    SURPLUS = "surplus"  # not stored: too many of its chat wait


def _lease(connection: Connection) -> timedelta | None:
    """Return the lease; None for a single process, which holds updates for as long as it lives."""
    return LEASE if dialects.is_shared(connection) else None


@transaction
async def store(
    connection: Connection, batches: Sequence[Sequence[Arrival]], holder: str, now: datetime
) -> list[list[Fate]]:
    """Store the new updates of the batches; return the fate of each update, batch by batch.

    Who writes or taps in the own chat can be written to.
    """
    arrivals = list(chain.from_iterable(batches))
    await inbox.lock(connection, (arrival.chat_id for arrival in arrivals))
    fates = await _fates(connection, arrivals, holder)
    stored = {Fate.HELD: holder, Fate.LEFT: None}
    await inbox.add(
        connection,
        [
            (arrival, stored[fate])
            for arrival, fate in zip(arrivals, fates, strict=True)
            if fate in stored
        ],
        _lease(connection),
        now,
    )
    await runners.set_reachable(connection, [each.chat_id for each in arrivals if each.is_private])
    rest = iter(fates)
    return [[next(rest) for _ in batch] for batch in batches]


async def _fates(connection: Connection, arrivals: Sequence[Arrival], holder: str) -> list[Fate]:
    ids, waiting = await inbox.known(connection, arrivals)
    count = Counter(row.chat_id for row in waiting)
    mine = {row.update_id for row in waiting if row.holder == holder}
    elsewhere = {row.chat_id for row in waiting if row.holder != holder}
    fates = []
    for arrival in arrivals:
        if arrival.update_id in mine:
            fates.append(Fate.OPEN)
        elif arrival.update_id in ids:
            fates.append(Fate.KNOWN)
        elif count[arrival.chat_id] >= MOST_WAITING:
            fates.append(Fate.SURPLUS)
        else:
            ids.add(arrival.update_id)
            count[arrival.chat_id] += 1
            fates.append(Fate.LEFT if arrival.chat_id in elsewhere else Fate.HELD)
    return fates


@transaction
async def finish(
    connection: Connection,
    handled: Sequence[Arrival],
    shown: Sequence[tuple[Session, int]],
    holder: str,
    now: datetime,
) -> list[Arrival]:
    """Delete handled updates and store which messages show these sessions.

    Return the updates that this process is to handle next.
    """
    chats = {arrival.chat_id for arrival in handled}
    await inbox.lock(connection, chats)
    if handled:
        await inbox.finish(connection, [arrival.update_id for arrival in handled], now)
    if shown:
        await cues.save_messages(connection, shown, now)
    lease = _lease(connection)
    return await _claim(connection, chats, holder, lease) if lease and chats else []


async def claim(db: Database, holder: str) -> list[Arrival]:
    """Claim the updates that no living process holds; return them in order."""
    chats = await _unheld(db, holder)
    return await _claim_all(db, chats, holder) if chats else []


@query
async def _unheld(connection: Connection, holder: str) -> list[int]:
    return await inbox.unheld(connection, holder, _lease(connection))


@transaction
async def _claim_all(connection: Connection, chats: Collection[int], holder: str) -> list[Arrival]:
    await inbox.lock(connection, chats)
    return await _claim(connection, chats, holder, _lease(connection))


async def _claim(
    connection: Connection, chats: Collection[int], holder: str, lease: timedelta | None
) -> list[Arrival]:
    claimed = await inbox.claim(connection, chats, holder, lease)
    deadly = [arrival.update_id for arrival, replays in claimed if replays > MOST_REPLAYS]
    if deadly:
        log.error("%d updates were in hand whenever a process died: left out", len(deadly))
        await inbox.delete_all(connection, deadly)
    return [arrival for arrival, replays in claimed if replays <= MOST_REPLAYS]


@transaction
async def renew(connection: Connection, holder: str) -> set[int]:
    """Renew the lease of the updates that the process holds; return their ids."""
    return await inbox.renew(connection, holder, LEASE)


release = transaction(inbox.release)


@transaction
async def prune(connection: Connection, now: datetime) -> int:
    """Delete old updates and records of handled ones; return how many were never handled."""
    return await inbox.prune(connection, now - LONGEST_WAIT, now - REMEMBERED)
