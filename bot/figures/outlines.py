"""The silhouettes of ellipsoids and lofts. Needs skia-python."""

import itertools
from math import cos, pi, sin, sqrt

import skia

from bot.figures.camera import Camera
from bot.figures.flesh import Ellipsoid, Loft
from bot.figures.vectors import dot

_CIRCLE = [(cos(2 * pi * k / 32), sin(2 * pi * k / 32)) for k in range(32)]


def loft_outline(camera: Camera, loft: Loft) -> skia.Path:
    """Return the union of the hulls of neighbouring ellipsoids."""
    rings = [ellipsoid_outline(camera, row) for row in loft.rows]
    path = skia.Path()
    path.setFillType(skia.PathFillType.kWinding)
    pairs = itertools.pairwise(rings) if len(rings) > 1 else [(rings[0], rings[0])]
    for a, b in pairs:
        path.addPoly([skia.Point(x, y) for x, y in convex_hull(a + b)], True)
    return skia.Simplify(path) if len(rings) > 2 else path


def ellipsoid_outline(camera: Camera, ellipsoid: Ellipsoid) -> list[tuple[float, float]]:
    """Return the ellipse that the ellipsoid projects to."""
    x, y = camera.project(ellipsoid.centre)
    axes = [
        (dot(axis, camera.right) * camera.scale, -dot(axis, camera.up) * camera.scale)
        for axis in ellipsoid.axes
    ]
    xx = sum(a * a for a, _ in axes)
    xy = sum(a * b for a, b in axes)
    yy = sum(b * b for _, b in axes)
    ring = []
    for c, s in _CIRCLE:
        u, v = xx * c + xy * s, xy * c + yy * s
        size = sqrt(max(c * u + s * v, 1e-9))
        ring.append((x + u / size, y + v / size))
    return ring


def convex_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the convex hull, always in the same direction (Andrew's monotone chain)."""
    points = sorted(points)
    hull: list[tuple[float, float]] = []
    for row in (points, points[::-1]):
        start = len(hull)
        for x, y in row:
            while len(hull) - start >= 2:
                (ax, ay), (bx, by) = hull[-2], hull[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                hull.pop()
            hull.append((x, y))
        hull.pop()
    return hull
