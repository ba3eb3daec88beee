"""The export is the runner's whole history and nobody else's, and reads back as it was stored."""

import csv
import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Date, Table, insert, select, update

from bot.content import Catalogue
from bot.db import (
    asked,
    calendar_days,
    incidents,
    missed,
    own_routines,
    personal_data,
    prescriptions,
    race,
    run_plan,
    runners,
    screening,
    sent_archives,
    sessions,
    swaps,
    warning_signs,
    week,
)
from bot.db.engine import Database
from bot.db.opening import open_database
from bot.db.swaps import Swap
from bot.db.tables import METADATA, PAIN_TALKS, SESSIONS, STEP_LOGS, UPLOADS, UtcDateTime
from bot.domain import pain
from bot.domain.bring_back import SentArchive
from bot.domain.calendar_days import CalendarDay
from bot.domain.first_questions import Topic
from bot.domain.kit import Band, KitKind, Level
from bot.domain.own_routine import Draft, Line, OwnRoutine
from bot.domain.pain_report import PainReport
from bot.domain.prescription import ExerciseBounds, ExerciseClass, start
from bot.domain.race import Distance, Race
from bot.domain.regions import Region
from bot.domain.reminder import Reminder, State
from bot.domain.rests import Answer
from bot.domain.run_plan import EntryKind, PlanEntry, PlanFile
from bot.domain.runner import ReportedSign, SafetyQuestion
from bot.domain.schedule import WEEK, TrainingDay
from bot.domain.screening import Condition, Declared
from bot.domain.session import Session
from bot.domain.session_doses import Dose, SessionDoses
from bot.domain.warning_signs import Urgency
from bot.domain.week import RunDay, RunKind
from bot.services import bands, schedule
from bot.services import export as services
from bot.services import runners as runner_services
from tests.databases import a_place
from tests.histories import weeks_of_training
from tests.shipped import CATALOGUE

NOW = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # in Berlin it is tomorrow
ANN, BEA = 6_000_000_001, 6_000_000_002
LIVED: list[bytes] = []
DAYS = (TrainingDay(WEEK[0], time(7)), TrainingDay(WEEK[3], time(18, 30)))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


@pytest.fixture
async def db(tmp_path: Path, catalogue: Catalogue) -> AsyncIterator[Database]:
    """Two runners, each with some weeks of training."""
    async with after_weeks(tmp_path) as database:
        yield database


@asynccontextmanager
async def after_weeks(folder: Path) -> AsyncIterator[Database]:
    """A database of two who have lived; a file is made once in each process, and then copied."""
    with a_place(folder) as place:
        if isinstance(place, Path) and LIVED:
            place.write_bytes(LIVED[0])
            database = open_database(place)
        else:
            database = open_database(place)
            await lived(database, CATALOGUE)
        if isinstance(place, Path) and not LIVED:
            await database.close()
            LIVED.append(place.read_bytes())
            database = open_database(place)
        yield database
        await database.close()


async def lived(database: Database, catalogue: Catalogue) -> None:
    for runner, weeks in ((ANN, 4), (BEA, 3)):
        await weeks_of_training(database, catalogue, runner, NOW, weeks, days=DAYS)
        await schedule.ask_place(database, runner, NOW)
        await prescribed(database, runner)
        await bands.own(database, runner, Band(KitKind.MINI_BAND, Level.LIGHT, "green"), True, NOW)
        await pain_and_a_swap(database, runner)
        async with database.write() as connection:
            await asked.add(connection, runner, Topic.BANDS, NOW)
        await an_own_routine(database, runner)


async def prescribed(db: Database, runner: int) -> None:
    """What the last session was made of, and what followed from it."""
    exercise = ExerciseBounds("clamshell", ExerciseClass.ISO, (Level.LIGHT,))
    dose = start(exercise)
    last = (await stored(db, runner))[-1].id
    async with db.write() as connection:
        await prescriptions.save(connection, runner, {"clamshell": dose}, True)
        made_of = SessionDoses((Dose(exercise, dose, "Clamshell"),))
        await prescriptions.save_prescribed(connection, last, made_of)


