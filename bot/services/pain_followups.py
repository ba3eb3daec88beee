"""The questions after pain: planned, taken to be sent once, and answered."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.db import incidents, outbox, prescriptions, runners, sessions, swaps
from bot.db.engine import Connection, Database, query, transaction
from bot.domain import session as domain
from bot.domain.pain import MorningAnswer, morning_after
from bot.domain.pain_report import DueQuestion, FineAgain, MorningOutcome, MorningQuestion
from bot.domain.regions import Region, narrowed
from bot.domain.rests import Answer, Rest, Stage
from bot.domain.runner import Runner
from bot.domain.schedule import moment, weekday_of
from bot.domain.session import Session, StoredSession
from bot.services import rests
from bot.services.rejections import Reason, Rejected
from bot.services.rests import today

DAY = timedelta(days=1)
NOON = time(12)


async def plan(
    connection: Connection, runner: Runner, resting: Iterable[Rest], now: datetime
) -> None:
    """Plan a question for each coming date on which a rest is asked about, one for all of them."""
    day = today(runner, now)
    for asked in sorted({rest.ask_on for rest in resting if rest.ask_on and rest.ask_on > day}):
        before = _moment_before(asked, day, _zone(runner), now)
        due = _due(runner, before)
        await incidents.plan_question(connection, runner.id, asked - DAY, before, due)


def _moment_before(asked: date, day: date, zone: ZoneInfo, now: datetime) -> datetime:
    """Return a moment of the date before the one on which the runner is asked."""
    if asked == day + DAY:
        return now
    return moment(asked - DAY, NOON, zone) or now + (asked - DAY - day)


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


@transaction
async def take(connection: Connection, now: datetime, most: int) -> Sequence[DueQuestion]:
    """Mark the questions that have been due longest as being sent; return at most `most` of them.

    A question whose day has passed, about which nothing is to be asked any more, or whose runner is
    gone, is dropped.
    """

    async def sift(rows: Sequence[Any]) -> dict[int, DueQuestion]:
        return await _worthwhile(connection, [incidents.built(row) for row in rows], now)

    return await outbox.take_worthwhile(connection, outbox.QUESTIONS, now, most, sift)


async def _worthwhile(
    connection: Connection, due: Sequence[MorningQuestion], now: datetime
) -> dict[int, DueQuestion]:
    """Return by id the questions worth sending."""
    runner_ids = {question.runner for question in due}
    all_runners = await runners.get_many(connection, runner_ids)
    resting = await rests.get_many(connection, runner_ids)
    worthwhile = {}
    for question in due:
        runner = all_runners.get(question.runner)
        if runner is None or runner.unreachable_at or not _is_its_day(question, runner, now):
            continue
        asked = _asked(resting[runner.id], today(runner, now))
        if asked:
            worthwhile[question.id] = DueQuestion(
                question,
                tuple(rest.region for rest in asked if not rest.is_gate),
                tuple(rest.region for rest in asked if rest.is_gate),
            )
    return worthwhile


def _asked(resting: Iterable[Rest], day: date) -> tuple[Rest, ...]:
    return tuple(rest for rest in resting if rest.is_asked(day))


def _is_its_day(question: MorningQuestion, runner: Runner, now: datetime) -> bool:
    due = question.due_at.astimezone(_zone(runner)).date()
    return today(runner, now) == due


async def open_question(db: Database, runner: int, now: datetime) -> int | None:
    """Return the id of this morning's question if it has no answer yet."""
    async with db.read() as connection:
        question = await incidents.last_asked(connection, runner)
        stored_runner = await runners.get(connection, runner)
    if question is None or stored_runner is None or question.answer is not None:
        return None
    return question.id if _is_its_day(question, stored_runner, now) else None


@query
async def due(connection: Connection, runner: int, now: datetime) -> tuple[Rest, ...]:
    """Return the rests that the runner is to be asked about today, before a session."""
    stored_runner = await runners.get(connection, runner)
    return _asked(await rests.get(connection, runner), today(stored_runner, now))


@transaction
async def answer(
    connection: Connection, runner: int, key: int, answer: MorningAnswer, now: datetime
) -> MorningOutcome | Rejected:
    """Store the answer to the question with this id.

    An answer is rejected if there is one already, or if its day has passed.
    """
    question = await incidents.question(connection, key)
    stored_runner = await runners.get(connection, runner)
    if question is None or stored_runner is None or question.runner != runner:
        return Rejected(Reason.FOREIGN)
    if question.answer is not None:
        return Rejected(Reason.ANSWERED)
    if not _is_its_day(question, stored_runner, now):
        return Rejected(Reason.ANOTHER_MORNING)
    outcome = await _answer(connection, stored_runner, answer, now, question)
    return outcome or Rejected(Reason.ANSWERED)


@transaction
async def answer_due(
    connection: Connection, runner: int, answer: MorningAnswer, now: datetime
) -> MorningOutcome | Rejected:
    """Store the answer to what is asked today before a session."""
    stored_runner = await runners.get(connection, runner)
    if stored_runner is None:
        return Rejected(Reason.NOTHING_ASKED)
    outcome = await _answer(connection, stored_runner, answer, now, None)
    return outcome or Rejected(Reason.NOTHING_ASKED)


