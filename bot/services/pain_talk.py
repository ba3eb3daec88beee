"""The open questions about pain: begun, answered and closed."""

from datetime import datetime

from bot.db import pain_talks, runners
from bot.db.engine import Connection, query, transaction
from bot.domain.pain_talk import OpenTalk, Talk
from bot.services.rejections import Reason, Rejected

get = query(pain_talks.get)


@transaction
async def begin(connection: Connection, runner: int, talk: Talk, now: datetime) -> OpenTalk:
    """Store a talk in place of an earlier one."""
    await runners.ensure(connection, runner, now)
    return await pain_talks.save(connection, runner, talk, now)


@transaction
async def save(
    connection: Connection, runner: int, revision: int, talk: Talk, now: datetime
) -> OpenTalk | Rejected:
    """Store the talk after an answer to the question at this revision."""
    opened = await pain_talks.get(connection, runner)
    if opened is None or opened.revision != revision:
        return Rejected(Reason.OUTDATED)
    return await pain_talks.save(connection, runner, talk, now)


@transaction
async def close(connection: Connection, runner: int, revision: int) -> bool:
    """Delete the talk at this revision; return False if it has another or is gone."""
    opened = await pain_talks.get(connection, runner)
    if opened is None or opened.revision != revision:
        return False
    await pain_talks.close(connection, runner)
    return True