async def pain_and_a_swap(database: Database, runner: int) -> None:
    told, day = PainReport(pain.PainKind.BONE, Region.KNEE, 3), NOW.date()
    async with database.write() as connection:
        await incidents.add(connection, runner, 1, "clamshell", told, day)
        await incidents.save_report(connection, runner, 1, 1, told)
        await incidents.add_answer(connection, runner, Region.KNEE, Answer.AGREED, day)
        talk = {"runner_id": runner, "revision": 0, "answers": {}, "asked_at": NOW}
        await connection.execute(insert(PAIN_TALKS).values(talk))
        await incidents.plan_question(connection, runner, day, NOW, NOW)
        await swaps.save(connection, runner, "clamshell", Swap("fire-hydrant", "base"))
        await week.save(connection, runner, {WEEK[6]: RunDay(RunKind.LONG)})
        await race.save(connection, runner, Race(0, Distance.HALF, day), NOW)
        plan = PlanFile((PlanEntry(day, EntryKind.EASY, time(18), "Easy 8 km"),))
        await run_plan.add_draft(connection, runner, plan, day, NOW)
        ignored = Reminder(1, runner, day, NOW, NOW, State.SENT, None, None, None)
        await missed.add(connection, {ignored: NOW})
        await screening.add_condition(connection, runner, Declared(Condition.HEART, NOW))
        await screening.ask(connection, runner, SafetyQuestion(NOW))
        await warning_signs.save(
            connection, runner, ReportedSign("heart", Urgency.EMERGENCY, None, NOW)
        )
        in_file = CalendarDay("a-uid", day, NOW, "Europe/Berlin", "strength", 1, NOW)
        await calendar_days.save(connection, runner, [in_file])
        await sent_archives.save(connection, runner, SentArchive("file", "digest", NOW))


async def an_own_routine(database: Database, runner: int) -> None:
    line = Line("clamshell", "clamshell", (), 2, 12)
    async with database.write() as connection:
        own = OwnRoutine(f"r_{runner}", "Club legs", (line,), 30)
        await own_routines.add(connection, runner, own, NOW)
        await own_routines.save_draft(connection, runner, Draft((line,)), NOW)


async def exported(db: Database, runner: int = ANN) -> zipfile.ZipFile:
    export = await services.export(db, runner, NOW)
    assert export is not None
    return zipfile.ZipFile(io.BytesIO(export.content))


async def tables(db: Database, runner: int = ANN) -> dict[str, list[dict[str, Any]]]:
    file = await exported(db, runner)
    found: dict[str, list[dict[str, Any]]] = json.loads(file.read("data.json"))["tables"]
    return found


async def sets(db: Database, runner: int = ANN) -> list[dict[str, str]]:
    file = await exported(db, runner)
    return list(csv.DictReader(io.StringIO(file.read("sets.csv").decode(), newline="")))


async def stored(db: Database, runner: int = ANN) -> list[Session]:
    async with db.read() as connection:
        return list(await sessions.trained_page(connection, runner, 0, 1000))


def of_runners() -> set[str]:
    """The tables whose rows are some runner's: by a key, through others, or by a column's name."""
    found = {"runners"}
    while True:
        more = {table.name for table in METADATA.sorted_tables if points_at(table, found)}
        if more <= found:
            return found
        found |= more


def points_at(table: Table, others: set[str]) -> bool:
    keys = {key.column.table.name for key in table.foreign_keys}
    return bool(keys & others) or any("runner" in column.name for column in table.columns)


async def test_every_table_with_a_runners_rows_is_in_the_file(db: Database) -> None:
    assert {table.name for table, _ in personal_data.owned(ANN)} == of_runners()
    assert set(await tables(db)) == of_runners(), "the fixture misses a table"
    assert UPLOADS.name not in of_runners()


@pytest.mark.slow
async def test_the_file_holds_every_column_of_every_row(db: Database) -> None:
    for name, rows in (await tables(db)).items():
        assert all(set(row) == set(METADATA.tables[name].columns.keys()) for row in rows)
    async with db.read() as connection:
        for table, where in personal_data.owned(ANN):
            count = len((await connection.execute(select(table).where(where))).all())
            assert count == len((await tables(db))[table.name]) > 0


