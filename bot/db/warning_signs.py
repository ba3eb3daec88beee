"""Queries on the warning signs that runners have typed."""

from typing import Any

from sqlalchemy import delete

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import WARNING_SIGNS
from bot.domain.regions import Region
from bot.domain.runner import ReportedSign, Screening
from bot.domain.warning_signs import Doubt, Urgency

COLUMNS = (
    WARNING_SIGNS.c.sign,
    WARNING_SIGNS.c.urgency,
    WARNING_SIGNS.c.doubt,
    WARNING_SIGNS.c.reported_at,
    WARNING_SIGNS.c.is_confirmed,
    WARNING_SIGNS.c.screening_before,
    WARNING_SIGNS.c.screened_before_at,
    WARNING_SIGNS.c.regions,
)


def built(row: Any) -> ReportedSign | None:
    """Build the sign from a row with COLUMNS; None: there is none."""
    if row.sign is None:
        return None
    return ReportedSign(
        row.sign,
        Urgency(row.urgency),
        Doubt(row.doubt) if row.doubt else None,
        row.reported_at,
        row.is_confirmed,
        Screening(row.screening_before) if row.screening_before else None,
        row.screened_before_at,
        tuple(map(Region, row.regions or ())),
    )


async def save(connection: Connection, runner: int, sign: ReportedSign) -> None:
    """Store the sign, in place of an earlier one."""
    row = {
        "runner_id": runner,
        "sign": sign.sign,
        "urgency": sign.urgency.value,
        "doubt": sign.doubt and sign.doubt.value,
        "reported_at": sign.reported_at,
        "is_confirmed": sign.is_confirmed,
        "screening_before": sign.before and sign.before.value,
        "screened_before_at": sign.before_at,
        "regions": [region.value for region in sign.regions] or None,
    }
    await upsert(connection, WARNING_SIGNS, ["runner_id"], row)


async def remove(connection: Connection, runner: int) -> None:
    await connection.execute(delete(WARNING_SIGNS).where(WARNING_SIGNS.c.runner_id == runner))
