"""Queries on pain, answers about rests, and the question on the morning after pain."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, insert, or_, select, update

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.parameters import RUNNER_IDS
from bot.db.tables import HURTING, INCIDENTS, MORNINGS, REST_ANSWERS
from bot.domain import pain
from bot.domain.pain import MorningAnswer, Pain, PainKind
from bot.domain.pain_report import Incident, MorningQuestion, PainReport
from bot.domain.regions import Region, Side, narrowed
from bot.domain.reminder import State
from bot.domain.rests import Answer, Answered, Event, Level, Report

ACHE = "ache"
PAINS = select(INCIDENTS).where(INCIDENTS.c.kind != ACHE).order_by(INCIDENTS.c.id)
PAINS_OF_RUNNERS = PAINS.where(INCIDENTS.c.runner_id.in_(RUNNER_IDS))
ANSWERS_OF_RUNNERS = select(REST_ANSWERS).where(REST_ANSWERS.c.runner_id.in_(RUNNER_IDS))
ON_DAYS = (
    select(INCIDENTS)
    .where(
        INCIDENTS.c.runner_id.in_(RUNNER_IDS),
        INCIDENTS.c.day.in_(bindparam("days", expanding=True)),
    )
    .order_by(INCIDENTS.c.id)
)


async def add(
    connection: Connection,
    runner: int,
    session: int | None,
    exercise: str | None,
    report: PainReport,
    day: date,
) -> int:
    """Store a complete report of pain or of an ache; return its id. `session`: None: outside."""
    result = await connection.execute(
        insert(INCIDENTS)
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
        .returning(INCIDENTS.c.id)
    )
    return int(result.scalar_one())


async def set_level(connection: Connection, key: int, level: Level) -> None:
    """Store how much the region rests after a report."""
    await connection.execute(
        update(INCIDENTS).where(INCIDENTS.c.id == key).values(level=level.value)
    )


async def ended(connection: Connection, session: int) -> bool:
    """Return whether a report of pain or of an ache ended the session."""
    row = await connection.execute(
        select(INCIDENTS.c.id)
        .where(
            INCIDENTS.c.session_id == session,
            or_(
                INCIDENTS.c.level.in_((Level.STRONG.value, Level.LOCK.value)),
                and_(INCIDENTS.c.kind == ACHE, INCIDENTS.c.score >= pain.TOO_SORE),
            ),
        )
        .limit(1)
    )
    return row.first() is not None


async def reported_on(
    connection: Connection, days: Mapping[int, date]
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


async def pains_of(connection: Connection, session: int) -> dict[str, Pain]:
    """Return by exercise the worst pain in a session; of equal pains, the latest.

    Aches do not count as pain.
    """
    rows = await _pains(connection, INCIDENTS.c.session_id == session)
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


async def events(connection: Connection, runners: Collection[int]) -> dict[int, tuple[Event, ...]]:
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


async def _pains(connection: Connection, *where: Any) -> Sequence[Any]:
    return (await connection.execute(PAINS.where(*where))).all()


def _pain(row: Any) -> Pain:
    return Pain(Region(row.region), PainKind(row.kind), row.score, row.worse)


async def set_worse(connection: Connection, runner: int, region: Region) -> date | None:
    """Store that the last pain of the region is worse; return its date."""
    pains = await _pains(
        connection,
        INCIDENTS.c.runner_id == runner,
        INCIDENTS.c.region.in_({region.value, *_wider(region)}),
        INCIDENTS.c.score > 0,
    )
    if not pains:
        return None
    day: date = pains[-1].day
    await connection.execute(
        update(INCIDENTS)
        .where(INCIDENTS.c.id.in_([row.id for row in pains if row.day == day]))
        .values(worse=True)
    )
    return day


def _wider(region: Region) -> frozenset[str]:
    """Return the region of old reports that this one is a part of."""
    is_part = region in narrowed(Region.BACK)
    return frozenset({Region.BACK.value}) if is_part else frozenset()


async def add_answer(
    connection: Connection, runner: int, region: Region, answer: Answer, day: date
) -> None:
    """Store an answer about the region's rest, after all reports so far."""
    last = await connection.scalar(
        select(func.max(INCIDENTS.c.id)).where(INCIDENTS.c.runner_id == runner)
    )
    await connection.execute(
        insert(REST_ANSWERS).values(
            runner_id=runner,
            region=region.value,
            answer=answer.value,
            day=day,
            after_incident=last or 0,
        )
    )


