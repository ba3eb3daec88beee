"""Where a band lies on the body: how far it is stretched, and the ribbon to draw."""

from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, pi, sin, sqrt

from bot.figures.pose import Anchor, Band
from bot.figures.skeleton import FOREARM, HEEL_BACK, SHANK, THIGH, Body
from bot.figures.vectors import (
    ORIGIN,
    Vec,
    across,
    add,
    apply,
    between,
    cross,
    distance,
    dot,
    scale,
    sub,
    unit,
)

LONGEST_STRETCH = 3.0  # times the resting length: the makers' limit
SLACK = 0.98  # a taut band may be this short of its resting length, for the drawing's sake

_ON_BONE = {  # point: joint, bone, place (outward, forward, up), radius across, radius upward
    "knee": ("hip", "thigh", (0.0, 0.006, -0.86 * THIGH), 0.043, 0.043),
    "shin": ("knee", "shank", (0.0, 0.0, -0.14 * SHANK), 0.039, 0.039),
    "ankle": ("knee", "shank", (0.0, 0.0, -0.90 * SHANK), 0.027, 0.027),
    "foot": ("ankle", "foot", (0.0, 0.55 * 0.152 - HEEL_BACK, -0.0165), 0.032, 0.0245),
    "forefoot": ("ankle", "foot", (0.001, 0.076, -0.0205), 0.0345, 0.0205),
    "wrist": ("elbow", "fore", (0.0, 0.0, -0.94 * FOREARM), 0.019, 0.019),
    "elbow": ("shoulder", "upper", (0.0, 0.0, -0.165), 0.026, 0.026),
}
_PLAIN = {"hand": ("hand", 0.018), "shoulder": ("shoulder", 0.04)}


@dataclass(frozen=True, slots=True)
class Hold:
    """Where a band touches: a point, the direction of the limb there, and its thickness.

    `part` is the part of the body that it lies on; none: an anchor.
    """

    at: Vec
    axis: Vec
    radius: float
    part: str | None
    flat: Vec = ORIGIN  # a shoe is lower than wide: what is taken off in this direction


@dataclass(frozen=True, slots=True)
class Piece:
    """A quarter of ribbon to draw: corners in order, and where it belongs in the drawing order.

    With `part`, it lies directly before (+) or behind (-) that part; otherwise by `middle`.
    """

    corners: tuple[Vec, Vec, Vec, Vec]
    middle: Vec
    outward: Vec
    part: str | None


def hold_of(body: Body, anchor: Anchor | None, point: str) -> Hold:
    """Raises KeyError for a point that is not there: an anchor without one."""
    if point == "anchor":
        if anchor is None:
            raise KeyError(point)
        return Hold(anchor.at, (0.0, 0.0, 1.0), 0.0, None)
    if point == "hands":
        middle = between(body.joints["left.hand"], body.joints["right.hand"], 0.5)
        return Hold(middle, (0.0, 0.0, 1.0), 0.018, "right.hand")
    if point in ("chest", "hips", "head"):
        trunk = {"chest": "ribs", "hips": "pelvis", "head": "head"}[point]
        return Hold(body.joints[point], body.frames[trunk][2], 0.09, trunk)
    side, _, name = point.partition(" ")
    if name in _PLAIN:
        joint, radius = _PLAIN[name]
        part = f"{side}.hand" if name == "hand" else f"{side}.upper"
        return Hold(body.joints[f"{side}.{joint}"], (0.0, 0.0, 1.0), radius, part)
    joint, bone, (x, y, z), radius, high = _ON_BONE[name]
    frame = body.frames[f"{side}.{bone}"]
    at = add(body.joints[f"{side}.{joint}"], apply(frame, (-x if side == "left" else x, y, z)))
    axis = frame[1] if bone == "foot" else frame[2]
    flat = scale(frame[2], sqrt(1 - high / radius)) if high < radius else ORIGIN
    return Hold(at, axis, radius, f"{side}.{bone}", flat)


def stretch_of(body: Body, anchor: Anchor | None, band: Band) -> float:
    """Length now over length at rest."""
    holds = [hold_of(body, anchor, point) for point in band.path]
    long = sum(distance(a.at, b.at) for a, b in pairwise(holds))
    return long / band.rest


def ribbon_of(body: Body, anchor: Anchor | None, band: Band) -> list[Piece]:
    """The band as quarters, drawn thinner the longer it is."""
    holds = [hold_of(body, anchor, point) for point in band.path]
    width = band.width / sqrt(max(stretch_of(body, anchor, band), 0.7))
    if band.kind == "loop":
        return _loop(holds[0], holds[1], width)
    pieces: list[Piece] = []
    for start, end in pairwise(holds):
        pieces += _strip(start, end, width * 0.7)
    for hold, point in zip(holds, band.path, strict=True):
        if point.partition(" ")[2] in _ON_BONE:
            pieces += _ring(hold, width * 0.7)
    return pieces


