"""The first words of a coach: where it is, or in one line why it can't start and what to do."""

import asyncio
import socket
from pathlib import Path

import pytest

from bot.db.migrating import migrate
from bot.sandbox.server import serve
from bot.sandbox.world.world import World
from tests.process.coach_process import ROOT, CoachProcess, Ended, eventually
from tests.process.job_store import slots
from tests.process.runner import Runner

TOKEN = "7654321:AAHsecretsecretsecretsecretsecret12"


def one_line(ended: Ended) -> str:
    """All it said: one line on stderr, nothing on stdout."""
    assert ended.stdout == ""
    assert len(ended.lines) == 1, ended.stderr
    return ended.lines[0]


@pytest.mark.slow
async def test_it_says_where_it_is(coach: CoachProcess) -> None:
    coach.cold = True
    await coach.start()
    assert coach.stdout == "Band Coach is at https://t.me/band_coach_bot\n"
    assert coach.stderr == ""


@pytest.mark.slow
async def test_the_environment_may_stand_in_a_file(coach: CoachProcess, ann: Runner) -> None:
    settings = {"BOT_API_URL": coach.url, "BOT_TOKEN": coach.world.token}
    lines = [f"{name}={value}\n" for name, value in settings.items()]
    (coach.folder / ".env").write_text("".join(lines), encoding="utf-8")
    coach.settings = dict.fromkeys(settings, "")
    await coach.start()
    await ann.says("/help")
    assert "/routine" in ann.messages[-1].text


@pytest.mark.slow
async def test_no_command_is_answered_with_help(coach: CoachProcess) -> None:
    coach.cold = True
    ended = await coach.command(BOT_TOKEN="")
    assert ended.code == 0
    assert ended.stderr == ""
    for command in ("run", "demo", "check", "slots", "backup", "restore"):
        assert f"  {command} " in ended.stdout


async def test_without_a_token_it_says_how_to_get_one(coach: CoachProcess) -> None:
    ended = await coach.command("run", BOT_TOKEN="")
    assert ended.code == 2
    words = one_line(ended)
    assert all(word in words for word in ("BOT_TOKEN", "@BotFather", "demo"))
    assert not coach.database.exists()


@pytest.mark.slow
async def test_a_malformed_setting_is_named(coach: CoachProcess) -> None:
    wrong = {
        "BOT_TOKEN": "AAHsecretsecretsecret",
        "BOT_API_URL": "api.telegram.org",
        "DATABASE_URL": "mysql://ann:secret@localhost/coach",
        "CONTENT_DIR": "nowhere-at-all",
        "MESSAGES_PER_SECOND": "plenty",
        "WEBHOOK_URL": "http://ann:secret@coach.example.org/telegram",
        "WEBHOOK_PORT": "https",
        "WEBHOOK_SECRET": "a secret with spaces",
        "METRICS_PORT": "0",
        "LOG_LEVEL": "LOUD",
    }
    commands = [coach.command("run", **{name: value}) for name, value in wrong.items()]
    for name, ended in zip(wrong, await asyncio.gather(*commands), strict=True):
        assert ended.code == 2
        words = one_line(ended)
        assert words.startswith(f"{name}: ")
        assert "secret" not in words


@pytest.mark.slow
async def test_a_token_that_telegram_refuses_is_not_printed(coach: CoachProcess) -> None:
    ended = await coach.command("run", BOT_TOKEN=TOKEN)
    assert ended.code == 1
    words = one_line(ended)
    assert "BOT_TOKEN" in words
    assert "secret" not in words


