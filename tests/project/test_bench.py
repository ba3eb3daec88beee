"""The measurements run, and write the figures that others compare."""

import asyncio
import json
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.bench.__main__ import main
from tests.bench.taps import BOTS, CannotMeasureError, running

pytestmark = [pytest.mark.slow, pytest.mark.sqlite]


def measured(name: str, folder: Path) -> Any:
    main(["--only", name, "--tiny", "--json", str(folder / "found.json")])
    return json.loads((folder / "found.json").read_text())[name]


def installed(*names: str) -> set[str]:
    """Those of the bots that can be measured here."""
    return {name for name in names if all(map(find_spec, BOTS[name]))}


def test_taps_have_a_speed_for_each_bot(tmp_path: Path) -> None:
    found = measured("taps", tmp_path)
    assert set(found) == installed(*BOTS)
    assert all(speed > 0 for speed in found.values())


def test_latency_has_the_quantiles_of_coach_and_floor(tmp_path: Path) -> None:
    found = measured("latency", tmp_path)
    assert set(found) == installed("coach", "floor")
    assert found["coach"]["p50 ms"] >= 100  # two calls of 50 ms


def test_a_crowd_has_its_speed(tmp_path: Path) -> None:
    assert {"reminders/s", "CPU ms each", "longest stop ms", "MB"} <= set(
        measured("crowd", tmp_path)["coach"]
    )


def test_growth_has_import_start_memory_and_stops(tmp_path: Path) -> None:
    found = measured("growth", tmp_path)
    assert found["import"]["import s"] > 0
    assert set(found["0 runners"]) == set(found["40 runners"]) == {"start s", "MB"}
    assert set(found["20 reminders"]) == set(found["40 reminders"]) == {"longest stop ms"}


def test_a_bot_that_logs_an_error_has_failed(tmp_path: Path) -> None:
    said = "2026-11-30T07:00:00.000Z ERROR bot.routes: gone wrong"

    async def run() -> None:
        bot = [sys.executable, "-c", f"print({said!r})"]
        async with running(bot, tmp_path / "log") as process:
            await asyncio.to_thread(process.wait)

    with pytest.raises(CannotMeasureError, match="gone wrong"):
        asyncio.run(run())


def test_what_is_missing_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(BOTS, "floor", ("a_library_that_nobody_has",))
    monkeypatch.delitem(BOTS, "competitor")
    monkeypatch.delitem(BOTS, "aiogram_sqlalchemy")
    assert set(measured("taps", tmp_path)) == {"coach"}
    assert "left out: pip install -e '.[bench]'" in capsys.readouterr().out
