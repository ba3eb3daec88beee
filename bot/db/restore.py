"""Back to a copy of the database, while the coach does not run."""

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
    """Puts the copy in the database's place; returns its revision and where the old one is now.

    Nothing is changed unless the copy is a whole database of the coach. Raises DatabaseError.
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
            _fetch(copy, part)
            revision = checked(part, copy)
            _give_to_owner(part, Path(lock.lock_file), like=place)
            aside = _set_aside(place, now)
            part.replace(place)
            sync(place.parent)
    return revision, aside


def _fetch(copy: Path, part: Path) -> None:
    """With its write-ahead log, if one was copied with it. The copy itself is only read."""
    try:
        with copy.open("rb") as source, part.open("wb") as target:
            shutil.copyfileobj(source, target)
        log = copy.with_name(copy.name + "-wal")
        if log.is_file():
            shutil.copyfile(log, part.with_name(part.name + "-wal"))
    except OSError as error:
        raise DatabaseError(f"can't copy {copy}: {error.strerror}") from None


def _give_to_owner(*files: Path, like: Path) -> None:
    """The coach may run as another user than whoever goes back to a copy."""
    owner = (like if like.exists() else like.parent).stat()
    if os.geteuid() == 0:
        for file in files:
            os.chown(file, owner.st_uid, owner.st_gid)


def _set_aside(place: Path, now: datetime) -> Path | None:
    """The database, what it had written ahead and the job store get other names.

    The database keeps its own name, too, until the copy takes it: there is one at any moment.
    Its log must not: SQLite would lay it over the copy.
    """
    jobs = job_store_file(place)
    if jobs.exists():
        jobs.rename(name_beside(jobs, REPLACED, now))
    aside = name_beside(place, REPLACED, now)
    there = place.exists()
    if there:
        _write_log_into(place)
        try:
            aside.hardlink_to(place)
        except OSError:  # not every file system can
            shutil.copy2(place, aside)
    log = place.with_name(place.name + "-wal")
    if log.exists():
        log.rename(aside.with_name(aside.name + "-wal"))
    place.with_name(place.name + "-shm").unlink(missing_ok=True)
    return aside if there else None


def _write_log_into(place: Path) -> None:
    """SQLite does so when the last connection is closed. A damaged database keeps its log."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(place)) as connection:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
