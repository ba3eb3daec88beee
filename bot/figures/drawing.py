"""Draws a moment of a pose: a friendly flat figure with volume, its band, and what is around it.

Needs skia-python (the `figures` extra). Change DRAWING in bot/figures/record.py with the look.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from math import atan2, cos, pi, sin, sqrt

import skia

from bot.figures.bands import Piece, hold_of, ribbon_of, stretch_of
from bot.figures.camera import Camera, box_corners, box_height, camera_of, mat_corners
from bot.figures.flesh import Ellipsoid, Loft, Part, parts_of, tints_of
from bot.figures.motion import SIDES
from bot.figures.pose import Arrow, Pose, Prop
from bot.figures.skeleton import Body, Figure
from bot.figures.vectors import (
    Vec,
    across,
    add,
    between,
    cross,
    distance,
    dot,
    scale,
    sub,
    unit,
)

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
_SHADE: Rgb = (24, 30, 52)
_CARD = (164, 150)  # pixels of the inset
_CARD_GAP = 10
_INSET_SHOWS = 0.56  # of a runner's height
_COLOURS: dict[str, Rgb] = {
    "skin": (222, 166, 130),
    "shirt": (84, 120, 168),
    "shorts": (52, 62, 80),
    "sock": (244, 246, 247),
    "shoe": (232, 238, 240),
    "sole": (236, 120, 70),
    "hair": (74, 50, 42),
}
_CUSHION: Rgb = (240, 230, 208)
_ROUND = [(cos(2 * pi * k / 32), sin(2 * pi * k / 32)) for k in range(32)]
_ARROW_LEAST = 58.0  # pixels: an arrow that follows a small movement is drawn this long
_HEAD_LOW = 0.058  # from the middle of the head to where it touches what it lies on


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

    def image(self, time: float, still: bool = False) -> skia.Image:
        """A frame of the loop, or a still, in which no arrow is half gone."""
        opaque = skia.ImageInfo.MakeN32(*self.camera.size, skia.kOpaque_AlphaType)
        surface = skia.Surface.MakeRaster(opaque)  # without alpha a PNG is a tenth smaller
        self.draw(surface.getCanvas(), time, still)
        return surface.makeImageSnapshot()

    def draw(self, canvas: skia.Canvas, time: float, still: bool = False) -> None:
        camera = self.camera
        travelled = self.figure.travelled(time)
        body = self.figure.at(time).moved(scale(travelled, -1))
        _Ground(canvas, camera, self.pose, travelled).draw(body)
        if self.pose.ghost is not None:
            ghost = self.figure.at(self.pose.ghost).moved(scale(travelled, -1))
            _draw_ghost(canvas, camera, ghost)
        self._draw_figure(canvas, camera, body)
        for arrow in self.pose.arrows:
            strength = _shown(arrow, time % self.pose.loop)
            if strength > 0:
                _draw_arrow(canvas, camera, self._way(arrow), 1.0 if still else strength)
        if self.pose.inset:
            self._draw_inset(canvas, body)

    def _draw_figure(self, canvas: skia.Canvas, camera: Camera, body: Body) -> None:
        items = self._parts(camera, body) + self._bands(camera, body) + self._props(camera, body)
        for item in sorted(items, key=lambda item: item.depth):
            item.draw(canvas)

    def _draw_inset(self, canvas: skia.Canvas, body: Body) -> None:
        """The card in a corner, and in it what is seen from elsewhere."""
        width, height = _CARD
        right, low = (word in self.pose.inset_corner for word in ("right", "bottom"))
        left = self.camera.size[0] - width - _CARD_GAP if right else _CARD_GAP
        top = self.camera.size[1] - height - _CARD_GAP if low else _CARD_GAP
        card = skia.Rect(0, 0, width, height)
        rim = _paint(_FLOOR_LINE)
        rim.setStyle(skia.Paint.kStroke_Style)
        rim.setStrokeWidth(2)
        canvas.save()
        canvas.translate(left, top)
        canvas.drawRoundRect(card, 12, 12, _paint((246, 248, 249)))
        canvas.save()
        canvas.clipRRect(skia.RRect.MakeRectXY(card, 12, 12), skia.ClipOp.kIntersect, True)
        if self.pose.inset == "top":
            draw_from_above(canvas, self.pose, self.camera, body, self.figure.at(0.0))
        else:
            self._draw_figure(canvas, self._inset_camera(body), body)
        canvas.restore()
        canvas.drawRoundRect(card, 12, 12, rim)
        canvas.restore()

    def _inset_camera(self, body: Body) -> Camera:
        """What works there is in the middle of the card."""
        plain = {"view": self.pose.inset, "camera_turn": None, "frame": None}
        camera = camera_of(self.pose.model_copy(update=plain), self.figure)
        spots = [tint.at for area in self.pose.works for tint in tints_of(body, area)]
        spots = spots or [body.joints["waist"]]
        middle = scale(reduce(add, spots), 1 / len(spots))
        centre = (dot(middle, camera.right), dot(middle, camera.up))
        return replace(camera, scale=_CARD[1] / _INSET_SHOWS, centre=centre, size=_CARD)

    def _parts(self, camera: Camera, body: Body) -> list["_Item"]:
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

    def _bands(self, camera: Camera, body: Body) -> list["_Item"]:
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
                    if band.kind == "strip":  # over the forearm, into the fist
                        fore = depths[piece.part.replace(".hand", ".fore")]
                        depth = max(depth, fore + 0.001)
                else:
                    depth += (0.03 if facing > 0 else -0.03) if band.kind == "loop" else 0.03
                items.append(_Item(depth, _ribbon(camera, piece, colour, facing, band.kind)))
        return items

    def _props(self, camera: Camera, body: Body) -> list["_Item"]:
        items = []
        for prop in self.pose.props:
            if prop.kind in ("chair", "step"):
                items.append(_box_item(camera, prop))
            elif prop.kind == "ball":
                items.append(_ball_item(camera, prop, body))
            elif prop.kind == "pillow":
                items.append(self._pillow(camera, prop, body))
        return items

    def _pillow(self, camera: Camera, prop: Prop, body: Body) -> "_Item":
        """Under the head, where it lies at the start, or held between two points."""
        if prop.between:
            a, b = (hold_of(body, None, point) for point in prop.between)
            through = unit(sub(b.at, a.at))
            thick = max(distance(a.at, b.at) / 2 - (a.radius + b.radius) * 0.4, 0.012)
            along = unit(across(a.axis, through), (0.0, 0.0, 1.0))
            sides = (along, cross(through, along))
            half = (prop.size or 0.16) / 2
            return _cushion(camera, between(a.at, b.at, 0.5), sides, (half, half), (through, thick))
        head = self.figure.at(0.0).joints["head"]
        x, y, low = prop.at if "at" in prop.model_fields_set else (head[0], head[1], 0.0)
        rests = abs(head[0] - x) + abs(head[1] - y) < 0.2
        thick = min(max((head[2] - _HEAD_LOW - low) / 2, 0.014), 0.045) if rests else 0.025
        half = (prop.size or 0.28) / 2
        sideways = self.pose.posture == "side-lying"  # short along the body, long across it
        halves = (0.65 * half, half) if sideways else (half, 0.65 * half)
        item = _cushion(
            camera,
            (x, y, low + thick),
            ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
            halves,
            ((0.0, 0.0, 1.0), thick),
        )
        under = min(item.depth, camera.depth(body.joints["head"]) - 0.02)
        return _Item(under, item.draw)

    def _way(self, arrow: Arrow) -> list[Vec]:
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
        strength = min(max((facing + 0.45) / 0.65, 0.0), 1.0)
        if strength > 0:
            self._spots.append((at, radius, strength))

    def draw(self, canvas: skia.Canvas) -> None:
        unit_px = self._camera.scale
        light = self._light()
        for colour, path in self._paths:
            base = _mix(_COLOURS[colour], _FAR, 0.36 * self._far)
            between_legs = self._part.name == "pelvis"  # shorts of one piece: no hard rim there
            deep = _mix(base, _SHADE, 0.07 if between_legs else 0.20)
            edge = _paint(_mix(base, _SHADE, 0.38), 0.35 if between_legs else 0.9)
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
        radius = {"thigh": 0.085, "shank": 0.040, "upper": 0.052, "fore": 0.027}.get(name, 0.019)
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
        soft = min(camera.scale * 0.019, 8.0)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, soft))
        paint.setStrokeWidth(camera.scale * 0.045)
        path = skia.Path()
        for a, b in _SHADOW_BONES:
            start, end = body.joints[a], body.joints[b]
            if min(start[2], end[2]) > 0.42:
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


def draw_from_above(
    canvas: skia.Canvas, pose: Pose, camera: Camera, body: Body, start: Body
) -> None:
    """Hips, shoulders, arms and band seen from above; the viewer is at the card's lower edge."""
    quarter = round(atan2(camera.to_viewer[0], camera.to_viewer[1]) / (pi / 2)) * (pi / 2)
    right, down = (-cos(quarter), sin(quarter), 0.0), (sin(quarter), cos(quarter), 0.0)
    wide, high = _CARD
    size = wide * 1.75  # pixels for a runner's height
    middle = start.joints["hips"]
    lean = dot(pose.anchor.at, right) if pose.anchor else 0.0
    shift = wide * (0.5 if abs(lean) < 0.2 else 0.58 if lean < 0 else 0.42)
    toward = high * (0.46 if dot(body.frames["pelvis"][1], down) > 0 else 0.6)

    def flat(at: Vec) -> tuple[float, float]:
        by = sub(at, middle)
        return shift + dot(by, right) * size, toward + dot(by, down) * size

    def line(ends: tuple[Vec, ...], colour: Rgb, width: float, alpha: float = 1.0) -> None:
        paint = _paint(colour, alpha)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(width * size)
        paint.setStrokeCap(skia.Paint.kRound_Cap)
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        path = skia.Path()
        path.addPoly([skia.Point(*flat(at)) for at in ends], False)
        canvas.drawPath(path, paint)

    def bar(which: Body, joint: str, longer: float) -> tuple[Vec, Vec]:
        left, far = which.joints[f"left.{joint}"], which.joints[f"right.{joint}"]
        return between(left, far, -longer), between(left, far, 1 + longer)

    line(bar(body, "hip", 0.28), _COLOURS["shorts"], 0.14)
    line(bar(start, "shoulder", 0.0), _COLOURS["shirt"], 0.06, 0.28)
    line(bar(body, "shoulder", 0.0), _mix(_COLOURS["shirt"], _INK, 0.35), 0.085)
    line(bar(body, "shoulder", 0.0), _COLOURS["shirt"], 0.072)
    for side in SIDES:
        arm = tuple(body.joints[f"{side}.{joint}"] for joint in ("shoulder", "elbow", "hand"))
        line(arm, _mix(_COLOURS["skin"], _INK, 0.4), 0.054)
        line(arm, _COLOURS["skin"], 0.042)
    for band in pose.bands:
        if "anchor" in band.path or "hand" in " ".join(band.path):
            ends = tuple(hold_of(body, pose.anchor, point).at for point in band.path)
            line(ends, _BAND, 0.026)
    head = body.joints["head"]
    line((head, add(head, scale(body.frames["head"][1], 0.058))), _COLOURS["skin"], 0.024)
    canvas.drawCircle(*flat(head), 0.05 * size, _paint(_COLOURS["hair"]))
    if pose.anchor:
        x, y = flat(pose.anchor.at)
        inside = min(max(x, 9.0), wide - 9.0)
        hands = flat(body.joints["right.hand"])
        share = (inside - hands[0]) / (x - hands[0]) if abs(x - hands[0]) > 1 else 1.0
        canvas.drawCircle(inside, hands[1] + (y - hands[1]) * share, 7.0, _paint(_INK))


