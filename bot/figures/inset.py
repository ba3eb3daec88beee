"""Draws the view from above on the card in a corner. Needs skia-python."""

from math import atan2, cos, pi, sin

import skia

from bot.figures.bands import attachment_of
from bot.figures.camera import Camera
from bot.figures.motion import SIDES
from bot.figures.paint import BAND, COLOURS, INK, Rgb, fill_paint, mix, stroke_paint
from bot.figures.pose import Pose
from bot.figures.skeleton import Body
from bot.figures.vectors import Vec, add, dot, interpolate, scale, sub

CARD = (164, 150)  # pixels of the inset
CARD_MARGIN = 10
CARD_HEIGHT = 0.56  # of a runner's height


def draw_from_above(
    canvas: skia.Canvas, pose: Pose, camera: Camera, body: Body, start: Body
) -> None:
    """Draw hips, shoulders, arms and bands from above, the viewer at the card's lower edge."""
    quarter = round(atan2(camera.to_viewer[0], camera.to_viewer[1]) / (pi / 2)) * (pi / 2)
    right, down = (-cos(quarter), sin(quarter), 0.0), (sin(quarter), cos(quarter), 0.0)
    wide, high = CARD
    size = wide * 1.75  # pixels for a runner's height
    middle = start.joints["hips"]
    anchor_x = dot(pose.anchor.at, right) if pose.anchor else 0.0
    left = wide * (0.5 if abs(anchor_x) < 0.2 else 0.58 if anchor_x < 0 else 0.42)
    top = high * (0.46 if dot(body.frames["pelvis"][1], down) > 0 else 0.6)
    if pose.inset_frame:
        size, middle = high / pose.inset_frame.height, pose.inset_frame.centre
        left, top = wide / 2, high / 2

    def project(point: Vec) -> tuple[float, float]:
        offset = sub(point, middle)
        return left + dot(offset, right) * size, top + dot(offset, down) * size

    def line(ends: tuple[Vec, ...], colour: Rgb, width: float, alpha: float = 1.0) -> None:
        path = skia.Path()
        path.addPoly([skia.Point(*project(end)) for end in ends], False)
        canvas.drawPath(path, stroke_paint(colour, width * size, alpha, rounded=True))

    def bar(body: Body, joint: str, overhang: float) -> tuple[Vec, Vec]:
        a, b = body.joints[f"left.{joint}"], body.joints[f"right.{joint}"]
        return interpolate(a, b, -overhang), interpolate(a, b, 1 + overhang)

    line(bar(body, "hip", 0.28), COLOURS["shorts"], 0.14)
    line(bar(start, "shoulder", 0.0), COLOURS["shirt"], 0.06, 0.28)
    line(bar(body, "shoulder", 0.0), mix(COLOURS["shirt"], INK, 0.35), 0.085)
    line(bar(body, "shoulder", 0.0), COLOURS["shirt"], 0.072)
    for side in SIDES:
        arm = tuple(body.joints[f"{side}.{joint}"] for joint in ("shoulder", "elbow", "hand"))
        line(arm, mix(COLOURS["skin"], INK, 0.4), 0.054)
        line(arm, COLOURS["skin"], 0.042)
    for band in pose.bands:
        if "anchor" in band.path or "hand" in " ".join(band.path):
            ends = tuple(attachment_of(body, pose.anchor, point).point for point in band.path)
            line(ends, BAND, 0.026)
    head = body.joints["head"]
    line((head, add(head, scale(body.frames["head"][1], 0.058))), COLOURS["skin"], 0.024)
    canvas.drawCircle(*project(head), 0.05 * size, fill_paint(COLOURS["hair"]))
    if pose.anchor:
        x, y = project(pose.anchor.at)
        inside = min(max(x, 9.0), wide - 9.0)
        hands = project(body.joints["right.hand"])
        share = (inside - hands[0]) / (x - hands[0]) if abs(x - hands[0]) > 1 else 1.0
        canvas.drawCircle(inside, hands[1] + (y - hands[1]) * share, 7.0, fill_paint(INK))
