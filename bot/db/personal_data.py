"""Queries on everything that is stored about one runner.

The tables are found by their columns and foreign keys, so that a new one needs no change here.
"""

from collections.abc import AsyncIterator, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, func, select, tuple_

from bot.db import tables
from bot.db.engine import Connection
from bot.db.tables import METADATA, RUNNERS

PAGE = 20  # rows decoded at once; one of a session is some thousand bytes long
OWNER = "runner_id"
COUNTED: Mapping[str, Table] = MappingProxyType(
    {
        "bands": tables.BANDS,
        "days": tables.SCHEDULE,
        "sessions": tables.SESSIONS,
        "reminders": tables.REMINDERS,
        "races": tables.RACES,
        "routines": tables.OWN_ROUTINES,
        "reports": tables.INCIDENTS,
    }
)

Row = dict[str, Any]


async def rows(connection: Connection, runner: int) -> AsyncIterator[tuple[str, list[Row]]]:
    """Yield a table's name with at most PAGE of its rows at a time, table by table.

    Tables without rows of the runner are left out.
    """
    for table, where in owned(runner):
        key = tuple(table.primary_key)
        page = select(table).where(where).order_by(*key).limit(PAGE)
        rows = (await connection.execute(page)).mappings().all()
        while rows:
            yield table.name, [dict(row) for row in rows]
            later = tuple_(*key) > tuple(rows[-1][column] for column in key)
            rows = (await connection.execute(page.where(later))).mappings().all()


async def counts(connection: Connection, runner: int) -> dict[str, int]:
    """Return the number of the runner's rows by kind, as /privacy and an export name the kinds."""
    return {
        kind: await connection.scalar(
            select(func.count()).select_from(table).where(table.c[OWNER] == runner)
        )
        or 0
        for kind, table in COUNTED.items()
    }


def owned(runner: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Yield each table that holds rows of runners, with the condition for those of `runner`."""
    conditions: dict[Table, ColumnElement[bool]] = {}
    for table in METADATA.sorted_tables:
        where = _condition(table, runner, conditions)
        if where is not None:
            conditions[table] = where
            yield table, where


def _condition(
    table: Table, runner: int, parents: dict[Table, ColumnElement[bool]]
) -> ColumnElement[bool] | None:
    if table is RUNNERS:
        return table.c.id == runner
    if OWNER in table.c:
        return table.c[OWNER] == runner
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        if parent in parents:
            return key.parent.in_(select(key.column).where(parents[parent]))
    return None