async def _answer(
    connection: Connection,
    runner: Runner,
    answer: MorningAnswer,
    now: datetime,
    question: MorningQuestion | None,
) -> MorningOutcome | None:
    """Store the answer about all regions that are asked about; None: there is none."""
    day = today(runner, now)
    asked = _asked(await rests.get(connection, runner.id), day)
    regions = tuple(rest.region for rest in asked if not rest.is_gate)
    if not regions:
        return None
    if question is not None:
        await incidents.answer(connection, question.id, answer)
    interrupted = None
    for region in regions:
        await incidents.add_answer(connection, runner.id, region, Answer(answer), day)
    if answer is MorningAnswer.WORSE:
        interrupted = await _worse(connection, runner.id, regions, now)
    after = await _planned(connection, runner, now)
    left = tuple(rest for rest in after if rest.region in regions)
    gates = tuple(rest.region for rest in left if rest.has_gate(day))
    return MorningOutcome(question, answer, regions, left, gates, interrupted)


async def _worse(
    connection: Connection, runner: int, regions: Iterable[Region], now: datetime
) -> StoredSession | None:
    """Store that the last pain of the regions is worse, and end the open session."""
    for region in regions:
        day = await incidents.set_worse(connection, runner, region)
        if day is not None:
            await prescriptions.set_not_applied(connection, runner, day)
    stored = await sessions.current(connection, runner)
    after = stored and domain.stop(stored.session, now)
    if stored and after:
        await sessions.save(connection, stored.session, after)
        await incidents.forget(connection, runner)
    return stored


async def _planned(connection: Connection, runner: Runner, now: datetime) -> tuple[Rest, ...]:
    """Plan what is asked next; return the rests."""
    resting = await rests.get(connection, runner.id)
    await plan(connection, runner, resting, now)
    return resting


@transaction
async def fine_again(
    connection: Connection, runner: int, region: Region | None, now: datetime
) -> FineAgain | Rejected:
    """Open the gates of the rests whose minimum is over; None: of all regions."""
    stored_runner = await runners.get(connection, runner)
    day = today(stored_runner, now)
    meant = narrowed(region) if region else tuple(Region)
    before = [rest for rest in await rests.get(connection, runner) if rest.region in meant]
    if stored_runner is None or not before:
        return Rejected(Reason.NOTHING_RESTS)
    for rest in before:
        if _may_be_fine(rest, day):
            await incidents.add_answer(connection, runner, rest.region, Answer.BETTER, day)
    after = {rest.region: rest for rest in await _planned(connection, stored_runner, now)}
    kept = [after[rest.region] for rest in before if rest.region in after]
    return FineAgain(
        over=tuple(rest.region for rest in before if rest.region not in after),
        gates=tuple(rest for rest in kept if rest.has_gate(day)),
        not_yet=tuple(rest for rest in kept if not rest.has_gate(day)),
    )


def _may_be_fine(rest: Rest, day: date) -> bool:
    """Return whether the runner's word counts today: the minimum is over, or an answer is due."""
    if rest.locked or rest.is_gate:
        return False
    if rest.stage is not Stage.RESTING:
        return rest.is_asked(day)
    return rest.earliest <= day


@transaction
async def gate(
    connection: Connection, runner: int, region: Region, now: datetime, *, ready: bool
) -> Rest | Rejected:
    """Store the answer to the gate of a region; return its rest, at LIGHT if it is ready."""
    stored_runner = await runners.get(connection, runner)
    day = today(stored_runner, now)
    parts = narrowed(region)
    before = await rests.get(connection, runner)
    gates = [rest.region for rest in before if rest.region in parts and rest.has_gate(day)]
    if stored_runner is None or not gates:
        return Rejected(Reason.NO_GATE)
    for part in gates:
        word = Answer.READY if ready else Answer.NOT_YET
        await incidents.add_answer(connection, runner, part, word, day)
    after = await _planned(connection, stored_runner, now)
    return next(rest for rest in after if rest.region in gates)


async def trained(connection: Connection, before: Session, after: Session, now: datetime) -> None:
    """Store that regions on their way back were trained, if a session in which work was done ends.

    After the first session back, the runner is asked on the next morning.
    """
    if not before.is_open or after.is_open or after.trained_at is None:
        return
    resting = await rests.get(connection, after.runner)
    await _swap_back(connection, after, resting)
    back = [rest.region for rest in resting if rest.stage is not Stage.RESTING]
    runner = await runners.get(connection, after.runner) if back else None
    if runner is None:
        return
    for region in back:
        await incidents.add_answer(
            connection, runner.id, region, Answer.TRAINED, today(runner, now)
        )
    await _planned(connection, runner, now)


async def _swap_back(connection: Connection, session: Session, resting: Iterable[Rest]) -> None:
    """Forget the swaps that ended with a rest, once the exercise was in a session again."""
    swapped = (await swaps.get(connection, [session.runner]))[session.runner]
    regions = {rest.region for rest in resting}
    done = {step.exercise for step in session.steps}
    over = [key for key, swap in swapped.items() if key in done and swap.is_over(regions)]
    if over:
        await swaps.remove(connection, session.runner, over)


def _zone(runner: Runner | None) -> ZoneInfo:
    return ZoneInfo((runner and runner.zone) or "UTC")
