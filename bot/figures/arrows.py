"""Draws the arrows that show where a point moves. Needs skia-python."""

from itertools import pairwise
from math import atan2, cos, dist, sin

import skia

from bot.figures.camera import Camera
from bot.figures.paint import ARROW, fill_paint, stroke_paint
from bot.figures.pose import Arrow
from bot.figures.vectors import Vec

SHORTEST_ARROW = 58.0  # pixels; shorter paths are lengthened
_FADE, _LINGER = 0.35, 0.3  # seconds
_WHITE = (255, 255, 255)


def arrow_opacity(arrow: Arrow, time: float) -> float:
    """Return the opacity at this second: an arrow fades in before its movement and out after it."""
    since_begin = time - (arrow.start - _FADE)
    until_end = arrow.end + _LINGER + _FADE - time
    return min(max(min(since_begin, until_end) / _FADE, 0.0), 1.0) * 0.95


def draw_arrow(canvas: skia.Canvas, camera: Camera, points: list[Vec], opacity: float) -> None:
    pixels = lengthened([camera.project(point) for point in points])
    size = min(max(camera.scale * 0.021, 9.0), 13.0)
    (bx, by), (tx, ty) = pixels[-3], pixels[-1]
    angle = atan2(ty - by, tx - bx)
    shaft = skia.Path()
    shaft.moveTo(*pixels[0])
    for point in pixels[1:-1]:
        shaft.lineTo(*point)
    shaft.lineTo(tx - cos(angle) * size * 1.4, ty - sin(angle) * size * 1.4)
    head = _arrowhead(tx, ty, angle, size)
    for colour, factor in ((_WHITE, 1.7), (ARROW, 1.0)):  # a white outline, then the arrow
        canvas.drawPath(shaft, stroke_paint(colour, size * factor * 0.8, opacity, rounded=True))
        paint = fill_paint(colour, opacity)
        if colour == _WHITE:
            paint.setStyle(skia.Paint.kStrokeAndFill_Style)
            paint.setStrokeWidth(size * 0.6)
        canvas.drawPath(head, paint)


def _arrowhead(x: float, y: float, angle: float, size: float) -> skia.Path:
    corners = [skia.Point(x + cos(angle) * size * 0.6, y + sin(angle) * size * 0.6)]
    for spread in (0.55, -0.55):  # radians
        reach = size * 2.6
        corners.append(skia.Point(x - cos(angle + spread) * reach, y - sin(angle + spread) * reach))
    head = skia.Path()
    head.addPoly(corners, True)
    return head


def lengthened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Scale a short path about its middle to SHORTEST_ARROW; a path that closes stays as it is."""
    (ax, ay), (bx, by) = points[0], points[-1]
    length = path_length(points)
    if dist(points[0], points[-1]) < 1.0 or length >= SHORTEST_ARROW:
        return points
    factor = SHORTEST_ARROW / length
    mx, my = (ax + bx) / 2, (ay + by) / 2
    return [(mx + (x - mx) * factor, my + (y - my) * factor) for x, y in points]


def path_length(points: list[tuple[float, float]]) -> float:
    return sum(dist(a, b) for a, b in pairwise(points))
