"""Drawing of a card as a PNG, 1080 pixels wide; imported in the drawing process only.

Lengths are pixels from the upper left corner. Telegram scales down photos above 1280 pixels, so no
card is higher. A card has a background of its own, for light and dark chats alike; shades differ
in lightness, so that they can be told apart without colour vision.
"""

import io
import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from matplotlib.text import Text

from bot.charts.card import Bar, Card, CardRow

WIDTH, DPI = 1080, 100
LEFT, RIGHT = 60, 1020
FEWEST_COLUMNS = 6
LEAST_SCALE = 15  # minutes, so that a few of them do not look like a record

TITLE, TOTALS, TOTAL_LABELS = 72, 158, 198
BARS_TITLE, BARS_TOP, BARS_FOOT = 274, 340, 468
DOTS, DOT, DOTS_IN_LINE = 490, 20, 3
DATES, ROWS_TITLE, ROWS, ROW, CELL = 508, 588, 644, 91, 42  # moved down by the lines of dots
END = 26

BACKGROUND, INK, MUTED, FAINT = "#f5f1e8", "#1e2a38", "#5f6873", "#dcd5c6"
BAR = "#b4552d"
SHADES = ("#ddd6c8", "#c9dfe3", "#86b9c4", "#33818f", "#0f4550")
ON_SHADES = (INK, INK, INK, "#ffffff", "#ffffff")


def draw(card: Card) -> bytes:
    """Return the card as a PNG."""
    planned = max((bar.planned for bar in card.bars), default=0)
    dots_height = DOT * math.ceil(planned / DOTS_IN_LINE)
    foot = ROWS + ROW * len(card.rows) if card.rows else DATES + END
    canvas = _Canvas(dots_height + foot + END)
    columns = _Columns(max(len(card.bars), FEWEST_COLUMNS))
    _header(canvas, card)
    _weeks(canvas, columns, card, DATES + dots_height)
    if card.rows:
        _exercises(canvas, columns, card, dots_height)
    return canvas.png()


