"""Draws a moment of a pose: a flat-coloured figure, its bands, and what is around it.

Needs skia-python (the `figures` extra). Raise DRAWING in bot/figures/record.py with the look.
"""

from dataclasses import replace
from functools import reduce

import skia

from bot.figures.arrows import arrow_opacity, draw_arrow
from bot.figures.bands import Piece, attachment_of, ribbon_of, stretch_of
from bot.figures.body_parts import PartShape, draw_ghost, farness
from bot.figures.camera import Camera, camera_of
from bot.figures.flesh import glow_strength, parts_of, tints_of
from bot.figures.ground import Ground
from bot.figures.inset import CARD, CARD_HEIGHT, CARD_MARGIN, draw_from_above
from bot.figures.motion import SIDES
from bot.figures.paint import (
    BAND,
    BAND_STRETCHED,
    FLOOR_LINE,
    Draw,
    Item,
    Rgb,
    fill_paint,
    mix,
    stroke_paint,
)
from bot.figures.pose import Arrow, Guide, Pose
from bot.figures.props import ball_item, box_item, chair_back_item, held_pillow_item, pillow_item
from bot.figures.signs import SIGN_SIZE, draw_guide, draw_sign
from bot.figures.skeleton import Body, Figure
from bot.figures.vectors import Vec, add, distance, dot, scale, sub, unit