@pytest.mark.slow
async def test_it_waits_for_a_server_that_is_not_there_yet(
    coach: CoachProcess, world: World, ann: Runner
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    coach.url = f"http://127.0.0.1:{port}"
    await coach.spawn()
    await eventually(lambda: len(coach.stderr.splitlines()) >= 2)
    assert coach.is_running
    async with serve(world, port=port):
        world.say(ann.person, "/help")
        await world.until(lambda: ann.messages, timeout=15)
        await coach.kill()
    lines = coach.stderr.splitlines()
    assert len(lines) <= 3
    assert all(f"can't reach the Bot API server at {coach.url} (" in line for line in lines)
    assert world.token not in coach.stderr


@pytest.mark.slow
async def test_a_folder_that_can_t_be_written_to_is_named(coach: CoachProcess) -> None:
    """Below a file, because nothing is unwritable to root."""
    (coach.folder / "file").touch()
    places = [coach.folder / "file" / "coach.db", coach.folder / "file" / "below" / "coach.db"]
    commands = [coach.command("run", DATABASE_URL=f"sqlite:///{place}") for place in places]
    for place, ended in zip(places, await asyncio.gather(*commands), strict=True):
        assert ended.code == 1
        assert str(place.parent) in one_line(ended)


@pytest.mark.slow
async def test_a_folder_that_no_file_can_be_made_in_is_not_called_a_second_coach(
    coach: CoachProcess,
) -> None:
    ended = await coach.command("run", DATABASE_URL="sqlite:////proc/coach.db")
    assert ended.code == 1
    assert one_line(ended).startswith("can't write to /proc: ")


@pytest.mark.slow
async def test_a_file_that_is_no_database_is_named_and_left_alone(coach: CoachProcess) -> None:
    coach.database.write_bytes(b"A diary, and no database. " * 200)
    before = coach.database.read_bytes()
    ended = await coach.command("run")
    assert ended.code == 1
    assert str(coach.database) in one_line(ended)
    assert coach.database.read_bytes() == before


@pytest.mark.slow
async def test_a_database_of_a_newer_version_is_left_alone(coach: CoachProcess) -> None:
    migrate(coach.database)
    coach.change("UPDATE alembic_version SET version_num = '9999'")
    ended = await coach.command("run")
    assert ended.code == 1
    assert "newer version" in one_line(ended)
    assert coach.rows("SELECT version_num FROM alembic_version") == [("9999",)]


@pytest.mark.slow
async def test_a_second_coach_on_the_same_database_is_turned_away(
    coach: CoachProcess, ann: Runner
) -> None:
    await coach.start()
    ended = await coach.command("run")
    assert ended.code == 1
    assert "already running" in one_line(ended)
    await ann.says("/help")
    assert "/routine" in ann.messages[-1].text


def spoil(folder: Path) -> Path:
    """A host's own content with one wrong word in it."""
    exercise = folder / "content" / "exercises" / "clamshell"
    exercise.mkdir(parents=True)
    for file in (ROOT / "data" / "exercises" / "clamshell").glob("*.toml"):
        (exercise / file.name).write_bytes(file.read_bytes())
    facts = exercise / "exercise.toml"
    text = facts.read_text(encoding="utf-8")
    assert 'laterality = "' in text
    facts.write_text(text.replace('laterality = "', 'laterality = "un', 1), encoding="utf-8")
    return facts


@pytest.mark.slow
async def test_broken_content_is_named_by_file_and_field(coach: CoachProcess) -> None:
    facts = spoil(coach.folder)
    content = str(coach.folder / "content")
    run, check = await asyncio.gather(
        coach.command("run", CONTENT_DIR=content), coach.command("check", CONTENT_DIR=content)
    )
    assert (run.code, check.code) == (1, 1)
    assert one_line(run).startswith(f"{facts}: laterality: ")
    assert check.stdout.splitlines()[0] == run.stderr.strip()
    assert check.stderr == ""


@pytest.mark.slow
async def test_broken_sentences_are_named(coach: CoachProcess) -> None:
    locale = coach.folder / "content" / "locales" / "en.ftl"
    locale.parent.mkdir(parents=True)
    locale.write_text("button-done = { $unclosed\n", encoding="utf-8")
    ended = await coach.command("run", CONTENT_DIR=str(coach.folder / "content"))
    assert ended.code == 1
    assert str(locale) in one_line(ended)


@pytest.mark.slow
async def test_check_needs_neither_token_nor_database(coach: CoachProcess) -> None:
    ended = await coach.command("check", BOT_TOKEN="")
    assert (ended.code, ended.stderr) == (0, "")
    assert "nothing is wrong" in ended.stdout
    assert not coach.database.exists()


@pytest.mark.slow
async def test_slots_are_listed_while_the_coach_runs(coach: CoachProcess, ann: Runner) -> None:
    await coach.start()
    await ann.says("/timezone UTC")
    await ann.says("/reminders mon wed 07:00 sat 9:30")
    await eventually(lambda: slots(coach.jobs) == 2)
    ended = await coach.command("slots", BOT_TOKEN="")
    assert (ended.code, ended.stderr) == (0, "")
    header, *lines = ended.stdout.splitlines()
    assert header.split()[:4] == ["time", "zone", "time", "runners"]
    assert [line.split()[:3] for line in lines] == [["UTC", "07:00", "1"], ["UTC", "09:30", "1"]]
    assert all(line.split()[-1] in ("07:00", "09:30") for line in lines)
    await ann.says("/help")
    assert "/routine" in ann.messages[-1].text


async def test_slots_without_a_database_say_so(coach: CoachProcess) -> None:
    ended = await coach.command("slots")
    assert ended.code == 1
    assert str(coach.database) in one_line(ended)
    assert not coach.database.exists()
