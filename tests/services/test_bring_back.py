"""An export comes back as it was, whole or not at all, and loosens nothing that stands."""

import copy
import io
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Integer,
    String,
    delete,
    insert,
    update,
)

from bot.archives import Archive
from bot.archives.reading import lines
from bot.db import incidents, own_routines, personal_data, prescriptions, runners, sessions
from bot.db.archived_rows import NOT_BROUGHT, POLICIES, Policy
from bot.db.bring_back import ENDED, OVER
from bot.db.engine import Database
from bot.db.tables import (
    BANDS,
    METADATA,
    MORNINGS,
    REMINDERS,
    RUN_PLANS,
    RUNNERS,
    SESSIONS,
    WARNING_SIGNS,
    UtcDateTime,
)
from bot.domain import pain
from bot.domain.bring_back import Contents, Preview, Refusal, SentArchive
from bot.domain.pain_report import PainReport
from bot.domain.regions import Region
from bot.domain.rests import Answer, Level
from bot.domain.runner import Screening
from bot.services import bring_back, rests
from bot.services import export as export_services
from bot.services import runners as runner_services
from tests.services.test_export import ANN, BEA, NOW, after_weeks
from tests.shipped import CATALOGUE

Tables = dict[str, list[dict[str, Any]]]
LATER = NOW + timedelta(minutes=5)


class NoCalendar:
    """A job store that only takes note of the slots."""

    slots: object = None

    def reconcile(self, slots: object) -> None:
        self.slots = slots


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    """Ann and Bea, with a row in every table, in a state that the coach can have made."""
    async with after_weeks(tmp_path) as database:
        async with database.write() as connection:
            before = {"screening_before": "waiting", "screened_before_at": NOW}
            await connection.execute(update(WARNING_SIGNS).values(before))
            await connection.execute(update(RUNNERS).values(screening="waiting", screened_at=NOW))
            await connection.execute(update(MORNINGS).values(state="sent"))
            await connection.execute(update(RUN_PLANS).values(expires_at=None))
        yield database


async def exported(db: Database, runner: int = ANN) -> Tables:
    export = await export_services.export(db, runner, NOW)
    assert export is not None
    with zipfile.ZipFile(io.BytesIO(export.content)) as file:
        tables: Tables = json.loads(file.read("data.json"))["tables"]
    return tables


def archived(tables: Tables) -> Archive:
    """An export with these tables, as the reading process hands it over."""
    everything = {"program": "bandcoach", "format": 1, "made_at": NOW.isoformat(), "tables": tables}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("data.json", json.dumps(everything))
        archive.writestr("sets.csv", "")
    _, *pages = lines(file.getvalue())
    return Archive(NOW, tuple(pages))


async def look(db: Database, tables: Tables, runner: int = ANN) -> Preview | Refusal:
    sent = SentArchive("a file", "a digest", NOW)
    return await bring_back.look(db, CATALOGUE, runner, archived(tables), sent)


async def bring(db: Database, tables: Tables, runner: int = ANN) -> Contents | Refusal | None:
    looked = await look(db, tables, runner)
    if isinstance(looked, Refusal):
        return looked
    sent = await bring_back.get_sent(db, runner, looked.number, LATER)
    assert sent is not None
    calendar: Any = NoCalendar()
    return await bring_back.use(db, CATALOGUE, calendar, runner, archived(tables), sent, LATER)


async def erase(db: Database, runner: int = ANN) -> None:
    async with db.write() as connection:
        await runners.erase(connection, runner)


def plain(tables: Tables) -> Tables:
    """What is brought back of these tables, with the places of rows instead of their ids."""
    ended = sorted(row["id"] for row in tables["sessions"] if row["phase"] in ENDED)
    found = {
        name: [_plain(name, row, tables, ended) for row in rows if _is_brought(name, row, ended)]
        for name, rows in tables.items()
        if POLICIES[name] is not Policy.LEFT
    }
    return {name: sorted(rows, key=str) for name, rows in found.items()}


def _is_brought(name: str, row: dict[str, Any], ended: list[int]) -> bool:
    match name:
        case "sessions":
            return row["id"] in ended
        case "step_logs" | "prescribed":
            return row["session_id"] in ended
        case "mornings" | "reminders":
            return row["state"] in OVER
        case "run_plans":
            return row["expires_at"] is None
    return True


