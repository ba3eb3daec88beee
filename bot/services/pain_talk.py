"""The open questions about pain: begun, answered and closed."""

from datetime import datetime

from bot.db import pain_talks, runners
from bot.db.engine import Database
from bot.domain.pain_talk import OpenTalk, Talk
from bot.services.rejections import Reason, Rejected


async def get(db: Database, runner: int) -> OpenTalk | None:
    """Return what the runner has said so far, if a question is open."""
    async with db.read() as connection:
        return await pain_talks.get(connection, runner)


async def begin(db: Database, runner: int, talk: Talk, now: datetime) -> OpenTalk:
    """Store a talk, in place of an earlier one."""
    async with db.write(runner) as connection:
        await runners.ensure(connection, runner, now)
        return await pain_talks.save(connection, runner, talk, now)


async def save(
    db: Database, runner: int, revision: int, talk: Talk, now: datetime
) -> OpenTalk | Rejected:
    """Store the talk after an answer to the question at this revision."""
    async with db.write(runner) as connection:
        opened = await pain_talks.get(connection, runner)
        if opened is None or opened.revision != revision:
            return Rejected(Reason.OUTDATED)
        return await pain_talks.save(connection, runner, talk, now)


async def close(db: Database, runner: int, revision: int) -> bool:
    """Forget what was said at this revision; return False if that is over."""
    async with db.write(runner) as connection:
        opened = await pain_talks.get(connection, runner)
        if opened is None or opened.revision != revision:
            return False
        await pain_talks.close(connection, runner)
        return True
