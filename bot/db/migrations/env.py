"""Alembic's environment: runs migrations on the coach's connection, or on one that is opened."""

from pathlib import Path
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from bot.db import postgresql, sqlite
from bot.db.tables import METADATA, UtcDateTime
from bot.runtime.settings import read_settings


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Render types of SQLAlchemy, so that migrations do not depend on the types of this package."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


def is_of_the_tables(name: str | None, kind: str, _parents: Any) -> bool:
    """Exclude tables of the job store and tables that only PostgreSQL has."""
    return kind != "table" or name in METADATA.tables


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=METADATA,
        include_name=is_of_the_tables,
        render_item=render,
    )
    with context.begin_transaction():
        context.run_migrations()


existing = context.config.attributes.get("connection")
if existing is not None:
    run(existing)
else:
    file = context.get_x_argument(as_dictionary=True).get("file")
    place = Path(file) if file else read_settings().database
    engine = sqlite.writer(place) if isinstance(place, Path) else postgresql.writer(place)
    with engine.begin() as connection:
        run(connection)