class Drawing:
    """A pose with its camera, ready to draw any second of the loop."""

    def __init__(self, pose: Pose, mirrored: bool = False) -> None:
        self.pose = pose
        self.mirrored = mirrored
        self.figure = Figure(pose)
        self.camera = camera_of(pose, self.figure)
        self._gripping = _gripping_sides(pose, self.figure)

    def image(self, time: float, still: bool = False) -> skia.Image:
        """Draw a frame of the loop, or a still, in which arrows are opaque."""
        opaque = skia.ImageInfo.MakeN32(*self.camera.size, skia.kOpaque_AlphaType)
        surface = skia.Surface.MakeRaster(opaque)  # without alpha a PNG is a tenth smaller
        self.draw(surface.getCanvas(), time, still)
        return surface.makeImageSnapshot()

    def draw(self, canvas: skia.Canvas, time: float, still: bool = False) -> None:
        canvas.save()
        if self.mirrored:
            canvas.translate(self.camera.size[0], 0)
            canvas.scale(-1, 1)
        self._draw_picture(canvas, time, still)
        canvas.restore()
        for sign in self.pose.signs:
            if sign.start <= time % self.pose.loop < sign.end:
                draw_sign(canvas, sign.shows, self._sign_place())

    def _draw_picture(self, canvas: skia.Canvas, time: float, still: bool) -> None:
        camera = self.camera
        travelled = self.figure.travelled(time)
        body = self.figure.body_at(time).moved(scale(travelled, -1))
        Ground(canvas, camera, self.pose, travelled).draw(body)
        if self.pose.ghost is not None:
            ghost = self.figure.body_at(self.pose.ghost).moved(scale(travelled, -1))
            draw_ghost(canvas, camera, ghost)
        self._draw_figure(canvas, camera, body, time)
        for guide in self.pose.guides:
            draw_guide(canvas, camera, self._guide_ends(guide))
        for arrow in self.pose.arrows:
            opacity = arrow_opacity(arrow, time % self.pose.loop)
            if opacity > 0:
                path = [sub(point, travelled) for point in self._arrow_path(arrow)]
                draw_arrow(canvas, camera, path, 1.0 if still else opacity)
        if self.pose.inset:
            self._draw_inset(canvas, body, time)

    def _draw_figure(self, canvas: skia.Canvas, camera: Camera, body: Body, time: float) -> None:
        """Draw body, bands and props from back to front."""
        items = (
            self._parts(camera, body, time) + self._bands(camera, body) + self._props(camera, body)
        )
        for item in sorted(items, key=lambda item: item.depth):
            item.draw(canvas)

    def _draw_inset(self, canvas: skia.Canvas, body: Body, time: float) -> None:
        """Draw the card in a corner with the figure in another view."""
        width, height = CARD
        left, top = self._corner(self.pose.inset_corner, CARD)
        card = skia.Rect(0, 0, width, height)
        canvas.save()
        canvas.translate(left, top)
        canvas.drawRoundRect(card, 12, 12, fill_paint((246, 248, 249)))
        canvas.save()
        canvas.clipRRect(skia.RRect.MakeRectXY(card, 12, 12), skia.ClipOp.kIntersect, True)
        if self.pose.inset == "top":
            draw_from_above(canvas, self.pose, self.camera, body, self.figure.body_at(0.0))
        else:
            camera = self._inset_camera(body)
            Ground(canvas, camera, self.pose, self.figure.travelled(time)).draw(body)
            self._draw_figure(canvas, camera, body, time)
        canvas.restore()
        canvas.drawRoundRect(card, 12, 12, stroke_paint(FLOOR_LINE, 2))
        canvas.restore()

    def _inset_camera(self, body: Body) -> Camera:
        """Return a camera with the working areas, or the frame, in the middle of the card."""
        frame = self.pose.inset_frame
        turned = {"view": self.pose.inset, "camera_turn": self.pose.inset_turn, "frame": frame}
        camera = camera_of(self.pose.model_copy(update=turned), self.figure)
        if frame:
            return replace(camera, scale=CARD[1] / frame.height, size=CARD)
        areas = [*self.pose.works, *(glow.area for glow in self.pose.glows)]
        spots = [tint.centre for area in areas for tint in tints_of(body, area)]
        spots = spots or [body.joints["waist"]]
        middle = scale(reduce(add, spots), 1 / len(spots))
        centre = (dot(middle, camera.right), dot(middle, camera.up))
        return replace(camera, scale=CARD[1] / CARD_HEIGHT, centre=centre, size=CARD)

    def _corner(self, corner: str, size: tuple[int, int]) -> tuple[int, int]:
        """Return the left upper corner of a box of this size in a corner of the picture."""
        right, low = (word in corner for word in ("right", "bottom"))
        left = self.camera.size[0] - size[0] - CARD_MARGIN if right else CARD_MARGIN
        top = self.camera.size[1] - size[1] - CARD_MARGIN if low else CARD_MARGIN
        return left, top

    def _sign_place(self) -> tuple[float, float]:
        """Return the middle of a sign; a mirrored picture has it at the other side."""
        left, top = self._corner(self.pose.sign_corner, (SIGN_SIZE, SIGN_SIZE))
        x, y = left + SIGN_SIZE / 2, top + SIGN_SIZE / 2
        return (self.camera.size[0] - x if self.mirrored else x), y

    def _guide_ends(self, guide: Guide) -> tuple[Vec, Vec]:
        body = self.figure.body_at(guide.at)
        a, b = (body.joints[point.replace(" ", ".")] for point in guide.through)
        beyond = scale(unit(sub(b, a)), guide.beyond)
        return add(sub(a, beyond), guide.shift), add(add(b, beyond), guide.shift)

    def _parts(self, camera: Camera, body: Body, time: float) -> list[Item]:
        strengths = dict.fromkeys(self.pose.works, 1.0) | {
            glow.area: glow_strength(glow, time % self.pose.loop) for glow in self.pose.glows
        }
        items = []
        for part in parts_of(body, self._gripping):
            shape = PartShape(camera, part, farness(camera, body, part.name))
            for area, strength in strengths.items():
                for tint in tints_of(body, area):
                    if tint.part == part.name:
                        shape.add_tint(tint, strength)
            items.append(Item(camera.depth(part.middle) + part.nearer, shape.draw))
        return items

    def _bands(self, camera: Camera, body: Body) -> list[Item]:
        depths = {part.name: camera.depth(part.middle) + part.nearer for part in parts_of(body)}
        items = []
        for band in self.pose.bands:
            stretch = stretch_of(body, self.pose.anchor, band)
            colour = mix(BAND, BAND_STRETCHED, min(max((stretch - 1) / 1.4, 0.0), 1.0))
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
                items.append(Item(depth, _ribbon(camera, piece, colour, facing, band.kind)))
        return items

    def _props(self, camera: Camera, body: Body) -> list[Item]:
        start = self.figure.body_at(0.0)
        items = []
        for prop in self.pose.props:
            if prop.kind in ("chair", "step"):
                items.append(box_item(camera, prop))
                if prop.back:
                    items.append(chair_back_item(camera, prop, prop.back))
            elif prop.kind == "ball":
                items.append(ball_item(camera, prop, body))
            elif prop.kind == "pillow" and prop.between:
                items.append(held_pillow_item(camera, prop, prop.between, body))
            elif prop.kind == "pillow":
                side_lying = self.pose.posture == "side-lying"
                items.append(pillow_item(camera, prop, body, start, side_lying))
        return items

    def _arrow_path(self, arrow: Arrow) -> list[Vec]:
        steps = 14
        times = [arrow.start + (arrow.end - arrow.start) * k / steps for k in range(steps + 1)]
        bodies = map(self.figure.body_at, times)
        return [
            add(attachment_of(body, self.pose.anchor, arrow.follows).point, arrow.shift)
            for body in bodies
        ]


def _gripping_sides(pose: Pose, figure: Figure) -> set[str]:
    """Return the sides whose hand is a fist: it holds a band or the other hand."""
    ends = {point for band in pose.bands for point in band.path}
    start = figure.body_at(0.0)
    together = distance(start.joints["left.hand"], start.joints["right.hand"]) < 0.1
    if together or "hands" in ends:
        return {"left", "right"}
    return {side for side in SIDES if f"{side} hand" in ends}


def _ribbon(camera: Camera, piece: Piece, colour: Rgb, facing: float, kind: str) -> Draw:
    corners = [camera.project(corner) for corner in piece.corners]
    shade = 0.0 if kind == "strip" else (0.22 - 0.22 * facing if facing > 0 else 0.45)
    shaded = mix(colour, (0, 40, 40), shade)
    seam_width = max(camera.scale * 0.004, 1.6) if kind == "strip" else 0.9
    path = skia.Path()
    path.addPoly([skia.Point(x, y) for x, y in corners], True)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, fill_paint(shaded))
        canvas.drawPath(path, stroke_paint(shaded, seam_width))

    return draw
