"""Rows as an export holds them: which tables are brought back, and what their values must be."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, String, Table
from sqlalchemy.sql.elements import False_

from bot.db.personal_data import OWNER, Row
from bot.db.tables import METADATA, UtcDateTime

FIRST_YEAR, LAST_YEAR = 1900, 2200
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_CLOCKS = frozenset({"local_time", "run_at"})
_ZONES = frozenset({"zone"})


class Policy(Enum):
    """What becomes of a table's rows when an export is brought back.

    REPLACED: those of the export take the place of the present ones. MERGED: both count, by rules
    of the table's own. LEFT: the present ones stay, and none is brought.
    """

    REPLACED = "replaced"
    MERGED = "merged"
    LEFT = "left"


POLICIES: Mapping[str, Policy] = MappingProxyType(
    {
        "runners": Policy.MERGED,
        "asked": Policy.MERGED,
        "bands": Policy.REPLACED,
        "schedule": Policy.REPLACED,
        "run_days": Policy.REPLACED,
        "run_plans": Policy.REPLACED,
        "run_plan_entries": Policy.REPLACED,
        "races": Policy.REPLACED,
        "sessions": Policy.REPLACED,
        "step_logs": Policy.REPLACED,
        "prescriptions": Policy.REPLACED,
        "prescribed": Policy.REPLACED,
        "own_routines": Policy.REPLACED,
        "reminders": Policy.MERGED,
        "calendar_days": Policy.MERGED,
        "incidents": Policy.MERGED,
        "rest_answers": Policy.MERGED,
        "mornings": Policy.MERGED,
        "swaps": Policy.MERGED,
        "warning_signs": Policy.MERGED,
        "conditions": Policy.MERGED,
        # What is open in the chat now, and files that wait for an answer.
        "questions": Policy.LEFT,
        "hurting": Policy.LEFT,
        "pain_talks": Policy.LEFT,
        "safety_questions": Policy.LEFT,
        "routine_drafts": Policy.LEFT,
        "missed_days": Policy.LEFT,
        "sent_archives": Policy.LEFT,
    }
)

# Columns that are not brought, with what they have then: ids of messages in the chat, and timers.
NOT_BROUGHT: Mapping[str, Any] = MappingProxyType(
    {"message_id": None, "track_id": None, "again_at": None}
)


# The most rows of a table; of some it takes long to work with many.
MOST: Mapping[str, int] = MappingProxyType(
    {
        "step_logs": 200_000,
        "sessions": 5_000,
        "prescribed": 5_000,
        "reminders": 5_000,
        "run_plan_entries": 5_000,
    }
)
MOST_OF_OTHERS = 1_000


class TooManyError(Exception):
    """A table has more rows than the coach works with."""


class BrokenError(Exception):
    """A row is not as the coach writes it."""


class ForeignError(Exception):
    """A row is another runner's."""


def table_of(name: str) -> Table:
    """Return the table of runners' rows with this name. Raises BrokenError if there is none."""
    if name not in POLICIES:
        raise BrokenError(name)
    return METADATA.tables[name]


def check_number(name: str, count: int) -> None:
    """Raise TooManyError if the table has more rows than allowed."""
    if count > MOST.get(name, MOST_OF_OTHERS):
        raise TooManyError(name)


def typed(table: Table, rows: Iterable[Mapping[str, Any]], runner: int) -> list[Row]:
    """Return the rows with dates and times as such.

    Raises BrokenError for a value that the table can't have, ForeignError for a row of another
    runner. A column that an older version did not have gets its default.
    """
    return [_typed(table, row, runner) for row in rows]


def _typed(table: Table, row: Mapping[str, Any], runner: int) -> Row:
    if not row.keys() <= set(table.columns.keys()):
        raise BrokenError(table.name)
    found = {
        column.name: _value(column, row[column.name]) if column.name in row else _default(column)
        for column in table.columns
    }
    if found.get(OWNER, runner) != runner or (table.name == "runners" and found["id"] != runner):
        raise ForeignError(table.name)
    return found | {name: value for name, value in NOT_BROUGHT.items() if name in found}


def _default(column: Column[Any]) -> Any:
    default = getattr(column.server_default, "arg", None)
    if isinstance(default, False_):
        return False
    if isinstance(default, str):
        return int(default) if isinstance(column.type, Integer) else default
    if column.nullable:
        return None
    raise BrokenError(column.name)


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        if not column.nullable:
            raise BrokenError(column.name)
        return None
    match column.type:
        case Boolean():
            is_right = isinstance(value, bool)
        case Integer():
            bits = 63 if isinstance(column.type, BigInteger) else 31
            is_right = type(value) is int and -(2**bits) <= value < 2**bits
        case UtcDateTime():
            return _moment(value)
        case Date():
            return _date(value)
        case JSON():
            is_right = isinstance(value, dict | list)
        case String(length=length):
            is_right = isinstance(value, str) and len(value) <= (length or 0)
            is_right = is_right and _is_known(column.name, value)
        case _:
            is_right = False
    if not is_right:
        raise BrokenError(column.name)
    return value


def _is_known(name: str, value: str) -> bool:
    """Return whether a time of day or a zone is one."""
    if name in _CLOCKS:
        return _CLOCK.fullmatch(value) is not None
    if name in _ZONES:
        try:
            ZoneInfo(value)
        except (ValueError, OSError, LookupError):
            return False
    return True


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        raise BrokenError(value) from None
    if moment.tzinfo is None or not FIRST_YEAR < moment.year < LAST_YEAR:
        raise BrokenError(value)
    return moment.astimezone(UTC)


def _date(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BrokenError(value) from None
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise BrokenError(value)
    return day
