"""Migrations both ways, honest times, one process per file, writers side by side, and erasure."""

import asyncio
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, insert, inspect, select, update
from sqlalchemy.exc import IntegrityError, StatementError

from bot.content import Catalogue
from bot.db import (
    asked,
    bands,
    calendar_days,
    inbox,
    incidents,
    missed,
    outbox,
    own_routines,
    personal_data,
    prescriptions,
    race,
    reminders,
    run_plan,
    runners,
    screening,
    sent_archives,
    sessions,
    swaps,
    warning_signs,
    week,
)
from bot.db.engine import Database, DatabaseError, Place
from bot.db.inbox import Arrival
from bot.db.migrating import MIGRATIONS, migrate, newest_revision
from bot.db.opening import open_database
from bot.db.sqlite import claim_file
from bot.db.swaps import Swap
from bot.db.tables import (
    HANDLED_UPDATES,
    METADATA,
    PAIN_TALKS,
    PRESCRIBED,
    REMINDERS,
    RUNNERS,
    SESSIONS,
    UPLOADS,
)
from bot.domain import pain
from bot.domain.bring_back import SentArchive
from bot.domain.calendar_days import CalendarDay
from bot.domain.first_questions import Topic
from bot.domain.kit import Band, Kit, KitKind, Level
from bot.domain.own_routine import Draft, Line, OwnRoutine
from bot.domain.pain_report import PainReport
from bot.domain.prescription import Prescription
from bot.domain.race import Distance, Race
from bot.domain.regions import Region
from bot.domain.reminder import Reminder, State
from bot.domain.rests import Level as RestLevel
from bot.domain.rests import rests
from bot.domain.run_plan import EntryKind, PlanEntry, PlanFile
from bot.domain.runner import ReportedSign, SafetyQuestion, Screening
from bot.domain.schedule import WEEK, Due, Slot, TrainingDay
from bot.domain.screening import Condition, Declared
from bot.domain.session import ExerciseDone, Move
from bot.domain.warning_signs import Urgency
from bot.domain.week import RunDay, RunKind
from bot.runtime.scheduler import Calendar
from bot.services import bands as band_services
from bot.services import pain as pain_services
from bot.services import runners as runner_services
from bot.services import screening as screening_services
from bot.services import training
from tests.databases import a_place, change, connected, rows
from tests.shipped import CATALOGUE

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
ANN, BEA = 6_000_000_001, 6_000_000_002  # more than 32 bits hold, as Telegram's ids are now


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coach.db"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path, "empty.db", empty=True) as place:
        yield place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path, "coach.db") as place:
        yield place


@pytest.fixture
async def db(place: Place) -> AsyncIterator[Database]:
    database = open_database(place)
    yield database
    await database.close()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return CATALOGUE


# Migrations


@contextmanager
def alembic(place: Place) -> Iterator[tuple[Config, Connection]]:
    """Alembic's configuration with a connection of ours, as `migrate` gives it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with connected(place) as connection:
        config.attributes["connection"] = connection
        yield config, connection


def tables(place: Place) -> set[str]:
    """Those that every database has."""
    with connected(place) as connection:
        return set(inspect(connection).get_table_names()) - {"alembic_version", "lease", "turns"}


def schema(place: Place) -> list[tuple[object, ...]]:
    query = (
        "SELECT name, sql FROM sqlite_master WHERE sql NOT NULL"
        if isinstance(place, Path)
        else "SELECT table_name, column_name, data_type, is_nullable, column_default "
        "FROM information_schema.columns WHERE table_schema = 'public'"
    )
    return sorted(tuple(row.values()) for row in rows(place, query))


def revisions() -> list[str]:
    """From the first to the last."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    walked = ScriptDirectory.from_config(config).walk_revisions()
    return [script.revision for script in walked][::-1]


@pytest.mark.slow
def test_every_migration_goes_up_down_and_up_again(empty: Place) -> None:
    ways = ["base", *revisions()]
    with alembic(empty) as (config, _):
        for down, up in pairwise(ways):
            command.upgrade(config, up)
            command.downgrade(config, down)
            command.upgrade(config, up)
    assert tables(empty) == set(METADATA.tables)
    with alembic(empty) as (config, _):
        command.downgrade(config, "base")
    assert tables(empty) == set()
    with alembic(empty) as (config, _):
        command.upgrade(config, "head")
    assert tables(empty) == set(METADATA.tables)