def as_stored(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    """A row read from JSON, with its dates and times as such again."""
    readers = {UtcDateTime: datetime.fromisoformat, Date: date.fromisoformat}
    return {
        name: readers.get(type(table.columns[name].type), lambda value: value)(value)
        if isinstance(value, str)
        else value
        for name, value in row.items()
    }


@pytest.fixture
async def another(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty one."""
    with a_place(tmp_path, "another.db") as place:
        database = open_database(place)
        yield database
        await database.close()


@pytest.mark.slow
async def test_the_history_read_back_is_equal(db: Database, another: Database) -> None:
    read = await tables(db)
    async with another.write() as connection:
        for table in METADATA.sorted_tables:
            if table.name in read:
                rows = [as_stored(table, row) for row in read[table.name]]
                await connection.execute(insert(table), rows)
    assert await tables(another) == read
    assert await stored(another) == await stored(db)
    assert await runner_services.get(another, ANN) == await runner_services.get(db, ANN)
    assert len(await stored(another)) > 3


async def test_the_table_has_a_row_for_every_set_as_it_was_done(db: Database) -> None:
    expected = [
        (str(session.id), entry.outcome.value, step.exercise, str(step.set_number), step.side or "")
        for session in await stored(db)
        for entry in session.log
        if (step := session.steps[entry.step]).is_work
    ]
    assert all(row["target_from"] and not row["actual_seconds"] for row in await sets(db))
    names = ("session", "outcome", "exercise", "set", "side")
    assert [tuple(row[name] for name in names) for row in await sets(db)] == expected


@pytest.mark.parametrize(("timed", "seconds"), [(False, ""), (True, "30")])
async def test_the_table_has_what_was_asked_for_in_its_own_measure(
    db: Database, timed: bool, seconds: str
) -> None:
    async with db.write() as connection:
        await connection.execute(update(SESSIONS).values(timed=timed))
    names = ("target_seconds", "target_from", "target_to", "target_unit")
    first = next(row for row in await sets(db) if row["exercise"] == "lateral-band-walk")
    assert tuple(first[name] for name in names) == (seconds, "10", "10", "steps")


async def test_dates_are_local_and_in_utc(db: Database) -> None:
    moments = [
        entry.at
        for session in await stored(db)
        for entry in session.log
        if session.steps[entry.step].is_work
    ]
    rows = await sets(db)
    assert [datetime.fromisoformat(row["utc"]) for row in rows] == moments
    assert any(row["date"] != row["utc"][:10] for row in rows)


async def test_the_table_is_rfc_4180_in_utf_8(db: Database) -> None:
    text = (await exported(db)).read("sets.csv").decode("utf-8")
    lines = text.split("\r\n")
    assert lines.pop() == ""
    assert "\n" not in text.replace("\r\n", "")
    assert {len(row) for row in csv.reader(lines, strict=True)} == {len(services.COLUMNS)}


@pytest.mark.breadth(2)
@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
async def test_no_cell_is_a_formula(db: Database, start: str) -> None:
    """A host's own content may begin like one."""
    name = f'{start}HYPERLINK("https://x.example";"a, b")'
    (first, *_) = await stored(db)
    steps = tuple(replace(step, name=name, band="bänd\n深蹲") for step in first.steps)
    async with db.write() as connection:
        await sessions.add(connection, replace(first, steps=steps, ended_at=None), NOW)
        (new,) = await connection.execute(select(SESSIONS.c.id).order_by(-SESSIONS.c.id).limit(1))
        await connection.execute(
            insert(STEP_LOGS).values(session_id=new.id, step=len(steps) - 1, outcome="done", at=NOW)
        )
    row = (await sets(db))[-1]
    assert row["name"] == f"'{name}"
    assert row["band"] == "bänd\n深蹲"


async def test_nothing_of_another_runner_is_in_it(db: Database) -> None:
    anns = (await exported(db)).read("data.json").decode()
    assert str(ANN) in anns
    assert str(BEA) not in anns
    ids = {session.id for session in await stored(db, BEA)}
    assert ids
    assert ids & {row["id"] for row in (await tables(db))["sessions"]} == set()
    assert {str(number) for number in ids} & {row["session"] for row in await sets(db)} == set()


async def test_the_file_is_named_after_the_runners_date(db: Database) -> None:
    export = await services.export(db, ANN, NOW)
    assert export is not None
    assert export.name == "bandcoach-2026-11-25.zip"


async def test_of_a_stranger_there_is_nothing(db: Database) -> None:
    assert await services.export(db, 12345, NOW) is None


async def test_after_erasure_there_is_nothing(db: Database) -> None:
    async with db.write() as connection:
        await runners.erase(connection, ANN)
    assert await services.export(db, ANN, NOW) is None
    assert await runner_services.get(db, BEA) is not None


def test_the_columns_are_plain_words() -> None:
    assert all(re.fullmatch(r"[a-z_]+", name) for name in services.COLUMNS)
