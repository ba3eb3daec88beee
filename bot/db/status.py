"""Queries that count for /status."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import Base, ReminderRow, RunnerRow, ScheduleRow, SessionRow
from bot.domain.reminder import State
from bot.domain.session import Phase
from bot.domain.status import Figures

SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "postgresql": "SELECT pg_database_size(current_database())",
}


async def figures(connection: AsyncConnection, since: datetime, today: datetime) -> Figures:
    """Return the figures; `since` is where the recent past begins, `today` where the day does."""
    touched = func.coalesce(SessionRow.touched_at, SessionRow.created_at)
    active = select(func.count(SessionRow.runner_id.distinct())).where(touched >= since)
    slots = select(ScheduleRow.zone, ScheduleRow.local_time).distinct().subquery()
    finished = SessionRow.phase == Phase.FINISHED.value
    waiting = (State.CLAIMED.value, State.SENDING.value)
    unknown = ReminderRow.state == State.UNKNOWN.value
    queries: dict[str, Select[Any]] = {
        "runners": _count(RunnerRow),
        "active": active,
        "unreachable": _count(RunnerRow, RunnerRow.unreachable_at.is_not(None)),
        "running": _count(
            SessionRow, SessionRow.ended_at.is_(None), SessionRow.started_at.is_not(None)
        ),
        "finished": _count(SessionRow, finished, SessionRow.ended_at >= today),
        "slots": select(func.count()).select_from(slots),
        "waiting": _count(ReminderRow, ReminderRow.state.in_(waiting)),
        "unknown": _count(ReminderRow, unknown, ReminderRow.slot_at >= since),
    }
    counted = {name: await connection.scalar(query) for name, query in queries.items()}
    size = await connection.scalar(text(SIZE[connection.dialect.name]))
    return Figures(**counted, size=size)


def _count(table: type[Base], *where: ColumnElement[bool]) -> Select[Any]:
    return select(func.count()).select_from(table).where(*where)