def test_there_is_one_line_of_migrations() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert len(ScriptDirectory.from_config(config).get_heads()) == 1


def test_migrations_and_tables_agree(empty: Place) -> None:
    migrate(empty)
    with alembic(empty) as (config, _):
        command.check(config)


@pytest.mark.sqlite
def test_a_migrated_database_is_the_one_that_the_tables_describe(file: Path) -> None:
    """Also where Alembic does not look: checks, partial indexes, AUTOINCREMENT."""
    migrate(file)
    made = file.with_name("made.db")
    engine = create_engine(f"sqlite:///{made}")
    METADATA.create_all(engine)
    engine.dispose()

    def words(path: Path) -> dict[str, list[str]]:
        """The order of columns and constraints does not matter."""
        return {name: sorted(re.findall(r"[\w']+", sql)) for name, sql in schema(path)}

    migrated = words(file)
    del migrated["alembic_version"]
    assert migrated == words(made)


def test_migrating_twice_changes_nothing(empty: Place) -> None:
    migrate(empty)
    before = schema(empty)
    migrate(empty)
    assert schema(empty) == before


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("is_new", [True, False])
def test_only_a_database_that_is_behind_loads_alembic(file: Path, is_new: bool) -> None:
    if not is_new:
        migrate(file)
    ask = (
        "import sys; from pathlib import Path; from bot.db.migrating import migrate;"
        "migrate(Path(sys.argv[1])); print('alembic' in sys.modules)"
    )
    said = subprocess.check_output([sys.executable, "-c", ask, str(file)], text=True)
    assert said.strip() == str(is_new)


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_coach_on_sqlite_loads_neither_the_orm_nor_what_postgresql_needs(file: Path) -> None:
    migrate(file)
    ask = (
        "import asyncio, sys; from pathlib import Path; import bot.__main__;"
        "from bot.db.migrating import migrate; from bot.db.opening import open_database;"
        "migrate(Path(sys.argv[1])); asyncio.run(open_database(Path(sys.argv[1])).close());"
        "needless = ('sqlalchemy.orm', 'sqlalchemy.ext.asyncio', 'greenlet', 'psycopg');"
        "print([name for name in needless if name in sys.modules])"
    )
    said = subprocess.check_output([sys.executable, "-c", ask, str(file)], text=True)
    assert said.strip() == "[]"


def test_the_newest_migration_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest_revision() == ScriptDirectory.from_config(config).get_current_head()


def test_a_migration_that_fails_half_way_leaves_the_file_as_it_was(empty: Place) -> None:
    change(empty, "CREATE TABLE step_logs (id INTEGER)")
    with pytest.raises(DatabaseError):
        migrate(empty)
    assert tables(empty) == {"step_logs"}


@pytest.mark.slow
def test_a_runner_from_before_the_bands_keeps_their_rows_both_ways(empty: Place) -> None:
    with alembic(empty) as (config, connection):
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO runners (id, created_at) VALUES (1, '2026-11-24')")
        connection.exec_driver_sql(
            "INSERT INTO schedule VALUES (1, 'monday', '07:00', 'UTC', '2026-11-24')"
        )
    migrate(empty)
    assert len(rows(empty, "schedule")) == 1
    assert [row["bands_told_at"] for row in rows(empty, "runners")] == [None]
    with alembic(empty) as (config, _):
        command.downgrade(config, "0001")
    assert rows(empty, "SELECT count(*) AS days FROM schedule") == [{"days": 1}]


