"""Queries on what runners should do next, and on what their sessions were made of."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import IncidentRow, PrescribedRow, PrescriptionRow, SessionRow
from bot.domain.feedback import Context, Skip
from bot.domain.kit import Level
from bot.domain.prescription import Exercise, ExerciseClass, Prescription, Range, SeasonPhase, Unit
from bot.domain.session import Rating
from bot.domain.session_doses import Dose, Prescribed


@dataclass(frozen=True, slots=True)
class Stored:
    """A runner's prescription; `knows_bands`: it was made when their bands were known."""

    prescription: Prescription
    knows_bands: bool


async def get(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, dict[str, Stored]]:
    """The prescriptions by runner and exercise."""
    rows = await connection.execute(
        select(
            PrescriptionRow.runner_id,
            PrescriptionRow.exercise,
            PrescriptionRow.dose,
            PrescriptionRow.knows_bands,
        ).where(PrescriptionRow.runner_id.in_(runners))
    )
    found: dict[int, dict[str, Stored]] = {runner: {} for runner in runners}
    for runner, exercise, dose, knows_bands in rows:
        found[runner][exercise] = Stored(_prescription(dose), knows_bands)
    return found


async def save(
    connection: AsyncConnection,
    runner: int,
    prescriptions: Mapping[str, Prescription],
    knows_bands: bool,
) -> None:
    """These take the place of those before; the other exercises keep theirs."""
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
    await upsert(connection, PrescriptionRow, ["runner_id", "exercise"], *rows)


async def prescribed(connection: AsyncConnection, session: int) -> Prescribed | None:
    """What the session was made of; None for one of before there were prescriptions."""
    rows = await connection.execute(
        select(
            PrescribedRow.doses,
            PrescribedRow.others,
            PrescribedRow.context,
            PrescribedRow.knows_bands,
            PrescribedRow.settled,
        ).where(PrescribedRow.session_id == session)
    )
    row = rows.one_or_none()
    if row is None:
        return None
    return Prescribed(
        doses=tuple(_dose(dose) for dose in row.doses),
        others=tuple(_dose(dose) for dose in row.others),
        context=Context(**{**row.context, "phase": SeasonPhase(row.context["phase"])}),
        knows_bands=row.knows_bands,
        settled=row.settled,
    )


async def save_prescribed(connection: AsyncConnection, session: int, made_of: Prescribed) -> None:
    """Takes the place of what there was of this session."""
    values = {
        "doses": [_plain(dose) for dose in made_of.doses],
        "others": [_plain(dose) for dose in made_of.others],
        "context": asdict(made_of.context),
        "knows_bands": made_of.knows_bands,
        "settled": made_of.settled,
    }
    await connection.execute(delete(PrescribedRow).where(PrescribedRow.session_id == session))
    await connection.execute(insert(PrescribedRow).values(session_id=session, **values))


async def unsettled(connection: AsyncConnection, runner: int) -> Sequence[int]:
    """The ids of sessions that are over and from which nothing follows yet, the oldest first."""
    rows = await connection.execute(
        select(SessionRow.id)
        .join(PrescribedRow, PrescribedRow.session_id == SessionRow.id)
        .where(
            SessionRow.runner_id == runner,
            SessionRow.ended_at.is_not(None),
            PrescribedRow.settled.is_(False),
        )
        .order_by(SessionRow.id)
    )
    return rows.scalars().all()


async def unsettle(connection: AsyncConnection, runner: int, day: date) -> None:
    """What hurt that day was worse on the morning after, so what follows is worked out again
    when the next session opens; not where one has begun since, which follows from the rest."""
    hurt = select(IncidentRow.session_id).where(
        IncidentRow.runner_id == runner, IncidentRow.day == day, IncidentRow.worse
    )
    newest = select(func.max(SessionRow.id)).where(
        SessionRow.runner_id == runner, SessionRow.started_at.is_not(None)
    )
    await connection.execute(
        update(PrescribedRow)
        .where(
            PrescribedRow.session_id.in_(hurt), PrescribedRow.session_id == newest.scalar_subquery()
        )
        .values(settled=False)
    )


async def set_settled(connection: AsyncConnection, session: int) -> None:
    await connection.execute(
        update(PrescribedRow).where(PrescribedRow.session_id == session).values(settled=True)
    )


async def has_begun_after(connection: AsyncConnection, runner: int, session: int) -> bool:
    """Whether the runner has begun another session since this one."""
    rows = await connection.execute(
        select(SessionRow.id)
        .where(
            SessionRow.runner_id == runner,
            SessionRow.id > session,
            SessionRow.started_at.is_not(None),
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
        "range": asdict(exercise.range),
        "before": asdict(dose.before),
        "name": dose.name,
        "rating": dose.rating,
        "skipped": dose.skipped,
    }


def _dose(plain: dict[str, Any]) -> Dose:
    """One that was stored before sets were counted has no range."""
    easiest, hardest = plain["variants"]
    span = plain.get("range")
    exercise = Exercise(
        id=plain["exercise"],
        exercise_class=ExerciseClass(plain["class"]),
        owned=tuple(Level(level) for level in plain["owned"]),
        sets=plain["sets"],
        own_range=Range(span["low"], span["top"], Unit(span["unit"])) if span else None,
        variants=(easiest, hardest),
    )
    return Dose(
        exercise=exercise,
        before=_prescription(plain["before"]),
        name=plain["name"],
        rating=Rating(plain["rating"]) if plain["rating"] else None,
        skipped=Skip(plain["skipped"]) if plain["skipped"] else None,
    )


def _prescription(plain: dict[str, Any]) -> Prescription:
    band = plain["band"]
    return Prescription(**{**plain, "band": Level(band) if band else None})