def _shown(arrow: Arrow, time: float) -> float:
    """An arrow is there a moment before the movement until a moment after it."""
    fade, stays = 0.35, 0.3
    before, after = time - (arrow.start - fade), arrow.end + stays + fade - time
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
    points = _lengthened([camera.flat(at) for at in way])
    size = min(max(camera.scale * 0.021, 9.0), 13.0)
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


def _lengthened(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The way of a small movement, stretched about its middle until it can be read."""
    (ax, ay), (bx, by) = points[0], points[-1]
    long = sqrt((bx - ax) ** 2 + (by - ay) ** 2)
    if long < 1.0 or _long(points) >= _ARROW_LEAST:
        return points
    by_how = _ARROW_LEAST / _long(points)
    mx, my = (ax + bx) / 2, (ay + by) / 2
    return [(mx + (x - mx) * by_how, my + (y - my) * by_how) for x, y in points]


def _long(points: list[tuple[float, float]]) -> float:
    """The length of a way, in pixels."""
    return sum(sqrt((c - a) ** 2 + (d - b) ** 2) for (a, b), (c, d) in pairwise(points))


def _box_item(camera: Camera, prop: Prop) -> _Item:
    """A chair or a step: its top, its front and its side."""
    x, y, _ = prop.at
    chair = prop.kind == "chair"
    high = box_height(prop)
    low = high - 0.03 if chair else 0.0

    def draw(canvas: skia.Canvas) -> None:
        corners = box_corners(prop)
        if chair:
            leg = _paint(_mix(_WOOD, _INK, 0.35))
            leg.setStrokeWidth(camera.scale * 0.024)
            for cx, cy in corners:
                inner = (x + (cx - x) * 0.93, y + (cy - y) * 0.93)
                ends = (camera.flat((*inner, 0.0)), camera.flat((*inner, high - 0.01)))
                canvas.drawLine(*ends[0], *ends[1], leg)
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            outward = ((ay - by) * -1, (bx - ax) * -1)
            faces = outward[0] * camera.to_viewer[0] + outward[1] * camera.to_viewer[1]
            if faces > 0:
                sides = [(ax, ay, low), (bx, by, low), (bx, by, high), (ax, ay, high)]
                _poly(canvas, camera, sides, _mix(_WOOD, _INK, 0.22))
        _poly(canvas, camera, [(cx, cy, high) for cx, cy in corners], _WOOD)

    return _Item(camera.depth((x, y, high / 2)) - 0.12, draw)


def _cushion(
    camera: Camera,
    at: Vec,
    sides: tuple[Vec, Vec],
    halves: tuple[float, float],
    through: tuple[Vec, float],
) -> _Item:
    """A soft flat rectangle: the hull of four corners, fuller in its middle."""
    way, thick = through
    soft = min(thick, 0.03)
    wide, deep = (scale(side, half - soft) for side, half in zip(sides, halves, strict=True))
    corners = [
        add(at, add(scale(wide, a), scale(deep, b)))
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    axes = (scale(sides[0], soft), scale(sides[1], soft), scale(way, thick * 0.8))
    rings = [_ring(camera, Ellipsoid(corner, axes)) for corner in corners]
    rings.append(
        _ring(camera, Ellipsoid(at, (scale(wide, 0.8), scale(deep, 0.8), scale(way, thick))))
    )
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in _hull([p for ring in rings for p in ring])], True)
    edge = _paint(_mix(_CUSHION, _INK, 0.45))
    edge.setStyle(skia.Paint.kStroke_Style)
    edge.setStrokeWidth(camera.scale * 0.006)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, edge)
        canvas.drawPath(path, _paint(_mix(_CUSHION, _INK, 0.16)))
        canvas.save()
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        canvas.translate(-camera.scale * 0.004, -camera.scale * 0.012)
        canvas.drawPath(path, _paint(_CUSHION))
        canvas.restore()

    return _Item(camera.depth(at), draw)


def _ball_item(camera: Camera, prop: Prop, body: Body) -> _Item:
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
