"""Draws the floor, the wall, the mat, the anchor and the shadow. Needs skia-python."""

import skia

from bot.figures.camera import Camera, mat_corners
from bot.figures.motion import SIDES
from bot.figures.paint import (
    BACKGROUND,
    FLOOR,
    FLOOR_LINE,
    INK,
    MAT,
    METAL,
    WALL,
    WOOD,
    Rgb,
    draw_polygon,
    fill_paint,
    mix,
    stroke_paint,
)
from bot.figures.pose import Anchor, Pose, Prop
from bot.figures.skeleton import Body
from bot.figures.vectors import Vec, add, dot, scale, sub, unit

WALL_HALF = 0.5  # of a wall's width
_SHADOW_BONES = [
    ("hips", "shoulders"),
    ("shoulders", "head"),
    *(
        (f"{side}.{a}", f"{side}.{b}")
        for side in SIDES
        for a, b in (
            ("hip", "knee"),
            ("knee", "ankle"),
            ("heel", "toe"),
            ("shoulder", "elbow"),
            ("elbow", "hand"),
        )
    ),
]


class Ground:
    """What stands still behind the figure, and the figure's shadow."""

    def __init__(self, canvas: skia.Canvas, camera: Camera, pose: Pose, travelled: Vec) -> None:
        self._canvas = canvas
        self._camera = camera
        self._pose = pose
        self._travelled = travelled

    def draw(self, body: Body) -> None:
        canvas, camera, pose = self._canvas, self._camera, self._pose
        canvas.clear(skia.Color(*BACKGROUND))
        horizon = self._horizon()
        width, height = camera.size
        canvas.drawRect(skia.Rect(0, horizon, width, height), fill_paint(FLOOR))
        canvas.drawRect(skia.Rect(0, horizon, width, horizon + 2), fill_paint(FLOOR_LINE))
        self._draw_marks()
        for prop in pose.props:
            if prop.kind == "mat":
                self._draw_mat(prop)
            elif prop.kind == "wall":
                self._draw_wall(prop)
        self._draw_shadow(body)
        if pose.anchor:
            self._draw_anchor(pose.anchor)

    def _horizon(self) -> float:
        """Return the y pixel where the floor ends, behind the figure, its mat and its wall."""
        behind = unit((-self._camera.to_viewer[0], -self._camera.to_viewer[1], 0.0))
        spots = [scale(behind, 0.42)]
        for prop in self._pose.props:
            if prop.kind == "mat":
                spots += [
                    add(corner, scale(behind, 0.05)) for corner in mat_corners(self._pose, prop)
                ]
            elif prop.kind == "wall":
                spots += [(x, prop.at[1], 0.0) for x in (-WALL_HALF, WALL_HALF)]
        return self._camera.project(max(spots, key=lambda spot: dot(spot, behind)))[1]

    def _draw_marks(self) -> None:
        """Draw lines on the floor, which show the progress of a walk."""
        if not self._walks():
            return
        step = max(abs(self._pose.travel[0]), abs(self._pose.travel[1])) or 0.22
        along_x = abs(self._pose.travel[1]) < 1e-6
        for number in range(-12, 13):
            offset = number * step
            a: Vec = (offset, -0.6, 0.0) if along_x else (-2.0, offset, 0.0)
            b: Vec = (offset, 0.9, 0.0) if along_x else (2.0, offset, 0.0)
            self._draw_floor_line(sub(a, self._travelled), sub(b, self._travelled))

    def _walks(self) -> bool:
        pose = self._pose
        xs = [key.hips[0] for key in pose.keys if key.hips]
        return any(pose.travel) or (bool(xs) and max(xs) - min(xs) > 0.15)

    def _draw_floor_line(self, a: Vec, b: Vec) -> None:
        self._canvas.save()
        self._canvas.clipRect(skia.Rect(0, self._horizon() + 2, *self._camera.size))
        self._draw_line(a, b, FLOOR_LINE, 0.006)
        self._canvas.restore()

    def _draw_mat(self, prop: Prop) -> None:
        top = mat_corners(self._pose, prop)
        low = [(a, b, c - 0.012) for a, b, c in top]
        self._draw_polygon(low, mix(MAT, INK, 0.25))
        self._draw_polygon(top, MAT)

    def _draw_wall(self, prop: Prop) -> None:
        """Draw a wall at y: a pillar in a side view, otherwise the whole background."""
        _, y, _ = prop.at
        high = prop.size or 1.35
        facing = self._camera.to_viewer[1]
        half = WALL_HALF
        corners = [(-half, y, 0.0), (half, y, 0.0), (half, y, high), (-half, y, high)]
        if abs(facing) < 0.8:
            thick = [(a, y + 0.07, c) for a, _, c in corners]
            self._draw_polygon([corners[1], thick[1], thick[2], corners[2]], mix(WALL, INK, 0.18))
            self._draw_polygon(
                [corners[2], thick[2], thick[3], corners[3]], mix(WALL, BACKGROUND, 0.4)
            )
        if facing < 0:
            self._draw_polygon(corners, WALL)

    def _draw_shadow(self, body: Body) -> None:
        canvas, camera = self._canvas, self._camera
        paint = stroke_paint(INK, camera.scale * 0.045, 0.20, rounded=True)
        blur = min(camera.scale * 0.019, 8.0)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
        path = skia.Path()
        for a, b in _SHADOW_BONES:
            start, end = body.joints[a], body.joints[b]
            if min(start[2], end[2]) > 0.42:
                continue
            path.moveTo(*camera.project((start[0], start[1], 0.0)))
            path.lineTo(*camera.project((end[0], end[1] + 1e-4, 0.0)))
        canvas.drawPath(path, paint)

    def _draw_anchor(self, anchor: Anchor) -> None:
        if anchor.on == "nothing":
            return
        x, y, z = anchor.at
        if anchor.on == "post":
            self._draw_line((x, y, 0.0), (x, y, max(z + 0.28, 0.5)), METAL, 0.036)
        else:
            door = [(x, y - 0.2, 0.0), (x, y + 0.2, 0.0), (x, y + 0.2, 1.1), (x, y - 0.2, 1.1)]
            self._draw_polygon(door, WOOD)
        px, py = self._camera.project(anchor.at)
        self._canvas.drawCircle(px, py, self._camera.scale * 0.024, fill_paint(INK))

    def _draw_line(self, a: Vec, b: Vec, colour: Rgb, width: float) -> None:
        """Draw a line of this width in heights."""
        paint = stroke_paint(colour, width * self._camera.scale, rounded=True)
        self._canvas.drawLine(*self._camera.project(a), *self._camera.project(b), paint)

    def _draw_polygon(self, corners: list[Vec], colour: Rgb) -> None:
        draw_polygon(self._canvas, self._camera, corners, colour)