OLD_PAIN = """
INSERT INTO incidents (runner_id, session_id, region, kind, score, day, worse)
VALUES (1, 1, '{region}', '{kind}', {score}, '{day}', {worse})
"""
OLD_AGREEMENT = "INSERT INTO agreements (runner_id, region, day) VALUES (1, 'knee', '{day}')"


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("pains", "agreed", "level"),
    [
        ([("dull", 7, 9, False)], None, None),
        ([("dull", 7, 3, False)], None, RestLevel.STRONG),
        ([("dull", 2, 3, True)], None, RestLevel.STRONG),
        ([("dull", 4, 3, False)], None, None),
        ([("dull", 4, 1, False)], None, RestLevel.MODERATE),
        ([("dull", 7, 30, False), ("dull", 2, 0, False)], None, RestLevel.MILD),
        ([("bone", 2, 90, False)], None, RestLevel.LOCK),
        ([("bone", 2, 90, False)], 80, None),
        ([("bone", 7, 3, False)], 2, RestLevel.STRONG),
        ([("dull", 7, 90, False), ("dull", 7, 80, False)], None, RestLevel.LOCK),
        ([("dull", 7, 90, False), ("dull", 7, 80, False)], 80, None),
        ([("dull", 7, 90, False), ("dull", 7, 60, False)], None, None),
    ],
)
async def test_rests_that_were_over_stay_over_and_open_ones_go_on(
    empty: Place,
    pains: list[tuple[str, int, int, bool]],
    agreed: int | None,
    level: RestLevel | None,
) -> None:
    """Each pain with its kind, its score, how many days ago it was, and whether it was worse."""
    today = datetime.now(UTC).date()

    def ago(days: int) -> str:
        return (today - timedelta(days=days)).isoformat()

    with alembic(empty) as (config, connection):
        command.upgrade(config, "0012")
        connection.exec_driver_sql("INSERT INTO runners (id, created_at) VALUES (1, '2026-11-24')")
        for kind, score, days, worse in pains:
            connection.exec_driver_sql(
                OLD_PAIN.format(region="knee", kind=kind, score=score, day=ago(days), worse=worse)
            )
        if agreed is not None:
            connection.exec_driver_sql(OLD_AGREEMENT.format(day=ago(agreed)))
    migrate(empty)
    database = open_database(empty)
    async with database.read() as reading:
        events = (await incidents.events(reading, [1]))[1]
    await database.close()
    assert [rest.level for rest in rests(events)] == ([level] if level else [])
    with alembic(empty) as (config, _):
        command.downgrade(config, "0012")
    assert rows(empty, "SELECT count(*) AS pains FROM incidents") == [{"pains": len(pains)}]
    assert len(rows(empty, "SELECT day FROM agreements")) == (agreed is not None)


async def test_an_open_rest_of_the_back_becomes_one_of_both_its_parts(empty: Place) -> None:
    with alembic(empty) as (config, connection):
        command.upgrade(config, "0012")
        connection.exec_driver_sql("INSERT INTO runners (id, created_at) VALUES (1, '2026-11-24')")
        day = datetime.now(UTC).date().isoformat()
        connection.exec_driver_sql(
            OLD_PAIN.format(region="back", kind="dull", score=6, day=day, worse=False)
        )
    migrate(empty)
    database = open_database(empty)
    async with database.read() as reading:
        events = (await incidents.events(reading, [1]))[1]
    await database.close()
    assert [rest.region for rest in rests(events)] == [Region.LOW_BACK, Region.UPPER_BACK]


async def test_sessions_from_before_gaps_of_exercises_say_what_was_done_in_them(
    empty: Place,
) -> None:
    steps = [
        {"exercise": None, "set_number": 1},
        {"exercise": "clamshell", "set_number": 1},
        {"exercise": "clamshell", "set_number": 2},
        {"exercise": "band-row", "set_number": 1},
        {"exercise": "band-row", "set_number": 2},
        {"exercise": "pallof-press", "set_number": 1},
    ]
    outcomes = ["done", "skipped", "done", "done", "skipped", "hurt"]
    with alembic(empty) as (config, connection):
        command.upgrade(config, "0012")
        connection.exec_driver_sql("INSERT INTO runners (id, created_at) VALUES (1, '2026-11-24')")
        connection.exec_driver_sql(
            "INSERT INTO sessions (id, runner_id, routine, routine_name, steps, phase, position,"
            " revision, created_at, ended_at, trained_at) VALUES (7, 1, 'hills', 'Hills',"
            f" '{json.dumps(steps)}', 'finished', 6, 9, '2026-11-24', '2026-11-24', '2026-11-24')"
        )
        for place, outcome in enumerate(outcomes):
            connection.exec_driver_sql(
                f"INSERT INTO step_logs (session_id, step, outcome, at)"
                f" VALUES (7, {place}, '{outcome}', '2026-11-24')"
            )
    migrate(empty)
    database = open_database(empty)
    async with database.read() as connection:
        known = await sessions.trained(connection, [1], NOW)
    await database.close()
    assert known[1][0].exercises == {
        "clamshell": ExerciseDone(1, whole=True),
        "band-row": ExerciseDone(1, whole=False),
    }


