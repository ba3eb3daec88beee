"""Colours, paints and the items that are sorted by depth. Needs skia-python."""

from collections.abc import Callable
from dataclasses import dataclass

import skia

from bot.figures.camera import Camera
from bot.figures.vectors import Vec

Rgb = tuple[int, int, int]
Draw = Callable[[skia.Canvas], None]
BACKGROUND: Rgb = (222, 228, 231)
FLOOR: Rgb = (205, 213, 217)
FLOOR_LINE: Rgb = (186, 196, 202)
WALL: Rgb = (190, 200, 207)
WOOD: Rgb = (176, 150, 122)
METAL: Rgb = (112, 124, 134)
MAT: Rgb = (146, 164, 186)
BALL: Rgb = (236, 196, 92)
BAND: Rgb = (26, 186, 142)
BAND_STRETCHED: Rgb = (4, 118, 92)
WORKING: Rgb = (255, 214, 56)
ARROW: Rgb = (246, 140, 30)
FAR: Rgb = (128, 140, 152)
INK: Rgb = (46, 52, 64)
SHADE: Rgb = (24, 30, 52)
CUSHION: Rgb = (240, 230, 208)
COLOURS: dict[str, Rgb] = {
    "skin": (222, 166, 130),
    "shirt": (84, 120, 168),
    "shorts": (52, 62, 80),
    "sock": (244, 246, 247),
    "shoe": (232, 238, 240),
    "sole": (236, 120, 70),
    "hair": (74, 50, 42),
}


@dataclass(frozen=True, slots=True)
class Item:
    """Something to draw; items are drawn in the order of their depth."""

    depth: float
    draw: Draw


def draw_polygon(canvas: skia.Canvas, camera: Camera, corners: list[Vec], colour: Rgb) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*camera.project(corner)) for corner in corners], True)
    canvas.drawPath(path, fill_paint(colour))


def fill_paint(colour: Rgb, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=argb(colour, alpha))


def stroke_paint(
    colour: Rgb, width: float, alpha: float = 1.0, *, rounded: bool = False
) -> skia.Paint:
    """Return a paint for lines of this width in pixels, with round caps and joins if rounded."""
    paint = fill_paint(colour, alpha)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    if rounded:
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def argb(colour: Rgb, alpha: float) -> int:
    return int(skia.ColorSetARGB(round(255 * alpha), *colour))


def mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue
