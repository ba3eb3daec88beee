"""Reports of pain and what follows from them, warning signs, and the agreements of clinicians."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.content import Catalogue, Sparing
from bot.content.sparing import kept_light
from bot.db import incidents, pain_talks, runners, sessions
from bot.db.engine import Connection, query, transaction
from bot.db.swaps import Swap
from bot.domain import pain
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.pain import DULL, LOCKING, Advice, Pain, See, Severity, Urgency
from bot.domain.pain_report import Incident, PainDecision, PainReport, PainReported
from bot.domain.regions import GROWING, Region, narrowed
from bot.domain.rests import Answer, Level, Rest, Stage
from bot.domain.runner import Runner
from bot.domain.screening import Limit
from bot.domain.session import Phase, Session, StoredSession
from bot.domain.warning_signs import FLAGGED
from bot.domain.warning_signs import Reading as Sign
from bot.domain.warning_signs import Urgency as SignUrgency
from bot.services import pain_followups, rejections, rests, warning_signs
from bot.services.rejections import Reason, Rejected
from bot.services.warning_signs import Reported

HURTING = (Phase.HURTING,)


@frozen
class Hurting:
    """A session that waits for a report of pain, and the unfinished report; None: not begun."""

    stored: StoredSession
    report: PainReport | None


def sparing(
    catalogue: Catalogue,
    runner: Runner,
    resting: Collection[Rest],
    reported: Iterable[Incident],
    swapped: Mapping[str, Swap],
    now: datetime,
) -> Sparing:
    """Return the exercises to leave out today, and the runner's lasting swaps."""
    limits = catalogue.limits(runner.conditions, now)
    sore = _sore(catalogue, reported)
    return Sparing(
        without=sore | catalogue.limited(limits),
        always=_lasting(swapped, resting),
        resting=catalogue.resting(resting),
        light=kept_light(limits),
        easily=Limit.EASIER_FORMS in limits,
        sore=bool(sore),
    )


def _lasting(swapped: Mapping[str, Swap], resting: Iterable[Rest]) -> dict[str, tuple[str, str]]:
    """Return the swaps without those that ended with a rest."""
    over = swaps_over(swapped, resting)
    return {key: (swap.instead, swap.form) for key, swap in swapped.items() if key not in over}


def swaps_over(swapped: Mapping[str, Swap], resting: Iterable[Rest]) -> frozenset[str]:
    """Return the exercises that come back, as what they were swapped for rests no longer."""
    regions = {rest.region for rest in resting}
    return frozenset(key for key, swap in swapped.items() if swap.is_over(regions))


def second_session_back(catalogue: Catalogue, resting: Iterable[Rest]) -> frozenset[str]:
    """Return the exercises that load a region whose second session back comes next."""
    return catalogue.working([rest.region for rest in resting if rest.stage is Stage.STEPPED])


def _sore(catalogue: Catalogue, reported: Iterable[Incident]) -> frozenset[str]:
    """Return the exercises that are left out today because their muscles are too sore."""
    aches = [each for each in reported if each.kind is None and each.score > pain.SORE]
    of_exercises = (catalogue.sore(each.exercise) for each in aches)
    in_regions = catalogue.working([each.region for each in aches if each.region])
    return in_regions.union(*of_exercises)


resting = query(rests.get)


@query
async def get_report(connection: Connection, session: Session) -> PainReport | None:
    """Return the runner's unfinished report of pain in this session."""
    return await incidents.get_report(connection, session.runner, session.id, session.revision)


@query
async def waiting(connection: Connection, runner: int) -> Hurting | None:
    """Return the runner's session if it waits for a report of pain."""
    stored = await sessions.current(connection, runner)
    if stored is None or stored.session.phase is not Phase.HURTING:
        return None
    session = stored.session
    report = await incidents.get_report(connection, runner, session.id, session.revision)
    return Hurting(stored, report)


@transaction
async def save_report(
    connection: Connection, runner: int, session: int, revision: int, report: PainReport | None
) -> Hurting | Rejected:
    """Store an unfinished report; None discards the earlier one."""
    stored = await rejections.own_session(connection, runner, session, revision, HURTING)
    if isinstance(stored, Rejected):
        return stored
    if report is None:
        await incidents.forget(connection, runner)
    else:
        await incidents.save_report(connection, runner, session, revision, report)
    return Hurting(stored, report)