def _plain(name: str, row: dict[str, Any], tables: Tables, ended: list[int]) -> dict[str, Any]:
    codes = {own["code"]: f"code {own['name']}" for own in tables["own_routines"]}
    new = {key: value for key, value in row.items() if key not in (*NOT_BROUGHT, "id")}
    if "session_id" in new:
        new["session_id"] = ended.index(row["session_id"]) if row["session_id"] in ended else None
    if str(new.get("routine", "")).startswith("r_"):
        new["routine"] = codes[row["routine"].removeprefix("r_")]
    match name:
        case "own_routines":
            new |= {"code": codes[row["code"]], "kept_from": None}
        case "run_plan_entries":
            del new["plan_id"]
        case "rest_answers":
            reports = [report["id"] for report in tables["incidents"]]
            new["after_incident"] = sum(key <= row["after_incident"] for key in reports)
        case "runners":
            for key in ("created_at", "joined_at", "unreachable_at", "sound_at"):
                del new[key]
    return new


def test_every_table_of_runners_has_a_policy() -> None:
    """A new table needs a line in POLICIES: whether it is brought back, and how."""
    assert set(POLICIES) == {table.name for table, _ in personal_data.owned(ANN)}


async def test_what_is_exported_erased_and_brought_back_is_equal(db: Database) -> None:
    before = await exported(db)
    assert all(plain(before)[name] for name in plain(before)), "the fixture misses a table"
    bea = await exported(db, BEA)
    await erase(db)
    brought = await bring(db, before)
    assert isinstance(brought, Contents)
    assert brought.numbers["sessions"] == len(before["sessions"])
    assert plain(await exported(db)) == plain(before)
    assert await exported(db, BEA) == bea


async def test_so_is_what_is_brought_back_over_itself(db: Database) -> None:
    before = await exported(db)
    assert isinstance(await bring(db, before), Contents)
    after = await exported(db)
    today = {row["local_date"] for row in before["reminders"]}
    assert plain(after) | {"runners": []} == plain(before) | {"runners": []}
    assert today
    left = [name for name, policy in POLICIES.items() if policy is Policy.LEFT]
    for name in set(left) - {"sent_archives"}:
        assert after[name] == before[name]


async def test_a_routine_of_ones_own_is_found_under_its_new_link(db: Database) -> None:
    async with db.write() as connection:
        (own,) = await own_routines.of_runner(connection, ANN)
        changed = update(SESSIONS).where(SESSIONS.c.runner_id == ANN).values(routine=own.id)
        await connection.execute(changed)
    before = await exported(db)
    await erase(db)
    assert isinstance(await bring(db, before), Contents)
    async with db.read() as connection:
        (new,) = await own_routines.of_runner(connection, ANN)
        routines = {each.routine for each in await sessions.page(connection, ANN, 0, 100)}
    assert new.id != own.id, "a link that no longer works is not brought back"
    assert routines == {new.id}


async def test_a_link_that_works_now_goes_on_working(db: Database) -> None:
    async with db.read() as connection:
        before = await own_routines.of_runner(connection, ANN)
    assert isinstance(await bring(db, await exported(db)), Contents)
    async with db.read() as connection:
        assert await own_routines.of_runner(connection, ANN) == before


async def test_what_is_there_now_is_replaced(db: Database) -> None:
    before = await exported(db)
    async with db.write() as connection:
        await connection.execute(delete(BANDS).where(BANDS.c.runner_id == ANN))
        new = {"runner_id": ANN, "kind": "long-loop", "level": "heavy", "colour": "red"}
        await connection.execute(insert(BANDS).values(new))
    assert isinstance(await bring(db, before), Contents)
    assert (await exported(db))["bands"] == before["bands"]


# One look, one use


async def test_a_look_changes_nothing(db: Database) -> None:
    before = await exported(db)
    looked = await look(db, before | {"bands": []})
    assert isinstance(looked, Preview)
    assert looked.contents.numbers["bands"] == 0
    assert looked.present["bands"] == 1
    after = await exported(db)
    assert after | {"sent_archives": []} == before | {"sent_archives": []}


@pytest.mark.slow
async def test_a_second_use_changes_nothing(db: Database) -> None:
    tables = await exported(db)
    looked = await look(db, tables)
    assert isinstance(looked, Preview)
    sent = await bring_back.get_sent(db, ANN, looked.number, LATER)
    assert sent is not None
    calendar: Any = NoCalendar()
    use = (db, CATALOGUE, calendar, ANN, archived(tables), sent, LATER)
    assert isinstance(await bring_back.use(*use), Contents)
    after = await exported(db)
    assert await bring_back.use(*use) is None
    assert await exported(db) == after


