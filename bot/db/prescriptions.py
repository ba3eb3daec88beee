"""Queries on prescriptions and on the doses that sessions were built from."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, type_coerce, update

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.known_json import KnownJson
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import INCIDENTS, PRESCRIBED, PRESCRIPTIONS, SESSIONS
from bot.domain.feedback import SessionContext, Skip
from bot.domain.frozen import frozen
from bot.domain.kit import Level
from bot.domain.prescription import (
    ExerciseBounds,
    ExerciseClass,
    Prescription,
    Range,
    SeasonPhase,
    Unit,
)
from bot.domain.session import Rating
from bot.domain.session_doses import Dose, SessionDoses

DOSES = 5000  # kept in memory: most runners have one of these
CONTEXT_FIELDS = frozenset(field.name for field in fields(SessionContext))


def _prescription(fields: dict[str, Any]) -> Prescription:
    band = fields["band"]
    return Prescription(**{**fields, "band": Level(band) if band else None})


OF_RUNNERS = select(
    PRESCRIPTIONS.c.runner_id,
    PRESCRIPTIONS.c.exercise,
    type_coerce(PRESCRIPTIONS.c.dose, KnownJson(_prescription, DOSES)),
    PRESCRIPTIONS.c.knows_bands,
).where(PRESCRIPTIONS.c.runner_id.in_(RUNNER_IDS))


@frozen
class Stored:
    """A stored prescription; `knows_bands`: the runner's bands were known when it was made."""

    prescription: Prescription
    knows_bands: bool


async def get(connection: Connection, runners: Collection[int]) -> dict[int, dict[str, Stored]]:
    """Return the prescriptions by runner and exercise."""
    rows = await connection.execute(OF_RUNNERS, {"runners": list(runners)})
    by_runner: dict[int, dict[str, Stored]] = {runner: {} for runner in runners}
    for runner, exercise, dose, knows_bands in rows:
        by_runner[runner][exercise] = Stored(dose, knows_bands)
    return by_runner


async def save(
    connection: Connection,
    runner: int,
    prescriptions: Mapping[str, Prescription],
    knows_bands: bool,
) -> None:
    """Replace the prescriptions of the given exercises; those of other exercises stay."""
    if not prescriptions:
        return
    rows = [
        {
            "runner_id": runner,
            "exercise": key,
            "dose": asdict(prescription),
            "knows_bands": knows_bands,
        }
        for key, prescription in prescriptions.items()
    ]
    await upsert(connection, PRESCRIPTIONS, ["runner_id", "exercise"], *rows)


async def prescribed(connection: Connection, session: int) -> SessionDoses | None:
    """Return the doses that the session was built from; None: it is older than prescriptions."""
    return next(iter(await prescribed_in(connection, [session])), None)


async def prescribed_in(connection: Connection, sessions: Collection[int]) -> list[SessionDoses]:
    """Return the doses that these sessions were built from, in any order."""
    query = select(PRESCRIBED).where(PRESCRIBED.c.session_id.in_(sessions))
    return [_session_doses(row) for row in await connection.execute(query)]


def _session_doses(row: Any) -> SessionDoses:
    return SessionDoses(
        doses=tuple(_dose(dose) for dose in row.doses),
        context=_context(row.context),
        knows_bands=row.knows_bands,
        applied=row.settled,
    )


async def save_prescribed(connection: Connection, session: int, prescribed: SessionDoses) -> None:
    """Store the doses that the session was built from in place of those stored before."""
    values = {
        "doses": [_plain(dose) for dose in prescribed.doses],
        "context": asdict(prescribed.context),
        "knows_bands": prescribed.knows_bands,
        "settled": prescribed.applied,
    }
    await connection.execute(delete(PRESCRIBED).where(PRESCRIBED.c.session_id == session))
    await connection.execute(insert(PRESCRIBED).values(session_id=session, **values))


async def not_applied(connection: Connection, runner: int) -> Sequence[int]:
    """Return the ids of ended sessions that are not applied, the oldest first."""
    rows = await connection.execute(
        select(SESSIONS.c.id)
        .join(PRESCRIBED, PRESCRIBED.c.session_id == SESSIONS.c.id)
        .where(
            SESSIONS.c.runner_id == runner,
            SESSIONS.c.ended_at.is_not(None),
            PRESCRIBED.c.settled.is_(False),
        )
        .order_by(SESSIONS.c.id)
    )
    return rows.scalars().all()


async def set_not_applied(connection: Connection, runner: int, day: date) -> None:
    """Mark the runner's newest begun session as not applied if a pain of `day` in it got worse.

    What follows from the session is then computed again when the next one opens. Older sessions
    stay applied: a later one has been built on their results.
    """
    worsened = select(INCIDENTS.c.session_id).where(
        INCIDENTS.c.runner_id == runner, INCIDENTS.c.day == day, INCIDENTS.c.worse
    )
    newest = select(func.max(SESSIONS.c.id)).where(
        SESSIONS.c.runner_id == runner, SESSIONS.c.started_at.is_not(None)
    )
    await connection.execute(
        update(PRESCRIBED)
        .where(
            PRESCRIBED.c.session_id.in_(worsened),
            PRESCRIBED.c.session_id == newest.scalar_subquery(),
        )
        .values(settled=False)
    )


async def set_applied(connection: Connection, session: int) -> None:
    await connection.execute(
        update(PRESCRIBED).where(PRESCRIBED.c.session_id == session).values(settled=True)
    )


async def has_begun_after(connection: Connection, runner: int, session: int) -> bool:
    """Return whether the runner has begun a session with a higher id than `session`."""
    rows = await connection.execute(
        select(SESSIONS.c.id)
        .where(
            SESSIONS.c.runner_id == runner,
            SESSIONS.c.id > session,
            SESSIONS.c.started_at.is_not(None),
        )
        .limit(1)
    )
    return rows.one_or_none() is not None


def _plain(dose: Dose) -> dict[str, Any]:
    exercise = dose.exercise
    return {
        "exercise": exercise.id,
        "class": exercise.exercise_class,
        "owned": list(exercise.owned),
        "sets": exercise.sets,
        "variants": list(exercise.variants),
        "uses_band": exercise.uses_band,
        "range": asdict(exercise.range),
        "before": asdict(dose.before),
        "name": dose.name,
        "rating": dose.rating,
        "skipped": dose.skipped,
    }


def _dose(fields: dict[str, Any]) -> Dose:
    """Return the stored dose; doses of versions without counted sets have no range."""
    easiest, hardest = fields["variants"]
    span = fields.get("range")
    exercise = ExerciseBounds(
        id=fields["exercise"],
        exercise_class=ExerciseClass(fields["class"]),
        owned=tuple(Level(level) for level in fields["owned"]),
        sets=fields["sets"],
        own_range=Range(span["low"], span["top"], Unit(span["unit"])) if span else None,
        variants=(easiest, hardest),
        uses_band=fields.get("uses_band", True),
    )
    return Dose(
        exercise=exercise,
        before=_prescription(fields["before"]),
        name=fields["name"],
        rating=Rating(fields["rating"]) if fields["rating"] else None,
        skipped=Skip(fields["skipped"]) if fields["skipped"] else None,
    )


def _context(fields: dict[str, Any]) -> SessionContext:
    """Return the stored context without fields that only earlier versions had."""
    known = {key: value for key, value in fields.items() if key in CONTEXT_FIELDS}
    return SessionContext(**{**known, "phase": SeasonPhase(known["phase"])})
