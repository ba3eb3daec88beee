"""Opens the database that a setting names."""

from pathlib import Path

from bot.db.engine import Database, Place
from bot.db.postgresql import PostgresDatabase
from bot.db.sqlite import SqliteDatabase


def open_database(place: Place) -> Database:
    """Return the database at this place, which `migrate` has created or upgraded before."""
    return SqliteDatabase(place) if isinstance(place, Path) else PostgresDatabase(place)