async def test_who_was_there_before_there_was_a_door_is_in(empty: Place) -> None:
    with alembic(empty) as (config, connection):
        command.upgrade(config, "0004")
        connection.exec_driver_sql("INSERT INTO runners (id, created_at) VALUES (1, '2026-11-24')")
    migrate(empty)
    database = open_database(empty)
    found = [await runner_services.has_joined(database, runner) for runner in (1, 2)]
    await database.close()
    assert found == [True, False]


async def test_who_waits_from_before_the_conditions_is_asked_which(empty: Place) -> None:
    """A tapped warning sign waits for a clinician as before; agreements keep their dates."""
    with alembic(empty) as (config, connection):
        command.upgrade(config, "0012")
        for runner, screening in enumerate(("waiting", "waiting", "agreed", "clear"), start=1):
            connection.exec_driver_sql(
                "INSERT INTO runners (id, created_at, screening, screened_at) VALUES "
                f"({runner}, '2026-11-01', '{screening}', '2026-11-02 07:00:00.000000')"
            )
        connection.exec_driver_sql(
            "INSERT INTO sessions (runner_id, routine, routine_name, steps, phase, position,"
            " revision, timed, nudged, created_at, ended_at) VALUES (2, 'marathon-five',"
            " 'Marathon five', '[]', 'stopped', 0, 3, true, false, '2026-11-02',"
            " '2026-11-02 07:00:00.000000')"
        )
    migrate(empty)
    database = open_database(empty)
    rules = CATALOGUE.conditions
    known = [await screening_services.ask(database, rules, runner, "", NOW) for runner in (1, 2)]
    left = [await runner_services.get(database, runner) for runner in (3, 4)]
    await database.close()
    assert [runner.is_asked_which for runner in known] == [True, False]
    assert [each.condition for each in known[1].conditions] == [Condition.WARNING_SIGN]
    assert [runner and runner.screening for runner in left] == [Screening.AGREED, Screening.CLEAR]
    assert {runner.screened_at for runner in left if runner} == {
        datetime(2026, 11, 2, 7, tzinfo=UTC)
    }


async def test_migrating_again_keeps_the_rows(empty: Place) -> None:
    migrate(empty)
    database = open_database(empty)
    await runner_services.answer_safety(database, ANN, Screening.CLEAR, NOW)
    await database.close()
    migrate(empty)
    database = open_database(empty)
    known = await runner_services.get(database, ANN)
    await database.close()
    assert known is not None
    assert (known.screening, known.screened_at) == (Screening.CLEAR, NOW)


# What can't be used is told in one line


def one_line(error: pytest.ExceptionInfo[DatabaseError]) -> str:
    text = str(error.value)
    assert len(text.splitlines()) == 1
    assert error.value.__context__ is None or error.value.__suppress_context__
    return text


