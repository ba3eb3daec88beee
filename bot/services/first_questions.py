"""The questions that are asked once: whether one is due, and its answer."""

from datetime import datetime

from bot.content import Catalogue
from bot.db import asked, bands, runners, sessions
from bot.db.engine import Connection, Database, transaction
from bot.domain import first_questions as domain
from bot.domain.first_questions import Choice, Known, Topic
from bot.domain.kit import UNKNOWN, Kit
from bot.domain.question import Question
from bot.services import runner_states, schedule, session_plans, training
from bot.services.rejections import Reason, Rejected


@transaction
async def after_session(connection: Connection, runner: int, now: datetime) -> Topic | None:
    """Open the question that is due after a session; None: none is, or another is open."""
    known = await _known(connection, runner, now)
    topic = domain.after_session(known) if known else None
    if topic is not None:
        await _ask(connection, runner, Question(topic=topic), now)
    return topic


async def before_routine(
    db: Database,
    catalogue: Catalogue,
    runner: int,
    routine: str,
    now: datetime,
    *,
    begins: bool = False,
) -> bool:
    """Open the question about bands if the routine needs more than a mini band, once.

    `begins`: the routine starts as soon as the question is answered.
    """
    planned = catalogue.routines.get(routine)
    if planned is not None and not catalogue.swaps(planned, UNKNOWN):
        return False
    async with db.write(runner) as connection:
        known = await _known(connection, runner, now)
        topic = domain.before_routine(known) if known else None
        if topic is None or await training.gate(connection, catalogue, runner, now) is not None:
            return False  # what a session waits for is asked before
        own = await runner_states.with_own_routines(connection, catalogue, runner)
        state = await runner_states.get(connection, own, runner, now)
        if state.must_answer_again(now) or not session_plans.needs_more(own, routine, state, now):
            return False
        asked_for = Question(topic=topic, routine=routine, begins=begins)
        await _ask(connection, runner, asked_for, now)
        return True


@transaction
async def answer(
    connection: Connection, runner: int, topic: Topic, choice: Choice, now: datetime
) -> Rejected | None:
    """Store the answer; reject it if the question was answered before, or never asked.

    Bands or days that the runner has named since are an answer, too.
    """
    if (
        choice not in domain.CHOICES[topic]
        or await _is_told(connection, runner, topic)
        or not await asked.answer(connection, runner, topic, now)
    ):
        return Rejected(Reason.OUTDATED)
    if (await schedule.question(connection, runner, now)).topic is topic:
        await runners.answered(connection, runner)
    if choice is Choice.NO_BAND:
        await bands.save(connection, runner, Kit(), now)
    elif topic is Topic.PACE and choice is not Choice.SKIP:
        await runners.save_pace(connection, runner, choice is Choice.OWN_PACE)
    return None


async def _is_told(connection: Connection, runner: int, topic: Topic) -> bool:
    """Return whether the runner has said unasked what the question asks."""
    if topic is Topic.BANDS:
        return await bands.get(connection, runner) is not None
    stored = await runners.get(connection, runner)
    return topic is Topic.DAYS and stored is not None and bool(stored.schedule)


async def _ask(connection: Connection, runner: int, question: Question, now: datetime) -> None:
    assert question.topic is not None
    await asked.add(connection, runner, question.topic, now)
    await schedule.ask(connection, runner, question, now)


async def _known(connection: Connection, runner: int, now: datetime) -> Known | None:
    """Return what is known of the runner; None if nothing may be asked now."""
    stored = await runners.get(connection, runner)
    is_open = (await schedule.question(connection, runner, now)).is_open
    if stored is None or not stored.may_train or is_open:
        return None
    current = await sessions.current(connection, runner)
    if current is not None and current.session.is_under_way:
        return None
    return Known(
        sessions=len((await sessions.trained(connection, [runner], now))[runner]),
        asked=await asked.topics(connection, runner),
        has_days=bool(stored.schedule),
        has_told_bands=await bands.get(connection, runner) is not None,
        own_pace=stored.own_pace,
    )
