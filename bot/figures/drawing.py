"""Draws a moment of a pose: a friendly flat figure with volume, its band, and what is around it.

Needs skia-python (the `figures` extra). Change DRAWING in bot/figures/record.py with the look.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, cos, pi, sin, sqrt

import skia

from bot.figures.bands import Piece, ribbon_of, stretch_of
from bot.figures.camera import Camera, camera_of, mat_corners
from bot.figures.flesh import Ellipsoid, Loft, Part, parts_of, tints_of
from bot.figures.motion import SIDES
from bot.figures.pose import Arrow, Pose, Prop
from bot.figures.skeleton import Body, Figure
from bot.figures.vectors import Vec, add, between, distance, dot, scale, sub, unit

Rgb = tuple[int, int, int]
Draw = Callable[[skia.Canvas], None]

_BACK: Rgb = (222, 228, 231)
_FLOOR: Rgb = (205, 213, 217)
_FLOOR_LINE: Rgb = (186, 196, 202)
_WALL: Rgb = (190, 200, 207)
_WOOD: Rgb = (176, 150, 122)
_METAL: Rgb = (112, 124, 134)
_MAT: Rgb = (146, 164, 186)
_BALL: Rgb = (236, 196, 92)
_BAND: Rgb = (26, 186, 142)
_BAND_LONG: Rgb = (4, 118, 92)
_WORKS: Rgb = (240, 62, 52)
_ARROW: Rgb = (246, 140, 30)
_FAR: Rgb = (128, 140, 152)
_INK: Rgb = (46, 52, 64)
_COLOURS: dict[str, Rgb] = {
    "skin": (222, 166, 130),
    "shirt": (84, 120, 168),
    "shorts": (52, 62, 80),
    "sock": (244, 246, 247),
    "shoe": (232, 238, 240),
    "sole": (236, 120, 70),
    "hair": (74, 50, 42),
}
_ROUND = [(cos(2 * pi * k / 20), sin(2 * pi * k / 20)) for k in range(20)]


class Drawing:
    """One pose with its camera, ready to draw any second of the loop."""

    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        self.figure = Figure(pose)
        self.camera = camera_of(pose, self.figure)
        ends = {point for band in pose.bands for point in band.path}
        together = {"left", "right"} if "hands" in ends else set()
        start = self.figure.at(0.0)
        if distance(start.joints["left.hand"], start.joints["right.hand"]) < 0.1:
            together = {"left", "right"}
        self._grips = together | {side for side in SIDES if f"{side} hand" in ends}

    def image(self, time: float) -> skia.Image:
        surface = skia.Surface(*self.camera.size)
        self.draw(surface.getCanvas(), time)
        return surface.makeImageSnapshot()

    def draw(self, canvas: skia.Canvas, time: float) -> None:
        camera = self.camera
        travelled = self.figure.travelled(time)
        body = self.figure.at(time).moved(scale(travelled, -1))
        _Ground(canvas, camera, self.pose, travelled).draw(body)
        if self.pose.ghost is not None:
            ghost = self.figure.at(self.pose.ghost).moved(scale(travelled, -1))
            _draw_ghost(canvas, camera, ghost)
        items = self._parts(body) + self._bands(body) + self._props(body)
        for item in sorted(items, key=lambda item: item.depth):
            item.draw(canvas)
        for arrow in self.pose.arrows:
            strength = _shown(arrow, time % self.pose.loop)
            if strength > 0:
                _draw_arrow(canvas, camera, self._way(arrow), strength)

    def _parts(self, body: Body) -> list["_Item"]:
        camera = self.camera
        spots = [tint for area in self.pose.works for tint in tints_of(body, area)]
        items = []
        for part in parts_of(body, self._grips):
            shape = _Shape(camera, part, _distance_shade(camera, body, part.name))
            for tint in spots:
                if tint.part == part.name:
                    facing = dot(unit(tint.faces), camera.to_viewer)
                    shape.tint(tint.at, tint.radius, facing)
            items.append(_Item(camera.depth(part.middle) + part.nearer, shape.draw))
        return items

    def _bands(self, body: Body) -> list["_Item"]:
        camera = self.camera
        depths = {part.name: camera.depth(part.middle) + part.nearer for part in parts_of(body)}
        items = []
        for band in self.pose.bands:
            stretch = stretch_of(body, self.pose.anchor, band)
            colour = _mix(_BAND, _BAND_LONG, min(max((stretch - 1) / 1.4, 0.0), 1.0))
            for piece in ribbon_of(body, self.pose.anchor, band):
                facing = dot(piece.outward, camera.to_viewer)
                depth = camera.depth(piece.middle)
                if piece.part:
                    depth = depths[piece.part] + (0.002 if facing > 0 else -0.002)
                else:
                    depth += (0.03 if facing > 0 else -0.03) if band.kind == "loop" else 0.03
                items.append(_Item(depth, _ribbon(camera, piece, colour, facing, band.kind)))
        return items

    def _props(self, body: Body) -> list["_Item"]:
        items = []
        for prop in self.pose.props:
            if prop.kind in ("chair", "step"):
                items += _box_items(self.camera, prop)
            elif prop.kind in ("ball", "pillow"):
                items.append(_ball_item(self.camera, prop, body))
        return items

    def _way(self, arrow: Arrow) -> list[Vec]:
        from bot.figures.bands import hold_of

        steps = 14
        times = [arrow.start + (arrow.end - arrow.start) * k / steps for k in range(steps + 1)]
        return [
            add(hold_of(self.figure.at(time), self.pose.anchor, arrow.follows).at, arrow.shift)
            for time in times
        ]


@dataclass(frozen=True, slots=True)
class _Item:
    depth: float
    draw: Draw


class _Shape:
    """A part of the body in the picture: an outline, two tones of each colour, soft spots."""

    def __init__(self, camera: Camera, part: Part, far: float) -> None:
        self._camera = camera
        self._part = part
        self._far = far
        self._paths = [(loft.colour, _outline(camera, loft)) for loft in _ordered(camera, part)]
        self._spots: list[tuple[Vec, float, float]] = []

    def tint(self, at: Vec, radius: float, facing: float) -> None:
        strength = min(max((facing + 0.35) / 0.7, 0.0), 1.0)
        if strength > 0:
            self._spots.append((at, radius, strength))

    def draw(self, canvas: skia.Canvas) -> None:
        unit_px = self._camera.scale
        light = self._light()
        for colour, path in self._paths:
            base = _mix(_COLOURS[colour], _FAR, 0.36 * self._far)
            deep = _mix(base, (24, 30, 52), 0.20)
            edge = _paint(_mix(base, (24, 30, 52), 0.38), 0.9)
            edge.setStyle(skia.Paint.kStroke_Style)
            edge.setStrokeWidth(unit_px * 0.007)
            self._draw_edge(canvas, path, edge)
            canvas.drawPath(path, _paint(deep))
            canvas.save()
            canvas.clipPath(path, skia.ClipOp.kIntersect, True)
            canvas.translate(*light)
            canvas.drawPath(path, _paint(base))
            canvas.translate(-light[0], -light[1])
            if colour != "hair":
                self._draw_spots(canvas)
            canvas.restore()
        if self._part.name == "head":
            self._draw_eyes(canvas)

    def _light(self) -> tuple[float, float]:
        """Towards the light, in pixels: from above and left, and only across a limb."""
        x, y = -self._camera.scale * 0.012, -self._camera.scale * 0.009
        if self._part.joined is None:
            return x, y
        (ax, ay), (bx, by) = (self._camera.flat(end) for end in self._part.bone)
        long = max(sqrt((bx - ax) ** 2 + (by - ay) ** 2), 1e-6)
        u, v = (ay - by) / long, (bx - ax) / long
        along = x * u + y * v
        seen = min(long / (self._camera.scale * 0.08), 1.0)
        return along * u * seen + x * (1 - seen), along * v * seen + y * (1 - seen)

    def _draw_edge(self, canvas: skia.Canvas, path: skia.Path, edge: skia.Paint) -> None:
        """The dark rim, but not where the part grows out of the one before."""
        if self._part.joined is None:
            canvas.drawPath(path, edge)
            return
        name = self._part.name.partition(".")[2]
        radius = {"thigh": 0.062, "shank": 0.040, "upper": 0.046, "fore": 0.027}.get(name, 0.019)
        seam = skia.Path()
        seam.addCircle(*self._camera.flat(self._part.joined), radius * self._camera.scale)
        canvas.save()
        canvas.clipPath(seam, skia.ClipOp.kDifference, True)
        canvas.drawPath(path, edge)
        canvas.restore()

    def _draw_spots(self, canvas: skia.Canvas) -> None:
        for at, radius, strength in self._spots:
            x, y = self._camera.flat(at)
            size = radius * self._camera.scale
            colours = [_argb(_WORKS, strength * alpha) for alpha in (0.88, 0.72, 0.0)]
            shader = skia.GradientShader.MakeRadial(
                skia.Point(x, y), size, colours, [0.0, 0.45, 1.0]
            )
            canvas.drawCircle(x, y, size, skia.Paint(AntiAlias=True, Shader=shader))

    def _draw_eyes(self, canvas: skia.Canvas) -> None:
        face = self._part.lofts[-3].rows[0]
        right, forward, up = (unit(axis) for axis in face.axes)
        for out in (-1.0, 1.0):
            looks = unit(add(forward, scale(right, 0.35 * out)))
            if dot(looks, self._camera.to_viewer) < 0.15:
                continue
            eye = add(add(face.centre, scale(right, 0.019 * out)), scale(forward, 0.034))
            x, y = self._camera.flat(add(eye, scale(up, -0.004)))
            canvas.drawCircle(x, y, self._camera.scale * 0.0062, _paint(_INK))
        if dot(forward, self._camera.to_viewer) > 0.3:
            self._draw_mouth(canvas, face, (right, forward, up))

    def _draw_mouth(self, canvas: skia.Canvas, face: Ellipsoid, axes: tuple[Vec, Vec, Vec]) -> None:
        right, forward, up = axes
        path = skia.Path()
        for number, (out, high) in enumerate(((-0.014, -0.040), (0.0, -0.0455), (0.014, -0.040))):
            at = add(add(face.centre, scale(right, out)), scale(forward, 0.030))
            x, y = self._camera.flat(add(at, scale(up, high)))
            path.lineTo(x, y) if number else path.moveTo(x, y)
        line = _paint(_mix(_COLOURS["skin"], _INK, 0.65))
        line.setStyle(skia.Paint.kStroke_Style)
        line.setStrokeWidth(self._camera.scale * 0.005)
        line.setStrokeCap(skia.Paint.kRound_Cap)
        line.setStrokeJoin(skia.Paint.kRound_Join)
        canvas.drawPath(path, line)


def _ordered(camera: Camera, part: Part) -> list[Loft]:
    """The face lies over the hair, except for somebody who looks away."""
    if part.name != "head":
        return list(part.lofts)
    tail, hair, left, right, face, nose, fringe = part.lofts
    looks = dot(unit(face.rows[0].axes[1]), camera.to_viewer)
    ears = [
        ear
        for ear in (left, right)
        if camera.depth(ear.rows[0].centre) > camera.depth(face.rows[0].centre) - 0.02
    ]
    if looks < -0.25:
        return [face, fringe, *ears, hair, tail]
    return [tail, hair, nose, face, fringe, *ears]


def _outline(camera: Camera, loft: Loft) -> skia.Path:
    """The silhouette of a loft: the hulls of neighbouring ellipsoids, made one."""
    rings = [_ring(camera, row) for row in loft.rows]
    path = skia.Path()
    path.setFillType(skia.PathFillType.kWinding)
    pairs = itertools.pairwise(rings) if len(rings) > 1 else [(rings[0], rings[0])]
    for a, b in pairs:
        path.addPoly([skia.Point(x, y) for x, y in _hull(a + b)], True)
    return skia.Simplify(path) if len(rings) > 2 else path


def _ring(camera: Camera, row: Ellipsoid) -> list[tuple[float, float]]:
    """The outline of an ellipsoid seen along parallel rays is an ellipse."""
    x, y = camera.flat(row.centre)
    flat = [
        (dot(axis, camera.right) * camera.scale, -dot(axis, camera.up) * camera.scale)
        for axis in row.axes
    ]
    xx = sum(a * a for a, _ in flat)
    xy = sum(a * b for a, b in flat)
    yy = sum(b * b for _, b in flat)
    ring = []
    for c, s in _ROUND:
        u, v = xx * c + xy * s, xy * c + yy * s
        size = sqrt(max(c * u + s * v, 1e-9))
        ring.append((x + u / size, y + v / size))
    return ring


def _hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The convex hull, always in the same direction (Andrew's monotone chain)."""
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


