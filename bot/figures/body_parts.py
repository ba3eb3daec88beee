"""Draws the parts of the body. Needs skia-python."""

from math import atan2, degrees, sqrt

import skia

from bot.figures.camera import Camera
from bot.figures.flesh import OPEN_HAND, Ellipsoid, Loft, Part, Tint, parts_of
from bot.figures.outlines import loft_outline
from bot.figures.paint import (
    BACKGROUND,
    COLOURS,
    FAR,
    INK,
    SHADE,
    WORKING,
    argb,
    fill_paint,
    mix,
    stroke_paint,
)
from bot.figures.skeleton import Body
from bot.figures.vectors import Vec, add, dot, scale, unit


class PartShape:
    """A part of the body with an outline, two tones of each colour, and tints."""

    def __init__(self, camera: Camera, part: Part, farness: float) -> None:
        self._camera = camera
        self._part = part
        self._farness = farness
        self._paths = [
            (loft.colour, loft_outline(camera, loft)) for loft in _in_drawing_order(camera, part)
        ]
        self._tints: list[tuple[Tint, float]] = []  # with the strength of each

    def add_tint(self, tint: Tint, full: float) -> None:
        facing = dot(unit(tint.faces), self._camera.to_viewer)
        strength = min(max((facing + 0.45) / 0.65, 0.0), 1.0) * full
        if strength > 0:
            self._tints.append((tint, strength))

    def draw(self, canvas: skia.Canvas) -> None:
        light = self._light()
        for colour, path in self._paths:
            base = mix(COLOURS[colour], FAR, 0.36 * self._farness)
            is_pelvis = self._part.name == "pelvis"  # no hard edge inside the shorts
            deep = mix(base, SHADE, 0.07 if is_pelvis else 0.20)
            edge_width, edge_alpha = self._camera.scale * 0.007, 0.35 if is_pelvis else 0.9
            edge = stroke_paint(mix(base, SHADE, 0.38), edge_width, edge_alpha)
            self._draw_edge(canvas, path, edge)
            canvas.drawPath(path, fill_paint(deep))
            canvas.save()
            canvas.clipPath(path, skia.ClipOp.kIntersect, True)
            canvas.translate(*light)
            canvas.drawPath(path, fill_paint(base))
            canvas.translate(-light[0], -light[1])
            if colour != "hair":
                self._draw_tints(canvas)
            canvas.restore()
        if self._part.name == "head":
            self._draw_eyes(canvas)
        if self._part.name.endswith(".hand") and len(self._part.lofts[0].rows) == OPEN_HAND:
            self._draw_fingers(canvas)

    def _light(self) -> tuple[float, float]:
        """Return the offset toward the light, in pixels: up and left, and only across a limb."""
        x, y = -self._camera.scale * 0.012, -self._camera.scale * 0.009
        if self._part.joined is None:
            return x, y
        (ax, ay), (bx, by) = (self._camera.project(end) for end in self._part.bone)
        length = max(sqrt((bx - ax) ** 2 + (by - ay) ** 2), 1e-6)
        u, v = (ay - by) / length, (bx - ax) / length  # the normal of the bone
        across = x * u + y * v
        share = min(length / (self._camera.scale * 0.08), 1.0)  # 0: the bone points at the viewer
        return across * u * share + x * (1 - share), across * v * share + y * (1 - share)

    def _draw_edge(self, canvas: skia.Canvas, path: skia.Path, edge: skia.Paint) -> None:
        """Draw the edge, which fades out where the part joins the one before."""
        if self._part.joined is not None:
            name = self._part.name.partition(".")[2]
            inner = {"thigh": 0.085, "shank": 0.040, "upper": 0.052, "fore": 0.027}.get(name, 0.019)
            outer = inner + 0.025
            colour = edge.getColor()
            shader = skia.GradientShader.MakeRadial(
                skia.Point(*self._camera.project(self._part.joined)),
                outer * self._camera.scale,
                [colour & 0xFFFFFF, colour & 0xFFFFFF, colour],
                [0.0, inner / outer, 1.0],
            )
            edge.setShader(shader)
            edge.setAlphaf(1.0)
        canvas.drawPath(path, edge)

    def _draw_tints(self, canvas: skia.Canvas) -> None:
        for tint, strength in self._tints:
            x, y = self._camera.project(tint.centre)
            size = tint.radius * self._camera.scale
            colours = [argb(WORKING, strength * alpha) for alpha in (0.88, 0.72, 0.0)]
            shader = skia.GradientShader.MakeRadial(
                skia.Point(x, y), size, colours, [0.0, 0.45, 1.0]
            )
            canvas.drawCircle(x, y, size, skia.Paint(AntiAlias=True, Shader=shader))

    def _draw_eyes(self, canvas: skia.Canvas) -> None:
        face = self._part.lofts[-3].rows[0]
        right, forward, up = (unit(axis) for axis in face.axes)
        for out in (-1.0, 1.0):
            direction = unit(add(forward, scale(right, 0.35 * out)))
            facing = dot(direction, self._camera.to_viewer)
            if facing < 0.15:
                continue
            eye = add(add(face.centre, scale(right, 0.019 * out)), scale(forward, 0.034))
            self._draw_eye(canvas, add(eye, scale(up, -0.004)), (right, up), facing)
            brow = [add(eye, add(scale(right, x), scale(up, 0.014))) for x in (-0.009, 0.009)]
            middle = add(eye, scale(up, 0.0175))
            brow_paint = stroke_paint(COLOURS["hair"], self._camera.scale * 0.0045, rounded=True)
            canvas.drawPath(self._curve(brow[0], middle, brow[1]), brow_paint)
        if dot(forward, self._camera.to_viewer) > 0.3:
            self._draw_mouth(canvas, face, (right, forward, up))

    def _draw_eye(
        self, canvas: skia.Canvas, eye: Vec, axes: tuple[Vec, Vec], facing: float
    ) -> None:
        """Draw an oval that turns with the head, with a point of light."""
        size = self._camera.scale * 0.0072
        x, y = self._camera.project(eye)
        above_x, above_y = self._camera.project(add(eye, axes[1]))
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(degrees(atan2(above_x - x, y - above_y)))
        wide = size * 0.8 * min(0.55 + 0.45 * facing, 1.0)
        canvas.drawOval(skia.Rect(-wide, -size, wide, size), fill_paint(INK))
        light = fill_paint((255, 255, 255), 0.9)
        canvas.drawCircle(-wide * 0.3, -size * 0.4, size * 0.26, light)
        canvas.restore()

    def _draw_mouth(self, canvas: skia.Canvas, face: Ellipsoid, axes: tuple[Vec, Vec, Vec]) -> None:
        right, forward, up = axes
        left, middle, far = (
            add(add(add(face.centre, scale(right, out)), scale(forward, 0.030)), scale(up, high))
            for out, high in ((-0.014, -0.040), (0.0, -0.049), (0.014, -0.040))
        )
        colour = mix(COLOURS["skin"], INK, 0.65)
        paint = stroke_paint(colour, self._camera.scale * 0.005, rounded=True)
        canvas.drawPath(self._curve(left, middle, far), paint)

    def _curve(self, start: Vec, bend: Vec, end: Vec) -> skia.Path:
        path = skia.Path()
        path.moveTo(*self._camera.project(start))
        path.quadTo(*self._camera.project(bend), *self._camera.project(end))
        return path

    def _draw_fingers(self, canvas: skia.Canvas) -> None:
        """Draw the gaps between the fingers of an open hand, on the side that is seen."""
        palm = self._part.lofts[0].rows[1]
        across, along, lengthwise = (unit(axis) for axis in palm.axes)
        facing = dot(across, self._camera.to_viewer)
        if abs(facing) < 0.3:
            return
        colour = mix(mix(COLOURS["skin"], FAR, 0.36 * self._farness), SHADE, 0.38)
        paint = stroke_paint(colour, self._camera.scale * 0.004, 0.9, rounded=True)
        surface = add(palm.centre, scale(across, 0.009 if facing > 0 else -0.009))
        for place in (-0.011, 0.0, 0.011):
            knuckle, tip = (
                add(surface, add(scale(along, place * narrow), scale(lengthwise, reach)))
                for narrow, reach in ((1.0, -0.012), (0.75, -0.052))
            )
            canvas.drawLine(*self._camera.project(knuckle), *self._camera.project(tip), paint)


