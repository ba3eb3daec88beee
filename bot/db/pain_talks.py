"""Queries on the open questions about pain."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from bot.db.dialects import upsert
from bot.db.engine import Connection
from bot.db.tables import PAIN_TALKS
from bot.domain.pain import PainKind
from bot.domain.pain_talk import OpenTalk, Talk, Topic
from bot.domain.regions import Region, Side


async def get(connection: Connection, runner: int) -> OpenTalk | None:
    row = await _row(connection, runner)
    if row is None or not row.answers:
        return None
    return OpenTalk(_built(row.answers), row.revision, row.asked_at)


async def save(connection: Connection, runner: int, talk: Talk, now: datetime) -> OpenTalk:
    """Store the talk, in place of an earlier one, at the next revision.

    The first revision is the time in seconds, so that buttons from before an erasure never count.
    """
    row = await _row(connection, runner)
    revision = row.revision + 1 if row else int(now.timestamp())
    new = {
        "runner_id": runner,
        "revision": revision,
        "answers": asdict(talk),
        "asked_at": now,
    }
    await upsert(connection, PAIN_TALKS, ["runner_id"], new)
    return OpenTalk(talk, revision)


async def close(connection: Connection, runner: int) -> None:
    """Delete the answers; the row keeps its revision, so that old buttons do not count."""
    await connection.execute(
        update(PAIN_TALKS)
        .where(PAIN_TALKS.c.runner_id == runner)
        .values(answers={}, revision=PAIN_TALKS.c.revision + 1)
    )


async def _row(connection: Connection, runner: int) -> Any:
    return (
        await connection.execute(select(PAIN_TALKS).where(PAIN_TALKS.c.runner_id == runner))
    ).one_or_none()


def _built(answers: dict[str, Any]) -> Talk:
    side, kind = answers["side"], answers["kind"]
    return Talk(
        **{
            **answers,
            "topic": Topic(answers["topic"]),
            "regions": tuple(map(Region, answers["regions"])),
            "side": Side(side) if side else None,
            "kind": PainKind(kind) if kind else None,
        }
    )