def _distance_shade(camera: Camera, body: Body, part: str) -> float:
    """0 on the near side, 1 for a limb that is a body's width away."""
    side, dot_, name = part.partition(".")
    if not dot_:
        return 0.0
    joint, middle = (
        ("shoulder", "shoulders") if name in ("upper", "fore", "hand") else ("hip", "hips")
    )
    behind = camera.depth(body.joints[middle]) - camera.depth(body.joints[f"{side}.{joint}"])
    return min(max(behind / 0.058, 0.0), 1.0)


def _ribbon(camera: Camera, piece: Piece, colour: Rgb, facing: float, kind: str) -> Draw:
    corners = [camera.flat(corner) for corner in piece.corners]
    shade = 0.0 if kind == "strip" else (0.22 - 0.22 * facing if facing > 0 else 0.45)
    paint = _paint(_mix(colour, (0, 40, 40), shade))
    seam = _paint(_mix(colour, (0, 40, 40), shade))
    seam.setStyle(skia.Paint.kStroke_Style)
    seam.setStrokeWidth(max(camera.scale * 0.004, 1.6) if kind == "strip" else 0.9)
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in corners], True)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, paint)
        canvas.drawPath(path, seam)

    return draw


class _Ground:
    """Wall, floor, mat, anchor and the shadow."""

    def __init__(self, canvas: skia.Canvas, camera: Camera, pose: Pose, travelled: Vec) -> None:
        self._canvas = canvas
        self._camera = camera
        self._pose = pose
        self._travelled = travelled

    def draw(self, body: Body) -> None:
        canvas, camera, pose = self._canvas, self._camera, self._pose
        canvas.clear(skia.Color(*_BACK))
        towards = (camera.to_viewer[0], camera.to_viewer[1], 0.0)
        behind = scale(unit(towards), -0.42)
        _, horizon = camera.flat(behind)
        width, height = camera.size
        canvas.drawRect(skia.Rect(0, horizon, width, height), _paint(_FLOOR))
        canvas.drawRect(skia.Rect(0, horizon, width, horizon + 2), _paint(_FLOOR_LINE))
        self._draw_marks()
        for prop in pose.props:
            if prop.kind == "mat":
                self._draw_mat(prop)
            elif prop.kind == "wall":
                self._draw_wall(prop)
        self._draw_shadow(body)
        if pose.anchor:
            self._draw_anchor(pose.anchor.at, pose.anchor.on)

    def _draw_marks(self) -> None:
        """Lines on the floor, by which one sees a walk come on."""
        if not self._walks():
            return
        step = max(abs(self._pose.travel[0]), abs(self._pose.travel[1])) or 0.22
        along_x = abs(self._pose.travel[1]) < 1e-6
        for number in range(-12, 13):
            at = number * step
            a: Vec = (at, -0.6, 0.0) if along_x else (-2.0, at, 0.0)
            b: Vec = (at, 0.9, 0.0) if along_x else (2.0, at, 0.0)
            self._line(sub(a, self._travelled), sub(b, self._travelled), _FLOOR_LINE, 0.006)

    def _walks(self) -> bool:
        pose = self._pose
        places = [key.hips[0] for key in pose.keys if key.hips]
        return any(pose.travel) or (bool(places) and max(places) - min(places) > 0.15)

    def _line(self, a: Vec, b: Vec, colour: Rgb, width: float) -> None:
        paint = _paint(colour)
        paint.setStrokeWidth(width * self._camera.scale)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        (ax, ay), (bx, by) = self._camera.flat(a), self._camera.flat(b)
        _, horizon = self._camera.flat(
            scale(unit((self._camera.to_viewer[0], self._camera.to_viewer[1], 0.0)), -0.42)
        )
        self._canvas.save()
        self._canvas.clipRect(skia.Rect(0, horizon + 2, *self._camera.size))
        self._canvas.drawLine(ax, ay, bx, by, paint)
        self._canvas.restore()

    def _draw_mat(self, prop: Prop) -> None:
        top = mat_corners(self._pose, prop)
        low = [(a, b, c - 0.012) for a, b, c in top]
        self._poly(low, _mix(_MAT, _INK, 0.25))
        self._poly(top, _MAT)

    def _draw_wall(self, prop: Prop) -> None:
        """A wall at y: seen from the side a pillar, otherwise the whole background."""
        _, y, _ = prop.at
        high = prop.size or 1.35
        facing = self._camera.to_viewer[1]
        corners = [(-0.5, y, 0.0), (0.5, y, 0.0), (0.5, y, high), (-0.5, y, high)]
        if abs(facing) < 0.8:
            thick = [(a, y + 0.07, c) for a, _, c in corners]
            self._poly([corners[1], thick[1], thick[2], corners[2]], _mix(_WALL, _INK, 0.18))
            self._poly([corners[2], thick[2], thick[3], corners[3]], _mix(_WALL, _BACK, 0.4))
        if facing < 0:
            self._poly(corners, _WALL)

    def _draw_shadow(self, body: Body) -> None:
        canvas, camera = self._canvas, self._camera
        paint = _paint(_INK, 0.20)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, camera.scale * 0.014))
        paint.setStrokeWidth(camera.scale * 0.045)
        path = skia.Path()
        for a, b in _SHADOW_BONES:
            start, end = body.joints[a], body.joints[b]
            if min(start[2], end[2]) > 0.75:
                continue
            path.moveTo(*camera.flat((start[0], start[1], 0.0)))
            path.lineTo(*camera.flat((end[0], end[1] + 1e-4, 0.0)))
        canvas.drawPath(path, paint)

    def _draw_anchor(self, at: Vec, on: str) -> None:
        if on == "nothing":
            return
        x, y, z = at
        if on == "post":
            self._line_up((x, y, 0.0), (x, y, max(z + 0.28, 0.5)), _METAL, 0.036)
        else:
            door = [(x, y - 0.2, 0.0), (x, y + 0.2, 0.0), (x, y + 0.2, 1.1), (x, y - 0.2, 1.1)]
            self._poly(door, _WOOD)
        px, py = self._camera.flat(at)
        self._canvas.drawCircle(px, py, self._camera.scale * 0.024, _paint(_INK))

    def _line_up(self, a: Vec, b: Vec, colour: Rgb, width: float) -> None:
        paint = _paint(colour)
        paint.setStrokeWidth(width * self._camera.scale)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        self._canvas.drawLine(*self._camera.flat(a), *self._camera.flat(b), paint)

    def _poly(self, corners: list[Vec], colour: Rgb) -> None:
        _poly(self._canvas, self._camera, corners, colour)


