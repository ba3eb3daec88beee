"""Queries that count for /status."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, Table, func, select, text

from bot.db.engine import Connection
from bot.db.tables import REMINDERS, RUNNERS, SCHEDULE, SESSIONS
from bot.domain.reminder import State
from bot.domain.session import Phase
from bot.domain.status import Figures

SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


async def figures(connection: Connection, since: datetime, today: datetime) -> Figures:
    """Return the figures; `since` begins the recent past, and `today` the local day."""
    touched = func.coalesce(SESSIONS.c.touched_at, SESSIONS.c.created_at)
    active = select(func.count(SESSIONS.c.runner_id.distinct())).where(touched >= since)
    slots = select(SCHEDULE.c.zone, SCHEDULE.c.local_time).distinct().subquery()
    finished = SESSIONS.c.phase == Phase.FINISHED.value
    waiting = (State.CLAIMED.value, State.SENDING.value)
    unknown = REMINDERS.c.state == State.UNKNOWN.value
    queries: dict[str, Executable] = {
        "runners": _count(RUNNERS),
        "active": active,
        "unreachable": _count(RUNNERS, RUNNERS.c.unreachable_at.is_not(None)),
        "running": _count(
            SESSIONS, SESSIONS.c.ended_at.is_(None), SESSIONS.c.started_at.is_not(None)
        ),
        "finished": _count(SESSIONS, finished, SESSIONS.c.ended_at >= today),
        "slots": select(func.count()).select_from(slots),
        "waiting": _count(REMINDERS, REMINDERS.c.state.in_(waiting)),
        "unknown": _count(REMINDERS, unknown, REMINDERS.c.slot_at >= since),
        "size": text(SIZE[connection.dialect.name]),
    }
    return Figures(
        **{name: (await connection.execute(query)).scalar_one() for name, query in queries.items()}
    )


def _count(table: Table, *where: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(table).where(*where)
