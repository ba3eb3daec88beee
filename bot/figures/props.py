"""Draws chairs, steps, balls and pillows. Needs skia-python."""

import skia

from bot.figures.bands import attachment_of
from bot.figures.camera import BACK_HIGH, Camera, box_corners, box_height
from bot.figures.flesh import Ellipsoid
from bot.figures.outlines import convex_hull, ellipsoid_outline
from bot.figures.paint import (
    BALL,
    CUSHION,
    INK,
    WOOD,
    Item,
    draw_polygon,
    fill_paint,
    mix,
    stroke_paint,
)
from bot.figures.pose import BodyPoint, Prop
from bot.figures.skeleton import Body
from bot.figures.vectors import Vec, add, cross, distance, interpolate, reject, scale, sub, unit

_HEAD_RADIUS = 0.058  # from the middle of the head to the surface that it lies on


def box_item(camera: Camera, prop: Prop) -> Item:
    """Return the item of a chair or step."""
    x, y, _ = prop.at
    chair = prop.kind == "chair"
    high = box_height(prop)
    low = high - 0.03 if chair else 0.0

    def draw(canvas: skia.Canvas) -> None:
        corners = box_corners(prop)
        if chair:
            leg = stroke_paint(mix(WOOD, INK, 0.35), camera.scale * 0.024)
            for cx, cy in corners:
                inner = (x + (cx - x) * 0.93, y + (cy - y) * 0.93)
                ends = (camera.project((*inner, 0.0)), camera.project((*inner, high - 0.01)))
                canvas.drawLine(*ends[0], *ends[1], leg)
        for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
            outward = ((ay - by) * -1, (bx - ax) * -1)
            facing = outward[0] * camera.to_viewer[0] + outward[1] * camera.to_viewer[1]
            if facing > 0:
                sides = [(ax, ay, low), (bx, by, low), (bx, by, high), (ax, ay, high)]
                draw_polygon(canvas, camera, sides, mix(WOOD, INK, 0.22))
        draw_polygon(canvas, camera, [(cx, cy, high) for cx, cy in corners], WOOD)

    return Item(camera.depth((x, y, high / 2)) - 0.12, draw)


def chair_back_item(camera: Camera, prop: Prop, side: str) -> Item:
    """Return the item of a chair's back, which stands on one side of the seat."""
    low = box_height(prop)
    left, right, front, rear = min, max, max, min
    pick, axis = {"left": (left, 0), "right": (right, 0), "front": (front, 1), "rear": (rear, 1)}[
        side
    ]
    corners = box_corners(prop)
    edge = pick(corner[axis] for corner in corners)
    (ax, ay), (bx, by) = sorted(corner for corner in corners if corner[axis] == edge)
    wood = mix(WOOD, INK, 0.12)

    def draw(canvas: skia.Canvas) -> None:
        post = stroke_paint(mix(WOOD, INK, 0.35), camera.scale * 0.026, rounded=True)
        for x, y in ((ax, ay), (bx, by)):
            ends = (camera.project((x, y, low)), camera.project((x, y, low + BACK_HIGH)))
            canvas.drawLine(*ends[0], *ends[1], post)
        for bottom, top in ((0.06, 0.12), (0.17, BACK_HIGH)):
            panel = [
                (ax, ay, low + bottom),
                (bx, by, low + bottom),
                (bx, by, low + top),
                (ax, ay, low + top),
            ]
            draw_polygon(canvas, camera, panel, wood)
            slat = [camera.project(corner) for corner in panel]
            slim = stroke_paint(wood, camera.scale * 0.014, rounded=True)
            canvas.drawLine(*slat[3], *slat[2], slim)

    return Item(camera.depth(((ax + bx) / 2, (ay + by) / 2, low)) - 0.05, draw)


