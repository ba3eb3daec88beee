"""Many reminders at a time: each as it would be alone, and once, whoever else is at work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.content import Catalogue
from bot.db import bands, incidents, prescriptions, runners, sessions, swaps
from bot.db.engine import Database
from bot.db.migrating import migrate
from bot.db.opening import open_database
from bot.db.swaps import Swap
from bot.db.tables import REMINDERS
from bot.domain import pain
from bot.domain.delivery import DeliveryOutcome
from bot.domain.kit import Band, Kit, KitKind, Level
from bot.domain.pain_report import PainReport
from bot.domain.prescription import Prescription
from bot.domain.regions import Region
from bot.domain.reminder import ReminderAnswer, State
from bot.domain.rests import Answer
from bot.domain.runner import Screening
from bot.domain.schedule import WEEK, Slot, TrainingDay
from bot.domain.session import Move
from bot.services import outbox, pain_followups, reminders, rests, training
from bot.services import runners as runner_services
from bot.services.reminders import Outgoing
from tests import databases
from tests.histories import weeks_of_training
from tests.shipped import CATALOGUE

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # a Tuesday
TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)
SLOT = Slot("Europe/Berlin", time(7))
DAILY = tuple(TrainingDay(day, SLOT.at) for day in WEEK)

TRAINED, AWAY, TRAINS, GONE, OFF, WAITS = range(1, 7)
NEW, HURT, EQUIPPED, SWAPS, SEASONED = range(11, 16)


@asynccontextmanager
async def a_database(folder: Path, name: str = "coach.db") -> AsyncIterator[Database]:
    with databases.a_place(folder, name) as place:
        migrate(place)
        database = open_database(place)
        yield database
        await database.close()


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    async with a_database(tmp_path) as database:
        yield database


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


async def plan(db: Database, *them: int) -> None:
    """A reminder every day at seven."""
    for runner in them:
        await runner_services.answer_safety(db, runner, Screening.CLEAR, NOW - DAY)
        async with db.write() as connection:
            await runners.save_place(connection, runner, SLOT.zone, "Berlin", NOW - DAY)
            await runners.save_schedule(connection, runner, SLOT.zone, DAILY, NOW - DAY)


async def begin(db: Database, catalogue: Catalogue, runner: int, at: datetime) -> None:
    """A session with two steps done."""
    opened = await training.open_session(db, catalogue, runner, "marathon-five", at, begin=True)
    assert isinstance(opened, training.Opened)
    session = opened.stored.session
    for revision in range(session.revision, session.revision + 9):
        await training.move(db, runner, session.id, revision, Move.DONE, at)


async def all_sorts(db: Database, catalogue: Catalogue) -> None:
    """Those who get a reminder, and those for whom it becomes pointless once it is claimed."""
    them = (TRAINED, AWAY, TRAINS, GONE, OFF, WAITS, NEW, HURT, EQUIPPED, SWAPS, SEASONED)
    await plan(db, *them)
    await weeks_of_training(db, catalogue, SEASONED, NOW - 2 * DAY, 5)
    await weeks_of_training(db, catalogue, HURT, NOW - 9 * DAY, 3)
    async with db.write() as connection:
        for runner in (HURT, SEASONED):
            await runners.save_schedule(connection, runner, SLOT.zone, DAILY, NOW - DAY)
        for runner in (HURT, EQUIPPED):
            level = Level.LIGHT if runner == HURT else Level.HEAVY
            kit = Kit((Band(KitKind.MINI_BAND, level, "green"), Band(KitKind.LONG_BAND, level)))
            await bands.save(connection, runner, kit, NOW)
            dose = Prescription(None, 2, level)
            doses = dict.fromkeys(("clamshell", "glute-bridge"), dose)
            await prescriptions.save(connection, runner, doses, True)
        told = PainReport(pain.PainKind.DULL, Region.KNEE, 7)
        await incidents.add(connection, HURT, 1, "clamshell", told, TODAY - DAY)
        arm = PainReport(pain.PainKind.DULL, Region.SHOULDER_ARM, 4)
        await incidents.add(connection, SEASONED, 2, "clamshell", arm, TODAY - 20 * DAY)
        for runner in (HURT, SEASONED):
            agreed = TODAY - 10 * DAY
            await incidents.add_answer(connection, runner, Region.KNEE, Answer.AGREED, agreed)
        await bands.save(connection, SWAPS, Kit(), NOW)
        await swaps.save(connection, SWAPS, "clamshell", Swap("fire-hydrant", "base"))
    assert await reminders.claim(db, SLOT, NOW) == len(them)
    await begin(db, catalogue, TRAINED, NOW)
    async with db.write() as connection:
        kept = await sessions.current(connection, TRAINED)
        assert kept is not None
    await training.move(db, TRAINED, kept.session.id, kept.session.revision, Move.STOP, NOW)
    await training.open_session(db, catalogue, TRAINS, "marathon-five", NOW, begin=True)
    async with db.write() as connection:
        await runners.save_away(connection, AWAY, TODAY, TODAY + 3 * DAY)
        await runners.set_unreachable(connection, [GONE], NOW)
        await runners.save_schedule(connection, OFF, SLOT.zone, (), NOW)
        await runners.save_screening(connection, WAITS, Screening.WAITING, NOW)


async def taken(db: Database, catalogue: Catalogue, most: int, now: datetime) -> list[Outgoing]:
    """All that are due, so many at a time."""
    found: list[Outgoing] = []
    while some := await reminders.take(db, catalogue, now, most):
        assert len(some) <= most
        found += some
    return found


async def states(db: Database) -> dict[int, str]:
    async with db.read() as connection:
        rows = await connection.execute(select(REMINDERS.c.runner_id, REMINDERS.c.state))
        return {row.runner_id: row.state for row in rows}


@pytest.mark.slow
async def test_each_of_a_batch_gets_what_it_would_get_alone(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    now = NOW + timedelta(minutes=2)
    found = {}
    after = []
    for most in (1, 4, 50):
        async with a_database(tmp_path, f"{most}.db") as db:
            await all_sorts(db, catalogue)
            found[most] = await taken(db, catalogue, most, now)
            after.append(await states(db))
    assert found[1] == found[4] == found[50]
    assert [one.runner.id for one in found[50]] == [NEW, HURT, EQUIPPED, SWAPS, SEASONED]
    assert len({one.steps for one in found[50]}) == len(found[50]), "they are meant to differ"
    dropped = dict.fromkeys((TRAINED, AWAY, TRAINS, GONE, OFF, WAITS), State.DROPPED.value)
    assert after == [dropped | {one.runner.id: State.SENDING.value for one in found[50]}] * 3


async def test_a_place_that_a_pointless_one_had_is_filled_again(
    db: Database, catalogue: Catalogue
) -> None:
    await plan(db, *range(1, 7))
    await reminders.claim(db, SLOT, NOW)
    async with db.write() as connection:
        for runner in (1, 2, 4):
            await runners.save_away(connection, runner, TODAY, TODAY + DAY)
    some = await reminders.take(db, catalogue, NOW, 2)
    assert [one.runner.id for one in some] == [3, 5]


async def test_after_a_long_stop_all_that_are_late_are_dropped(
    db: Database, catalogue: Catalogue
) -> None:
    await plan(db, *range(1, 7))
    await reminders.claim(db, SLOT, NOW)
    async with db.write() as connection:
        row = update(REMINDERS).where(REMINDERS.c.runner_id == 6)
        await connection.execute(row.values(due_at=NOW + timedelta(hours=1)))
    some = await reminders.take(db, catalogue, NOW + timedelta(hours=3, minutes=1), 2)
    assert [one.runner.id for one in some] == [6]
    assert await states(db) == dict.fromkeys(range(1, 6), "dropped") | {6: "sending"}


async def test_a_suggestion_is_kept_when_it_was_made(db: Database, catalogue: Catalogue) -> None:
    await plan(db, 1, 2)
    await reminders.claim(db, SLOT, NOW)
    [one, two] = await reminders.take(db, catalogue, NOW, 2)
    async with db.write() as connection:
        row = update(REMINDERS).where(REMINDERS.c.runner_id == 1)
        await connection.execute(row.values(routine="before-a-run"))
    never_left = [DeliveryOutcome(it.reminder, State.CLAIMED, again_at=NOW) for it in (one, two)]
    await outbox.store(db, outbox.REMINDERS, never_left, NOW)
    again = await reminders.take(db, catalogue, NOW, 2)
    assert [it.routine for it in again] == ["before-a-run", two.routine]


async def test_a_slot_that_wakes_in_several_places_is_claimed_once(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "BATCH", 3)
    await plan(db, *range(1, 11))
    claimed = await asyncio.gather(*(reminders.claim(db, SLOT, NOW) for _ in range(4)))
    assert sum(claimed) == 10
    assert await states(db) == dict.fromkeys(range(1, 11), "claimed")


async def test_who_takes_at_the_same_moment_takes_others(
    db: Database, catalogue: Catalogue
) -> None:
    await plan(db, *range(1, 11))
    await reminders.claim(db, SLOT, NOW)
    batches = await asyncio.gather(*(taken(db, catalogue, 3, NOW) for _ in range(4)))
    assert sorted(one.runner.id for batch in batches for one in batch) == list(range(1, 11))


async def test_a_word_that_comes_late_counts(db: Database, catalogue: Catalogue) -> None:
    """Another process took this one for dead; what its runner said meanwhile stays."""
    await plan(db, *range(1, 7))
    await reminders.claim(db, SLOT, NOW)
    its = [one.reminder for one in await reminders.take(db, catalogue, NOW, 6)]
    assert await outbox.recover(db, outbox.REMINDERS) == 6
    await reminders.put_off(db, 5, its[4].id, NOW)
    await reminders.answer(db, its[5], ReminderAnswer.NOT_TODAY, NOW)
    words = (State.SENT, State.CLAIMED, State.REFUSED, State.UNKNOWN, State.SENT, State.SENT)
    outcomes = [
        DeliveryOutcome(it, state, message_id=70 + it.runner if state is State.SENT else None)
        for it, state in zip(its, words, strict=True)
    ]
    outcomes[2] = DeliveryOutcome(its[2], State.REFUSED, gone=True)
    await outbox.store(db, outbox.REMINDERS, outcomes[::-1], NOW)
    await outbox.store(db, outbox.REMINDERS, [], NOW)
    expected = [*words[:4], State.CLAIMED, State.SENT]
    assert await states(db) == dict(zip(range(1, 7), expected, strict=True))
    found = [await reminders.get(db, it.runner, it.id) for it in its]
    assert [it and it.message_id for it in found] == [71, None, None, None, 75, 76]
    unreachable = [await runner_services.get(db, it.runner) for it in its]
    assert [bool(it and it.unreachable_at) for it in unreachable] == [it.runner == 3 for it in its]


async def test_many_questions_at_a_time(db: Database) -> None:
    """Each with the regions of its own runner and day."""
    await plan(db, 1, 2, 3)
    yesterday = NOW - DAY
    pains = {1: (Region.KNEE, Region.HIP_GROIN), 2: (Region.SHIN_CALF,), 3: (Region.KNEE,)}
    async with db.write() as connection:
        for runner, regions in pains.items():
            told, day = PainReport(pain.PainKind.DULL, Region.BACK, 4), TODAY - 5 * DAY
            await incidents.add(connection, runner, runner, None, told, day)
            await incidents.add_answer(connection, runner, Region.BACK, Answer.ENDED, day)
            known = await runners.get(connection, runner)
            assert known is not None
            for region in regions:
                told = PainReport(pain.PainKind.DULL, region, 4)
                await incidents.add(connection, runner, runner, None, told, yesterday.date())
            resting = await rests.get(connection, runner)
            await pain_followups.plan(connection, known, resting, yesterday)
        await runners.set_unreachable(connection, [3], NOW)
    its = await pain_followups.take(db, NOW + timedelta(hours=3), 5)
    assert {it.question.runner: it.regions for it in its} == {1: pains[1], 2: pains[2]}
    await outbox.recover(db, outbox.QUESTIONS)
    sent = [
        DeliveryOutcome(it.question, State.SENT, message_id=7, gone=it.question.runner == 2)
        for it in its
    ]
    await outbox.store(db, outbox.QUESTIONS, sent, NOW)
    assert await pain_followups.take(db, NOW + timedelta(hours=3), 5) == []
    opened = [await pain_followups.open_question(db, it.question.runner, NOW) for it in its]
    assert opened == [it.question.id for it in its]
    gone = await runner_services.get(db, 2)
    assert gone is not None
    assert gone.unreachable_at == NOW
