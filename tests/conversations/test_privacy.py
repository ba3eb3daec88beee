"""/privacy, /delete and /progress: what is kept, and that it can be gone."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.db.sqlite import job_store_file
from tests.conversations.stage import Runner, Stage


def places_of(number: int, *files: Path) -> list[str]:
    """Every table and column, in every file, that holds this number or its digits."""
    found = []
    for file in files:
        with sqlite3.connect(file) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                cursor = connection.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in cursor.description]
                found += [
                    f"{table}.{column}"
                    for row in cursor
                    for column, value in zip(columns, row, strict=True)
                    if str(number) in str(value)
                ]
        connection.close()
    return found


async def live_through(runner: Runner) -> None:
    """A week of everything that leaves a row."""
    await runner.says("/timezone Berlin")
    await runner.says("/reminders wed 07:00 thu 20:00")
    await runner.stage.travel(datetime(2026, 11, 25, 7, tzinfo=UTC))
    await runner.taps("Start")
    await runner.taps("Done")
    await runner.taps("Done")
    await runner.says("/timezone")


@pytest.mark.slow
@pytest.mark.sqlite
async def test_delete_leaves_no_row_and_no_job(stage: Stage) -> None:
    zoe = stage.runner("Zoe", id=987654321)
    await live_through(await zoe.is_ready())
    files = (stage.database, job_store_file(stage.database))
    assert len(places_of(zoe.id, *files)) >= 5
    assert len(stage.work.coach.calendar.wakes()) == 2
    await zoe.says("/delete")
    assert len(places_of(zoe.id, *files)) >= 5
    await zoe.taps("Erase everything")
    assert "Erased" in zoe.shown.text
    assert places_of(zoe.id, *files) == []
    assert stage.work.coach.calendar.wakes() == {}
    await stage.travel(datetime(2026, 12, 10, tzinfo=UTC))
    assert zoe.count("training day") == 0


async def test_after_delete_everything_begins_anew(bea: Runner) -> None:
    await bea.says("/routine first two weeks")
    ready = bea.shown
    await bea.says("/delete")
    await bea.taps("Erase everything")
    tap = await bea.taps("Start", ready)
    assert tap.text == "That session is over."
    await bea.says("/routine first two weeks")
    assert "None applies to me" in bea.shown.labels


async def test_keep_it_erases_nothing(bea: Runner) -> None:
    await bea.says("/delete")
    await bea.taps("Keep it")
    assert "Nothing was erased" in bea.shown.text
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


async def test_nobody_erases_somebody_else(stage: Stage, bea: Runner) -> None:
    await bea.says("/delete")
    eve = await stage.runner("Eve").is_ready()
    tap = await eve.sends_data(eve.shown, bea.shown.button("Erase everything").data or "")
    assert tap.text == "This button is not yours."
    await bea.says("/routine first two weeks")
    assert "Start" in bea.shown.labels


@pytest.mark.slow
@pytest.mark.sqlite
async def test_no_name_message_or_location_is_stored(stage: Stage) -> None:
    zoe = stage.runner("Zoëlle", last_name="Quux", username="zq", id=987654321)
    await live_through(await zoe.is_ready())
    await zoe.says("a very particular sentence")
    stage.world.send_location(zoe.person, 47.37691, 8.54169)
    await stage.settle()
    await stage.close()  # which empties the write-ahead log
    kept = stage.database.read_bytes()
    for secret in ("Zoëlle", "Quux", "a very particular", "47.37", "8.54"):
        assert secret.encode() not in kept


@pytest.mark.slow
async def test_privacy_says_what_is_kept(bea: Runner) -> None:
    await live_through(bea)
    await bea.says("/privacy")
    assert "2 training days, 1 session, 1 reminder." in bea.shown.text
    assert "/delete" in bea.shown.text


@pytest.mark.slow
async def test_progress_shows_the_weeks_plan_and_the_last_sessions(bea: Runner) -> None:
    await live_through(bea)
    await bea.says("/stop")
    await bea.says("/progress")
    assert "This week: 1 of 2 planned" in bea.shown.text
    assert "Wed 25 Nov · First two weeks · 1 of 9 steps" in bea.shown.text


@pytest.mark.slow
async def test_days_away_are_not_planned(bea: Runner) -> None:
    await live_through(bea)
    await bea.stage.travel(datetime(2026, 11, 26, 7, tzinfo=UTC))
    await bea.says("/away 28 November")
    await bea.says("/progress")
    assert "Away until Saturday 28 November" in bea.shown.text
    assert "This week: 1 of 1 planned" in bea.shown.text
    await bea.stage.travel(datetime(2026, 11, 27, 7, tzinfo=UTC))
    await bea.says("/away off")
    await bea.says("/progress")
    assert "This week: 1 of 1 planned" in bea.shown.text


@pytest.mark.slow
@pytest.mark.sqlite
async def test_delete_leaves_the_number_in_no_file(stage: Stage) -> None:
    """Also not after a picture was drawn and a file handed over."""
    zoe = stage.runner("Zoe", id=6_123_456_789)
    await live_through(await zoe.is_ready())
    await zoe.says("/progress")
    await zoe.says("/export")
    number = {str(zoe.id).encode(), zoe.id.to_bytes(6)}
    folder = stage.database.parent

    def files() -> set[str]:
        return {
            file.name
            for file in folder.rglob("*")
            if file.is_file() and any(it in file.read_bytes() for it in number)
        }

    assert files()
    await zoe.says("/delete")
    await zoe.taps("Erase everything")
    assert files() == set()


@pytest.mark.slow
@pytest.mark.sqlite
async def test_what_was_erased_is_not_in_the_files_any_more(stage: Stage) -> None:
    zoe = stage.runner("Zoe")
    await live_through(await zoe.is_ready())
    files = [stage.database, stage.database.with_name("coach.db-wal")]
    assert any(b"Berlin, Germany" in file.read_bytes() for file in files)
    await zoe.says("/delete")
    await zoe.taps("Erase everything")
    assert not any(b"Berlin" in file.read_bytes() for file in files)


@pytest.mark.statements
@pytest.mark.parametrize("words", ["no", "keep it", "No.", "don't"])
async def test_a_typed_no_to_the_erasure_is_taken_for_one(bea: Runner, words: str) -> None:
    await bea.says("/delete")
    await bea.says(words)
    assert bea.shown.text == "All right, nothing has changed."
