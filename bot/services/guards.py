"""The session that a tap is for."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.db import sessions
from bot.db.engine import Connection
from bot.domain.session import OPEN, Kept, Phase


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The tap is not for the session as it is now; `kept` is the runner's own, if any."""

    kept: Kept | None
    foreign: bool = False


async def mine(
    connection: Connection,
    runner: int,
    session: int,
    revision: int,
    phases: Collection[Phase] = OPEN,
) -> Kept | Elsewhere:
    """The session, if it is the runner's, still at this revision and in one of these phases."""
    kept = await sessions.get(connection, session)
    if kept is not None and kept.session.runner != runner:
        return Elsewhere(await sessions.current(connection, runner), foreign=True)
    if kept is None or kept.session.revision != revision or kept.session.phase not in phases:
        return Elsewhere(await sessions.current(connection, runner))
    return kept
