"""Where a band lies on the body, its stretch, and the ribbon to draw."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, pi, sin, sqrt

from bot.figures.pose import Anchor, Band
from bot.figures.skeleton import FOREARM, HEEL_BACK, SHANK, THIGH, Body
from bot.figures.vectors import (
    ORIGIN,
    Vec,
    add,
    cross,
    distance,
    dot,
    interpolate,
    reject,
    rotate,
    scale,
    sub,
    unit,
)

LONGEST_STRETCH = 3.0  # times the length at rest: the makers' limit
_ARC = 8  # pieces half round a limb
SLACK = 0.98  # times the length at rest: a taut band may be drawn this much too short

_ON_BONE = {  # point: joint, bone, place (outward, forward, up), radius across, radius upward
    "thigh": ("hip", "thigh", (0.0, 0.006, -0.72 * THIGH), 0.047, 0.047),
    "knee": ("hip", "thigh", (0.0, 0.006, -0.86 * THIGH), 0.043, 0.043),
    "shin": ("knee", "shank", (0.0, 0.0, -0.14 * SHANK), 0.039, 0.039),
    "ankle": ("knee", "shank", (0.0, 0.0, -0.90 * SHANK), 0.027, 0.027),
    "foot": ("ankle", "foot", (0.0, 0.55 * 0.152 - HEEL_BACK, -0.0165), 0.032, 0.0245),
    "forefoot": ("ankle", "foot", (0.001, 0.076, -0.0205), 0.0345, 0.0205),
    "wrist": ("elbow", "fore", (0.0, 0.0, -0.94 * FOREARM), 0.019, 0.019),
    "elbow": ("shoulder", "upper", (0.0, 0.0, -0.165), 0.026, 0.026),
}
_AT_JOINTS = {"hand": ("hand", 0.018), "shoulder": ("shoulder", 0.04)}


@dataclass(frozen=True, slots=True)
class Attachment:
    """Where a band touches a part of the body, or an anchor if `part` is None.

    `axis` is the direction of the limb there, `radius` its thickness.
    """

    point: Vec
    axis: Vec
    radius: float
    part: str | None
    flattening: Vec = ORIGIN  # what a cross-section lower than wide lacks in this direction


@dataclass(frozen=True, slots=True)
class Piece:
    """A quadrilateral of ribbon, drawn directly before or behind `part`, or at its own depth."""

    corners: tuple[Vec, Vec, Vec, Vec]
    middle: Vec
    outward: Vec
    part: str | None


def attachment_of(body: Body, anchor: Anchor | None, point: str) -> Attachment:
    """Return the attachment at a point of a band's path; KeyError if there is no anchor."""
    if point == "anchor":
        if anchor is None:
            raise KeyError(point)
        return Attachment(anchor.at, (0.0, 0.0, 1.0), 0.0, None)
    if point == "hands":
        middle = interpolate(body.joints["left.hand"], body.joints["right.hand"], 0.5)
        return Attachment(middle, (0.0, 0.0, 1.0), 0.018, "right.hand")
    if point in ("chest", "hips", "head"):
        trunk = {"chest": "ribs", "hips": "pelvis", "head": "head"}[point]
        return Attachment(body.joints[point], body.frames[trunk][2], 0.09, trunk)
    side, _, name = point.partition(" ")
    if name in _AT_JOINTS:
        joint, radius = _AT_JOINTS[name]
        part = f"{side}.hand" if name == "hand" else f"{side}.upper"
        return Attachment(body.joints[f"{side}.{joint}"], (0.0, 0.0, 1.0), radius, part)
    joint, bone, (x, y, z), radius, high = _ON_BONE[name]
    frame = body.frames[f"{side}.{bone}"]
    place = add(body.joints[f"{side}.{joint}"], rotate(frame, (-x if side == "left" else x, y, z)))
    axis = frame[1] if bone == "foot" else frame[2]
    flattening = scale(frame[2], sqrt(1 - high / radius)) if high < radius else ORIGIN
    return Attachment(place, axis, radius, f"{side}.{bone}", flattening)


def stretch_of(body: Body, anchor: Anchor | None, band: Band) -> float:
    """Return the ratio of the length to the length at rest."""
    attachments = [attachment_of(body, anchor, point) for point in band.path]
    length = sum(distance(a.point, b.point) for a, b in pairwise(attachments))
    return length / band.rest


def ribbon_of(body: Body, anchor: Anchor | None, band: Band) -> list[Piece]:
    """Return the pieces of a band, which is narrower the more it is stretched."""
    attachments = [attachment_of(body, anchor, point) for point in band.path]
    width = band.width / sqrt(max(stretch_of(body, anchor, band), 0.7))
    if band.kind == "loop":
        return _loop(attachments[0], attachments[1], width)
    pieces: list[Piece] = []
    for start, end in pairwise(attachments):
        pieces += _strip(start, end, width * 0.7)
    for attachment, point in zip(attachments, band.path, strict=True):
        if point.partition(" ")[2] in _ON_BONE:
            pieces += _ring(attachment, width * 0.7)
    return pieces


