"""Reasons to reject a request, and the check that a tap is for the present state of a session."""

from collections.abc import Collection
from enum import Enum

from bot.db import sessions
from bot.db.engine import Connection
from bot.domain.frozen import frozen
from bot.domain.session import Phase, StoredSession

ANY_PHASE = frozenset(Phase)


class Reason(Enum):
    """Why a request was rejected."""

    FOREIGN = "of another runner"
    OUTDATED = "from a button that is no longer offered"
    NO_SESSION = "no session is open"
    STALE = "for an earlier step of the session"
    UNLAWFUL = "not allowed where the session stands"
    NEXT_BEGUN = "the next session has begun since"
    ANSWERED = "answered before"
    ANOTHER_MORNING = "for another morning"
    PUT_OFF_BEFORE = "put off before"
    ANOTHER_DAY = "for a reminder of another day"
    EARLIER_WEEK = "for a reminder of an earlier week"
    NOT_LOCKED = "the region does not wait for a clinician"
    NOTHING_TICKED = "no condition is ticked"
    NOTHING_RESTS = "no region rests"
    NOTHING_ASKED = "nothing is asked about a rest today"
    NO_GATE = "the region can't come back today, or has done so"
    ENDED_BY_PAIN = "pain ended the session"
    NOT_INVITED = "by invitation only"


@frozen
class Rejected:
    """A request that changed nothing; `current` is the runner's session to show, if any."""

    reason: Reason
    current: StoredSession | None = None


def stale(current: StoredSession | None) -> Rejected:
    """Return the rejection of a tap for an earlier step, or for a session that is over."""
    return Rejected(Reason.STALE if current else Reason.NO_SESSION, current)


async def own_session(
    connection: Connection,
    runner: int,
    session: int,
    revision: int,
    phases: Collection[Phase] = ANY_PHASE,
) -> StoredSession | Rejected:
    """Return the session if it is the runner's, still at this revision and in one of the phases."""
    stored = await sessions.get(connection, session)
    if stored is not None and stored.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    if stored is None or stored.session.revision != revision or stored.session.phase not in phases:
        return stale(await to_show(connection, runner, stored))
    return stored


async def to_show(
    connection: Connection, runner: int, tapped: StoredSession | None
) -> StoredSession | None:
    """Return the open session; without one, the tapped one if its summary never arrived."""
    current = await sessions.current(connection, runner)
    if current is None and tapped is not None and tapped.is_unseen:
        return tapped
    return current