@pytest.mark.sqlite
def test_a_database_of_a_newer_version_is_refused(file: Path) -> None:
    migrate(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    before = file.read_bytes()
    with pytest.raises(DatabaseError) as error:
        migrate(file)
    assert "newer version" in str(error.value)
    assert len(str(error.value).splitlines()) == 1
    assert file.read_bytes() == before


@pytest.mark.sqlite
def test_a_file_that_is_no_database_is_refused(file: Path) -> None:
    file.write_bytes(b"my training diary\n" * 100)
    with pytest.raises(DatabaseError) as error:
        migrate(file)
    assert str(file) in one_line(error)
    assert file.read_bytes() == b"my training diary\n" * 100


@pytest.mark.sqlite
def test_a_folder_that_is_not_there_is_refused_by_migrate(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError) as error:
        migrate(tmp_path / "nowhere" / "coach.db")
    assert "nowhere" in one_line(error)


@pytest.mark.sqlite
def test_a_read_only_database_is_refused(file: Path) -> None:
    """Before the first tap, not at it. SQLite's own switch, since root may write anywhere."""
    migrate(file)
    with pytest.raises(DatabaseError) as error:
        migrate(Path(f"file:{file}?mode=ro&uri=true"))
    assert "readonly" in one_line(error)


@pytest.mark.sqlite
def test_a_folder_is_made_where_it_can_be(tmp_path: Path) -> None:
    lock = claim_file(tmp_path / "a" / "b" / "coach.db")
    lock.release()
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.sqlite
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError) as error:
        claim_file(tmp_path / "file" / "coach.db")
    assert str(tmp_path / "file") in one_line(error)
    with pytest.raises(DatabaseError) as error:
        claim_file(Path("/proc/bandcoach/coach.db"))
    assert "can't write to /proc/bandcoach" in one_line(error)


HOLD = """
import sys
from pathlib import Path
from bot.db.sqlite import claim_file
lock = claim_file(Path(sys.argv[1]))
print("claimed", flush=True)
sys.stdin.read()
"""


@pytest.mark.sqlite
def test_a_second_process_is_kept_off_until_the_first_is_gone(file: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "claimed\n"
        with pytest.raises(DatabaseError) as error:
            claim_file(file)
        assert f"already running on {file}" in one_line(error)
        first.kill()
    claim_file(file).release()


# Rows


async def test_a_naive_time_is_refused(db: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW.replace(tzinfo=None))
    assert await runner_services.get(db, ANN) is None


async def test_a_naive_time_is_refused_in_a_question_too(db: Database) -> None:
    with pytest.raises(StatementError, match="naive datetime"):
        async with db.read() as connection:
            await connection.execute(
                select(RUNNERS).where(RUNNERS.c.created_at < datetime(2026, 1, 1))  # noqa: DTZ001
            )


async def test_a_time_comes_back_in_utc_whatever_zone_it_was_given_in(db: Database) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    given = datetime(2026, 11, 24, 12, 0, 0, 123456, tzinfo=kathmandu)
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, given)
    known = await runner_services.get(db, ANN)
    assert known is not None
    assert known.screened_at == given
    assert known.screened_at is not None
    assert known.screened_at.tzinfo is UTC


async def test_a_hundred_writers_side_by_side_all_succeed(place: Place) -> None:
    """Two databases on one place stand for two processes, which know nothing of each other."""
    both = [open_database(place), open_database(place)]
    await runner_services.answer_safety(both[0], ANN, Screening.CLEAR, NOW)

    async def one_more(database: Database) -> None:
        async with database.write(ANN) as connection:
            row = select(RUNNERS.c.place).where(RUNNERS.c.id == ANN)
            place = (await connection.execute(row)).scalar_one()
            await asyncio.sleep(0)
            new = update(RUNNERS).where(RUNNERS.c.id == ANN).values(place=f"{int(place or 0) + 1}")
            await connection.execute(new)

    await asyncio.gather(*(one_more(both[number % 2]) for number in range(100)))
    known = await runner_services.get(both[0], ANN)
    for database in both:
        await database.close()
    assert known is not None
    assert known.place == "100"


async def test_a_reader_is_not_kept_waiting_by_a_writer(db: Database) -> None:
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW)
    async with db.write() as connection:
        await runners.save_screening(connection, ANN, Screening.WAITING, NOW)
        meanwhile = await asyncio.wait_for(runner_services.get(db, ANN), 1)
    assert meanwhile is not None
    assert meanwhile.screening is Screening.CLEAR


