"""Warning signs that runners type: sessions wait until one is lifted."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.db import incidents, reminders, runners, sessions, warning_signs
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.runner import ReportedSign, Runner, Screening
from bot.domain.session import StoredSession
from bot.domain.warning_signs import Doubt, Reading, Urgency


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report led to.

    `runner` has the sign. `interrupted` is the session as it was before it was ended, or paused
    where the sign is in doubt; None: none was under way.
    """

    runner: Runner
    interrupted: StoredSession | None

    @property
    def sign(self) -> ReportedSign:
        assert self.runner.reported_sign is not None
        return self.runner.reported_sign


async def report(db: Database, runner: int, reading: Reading, now: datetime) -> Reported:
    """Store the sign; end the session, or pause it where the sign is in doubt.

    Until the sign is lifted, no session goes on. A later report never makes an earlier one milder.
    """
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        known = await runners.get(connection, runner)
        assert known is not None
        sign = _stronger(known, reading, now)
        return await _save(connection, known, sign, now)


async def confirm(db: Database, runner: int, sign_id: str, now: datetime) -> Reported | None:
    """Store that the runner has this sign now; None: it is confirmed already, or not open."""
    async with db.write(runner) as connection:
        known = await runners.get(connection, runner)
        sign = known.reported_sign if known else None
        if known is None or sign is None or sign.sign != sign_id or sign.is_confirmed:
            return None
        return await _save(connection, known, replace(sign, doubt=None, is_confirmed=True), now)


async def lift(db: Database, runner: int, sign_id: str) -> bool:
    """Forget a sign that the runner does not have; return False if there is none to forget.

    A sign that was confirmed stays until a clinician has agreed.
    """
    async with db.write(runner) as connection:
        known = await runners.get(connection, runner)
        sign = known.reported_sign if known else None
        if sign is None or sign.sign != sign_id or sign.is_confirmed:
            return False
        await warning_signs.remove(connection, runner)
        await runners.save_screening(connection, runner, sign.before, sign.before_at)
        return True


def _stronger(runner: Runner, reading: Reading, now: datetime) -> ReportedSign:
    """The sign in the words, or the earlier one where that is more urgent or less in doubt."""
    earlier = runner.reported_sign
    doubt = None if reading.doubt is Doubt.QUESTION else reading.doubt
    if earlier is None:
        screened_at = runner.screened_at
        before = runner.screening
        return ReportedSign(reading.sign, reading.urgency, doubt, now, False, before, screened_at)
    order = list(Urgency)
    is_milder = order.index(reading.urgency) > order.index(earlier.urgency)
    if is_milder or earlier.is_confirmed or (doubt and not earlier.doubt):
        return earlier
    return replace(
        earlier, sign=reading.sign, urgency=reading.urgency, doubt=doubt, reported_at=now
    )


async def _save(
    connection: Connection, runner: Runner, sign: ReportedSign, now: datetime
) -> Reported:
    await warning_signs.save(connection, runner.id, sign)
    await reminders.end_row(connection, runner.id)
    if runner.screening is not Screening.WAITING:
        await runners.save_screening(connection, runner.id, Screening.WAITING, now)
    stored = await sessions.current(connection, runner.id)
    interrupted = None
    if stored is not None:
        change = domain.stop if sign.doubt is None else domain.pause
        after = change(stored.session, now)
        if after is not None and await sessions.save(connection, stored.session, after):
            interrupted = stored
            await incidents.forget(connection, runner.id)
    return Reported(replace(runner, reported_sign=sign, screening=Screening.WAITING), interrupted)
