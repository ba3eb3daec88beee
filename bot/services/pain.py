"""Reports of pain and what follows from them, warning signs, and the agreements of clinicians."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.content import Catalogue, Sparing
from bot.db import incidents, runners, screening, sessions, swaps
from bot.db.engine import Connection, Database
from bot.domain import pain
from bot.domain import session as domain
from bot.domain.pain import Advice, Incident, Pain, Severity
from bot.domain.pain_report import PainDecision, PainReport, RegionRest
from bot.domain.regions import Region
from bot.domain.runner import Runner, Screening
from bot.domain.screening import Condition, Declared
from bot.domain.session import Phase, Session, StoredSession
from bot.services import pain_followups, rejections
from bot.services.rejections import Reason, Rejected

HURTING = (Phase.HURTING,)


@dataclass(frozen=True, slots=True)
class Hurting:
    """A session that waits for a report of pain, and the unfinished report; None: not begun."""

    stored: StoredSession
    report: PainReport | None


async def sparing(
    connection: Connection, catalogue: Catalogue, all_runners: Collection[Runner], now: datetime
) -> dict[int, Sparing]:
    """Return by runner id the exercises to leave out today, and the runner's lasting swaps."""
    resting = await _rests(connection, all_runners, now)
    swapped = await swaps.get(connection, resting.keys())
    return {
        runner: Sparing(catalogue.resting([rest.region for rest in region_rests]), swapped[runner])
        for runner, region_rests in resting.items()
    }


async def rests(connection: Connection, runner: Runner, now: datetime) -> tuple[RegionRest, ...]:
    """Return the regions that rest today."""
    return (await _rests(connection, [runner], now))[runner.id]


async def _rests(
    connection: Connection, all_runners: Collection[Runner], now: datetime
) -> dict[int, tuple[RegionRest, ...]]:
    ids = [runner.id for runner in all_runners]
    by_runner = await incidents.incidents(connection, ids)
    agreed = await incidents.agreed(connection, ids)
    return {
        runner.id: _resting(
            by_runner[runner.id], agreed[runner.id], pain_followups.today(runner, now)
        )
        for runner in all_runners
    }


def _resting(
    reported: Sequence[Incident], agreed: Mapping[Region, date], today: date
) -> tuple[RegionRest, ...]:
    locked = pain.locked(reported, agreed)
    resting = pain.resting(reported, today)
    return tuple(
        RegionRest(
            region,
            pain.rests_until(reported, region) if region in resting else None,
            region in locked,
        )
        for region in Region
        if region in resting | locked
    )


async def resting(db: Database, runner: int, now: datetime) -> tuple[RegionRest, ...]:
    """Return the regions of the runner that rest today."""
    async with db.read() as connection:
        stored_runner = await runners.get(connection, runner)
        return await rests(connection, stored_runner, now) if stored_runner else ()


async def get_report(db: Database, session: Session) -> PainReport | None:
    """Return the runner's unfinished report of pain in this session."""
    async with db.read() as connection:
        return await incidents.get_report(connection, session.runner, session.id, session.revision)


async def waiting(db: Database, runner: int) -> Hurting | None:
    """Return the runner's session if it waits for a report of pain."""
    async with db.read() as connection:
        stored = await sessions.current(connection, runner)
        if stored is None or stored.session.phase is not Phase.HURTING:
            return None
        session = stored.session
        report = await incidents.get_report(connection, runner, session.id, session.revision)
        return Hurting(stored, report)


async def save_report(
    db: Database, runner: int, session: int, revision: int, report: PainReport | None
) -> Hurting | Rejected:
    """Store an unfinished report; None discards the earlier one."""
    async with db.write(runner) as connection:
        stored = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(stored, Rejected):
            return stored
        if report is None:
            await incidents.forget(connection, runner)
        else:
            await incidents.save_report(connection, runner, session, revision, report)
        return Hurting(stored, report)


async def decide(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    revision: int,
    report: PainReport,
    now: datetime,
) -> PainDecision | Rejected:
    """Store a complete report; leave out of the session the exercises that it rules out."""
    async with db.write(runner) as connection:
        stored = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(stored, Rejected):
            return stored
        stored_runner = await runners.get(connection, runner)
        if stored_runner is None:
            return rejections.stale(None)
        before, day = stored.session, pain_followups.today(stored_runner, now)
        exercise = before.step.exercise
        await incidents.add(connection, runner, session, exercise, report, day)
        advice, severity = _advice(report)
        if advice.ask:
            await pain_followups.plan(connection, stored_runner, now)
        if (advice.rest or advice.lock) and report.region is not None:
            await incidents.hurts_again(connection, runner, report.region, day)
        all_rests = await rests(connection, stored_runner, now)
        rest = next((each for each in all_rests if each.region is report.region), None)
        after = _after(catalogue, before, report, advice, rest, now)
        await sessions.save(connection, before, after)
        if after.phase is Phase.HURTING:
            await incidents.save_report(connection, runner, session, after.revision, report)
        else:
            await incidents.forget(connection, runner)
        left_out = _names_left_out(before, after)
        return PainDecision(
            before, after, stored.message_id, report, advice, severity, rest, left_out
        )


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
    """Return the session after the report."""
    out: frozenset[str] = frozenset()
    if report.kind is None:
        out = catalogue.sore(before.step.exercise)
    elif rest is not None:
        out = catalogue.resting([rest.region])
    after = domain.leave_out(before, out, now) if advice.stop else domain.noted(before, now)
    assert after is not None
    return after


def _names_left_out(before: Session, after: Session) -> tuple[str, ...]:
    """Return the names of the exercises left out, except the one that hurt."""
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
    """Stop the session for a warning sign; no session starts until a clinician has agreed."""
    async with db.write(runner) as connection:
        stored = await rejections.own_session(connection, runner, session, revision, HURTING)
        if isinstance(stored, Rejected):
            return stored
        await runners.save_screening(connection, runner, Screening.WAITING, now)
        await screening.add_condition(connection, runner, Declared(Condition.WARNING_SIGN, now))
        stopped = domain.stop(stored.session, now)
        assert stopped is not None
        await sessions.save(connection, stored.session, stopped)
        await incidents.forget(connection, runner)
        return stored


async def agree(db: Database, runner: int, region: Region, now: datetime) -> RegionRest | Rejected:
    """Unlock a region because a clinician has agreed; a rest until a date is not shortened."""
    async with db.write(runner) as connection:
        stored_runner = await runners.get(connection, runner)
        before = await rests(connection, stored_runner, now) if stored_runner else ()
        rest = next((each for each in before if each.region is region and each.locked), None)
        if stored_runner is None or rest is None:
            return Rejected(Reason.NOT_LOCKED)
        await incidents.agree(connection, runner, region, pain_followups.today(stored_runner, now))
        return replace(rest, locked=False)
