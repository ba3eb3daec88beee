"""Draws a card as a PNG, 1080 pixels wide: loaded in the drawing process only.

Lengths are pixels, from the upper left corner. Telegram makes a photo smaller than it is above
1280 pixels, so no card is higher. The card brings its own ground, for light and dark chats alike;
shades differ in lightness, so that no colour has to be told from another.
"""

import io
import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.text import Text

from bot.charts.card import Bar, Card, Row

WIDTH, DPI = 1080, 100
LEFT, RIGHT = 60, 1020
FEWEST_COLUMNS = 6
LOWEST_TOP = 15  # so that the first few minutes do not look like a record

TITLE, TOTALS, TOTAL_LABELS = 72, 158, 198
BARS_TITLE, BARS_TOP, BARS_FOOT = 274, 340, 468
DOTS, DOT, DOTS_IN_LINE = 490, 20, 3
DATES, ROWS_TITLE, ROWS, ROW, CELL = 508, 588, 644, 91, 42  # below the lines of dots, if any
END = 26

GROUND, INK, MUTED, FAINT = "#f5f1e8", "#1e2a38", "#5f6873", "#dcd5c6"
BAR = "#b4552d"
SHADES = ("#ddd6c8", "#c9dfe3", "#86b9c4", "#33818f", "#0f4550")
ON_SHADES = (INK, INK, INK, "#ffffff", "#ffffff")


def draw(card: Card) -> bytes:
    """The card as a PNG."""
    planned = max((bar.planned for bar in card.bars), default=0)
    down = DOT * math.ceil(planned / DOTS_IN_LINE)
    foot = ROWS + ROW * len(card.rows) if card.rows else DATES + END
    pad = _Pad(down + foot + END)
    columns = _Columns(max(len(card.bars), FEWEST_COLUMNS))
    _head(pad, card)
    _weeks(pad, columns, card, DATES + down)
    if card.rows:
        _exercises(pad, columns, card, down)
    return pad.png()


class _Pad:
    """Something to draw on, in pixels."""

    def __init__(self, height: int) -> None:
        self._figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=GROUND)
        self._renderer: RendererAgg = FigureCanvasAgg(self._figure).get_renderer()  # type: ignore[no-untyped-call]
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def write(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        *,
        colour: str = INK,
        align: str = "left",
        bold: bool = False,
        room: float = WIDTH,
    ) -> float:
        """On the line at y, no wider than `room`; returns the width."""
        text = self._axes.text(
            x,
            y,
            words,
            fontsize=size * 72 / DPI,
            color=colour,
            ha=align,
            va="baseline",
            fontweight="bold" if bold else "normal",
            parse_math=False,
        )
        while self._width(text) > room and len(words) > 1:
            words = words[:-1].rstrip()
            text.set_text(words + "…")
        return self._width(text)

    def _width(self, text: Text) -> float:
        return float(text.get_window_extent(self._renderer).width)

    def block(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """A box with round corners, its upper left one at x, y."""
        round_ = min(8.0, width / 2, height / 2)
        style = f"round,pad=0,rounding_size={round_}"
        box = FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=colour, linewidth=0)
        self._axes.add_patch(box)

    def dot(self, x: float, y: float, radius: float, *, filled: bool) -> None:
        line = 2.4
        ring = Circle(
            (x, y),
            radius - line / 2,
            facecolor=INK if filled else GROUND,
            edgecolor=INK if filled else MUTED,
            linewidth=line * 72 / DPI,
        )
        self._axes.add_patch(ring)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format="png", dpi=DPI)
        return file.getvalue()


class _Columns:
    """A column for each week, shared by all that the card shows."""

    def __init__(self, count: int) -> None:
        self.pitch = (RIGHT - LEFT) / count

    def middle(self, column: int) -> float:
        return LEFT + (column + 0.5) * self.pitch


def _head(pad: _Pad, card: Card) -> None:
    since = pad.write(RIGHT, TITLE, card.since, 30, colour=MUTED, align="right")
    pad.write(LEFT, TITLE, card.title, 38, bold=True, room=RIGHT - LEFT - since - 30)
    room = (RIGHT - LEFT) / max(len(card.totals), 1)
    for place, total in enumerate(card.totals):
        x = LEFT + place * room
        pad.write(x, TOTALS, total.number, 74, bold=True, room=room - 20)
        pad.write(x, TOTAL_LABELS, total.label, 30, colour=MUTED, room=room - 20)


def _weeks(pad: _Pad, columns: _Columns, card: Card, dates: float) -> None:
    title = pad.write(LEFT, BARS_TITLE, card.bars_title, 34, bold=True)
    room = RIGHT - LEFT - title - 30
    pad.write(RIGHT, BARS_TITLE, card.plan, 27, colour=MUTED, align="right", room=room)
    pad.block(LEFT, BARS_FOOT, RIGHT - LEFT, 3, FAINT)
    top = max([LOWEST_TOP, *(bar.value for bar in card.bars)])
    width = min(64.0, columns.pitch - 18)
    step = 2 if len(card.bars) > FEWEST_COLUMNS else 1
    for place, bar in enumerate(card.bars):
        x = columns.middle(place)
        _bar(pad, x, width, bar, bar.value / top)
        if (len(card.bars) - 1 - place) % step == 0:
            pad.write(x, dates, bar.date, 26, colour=MUTED, align="center")


def _bar(pad: _Pad, x: float, width: float, bar: Bar, share: float) -> None:
    if bar.value:
        height = max(6.0, share * (BARS_FOOT - BARS_TOP))
        pad.block(x - width / 2, BARS_FOOT - height, width, height, BAR)
        pad.write(x, BARS_FOOT - height - 12, str(bar.value), 27, align="center")
    for first in range(0, bar.planned, DOTS_IN_LINE):
        line = range(first, min(first + DOTS_IN_LINE, bar.planned))
        start = x - DOT * (len(line) - 1) / 2
        y = DOTS + DOT * first / DOTS_IN_LINE
        for number in line:
            pad.dot(start + DOT * (number - first), y, DOT * 0.4, filled=number < bar.kept)


def _exercises(pad: _Pad, columns: _Columns, card: Card, down: float) -> None:
    pad.write(LEFT, ROWS_TITLE + down, card.rows_title, 34, bold=True)
    _legend(pad, card.shades, ROWS_TITLE + down)
    for place, row in enumerate(card.rows):
        _row(pad, columns, row, ROWS + down + place * ROW)


def _legend(pad: _Pad, shades: Sequence[tuple[int, str]], y: float) -> None:
    """From the right, so that it ends with the card."""
    x = float(RIGHT)
    for shade, name in reversed(shades):
        x -= pad.write(x, y, name, 27, colour=MUTED, align="right") + 10 + 28
        pad.block(x, y - 23, 28, 28, SHADES[shade])
        x -= 24


def _row(pad: _Pad, columns: _Columns, row: Row, y: float) -> None:
    note = pad.write(RIGHT, y, row.note, 27, colour=MUTED, align="right")
    pad.write(LEFT, y, row.name, 29, room=RIGHT - LEFT - note - 30)
    for column, cell in enumerate(row.cells):
        x = LEFT + column * columns.pitch + 3
        width = columns.pitch - 6
        if not cell.count:
            pad.block(x, y + 10 + CELL / 2 - 2, width, 4, FAINT)
            continue
        pad.block(x, y + 10, width, CELL, SHADES[cell.shade])
        colour = ON_SHADES[cell.shade]
        pad.write(x + width / 2, y + 41, str(cell.count), 27, colour=colour, align="center")
