"""Statements that SQLite and PostgreSQL do not share."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.tables import Base

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])

CHANGES = "bandcoach_changes"  # the execution option of a transaction that may change rows


def insert(connection: AsyncConnection, table: type[Base]) -> Any:
    """The database's own INSERT, which can be told what to do where a row is there already."""
    module: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    return module.insert(table)


async def upsert(
    connection: AsyncConnection,
    table: type[Base],
    keys: Sequence[str],
    *rows: Mapping[str, Any],
    changes: Collection[str] | None = None,
) -> None:
    """Adds the rows, or changes the ones with the same keys to them.

    `changes` are the columns that are changed, by default all but the keys; if there are none,
    the old row stays as it is.
    """
    if changes is None:
        changes = rows[0].keys() - set(keys)
    new = insert(connection, table)
    await connection.execute(
        new.on_conflict_do_update(
            index_elements=keys, set_={name: new.excluded[name] for name in changes}
        )
        if changes
        else new.on_conflict_do_nothing(index_elements=keys),
        [dict(row) for row in rows],
    )


def to_change(connection: AsyncConnection, statement: Rows, table: type[Base]) -> Rows:
    """Where rows may be changed, those that are read first are locked until the end.

    SQLite has one writer at a time, and needs none of it.
    """
    assert connection.sync_connection is not None
    if not connection.sync_connection.get_execution_options().get(CHANGES):
        return statement
    return statement.with_for_update(of=table)