def _loop(a: Attachment, b: Attachment, width: float) -> list[Piece]:
    other = b.axis if dot(a.axis, b.axis) >= 0 else scale(b.axis, -1)
    along = unit(add(a.axis, other))
    direction = unit(reject(sub(b.point, a.point), along), (1.0, 0.0, 0.0))
    front = cross(along, direction)
    round_a = _arc(a, scale(direction, -1), front)
    round_b = _arc(b, direction, scale(front, -1))
    pieces = _wrap(round_a, a, width) + _wrap(round_b, b, width)
    for start, end, outward in (
        (round_a[-1], round_b[0], scale(front, -1)),
        (round_b[-1], round_a[0], front),
    ):
        pieces += _span((start, a.axis), (end, other), width, outward)
    return pieces


def _arc(attachment: Attachment, back: Vec, first: Vec) -> list[Vec]:
    """Return points half round a limb, from `first` over `back` to the opposite side."""
    axis = attachment.axis
    back, first = unit(reject(back, axis)), unit(reject(first, axis))
    points = []
    for number in range(_ARC + 1):
        angle = pi * number / _ARC
        turned = add(scale(first, cos(angle)), scale(back, sin(angle)))
        turned = sub(turned, scale(attachment.flattening, dot(attachment.flattening, turned)))
        points.append(add(attachment.point, scale(turned, attachment.radius)))
    return points


def _ring(attachment: Attachment, width: float) -> list[Piece]:
    """Return the pieces once round the limb that a strip runs round."""
    first = unit(reject((0.3, 0.5, 1.0), attachment.axis))
    back = cross(attachment.axis, first)
    half = _arc(attachment, back, first)
    rest = _arc(attachment, scale(back, -1), scale(first, -1))
    return _wrap(half, attachment, width) + _wrap(rest, attachment, width)


def _wrap(points: list[Vec], attachment: Attachment, width: float) -> list[Piece]:
    edge = scale(attachment.axis, width / 2)
    return [
        _piece(a, edge, b, edge, sub(interpolate(a, b, 0.5), attachment.point), attachment.part)
        for a, b in pairwise(points)
    ]


def _span(start: tuple[Vec, Vec], end: tuple[Vec, Vec], width: float, outward: Vec) -> list[Piece]:
    """Return the pieces between two limbs, a little narrower in the middle."""
    pieces = []
    steps = 6
    for number in range(steps):
        edges = []
        for share in (number / steps, (number + 1) / steps):
            narrow = width / 2 * (1 - 0.3 * sin(pi * share))
            axis = unit(interpolate(start[1], end[1], share))
            edges.append((interpolate(start[0], end[0], share), scale(axis, narrow)))
        (a, edge_a), (b, edge_b) = edges
        pieces.append(_piece(a, edge_a, b, edge_b, outward, None))
    return pieces


def _strip(a: Attachment, b: Attachment, width: float) -> list[Piece]:
    direction = unit(sub(b.point, a.point))
    edge = scale(unit(reject((0.0, 0.0, 1.0), direction), (0.0, 1.0, 0.0)), width / 2)
    steps = 14
    first, last = (_skin(attachment, other) for attachment, other in ((a, b), (b, a)))
    points = [interpolate(first, last, number / steps) for number in range(steps + 1)]
    outward = cross(direction, unit(edge))
    pieces = [_piece(start, edge, end, edge, outward, None) for start, end in pairwise(points)]
    for number, attachment in ((0, a), (-1, b)):
        if attachment.part and attachment.part.endswith("hand"):  # the strip ends inside the fist
            pieces[number] = replace(pieces[number], part=attachment.part, outward=ORIGIN)
    return pieces


def _skin(attachment: Attachment, other: Attachment) -> Vec:
    """Return where a strip leaves the limb; hands and anchors hold it at their point."""
    if attachment.part is None or attachment.part.rpartition(".")[2] not in (
        "thigh",
        "shank",
        "foot",
        "fore",
    ):
        return attachment.point
    direction = unit(reject(sub(other.point, attachment.point), attachment.axis))
    direction = sub(direction, scale(attachment.flattening, dot(attachment.flattening, direction)))
    return add(attachment.point, scale(direction, attachment.radius))


def _piece(a: Vec, edge_a: Vec, b: Vec, edge_b: Vec, outward: Vec, part: str | None) -> Piece:
    corners = (add(a, edge_a), add(b, edge_b), sub(b, edge_b), sub(a, edge_a))
    return Piece(corners, interpolate(a, b, 0.5), unit(outward), part)
