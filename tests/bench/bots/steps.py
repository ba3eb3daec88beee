"""What a Done tap says and commits, for the bots that the coach is compared with.

The rows are the coach's: the update in the inbox until it is handled, and its id afterwards; the
session at its next step; the step in the log; the message that shows the session.
"""

import re
import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from html import escape
from typing import Any, TypeVar

import orjson
from sqlalchemy import URL, make_url

from tests.bench.load import KEYBOARD

QUIET = timedelta(minutes=20)
PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
STORE = (
    "INSERT INTO inbox (update_id, chat_id, sender_id, body, received_at, holder) "
    "SELECT :number, :chat, :chat, :body, :at, 'bench' "
    "WHERE NOT EXISTS (SELECT 1 FROM handled_updates WHERE update_id = :number) "
    "ON CONFLICT (update_id) DO NOTHING"
)
READ = (
    "SELECT runner_id, revision, phase, position, steps, exercises_done, screening, "
    "(SELECT count(*) FROM step_logs WHERE session_id = :session) "
    "FROM sessions JOIN runners ON runners.id = runner_id WHERE sessions.id = :session"
)
MOVE = (
    "UPDATE sessions SET position = :position, revision = :revision + 1, trained_at = :now, "
    "sets_done = :sets, loads = :loads, exercises_done = :done, touched_at = :now, due_at = :due "
    "WHERE id = :session AND revision = :revision"
)
LOG = "INSERT INTO step_logs (session_id, step, outcome, at) VALUES (:session, :step, 'done', :now)"
SHOWN = "UPDATE sessions SET message_id = :message, shown = :revision WHERE id = :session"
HANDLED = (
    "INSERT INTO handled_updates (update_id, handled_at) VALUES (:number, :at) "
    "ON CONFLICT DO NOTHING"
)
DELETE = "DELETE FROM inbox WHERE update_id = :number"

T = TypeVar("T")
Step = Mapping[str, Any]
Work = Generator[None, None, T]


@dataclass(frozen=True, slots=True)
class Moved:
    """The text of the next step, and what becomes of the message of the one before."""

    text: str
    left: str


def words(steps: Sequence[Step], position: int) -> str:
    """The message of a step, as HTML."""
    step = steps[position]
    cues = "\n".join(f"• {escape(cue)}" for cue in step["cues"])
    return (
        f"<b>{position} of {len(steps) - 1}</b>  ▰▱▱▱▱▱▱▱▱▱\n"
        f"<b>{escape(step['name'])}</b>\nSet {step['set_number']} of {step['sets']} · "
        f"{escape(step['side'] or '')}\n<b>{step['work']} seconds</b>\n"
        f"Band: {escape(step['band'])}\n\n{cues}\n\nAfter this: rest {step['rest']} s."
    )


def left(step: Step) -> str:
    return f"✓ {escape(step['name'])}"


def keyboard(session: int, revision: int) -> list[list[dict[str, str]]]:
    at = f"{session}:{revision}"
    return [
        [{"text": label, "callback_data": f"{does}:{at}"} for label, does in row]
        for row in KEYBOARD
    ]


