"""Draws numbers, letters and crosses in a corner, and dashed guide lines. Needs skia-python."""

import skia

from bot.figures.camera import Camera
from bot.figures.paint import ARROW, BACKGROUND, INK, Rgb, fill_paint, stroke_paint
from bot.figures.vectors import Vec

SIGN_SIZE = 56  # pixels
_WRONG: Rgb = (204, 44, 44)
_WHITE: Rgb = (255, 255, 255)
_Stroke = tuple[tuple[float, float], ...]
# Strokes on a square from -1 to 1, y down: no font, so that every machine draws the same.
_STROKES: dict[str, tuple[_Stroke, ...]] = {
    "1": (((-0.45, -0.5), (0.1, -1.0), (0.1, 1.0)), ((-0.4, 1.0), (0.6, 1.0))),
    "2": (
        (
            (-0.6, -0.5),
            (-0.5, -0.8),
            (-0.2, -1.0),
            (0.2, -1.0),
            (0.5, -0.8),
            (0.6, -0.45),
            (0.45, -0.05),
            (-0.6, 1.0),
            (0.65, 1.0),
        ),
    ),
    "3": (
        (
            (-0.6, -0.7),
            (-0.3, -1.0),
            (0.25, -1.0),
            (0.55, -0.75),
            (0.55, -0.4),
            (0.3, -0.1),
            (-0.1, -0.05),
        ),
        (
            (-0.1, -0.05),
            (0.35, 0.0),
            (0.62, 0.3),
            (0.62, 0.65),
            (0.3, 1.0),
            (-0.3, 1.0),
            (-0.65, 0.7),
        ),
    ),
    "Y": (((-0.75, -1.0), (0.0, 0.05), (0.75, -1.0)), ((0.0, 0.05), (0.0, 1.0))),
    "T": (((-0.8, -1.0), (0.8, -1.0)), ((0.0, -1.0), (0.0, 1.0))),
    "W": (((-1.0, -0.9), (-0.5, 0.9), (0.0, -0.4), (0.5, 0.9), (1.0, -0.9)),),
    "x": (((-0.75, -0.75), (0.75, 0.75)), ((0.75, -0.75), (-0.75, 0.75))),
}


def draw_sign(canvas: skia.Canvas, shows: str, middle: tuple[float, float]) -> None:
    """Draw a sign on a disc; a cross is red, since it says what is wrong."""
    x, y = middle
    radius = SIGN_SIZE / 2
    canvas.drawCircle(x, y, radius, fill_paint(_WHITE))
    canvas.drawCircle(x, y, radius - 3, fill_paint(_WRONG if shows == "x" else INK))
    size = radius * 0.48
    path = skia.Path()
    for stroke in _STROKES[shows]:
        (first_x, first_y), *others = stroke
        path.moveTo(x + first_x * size, y + first_y * size)
        for other_x, other_y in others:
            path.lineTo(x + other_x * size, y + other_y * size)
    canvas.drawPath(path, stroke_paint(_WHITE, 5.5, rounded=True))


def draw_guide(canvas: skia.Canvas, camera: Camera, ends: tuple[Vec, Vec]) -> None:
    """Draw a dashed line with a pale outline."""
    a, b = (camera.project(end) for end in ends)
    for colour, width, alpha in ((BACKGROUND, 7.0, 0.8), (ARROW, 3.5, 1.0)):
        paint = stroke_paint(colour, width, alpha, rounded=True)
        paint.setPathEffect(skia.DashPathEffect.Make([11.0, 9.0], 0.0))
        canvas.drawLine(*a, *b, paint)