def _loop(a: Hold, b: Hold, width: float) -> list[Piece]:
    other = b.axis if dot(a.axis, b.axis) >= 0 else scale(b.axis, -1)
    along = unit(add(a.axis, other))
    way = unit(across(sub(b.at, a.at), along), (1.0, 0.0, 0.0))
    front = cross(along, way)
    round_a = _arc(a, scale(way, -1), front, 8)
    round_b = _arc(b, way, scale(front, -1), 8)
    pieces = _wrap(round_a, a, width) + _wrap(round_b, b, width)
    for start, end, outward in (
        (round_a[-1], round_b[0], scale(front, -1)),
        (round_b[-1], round_a[0], front),
    ):
        pieces += _span((start, a.axis), (end, other), width, outward)
    return pieces


def _arc(hold: Hold, back: Vec, first: Vec, steps: int) -> list[Vec]:
    """Half the way round a limb, from `first` over `back` to the opposite side."""
    axis = hold.axis
    back, first = unit(across(back, axis)), unit(across(first, axis))
    points = []
    for number in range(steps + 1):
        angle = pi * number / steps
        turned = add(scale(first, cos(angle)), scale(back, sin(angle)))
        turned = sub(turned, scale(hold.flat, dot(hold.flat, turned)))
        points.append(add(hold.at, scale(turned, hold.radius)))
    return points


def _ring(hold: Hold, width: float) -> list[Piece]:
    """Once round the limb on which a strip ends."""
    first = unit(across((0.3, 0.5, 1.0), hold.axis))
    back = cross(hold.axis, first)
    half, rest = _arc(hold, back, first, 8), _arc(hold, scale(back, -1), scale(first, -1), 8)
    return _wrap(half, hold, width) + _wrap(rest, hold, width)


def _wrap(points: list[Vec], hold: Hold, width: float) -> list[Piece]:
    edge = scale(hold.axis, width / 2)
    return [
        _piece(a, edge, b, edge, sub(between(a, b, 0.5), hold.at), hold.part)
        for a, b in pairwise(points)
    ]


def _span(start: tuple[Vec, Vec], end: tuple[Vec, Vec], width: float, outward: Vec) -> list[Piece]:
    """The free part between two limbs, a little narrower in its middle."""
    pieces = []
    steps = 6
    for number in range(steps):
        edges = []
        for share in (number / steps, (number + 1) / steps):
            narrow = width / 2 * (1 - 0.3 * sin(pi * share))
            axis = unit(between(start[1], end[1], share))
            edges.append((between(start[0], end[0], share), scale(axis, narrow)))
        (a, edge_a), (b, edge_b) = edges
        pieces.append(_piece(a, edge_a, b, edge_b, outward, None))
    return pieces


def _strip(a: Hold, b: Hold, width: float) -> list[Piece]:
    way = unit(sub(b.at, a.at))
    edge = scale(unit(across((0.0, 0.0, 1.0), way), (0.0, 1.0, 0.0)), width / 2)
    steps = 14
    first, last = (_skin(hold, other) for hold, other in ((a, b), (b, a)))
    points = [between(first, last, number / steps) for number in range(steps + 1)]
    outward = cross(way, unit(edge))
    pieces = [_piece(start, edge, end, edge, outward, None) for start, end in pairwise(points)]
    for number, hold in ((0, a), (-1, b)):
        if hold.part and hold.part.endswith("hand"):  # it ends inside the fist
            pieces[number] = replace(pieces[number], part=hold.part, outward=ORIGIN)
    return pieces


def _skin(hold: Hold, other: Hold) -> Vec:
    """Where a strip leaves the limb that it goes round; a hand holds it."""
    if hold.part is None or hold.part.rpartition(".")[2] not in ("thigh", "shank", "foot", "fore"):
        return hold.at
    way = unit(across(sub(other.at, hold.at), hold.axis))
    way = sub(way, scale(hold.flat, dot(hold.flat, way)))
    return add(hold.at, scale(way, hold.radius))


def _piece(a: Vec, edge_a: Vec, b: Vec, edge_b: Vec, outward: Vec, part: str | None) -> Piece:
    corners = (add(a, edge_a), add(b, edge_b), sub(b, edge_b), sub(a, edge_a))
    return Piece(corners, between(a, b, 0.5), unit(outward), part)