def pillow_item(camera: Camera, prop: Prop, body: Body, start: Body, side_lying: bool) -> Item:
    """Return the item of a pillow, which lies under the head where the head is at the start."""
    head = start.joints["head"]
    x, y, low = prop.at if "at" in prop.model_fields_set else (head[0], head[1], 0.0)
    supports_head = abs(head[0] - x) + abs(head[1] - y) < 0.2
    thick = min(max((head[2] - _HEAD_RADIUS - low) / 2, 0.014), 0.045) if supports_head else 0.025
    half = (prop.size or 0.28) / 2
    halves = (0.65 * half, half) if side_lying else (half, 0.65 * half)  # long across the body
    sides = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    item = _cushion_item(camera, (x, y, low + thick), sides, halves, ((0.0, 0.0, 1.0), thick))
    return Item(min(item.depth, camera.depth(body.joints["head"]) - 0.02), item.draw)


def held_pillow_item(
    camera: Camera, prop: Prop, ends: tuple[BodyPoint, BodyPoint], body: Body
) -> Item:
    """Return the item of a pillow that is held between two points."""
    a, b = (attachment_of(body, None, point) for point in ends)
    normal = unit(sub(b.point, a.point))
    thick = max(distance(a.point, b.point) / 2 - (a.radius + b.radius) * 0.4, 0.012)
    along = unit(reject(a.axis, normal), (0.0, 0.0, 1.0))
    half = (prop.size or 0.16) / 2
    sides = (along, cross(normal, along))
    centre = interpolate(a.point, b.point, 0.5)
    return _cushion_item(camera, centre, sides, (half, half), (normal, thick))


def _cushion_item(
    camera: Camera,
    centre: Vec,
    sides: tuple[Vec, Vec],
    halves: tuple[float, float],
    thickness: tuple[Vec, float],
) -> Item:
    """Return the item of a soft cuboid, thickest in its middle; `thickness`: normal and half."""
    normal, thick = thickness
    soft = min(thick, 0.03)
    wide, deep = (scale(side, half - soft) for side, half in zip(sides, halves, strict=True))
    corners = [
        add(centre, add(scale(wide, a), scale(deep, b)))
        for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1))
    ]
    axes = (scale(sides[0], soft), scale(sides[1], soft), scale(normal, thick * 0.8))
    rings = [ellipsoid_outline(camera, Ellipsoid(corner, axes)) for corner in corners]
    rings.append(
        ellipsoid_outline(
            camera, Ellipsoid(centre, (scale(wide, 0.8), scale(deep, 0.8), scale(normal, thick)))
        )
    )
    path = skia.Path()
    path.addPoly(
        [skia.Point(x, y) for x, y in convex_hull([p for ring in rings for p in ring])], True
    )
    edge = stroke_paint(mix(CUSHION, INK, 0.45), camera.scale * 0.006)

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawPath(path, edge)
        canvas.drawPath(path, fill_paint(mix(CUSHION, INK, 0.16)))
        canvas.save()
        canvas.clipPath(path, skia.ClipOp.kIntersect, True)
        canvas.translate(-camera.scale * 0.004, -camera.scale * 0.012)
        canvas.drawPath(path, fill_paint(CUSHION))
        canvas.restore()

    return Item(camera.depth(centre), draw)


def ball_item(camera: Camera, prop: Prop, body: Body) -> Item:
    centre = prop.at
    radius = prop.size or 0.06
    if prop.between:
        a, b = (attachment_of(body, None, point) for point in prop.between)
        centre = interpolate(a.point, b.point, 0.5)
        radius = min(radius, max(distance(a.point, b.point) / 2 - a.radius * 0.5, 0.02))
    x, y = camera.project(centre)
    size = radius * camera.scale

    def draw(canvas: skia.Canvas) -> None:
        canvas.drawCircle(x, y, size + 1.5, fill_paint(mix(BALL, INK, 0.4)))
        canvas.drawCircle(x, y, size, fill_paint(mix(BALL, INK, 0.15)))
        canvas.drawCircle(x - size * 0.15, y - size * 0.15, size * 0.82, fill_paint(BALL))

    return Item(camera.depth(centre), draw)