@transaction
async def decide(
    connection: Connection,
    catalogue: Catalogue,
    runner: int,
    session: int,
    revision: int,
    report: PainReport,
    now: datetime,
) -> PainDecision | Hurting | Rejected:
    """Store a complete report; leave out of the session what it rules out, or end the session.

    A report that is asked about again, because no such pain has this score, is returned as Hurting.
    """
    stored = await rejections.own_session(connection, runner, session, revision, HURTING)
    if isinstance(stored, Rejected):
        return stored
    stored_runner = await runners.get(connection, runner)
    if stored_runner is None:
        return rejections.stale(None)
    before = stored.session
    if report.kind is not None and report.kind not in DULL and report.score == 0:
        return await _ask_again(connection, stored, report)
    exercise = before.step.exercise
    outcome = await _store(connection, stored_runner, session, exercise, report, now)
    after = _after(catalogue, before, report, outcome, now)
    await sessions.save(connection, before, after)
    if after.phase is Phase.HURTING:
        await incidents.save_report(connection, runner, session, after.revision, report)
    else:
        await incidents.forget(connection, runner)
    return PainDecision(
        before,
        after,
        stored.message_id,
        report,
        outcome.advice,
        outcome.severity,
        outcome.rest,
        _names_left_out(before, after),
        outcome.advice.ends,
    )


async def _ask_again(connection: Connection, stored: StoredSession, report: PainReport) -> Hurting:
    """Ask again for the kind of pain or, for pain that locks its region, for the place."""
    again = PainReport(report.kind) if report.kind in LOCKING else None
    session = stored.session
    if again is None:
        await incidents.forget(connection, session.runner)
    else:
        await incidents.save_report(connection, session.runner, session.id, session.revision, again)
    return Hurting(stored, again)


@frozen
class _Outcome:
    """What follows from a stored report; `rest` is that of the region, if there is one."""

    advice: Advice
    severity: Severity
    rest: Rest | None


async def _store(
    connection: Connection,
    runner: Runner,
    session: int | None,
    exercise: str | None,
    report: PainReport,
    now: datetime,
) -> _Outcome:
    """Store a report, which answers the open questions, and what is asked next because of it."""
    await pain_talks.close(connection, runner.id)
    day = rests.today(runner, now)
    key = await incidents.add(connection, runner.id, session, exercise, report, day)
    score = report.score or 0
    if report.kind is None or report.region is None:
        return _Outcome(pain.on_ache(score, report.days or 0), Severity.NONE, None)
    reported = Pain(report.region, report.kind, score)
    resting = await rests.get(connection, runner.id)
    parts = narrowed(report.region)
    rest = next((each for each in resting if each.region in parts), None)
    if rest is not None and score > 0:
        await incidents.set_level(connection, key, rest.level)
        await pain_followups.plan(connection, runner, resting, now)
    advice = _with_rest(pain.on_pain(reported), rest)
    is_young = advice.ask and runner.age is not None and not GROWING.isdisjoint(parts)
    if is_young and advice.see in (None, See.DAYS):
        advice = replace(advice, see=See.GROWING)
    return _Outcome(advice, pain.severity(reported), rest)


def _with_rest(advice: Advice, rest: Rest | None) -> Advice:
    """Add to the consequences of pain by itself those of what was reported before."""
    if rest is None or not advice.stop:
        return advice
    is_strong = rest.level.reaches(Level.STRONG)
    see = advice.see or (See.DAYS if rest.locked or is_strong else None)
    return replace(advice, ends=advice.ends or is_strong, lock=rest.locked, see=see)


def _after(
    catalogue: Catalogue, before: Session, report: PainReport, outcome: _Outcome, now: datetime
) -> Session:
    """Return the session, which waited for the report, after the report."""
    advice = outcome.advice
    if not (advice.stop or advice.ends):
        after = domain.noted(before, now)
    else:
        eased, out = _ruled_out(catalogue, before, report, outcome.rest)
        after = domain.leave_out(eased, out, now)
        if after is not None and advice.ends and after.is_open:
            after = domain.stop(after, now)
    assert after is not None
    return after


def _ruled_out(
    catalogue: Catalogue, session: Session, report: PainReport, rest: Rest | None
) -> tuple[Session, frozenset[str]]:
    """Return the session with its exercises eased, and the ids of those that the report rules out.

    The exercise that hurt is not among them.
    """
    if report.kind is None:
        exercise = session.step.exercise if session.is_under_way else None
        sore = catalogue.sore(exercise) if report.region is None else frozenset()
        return session, sore | catalogue.working([report.region] if report.region else [])
    done, coming = session.steps[: session.position], session.steps[session.position :]
    eased, out = catalogue.eased(coming, [rest] if rest else [])
    return replace(session, steps=(*done, *eased)), out


