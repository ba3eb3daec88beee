"""Neither the token nor anybody's words are in the logs, at any level."""

import asyncio
import gc
import logging
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from types import TracebackType

import pytest

from bot.runtime.logs import RedactingFormatter

TOKEN = "123456789:AAH-secret_Secret0123456789abcdefgh"
WORDS = "my left knee hurts"
LIBRARIES = ["telegram.ext.Application", "httpx", "aiohttp.access", "apscheduler.scheduler", "x"]
Info = tuple[type[BaseException], BaseException, TracebackType | None]


def line(name: str, message: object, *args: object, error: BaseException | None = None) -> str:
    """What stands in the log."""
    info: Info | None = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.DEBUG, __file__, 1, message, args, info)
    return RedactingFormatter().format(record)


def failure() -> Exception:
    """An exception as a library raises it, with words of a runner in it."""
    try:
        raise ValueError(f"can't send {WORDS} to {TOKEN}")
    except ValueError as error:
        return error


def test_our_own_lines_are_as_they_were_written() -> None:
    text = line("bot.workers.slots", "%d reminders are due in %s", 3, "Europe/Berlin")
    assert text.endswith("DEBUG bot.workers.slots: 3 reminders are due in Europe/Berlin")


@pytest.mark.parametrize("zone", ["America/New York", "CET-1CEST", "UTC+1", " ", "Asia/Tokyo"])
def test_times_are_utc_wherever_the_host_is(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        before = datetime.now(UTC)
        stamp = datetime.fromisoformat(line("bot", "here").partition(" ")[0])
    finally:
        monkeypatch.undo()
        time.tzset()
    assert stamp.utcoffset() == timedelta(0)
    assert abs(stamp - before) < timedelta(seconds=5)


@pytest.mark.parametrize("name", ["bot", "bot.app", *LIBRARIES])
@pytest.mark.parametrize(
    ("message", "args"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", ()),
        ("POST %s", (f"https://api.telegram.org/bot{TOKEN}/sendMessage",)),
        (f"GET /file/bot{TOKEN}/photo.jpg and again {TOKEN}", ()),
        ("%(url)s", ({"url": TOKEN},)),
    ],
)
def test_the_token_is_in_no_line(name: str, message: str, args: tuple[object, ...]) -> None:
    text = line(name, message, *args)
    assert TOKEN not in text
    assert "AAH-secret" not in text


@pytest.mark.parametrize("name", LIBRARIES)
@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Processing update %s", (f"Update(message=Message(text='{WORDS}'))",)),
        ("Calling Bot API endpoint `%s` with parameters `%s`", ("sendMessage", {"text": WORDS})),
        ('Can not load invalid JSON data: "%s"', (WORDS,)),
        ("%(text)s", ({"text": WORDS},)),
        ("%s %s", ("too few", WORDS, "arguments")),
    ],
)
def test_what_a_library_says_is_its_template_only(
    name: str, message: str, args: tuple[object, ...]
) -> None:
    text = line(name, message, *args)
    assert WORDS not in text
    assert text.endswith(f"{name}: {message}")


@pytest.mark.parametrize("name", LIBRARIES)
def test_of_a_librarys_exception_only_the_kind_is_told(name: str) -> None:
    text = line(name, "No error handlers are registered", error=failure())
    assert text.endswith("No error handlers are registered (ValueError)")


def test_of_our_own_exception_the_frames_and_the_kind_are_told() -> None:
    text = line("bot.workers.outbox", "what is due could not be sent", error=failure())
    assert WORDS not in text
    assert TOKEN not in text
    assert text.splitlines()[-1] == "ValueError"
    assert "in failure" in text


def test_an_exception_behind_an_exception_tells_no_words_either() -> None:
    error = RuntimeError(WORDS)
    error.__cause__ = failure()
    assert WORDS not in line("bot.app", "fails", error=error)


def test_a_stack_of_a_librarys_is_not_told() -> None:
    record = logging.LogRecord("httpx", logging.DEBUG, __file__, 1, "fails", (), None)
    record.stack_info = f"Stack: {WORDS}"
    assert WORDS not in RedactingFormatter().format(record)


def test_the_record_stays_as_it_was_for_others() -> None:
    record = logging.LogRecord("httpx", logging.DEBUG, __file__, 1, "to %s", (WORDS,), None)
    RedactingFormatter().format(record)
    assert record.getMessage() == f"to {WORDS}"


@pytest.mark.parametrize("time_of_day", ["12:34:56", "2026-11-24 06:00:00", "07:00"])
def test_times_are_no_tokens(time_of_day: str) -> None:
    assert line("bot.workers.slots", "due at %s", time_of_day).endswith(f"due at {time_of_day}")


@pytest.fixture
def stderr() -> Iterator[StringIO]:
    """What our handler writes of asyncio's own logger."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(RedactingFormatter())
    log = logging.getLogger("asyncio")
    log.addHandler(handler)
    yield stream
    log.removeHandler(handler)


async def test_a_forgotten_task_tells_no_words(stderr: StringIO, errors_expected: None) -> None:
    async def fails() -> None:
        raise failure()

    task = asyncio.create_task(fails())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    gc.collect()
    assert "never retrieved" in stderr.getvalue()
    assert WORDS not in stderr.getvalue()


def test_an_exception_as_a_librarys_message_tells_no_words() -> None:
    assert WORDS not in line("apscheduler", failure())


SCRIPT = """
import logging, sys
from bot.runtime import logs
logs.set_up(sys.argv[1])
for name in ("bot.app", "telegram.ext", "httpx", "aiohttp", "apscheduler", "asyncio", "other"):
    for level in (logging.DEBUG, logging.INFO, logging.WARNING):
        logging.getLogger(name).log(level, "line")
"""


@pytest.mark.parametrize(
    ("level", "ours"),
    [
        ("DEBUG", ["DEBUG", "INFO", "WARNING"]),
        ("INFO", ["INFO", "WARNING"]),
        ("WARNING", ["WARNING"]),
        ("ERROR", []),
    ],
)
def test_our_loggers_follow_the_level_and_the_libraries_stay_quiet(
    level: str, ours: list[str]
) -> None:
    run = [sys.executable, "-c", SCRIPT, level]
    done = subprocess.run(run, capture_output=True, text=True, check=True, timeout=20)
    told: dict[str, list[str]] = {}
    for written in done.stderr.splitlines():
        _, kind, name, _ = written.split(" ")
        told.setdefault(name.rstrip(":"), []).append(kind)
    assert told.pop("bot.app", []) == ours
    assert set(map(tuple, told.values())) == {("WARNING",)}
    assert done.stdout == ""
