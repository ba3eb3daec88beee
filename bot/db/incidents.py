"""Queries on what hurt, what a clinician agreed to, and the question on the morning after."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import AgreementRow, HurtingRow, IncidentRow, MorningRow
from bot.domain import pain
from bot.domain.pain import Incident, Kind, Morning, Pain
from bot.domain.pain_report import PainReport, Question
from bot.domain.regions import Region
from bot.domain.reminder import State

ACHE = "ache"


async def add(
    connection: AsyncConnection,
    runner: int,
    session: int,
    exercise: str | None,
    told: PainReport,
    day: date,
) -> None:
    """Stores what hurt, with its score."""
    await connection.execute(
        insert(IncidentRow).values(
            runner_id=runner,
            session_id=session,
            exercise=exercise,
            region=told.region,
            kind=told.kind or ACHE,
            score=told.score,
            day=day,
        )
    )


async def pains_of(connection: AsyncConnection, session: int) -> dict[str, Pain]:
    """The pain at each exercise of a session, the last at one counts; an ache is none."""
    rows = await _pains(connection, IncidentRow.session_id == session)
    worst: dict[str, Pain] = {}
    for row in rows:
        if row.exercise is None:
            continue
        told, before = _pain(row), worst.get(row.exercise)
        if before is None or _weight(told) >= _weight(before):
            worst[row.exercise] = told
    return worst


def _weight(told: Pain) -> tuple[int, int]:
    return list(pain.Severity).index(pain.severity(told)), told.score


async def incidents(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, list[Incident]]:
    """By runner, all pain that made a region rest, in the order it was told."""
    rows = await _pains(connection, IncidentRow.runner_id.in_(runners))
    found: dict[int, list[Incident]] = {runner: [] for runner in runners}
    for row in rows:
        one = pain.incident(_pain(row), row.day)
        found[row.runner_id] += [one] if one else []
    return found


async def pains_before(
    connection: AsyncConnection, questions: Collection[Question]
) -> dict[int, list[Pain]]:
    """By the question's id, the pain of the day that it asks about."""
    rows = await _pains(
        connection,
        IncidentRow.runner_id.in_({one.runner for one in questions}),
        IncidentRow.day.in_({one.day for one in questions}),
    )
    ids = {(one.runner, one.day): one.id for one in questions}
    found: dict[int, list[Pain]] = {one.id: [] for one in questions}
    for row in rows:
        if (row.runner_id, row.day) in ids:
            found[ids[row.runner_id, row.day]].append(_pain(row))
    return found


async def _pains(connection: AsyncConnection, *where: Any) -> Sequence[Any]:
    rows = await connection.execute(
        select(IncidentRow).where(IncidentRow.kind != ACHE, *where).order_by(IncidentRow.id)
    )
    return rows.all()


def _pain(row: Any) -> Pain:
    return Pain(Region(row.region), Kind(row.kind), row.score, row.worse)


async def set_worse(connection: AsyncConnection, runner: int, day: date) -> None:
    """The pain of that day was worse on the morning after."""
    await connection.execute(
        update(IncidentRow)
        .where(
            IncidentRow.runner_id == runner,
            IncidentRow.day == day,
            IncidentRow.kind != ACHE,
            IncidentRow.score > 0,
        )
        .values(worse=True)
    )


async def agreed(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, dict[Region, date]]:
    """When a clinician last agreed, by runner and region."""
    rows = await connection.execute(
        select(AgreementRow.runner_id, AgreementRow.region, AgreementRow.day).where(
            AgreementRow.runner_id.in_(runners)
        )
    )
    found: dict[int, dict[Region, date]] = {runner: {} for runner in runners}
    for runner, region, day in rows:
        found[runner][Region(region)] = day
    return found


async def agree(connection: AsyncConnection, runner: int, region: Region, day: date) -> None:
    new = {"runner_id": runner, "region": region, "day": day}
    await upsert(connection, AgreementRow, ["runner_id", "region"], new)


