"""A runner's wishes when something hurts: what they say of it, and what comes of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.content import Catalogue, Sparing
from bot.db import incidents, runners, sessions, swaps
from bot.db.engine import Connection, Database
from bot.domain import pain
from bot.domain import session as domain
from bot.domain.pain import Advice, Incident, Pain, Severity
from bot.domain.pain_report import Decided, Lifted, Rest, Told
from bot.domain.regions import Region
from bot.domain.runner import Runner, Screening
from bot.domain.session import Kept, Phase, Session
from bot.services import guards, pain_followups
from bot.services.guards import Elsewhere

HURTING = (Phase.HURTING,)


@dataclass(frozen=True, slots=True)
class Hurting:
    """The session waits for an answer; `told` is what was said so far."""

    kept: Kept
    told: Told | None


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


async def rests(connection: Connection, runner: Runner, now: datetime) -> tuple[Rest, ...]:
    """The regions that are left out today."""
    return (await _rests(connection, [runner], now))[runner.id]


async def _rests(
    connection: Connection, them: Collection[Runner], now: datetime
) -> dict[int, tuple[Rest, ...]]:
    ids = [runner.id for runner in them]
    found = await incidents.incidents(connection, ids)
    agreed = await incidents.agreed(connection, ids)
    return {
        runner.id: _resting(found[runner.id], agreed[runner.id], pain_followups.today(runner, now))
        for runner in them
    }


def _resting(
    found: Sequence[Incident], agreed: Mapping[Region, date], today: date
) -> tuple[Rest, ...]:
    waiting = pain.locked(found, agreed)
    resting = pain.resting(found, today)
    return tuple(
        Rest(
            region,
            pain.rests_until(found, region) if region in resting else None,
            region in waiting,
        )
        for region in Region
        if region in resting | waiting
    )


async def resting(db: Database, runner: int, now: datetime) -> tuple[Rest, ...]:
    """The regions of a runner that are left out today."""
    async with db.read() as connection:
        known = await runners.get(connection, runner)
        return await rests(connection, known, now) if known else ()


async def told(db: Database, session: Session) -> Told | None:
    """What the runner has said so far of what hurts."""
    async with db.read() as connection:
        return await incidents.told(connection, session.runner, session.id, session.revision)


async def waiting(db: Database, runner: int) -> Hurting | None:
    """The runner's session, if it waits to hear what hurts."""
    async with db.read() as connection:
        kept = await sessions.current(connection, runner)
        if kept is None or kept.session.phase is not Phase.HURTING:
            return None
        session = kept.session
        so_far = await incidents.told(connection, runner, session.id, session.revision)
        return Hurting(kept, so_far)


async def tell(
    db: Database, runner: int, session: int, revision: int, said: Told | None
) -> Hurting | Elsewhere:
    """Another of the taps, not the last; None: from the beginning."""
    async with db.write(runner) as connection:
        kept = await guards.mine(connection, runner, session, revision, HURTING)
        if isinstance(kept, Elsewhere):
            return kept
        if said is None:
            await incidents.forget(connection, runner)
        else:
            await incidents.tell(connection, runner, session, revision, said)
        return Hurting(kept, said)


async def decide(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    session: int,
    revision: int,
    said: Told,
    now: datetime,
) -> Decided | Elsewhere:
    """The last tap: it is stored, and what must not go on is left out at once."""
    async with db.write(runner) as connection:
        kept = await guards.mine(connection, runner, session, revision, HURTING)
        known = await runners.get(connection, runner)
        if isinstance(kept, Elsewhere) or known is None:
            return kept if isinstance(kept, Elsewhere) else Elsewhere(None)
        before, day = kept.session, pain_followups.today(known, now)
        exercise = before.step.exercise
        await incidents.add(connection, runner, session, exercise, said, day)
        advice, severity = _advice(said)
        if advice.ask:
            await pain_followups.plan(connection, known, now)
        if (advice.rest or advice.lock) and said.region is not None:
            await incidents.hurts_again(connection, runner, said.region, day)
        all_rests = await rests(connection, known, now)
        rest = next((one for one in all_rests if one.region is said.region), None)
        after = _after(catalogue, before, said, advice, rest, now)
        await sessions.save(connection, before, after)
        if after.phase is Phase.HURTING:
            await incidents.tell(connection, runner, session, after.revision, said)
        else:
            await incidents.forget(connection, runner)
        gone = _names_out(before, after)
        return Decided(before, after, kept.message_id, said, advice, severity, rest, gone)


def _advice(said: Told) -> tuple[Advice, Severity]:
    score = said.score or 0
    if said.kind is None or said.region is None:
        return pain.on_ache(score), Severity.NONE
    told_pain = Pain(said.region, said.kind, score)
    return pain.on_pain(told_pain), pain.severity(told_pain)


def _after(
    catalogue: Catalogue,
    before: Session,
    said: Told,
    advice: Advice,
    rest: Rest | None,
    now: datetime,
) -> Session:
    """Where the session stands then."""
    out: frozenset[str] = frozenset()
    if said.kind is None:
        out = catalogue.sore(before.step.exercise)
    elif rest is not None:
        out = catalogue.resting([rest.region])
    after = domain.leave_out(before, out, now) if advice.stop else domain.noted(before, now)
    assert after is not None
    return after


def _names_out(before: Session, after: Session) -> tuple[str, ...]:
    """What comes no more, apart from the exercise that hurt."""
    return tuple(
        dict.fromkeys(
            step.name
            for step in after.steps[before.position :]
            if step.left_out and step.exercise != before.step.exercise
        )
    )


async def flag(
    db: Database, runner: int, session: int, revision: int, now: datetime
) -> Kept | Elsewhere:
    """A warning sign: the session ends, and all sessions wait for a clinician."""
    async with db.write(runner) as connection:
        kept = await guards.mine(connection, runner, session, revision, HURTING)
        if isinstance(kept, Elsewhere):
            return kept
        await runners.save_screening(connection, runner, Screening.WAITING, now)
        stopped = domain.stop(kept.session, now)
        assert stopped is not None
        await sessions.save(connection, kept.session, stopped)
        await incidents.forget(connection, runner)
        return kept


async def agree(db: Database, runner: int, region: Region, now: datetime) -> tuple[Lifted, Rest]:
    """A clinician agreed, as the runner says; what rests by the calendar rests on."""
    async with db.write(runner) as connection:
        known = await runners.get(connection, runner)
        before = await rests(connection, known, now) if known else ()
        rest = next((one for one in before if one.region is region), Rest(region, None, False))
        if known is None or not rest.locked:
            return Lifted.NOT_LOCKED, rest
        await incidents.agree(connection, runner, region, pain_followups.today(known, now))
        return (Lifted.RESTS_ON if rest.until else Lifted.LIFTED), rest
