"""Queries on sessions and their step logs."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    select,
    type_coerce,
    update,
)

from bot.db.dialects import to_change
from bot.db.engine import Connection
from bot.db.known_json import KnownJson
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import PAIN_TALKS, RUNNERS, SESSIONS, STEP_LOGS
from bot.domain.note import Note
from bot.domain.runner import MAY_TRAIN
from bot.domain.session import (
    ExerciseDone,
    Outcome,
    Part,
    Pause,
    Phase,
    Rating,
    RestKind,
    Session,
    Step,
    StepLog,
    StoredSession,
)
from bot.domain.suggestion import REMEMBERED, FinishedSession, TrainedSession
from bot.domain.timer import Stage, Timer

STATE = (
    *("phase", "position", "revision", "started_at", "ended_at", "trained_at", "rating"),
    *("timed", "stage", "seconds_left", "due_at", "touched_at", "nudged"),
    *("sets_done", "loads", "exercises_done", "pauses", "track_seconds"),
)


def _steps(stored: Sequence[dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(_step(fields) for fields in stored)


STEPS = type_coerce(SESSIONS.c.steps, KnownJson(_steps, 1000)).label("steps")
COLUMNS = (*(column for column in SESSIONS.c if column.name != "steps"), STEPS)

# The statements of every tap are built once: building one takes longer than executing it.
EARLIER = SESSIONS.alias()
TWO_RATED = exists(
    select(EARLIER.c.id)
    .where(
        EARLIER.c.runner_id == SESSIONS.c.runner_id,
        EARLIER.c.rating.is_not(None),
        EARLIER.c.id < SESSIONS.c.id,
    )
    .limit(1)
    .offset(1)
)
HAS_TALK = exists(
    select(PAIN_TALKS.c.runner_id).where(PAIN_TALKS.c.runner_id == SESSIONS.c.runner_id)
)
ALL = select(
    *COLUMNS,
    RUNNERS.c.screening,
    TWO_RATED.label("knows_ratings"),
    HAS_TALK.label("has_talk"),
).join(RUNNERS, RUNNERS.c.id == SESSIONS.c.runner_id)
BY_ID = ALL.where(SESSIONS.c.id == bindparam("key"))
OPEN = ALL.where(SESSIONS.c.runner_id == bindparam("key"), SESSIONS.c.ended_at.is_(None))
LAST_ENDED = ALL.where(
    SESSIONS.c.id
    == select(func.max(SESSIONS.c.id))
    .where(SESSIONS.c.runner_id == bindparam("key"), SESSIONS.c.ended_at.is_not(None))
    .scalar_subquery()
)
LOG = (
    select(STEP_LOGS.c.step, STEP_LOGS.c.outcome, STEP_LOGS.c.at, STEP_LOGS.c.seconds)
    .where(STEP_LOGS.c.session_id == bindparam("key"))
    .order_by(STEP_LOGS.c.step)
)
MOVE = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("of"), SESSIONS.c.revision == bindparam("at_revision"))
    .values({name: bindparam(f"new_{name}") for name in STATE})
)
ADD_TO_LOG = insert(STEP_LOGS)
SHOWN = (
    update(SESSIONS)
    .where(SESSIONS.c.id == bindparam("of"))
    .values(message_id=bindparam("message"), shown=bindparam("at_revision"))
)


def _exercises_done(stored: dict[str, list[Any]] | None) -> dict[str, ExerciseDone]:
    return {key: ExerciseDone(*fields) for key, fields in (stored or {}).items()}


OF_RUNNERS = SESSIONS.c.runner_id.in_(RUNNER_IDS)
TRAINED = select(
    SESSIONS.c.runner_id,
    SESSIONS.c.id,
    SESSIONS.c.routine,
    SESSIONS.c.phase,
    SESSIONS.c.rating,
    SESSIONS.c.started_at,
    SESSIONS.c.trained_at,
    SESSIONS.c.ended_at,
    SESSIONS.c.sets_done,
    SESSIONS.c.loads,
    type_coerce(
        case((SESSIONS.c.trained_at > bindparam("remembered"), SESSIONS.c.exercises_done)),
        KnownJson(_exercises_done, 1000),
    ).label("exercises"),
).where(OF_RUNNERS, SESSIONS.c.trained_at.is_not(None))
LAST_ACTIVE = (
    select(
        SESSIONS.c.runner_id,
        func.max(SESSIONS.c.started_at),
        func.max(SESSIONS.c.trained_at),
        func.max(case((SESSIONS.c.phase == Phase.FINISHED.value, SESSIONS.c.ended_at))),
    )
    .where(OF_RUNNERS, SESSIONS.c.started_at.is_not(None))
    .group_by(SESSIONS.c.runner_id)
)


async def add(connection: Connection, session: Session, now: datetime) -> Session:
    """Store a new session; return it with its id."""
    result = await connection.execute(
        insert(SESSIONS)
        .values(
            runner_id=session.runner,
            routine=session.routine,
            routine_name=session.routine_name,
            steps=[asdict(step) for step in session.steps],
            created_at=now,
            notes=list(session.notes),
            **state(session),
        )
        .returning(SESSIONS.c.id)
    )
    return replace(session, id=result.scalar_one())


async def get(connection: Connection, session: int) -> StoredSession | None:
    return await _one(connection, BY_ID, session)


async def current(connection: Connection, runner: int) -> StoredSession | None:
    """Return the runner's open session."""
    return await _one(connection, OPEN, runner)