def _in_drawing_order(camera: Camera, part: Part) -> list[Loft]:
    """Return the lofts of a part; the head's depend on whether it looks away."""
    if part.name != "head":
        return list(part.lofts)
    tail, hair, left, right, face, nose, fringe = part.lofts
    facing = dot(unit(face.rows[0].axes[1]), camera.to_viewer)
    ears = [
        ear
        for ear in (left, right)
        if camera.depth(ear.rows[0].centre) > camera.depth(face.rows[0].centre) - 0.02
    ]
    if facing < -0.25:
        return [face, fringe, *ears, hair, tail]
    return [tail, hair, nose, face, fringe, *ears]


def farness(camera: Camera, body: Body, part: str) -> float:
    """Return 0 for a part on the near side, up to 1 for a limb a body's width farther away."""
    side, _, name = part.partition(".")
    if not name:
        return 0.0
    joint, middle = (
        ("shoulder", "shoulders") if name in ("upper", "fore", "hand") else ("hip", "hips")
    )
    behind = camera.depth(body.joints[middle]) - camera.depth(body.joints[f"{side}.{joint}"])
    return min(max(behind / 0.058, 0.0), 1.0)


def draw_ghost(canvas: skia.Canvas, camera: Camera, body: Body) -> None:
    """Draw the whole body as one pale shape."""
    path = skia.Path()
    for part in parts_of(body):
        for loft in part.lofts:
            path.addPath(loft_outline(camera, loft))
    path.setFillType(skia.PathFillType.kWinding)
    canvas.drawPath(path, fill_paint(mix(BACKGROUND, COLOURS["shirt"], 0.30), 0.65))
