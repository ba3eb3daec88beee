"""Queries on pain, the agreement of clinicians, and the question on the morning after pain."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.tables import AgreementRow, HurtingRow, IncidentRow, MorningRow
from bot.domain import pain
from bot.domain.pain import Incident, MorningAnswer, Pain, PainKind
from bot.domain.pain_report import MorningQuestion, PainReport
from bot.domain.regions import Region
from bot.domain.reminder import State

ACHE = "ache"


async def add(
    connection: AsyncConnection,
    runner: int,
    session: int,
    exercise: str | None,
    report: PainReport,
    day: date,
) -> None:
    """Store a complete report of pain or of an ache."""
    await connection.execute(
        insert(IncidentRow).values(
            runner_id=runner,
            session_id=session,
            exercise=exercise,
            region=report.region,
            kind=report.kind or ACHE,
            score=report.score,
            day=day,
        )
    )


async def pains_of(connection: AsyncConnection, session: int) -> dict[str, Pain]:
    """Return by exercise the worst pain in a session; of equal pains, the latest.

    Aches do not count as pain.
    """
    rows = await _pains(connection, IncidentRow.session_id == session)
    worst: dict[str, Pain] = {}
    for row in rows:
        if row.exercise is None:
            continue
        reported, before = _pain(row), worst.get(row.exercise)
        if before is None or _weight(reported) >= _weight(before):
            worst[row.exercise] = reported
    return worst


def _weight(reported: Pain) -> tuple[int, int]:
    return list(pain.Severity).index(pain.severity(reported)), reported.score


async def incidents(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, list[Incident]]:
    """Return by runner all pain that made a region rest, in the order of the reports."""
    rows = await _pains(connection, IncidentRow.runner_id.in_(runners))
    by_runner: dict[int, list[Incident]] = {runner: [] for runner in runners}
    for row in rows:
        incident = pain.incident(_pain(row), row.day)
        by_runner[row.runner_id] += [incident] if incident else []
    return by_runner


async def pains_before(
    connection: AsyncConnection, questions: Collection[MorningQuestion]
) -> dict[int, list[Pain]]:
    """Return by the question's id the pain of the day that the question asks about."""
    rows = await _pains(
        connection,
        IncidentRow.runner_id.in_({question.runner for question in questions}),
        IncidentRow.day.in_({question.day for question in questions}),
    )
    ids = {(question.runner, question.day): question.id for question in questions}
    pains: dict[int, list[Pain]] = {question.id: [] for question in questions}
    for row in rows:
        if (row.runner_id, row.day) in ids:
            pains[ids[row.runner_id, row.day]].append(_pain(row))
    return pains


async def _pains(connection: AsyncConnection, *where: Any) -> Sequence[Any]:
    rows = await connection.execute(
        select(IncidentRow).where(IncidentRow.kind != ACHE, *where).order_by(IncidentRow.id)
    )
    return rows.all()


def _pain(row: Any) -> Pain:
    return Pain(Region(row.region), PainKind(row.kind), row.score, row.worse)


async def set_worse(connection: AsyncConnection, runner: int, day: date) -> None:
    """Store that the pain of `day` was worse on the morning after."""
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
    """Return by runner and region the day on which a clinician last agreed."""
    rows = await connection.execute(
        select(AgreementRow.runner_id, AgreementRow.region, AgreementRow.day).where(
            AgreementRow.runner_id.in_(runners)
        )
    )
    by_runner: dict[int, dict[Region, date]] = {runner: {} for runner in runners}
    for runner, region, day in rows:
        by_runner[runner][Region(region)] = day
    return by_runner


async def agree(connection: AsyncConnection, runner: int, region: Region, day: date) -> None:
    new = {"runner_id": runner, "region": region, "day": day}
    await upsert(connection, AgreementRow, ["runner_id", "region"], new)


async def hurts_again(connection: AsyncConnection, runner: int, region: Region, day: date) -> None:
    """Date a clinician's agreement back before `day`: it does not cover new pain on that day."""
    await connection.execute(
        update(AgreementRow)
        .where(
            AgreementRow.runner_id == runner,
            AgreementRow.region == region,
            AgreementRow.day >= day,
        )
        .values(day=day - timedelta(days=1))
    )


async def save_report(
    connection: AsyncConnection, runner: int, session: int, revision: int, report: PainReport
) -> None:
    """Store the unfinished report of what hurts, in place of an earlier one."""
    new = {
        "runner_id": runner,
        "session_id": session,
        "revision": revision,
        "kind": report.kind or ACHE,
        "region": report.region,
        "score": report.score,
    }
    await upsert(connection, HurtingRow, ["runner_id"], new)


async def get_report(
    connection: AsyncConnection, runner: int, session: int, revision: int
) -> PainReport | None:
    """Return the unfinished report; None: none was begun at this revision of the session."""
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
    kind = None if row.kind == ACHE else PainKind(row.kind)
    return PainReport(kind, Region(row.region) if row.region else None, row.score)


async def forget(connection: AsyncConnection, runner: int) -> None:
    """Delete the unfinished report."""
    await connection.execute(delete(HurtingRow).where(HurtingRow.runner_id == runner))


async def plan_question(
    connection: AsyncConnection, runner: int, day: date, hurt_at: datetime, due_at: datetime
) -> None:
    """Add the question about the pain of `day`, unless there is one already."""
    new = {
        "runner_id": runner,
        "day": day,
        "hurt_at": hurt_at,
        "due_at": due_at,
        "state": State.CLAIMED.value,
    }
    await upsert(connection, MorningRow, ["runner_id", "day"], new, changes=())


async def waiting(connection: AsyncConnection, runner: int) -> Sequence[MorningQuestion]:
    """Return the runner's questions that are not sent yet."""
    rows = await connection.execute(
        select(MorningRow).where(
            MorningRow.runner_id == runner, MorningRow.state == State.CLAIMED.value
        )
    )
    return [built(row) for row in rows]


async def question(connection: AsyncConnection, key: int) -> MorningQuestion | None:
    row = (await connection.execute(select(MorningRow).where(MorningRow.id == key))).one_or_none()
    return row and built(row)


async def last_asked(connection: AsyncConnection, runner: int) -> MorningQuestion | None:
    """Return the latest question that may have reached the runner."""
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
    """Change when to ask a question, unless it is being sent or has been sent."""
    await connection.execute(
        update(MorningRow)
        .where(MorningRow.id == key, MorningRow.state == State.CLAIMED.value)
        .values(due_at=due_at)
    )


async def answer(connection: AsyncConnection, key: int, morning: MorningAnswer) -> None:
    await connection.execute(
        update(MorningRow).where(MorningRow.id == key).values(answer=morning.value)
    )


def built(row: Any) -> MorningQuestion:
    """Build a question from a row of `mornings`."""
    return MorningQuestion(
        id=row.id,
        runner=row.runner_id,
        day=row.day,
        hurt_at=row.hurt_at,
        due_at=row.due_at,
        state=State(row.state),
        answer=MorningAnswer(row.answer) if row.answer else None,
        message_id=row.message_id,
        tries=row.tries,
    )