async def last_ended(connection: Connection, runner: int) -> StoredSession | None:
    """Return the runner's latest session that has ended."""
    return await _one(connection, LAST_ENDED, runner)


async def save(
    connection: Connection, before: Session, after: Session, word_id: int | None = None
) -> bool:
    """Store a move; return False if the row is no longer at the revision of `before`.

    `word_id` is the id of the message whose words caused the move.
    """
    extra: dict[str, Any] = {} if word_id is None else {"word_id": word_id}
    if after.steps != before.steps:
        extra["steps"] = [asdict(step) for step in after.steps]
    move = MOVE.values(extra) if extra else MOVE
    result = await connection.execute(move, moved(before, after))
    if result.rowcount != 1:
        return False
    await _save_log(connection, before, after)
    return True


async def _save_log(connection: Connection, before: Session, after: Session) -> None:
    removed = [entry.step for entry in before.log if entry not in after.log]
    added = [entry for entry in after.log if entry not in before.log]
    if removed:
        await connection.execute(
            delete(STEP_LOGS).where(
                STEP_LOGS.c.session_id == before.id, STEP_LOGS.c.step.in_(removed)
            )
        )
    if added:
        await connection.execute(ADD_TO_LOG, [entered(before, entry) for entry in added])


def moved(before: Session, after: Session) -> dict[str, Any]:
    """Return the parameters of MOVE."""
    new = {f"new_{name}": value for name, value in state(after).items()}
    return {"of": before.id, "at_revision": before.revision} | new


def entered(session: Session, entry: StepLog) -> dict[str, Any]:
    """Return the parameters of ADD_TO_LOG."""
    return {
        "session_id": session.id,
        "step": entry.step,
        "outcome": entry.outcome.value,
        "at": entry.at,
        "seconds": entry.seconds,
    }


async def save_plan(connection: Connection, session: Session) -> None:
    """Store the steps and notes of a session that has not begun."""
    await connection.execute(
        update(SESSIONS)
        .where(SESSIONS.c.id == session.id)
        .values(steps=[asdict(step) for step in session.steps], notes=list(session.notes))
    )


async def save_track(connection: Connection, session: int, message_id: int | None) -> None:
    """Store which message holds the session's track; None: it was deleted."""
    await connection.execute(
        update(SESSIONS).where(SESSIONS.c.id == session).values(track_id=message_id)
    )