async def test_only_the_last_one_sent_counts_and_not_for_ever(db: Database) -> None:
    tables = await exported(db)
    looked = await look(db, tables)
    assert isinstance(looked, Preview)
    assert await bring_back.get_sent(db, ANN, looked.number - 1, LATER) is None
    assert await bring_back.get_sent(db, BEA, looked.number - 1, LATER) is None
    late = NOW + bring_back.EXPIRES
    assert await bring_back.get_sent(db, ANN, looked.number, late) is None


async def test_while_a_session_is_under_way_it_waits(db: Database) -> None:
    tables = await exported(db)
    looked = await look(db, tables)
    assert isinstance(looked, Preview)
    async with db.write() as connection:
        (first, *_) = await sessions.page(connection, ANN, 0, 1)
        new = replace(first, ended_at=None, log=(), phase=first.phase.RUNNING, position=0)
        await sessions.add(connection, new, NOW)
    sent = await bring_back.get_sent(db, ANN, looked.number, LATER)
    assert sent is not None
    calendar: Any = NoCalendar()
    used = await bring_back.use(db, CATALOGUE, calendar, ANN, archived(tables), sent, LATER)
    assert used is Refusal.BUSY
    assert await bring_back.get_sent(db, ANN, looked.number, LATER) == sent


async def test_an_open_session_in_the_export_is_not_brought(db: Database) -> None:
    async with db.write() as connection:
        (first, *_) = await sessions.page(connection, ANN, 0, 1)
        new = replace(first, ended_at=None, log=(), phase=first.phase.PAUSED, position=0)
        await sessions.add(connection, new, NOW)
    tables = await exported(db)
    await erase(db)
    assert isinstance(await bring(db, tables), Contents)
    async with db.read() as connection:
        assert await sessions.current(connection, ANN) is None
    assert len((await exported(db))["sessions"]) == len(tables["sessions"]) - 1


async def test_an_invitation_is_not_brought(db: Database) -> None:
    tables = await exported(db)
    async with db.write() as connection:
        await connection.execute(update(RUNNERS).values(joined_at=None))
    assert isinstance(await bring(db, tables), Contents)
    assert not await runner_services.has_joined(db, ANN)


async def test_no_reminder_of_today_comes_twice(db: Database) -> None:
    today = NOW.astimezone(ZoneInfo("Europe/Berlin")).date()
    tables = await exported(db)
    async with db.write() as connection:
        row = {"runner_id": ANN, "local_date": today, "slot_at": NOW, "due_at": NOW}
        await connection.execute(insert(REMINDERS).values(**row, state="sent"))
    assert isinstance(await bring(db, tables), Contents)
    dates = [row["local_date"] for row in (await exported(db))["reminders"]]
    assert str(today) in dates
    assert len(dates) == len(tables["reminders"]) + 1


# Refused, and nothing changes


async def all_refused(
    db: Database, faults: dict[str, Callable[[Tables], None]], why: Refusal
) -> None:
    """Each of these faults in Ann's export is a reason to refuse it, and nothing changes."""
    before = {key: await exported(db, key) for key in (ANN, BEA)}
    for name, put in faults.items():
        tables = copy.deepcopy(before[ANN])
        put(tables)
        assert await look(db, tables) is why, name
    assert {key: await exported(db, key) for key in (ANN, BEA)} == before


async def test_another_runners_export_is_foreign(db: Database) -> None:
    beas = await exported(db, BEA)
    await all_refused(db, {"all of it": lambda tables: tables.update(beas)}, Refusal.FOREIGN)


async def test_one_row_of_another_runner_is_enough(db: Database) -> None:
    owned = [name for name in POLICIES if "runner_id" in METADATA.tables[name].columns]
    faults = {name: change(name, "runner_id", BEA) for name in owned}
    await all_refused(db, faults, Refusal.FOREIGN)


WRONG: dict[type, list[object]] = {
    Boolean: [1, "yes", {}],
    Integer: ["1", 1.5, True, 2**40, []],
    BigInteger: ["1", 1.5, True, []],
    UtcDateTime: ["2026-11-24T06:00:00", "soon", 5, "9999-01-01T00:00:00+00:00", {}],
    Date: ["2026-13-01", 5, "9999-01-01", {}],
    String: [5, "x" * 300, ["x"], {}],
    JSON: ["x", 5],
}


