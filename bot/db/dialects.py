"""Statements that differ between SQLite and PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Select, Table

from bot.db.engine import Connection

Rows = TypeVar("Rows", bound=Select[*tuple[Any, ...]])

CHANGES = "bandcoach_changes"  # execution option: the transaction may change rows


def is_shared(connection: Connection) -> bool:
    """Return whether several processes of the coach may use the connection's database."""
    return connection.dialect.name == "postgresql"


def insert(connection: Connection, table: Table) -> Any:
    """Return the INSERT of the connection's dialect, which has an ON CONFLICT clause."""
    dialect: Any = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    return dialect.insert(table)


async def upsert(
    connection: Connection,
    table: Table,
    keys: Sequence[str],
    *rows: Mapping[str, Any],
    changes: Collection[str] | None = None,
) -> None:
    """Insert the rows; where a row with the same `keys` exists, update it.

    `changes` are the columns to update, by default all but the keys. If it is empty, an existing
    row stays as it is.
    """
    if changes is None:
        changes = rows[0].keys() - set(keys)
    statement = insert(connection, table)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_={name: statement.excluded[name] for name in changes}
        )
        if changes
        else statement.on_conflict_do_nothing(index_elements=keys),
        [dict(row) for row in rows],
    )


def to_change(connection: Connection, statement: Rows, table: Table) -> Rows:
    """Add FOR UPDATE to the SELECT if it is in a transaction with the option CHANGES.

    Transactions on SQLite do not have the option: they write one at a time.
    """
    assert connection.sync_connection is not None
    if not connection.sync_connection.get_execution_options().get(CHANGES):
        return statement
    return statement.with_for_update(of=table)