@transaction
async def report(
    connection: Connection, catalogue: Catalogue, runner: int, report: PainReport, now: datetime
) -> PainReported:
    """Store a complete report that was made outside a session, or in words during one.

    The open session ends if the report ends sessions, or if it waits for its start and would
    load the region; otherwise it goes on without what the report rules out.
    """
    await runners.ensure(connection, runner, now)
    stored_runner = await runners.get_stored(connection, runner)
    stored = await sessions.current(connection, runner)
    is_under_way = stored is not None and stored.session.is_under_way
    session = stored.session if stored and is_under_way else None
    outcome = await _store(
        connection,
        stored_runner,
        session.id if session else None,
        _hurting(session),
        report,
        now,
    )
    after = _interrupted(catalogue, stored.session, report, outcome, now) if stored else None
    if stored and after:
        await sessions.save(connection, stored.session, after)
        await incidents.forget(connection, runner)
    interrupted = stored if after else None
    advice = outcome.advice
    return PainReported(
        report,
        advice,
        outcome.severity,
        outcome.rest,
        interrupted,
        after is not None and not after.is_open,
    )


def _hurting(session: Session | None) -> str | None:
    """Return the exercise at which the runner said that something hurts; None: at none."""
    return session.step.exercise if session and session.phase is Phase.HURTING else None


def _interrupted(
    catalogue: Catalogue, before: Session, report: PainReport, outcome: _Outcome, now: datetime
) -> Session | None:
    """Return the open session after a report in words; None: it goes on as it is."""
    advice = outcome.advice
    if advice.ends:
        return domain.stop(before, now)
    if not advice.stop:
        return None
    if before.phase is Phase.LISTENING:  # what plays on can leave nothing out
        waiting = domain.put_away(before, now)
        assert waiting is not None
        return _interrupted(catalogue, waiting, report, outcome, now) or waiting
    eased, out = _ruled_out(catalogue, before, report, outcome.rest)
    if before.phase is Phase.READY:
        return domain.stop(before, now) if eased != before else domain.spare(before, out, now)
    if before.phase is Phase.HURTING:
        return domain.leave_out(eased, out, now)
    if eased.step != before.step or before.step.exercise in out:
        hurting = domain.hurt(eased, now)
        return hurting and domain.leave_out(hurting, out, now)
    return domain.spare(eased, out, now) or (eased if eased != before else None)


def _names_left_out(before: Session, after: Session) -> tuple[str, ...]:
    """Return the names of the exercises left out, except the one that hurt."""
    return tuple(
        dict.fromkeys(
            step.name
            for step in after.steps[before.position :]
            if step.left_out and step.exercise != before.step.exercise
        )
    )


@transaction
async def flag(
    connection: Connection,
    runner: int,
    session: int,
    revision: int,
    urgency: Urgency,
    now: datetime,
) -> Reported | Rejected:
    """Stop the session for a tapped warning sign, which holds back the same as a typed one."""
    stored = await rejections.own_session(connection, runner, session, revision, HURTING)
    if isinstance(stored, Rejected):
        return stored
    is_emergency = urgency is Urgency.EMERGENCY
    sign = Sign(FLAGGED, SignUrgency.EMERGENCY if is_emergency else SignUrgency.DAYS)
    return await warning_signs.flag(connection, runner, sign, now)


@transaction
async def agree(
    connection: Connection, runner: int, region: Region, now: datetime
) -> Rest | Rejected:
    """Unlock a region because a clinician has agreed; return its rest, whose days still run."""
    stored_runner = await runners.get(connection, runner)
    before = await rests.get(connection, runner)
    locked = [rest.region for rest in before if rest.locked and rest.region in narrowed(region)]
    if stored_runner is None or not locked:
        return Rejected(Reason.NOT_LOCKED)
    for part in locked:
        day = rests.today(stored_runner, now)
        await incidents.add_answer(connection, runner, part, Answer.AGREED, day)
    after = await rests.get(connection, runner)
    await pain_followups.plan(connection, stored_runner, after, now)
    return next(rest for rest in after if rest.region in locked)
