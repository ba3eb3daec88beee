"""Cards become pictures in a process of their own, which comes and goes; a failure is no crash."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.callbacks import ColourTap
from bot.charts import Charts
from bot.charts.card import Bar, Card, CardRow, Cell, Total
from bot.content.reading import shipped
from bot.content.texts import ENGLISH, Texts
from bot.domain.history import EXERCISES_SHOWN
from bot.domain.kit import COLOURS, Band, KitKind, Level
from bot.views import bands

WIDEST, HIGHEST = 1080, 1280  # above 1280 Telegram makes a photo smaller

ROW = CardRow("Dead bug", "6 sets", (Cell(2, 0), Cell(0, 0), Cell(4, 3, "green")))
CARD = Card(
    title="Your training",
    since="since 6 October 2026",
    main=Total("3", "sessions"),
    totals=(Total("31", "minutes"), Total("2", "active weeks")),
    bars_title="Minutes a week",
    plan="● days of the plan kept",
    week_of="week of",
    bars=(Bar(10, 1, 3, "9 Nov"), Bar(0, 0, 0, "16 Nov"), Bar(21, 7, 7, "23 Nov")),
    rows_title="Sets a week",
    rows_hint="taller: a stronger band",
    rows=(ROW,) * EXERCISES_SHOWN,
)
FOLDER = shipped() / "card"


# One event loop and one drawing process for those that only draw.
pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.xdist_group("charts")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def charts() -> AsyncIterator[Charts]:
    charts = Charts(FOLDER)
    yield charts
    await charts.close()


def size(png: bytes | None) -> tuple[int, int]:
    assert png is not None
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
async def test_a_card_is_a_picture_that_telegram_leaves_as_it_is(charts: Charts) -> None:
    width, height = size(await charts.draw(CARD))
    assert width == WIDEST
    assert height <= HIGHEST


@pytest.mark.slow
async def test_whatever_a_card_says_is_drawn_as_it_is(charts: Charts) -> None:
    """Also markup, control characters, other scripts, and far more than there is room."""
    odd = CardRow(
        "$x ${content} ]]> <b>&amp; \x00\u200f深蹲 🏃 " + "long " * 60, "1,234 sets", ROW.cells
    )
    totals = (Total("1,234,567,890", "sessions " * 9),) * 2
    assert size(await charts.draw(replace(CARD, rows=(odd,), totals=totals)))[0] == WIDEST


@pytest.mark.slow
async def test_what_no_font_has_is_left_out_and_is_no_box(charts: Charts) -> None:
    """U+10FFFD is in a private area, for which no font has a letter."""
    plain, odd = (
        replace(CARD, title=title) for title in ("Your training", "Your training\U0010fffd")
    )
    assert await charts.draw(plain) == await charts.draw(odd)


async def test_every_colour_of_a_card_is_one_of_the_template_and_can_be_tapped() -> None:
    template = (FOLDER / "card.svg").read_text("utf-8")
    assert [colour for colour in COLOURS if f".{colour} {{" not in template] == []
    texts = Texts(ENGLISH, [shipped() / "locales" / "en.ftl"])
    screen = bands.colours(texts, Band(KitKind.MINI_BAND, Level.LIGHT))
    taps = [button.does for row in screen.buttons for button in row]
    offered = {tap.colour for tap in taps if isinstance(tap, ColourTap) and tap.colour}
    assert set(COLOURS) == offered


@pytest.mark.slow
async def test_the_same_card_gives_the_same_picture(charts: Charts) -> None:
    assert await charts.draw(CARD) == await charts.draw(CARD)


@pytest.mark.slow
async def test_a_card_without_exercises_is_drawn(charts: Charts) -> None:
    bare = replace(CARD, rows=(), bars=CARD.bars[:1], plan="")
    assert size(await charts.draw(bare))[1] < 700


@pytest.mark.slow
async def test_one_process_draws_for_all_and_ends_when_idle() -> None:
    charts = Charts(FOLDER, idle=0.3)
    pictures = await asyncio.gather(*(charts.draw(CARD) for _ in range(3)))
    assert None not in pictures
    worker = charts.worker
    assert worker is not None
    for _ in range(100):
        await asyncio.sleep(0.05)
        if not is_alive(worker):
            break
    assert charts.worker is None
    assert not is_alive(worker)
    assert await charts.draw(CARD) == pictures[0]
    await charts.close()


@pytest.mark.slow
async def test_what_cannot_be_drawn_is_none_and_the_next_one_comes(charts: Charts) -> None:
    broken = replace(CARD, rows=(replace(ROW, cells=(Cell(1, 99), ROW.cells[0], ROW.cells[1])),))
    assert await charts.draw(broken) is None
    assert await charts.draw(CARD) is not None


@pytest.mark.slow
async def test_a_process_that_dies_is_followed_by_another(charts: Charts) -> None:
    await charts.draw(CARD)
    assert charts.worker is not None
    os.kill(charts.worker, signal.SIGKILL)
    after = [await charts.draw(CARD), await charts.draw(CARD)]
    assert after[1] is not None


async def test_a_picture_that_takes_too_long_is_given_up() -> None:
    charts = Charts(FOLDER, patience=0.01)
    assert await charts.draw(CARD) is None
    assert charts.worker is None


async def test_closing_waits_for_no_picture() -> None:
    charts = Charts(FOLDER)
    drawing = asyncio.create_task(charts.draw(CARD))
    while charts.worker is None:
        await asyncio.sleep(0.01)
    await asyncio.wait_for(charts.close(), 1)
    assert await drawing is None


@pytest.mark.slow
async def test_the_process_ends_with_the_one_that_asked() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "bot.charts.worker", str(FOLDER)],
        stdin=subprocess.DEVNULL,
        timeout=30,
    )
    assert ended.returncode == 0


@pytest.mark.slow
async def test_the_coach_does_not_load_the_drawing_library() -> None:
    ask = "import sys, bot.app; sys.exit('resvg_py' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", ask]).returncode == 0


@pytest.mark.slow
async def test_the_process_is_not_given_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:secret")
    charts = Charts(FOLDER)
    await charts.draw(CARD)
    assert b"secret" not in Path(f"/proc/{charts.worker}/environ").read_bytes()
    await charts.close()