async def test_what_fails_half_way_leaves_nothing(db: Database) -> None:
    async def fails() -> None:
        async with db.write() as connection:
            await runners.ensure(connection, ANN, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert await runner_services.get(db, ANN) is None


async def test_a_row_of_a_runner_who_is_not_there_is_refused(db: Database) -> None:
    days = (TrainingDay(WEEK[0], time(7)),)
    with pytest.raises(IntegrityError):
        async with db.write() as connection:
            await runners.save_schedule(connection, ANN, "Europe/Berlin", days, NOW)


async def test_a_runner_has_one_open_session_at_most(db: Database, catalogue: Catalogue) -> None:
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW)
    opened = await training.open_session(db, catalogue, ANN, "marathon-five", NOW, begin=True)
    assert isinstance(opened, training.Opened)
    with pytest.raises(IntegrityError):
        async with db.write() as connection:
            await sessions.add(connection, opened.stored.session, NOW)


async def test_steps_stored_by_an_earlier_version_can_be_walked(
    db: Database, catalogue: Catalogue
) -> None:
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW)
    await training.open_session(db, catalogue, ANN, "hips-and-glutes", NOW, begin=True)
    async with db.write() as connection:
        steps = [*(await connection.execute(select(SESSIONS.c.steps))).scalar_one()]
        for step in steps:
            for new in ("go", "in_rounds", "instead_of", "lacks", "part"):
                del step[new]
        await connection.execute(update(SESSIONS).values(steps=steps))
    kept = await training.current(db, ANN)
    assert kept is not None
    assert len(kept.session.steps) == len(steps)
    assert {(step.go, step.in_rounds, step.lacks) for step in kept.session.steps} == {
        (0, False, ())
    }


async def test_the_context_of_a_session_may_have_fields_of_an_earlier_version(
    db: Database, catalogue: Catalogue
) -> None:
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW)
    opened = await training.open_session(db, catalogue, ANN, "first-two-weeks", NOW, begin=True)
    assert isinstance(opened, training.Opened)
    session = opened.stored.session.id
    async with db.write() as connection:
        before = await prescriptions.prescribed(connection, session)
        assert before is not None
        assert before.context.stays_easy
        context = (await connection.execute(select(PRESCRIBED.c.context))).scalar_one()
        await connection.execute(update(PRESCRIBED).values(context=context | {"red_flag": False}))
        assert await prescriptions.prescribed(connection, session) == before


# Bands


async def test_who_owns_nothing_is_told_from_who_has_not_said(db: Database) -> None:
    assert await band_services.get(db, ANN) is None
    await runner_services.answer_safety(db, ANN, Screening.CLEAR, NOW)
    assert await band_services.get(db, ANN) is None
    await band_services.choose(db, ANN, Kit(), NOW)
    assert await band_services.get(db, ANN) == Kit()


async def test_two_taps_at_once_on_two_bands_keep_both(db: Database) -> None:
    light, heavy = (Band(KitKind.MINI_BAND, level) for level in (Level.LIGHT, Level.HEAVY))
    await asyncio.gather(
        band_services.own(db, ANN, light, True, NOW), band_services.own(db, ANN, heavy, True, NOW)
    )
    assert await band_services.get(db, ANN) == Kit((light, heavy))


async def test_a_band_owned_already_keeps_its_colour(db: Database) -> None:
    green = Band(KitKind.MINI_BAND, Level.LIGHT, "green")
    await band_services.choose(db, ANN, Kit((green,)), NOW)
    again = Band(KitKind.MINI_BAND, Level.LIGHT)
    assert await band_services.own(db, ANN, again, True, NOW) == Kit((green,))
    assert await band_services.own(db, ANN, again, False, NOW) == Kit()


async def test_a_colour_of_a_band_that_is_not_owned_changes_nothing(db: Database) -> None:
    kit = await band_services.colour(db, ANN, KitKind.LONG_BAND, Level.HEAVY, "red", NOW)
    assert kit == Kit()


# Erasure


