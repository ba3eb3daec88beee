"""Queries on the warning signs that runners have typed."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import WarningSignRow
from bot.domain.regions import Region
from bot.domain.runner import ReportedSign, Screening
from bot.domain.warning_signs import Doubt, Urgency

COLUMNS = (
    WarningSignRow.sign,
    WarningSignRow.urgency,
    WarningSignRow.doubt,
    WarningSignRow.reported_at,
    WarningSignRow.is_confirmed,
    WarningSignRow.screening_before,
    WarningSignRow.screened_before_at,
    WarningSignRow.regions,
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


async def save(connection: AsyncConnection, runner: int, sign: ReportedSign) -> None:
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
    await upsert(connection, WarningSignRow, ["runner_id"], row)


async def remove(connection: AsyncConnection, runner: int) -> None:
    await connection.execute(delete(WarningSignRow).where(WarningSignRow.runner_id == runner))