async def hurts_again(connection: AsyncConnection, runner: int, region: Region, day: date) -> None:
    """What hurts on the day of a clinician's word came after it, and is not covered by it."""
    await connection.execute(
        update(AgreementRow)
        .where(
            AgreementRow.runner_id == runner,
            AgreementRow.region == region,
            AgreementRow.day >= day,
        )
        .values(day=day - timedelta(days=1))
    )


async def tell(
    connection: AsyncConnection, runner: int, session: int, revision: int, told: PainReport
) -> None:
    """Remembers how far the runner has come in saying what hurts."""
    new = {
        "runner_id": runner,
        "session_id": session,
        "revision": revision,
        "kind": told.kind or ACHE,
        "region": told.region,
        "score": told.score,
    }
    await upsert(connection, HurtingRow, ["runner_id"], new)


async def told(
    connection: AsyncConnection, runner: int, session: int, revision: int
) -> PainReport | None:
    """None where nothing was said yet at this revision of the session."""
    row = (
        await connection.execute(
            select(HurtingRow).where(
                HurtingRow.runner_id == runner,
                HurtingRow.session_id == session,
                HurtingRow.revision == revision,
            )
        )
    ).one_or_none()
    if row is None:
        return None
    kind = None if row.kind == ACHE else Kind(row.kind)
    return PainReport(kind, Region(row.region) if row.region else None, row.score)


async def forget(connection: AsyncConnection, runner: int) -> None:
    """What was said so far counts no more."""
    await connection.execute(delete(HurtingRow).where(HurtingRow.runner_id == runner))


async def plan_question(
    connection: AsyncConnection, runner: int, day: date, hurt_at: datetime, due_at: datetime
) -> None:
    """One question for all the pain of a day."""
    new = {
        "runner_id": runner,
        "day": day,
        "hurt_at": hurt_at,
        "due_at": due_at,
        "state": State.CLAIMED.value,
    }
    await upsert(connection, MorningRow, ["runner_id", "day"], new, changes=())


async def waiting(connection: AsyncConnection, runner: int) -> Sequence[Question]:
    """The runner's questions that are not asked yet."""
    rows = await connection.execute(
        select(MorningRow).where(
            MorningRow.runner_id == runner, MorningRow.state == State.CLAIMED.value
        )
    )
    return [built(row) for row in rows]


async def question(connection: AsyncConnection, key: int) -> Question | None:
    row = (await connection.execute(select(MorningRow).where(MorningRow.id == key))).one_or_none()
    return row and built(row)


async def last_asked(connection: AsyncConnection, runner: int) -> Question | None:
    """The latest question that may have reached the runner."""
    row = (
        await connection.execute(
            select(MorningRow)
            .where(
                MorningRow.runner_id == runner,
                MorningRow.state.in_((State.SENT.value, State.UNKNOWN.value)),
            )
            .order_by(MorningRow.id.desc())
            .limit(1)
        )
    ).one_or_none()
    return row and built(row)


async def set_due(connection: AsyncConnection, key: int, due_at: datetime) -> None:
    """Another moment for a question that is not asked yet."""
    await connection.execute(
        update(MorningRow)
        .where(MorningRow.id == key, MorningRow.state == State.CLAIMED.value)
        .values(due_at=due_at)
    )


async def answer(connection: AsyncConnection, key: int, said: Morning) -> None:
    await connection.execute(
        update(MorningRow).where(MorningRow.id == key).values(answer=said.value)
    )


def built(row: Any) -> Question:
    """The question of a row of the table."""
    return Question(
        id=row.id,
        runner=row.runner_id,
        day=row.day,
        hurt_at=row.hurt_at,
        due_at=row.due_at,
        state=State(row.state),
        answer=Morning(row.answer) if row.answer else None,
        message_id=row.message_id,
        tries=row.tries,
    )