def wrong_values(column: Column[Any]) -> list[object]:
    kinds = (Boolean, BigInteger, Integer, UtcDateTime, Date, String, JSON)
    kind = next(kind for kind in kinds if isinstance(column.type, kind))
    return [*WRONG[kind], *([] if column.nullable else [None])]


@pytest.mark.slow
@pytest.mark.parametrize("name", POLICIES)
async def test_a_wrong_value_in_any_column_is_refused(db: Database, name: str) -> None:
    good = await exported(db)
    for column in METADATA.tables[name].columns:
        for value in wrong_values(column):
            *others, row = good[name]
            tables = {**good, name: [*others, {**row, column.name: value}]}
            refusal = await look(db, tables)
            assert refusal in (Refusal.BROKEN, Refusal.FOREIGN), (column.name, value)
    assert await exported(db) == good


def change(table: str, column: str, value: object) -> Callable[[Tables], None]:
    def changed(tables: Tables) -> None:
        tables[table][-1][column] = value

    return changed


def drop(table: str, column: str) -> Callable[[Tables], None]:
    def changed(tables: Tables) -> None:
        del tables[table][-1][column]

    return changed


def without_a_step(tables: Tables) -> None:
    tables["sessions"][0]["steps"] = tables["sessions"][0]["steps"][:1]


def with_another_step(tables: Tables) -> None:
    tables["sessions"][0]["steps"][0]["surprise"] = 1


def twice(table: str) -> Callable[[Tables], None]:
    return lambda tables: tables[table].append(tables[table][0])


def many(table: str, count: int) -> Callable[[Tables], None]:
    def changed(tables: Tables) -> None:
        tables[table] = tables[table] * count

    return changed


BROKEN: dict[str, Callable[[Tables], None]] = {
    "an unknown table": lambda tables: tables.update(secrets=[{"id": 1}]),
    "a table of nobody": lambda tables: tables.update(uploads=[{"bot_id": 1}]),
    "an unknown column": change("bands", "surprise", 1),
    "a missing column": drop("bands", "kind"),
    "no runner": lambda tables: tables.pop("runners") and None,
    "two runners": twice("runners"),
    "a zone that is none": change("runners", "zone", "Europe/Nowhere"),
    "a zone that is a path": change("runners", "zone", "../../etc/passwd"),
    "a time that is none": change("schedule", "local_time", "25:00"),
    "a weekday that is none": change("schedule", "weekday", "someday"),
    "an unknown kind of pain": change("incidents", "kind", "odd"),
    "an unknown region": change("incidents", "region", "tail"),
    "an unknown condition": change("conditions", "condition", "odd"),
    "an unknown urgency": change("warning_signs", "urgency", "odd"),
    "an unknown doubt": change("warning_signs", "doubt", "odd"),
    "an unknown distance": change("races", "distance", "k7"),
    "doses that are none": change("prescribed", "doses", [{"odd": 1}]),
    "lines that are none": change("own_routines", "lines", [1]),
    "steps that are none": change("sessions", "steps", [1]),
    "steps that are no list": change("sessions", "steps", {"a": 1}),
    "exercises that are none": change("sessions", "exercises_done", {"a": 1}),
    "a log of no step": change("step_logs", "step", 999),
    "a log of a step below 0": change("step_logs", "step", -1),
    "fewer steps than logs": without_a_step,
    "a step with more": with_another_step,
    "a session twice": twice("sessions"),
    "a band twice": twice("bands"),
    "a routine twice": twice("own_routines"),
}


async def test_what_the_coach_could_not_work_with_is_refused(db: Database) -> None:
    await all_refused(db, BROKEN, Refusal.BROKEN)


async def test_a_dose_that_the_coach_could_not_work_with_is_refused(db: Database) -> None:
    tables = await exported(db)
    change("prescriptions", "dose", {"odd": 1})(tables)
    await erase(db)
    assert await look(db, tables) is Refusal.BROKEN
    assert await runner_services.get(db, ANN) is None


async def test_too_many_rows_are_refused(db: Database) -> None:
    faults = {table: many(table, 1001) for table in ("incidents", "races", "bands")}
    await all_refused(db, faults, Refusal.LARGE)


@pytest.mark.slow
async def test_an_export_of_before_a_column_gets_its_default(db: Database) -> None:
    tables = await exported(db)
    for row in tables["incidents"]:
        del row["worse"]
    for row in tables["runners"]:
        del row["hours"]
    assert isinstance(await bring(db, tables), Contents)
    assert {row["worse"] for row in (await exported(db))["incidents"]} == {False}


