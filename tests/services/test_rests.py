"""Pain outside and inside sessions on a real database: what rests, what is asked, how it ends."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from bot.content import Catalogue
from bot.db import incidents, personal_data, runners, sessions
from bot.db.engine import Database
from bot.db.opening import open_database
from bot.domain.pain import MorningAnswer, PainKind, See
from bot.domain.pain_report import (
    FineAgain,
    MorningOutcome,
    PainReport,
    PainReported,
)
from bot.domain.regions import Region, Side
from bot.domain.rests import Level, NoSession, Rest, Stage
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Slot, TrainingDay
from bot.domain.session import Move, Phase, Session
from bot.services import cues, pain, pain_followups, reminders, runner_states, training
from bot.services import runners as runner_services
from bot.services.rejections import Reason, Rejected
from tests import databases
from tests.shipped import CATALOGUE

ANN, BEA = 6_000_000_001, 6_000_000_002
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)  # a Tuesday
KNEE = PainReport(PainKind.DULL, Region.KNEE, 4, Side.LEFT)


def at(day: int, hour: int = 12) -> datetime:
    return NOON.replace(hour=hour) + timedelta(days=day)


def local(day: int) -> date:
    return at(day).date()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    with databases.a_place(tmp_path) as place:
        database = open_database(place)
        for runner in (ANN, BEA):
            await runner_services.answer_safety(database, runner, Screening.CLEAR, at(-20))
        yield database
        await database.close()


async def reports(db: Database, catalogue: Catalogue, report: PainReport, day: int) -> PainReported:
    return await pain.report(db, catalogue, ANN, report, at(day))


async def only(db: Database) -> Rest:
    [rest] = await pain.resting(db, ANN)
    return rest


async def opens(
    db: Database, catalogue: Catalogue, day: int, routine: str = "core-and-upper-back"
) -> Session:
    opened = await training.open_session(db, catalogue, ANN, routine, at(day), begin=True)
    assert isinstance(opened, training.Opened)
    return opened.stored.session


async def why_not(db: Database, catalogue: Catalogue, day: int) -> NoSession | None:
    opened = await training.open_session(db, catalogue, ANN, "marathon-five", at(day), begin=False)
    return opened.not_today.reason if isinstance(opened, training.Empty) else None


async def trains(db: Database, catalogue: Catalogue, day: int) -> None:
    """One step, then the session is stopped."""
    session = await opens(db, catalogue, day)
    await training.move(db, ANN, session.id, session.revision, Move.OWN_PACE, at(day))
    for move in (Move.SKIP, Move.DONE, Move.STOP):
        async with db.read() as connection:
            stored = await sessions.current(connection, ANN)
        assert stored is not None
        moved = await training.move(db, ANN, session.id, stored.session.revision, move, at(day))
        assert isinstance(moved, training.Moved)


# Outside a session


async def test_a_report_outside_a_session_is_kept_asked_about_and_adapts_what_comes(
    db: Database, catalogue: Catalogue
) -> None:
    reported = await reports(db, catalogue, KNEE, 0)
    assert (reported.interrupted, reported.ended) == (None, False)
    assert reported.rest == await only(db)
    assert reported.rest.level is Level.MODERATE
    async with db.read() as connection:
        state = await runner_states.get(connection, catalogue, ANN, at(0))
    async with db.write() as connection:  # PostgreSQL streams rows in a transaction
        [(_, [row])] = [
            each async for each in personal_data.rows(connection, ANN) if each[0] == "incidents"
        ]
    assert state.sparing.resting == catalogue.resting(state.resting)
    assert [rest.region for rest in state.resting] == [Region.KNEE]
    assert (row["session_id"], row["side"], row["level"]) == (None, "left", "moderate")
    [due] = await pain_followups.take(db, at(1, 9), 5)
    assert (due.question.runner, due.regions, due.gates) == (ANN, (Region.KNEE,), ())


async def test_soreness_leaves_those_muscles_out_today_alone(
    db: Database, catalogue: Catalogue
) -> None:
    reported = await reports(db, catalogue, PainReport(None, Region.THIGH, 5, None, 2), 0)
    assert reported.rest is None
    for day, spared in ((0, True), (1, False)):
        async with db.read() as connection:
            state = await runner_states.get(connection, catalogue, ANN, at(day))
        assert bool(state.sparing.without) is spared
    assert await pain_followups.take(db, at(1, 9), 5) == []


@pytest.mark.parametrize(
    ("report", "reason"),
    [
        (PainReport(PainKind.DULL, Region.KNEE, 6), NoSession.PAIN_TODAY),
        (PainReport(PainKind.DULL, Region.SHOULDER_ARM, 9), NoSession.STRONGEST),
        (PainReport(PainKind.GROIN, Region.HIP_GROIN, 1), NoSession.PAIN_TODAY),
        (PainReport(None, None, 7), NoSession.VERY_SORE),
        (PainReport(PainKind.DULL, Region.ELSEWHERE, 4), NoSession.UNKNOWN_PLACE),
        (KNEE, None),
    ],
)
async def test_some_reports_leave_no_session_today_and_the_reminder_says_why(
    db: Database, catalogue: Catalogue, report: PainReport, reason: NoSession | None
) -> None:
    slot = Slot("UTC", time(13))
    days = tuple(TrainingDay(day, slot.at) for day in WEEK)
    async with db.write() as connection:
        await runners.save_schedule(connection, ANN, slot.zone, days, at(-2))
    await reports(db, catalogue, report, 0)
    assert await why_not(db, catalogue, 0) is reason
    assert await reminders.claim(db, slot, at(0, 13)) == 1
    [taken] = await reminders.take(db, catalogue, at(0, 13), 5)
    if reason is None:
        assert taken.steps or taken.not_today
    else:
        assert taken.steps == ()
        assert taken.not_today
        assert taken.not_today.reason is reason


async def test_tomorrow_there_may_be_one_again(db: Database, catalogue: Catalogue) -> None:
    await reports(db, catalogue, PainReport(PainKind.DULL, Region.SHOULDER_ARM, 9), 0)
    assert await why_not(db, catalogue, 0)
    assert await why_not(db, catalogue, 1) is None


async def test_strong_pain_in_words_ends_the_session_that_is_open(
    db: Database, catalogue: Catalogue
) -> None:
    session = await opens(db, catalogue, 0)
    reported = await reports(db, catalogue, PainReport(PainKind.DULL, Region.KNEE, 8), 0)
    assert reported.ended
    assert reported.advice.see is See.TWO_DAYS
    assert reported.interrupted is not None
    assert reported.interrupted.session.id == session.id
    async with db.read() as connection:
        stored = await sessions.get(connection, session.id)
    assert stored is not None
    assert stored.session.phase is Phase.STOPPED
    again = await training.move(
        db, ANN, session.id, stored.session.revision, Move.RESUME, at(0) + timedelta(minutes=1)
    )
    assert again == Rejected(Reason.ENDED_BY_PAIN)


@pytest.mark.parametrize(
    ("region", "routine", "goes_on"),
    [
        (None, "marathon-five", True),
        (Region.KNEE, "marathon-five", False),
        (Region.HIP_GROIN, "core-and-upper-back", False),
    ],
)
async def test_a_stopped_session_is_not_taken_up_again_where_it_loads_what_hurts_since(
    db: Database, catalogue: Catalogue, region: Region | None, routine: str, goes_on: bool
) -> None:
    session = await opens(db, catalogue, 0, routine)
    stopped = await training.move(db, ANN, session.id, session.revision, Move.STOP, at(0))
    assert isinstance(stopped, training.Moved)
    if region is not None:
        await reports(db, catalogue, PainReport(PainKind.DULL, region, 5), 0)
    revision = stopped.session.revision
    again = await training.move(
        db, ANN, session.id, revision, Move.RESUME, at(0), catalogue=catalogue
    )
    assert isinstance(again, training.Moved) is goes_on
    assert goes_on or again == Rejected(Reason.ENDED_BY_PAIN)


async def test_lesser_pain_in_words_leaves_the_region_out_of_the_session(
    db: Database, catalogue: Catalogue
) -> None:
    session = await opens(db, catalogue, 0, "marathon-five")
    reported = await reports(db, catalogue, PainReport(PainKind.DULL, Region.SHOULDER_ARM, 4), 0)
    assert not reported.ended
    async with db.read() as connection:
        stored = await sessions.get(connection, session.id)
    assert stored is not None
    eased, out = catalogue.eased(session.steps, await pain.resting(db, ANN))
    left_out = {step.exercise for step in stored.session.steps if step.left_out}
    assert left_out == out | {step.exercise for step in eased if step.left_out}
    assert left_out


async def test_mild_pain_in_words_changes_no_session(db: Database, catalogue: Catalogue) -> None:
    await opens(db, catalogue, 0)
    reported = await reports(db, catalogue, PainReport(PainKind.DULL, Region.KNEE, 2), 0)
    assert reported.interrupted is None


# How it ends


async def answers(db: Database, day: int, answer: MorningAnswer) -> MorningOutcome:
    outcome = await pain_followups.answer_due(db, ANN, answer, at(day))
    assert isinstance(outcome, MorningOutcome)
    return outcome


async def test_from_pain_to_the_usual_doses(db: Database, catalogue: Catalogue) -> None:
    """Day by day: better, the gate, a light session, a morning, a second session, and done."""
    await reports(db, catalogue, KNEE, 0)
    better = await answers(db, 1, MorningAnswer.BETTER)
    assert (better.regions, better.gates) == ((Region.KNEE,), ())
    assert await pain_followups.gate(db, ANN, Region.KNEE, at(1), ready=True) == Rejected(
        Reason.NO_GATE
    )
    [due] = await pain_followups.take(db, at(2, 9), 5)
    assert (due.regions, due.gates) == ((), (Region.KNEE,))
    rest = await pain_followups.gate(db, ANN, Region.KNEE, at(2), ready=True)
    assert isinstance(rest, Rest)
    assert rest.stage is Stage.LIGHT
    assert await pain_followups.take(db, at(3, 9), 5) == []
    await trains(db, catalogue, 3)
    [due] = await pain_followups.take(db, at(4, 9), 5)
    assert due.regions == (Region.KNEE,)
    outcome = await pain_followups.answer(db, ANN, due.question.id, MorningAnswer.SAME, at(4))
    assert isinstance(outcome, MorningOutcome)
    assert (await only(db)).stage is Stage.STEPPED
    session = await opens(db, catalogue, 5, "hips-and-glutes")
    back = {step.exercise for step in session.steps} & catalogue.working([Region.KNEE])
    assert back
    assert all(step.sets == 1 for step in session.steps if step.exercise in back)
    await training.move(db, ANN, session.id, session.revision, Move.STOP, at(5))
    assert (await only(db)).stage is Stage.STEPPED, "nothing was done in it"
    await trains(db, catalogue, 6)
    assert await pain.resting(db, ANN) == ()


async def test_a_session_that_the_clock_closes_counts_on_the_way_back(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, KNEE, 0)
    await pain_followups.fine_again(db, ANN, Region.KNEE, at(2))
    await pain_followups.gate(db, ANN, Region.KNEE, at(2), ready=True)
    session = await opens(db, catalogue, 3)
    await training.move(db, ANN, session.id, session.revision, Move.OWN_PACE, at(3))
    for move in (Move.SKIP, Move.DONE):
        async with db.read() as connection:
            stored = await sessions.current(connection, ANN)
        assert stored is not None
        await training.move(db, ANN, session.id, stored.session.revision, move, at(3))
    assert (await only(db)).ask_on is None
    for hours in (1, 7):
        await cues.tick(db, at(3) + timedelta(hours=hours))
    assert (await only(db)).ask_on == local(4)
    [due] = await pain_followups.take(db, at(4, 9), 5)
    assert due.regions == (Region.KNEE,)


async def test_a_day_or_a_month_without_an_answer_ends_nothing(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, KNEE, 0)
    for day in (1, 2, 8, 40):
        [rest] = await pain_followups.due(db, ANN, at(day))
        assert rest.level is Level.MODERATE
    assert (await answers(db, 40, MorningAnswer.BETTER)).gates == (Region.KNEE,)


async def test_worse_ends_the_session_and_rests_a_week_from_that_morning(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, PainReport(PainKind.DULL, Region.KNEE, 2), 0)
    session = await opens(db, catalogue, 1)
    outcome = await answers(db, 1, MorningAnswer.WORSE)
    assert outcome.interrupted is not None
    assert outcome.interrupted.session.id == session.id
    assert outcome.rests == (await only(db),)
    assert (await only(db)).earliest == local(8)
    assert await why_not(db, catalogue, 1) is NoSession.PAIN_TODAY
    assert await why_not(db, catalogue, 2) is None
    [due] = await pain_followups.take(db, at(8, 9), 5)
    assert due.regions == (Region.KNEE,)


async def test_the_same_is_asked_again_two_days_later_and_three_times_is_too_often(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, KNEE, 0)
    for day in (1, 3, 5):
        [due] = await pain_followups.take(db, at(day, 9), 5)
        answered = await pain_followups.answer(
            db, ANN, due.question.id, MorningAnswer.SAME, at(day)
        )
        assert isinstance(answered, MorningOutcome)
        again = await pain_followups.answer(db, ANN, due.question.id, MorningAnswer.SAME, at(day))
        assert again == Rejected(Reason.ANSWERED)
    assert answered.locked == (Region.KNEE,)
    assert await pain_followups.take(db, at(7, 9), 5) == []


async def test_what_was_answered_before_a_session_is_not_asked_in_the_morning(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, PainReport(PainKind.DULL, Region.KNEE, 2), 0)
    assert (await answers(db, 1, MorningAnswer.BETTER)).rests == ()
    assert await pain_followups.take(db, at(1, 13), 5) == []
    assert await pain_followups.answer_due(db, ANN, MorningAnswer.SAME, at(1)) == Rejected(
        Reason.NOTHING_ASKED
    )


@pytest.mark.parametrize(
    ("report", "day", "found"),
    [
        (PainReport(PainKind.DULL, Region.KNEE, 2), 1, "over"),
        (KNEE, 1, "not_yet"),
        (KNEE, 2, "gates"),
        (PainReport(PainKind.DULL, Region.KNEE, 6), 6, "not_yet"),
        (PainReport(PainKind.DULL, Region.KNEE, 6), 7, "gates"),
        (PainReport(PainKind.BONE, Region.KNEE, 2), 30, "not_yet"),
    ],
)
async def test_fine_again_opens_the_gate_once_the_days_are_over(
    db: Database, catalogue: Catalogue, report: PainReport, day: int, found: str
) -> None:
    await reports(db, catalogue, report, 0)
    fine = await pain_followups.fine_again(db, ANN, None, at(day))
    assert isinstance(fine, FineAgain)
    assert {name for name in ("over", "gates", "not_yet") if getattr(fine, name)} == {found}
    again = await pain_followups.fine_again(db, ANN, Region.THIGH, at(day))
    assert again == Rejected(Reason.NOTHING_RESTS)


async def test_no_at_the_gate_keeps_the_rest(db: Database, catalogue: Catalogue) -> None:
    await reports(db, catalogue, KNEE, 0)
    await pain_followups.fine_again(db, ANN, Region.KNEE, at(2))
    rest = await pain_followups.gate(db, ANN, Region.KNEE, at(2), ready=False)
    assert isinstance(rest, Rest)
    assert (rest.level, rest.ask_on) == (Level.MODERATE, local(4))
    doubled = await pain_followups.gate(db, ANN, Region.KNEE, at(2), ready=True)
    assert doubled == Rejected(Reason.NO_GATE)


async def test_a_clinicians_word_is_about_one_region(db: Database, catalogue: Catalogue) -> None:
    await reports(db, catalogue, PainReport(PainKind.BONE, Region.SHIN_CALF, 7), 0)
    assert await pain.agree(db, ANN, Region.KNEE, at(1)) == Rejected(Reason.NOT_LOCKED)
    rest = await pain.agree(db, ANN, Region.SHIN_CALF, at(1))
    assert isinstance(rest, Rest)
    assert (rest.level, rest.earliest) == (Level.STRONG, local(7))
    assert await pain.agree(db, ANN, Region.SHIN_CALF, at(1)) == Rejected(Reason.NOT_LOCKED)


async def test_an_old_button_about_the_back_is_about_both_its_parts(
    db: Database, catalogue: Catalogue
) -> None:
    await reports(db, catalogue, PainReport(PainKind.BONE, Region.BACK, 2), 0)
    parts = (Region.LOW_BACK, Region.UPPER_BACK)
    assert tuple(rest.region for rest in await pain.resting(db, ANN)) == parts
    assert isinstance(await pain.agree(db, ANN, Region.BACK, at(1)), Rest)
    assert not any(rest.locked for rest in await pain.resting(db, ANN))


async def test_nothing_of_it_is_about_another_runner(db: Database, catalogue: Catalogue) -> None:
    await reports(db, catalogue, KNEE, 0)
    assert await pain.resting(db, BEA) == ()
    assert await pain_followups.due(db, BEA, at(1)) == ()
    [due] = await pain_followups.take(db, at(1, 9), 5)
    foreign = await pain_followups.answer(db, BEA, due.question.id, MorningAnswer.WORSE, at(1))
    assert foreign == Rejected(Reason.FOREIGN)
    assert (await only(db)).level is Level.MODERATE


async def test_reports_and_answers_of_one_moment_keep_their_order(
    db: Database, catalogue: Catalogue
) -> None:
    """By the order in which they came, not by a clock that may stand still or be set back."""
    await reports(db, catalogue, KNEE, 0)
    await answers(db, 3, MorningAnswer.BETTER)
    await reports(db, catalogue, KNEE, 3)
    assert not (await only(db)).is_gate
    async with db.read() as connection:
        events = (await incidents.events(connection, [ANN]))[ANN]
    assert [type(event).__name__ for event in events] == ["Report", "Answered", "Report"]
