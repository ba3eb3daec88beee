"""What every test shares: errors that were logged fail it, and what can't run here says why."""

import gc
import importlib
import logging
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from hypothesis import settings

from tests import databases, dialects

# Read by python-telegram-bot: retry_after as a timedelta, without a warning at each 429.
os.environ.setdefault("PTB_TIMEDELTA", "1")

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


def tries(many: int) -> int:
    """How many examples of a property: so many where everything is required, fewer elsewhere."""
    return many if REQUIRE_ALL else many // 5


settings.register_profile("ours", max_examples=tries(100), deadline=None)
settings.load_profile("ours")
dialects.register()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.addoption(
        "--left-to",
        metavar="FILE",
        type=Path,
        help="writes down the tests that do more with REQUIRE_ALL=1; pytest takes them as @FILE",
    )


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Two workers a core: most tests wait for a socket or a disk half of their time."""
    return 2 * (os.cpu_count() or 1)


def pytest_configure(config: pytest.Config) -> None:
    databases.POSTGRESQL = config.getoption("database") == "postgresql"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Import the tests, each worker from a place of its own on: what one has made of a file, the
    others find in __pycache__, while in one order all would make all of it at the same time."""
    worker = getattr(session.config, "workerinput", None)
    if worker is None:
        return
    given = {session.config.rootpath / name.partition("::")[0] for name in session.config.args}
    found = {
        file for path in given for file in (path.rglob("test_*.py") if path.is_dir() else [path])
    }
    files = sorted(found)
    first = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in (*files[first:], *files[:first]):
        module = ".".join(file.relative_to(session.config.rootpath).with_suffix("").parts)
        with suppress(Exception, pytest.skip.Exception):  # the collection tells of it
            importlib.import_module(module)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests and repetitions run where everything is required, as in CI; on PostgreSQL neither
    repetitions, with one case for each test, nor those about SQLite's files, nor conversations
    whose statements other tests execute as well."""
    repeated = find_repeated(items, 1 if databases.POSTGRESQL else None)
    if databases.POSTGRESQL:
        left_out = {item for item in items if not _is_for_postgresql(item)} | repeated
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=list(left_out))
    for item in repeated:
        item.add_marker("slow")
    if REQUIRE_ALL:
        return
    skipped = pytest.mark.skip(reason="slow; REQUIRE_ALL=1 runs it")
    for item in items:
        if item.get_closest_marker("slow"):
            item.add_marker(skipped)


def _is_for_postgresql(item: pytest.Item) -> bool:
    """Return whether what the test stores is stored otherwise on PostgreSQL."""
    if item.get_closest_marker("sqlite"):
        return False
    is_conversation = item.path.parent.name == "conversations"
    return not is_conversation or item.get_closest_marker("statements") is not None


def find_repeated(items: list[pytest.Item], many: int | None = None) -> set[pytest.Item]:
    """Of a test with more cases than `many` or, if that is None, than its mark `breadth` says, the
    others: drawn over all of the breadth, and the same in each process and each run."""
    functions: dict[tuple[str, int], list[pytest.Item]] = {}
    for item in items:
        mark = item.get_closest_marker("breadth")
        if most := many or (mark and mark.args[0]):
            functions.setdefault((item.nodeid.partition("[")[0], most), []).append(item)
    return {
        item
        for (name, many), cases in functions.items()
        for item in Random(name).sample(cases, max(0, len(cases) - many))
    }


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The tests that were skipped, and those of properties, which try fewer examples here."""
    file: Path | None = config.getoption("left_to")
    if file is None:
        return
    reports = [*terminalreporter.getreports("skipped"), *terminalreporter.getreports("passed")]
    left = {it.nodeid for it in reports if it.skipped or "hypothesis" in it.keywords}
    # Of one that keeps to its own worker, xdist adds the group to the name.
    names = {re.sub(r"@[^@\]]*$", "", name) for name in left}
    file.write_text("".join(f"{name}\n" for name in sorted(names)), encoding="utf-8")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no test's search for garbage goes through all of it, and none
    begins with each few hundred objects."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(autouse=True)
def no_error_is_logged(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Handlers' exceptions are swallowed by the library, so the log is asked for them.

    A test that provokes an error takes the fixture `errors_expected`.
    """
    yield
    if "errors_expected" in request.fixturenames:
        return
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    assert errors == []


@pytest.fixture
def errors_expected() -> None:
    """This test provokes what is logged as an error."""


def unavailable(reason: str) -> None:
    """Skips the test, saying why; fails it where everything is required."""
    if REQUIRE_ALL:
        pytest.fail(f"REQUIRE_ALL is set, but {reason}")
    pytest.skip(reason)
