"""The question on the morning after pain: planned, taken to be sent once, and answered."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import Catalogue
from bot.db import incidents, outbox, prescriptions, runners, sessions
from bot.db.engine import Connection, Database
from bot.domain import session as domain
from bot.domain.pain import REST, MorningAnswer, locked, morning_after
from bot.domain.pain_report import DueQuestion, MorningOutcome, MorningQuestion
from bot.domain.regions import Region, narrowed
from bot.domain.rests import Level, Rest
from bot.domain.runner import Runner
from bot.domain.schedule import weekday_of
from bot.services.rejections import Reason, Rejected


def today(runner: Runner | None, now: datetime) -> date:
    """Return the runner's local date."""
    return now.astimezone(_zone(runner)).date()


async def plan(connection: Connection, runner: Runner, now: datetime) -> None:
    """Plan one question for tomorrow about all pain of today, unless it is planned already."""
    due = _due(runner, now)
    await incidents.plan_question(connection, runner.id, today(runner, now), now, due)


async def replan(connection: Connection, runner: Runner) -> None:
    """Move the planned questions to the morning in the runner's present zone."""
    for question in await incidents.waiting(connection, runner.id):
        due = _due(runner, question.hurt_at)
        await incidents.set_due(connection, question.id, due)


def _due(runner: Runner, hurt_at: datetime) -> datetime:
    """Return when to ask: the morning after, or that day's reminder if it is earlier."""
    zone = _zone(runner)
    first = morning_after(hurt_at, zone.key)
    return morning_after(hurt_at, zone.key, _reminder(runner, first.astimezone(zone).date()))


def _reminder(runner: Runner, day: date) -> time | None:
    weekday = weekday_of(day)
    return next((day.at for day in runner.schedule if day.weekday is weekday), None)


async def take(db: Database, now: datetime, most: int) -> Sequence[DueQuestion]:
    """Mark the questions that have been due longest as being sent; return at most `most` of them.

    A question whose day has passed, or whose runner is gone, is dropped.
    """
    async with db.write() as connection:

        async def sift(rows: Sequence[Any]) -> dict[int, DueQuestion]:
            return await _worthwhile(connection, [incidents.built(row) for row in rows], now)

        return await outbox.take_worthwhile(connection, outbox.QUESTIONS, now, most, sift)


async def _worthwhile(
    connection: Connection, due: Sequence[MorningQuestion], now: datetime
) -> dict[int, DueQuestion]:
    """Return by id the questions worth sending."""
    all_runners = await runners.get_many(connection, {question.runner for question in due})
    regions = await _regions(connection, due)
    return {
        question.id: DueQuestion(question, regions[question.id])
        for question in due
        if (runner := all_runners.get(question.runner))
        and not runner.unreachable_at
        and _is_its_day(question, runner, now)
    }


def _is_its_day(question: MorningQuestion, runner: Runner, now: datetime) -> bool:
    due = question.due_at.astimezone(_zone(runner)).date()
    return today(runner, now) == due


async def _regions(
    connection: Connection, questions: Collection[MorningQuestion]
) -> dict[int, tuple[Region, ...]]:
    """Return by question id the painful regions that the question is about."""
    return {
        key: tuple(dict.fromkeys(pain.region for pain in pains if pain.score > 0))
        for key, pains in (await incidents.pains_before(connection, questions)).items()
    }


async def open_question(db: Database, runner: int, now: datetime) -> int | None:
    """Return the id of this morning's question if it has no answer yet."""
    async with db.read() as connection:
        question = await incidents.last_asked(connection, runner)
        stored_runner = await runners.get(connection, runner)
    if question is None or stored_runner is None or question.answer is not None:
        return None
    return question.id if _is_its_day(question, stored_runner, now) else None


async def answer(
    db: Database, catalogue: Catalogue, runner: int, key: int, answer: MorningAnswer, now: datetime
) -> MorningOutcome | Rejected:
    """Store the answer; after “worse”, the painful regions rest for seven days.

    An answer is rejected if there is one already, or if its day has passed.
    """
    async with db.write(runner) as connection:
        question = await incidents.question(connection, key)
        stored_runner = await runners.get(connection, runner)
        if question is None or stored_runner is None or question.runner != runner:
            return Rejected(Reason.FOREIGN)
        if question.answer is not None:
            return Rejected(Reason.ANSWERED)
        if not _is_its_day(question, stored_runner, now):
            return Rejected(Reason.ANOTHER_MORNING)
        await incidents.answer(connection, key, answer)
        regions = (await _regions(connection, [question]))[key]
        if answer is not MorningAnswer.WORSE:
            return MorningOutcome(question, answer, regions)
        await incidents.set_worse(connection, runner, question.day)
        await prescriptions.unsettle(connection, runner, question.day)
        for region in regions:
            await incidents.hurts_again(connection, runner, region, question.day)
        await _spare(connection, runner, catalogue, regions, now)
        all_incidents = (await incidents.incidents(connection, [runner]))[runner]
        agreed = await incidents.agreed(connection, [runner])
        waiting_regions = locked(all_incidents, agreed[runner])
        return MorningOutcome(
            question,
            answer,
            regions,
            max(
                (
                    incident.date + REST
                    for incident in all_incidents
                    if incident.date == question.day
                ),
                default=None,
            ),
            tuple(region for region in regions if region in waiting_regions),
        )


async def _spare(
    connection: Connection,
    runner: int,
    catalogue: Catalogue,
    regions: Collection[Region],
    now: datetime,
) -> None:
    """Leave out of the open session what loads these regions."""
    stored = await sessions.current(connection, runner)
    if stored is None:
        return
    rests = [
        Rest(part, Level.STRONG, False, date.min, None, date.min)
        for region in regions
        for part in narrowed(region)
    ]
    after = domain.spare(stored.session, catalogue.left_out(stored.session.steps, rests), now)
    if after:
        await sessions.save(connection, stored.session, after)


def _zone(runner: Runner | None) -> ZoneInfo:
    return ZoneInfo((runner and runner.zone) or "UTC")