def showing(session: Session, message_id: int) -> dict[str, Any]:
    """Return the parameters of SHOWN."""
    return {"of": session.id, "message": message_id, "at_revision": session.revision}


async def trained(
    connection: Connection, runners: Collection[int], now: datetime
) -> dict[int, list[TrainedSession]]:
    """Return by runner all sessions in which at least one work step was done.

    Those that are not of the last REMEMBERED come without their exercises.
    """
    rows = await connection.execute(
        TRAINED, {"runners": list(runners), "remembered": now - REMEMBERED}
    )
    by_runner: dict[int, list[TrainedSession]] = {runner: [] for runner in runners}
    for row in rows:
        rating, loads = Rating(row.rating) if row.rating else None, row.loads is not False
        past = FinishedSession(row.routine, rating, row.ended_at or row.trained_at, loads)
        by_runner[row.runner_id].append(
            TrainedSession(
                id=row.id,
                routine=row.routine,
                begun=row.started_at or row.trained_at,
                at=row.trained_at,
                sets=row.sets_done or 0,
                loads=loads,
                past=past if row.phase == Phase.FINISHED.value else None,
                exercises=row.exercises,
            )
        )
    return by_runner


async def last_active(connection: Connection, runners: Collection[int]) -> dict[int, datetime]:
    """Return by runner the moment of the last session's start, work done or finish."""
    rows = await connection.execute(LAST_ACTIVE, {"runners": list(runners)})
    return {
        runner: max(moment for moment in moments if moment is not None) for runner, *moments in rows
    }


async def page(connection: Connection, runner: int, after: int, limit: int) -> Sequence[Session]:
    """Return at most `limit` sessions with an id above `after`, by id."""
    later = select(*COLUMNS).where(SESSIONS.c.runner_id == runner, SESSIONS.c.id > after)
    return await _page(connection, later.order_by(SESSIONS.c.id).limit(limit))


async def trained_page(
    connection: Connection, runner: int, after: int, limit: int
) -> Sequence[Session]:
    """Return at most `limit` sessions with a work step done and an id above `after`, by id."""
    page = _trained(runner).where(SESSIONS.c.id > after).order_by(SESSIONS.c.id).limit(limit)
    return await _page(connection, page)


async def trained_page_before(
    connection: Connection, runner: int, before: int | None, limit: int
) -> Sequence[Session]:
    """Return at most `limit` sessions with a work step done, the newest first; of all or, with
    `before`, of those with a lower id."""
    earlier = _trained(runner)
    if before is not None:
        earlier = earlier.where(SESSIONS.c.id < before)
    return await _page(connection, earlier.order_by(SESSIONS.c.id.desc()).limit(limit))


def _trained(runner: int) -> Select[Any]:
    return select(*COLUMNS).where(
        SESSIONS.c.runner_id == runner, SESSIONS.c.trained_at.is_not(None)
    )


async def _page(connection: Connection, query: Select[Any]) -> list[Session]:
    page = (await connection.execute(query)).all()
    logs = await logs_of(connection, [row.id for row in page])
    return [_session(row, logs[row.id]) for row in page]


async def logs_of(connection: Connection, sessions: Collection[int]) -> dict[int, list[StepLog]]:
    """Return the step logs by session, each in the order of the steps."""
    logs: dict[int, list[StepLog]] = {session: [] for session in sessions}
    if logs:
        rows = await connection.execute(
            select(STEP_LOGS)
            .where(STEP_LOGS.c.session_id.in_(sessions))
            .order_by(STEP_LOGS.c.session_id, STEP_LOGS.c.step)
        )
        for row in rows:
            logs[row.session_id].append(_logged(row))
    return logs


