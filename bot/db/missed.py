"""Queries on the offers to move a session whose reminder was ignored."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import MISSED_DAYS
from bot.domain.reminder import MissedOffer, Reminder, State


async def add(connection: Connection, due: Mapping[Reminder, datetime]) -> None:
    """Plan the offer for each of the reminders, unless there is one."""
    rows = [
        {
            "runner_id": reminder.runner,
            "reminder_id": reminder.id,
            "due_at": due_at,
            "state": State.CLAIMED.value,
        }
        for reminder, due_at in due.items()
    ]
    if rows:
        keys = ["runner_id", "reminder_id"]
        await upsert(connection, MISSED_DAYS, keys, *rows, changes=())


def built(row: Any) -> MissedOffer:
    """Build an offer from a row of `missed_days`."""
    return MissedOffer(row.id, row.runner_id, row.reminder_id, row.due_at, row.tries)
