"""What was done in a session, as an activity for a watch or a training diary."""

from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import runners, sessions
from bot.db.engine import Connection, query
from bot.domain.activity import Activity, activity
from bot.domain.session import Session
from bot.services import rejections
from bot.services.rejections import Reason, Rejected


@query
async def get(
    connection: Connection, catalogue: Catalogue, runner: int, session: int
) -> Activity | Rejected:
    """Return what was done in a session that is over."""
    stored = await sessions.get(connection, session)
    if stored is None:
        return Rejected(Reason.OUTDATED)
    if stored.session.runner != runner:
        return Rejected(Reason.FOREIGN)
    if stored.session.is_open:
        return rejections.stale(stored)
    made = await _activity(connection, catalogue, stored.session)
    return Rejected(Reason.OUTDATED) if made is None else made


@query
async def last(connection: Connection, catalogue: Catalogue, runner: int) -> Activity | None:
    """Return what was done in the latest session that is over; None if nothing ever was."""
    trained = await sessions.trained_page_before(connection, runner, None, limit=2)
    over = [session for session in trained if not session.is_open]
    return await _activity(connection, catalogue, over[0]) if over else None


async def _activity(
    connection: Connection, catalogue: Catalogue, session: Session
) -> Activity | None:
    runner = await runners.get(connection, session.runner)
    zone = ZoneInfo(runner.zone) if runner and runner.zone else None
    return activity(session, catalogue.fit_name, zone)
