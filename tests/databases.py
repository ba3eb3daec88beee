"""Where a test's rows are: an SQLite file, or a database of its own on a real PostgreSQL server.

`pytest --database postgresql` takes the server for all tests; those of several processes always do.
It is Debian's package, started here as a user other than root on a free port, and ends with the
process that runs the tests.
"""

import atexit
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from sqlalchemy import URL, Connection, Engine, select, text

from bot.db import postgresql, sqlite
from bot.db.engine import Place
from bot.db.migrating import migrate
from bot.db.tables import METADATA

POSTGRESQL = False  # set by the option
TEMPLATE = "template_coach"
QUICK = ("fsync=off", "full_page_writes=off", "max_connections=200")
NUMBERS = count(1)
EMPTIED: list[str] = []  # databases for the next tests of this process
DISCONNECT = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'
"""
TABLES = """
    SELECT relname, attname, format_type(atttypid, atttypmod), version_num
    FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid, alembic_version
    WHERE relnamespace = 'public'::regnamespace AND relname NOT LIKE '%apscheduler_jobs%'
        AND attnum > 0 AND NOT attisdropped
    ORDER BY relname, attnum
"""
EMPTY = """
    DO $$ DECLARE each regclass;
    BEGIN
        SET LOCAL session_replication_role = replica;  -- checks no foreign keys
        FOR each IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'r' AND relname <> 'alembic_version'
        LOOP EXECUTE format('DELETE FROM %s', each); END LOOP;
        FOR each IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relkind = 'S'
        LOOP PERFORM setval(each, 1, false); END LOOP;
    END $$
"""


class NoServerError(Exception):
    """PostgreSQL's programs are not installed."""


@contextmanager
def a_place(folder: Path, name: str = "coach.db", *, empty: bool = False) -> Iterator[Place]:
    """One that no other test has, as `migrate` leaves it unless it is to be empty."""
    if POSTGRESQL:
        with a_database(empty=empty) as place:
            yield place
        return
    file = folder / name
    if not empty:
        ready(file)
    yield file


def ready(file: Path) -> None:
    """Makes the database as `migrate` does, in less time."""
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    """Made once in each process of tests, and then copied."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        migrate(file)
        return file.read_bytes()


@cache
def job_store() -> bytes:
    """One without jobs."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "new-jobs.db"
        store = SQLAlchemyJobStore(f"sqlite:///{file}")
        store.jobs_t.create(store.engine)
        store.engine.dispose()
        return file.read_bytes()


def rows(place: Place, query: str) -> list[dict[str, Any]]:
    """Return the rows of a query; of a table's name all rows, typed, in the order of their keys."""
    table = METADATA.tables.get(query)
    with connected(place, writes=False) as connection:
        found = connection.execute(
            text(query) if table is None else select(table).order_by(*table.primary_key.columns)
        )
        return [dict(row) for row in found.mappings()]


def change(place: Place, statement: str) -> None:
    """Behind the coach's back."""
    with connected(place) as connection:
        connection.execute(text(statement))


@contextmanager
def connected(place: Place, *, writes: bool = True) -> Iterator[Connection]:
    """A transaction, without an event loop; one that reads never waits for a coach that writes."""
    engine = _engine(place)
    if not writes:
        engine = engine.execution_options(**{sqlite.BEGIN: "BEGIN"})
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


@lru_cache(8)
def _engine(place: Place) -> Engine:
    """It remembers compiled statements, which take longer than the database does."""
    return sqlite.writer(place) if isinstance(place, Path) else postgresql.writer(place)


@contextmanager
def a_database(*, empty: bool = False) -> Iterator[URL]:
    """On the server. One that still has the tables that `migrate` made is emptied and given to the
    next test: to make and to drop one takes ten times as long."""
    server = the_server()
    if EMPTIED and not empty:
        name = EMPTIED.pop()
    else:
        name = f"coach_{os.getpid()}_{next(NUMBERS)}"
        server.run(f"CREATE DATABASE {name} TEMPLATE {'template0' if empty else TEMPLATE}")
    try:
        yield server.url(name)
    finally:
        server.run(DISCONNECT.format(name=name))
        if not empty and server.run(TABLES, name) == server.tables:
            server.run(EMPTY, name)
            EMPTIED.append(name)
        else:
            server.run(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def the_server() -> "Server":
    """Started when it is first asked for, with a migrated database to be copied."""
    if find_spec("psycopg") is None:
        raise NoServerError("psycopg is not installed")
    server = Server(_programs())
    atexit.register(server.clean_up)
    server.start()
    server.run(f"CREATE DATABASE {TEMPLATE}")
    migrate(server.url(TEMPLATE))
    server.tables = server.run(TABLES, TEMPLATE)
    return server


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    if on_path is None:
        raise NoServerError("PostgreSQL's server is not installed (Debian: postgresql)")
    return Path(on_path).resolve().parent


class Server:
    """One PostgreSQL, in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.folder = Path(tempfile.mkdtemp(prefix="bandcoach-pg-"))
        if os.geteuid() == 0:
            shutil.chown(self.folder, self._user)
        self._data = self.folder / "data"
        init = [self._programs / "initdb", "-D", self._data, "-U", "coach"]
        subprocess.run(
            [*init, "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"],
            **self._as_user(),
            check=True,
            stdout=subprocess.DEVNULL,
        )
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.tables: list[tuple[Any, ...]] = []  # of a database that `migrate` has made

    def url(self, database: str) -> URL:
        return URL.create("postgresql+psycopg", "coach", None, "127.0.0.1", self.port, database)

    def start(self) -> None:
        """Until it takes connections."""
        settings = [word for setting in QUICK for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [
                    self._programs / "postgres",
                    *("-D", self._data, "-p", str(self.port), "-k", self.folder),
                    *("-c", "listen_addresses=127.0.0.1", *settings),
                ],
                **self._as_user(),
                stdout=log,
                stderr=log,
            )
        from psycopg import OperationalError

        for _ in range(500):
            with suppress(OperationalError):
                self.run("SELECT 1")
                return
            time.sleep(0.02)
        raise AssertionError((self.folder / "log").read_text())

    def stop(self) -> None:
        """At once: whoever is connected is thrown out."""
        if self._process is not None:
            self._process.send_signal(3)  # SIGQUIT: an immediate shutdown
            self._process.wait()
            self._process = None

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Returns the rows, if it has any."""
        import psycopg

        address = f"host=127.0.0.1 port={self.port} user=coach dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def clean_up(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _as_user(self) -> dict[str, object]:
        """The server refuses to be started by root."""
        if os.geteuid() != 0:
            return {}
        known = pwd.getpwnam(self._user)
        return {"user": known.pw_uid, "group": known.pw_gid, "extra_groups": [], "cwd": "/"}


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