async def a_life(db: Database, catalogue: Catalogue, runner: int) -> None:
    """Leaves a row in every table."""
    await runner_services.answer_safety(db, runner, Screening.CLEAR, NOW)
    async with db.write() as connection:
        await runners.save_place(connection, runner, "Europe/Berlin", "Berlin", NOW)
        days = tuple(TrainingDay(day, time(7)) for day in WEEK)
        await runners.save_schedule(connection, runner, "Europe/Berlin", days, NOW)
        await runners.ask(connection, runner, {}, NOW)
        kit = Kit((Band(KitKind.MINI_BAND, Level.LIGHT, "green"),))
        await bands.save(connection, runner, kit, NOW)
        dose = Prescription(None, 2, Level.LIGHT)
        await prescriptions.save(connection, runner, {"clamshell": dose}, True)
        due = Due(date(2026, 11, 25), NOW + timedelta(days=1))
        await reminders.claim(connection, Slot("Europe/Berlin", time(7)), due, 10)
        await inbox.add(connection, [(Arrival(runner, runner, runner, {}), None)], None, NOW)
        await asked.add(connection, runner, Topic.BANDS, NOW)
        line = Line("clamshell", "clamshell", (), 2, 12)
        own = OwnRoutine(f"r_{runner}", "Club legs", (line,), 30)
        await own_routines.add(connection, runner, own, NOW)
        await own_routines.save_draft(connection, runner, Draft((line,)), NOW)
    opened = await training.open_session(db, catalogue, runner, "marathon-five", NOW, begin=True)
    assert isinstance(opened, training.Opened)
    session = opened.stored.session
    for revision in range(session.revision, session.revision + 3):
        await training.move(db, runner, session.id, revision, Move.DONE, NOW)
    await it_hurts(db, catalogue, runner, session.id, session.revision + 3)
    await runs(db, runner)


async def runs(db: Database, runner: int) -> None:
    """The running week, a race, a plan from a file, and a missed day."""
    day = NOW.date()
    async with db.write() as connection:
        await week.save(connection, runner, {WEEK[6]: RunDay(RunKind.LONG)})
        await race.save(connection, runner, Race(0, Distance.HALF, day), NOW)
        plan = PlanFile((PlanEntry(day, EntryKind.EASY, time(18), "Easy 8 km"),))
        await run_plan.add_draft(connection, runner, plan, day, NOW)
        ignored = Reminder(1, runner, day, NOW, NOW, State.SENT, None, None, None)
        await missed.add(connection, {ignored: NOW})


async def it_hurts(
    db: Database, catalogue: Catalogue, runner: int, session: int, revision: int
) -> None:
    """The question, the incident, a clinician's word, the morning after; and a swap."""
    await training.move(db, runner, session, revision, Move.HURT, NOW)
    told = PainReport(pain.PainKind.BONE, Region.SHIN_CALF, 3)
    await pain_services.save_report(db, runner, session, revision + 1, told)
    await pain_services.decide(db, catalogue, runner, session, revision + 1, told, NOW)
    await pain_services.agree(db, runner, Region.SHIN_CALF, NOW)
    async with db.write() as connection:
        await incidents.save_report(connection, runner, session, revision, told)
        await swaps.save(connection, runner, "clamshell", Swap("fire-hydrant", "base"))
        await screening.add_condition(connection, runner, Declared(Condition.HEART, NOW))
        await screening.ask(connection, runner, SafetyQuestion(NOW))
        await warning_signs.save(
            connection, runner, ReportedSign("heart", Urgency.EMERGENCY, None, NOW)
        )
        talk = {"runner_id": runner, "revision": 0, "answers": {}, "asked_at": NOW}
        await connection.execute(insert(PAIN_TALKS).values(talk))
        day = CalendarDay("a-uid", NOW.date(), NOW, "Europe/Berlin", "strength", 1, NOW)
        await calendar_days.save(connection, runner, [day])
        await sent_archives.save(connection, runner, SentArchive("file", "digest", NOW))


def rows_with(place: Place, value: int) -> dict[str, int]:
    """How many rows of each table hold this number in any column."""
    return {
        table: sum(value in row.values() for row in rows(place, table)) for table in METADATA.tables
    }


# A file that Telegram has, and the bare number of an update.
OF_NOBODY = (UPLOADS.name, HANDLED_UPDATES.name)


def count_rows(place: Place) -> dict[str, int]:
    return {table: len(rows(place, table)) for table in METADATA.tables if table not in OF_NOBODY}


