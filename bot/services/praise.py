"""The praise that a finished session has earned, by what is stored of those before it."""

from zoneinfo import ZoneInfo

from bot.db import incidents, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain import praise as domain
from bot.domain.history import training
from bot.domain.praise import BandRecord, Praise
from bot.domain.runner import Runner
from bot.domain.session import Session
from bot.services import progress


async def get(db: Database, session: Session) -> Praise | None:
    """Return the praise for a session; None if it has earned none, or something hurt in it."""
    if not domain.may_be_praised(session) or session.trained_at is None:
        return None
    async with db.read() as connection:
        pains = await incidents.pains_of(connection, session.id)
        if any(pain.score > 0 for pain in pains.values()):
            return None
        runner = await runners.get(connection, session.runner) or Runner(session.runner)
        zone = ZoneInfo(runner.zone or "UTC")
        plan = await progress.training_plan(connection, runner, zone.key)
        past = (await sessions.trained(connection, [session.runner], session.trained_at))[
            session.runner
        ]
        before = [each.at.astimezone(zone).date() for each in past if each.id < session.id]
        trained = training(session, zone.key)
        record = BandRecord.of(trained)
        praise = domain.earned(trained.day, before, plan)
        return praise or await _band_praise(connection, session, record, zone.key)


async def _band_praise(
    connection: Connection, session: Session, record: BandRecord, zone: str
) -> Praise | None:
    """Look at earlier sessions, the latest first, while none had a band as strong."""
    before = session.id
    while record.sets and (
        page := await sessions.trained_page_before(
            connection, session.runner, before, progress.PAGE
        )
    ):
        for past in (past for past in page if past.trained_at is not None):
            record = record.after(training(past, zone))
        before = page[-1].id
    return record.praise
