"""Warning signs: sessions, or all that loads a part of the body, wait until one is lifted."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bot.db import incidents, reminders, runners, screening, sessions, warning_signs
from bot.db.engine import Connection, query, transaction
from bot.domain import session as domain
from bot.domain.frozen import frozen
from bot.domain.regions import Region, narrowed
from bot.domain.rests import Answer, Rest
from bot.domain.runner import ReportedSign, Runner, Screening
from bot.domain.screening import Condition, Declared
from bot.domain.session import StoredSession
from bot.domain.warning_signs import WHOLE_BODY, Doubt, Reading, Urgency, is_local
from bot.services import rests


@frozen
class Reported:
    """What a report led to while everything waits.

    `runner` has the sign. `interrupted` is the session before it was ended or, for a sign in doubt,
    paused; None: no session was open.
    """

    runner: Runner
    interrupted: StoredSession | None

    @property
    def sign(self) -> ReportedSign:
        assert self.runner.reported_sign is not None
        return self.runner.reported_sign


@frozen
class Placed:
    """The regions that a sign has locked, and the session that it has ended, as it was before.

    `is_confirmed`: it is no misreading.
    """

    rests: tuple[Rest, ...]
    is_confirmed: bool
    interrupted: StoredSession | None = None


@transaction
async def report(
    connection: Connection,
    runner: int,
    reading: Reading,
    now: datetime,
    regions: Collection[Region] = (),
) -> Reported | Placed:
    """Store the sign; end the session, or pause it where the sign is in doubt.

    Until the sign is lifted, no session goes on; for a sign of one part of the body, where that is
    known from `regions`, only these rest. A later report never makes an earlier one milder.
    """
    await runners.ensure(connection, runner, now)
    known = await runners.get_stored(connection, runner)
    if reading.is_local and regions:
        return await _placed(connection, known, reading, regions, now)
    sign = await _stronger(connection, known, reading, now, tuple(regions))
    return await _save(connection, known, sign, now)


async def flag(connection: Connection, runner: int, reading: Reading, now: datetime) -> Reported:
    """Store a sign that the runner has tapped, which is no misreading."""
    known = await runners.get_stored(connection, runner)
    sign = replace(await _stronger(connection, known, reading, now), is_confirmed=True)
    return await _save(connection, known, sign, now)


@transaction
async def confirm(
    connection: Connection, runner: int, sign_id: str, now: datetime
) -> Reported | Placed | None:
    """Store that the runner has this sign now; None: it is confirmed already, or not open.

    For a sign of one part of the body, where the words named it, only that rests.
    """
    known = await runners.get(connection, runner)
    sign = known.reported_sign if known else None
    if known is None or sign is None or sign.sign != sign_id or sign.is_confirmed:
        return None
    if sign.is_local and sign.regions:
        await _remove(connection, known)
        parts = [part for region in sign.regions for part in narrowed(region)]
        locked = await _lock(connection, known, parts, Answer.SIGN, now)
        interrupted = await _interrupt(connection, runner, now, ends=True)
        return Placed(locked, is_confirmed=True, interrupted=interrupted)
    return await _save(connection, known, replace(sign, doubt=None, is_confirmed=True), now)


@transaction
async def place(
    connection: Connection, runner: int, sign_id: str, region: Region, now: datetime
) -> Placed | None:
    """Store where the sign is, so that only this region rests; None: that is not asked."""
    known = await runners.get(connection, runner)
    sign = known.reported_sign if known else None
    if known is None or sign is None or sign.sign != sign_id or not sign.awaits_place:
        return None
    await _remove(connection, known)
    parts = narrowed(region)
    return Placed(await _lock(connection, known, parts, Answer.SIGN, now), is_confirmed=True)


@transaction
async def spread(
    connection: Connection, runner: int, sign_id: str, now: datetime
) -> Reported | None:
    """Store that the sign is not of one part, so that everything waits; None: that is not asked."""
    known = await runners.get(connection, runner)
    sign = known.reported_sign if known else None
    if known is None or sign is None or sign.sign != sign_id or not sign.awaits_place:
        return None
    whole = replace(sign, sign=WHOLE_BODY, is_confirmed=True)
    return await _save(connection, known, whole, now)


@transaction
async def lift(connection: Connection, runner: int, sign_id: str) -> bool:
    """Forget a sign that the runner does not have; return False if there is none to forget.

    A sign that was confirmed stays until a clinician has agreed.
    """
    known = await runners.get(connection, runner)
    sign = known.reported_sign if known else None
    if known is None or sign is None or sign.sign != sign_id or sign.is_confirmed:
        return False
    await _remove(connection, known)
    return True


@transaction
async def lift_rest(connection: Connection, runner: int, region: Region) -> bool:
    """Forget a misread sign of the region; return False if there is none to forget."""
    keys = await incidents.heard(connection, runner, narrowed(region))
    await incidents.forget_heard(connection, keys)
    return bool(keys)


@transaction
async def confirm_rest(connection: Connection, runner: int, region: Region) -> Placed | None:
    """Store that the runner has the sign of the region; None: it is confirmed, or not open."""
    keys = await incidents.heard(connection, runner, narrowed(region))
    if not keys:
        return None
    await incidents.confirm_heard(connection, keys)
    return Placed(await _locked(connection, runner, narrowed(region)), is_confirmed=True)


@query
async def is_heard(connection: Connection, runner: int, region: Region) -> bool:
    """Return whether a sign of the region is open that was read in words."""
    return bool(await incidents.heard(connection, runner, narrowed(region)))


async def _placed(
    connection: Connection,
    known: Runner,
    reading: Reading,
    regions: Collection[Region],
    now: datetime,
) -> Reported | Placed:
    """Lock the regions; where everything waits for another sign, it goes on waiting."""
    locked = await _lock(connection, known, regions, Answer.HEARD, now)
    await reminders.reset_ignored(connection, known.id)
    interrupted = await _interrupt(connection, known.id, now, ends=True)
    earlier = known.reported_sign
    if earlier is None:
        return Placed(locked, is_confirmed=False, interrupted=interrupted)
    if earlier.sign == reading.sign and earlier.is_local and not earlier.is_confirmed:
        await _remove(connection, known)
        return Placed(locked, is_confirmed=False, interrupted=interrupted)
    return Reported(known, interrupted)


async def _lock(
    connection: Connection,
    runner: Runner,
    regions: Collection[Region],
    answer: Answer,
    now: datetime,
) -> tuple[Rest, ...]:
    day = rests.today(runner, now)
    for region in regions:
        await incidents.add_answer(connection, runner.id, region, answer, day)
    return await _locked(connection, runner.id, regions)


async def _locked(
    connection: Connection, runner: int, regions: Collection[Region]
) -> tuple[Rest, ...]:
    resting = await rests.get(connection, runner)
    return tuple(rest for rest in resting if rest.region in regions)


async def _remove(connection: Connection, runner: Runner) -> None:
    """Forget the sign for which everything waits; the screening is what it was before."""
    sign = runner.reported_sign
    assert sign is not None
    await warning_signs.remove(connection, runner.id)
    await runners.save_screening(connection, runner.id, sign.before, sign.before_at)


async def _stronger(
    connection: Connection,
    runner: Runner,
    reading: Reading,
    now: datetime,
    regions: tuple[Region, ...] = (),
) -> ReportedSign:
    """Return the sign in the words, or the earlier one where that is no milder.

    An earlier one that was confirmed goes on waiting for a clinician beside a more urgent one.
    """
    earlier = runner.reported_sign
    doubt = None if reading.doubt is Doubt.QUESTION else reading.doubt
    sign = ReportedSign(
        *(reading.sign, reading.urgency, doubt, now, False),
        *(runner.screening, runner.screened_at, regions),
    )
    if earlier is None:
        return sign
    new, old = (_rank(each.sign, each.urgency) for each in (reading, earlier))
    if new > old or (doubt and not earlier.doubt):
        return earlier
    if earlier.is_confirmed and new == old:
        again = earlier.is_fever and reading.sign == earlier.sign and doubt is None
        return replace(earlier, reported_at=now) if again else earlier
    if earlier.is_confirmed:
        waits = Declared(Condition.WARNING_SIGN, earlier.reported_at)
        await screening.add_condition(connection, runner.id, waits)
        return replace(sign, before=Screening.WAITING)
    return replace(sign, before=earlier.before, before_at=earlier.before_at)


def _rank(sign: str, urgency: Urgency) -> tuple[int, bool]:
    """Return a sort key: the gravest sign has the smallest."""
    return list(Urgency).index(urgency), is_local(sign, urgency)


async def _save(
    connection: Connection, runner: Runner, sign: ReportedSign, now: datetime
) -> Reported:
    await warning_signs.save(connection, runner.id, sign)
    await reminders.reset_ignored(connection, runner.id)
    if runner.screening is not Screening.WAITING:
        await runners.save_screening(connection, runner.id, Screening.WAITING, now)
    interrupted = await _interrupt(connection, runner.id, now, ends=sign.doubt is None)
    return Reported(replace(runner, reported_sign=sign, screening=Screening.WAITING), interrupted)


async def _interrupt(
    connection: Connection, runner: int, now: datetime, *, ends: bool
) -> StoredSession | None:
    """End or pause the open session; return it as it was before, or None if it did not change."""
    stored = await sessions.current(connection, runner)
    if stored is None:
        return None
    session = stored.session
    waiting = domain.pause(session, now) or domain.put_away(session, now)
    after = domain.stop(session, now) if ends else waiting
    if after is None or not await sessions.save(connection, stored.session, after):
        return None
    await incidents.forget(connection, runner)
    return stored