@pytest.mark.slow
async def test_erasing_a_runner_leaves_no_row_of_theirs(
    place: Place, db: Database, catalogue: Catalogue
) -> None:
    await a_life(db, catalogue, BEA)
    beas = count_rows(place)
    await a_life(db, catalogue, ANN)
    both = count_rows(place)
    assert all(both[table] > beas[table] > 0 for table in both), "a_life misses a table"
    async with db.write() as connection:
        await runners.erase(connection, ANN)
    assert set(rows_with(place, ANN).values()) == {0}
    assert count_rows(place) == beas


def bytes_of(number: int) -> set[bytes]:
    """How files may hold a number: in digits, or as SQLite writes an integer of its size."""
    width = next(size for size in (1, 2, 3, 4, 6, 8) if number < 1 << (8 * size - 1))
    return {str(number).encode(), number.to_bytes(width)}


def files_with(folder: Path, number: int) -> set[str]:
    return {
        file.name
        for file in folder.rglob("*")
        if file.is_file() and any(it in file.read_bytes() for it in bytes_of(number))
    }


@pytest.mark.slow
@pytest.mark.sqlite
async def test_erasing_a_runner_leaves_their_number_in_no_file(
    file: Path, db: Database, catalogue: Catalogue
) -> None:
    """Neither in a free page nor in the write-ahead log nor in the job store."""
    calendar = Calendar(f"sqlite:///{file.with_name('coach-jobs.db')}")
    calendar.start()
    for runner in (ANN, BEA):
        await a_life(db, catalogue, runner)
        async with db.read() as connection:
            calendar.reconcile(await runners.slots(connection))
    assert files_with(file.parent, ANN)
    await runner_services.erase(db, calendar, ANN)
    assert files_with(file.parent, ANN) == set()
    assert files_with(file.parent, BEA)
    calendar.stop()


def test_every_table_of_runners_is_erased_with_them() -> None:
    """All that the export finds hangs on the runner's row by keys that cascade."""
    owned = {table for table, _ in personal_data.owned(ANN)}
    for table in owned - {RUNNERS}:
        keys = [key for key in table.foreign_keys if key.column.table in owned]
        assert [key.ondelete for key in keys] == ["CASCADE"], table.name


async def test_the_ids_of_erased_sessions_and_reminders_are_not_given_again(
    db: Database, catalogue: Catalogue
) -> None:
    """A button of an erased session must not move a new one."""
    await a_life(db, catalogue, ANN)
    async with db.write() as connection:
        old = await sessions.last_ended(connection, ANN)
        reminder = (await connection.execute(select(REMINDERS.c.id))).scalar_one()
        await runners.erase(connection, ANN)
    await a_life(db, catalogue, ANN)
    async with db.read() as connection:
        new = await sessions.last_ended(connection, ANN)
        again = (await connection.execute(select(REMINDERS.c.id))).scalar_one()
    assert old is not None
    assert new is not None
    assert new.session.id > old.session.id
    assert again > reminder


# Claiming, the rule on which "once per date" rests


async def test_a_date_is_claimed_once_however_often_the_slot_wakes(db: Database) -> None:
    slot, due = Slot("Europe/Berlin", time(7)), Due(date(2026, 11, 24), NOW)
    for runner in (ANN, BEA):
        await runner_services.answer_safety(db, runner, Screening.CLEAR, NOW)
        async with db.write() as connection:
            days = (TrainingDay(WEEK[1], time(7)),)
            await runners.save_schedule(connection, runner, slot.zone, days, NOW)
    async with db.write() as connection:
        claimed = [await reminders.claim(connection, slot, due, 1) for _ in range(4)]
    assert claimed == [1, 1, 0, 0]


async def test_of_two_who_take_each_gets_another_reminder(db: Database) -> None:
    await test_a_date_is_claimed_once_however_often_the_slot_wakes(db)

    async def take() -> list[int]:
        async with db.write() as connection:
            taken = await outbox.take(connection, outbox.REMINDERS, NOW, 1)
        return [row.runner_id for row in taken]

    taken = await asyncio.gather(*(take() for _ in range(4)))
    assert sorted(runner for its in taken for runner in its) == [ANN, BEA]
    async with db.read() as connection:
        states = (await connection.execute(select(REMINDERS.c.state))).scalars()
        assert set(states) == {State.SENDING.value}