async def trained_at(
    connection: Connection, runner: int, start: datetime, end: datetime
) -> Sequence[datetime]:
    """Return when the runner trained, from `start` to before `end`; UTC."""
    moments = await connection.execute(
        select(SESSIONS.c.trained_at)
        .where(
            SESSIONS.c.runner_id == runner,
            SESSIONS.c.trained_at >= start,
            SESSIONS.c.trained_at < end,
        )
        .order_by(SESSIONS.c.trained_at)
    )
    return [moment for moment in moments.scalars() if moment is not None]


async def _one(
    connection: Connection, query: Select[*tuple[Any, ...]], key: int
) -> StoredSession | None:
    rows = await connection.execute(to_change(connection, query, SESSIONS), {"key": key})
    row = rows.one_or_none()
    if row is None:
        return None
    log = await connection.execute(LOG, {"key": row.id})
    return built(row, [_logged(entry) for entry in log])


def built(row: Any, log: Sequence[StepLog]) -> StoredSession:
    """Build a session from a row of ALL, that is with the runner's screening."""
    session = _session(row, log, knows_ratings=row.knows_ratings)
    may_train = row.screening in MAY_TRAIN
    message = (row.message_id, row.shown, row.word_id)
    return StoredSession(session, *message, may_train, row.track_id, row.has_talk)


def _logged(row: Any) -> StepLog:
    return StepLog(row.step, Outcome(row.outcome), row.at, row.seconds)


def _session(row: Any, log: Sequence[StepLog], *, knows_ratings: bool = False) -> Session:
    return Session(
        knows_ratings=knows_ratings,
        id=row.id,
        runner=row.runner_id,
        routine=row.routine,
        routine_name=row.routine_name,
        steps=row.steps,
        phase=_phase(row),
        position=row.position,
        revision=row.revision,
        log=tuple(log),
        started_at=row.started_at,
        ended_at=row.ended_at,
        rating=Rating(row.rating) if row.rating else None,
        timed=row.timed,
        timer=_timer(row) if row.stage else None,
        touched_at=row.touched_at,
        nudged=row.nudged,
        notes=tuple(Note(note) for note in row.notes or ()),
        track_seconds=row.track_seconds,
        pauses=tuple(Pause(*pause) for pause in row.pauses or ()),
    )


def _phase(row: Any) -> Phase:
    """Return the phase; a session that is followed as a track is stored as running."""
    phase = Phase(row.phase)
    is_track = phase is Phase.RUNNING and row.track_seconds is not None
    return Phase.LISTENING if is_track else phase


def _timer(row: Any) -> Timer:
    runs = row.phase == Phase.RUNNING.value
    return Timer(Stage(row.stage), row.due_at if runs else None, row.seconds_left)


def _step(fields: dict[str, Any]) -> Step:
    about = fields["about"]
    return Step(
        **{
            **fields,
            "about": about and (about[0], about[1], about[2]),
            "cues": tuple(fields["cues"]),
            "rest_kind": RestKind(fields["rest_kind"]),
            "lacks": tuple(fields.get("lacks", ())),
            "part": Part(fields.get("part", Part.WORK)),
        }
    )


def state(session: Session) -> dict[str, Any]:
    """Return the values of the columns in STATE, which every move stores."""
    timer, listens = session.timer, session.phase is Phase.LISTENING
    return {
        "phase": Phase.RUNNING.value if listens else session.phase.value,
        "position": session.position,
        "revision": session.revision,
        "started_at": session.started_at,
        "ended_at": session.ended_at,
        "trained_at": session.trained_at,
        "sets_done": session.sets_done,
        "loads": session.loads,
        "exercises_done": {
            key: [done.sets, done.whole] for key, done in session.exercises_done.items()
        },
        "rating": session.rating and session.rating.value,
        "timed": session.timed,
        "stage": timer and timer.stage.value,
        "seconds_left": timer and timer.seconds_left,
        "due_at": session.due_at,
        "touched_at": session.touched_at,
        "nudged": session.nudged,
        "track_seconds": session.track_seconds,
        "pauses": [[pause.start, pause.end] for pause in session.pauses],
    }
