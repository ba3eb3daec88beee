"""The files of an open SQLite database: checks that they are in place, and erasure in them."""

import os
import sqlite3
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.db.engine import AwayError, DatabaseError
from bot.runtime.aside import id_of, name_beside

MAGIC = b"SQLite format 3\0"
# Fields of the header, see https://sqlite.org/fileformat.html; FORMAT tells of a write-ahead log.
PAGE_SIZE, FORMAT, PAGES = slice(16, 18), slice(18, 20), slice(28, 32)
TO_OVERWRITE = 1  # user_version while the files may hold traces of erased rows


class Keeper:
    """A connection that stays open as long as the process uses the database.

    While the connection is open SQLite keeps the write-ahead log, so that database and log can be
    told from other files at their paths. The methods never wait for another connection's lock,
    and may be called from any thread.
    """

    def __init__(self, file: Path) -> None:
        """Raise DatabaseError if the file can't be opened; it must exist."""
        self._file = Path(os.path.realpath(file))
        self._log = self._file.with_name(self._file.name + "-wal")
        self._turn = threading.Lock()
        self._overwritten = False
        self.is_sound = True  # at the latest look()
        try:
            self._connection = self._connect()
            self._raw = self._file.open("rb", buffering=0)
        except (sqlite3.Error, OSError) as error:
            raise DatabaseError(f"can't use the database {file}: {error}") from None
        self._opened = self._ids()
        self._format = self._header()[FORMAT]

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self._file.as_uri()}?mode=rw",
            uri=True,
            timeout=0,
            isolation_level=None,
            check_same_thread=False,
        )
        for pragma in ("journal_mode = WAL", "secure_delete = ON", "synchronous = NORMAL"):
            connection.execute(f"PRAGMA {pragma}").close()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # opens the log
        return connection

    def close(self) -> None:
        """Interrupt the current statement and close the connection."""
        self._connection.interrupt()
        with self._turn:
            # An interrupt lasts until the next statement, and would keep the log from being copied.
            self._connection.execute("SELECT 1").fetchone()
            self._connection.close()
            self._raw.close()  # only now: closing a file drops all locks that a process has on it

    # Checks

    def check(self) -> None:
        """Raise AwayError if what is written now would be lost."""
        if self._overwritten or self._ids() != self._opened:
            raise AwayError(f"the database {self._what_is_wrong()}")

    def look(self) -> str | None:
        """Return in words what is wrong with the files; None if nothing is.

        A file that looks damaged twice in a row counts as overwritten for good; once is not
        enough, as another program may be copying the log into it.
        """
        was_sound, self.is_sound = self.is_sound, self.looks_sound()
        self._overwritten = self._overwritten or not (was_sound or self.is_sound)
        return self._what_is_wrong()

    @property
    def is_gone(self) -> bool:
        """Whether other files, or none, are at the paths of the open ones."""
        return self._ids() != self._opened

    def rescue(self, now: datetime) -> Path:
        """Write the open database to a new file beside it; return its path.

        Raise OSError or sqlite3.Error.
        """
        copy = name_beside(self._file, "rescued", now)
        copy.touch(mode=0o600)
        try:
            with self._turn:
                self._connection.execute("VACUUM INTO ?", (str(copy),))
        except BaseException:
            with suppress(OSError):
                copy.unlink()
            raise
        return copy

    def _ids(self) -> tuple[tuple[int, int] | None, ...]:
        return id_of(self._file), id_of(self._log)

    def _what_is_wrong(self) -> str | None:
        file, log = self._ids()
        if file is None:
            return f"{self._file} was deleted"
        if file != self._opened[0]:
            return f"{self._file} was replaced by another file"
        if self._overwritten:
            return f"{self._file} was cut, or written over by another program"
        if log != self._opened[1]:
            return f"{self._file} lost its write-ahead log {self._log.name}"
        return None

    def looks_sound(self) -> bool:
        """Return whether the header is intact and the file is as long as the header says.

        No thread of this process may write meanwhile.
        """
        try:
            header = self._header()
        except OSError:
            return False
        if len(header) < 100 or not header.startswith(MAGIC) or header[FORMAT] != self._format:
            return False
        size = int.from_bytes(header[PAGE_SIZE])  # 1 stands for 65,536
        return self._size() >= int.from_bytes(header[PAGES]) * (65_536 if size == 1 else size)

    def _header(self) -> bytes:
        # Not from a newly opened file: closing it would drop SQLite's locks.
        self._raw.seek(0)
        return self._raw.read(100)

    # Erasure

    @property
    def is_log_empty(self) -> bool:
        with suppress(OSError):
            return self._log.stat().st_size == 0
        return False

    def is_to_overwrite(self) -> bool:
        """Return whether traces of erased rows are still to be overwritten."""
        with self._turn:
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return bool(version == TO_OVERWRITE)

    def megabytes(self) -> float:
        return self._size() / 1e6

    def copy_log(self) -> None:
        """Copy into the database what no reader needs of the log, without blocking anyone."""
        with self._turn:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def empty_log(self) -> bool:
        """Copy the whole log into the database and truncate it to 0 bytes.

        Return False if another connection is reading or writing.
        """
        with self._turn:
            return self._empty_log()

    def rebuild(self) -> bool:
        """Rebuild the database file and empty the log, so that no trace of deleted rows is left.

        SQLite overwrites deleted rows, but not copies of rows that were moved to another page.
        Return False if another connection is reading or writing.
        """
        with self._turn:
            self._connection.execute("VACUUM")
            if not self._empty_log():
                return False
            self._connection.execute("PRAGMA user_version = 0")
            return self._empty_log()

    def _empty_log(self) -> bool:
        busy, _in_log, _copied = self._connection.execute(
            "PRAGMA wal_checkpoint(TRUNCATE)"
        ).fetchone()
        return not busy

    def _size(self) -> int:
        return os.fstat(self._raw.fileno()).st_size