_SHADOW_BONES = [
    ("hips", "shoulders"),
    ("shoulders", "head"),
    *(
        (f"{side}.{a}", f"{side}.{b}")
        for side in SIDES
        for a, b in (("hip", "knee"), ("knee", "ankle"), ("heel", "toe"))
    ),
]


def _shown(arrow: Arrow, time: float) -> float:
    """An arrow is there a moment before the movement until a moment after it."""
    fade = 0.35
    before, after = time - (arrow.start - fade), arrow.end + fade - time
    return min(max(min(before, after) / fade, 0.0), 1.0) * 0.95


def _draw_ghost(canvas: skia.Canvas, camera: Camera, body: Body) -> None:
    """The whole body as one pale shape."""
    path = skia.Path()
    for part in parts_of(body):
        for loft in part.lofts:
            path.addPath(_outline(camera, loft))
    path.setFillType(skia.PathFillType.kWinding)
    canvas.drawPath(path, _paint(_mix(_BACK, _COLOURS["shirt"], 0.30), 0.65))


def _draw_arrow(canvas: skia.Canvas, camera: Camera, way: list[Vec], strength: float) -> None:
    """A stroke along the way, with a head."""
    points = [camera.flat(at) for at in way]
    size = min(camera.scale * 0.019, max(_long(points) / 4.5, camera.scale * 0.010))
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:-1]:
        path.lineTo(*point)
    (bx, by), (tx, ty) = points[-3], points[-1]
    angle = atan2(ty - by, tx - bx)
    path.lineTo(tx - cos(angle) * size * 1.4, ty - sin(angle) * size * 1.4)
    head = skia.Path()
    reach = size * 2.6
    head.addPoly(
        [
            skia.Point(tx + cos(angle) * size * 0.6, ty + sin(angle) * size * 0.6),
            *(
                skia.Point(tx - cos(angle + turn) * reach, ty - sin(angle + turn) * reach)
                for turn in (0.55, -0.55)
            ),
        ],
        True,
    )
    for colour, wide in (((255, 255, 255), 1.7), (_ARROW, 1.0)):
        stroke = _paint(colour, strength)
        stroke.setStyle(skia.Paint.kStroke_Style)
        stroke.setStrokeWidth(size * wide * 0.8)
        stroke.setStrokeCap(skia.Paint.kRound_Cap)
        stroke.setStrokeJoin(skia.Paint.kRound_Join)
        canvas.drawPath(path, stroke)
        fill = _paint(colour, strength)
        if wide > 1:
            fill.setStyle(skia.Paint.kStrokeAndFill_Style)
            fill.setStrokeWidth(size * 0.6)
        canvas.drawPath(head, fill)


