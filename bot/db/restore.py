"""Restoring an SQLite database from a copy while the coach does not run."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from bot.db.backup import checked, part_of, sync
from bot.db.engine import DatabaseError, Place
from bot.db.sqlite import claim_file, job_store_file
from bot.runtime.aside import name_beside

REPLACED = "replaced"


def restore(database: Place, copy: Path, now: datetime) -> tuple[str, Path | None]:
    """Replace the database by the copy; return its revision and the new path of the old one.

    The path is None if there was no database. Raise DatabaseError without any change if the copy
    is not an undamaged database of the coach.
    """
    if not isinstance(database, Path):
        raise DatabaseError(
            "PostgreSQL brings its own way, while no coach runs: pg_restore --clean --if-exists "
            f"--single-transaction --dbname=ADDRESS {copy}, with the address of DATABASE_URL"
        )
    with claim_file(database) as lock:
        place = Path(os.path.realpath(database))
        if copy.exists() and place.exists() and copy.samefile(place):
            raise DatabaseError(f"{copy} is the database itself: name a copy of it")
        with part_of(place) as part:
            _copy(copy, part)
            revision = checked(part, copy)
            _give_to_owner(part, Path(lock.lock_file), like=place)
            aside = _set_aside(place, now)
            part.replace(place)
            sync(place.parent)
    return revision, aside


def _copy(copy: Path, part: Path) -> None:
    """Copy the file, and its write-ahead log if there is one."""
    try:
        with copy.open("rb") as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)
        log = copy.with_name(copy.name + "-wal")
        if log.is_file():
            shutil.copyfile(log, part.with_name(part.name + "-wal"))
    except OSError as error:
        raise DatabaseError(f"can't copy {copy}: {error.strerror}") from None


def _give_to_owner(*files: Path, like: Path) -> None:
    """Give the files the owner of `like`, or of its folder: root may restore for another user."""
    owner = (like if like.exists() else like.parent).stat()
    if os.geteuid() == 0:
        for file in files:
            os.chown(file, owner.st_uid, owner.st_gid)


def _set_aside(place: Path, now: datetime) -> Path | None:
    """Rename the write-ahead log and the job store, link the database to a new name; return it.

    The database also keeps its own name until the copy replaces it, so that there is one at any
    moment. Its log must not: SQLite would apply it to the copy.
    """
    jobs = job_store_file(place)
    if jobs.exists():
        jobs.rename(name_beside(jobs, REPLACED, now))
    aside = name_beside(place, REPLACED, now)
    exists = place.exists()
    if exists:
        _write_log_into(place)
        try:
            aside.hardlink_to(place)
        except OSError:  # the file system has no hard links
            shutil.copy2(place, aside)
    log = place.with_name(place.name + "-wal")
    if log.exists():
        log.rename(aside.with_name(aside.name + "-wal"))
    place.with_name(place.name + "-shm").unlink(missing_ok=True)
    return aside if exists else None


def _write_log_into(place: Path) -> None:
    """Close a connection, so that SQLite copies the log; a damaged database keeps its log."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
