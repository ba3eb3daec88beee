"""A runner's wishes when something hurts: what they say of it, and what comes of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.content import Catalogue, Sparing
from bot.db import incidents, runners, sessions, swaps
from bot.db.engine import Connection, Database
from bot.domain import pain
from bot.domain import session as domain
from bot.domain.pain import Advice, Incident, Pain, Severity
from bot.domain.pain_report import PainDecision, PainReport, RegionRest
from bot.domain.regions import Region
from bot.domain.runner import Runner, Screening
from bot.domain.session import Phase, Session, StoredSession
from bot.services import pain_followups, rejections
from bot.services.rejections import Reason, Rejected

HURTING = (Phase.HURTING,)


@dataclass(frozen=True, slots=True)
class Hurting:
    """A session that waits for an answer, and what was said so far."""

    kept: StoredSession
    report: PainReport | None


async def sparing(
    connection: Connection, catalogue: Catalogue, them: Collection[Runner], now: datetime
) -> dict[int, Sparing]:
    """By runner, what the routines leave out today, and what they always swap."""
    resting = await _rests(connection, them, now)
    swapped = await swaps.get(connection, resting.keys())
    return {
        runner: Sparing(catalogue.resting([rest.region for rest in out]), swapped[runner])
        for runner, out in resting.items()
    }


async def rests(connection: Connection, runner: Runner, now: datetime) -> tuple[RegionRest, ...]:
    """The regions that are left out today."""
    return (await _rests(connection, [runner], now))[runner.id]


async def _rests(
    connection: Connection, them: Collection[Runner], now: datetime
) -> dict[int, tuple[RegionRest, ...]]:
    ids = [runner.id for runner in them]
    found = await incidents.incidents(connection, ids)
    agreed = await incidents.agreed(connection, ids)
    return {
        runner.id: _resting(found[runner.id], agreed[runner.id], pain_followups.today(runner, now))
        for runner in them
    }


def _resting(
    found: Sequence[Incident], agreed: Mapping[Region, date], today: date
) -> tuple[RegionRest, ...]:
    waiting = pain.locked(found, agreed)
    resting = pain.resting(found, today)
    return tuple(
        RegionRest(
            region,
            pain.rests_until(found, region) if region in resting else None,
            region in waiting,
        )
        for region in Region
        if region in resting | waiting
    )


async def resting(db: Database, runner: int, now: datetime) -> tuple[RegionRest, ...]:
    """The regions of a runner that are left out today."""
    async with db.read() as connection:
        known = await runners.get(connection, runner)
        return await rests(connection, known, now) if known else ()


async def report_of(db: Database, session: Session) -> PainReport | None:
    """Return what the runner has said so far of what hurts."""
    async with db.read() as connection:
        return await incidents.told(connection, session.runner, session.id, session.revision)


async def waiting(db: Database, runner: int) -> Hurting | None:
    """Return the runner's session if it waits to hear what hurts."""
    async with db.read() as connection:
        kept = await sessions.current(connection, runner)
        if kept is None or kept.session.phase is not Phase.HURTING:
            return None
        session = kept.session
        report = await incidents.told(connection, runner, session.id, session.revision)
        return Hurting(kept, report)


async def tell(
    db: Database, runner: int, session: int, revision: int, report: PainReport | None
) -> Hurting | Rejected:
    """Store a report that is not complete yet; None begins it anew."""
    async with db.write(runner) as connection:
        kept = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(kept, Rejected):
            return kept
        if report is None:
            await incidents.forget(connection, runner)
        else:
            await incidents.tell(connection, runner, session, revision, report)
        return Hurting(kept, report)


async def decide(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    revision: int,
    report: PainReport,
    now: datetime,
) -> PainDecision | Rejected:
    """Store a complete report, and leave out at once what must not go on."""
    async with db.write(runner) as connection:
        kept = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(kept, Rejected):
            return kept
        known = await runners.get(connection, runner)
        if known is None:
            return rejections.stale(None)
        before, day = kept.session, pain_followups.today(known, now)
        exercise = before.step.exercise
        await incidents.add(connection, runner, session, exercise, report, day)
        advice, severity = _advice(report)
        if advice.ask:
            await pain_followups.plan(connection, known, now)
        if (advice.rest or advice.lock) and report.region is not None:
            await incidents.hurts_again(connection, runner, report.region, day)
        all_rests = await rests(connection, known, now)
        rest = next((one for one in all_rests if one.region is report.region), None)
        after = _after(catalogue, before, report, advice, rest, now)
        await sessions.save(connection, before, after)
        if after.phase is Phase.HURTING:
            await incidents.tell(connection, runner, session, after.revision, report)
        else:
            await incidents.forget(connection, runner)
        gone = _names_out(before, after)
        return PainDecision(before, after, kept.message_id, report, advice, severity, rest, gone)


def _advice(report: PainReport) -> tuple[Advice, Severity]:
    score = report.score or 0
    if report.kind is None or report.region is None:
        return pain.on_ache(score), Severity.NONE
    reported = Pain(report.region, report.kind, score)
    return pain.on_pain(reported), pain.severity(reported)


def _after(
    catalogue: Catalogue,
    before: Session,
    report: PainReport,
    advice: Advice,
    rest: RegionRest | None,
    now: datetime,
) -> Session:
    """Return the session as it stands then."""
    out: frozenset[str] = frozenset()
    if report.kind is None:
        out = catalogue.sore(before.step.exercise)
    elif rest is not None:
        out = catalogue.resting([rest.region])
    after = domain.leave_out(before, out, now) if advice.stop else domain.noted(before, now)
    assert after is not None
    return after


def _names_out(before: Session, after: Session) -> tuple[str, ...]:
    """Return the names of what is left out, apart from the exercise that hurt."""
    return tuple(
        dict.fromkeys(
            step.name
            for step in after.steps[before.position :]
            if step.left_out and step.exercise != before.step.exercise
        )
    )


async def flag(
    db: Database, runner: int, session: int, revision: int, now: datetime
) -> StoredSession | Rejected:
    """End the session for a warning sign; all sessions wait for a clinician."""
    async with db.write(runner) as connection:
        kept = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(kept, Rejected):
            return kept
        await runners.save_screening(connection, runner, Screening.WAITING, now)
        stopped = domain.stop(kept.session, now)
        assert stopped is not None
        await sessions.save(connection, kept.session, stopped)
        await incidents.forget(connection, runner)
        return kept


async def agree(db: Database, runner: int, region: Region, now: datetime) -> RegionRest | Rejected:
    """Lift the lock of a region, for a clinician agreed; what rests by the calendar rests on."""
    async with db.write(runner) as connection:
        known = await runners.get(connection, runner)
        before = await rests(connection, known, now) if known else ()
        rest = next((one for one in before if one.region is region and one.locked), None)
        if known is None or rest is None:
            return Rejected(Reason.NOT_LOCKED)
        await incidents.agree(connection, runner, region, pain_followups.today(known, now))
        return replace(rest, locked=False)