class _Canvas:
    """A picture to draw on, in pixels."""

    def __init__(self, height: int) -> None:
        self._figure = Figure(figsize=(WIDTH / DPI, height / DPI), dpi=DPI, facecolor=BACKGROUND)
        self._renderer: RendererAgg = FigureCanvasAgg(self._figure).get_renderer()  # type: ignore[no-untyped-call]
        self._axes: Axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self._axes.set_xlim(0, WIDTH)
        self._axes.set_ylim(height, 0)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        *,
        colour: str = INK,
        align: str = "left",
        bold: bool = False,
        room: float = WIDTH,
    ) -> float:
        """Write with the baseline at y, cut off to be no wider than `room`; return the width."""
        label = self._axes.text(
            x,
            y,
            text,
            fontsize=size * 72 / DPI,
            color=colour,
            ha=align,
            va="baseline",
            fontweight="bold" if bold else "normal",
            parse_math=False,
        )
        while self._width(label) > room and len(text) > 1:
            text = text[:-1].rstrip()
            label.set_text(text + "…")
        return self._width(label)

    def _width(self, label: Text) -> float:
        return float(label.get_window_extent(self._renderer).width)

    def block(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a box with round corners, the upper left one at x, y."""
        round_ = min(8.0, width / 2, height / 2)
        style = f"round,pad=0,rounding_size={round_}"
        box = FancyBboxPatch((x, y), width, height, boxstyle=style, facecolor=colour, linewidth=0)
        self._axes.add_patch(box)

    def dot(self, x: float, y: float, radius: float, *, filled: bool) -> None:
        line = 2.4
        ring = Circle(
            (x, y),
            radius - line / 2,
            facecolor=INK if filled else BACKGROUND,
            edgecolor=INK if filled else MUTED,
            linewidth=line * 72 / DPI,
        )
        self._axes.add_patch(ring)

    def png(self) -> bytes:
        file = io.BytesIO()
        self._figure.savefig(file, format="png", dpi=DPI)
        return file.getvalue()


class _Columns:
    """The columns of the weeks, which all parts of the card share."""

    def __init__(self, count: int) -> None:
        self.pitch = (RIGHT - LEFT) / count

    def middle(self, column: int) -> float:
        return LEFT + (column + 0.5) * self.pitch


def _header(canvas: _Canvas, card: Card) -> None:
    since = canvas.write(RIGHT, TITLE, card.since, 30, colour=MUTED, align="right")
    canvas.write(LEFT, TITLE, card.title, 38, bold=True, room=RIGHT - LEFT - since - 30)
    room = (RIGHT - LEFT) / max(len(card.totals), 1)
    for index, total in enumerate(card.totals):
        x = LEFT + index * room
        canvas.write(x, TOTALS, total.number, 74, bold=True, room=room - 20)
        canvas.write(x, TOTAL_LABELS, total.label, 30, colour=MUTED, room=room - 20)


def _weeks(canvas: _Canvas, columns: _Columns, card: Card, dates: float) -> None:
    title = canvas.write(LEFT, BARS_TITLE, card.bars_title, 34, bold=True)
    room = RIGHT - LEFT - title - 30
    canvas.write(RIGHT, BARS_TITLE, card.plan, 27, colour=MUTED, align="right", room=room)
    canvas.block(LEFT, BARS_FOOT, RIGHT - LEFT, 3, FAINT)
    top = max([LEAST_SCALE, *(bar.value for bar in card.bars)])
    width = min(64.0, columns.pitch - 18)
    step = 2 if len(card.bars) > FEWEST_COLUMNS else 1
    for index, bar in enumerate(card.bars):
        x = columns.middle(index)
        _bar(canvas, x, width, bar, bar.value / top)
        if (len(card.bars) - 1 - index) % step == 0:
            canvas.write(x, dates, bar.date, 26, colour=MUTED, align="center")


def _bar(canvas: _Canvas, x: float, width: float, bar: Bar, share: float) -> None:
    if bar.value:
        height = max(6.0, share * (BARS_FOOT - BARS_TOP))
        canvas.block(x - width / 2, BARS_FOOT - height, width, height, BAR)
        canvas.write(x, BARS_FOOT - height - 12, str(bar.value), 27, align="center")
    for first in range(0, bar.planned, DOTS_IN_LINE):
        line = range(first, min(first + DOTS_IN_LINE, bar.planned))
        start = x - DOT * (len(line) - 1) / 2
        y = DOTS + DOT * first / DOTS_IN_LINE
        for number in line:
            canvas.dot(start + DOT * (number - first), y, DOT * 0.4, filled=number < bar.kept)


def _exercises(canvas: _Canvas, columns: _Columns, card: Card, dots_height: float) -> None:
    canvas.write(LEFT, ROWS_TITLE + dots_height, card.rows_title, 34, bold=True)
    _legend(canvas, card.shades, ROWS_TITLE + dots_height)
    for index, row in enumerate(card.rows):
        _row(canvas, columns, row, ROWS + dots_height + index * ROW)


def _legend(canvas: _Canvas, shades: Sequence[tuple[int, str]], y: float) -> None:
    """Draw the legend from the right margin leftwards."""
    x = float(RIGHT)
    for shade, name in reversed(shades):
        x -= canvas.write(x, y, name, 27, colour=MUTED, align="right") + 10 + 28
        canvas.block(x, y - 23, 28, 28, SHADES[shade])
        x -= 24


def _row(canvas: _Canvas, columns: _Columns, row: CardRow, y: float) -> None:
    note = canvas.write(RIGHT, y, row.note, 27, colour=MUTED, align="right")
    canvas.write(LEFT, y, row.name, 29, room=RIGHT - LEFT - note - 30)
    for column, cell in enumerate(row.cells):
        x = LEFT + column * columns.pitch + 3
        width = columns.pitch - 6
        if not cell.count:
            canvas.block(x, y + 10 + CELL / 2 - 2, width, 4, FAINT)
            continue
        canvas.block(x, y + 10, width, CELL, SHADES[cell.shade])
        colour = ON_SHADES[cell.shade]
        canvas.write(x + width / 2, y + 41, str(cell.count), 27, colour=colour, align="center")
