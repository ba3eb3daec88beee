"""What a Done tap says and commits, for the bots that the coach is compared with.

The rows are the coach's: the update in the inbox until it is handled, and its id afterwards; the
session at its next step; the step in the log; the message that shows the session. `Rows` is used
in one thread, and begins no transactions.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from typing import Any

import orjson

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
    "SELECT ?1, ?2, ?3, ?4, ?5, 'bench' "
    "WHERE NOT EXISTS (SELECT 1 FROM handled_updates WHERE update_id = ?1) "
    "ON CONFLICT (update_id) DO NOTHING"
)
READ = (
    "SELECT runner_id, revision, phase, position, steps, exercises_done, screening, "
    "(SELECT count(*) FROM step_logs WHERE session_id = ?1) "
    "FROM sessions JOIN runners ON runners.id = runner_id WHERE sessions.id = ?1"
)
MOVE = (
    "UPDATE sessions SET position = ?, revision = ?, trained_at = ?, sets_done = ?, loads = ?, "
    "exercises_done = ?, touched_at = ?, due_at = ? WHERE id = ? AND revision = ?"
)
LOG = "INSERT INTO step_logs (session_id, step, outcome, at) VALUES (?, ?, 'done', ?)"
SHOWN = "UPDATE sessions SET message_id = ?, shown = ? WHERE id = ?"
HANDLED = "INSERT INTO handled_updates (update_id, handled_at) VALUES (?, ?) ON CONFLICT DO NOTHING"
DELETE = "DELETE FROM inbox WHERE update_id = ?"

Step = Mapping[str, Any]


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


class Rows:
    """The coach's database file, read and written by statements of one's own."""

    def __init__(self, file: str) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self._connection.execute(f"PRAGMA {pragma}").close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def store(self, updates: Sequence[tuple[int, int, str]]) -> list[bool]:
        """Store updates, each as its number, its chat and its JSON; False for a known one."""
        at = _now()
        return [
            self._connection.execute(STORE, (number, chat, chat, body, at)).rowcount == 1
            for number, chat, body in updates
        ]

    def move(self, runner: int, session: int, revision: int) -> Moved | None:
        """Store that the step was done; None for a tap that does not count."""
        row = self._connection.execute(READ, (session,)).fetchone()
        if row is None:
            return None
        owner, at_revision, phase, position, as_json, exercises, screening, sets = row
        if (owner, at_revision, phase) != (runner, revision, "running"):
            return None
        if screening not in ("clear", "agreed"):
            return None
        steps = orjson.loads(as_json)
        now, step = datetime.now(UTC), steps[position]
        done = orjson.loads(exercises or b"{}")
        if step["exercise"]:
            before = done.get(step["exercise"], (0, False))[0]
            done[step["exercise"]] = [before + 1, step["set_number"] == step["sets"]]
        new = (
            *(position + 1, revision + 1, _stored(now), sets + 1, 2 * (sets + 1) >= len(steps)),
            *(orjson.dumps(done).decode(), _stored(now), _stored(now + QUIET)),
        )
        if self._connection.execute(MOVE, (*new, session, revision)).rowcount != 1:
            return None
        self._connection.execute(LOG, (session, position, _stored(now)))
        return Moved(words(steps, position + 1), left(step))

    def shown(self, session: int, revision: int, message: int, update: int) -> None:
        """Store which message shows the session; the update that led to it is handled."""
        self._connection.execute(SHOWN, (message, revision, session))
        self.handled(update)

    def handled(self, update: int) -> None:
        self._connection.execute(DELETE, (update,))
        self._connection.execute(HANDLED, (update, _now()))


def _now() -> str:
    return _stored(datetime.now(UTC))


def _stored(at: datetime) -> str:
    """As SQLAlchemy writes it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")