def _long(points: list[tuple[float, float]]) -> float:
    """The length of a way, in pixels."""
    return sum(sqrt((c - a) ** 2 + (d - b) ** 2) for (a, b), (c, d) in pairwise(points))


def _box_items(camera: Camera, prop: Prop) -> list[_Item]:
    """A chair or a step: its top, its front and its side."""
    x, y, _ = prop.at
    chair = prop.kind == "chair"
    high = prop.size or (0.26 if chair else 0.09)
    wide, deep = (0.15, 0.14) if chair else (0.24, 0.13)
    low = high - 0.03 if chair else 0.0

    def draw(canvas: skia.Canvas) -> None:
        corners = [
            (x - wide, y - deep),
            (x + wide, y - deep),
            (x + wide, y + deep),
            (x - wide, y + deep),
        ]
        if chair:
            for cx, cy in corners:
                _poly(
                    canvas,
                    camera,
                    [
                        (cx - 0.012, cy, 0.0),
                        (cx + 0.012, cy, 0.0),
                        (cx + 0.012, cy, high),
                        (cx - 0.012, cy, high),
                    ],
                    _mix(_WOOD, _INK, 0.35),
                )
                _poly(
                    canvas,
                    camera,
                    [
                        (cx, cy - 0.012, 0.0),
                        (cx, cy + 0.012, 0.0),
                        (cx, cy + 0.012, high),
                        (cx, cy - 0.012, high),
                    ],
                    _mix(_WOOD, _INK, 0.35),
                )
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            outward = ((ay - by) * -1, (bx - ax) * -1)
            faces = outward[0] * camera.to_viewer[0] + outward[1] * camera.to_viewer[1]
            if faces > 0:
                sides = [(ax, ay, low), (bx, by, low), (bx, by, high), (ax, ay, high)]
                _poly(canvas, camera, sides, _mix(_WOOD, _INK, 0.22))
        _poly(canvas, camera, [(cx, cy, high) for cx, cy in corners], _WOOD)

    return [_Item(camera.depth((x, y, high / 2)) - 0.12, draw)]


