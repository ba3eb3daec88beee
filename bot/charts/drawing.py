"""Drawing of a card as a PNG, 1080 pixels wide; imported in the drawing process only.

Lengths are pixels from the upper left corner. Telegram scales down photos above 1280 pixels, so no
card is higher. Colours and type are in `card.svg`, beside its font; what that lacks comes from the
fonts of the machine, and is left out where these lack it as well. A card has a background of its
own, for light and dark chats alike, and a strength is told by height, so that nobody needs to see
colours.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from resvg_py import svg_to_bytes

from bot.charts.card import Bar, Card, CardRow, Cell, Total
from bot.domain.kit import COLOURS

LEFT, RIGHT = 60, 1020
FADE = 40  # the end of a text that is too long for its room
FEWEST_COLUMNS = 6
LEAST_SCALE = 15  # minutes, so that a few of them do not look like a record

TITLE, MAIN, MAIN_LABEL = 72, 226, 278
TOTALS, TOTAL_LABELS, TOTALS_LEFT = (148, 244), (182, 278), 640
BARS_TITLE, BARS_TOP, BARS_FOOT = 352, 410, 514
DOTS, DOT, DOTS_IN_LINE = 536, 20, 3
WEEK_OF, DATES, ROWS_TITLE, ROWS, ROW = 550, 576, 644, 672, 101  # moved down by the lines of dots
STEPS = (22, 26, 32, 39, 47)  # the height of a cell by its shade
SMALL = 30  # a cell below this height has smaller figures
CELLS = 83  # from the top of a row to the foot of its cells
GAP = 12  # between the name of an exercise and its tallest cell
END = 24
ABOVE, BELOW = 44, 16  # the room of a text above and below its baseline
DARK = frozenset({"red", "green", "blue", "black", "purple", "shade-3", "shade-4"})


def draw(card: Card, folder: Path) -> bytes:
    """Return the card as a PNG; `folder` has the template and the fonts."""
    lines = math.ceil(max((bar.planned for bar in card.bars), default=0) / DOTS_IN_LINE)
    moved = DOT * lines
    foot = ROWS + ROW * len(card.rows) if card.rows else DATES + END
    parts = [*_header(card), *_weeks(card, moved)]
    if card.rows:
        parts += _exercises(card, moved)
    template = Template((folder / "card.svg").read_text("utf-8"))
    return svg_to_bytes(
        svg_string=template.substitute(height=foot + moved + END, content="\n".join(parts)),
        font_files=[str(font) for font in sorted(folder.glob("*.otf"))],
    )


def _text(x: float, y: float, text: str, style: str, room: float = 0, anchor: str = "start") -> str:
    """Return a text with its baseline at y; `room`: the width at which it fades out, 0 for none."""
    drawable = "".join(letter for letter in text if letter.isprintable())
    words = f'class="{style}" text-anchor="{anchor}">{escape(drawable)}</text>'
    if not room:
        return f'<text x="{x}" y="{y}" {words}'
    return (
        f'<svg x="{x}" y="{y - ABOVE}" width="{room}" height="{ABOVE + BELOW}">'
        f'<text y="{ABOVE}" {words}'
        f'<rect x="{room - FADE}" width="{FADE}" height="{ABOVE + BELOW}" fill="url(#fade)"/></svg>'
    )


def _box(x: float, y: float, width: float, height: float, style: str, radius: float = 6) -> str:
    radius = min(radius, width / 2, height / 2)
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'rx="{radius:.1f}" class="{style}"/>'
    )


def _header(card: Card) -> Iterator[str]:
    yield _text(LEFT, TITLE, card.title, "title", 560)
    yield _text(RIGHT, TITLE, card.since, "since", anchor="end")
    yield _text(LEFT - 8, MAIN, card.main.number, "hero")
    yield _text(LEFT, MAIN_LABEL, card.main.label, "hero-label", 560)
    for total, y, label in zip(card.totals, TOTALS, TOTAL_LABELS, strict=True):
        yield from _total(total, y, label)


def _total(total: Total, y: float, label: float) -> Iterator[str]:
    yield _text(TOTALS_LEFT, y, total.number, "total", RIGHT - TOTALS_LEFT)
    yield _text(TOTALS_LEFT, label, total.label, "label", RIGHT - TOTALS_LEFT)


def _columns(card: Card) -> tuple[float, list[float]]:
    """Return the width of a week, and the middles of the weeks."""
    pitch = (RIGHT - LEFT) / max(len(card.bars), FEWEST_COLUMNS)
    return pitch, [LEFT + (column + 0.5) * pitch for column in range(len(card.bars))]


def _weeks(card: Card, moved: float) -> Iterator[str]:
    yield _text(LEFT, BARS_TITLE, card.bars_title, "heading", 460)
    yield _text(RIGHT, BARS_TITLE, card.plan, "plan", anchor="end")
    yield _box(LEFT, BARS_FOOT, RIGHT - LEFT, 3, "line", 0)
    top = max([LEAST_SCALE, *(bar.value for bar in card.bars)])
    pitch, middles = _columns(card)
    step = 2 if len(card.bars) > FEWEST_COLUMNS else 1
    for index, (bar, x) in enumerate(zip(card.bars, middles, strict=True)):
        yield from _bar(x, min(64.0, pitch - 18), bar, bar.value / top)
        if (len(card.bars) - 1 - index) % step == 0:
            yield _text(x, WEEK_OF + moved, card.week_of, "date of", anchor="middle")
            yield _text(x, DATES + moved, bar.date, "date", anchor="middle")


def _bar(x: float, width: float, bar: Bar, share: float) -> Iterator[str]:
    if bar.value:
        height = max(6.0, share * (BARS_FOOT - BARS_TOP))
        yield _box(x - width / 2, BARS_FOOT - height, width, height, "bar", 8)
        yield _text(x, BARS_FOOT - height - 10, str(bar.value), "value", anchor="middle")
    for first in range(0, bar.planned, DOTS_IN_LINE):
        line = range(first, min(first + DOTS_IN_LINE, bar.planned))
        start = x - DOT * (len(line) - 1) / 2
        y = DOTS + DOT * first / DOTS_IN_LINE
        for number in line:
            kept = "dot kept" if number < bar.kept else "dot"
            yield f'<circle cx="{start + DOT * (number - first)}" cy="{y}" r="6.8" class="{kept}"/>'


def _exercises(card: Card, moved: float) -> Iterator[str]:
    yield _text(LEFT, ROWS_TITLE + moved, card.rows_title, "heading", 460)
    yield _text(RIGHT, ROWS_TITLE + moved, card.rows_hint, "plan", anchor="end")
    pitch, middles = _columns(card)
    for index, row in enumerate(card.rows):
        yield from _row(row, ROWS + moved + index * ROW, pitch, middles)


def _row(row: CardRow, y: float, pitch: float, middles: list[float]) -> Iterator[str]:
    above = (
        y + CELLS - GAP - max((STEPS[cell.shade] for cell in row.cells if cell.count), default=0)
    )
    yield _text(LEFT, above, row.name, "name", 560)
    style = "note risen" if row.has_risen else "note"
    yield _text(RIGHT, above, row.note, style, anchor="end")
    for cell, x in zip(row.cells, middles, strict=True):
        yield from _cell(cell, x, y + CELLS, pitch - 6)


def _cell(cell: Cell, x: float, foot: float, width: float) -> Iterator[str]:
    if not cell.count:
        yield _box(x - width / 2, foot - 3, width, 3, "line", 0)
        return
    if cell.colour and cell.colour not in COLOURS:
        raise ValueError(cell.colour)
    fill = cell.colour or f"shade-{cell.shade}"
    height = STEPS[cell.shade]
    yield _box(x - width / 2, foot - height, width, height, f"step {fill}")
    is_small = height < SMALL
    style = " ".join(
        ["sets", *(["on-dark"] if fill in DARK else []), *(["of"] if is_small else [])]
    )
    baseline = foot - height / 2 + (7 if is_small else 9)
    yield _text(x, baseline, str(cell.count), style, anchor="middle")