# Nothing is loosened


async def healthy(db: Database) -> Tables:
    """An export of Ann's without pain, sign and condition."""
    tables = await exported(db)
    for name in ("incidents", "rest_answers", "warning_signs", "conditions", "mornings"):
        tables[name] = []
    tables["runners"][0]["screening"] = "clear"
    return tables


async def test_what_stands_now_goes_on_standing(db: Database) -> None:
    before = await exported(db)
    async with db.read() as connection:
        resting = await rests.get(connection, ANN)
    assert resting
    assert isinstance(await bring(db, await healthy(db)), Contents)
    after = await exported(db)
    async with db.read() as connection:
        assert await rests.get(connection, ANN) == resting
    for name in ("warning_signs", "conditions", "mornings"):
        assert plain(after)[name] == plain(before)[name]
    assert after["runners"][0]["screening"] == "waiting"


async def test_what_stood_stands_again(db: Database) -> None:
    ill, well = await exported(db), await healthy(db)
    async with db.read() as connection:
        resting = await rests.get(connection, ANN)
    await erase(db)
    assert isinstance(await bring(db, well), Contents)
    assert isinstance(await bring(db, ill), Contents)
    async with db.read() as connection:
        assert await rests.get(connection, ANN) == resting
        known = await runners.get(connection, ANN)
    assert known is not None
    assert known.screening is Screening.WAITING


async def hurts(db: Database, region: Region, score: int, kind: pain.PainKind) -> None:
    async with db.write() as connection:
        report = PainReport(kind, region, score)
        key = await incidents.add(connection, ANN, None, None, report, NOW.date())
        await incidents.set_level(connection, key, Level.MODERATE)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("answer", [Answer.AGREED, Answer.READY, Answer.ENDED, Answer.TRAINED])
async def test_an_answer_in_the_export_ends_no_rest_that_stands(
    db: Database, answer: Answer
) -> None:
    tables = await exported(db)
    await hurts(db, Region.HIP_GROIN, 6, pain.PainKind.DULL)
    async with db.read() as connection:
        resting = await rests.get(connection, ANN)
    template = tables["rest_answers"][0]
    tables["rest_answers"] = [
        template | {"id": 900 + number, "region": region, "answer": answer, "after_incident": 10**6}
        for number, region in enumerate(("hip-groin", "knee"))
    ]
    assert isinstance(await bring(db, tables), Contents)
    async with db.read() as connection:
        after = {rest.region: rest for rest in await rests.get(connection, ANN)}
    for rest in resting:
        if rest.region is Region.HIP_GROIN:
            assert after[rest.region] == rest
        assert after[rest.region].level.reaches(rest.level)


async def test_pain_of_today_counts_beside_a_stricter_history(db: Database) -> None:
    tables = await exported(db)
    async with db.write() as connection:
        for table in ("incidents", "rest_answers"):
            rows = METADATA.tables[table]
            await connection.execute(delete(rows).where(rows.c.runner_id == ANN))
    today = (NOW + timedelta(hours=1)).date()
    async with db.write() as connection:
        report = PainReport(pain.PainKind.DULL, Region.KNEE, 9)
        await incidents.add(connection, ANN, None, None, report, today)
    assert isinstance(await bring(db, tables), Contents)
    scores = [row["score"] for row in (await exported(db))["incidents"]]
    assert 9 in scores


async def test_a_heavier_dose_is_not_brought_while_something_rests(db: Database) -> None:
    tables = await exported(db)
    tables["prescriptions"][0]["dose"]["band"] = "heavy"
    async with db.read() as connection:
        before = (await prescriptions.get(connection, [ANN]))[ANN]
    assert isinstance(await bring(db, tables), Contents)
    async with db.read() as connection:
        assert (await prescriptions.get(connection, [ANN]))[ANN] == before


async def test_a_session_of_late_counts_for_48_hours(db: Database) -> None:
    tables = await exported(db)
    last = max(row["trained_at"] for row in tables["sessions"])
    tables["sessions"] = []
    tables["step_logs"] = tables["prescribed"] = []
    assert isinstance(await bring(db, tables), Contents)
    elsewhere = (await exported(db))["runners"][0]["elsewhere_at"]
    assert elsewhere is not None
    assert elsewhere[:10] == last[:10]
