"""A copy of the database that is whole, also while the coach runs and writes."""

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
    """A new file beside, to be written and then renamed. Raises DatabaseError for an OSError.

    Only its owner can read it: it is going to hold what the runners told the coach.
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
    """One snapshot, and no writer waits for it. What was erased leaves no trace in the copy.

    SQLite's online backup would begin again at each tap that is stored meanwhile.
    """
    address = f"{database.absolute().as_uri()}?mode=rw"  # never makes a file
    with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS)) as connection:
        connection.execute("VACUUM INTO ?", (str(part),))


def checked(part: Path, name: Path) -> str:
    """The revision of a database that nobody else has open, which goes by a name for people.

    It is brought to the disk in one file. An older revision is fine: the coach brings it up to
    date when it starts. Raises DatabaseError for one that is damaged or not of the coach.
    """
    try:
        with closing(sqlite3.connect(f"{part.absolute().as_uri()}?mode=rw", uri=True)) as found:
            found.execute("PRAGMA journal_mode = DELETE").fetchone()
            revision = _revision(found, name)
            whole = found.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            if not whole or found.execute("PRAGMA foreign_key_check").fetchone():
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
        found = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        revision = str(found[0]) if found else ""
        if revision in known_revisions():
            return revision
        if revision > newest_revision():
            raise DatabaseError(f"{name} was made by a newer version of the coach: update it")
    raise DatabaseError(f"{name} is not a database of the coach")


def sync(place: Path) -> None:
    """On the disk, not only on the way there."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
