"""The files of an open SQLite database: whether they are still there, and what is left in them."""

import os
import sqlite3
import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from bot.db.engine import AwayError, DatabaseError
from bot.runtime.aside import id_of, name_beside

MAGIC = b"SQLite format 3\0"
FORMAT = slice(18, 20)  # of the header: whether there is a write-ahead log
PAGE_SIZE, PAGES = slice(16, 18), slice(28, 32)  # https://sqlite.org/fileformat.html
TO_OVERWRITE = 1  # user_version while what a runner erased may have left a trace in the files


class Keeper:
    """One connection that is open as long as the process has the database open.

    While it is there SQLite keeps the write-ahead log, so that database and log can be told from
    other files at their paths. It waits for nobody. Its methods may be called from any thread.
    """

    def __init__(self, file: Path) -> None:
        """Raises DatabaseError. The file must be there."""
        self._file = Path(os.path.realpath(file))
        self._log = self._file.with_name(self._file.name + "-wal")
        self._turn = threading.Lock()
        self._overwritten = False
        self.is_sound = True  # at the last look
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
        """What is under way is given up."""
        self._connection.interrupt()
        with self._turn:
            # An interrupt lasts until the next statement, and would keep the log from being copied.
            self._connection.execute("SELECT 1").fetchone()
            self._connection.close()
            self._raw.close()  # only now: closing a file drops all locks that a process has on it

    # Whether the files are there

    def check(self) -> None:
        """Raises AwayError if what is written now would be lost."""
        if self._overwritten or self._ids() != self._opened:
            raise AwayError(f"the database {self._what_is_wrong()}")

    def look(self) -> str | None:
        """What is wrong with the files, in words; None if nothing is.

        Also whether another program wrote over the file or cut it, which it stays from then on:
        if it looks so twice, for another program may just be copying the log into it.
        """
        is_sound = self.looks_sound()
        self._overwritten = self._overwritten or not (is_sound or self.is_sound)
        self.is_sound = is_sound
        return self._what_is_wrong()

    @property
    def is_gone(self) -> bool:
        """Whether the files that are open lie at their paths no more."""
        return self._ids() != self._opened

    def rescue(self, now: datetime) -> Path:
        """Writes the database as the process has it open to a file beside. Raises OSError or
        sqlite3.Error."""
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
        """The header is that of a database of the same format, and the file as long as it says.
        Nobody of this process must write meanwhile."""
        try:
            header = self._header()
        except OSError:
            return False
        if len(header) < 100 or not header.startswith(MAGIC) or header[FORMAT] != self._format:
            return False
        size = int.from_bytes(header[PAGE_SIZE])  # 1 stands for 65,536
        return self._size() >= int.from_bytes(header[PAGES]) * (65_536 if size == 1 else size)

    def _header(self) -> bytes:
        """The file was opened once and for all: closing it would drop SQLite's locks."""
        self._raw.seek(0)
        return self._raw.read(100)

    # What is left in them

    @property
    def is_log_empty(self) -> bool:
        with suppress(OSError):
            return self._log.stat().st_size == 0
        return False

    def is_to_overwrite(self) -> bool:
        """Whether traces of what a runner erased are still to be overwritten."""
        with self._turn:
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
        return bool(version == TO_OVERWRITE)

    def megabytes(self) -> float:
        """The size of the database file."""
        return self._size() / 1e6

    def copy_log(self) -> None:
        """Copies the write-ahead log into the database as far as nobody needs it. Writers and
        readers go on."""
        with self._turn:
            self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def empty_log(self) -> bool:
        """Copies the rest, too, and leaves a log of 0 bytes; False where somebody reads or writes
        just now."""
        with self._turn:
            return self._empty_log()

    def rebuild(self) -> bool:
        """Writes the whole database anew, without what lies between and behind the rows.

        SQLite overwrites what is deleted, but not the copies of rows that moved to another page
        before. False where somebody reads or writes just now.
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
