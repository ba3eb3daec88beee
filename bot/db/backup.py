"""Copying an SQLite database, also while the coach runs and writes."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.db.engine import DatabaseError, Place
from bot.db.migrating import known_revisions, newest_revision
from bot.db.whole import is_damage

WAIT_SECONDS = 30


def back_up(database: Place, copy: Path) -> str:
    """Write the copy and check it; return its revision. Raise DatabaseError.

    The copy is written under a temporary name beside `copy` and renamed at the end, so that
    `copy` is a complete database or does not exist.
    """
    if not isinstance(database, Path):
        raise DatabaseError(
            "PostgreSQL brings its own way, also while the coach runs: "
            f"pg_dump --format=custom --file={copy} and the address of DATABASE_URL"
        )
    try:
        if not database.exists():
            raise DatabaseError(
                f"there is no database at {database} yet: python -m bot run makes it"
            )
        if copy.exists():
            raise DatabaseError(f"{copy} is there already: choose another name, or delete it first")
    except OSError as error:
        raise DatabaseError(f"can't write to {copy.parent}: {error.strerror}") from None
    with part_of(copy) as part:
        try:
            _copy(database, part)
        except sqlite3.Error as error:
            raise DatabaseError(f"{database} can't be copied to {copy}: {error}") from None
        revision = checked(part, database)
        part.rename(copy)
        sync(copy.parent)
    return revision


@contextmanager
def part_of(file: Path) -> Iterator[Path]:
    """Yield a temporary file in the folder of `file`, to be written and then renamed to it.

    Only the owner can read the file, which is to hold personal data. Unless renamed, it is deleted
    at the end, with SQLite's files beside it. An OSError is raised as DatabaseError.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.parent)
        os.close(handle)
    except OSError as error:
        raise DatabaseError(f"can't write to {file.parent}: {error.strerror}") from None
    part = Path(name)
    try:
        yield part
    except OSError as error:
        raise DatabaseError(f"can't write {file}: {error.strerror}") from None
    finally:
        for ending in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                part.with_name(part.name + ending).unlink(missing_ok=True)


def _copy(database: Path, part: Path) -> None:
    """Copy one snapshot, without making writers wait and without traces of erased rows.

    VACUUM INTO, as SQLite's online backup would start over whenever the coach writes.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"  # does not create a file
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


def checked(part: Path, name: Path) -> str:
    """Check the database in `part`, which no other process uses; return its revision.

    `name` stands for it in messages. The database is synced to disk as a single file. An older
    revision is accepted: the coach migrates it at start. Raise DatabaseError if the database is
    damaged or not one of the coach.
    """
    address = f"{part.absolute().as_uri()}?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            revision = _revision(connection, name)
            is_whole = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not is_whole or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise DatabaseError(f"{name} is a damaged database: take an older copy")
    except sqlite3.Error as error:
        if is_damage(error):
            raise DatabaseError(f"{name} is damaged or no database: {error}") from None
        raise DatabaseError(f"{name} can't be read: {error}") from None
    sync(part)
    return revision


def _revision(connection: sqlite3.Connection, name: Path) -> str:
    query = "SELECT count(*) FROM sqlite_master WHERE name IN ('alembic_version', 'runners')"
    if connection.execute(query).fetchone() == (2,):
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        revision = str(row[0]) if row else ""
        if revision in known_revisions():
            return revision
        if revision > newest_revision():
            raise DatabaseError(f"{name} was made by a newer version of the coach: update it")
    raise DatabaseError(f"{name} is not a database of the coach")


def sync(path: Path) -> None:
    """Flush a file or folder to disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
