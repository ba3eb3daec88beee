"""Everything that is stored of one runner, found by the tables themselves: a new table of runners
is among it without a word here."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import Base, RunnerRow

PAGE = 20  # rows decoded at once; a session's are some thousand bytes each
OWNER = "runner_id"

Row = dict[str, Any]


async def rows(connection: AsyncConnection, runner: int) -> AsyncIterator[tuple[str, list[Row]]]:
    """The rows by table, a page at a time; tables without a row are left out."""
    for table, where in owned(runner):
        found = await connection.stream(select(table).where(where).order_by(*table.primary_key))
        async for page in found.mappings().partitions(PAGE):
            yield table.name, [dict(row) for row in page]


def owned(runner: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Each table that holds rows of runners, with the condition that they are this one's."""
    conditions: dict[Table, ColumnElement[bool]] = {}
    for table in Base.metadata.sorted_tables:
        where = _condition(table, runner, conditions)
        if where is not None:
            conditions[table] = where
            yield table, where


def _condition(
    table: Table, runner: int, parents: dict[Table, ColumnElement[bool]]
) -> ColumnElement[bool] | None:
    if table is RunnerRow.__table__:
        return table.c.id == runner
    if OWNER in table.c:
        return table.c[OWNER] == runner
    for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
        parent = key.column.table
        if parent in parents:
            return key.parent.in_(select(key.column).where(parents[parent]))
    return None
