"""Whether a database file is whole: at the start in a hurry, a copy with all patience."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Timer

from bot.db.engine import DatabaseError

LOOK_SECONDS = 2.0
GO_BACK = "go back to a copy with python -m bot restore FILE"


def ensure_whole(database: Path, jobs: Path, seconds: float = LOOK_SECONDS) -> None:
    """Looks through the database for so many seconds. Raises DatabaseError for a damaged one.

    The job store beside it tells that there was a database, where none or an empty file is left.
    """
    log = database.with_name(database.name + "-wal")
    if not _size(database):
        if _size(log):
            raise DatabaseError(f"the database {database} is lost, but not its log: {GO_BACK}")
        if _size(jobs):
            raise DatabaseError(
                f"the database {database} is lost: {GO_BACK}, or delete {jobs.name}, too, "
                "to begin with an empty one"
            )
        return
    fault = _fault(database, seconds)
    if fault is not None:
        raise DatabaseError(damaged(str(database), fault))


def damaged(database: str, why: str) -> str:
    """In a line, with what to do."""
    return f"the database {database} is damaged ({why}): {GO_BACK}"


def is_damage(error: object) -> bool:
    """Whether SQLite says so, rather than that the file can't be used just now."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _size(file: Path) -> int:
    """In bytes; 0 if there is none."""
    return file.stat().st_size if file.is_file() else 0


def _fault(database: Path, seconds: float) -> str | None:
    """What SQLite finds before the time is over."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as connection:
        # Not by a progress handler: of SQLite before 3.42, checking a table is a single step.
        deadline = time.monotonic() + seconds
        timer = Timer(seconds, connection.interrupt)
        timer.start()
        try:
            found = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.Error as error:  # others: it took too long, or can't be opened
            return str(error) if is_damage(error) else None
        finally:
            timer.cancel()
            timer.join()
    if found == "ok" or time.monotonic() >= deadline:  # what was not looked at counts as a fault
        return None
    return "SQLite's quick_check finds faults"
