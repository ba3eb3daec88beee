"""Queries on pain, answers about rests, and the question on the morning after pain."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.db.dialects import upsert
from bot.db.parameters import RUNNERS
from bot.db.tables import HurtingRow, IncidentRow, MorningRow, RestAnswerRow
from bot.domain import pain
from bot.domain.pain import MorningAnswer, Pain, PainKind
from bot.domain.pain_report import Incident, MorningQuestion, PainReport
from bot.domain.regions import Region, Side, narrowed
from bot.domain.reminder import State
from bot.domain.rests import Answer, Answered, Event, Level, Report

ACHE = "ache"
PAINS = select(IncidentRow).where(IncidentRow.kind != ACHE).order_by(IncidentRow.id)
PAINS_OF_RUNNERS = PAINS.where(IncidentRow.runner_id.in_(RUNNERS))
ANSWERS_OF_RUNNERS = select(RestAnswerRow).where(RestAnswerRow.runner_id.in_(RUNNERS))
ON_DAYS = (
    select(IncidentRow)
    .where(
        IncidentRow.runner_id.in_(RUNNERS),
        IncidentRow.day.in_(bindparam("days", expanding=True)),
    )
    .order_by(IncidentRow.id)
)


async def add(
    connection: AsyncConnection,
    runner: int,
    session: int | None,
    exercise: str | None,
    report: PainReport,
    day: date,
) -> int:
    """Store a complete report of pain or of an ache; return its id. `session`: None: outside."""
    result = await connection.execute(
        insert(IncidentRow)
        .values(
            runner_id=runner,
            session_id=session,
            exercise=exercise,
            region=report.region,
            side=report.side,
            kind=report.kind or ACHE,
            score=report.score,
            days=report.days,
            day=day,
        )
        .returning(IncidentRow.id)
    )
    return int(result.scalar_one())


async def set_level(connection: AsyncConnection, key: int, level: Level) -> None:
    """Store how much the region rests after a report."""
    await connection.execute(
        update(IncidentRow).where(IncidentRow.id == key).values(level=level.value)
    )


async def ended(connection: AsyncConnection, session: int) -> bool:
    """Whether a report of pain or of an ache ended the session."""
    row = await connection.execute(
        select(IncidentRow.id)
        .where(
            IncidentRow.session_id == session,
            or_(
                IncidentRow.level.in_((Level.STRONG.value, Level.LOCK.value)),
                and_(IncidentRow.kind == ACHE, IncidentRow.score >= pain.TOO_SORE),
            ),
        )
        .limit(1)
    )
    return row.first() is not None


async def reported_on(
    connection: AsyncConnection, days: Mapping[int, date]
) -> dict[int, list[Incident]]:
    """Return by runner what was reported on the date given for each."""
    of_days = {"runners": list(days), "days": list(set(days.values()))}
    rows = await connection.execute(ON_DAYS, of_days)
    by_runner: dict[int, list[Incident]] = {runner: [] for runner in days}
    for row in rows:
        if row.day == days[row.runner_id]:
            by_runner[row.runner_id].append(_incident(row))
    return by_runner


def _incident(row: Any) -> Incident:
    region = Region(row.region) if row.region else None
    kind = None if row.kind == ACHE else PainKind(row.kind)
    return Incident(kind, row.score, region, row.exercise)


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


async def events(
    connection: AsyncConnection, runners: Collection[int]
) -> dict[int, tuple[Event, ...]]:
    """Return by runner all reports of pain and all answers about rests, in their order."""
    of_runners = {"runners": list(runners)}
    pains = await connection.execute(PAINS_OF_RUNNERS, of_runners)
    answers = await connection.execute(ANSWERS_OF_RUNNERS, of_runners)
    by_runner: dict[int, tuple[list[Any], list[Any]]] = {key: ([], []) for key in runners}
    for place, rows in enumerate((pains, answers)):
        for row in rows:
            by_runner[row.runner_id][place].append(row)
    return {runner: in_order(*rows) for runner, rows in by_runner.items()}


def in_order(pains: Iterable[Any], answers: Iterable[Any]) -> tuple[Event, ...]:
    """Build the reports and the answers of a runner from their rows, in their order."""
    ordered: list[tuple[tuple[int, int], Event]] = []
    for row in pains:
        side = Side(row.side) if row.side else None
        report = Report(Region(row.region), PainKind(row.kind), row.score, row.day, side)
        ordered.append(((row.id, 0), report))
    for row in answers:
        answered = Answered(Region(row.region), Answer(row.answer), row.day)
        ordered.append(((row.after_incident, row.id), answered))
    return tuple(event for _, event in sorted(ordered, key=itemgetter(0)))


async def _pains(connection: AsyncConnection, *where: Any) -> Sequence[Any]:
    return (await connection.execute(PAINS.where(*where))).all()


def _pain(row: Any) -> Pain:
    return Pain(Region(row.region), PainKind(row.kind), row.score, row.worse)


async def set_worse(connection: AsyncConnection, runner: int, region: Region) -> date | None:
    """Store that the last pain of the region is worse; return its date."""
    pains = await _pains(
        connection,
        IncidentRow.runner_id == runner,
        IncidentRow.region.in_({region.value, *_wider(region)}),
        IncidentRow.score > 0,
    )
    if not pains:
        return None
    day: date = pains[-1].day
    await connection.execute(
        update(IncidentRow)
        .where(IncidentRow.id.in_([row.id for row in pains if row.day == day]))
        .values(worse=True)
    )
    return day


def _wider(region: Region) -> frozenset[str]:
    """Return the region of old reports that this one is a part of."""
    is_part = region in narrowed(Region.BACK)
    return frozenset({Region.BACK.value}) if is_part else frozenset()


async def add_answer(
    connection: AsyncConnection, runner: int, region: Region, answer: Answer, day: date
) -> None:
    """Store an answer about the region's rest, after all reports so far."""
    last = await connection.scalar(
        select(func.max(IncidentRow.id)).where(IncidentRow.runner_id == runner)
    )
    await connection.execute(
        insert(RestAnswerRow).values(
            runner_id=runner,
            region=region.value,
            answer=answer.value,
            day=day,
            after_incident=last or 0,
        )
    )


async def heard(connection: AsyncConnection, runner: int, regions: Collection[Region]) -> list[int]:
    """Return the ids of signs read in words in these regions, after the last clinician's word."""
    rows = await connection.execute(
        select(RestAnswerRow.id, RestAnswerRow.region, RestAnswerRow.answer)
        .where(RestAnswerRow.runner_id == runner, RestAnswerRow.region.in_(regions))
        .order_by(RestAnswerRow.id)
    )
    open_signs: dict[str, list[int]] = {}
    for row in rows:
        if row.answer == Answer.AGREED:
            open_signs.pop(row.region, None)
        elif row.answer == Answer.HEARD:
            open_signs.setdefault(row.region, []).append(row.id)
    return [key for keys in open_signs.values() for key in keys]


async def forget_heard(connection: AsyncConnection, keys: Collection[int]) -> None:
    """Delete signs that were misread."""
    await connection.execute(delete(RestAnswerRow).where(RestAnswerRow.id.in_(keys)))


async def confirm_heard(connection: AsyncConnection, keys: Collection[int]) -> None:
    """Store that the runner has the signs."""
    await connection.execute(
        update(RestAnswerRow).where(RestAnswerRow.id.in_(keys)).values(answer=Answer.SIGN.value)
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
        "side": report.side,
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
    region, side = row.region and Region(row.region), row.side and Side(row.side)
    return PainReport(kind, region, row.score, side)


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