class Rows(ABC):
    """The coach's rows, read and written by statements of one's own, in one thread.

    The methods that yield do so where they need what their statements have found, so that those of
    many taps may go to a server together.
    """

    _read = READ

    @abstractmethod
    def _execute(self, statement: str, values: Mapping[str, object]) -> Any:
        """A cursor."""

    @abstractmethod
    def _loaded(self, column: Any) -> Any:
        """The value of a JSON column."""

    @abstractmethod
    def _stored(self, at: datetime) -> object:
        """A moment as its column takes it."""

    @abstractmethod
    def _transaction(self) -> AbstractContextManager[Callable[[], None]]:
        """A transaction; what it returns waits until all statements were carried out."""

    def together(self, work: Sequence[Work[T]]) -> list[T]:
        """Do all that in one transaction; return what each returned."""
        results: dict[int, T] = {}
        under_way = dict(enumerate(work))
        with self._transaction() as wait:
            while under_way:
                for number, each in tuple(under_way.items()):
                    try:
                        next(each)
                    except StopIteration as end:
                        results[number] = end.value
                        del under_way[number]
                wait()
        return [results[number] for number in range(len(work))]

    def store(self, updates: Sequence[tuple[int, int, str]]) -> Work[list[bool]]:
        """Store updates, each as its number, its chat and its JSON; False for a known one."""
        at = self._stored(datetime.now(UTC))
        rows = [
            {"number": number, "chat": chat, "body": body, "at": at}
            for number, chat, body in updates
        ]
        cursors = [self._execute(STORE, row) for row in rows]
        yield
        return [cursor.rowcount == 1 for cursor in cursors]

    def move(self, runner: int, session: int, revision: int) -> Work[Moved | None]:
        """Store that the step was done; None for a tap that does not count."""
        cursor = self._execute(self._read, {"session": session})
        yield
        row = cursor.fetchone()
        if row is None:
            return None
        owner, at_revision, phase, position, steps, exercises, screening, sets = row
        if (owner, at_revision, phase) != (runner, revision, "running"):
            return None
        if screening not in ("clear", "agreed"):
            return None
        steps, done = self._loaded(steps), self._loaded(exercises or b"{}")
        step, now = steps[position], datetime.now(UTC)
        if step["exercise"]:
            before = done.get(step["exercise"], (0, False))[0]
            done[step["exercise"]] = [before + 1, step["set_number"] == step["sets"]]
        values = {
            "session": session,
            "revision": revision,
            "step": position,
            "position": position + 1,
            "sets": sets + 1,
            "loads": 2 * (sets + 1) >= len(steps),
            "done": orjson.dumps(done).decode(),
            "now": self._stored(now),
            "due": self._stored(now + QUIET),
        }
        self._execute(MOVE, values)
        self._execute(LOG, values)
        return Moved(words(steps, position + 1), left(step))

    def shown(self, session: int, revision: int, message: int, update: int) -> Work[None]:
        """Store which message shows the session; the update that led to it is handled."""
        values = {"session": session, "revision": revision, "message": message}
        self._execute(SHOWN, values)
        yield from self.handled(update)

    def handled(self, update: int) -> Work[None]:
        values = {"number": update, "at": self._stored(datetime.now(UTC))}
        self._execute(DELETE, values)
        self._execute(HANDLED, values)
        yield


class SqliteRows(Rows):
    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}").close()

    def _execute(self, statement: str, values: Mapping[str, object]) -> Any:
        return self._connection.execute(statement, values)

    def _loaded(self, column: Any) -> Any:
        return orjson.loads(column)

    def _stored(self, at: datetime) -> str:
        """As SQLAlchemy writes it."""
        return at.strftime("%Y-%m-%d %H:%M:%S.%f")

    @contextmanager
    def _transaction(self) -> Iterator[Callable[[], None]]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield lambda: None
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


class PostgresqlRows(Rows):
    """On psycopg, which prepares each statement once and sends many without waiting between."""

    _read = f"{READ} FOR UPDATE OF sessions"

    def __init__(self, url: URL) -> None:
        import psycopg
        from psycopg.types.json import set_json_loads

        set_json_loads(orjson.loads)
        address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(address, autocommit=True)

    def _execute(self, statement: str, values: Mapping[str, object]) -> Any:
        return self._connection.execute(_for_psycopg(statement), values, prepare=True)

    def _loaded(self, column: Any) -> Any:
        return orjson.loads(column) if isinstance(column, bytes) else column

    def _stored(self, at: datetime) -> datetime:
        return at

    @contextmanager
    def _transaction(self) -> Iterator[Callable[[], None]]:
        with self._connection.pipeline() as pipeline, self._connection.transaction():
            yield pipeline.sync


@cache
def _for_psycopg(statement: str) -> bytes:
    return re.sub(r":([a-z]+)", r"%(\1)s", statement).encode()


def rows_at(url: str) -> Rows:
    parsed = make_url(url)
    if parsed.drivername.startswith("postgresql"):
        return PostgresqlRows(parsed)
    return SqliteRows(parsed.database or "")