async def heard(connection: Connection, runner: int, regions: Collection[Region]) -> list[int]:
    """Return the ids of warning signs that were read in words about these regions.

    Those before a clinician last agreed do not count.
    """
    rows = await connection.execute(
        select(REST_ANSWERS.c.id, REST_ANSWERS.c.region, REST_ANSWERS.c.answer)
        .where(REST_ANSWERS.c.runner_id == runner, REST_ANSWERS.c.region.in_(regions))
        .order_by(REST_ANSWERS.c.id)
    )
    open_signs: dict[str, list[int]] = {}
    for row in rows:
        if row.answer == Answer.AGREED:
            open_signs.pop(row.region, None)
        elif row.answer == Answer.HEARD:
            open_signs.setdefault(row.region, []).append(row.id)
    return [key for keys in open_signs.values() for key in keys]


async def forget_heard(connection: Connection, keys: Collection[int]) -> None:
    """Delete signs that were misread."""
    await connection.execute(delete(REST_ANSWERS).where(REST_ANSWERS.c.id.in_(keys)))


async def confirm_heard(connection: Connection, keys: Collection[int]) -> None:
    """Store that the runner has the signs."""
    await connection.execute(
        update(REST_ANSWERS).where(REST_ANSWERS.c.id.in_(keys)).values(answer=Answer.SIGN.value)
    )


async def save_report(
    connection: Connection, runner: int, session: int, revision: int, report: PainReport
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
    await upsert(connection, HURTING, ["runner_id"], new)


async def get_report(
    connection: Connection, runner: int, session: int, revision: int
) -> PainReport | None:
    """Return the unfinished report; None: none was begun at this revision of the session."""
    row = (
        await connection.execute(
            select(HURTING).where(
                HURTING.c.runner_id == runner,
                HURTING.c.session_id == session,
                HURTING.c.revision == revision,
            )
        )
    ).one_or_none()
    if row is None:
        return None
    kind = None if row.kind == ACHE else PainKind(row.kind)
    region, side = row.region and Region(row.region), row.side and Side(row.side)
    return PainReport(kind, region, row.score, side)


async def forget(connection: Connection, runner: int) -> None:
    """Delete the unfinished report."""
    await connection.execute(delete(HURTING).where(HURTING.c.runner_id == runner))


async def plan_question(
    connection: Connection, runner: int, day: date, hurt_at: datetime, due_at: datetime
) -> None:
    """Add the question about the pain of `day`, unless there is one already."""
    new = {
        "runner_id": runner,
        "day": day,
        "hurt_at": hurt_at,
        "due_at": due_at,
        "state": State.CLAIMED.value,
    }
    await upsert(connection, MORNINGS, ["runner_id", "day"], new, changes=())


async def waiting(connection: Connection, runner: int) -> Sequence[MorningQuestion]:
    """Return the runner's questions that are not sent yet."""
    rows = await connection.execute(
        select(MORNINGS).where(
            MORNINGS.c.runner_id == runner, MORNINGS.c.state == State.CLAIMED.value
        )
    )
    return [built(row) for row in rows]


async def question(connection: Connection, key: int) -> MorningQuestion | None:
    rows = await connection.execute(select(MORNINGS).where(MORNINGS.c.id == key))
    return next(map(built, rows), None)


async def last_asked(connection: Connection, runner: int) -> MorningQuestion | None:
    """Return the latest question that may have reached the runner."""
    rows = await connection.execute(
        select(MORNINGS)
        .where(
            MORNINGS.c.runner_id == runner,
            MORNINGS.c.state.in_((State.SENT.value, State.UNKNOWN.value)),
        )
        .order_by(MORNINGS.c.id.desc())
        .limit(1)
    )
    return next(map(built, rows), None)


async def set_due(connection: Connection, key: int, due_at: datetime) -> None:
    """Change when to ask a question, unless it is being sent or has been sent."""
    await connection.execute(
        update(MORNINGS)
        .where(MORNINGS.c.id == key, MORNINGS.c.state == State.CLAIMED.value)
        .values(due_at=due_at)
    )


async def answer(connection: Connection, key: int, morning: MorningAnswer) -> None:
    await connection.execute(
        update(MORNINGS).where(MORNINGS.c.id == key).values(answer=morning.value)
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
