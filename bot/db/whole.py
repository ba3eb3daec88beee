"""Detection of a lost or damaged SQLite database."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from threading import Timer

from bot.db.engine import DatabaseError

CHECK_SECONDS = 2.0
GO_BACK = "go back to a copy with python -m bot restore FILE"


def ensure_whole(database: Path, jobs: Path, seconds: float = CHECK_SECONDS) -> None:
    """Check the database for at most `seconds`; raise DatabaseError if it is damaged or lost.

    `jobs` is the job store: if it exists and the database is missing or empty, the database was
    lost.
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
    """Return a line that says that the database is damaged and what to do."""
    return f"the database {database} is damaged ({why}): {GO_BACK}"


def is_damage(error: object) -> bool:
    """Return whether an error of SQLite means a damaged file, not one that can't be used now."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _size(file: Path) -> int:
    """Return the size in bytes; 0 if there is no file."""
    return file.stat().st_size if file.is_file() else 0


def _fault(database: Path, seconds: float) -> str | None:
    """Return what quick_check finds within `seconds`; None: nothing."""
    address = f"{database.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, check_same_thread=False)) as connection:
        # No progress handler: before SQLite 3.42, checking a table is a single step.
        deadline = time.monotonic() + seconds
        timer = Timer(seconds, connection.interrupt)
        timer.start()
        try:
            verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        except sqlite3.Error as error:  # not damage: the time was over, or the file can't be opened
            return str(error) if is_damage(error) else None
        finally:
            timer.cancel()
            timer.join()
    if verdict == "ok" or time.monotonic() >= deadline:  # an interrupted check reports faults
        return None
    return "SQLite's quick_check finds faults"