def _ball_item(camera: Camera, prop: Prop, body: Body) -> _Item:
    from bot.figures.bands import hold_of

    at = prop.at
    radius = prop.size or 0.06
    if prop.between:
        a, b = (hold_of(body, None, point) for point in prop.between)
        at = between(a.at, b.at, 0.5)
        radius = min(radius, max(distance(a.at, b.at) / 2 - a.radius * 0.5, 0.02))
    x, y = camera.flat(at)
    size = radius * camera.scale

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawCircle(x, y, size + 1.5, _paint(_mix(_BALL, _INK, 0.4)))
        canvas.drawCircle(x, y, size, _paint(_mix(_BALL, _INK, 0.15)))
        canvas.drawCircle(x - size * 0.15, y - size * 0.15, size * 0.82, _paint(_BALL))

    return _Item(camera.depth(at), draw)


def _poly(canvas: skia.Canvas, camera: Camera, corners: list[Vec], colour: Rgb) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*camera.flat(corner)) for corner in corners], True)
    canvas.drawPath(path, _paint(colour))


def _paint(colour: Rgb, alpha: float = 1.0) -> skia.Paint:
    return skia.Paint(AntiAlias=True, Color=_argb(colour, alpha))


def _argb(colour: Rgb, alpha: float) -> int:
    return int(skia.ColorSetARGB(round(255 * alpha), *colour))


def _mix(a: Rgb, b: Rgb, share: float) -> Rgb:
    red, green, blue = (round(x + (y - x) * share) for x, y in zip(a, b, strict=True))
    return red, green, blue
