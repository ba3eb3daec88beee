"""A copy of the database that is whole, also while the coach runs and writes."""

import os
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from bot.db.engine import DatabaseError, Place
from bot.db.migrating import newest_revision

WAIT_SECONDS = 30


def back_up(database: Place, copy: Path) -> str:
    """Writes the copy and checks it; returns its revision. Raises DatabaseError.

    What stands under the copy's name is a whole database or nothing: it is written beside it,
    under a name of its own, and gets its name at the end.
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
        part = _new_file(copy)
    except OSError as error:
        raise DatabaseError(f"can't write to {copy.parent}: {error.strerror}") from None
    try:
        _copy(database, part)
        revision = _checked(part)
        _sync(part)
        part.rename(copy)
        _sync(copy.parent)
    except sqlite3.Error as error:
        raise DatabaseError(f"{database} can't be copied to {copy}: {error}") from None
    except OSError as error:
        raise DatabaseError(f"can't write {copy}: {error.strerror}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return revision


def _new_file(copy: Path) -> Path:
    """Only its owner can read it: it is going to hold what the runners told the coach."""
    handle, name = tempfile.mkstemp(prefix=f".{copy.name}.", suffix=".part", dir=copy.parent)
    os.close(handle)
    return Path(name)


def _copy(database: Path, part: Path) -> None:
    """One snapshot, and no writer waits for it. What was erased leaves no trace in the copy.

    SQLite's online backup would begin again at each tap that is stored meanwhile.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"  # never makes a file
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


def _checked(part: Path) -> str:
    """The copy's revision. An older one is fine: the coach brings it up to date when it starts."""
    with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        wrong = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if wrong != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
            raise DatabaseError(
                "the database is damaged, so no copy was kept: restore an older one"
            )
        try:
            (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        except (sqlite3.Error, TypeError):
            raise DatabaseError(
                "that is not a database of the coach, so it was not copied"
            ) from None
    if revision > newest_revision():
        raise DatabaseError("the database was made by a newer version of the coach: update it")
    return str(revision)


def _sync(place: Path) -> None:
    """On the disk, not only on the way there."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
