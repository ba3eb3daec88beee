"""The runner's body and clothes as ellipsoids along the bones.

A part consists of lofts; a loft is drawn as the hulls of neighbouring ellipsoids. Sizes are shares
of height, in the bone's own frame (outward, forward, up).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.figures.motion import SIDES
from bot.figures.pose import Glow
from bot.figures.skeleton import FOREARM, SHANK, THIGH, UPPER_ARM, Body
from bot.figures.vectors import Mat, Vec, add, rotate, scale

_FADE = 0.3  # seconds
Row = tuple[float, float, float, float, float, float]  # centre (out, forward, up), half axes


@dataclass(frozen=True, slots=True)
class Ellipsoid:
    centre: Vec
    axes: tuple[Vec, Vec, Vec]


@dataclass(frozen=True, slots=True)
class Loft:
    colour: str
    rows: tuple[Ellipsoid, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body; `nearer` is added to its depth for the drawing order, in heights.

    `bone` has the ends of its bone; at `joined` it joins another part without an edge.
    """

    name: str
    middle: Vec
    nearer: float
    lofts: tuple[Loft, ...]
    bone: tuple[Vec, Vec]
    joined: Vec | None = None


_THIGH: tuple[Row, ...] = (
    (0.000, 0.000, 0.002, 0.050, 0.060, 0.036),
    (0.004, 0.006, -0.080, 0.052, 0.056, 0.050),
    (0.000, 0.007, -0.170, 0.041, 0.045, 0.040),
    (0.000, 0.004, -THIGH, 0.034, 0.037, 0.036),
)
_SHORTS: tuple[Row, ...] = (
    (-0.002, -0.002, 0.006, 0.054, 0.065, 0.038),
    (0.005, 0.005, -0.080, 0.058, 0.062, 0.020),
    (0.005, 0.006, -0.118, 0.057, 0.060, 0.008),
)
_SHANK: tuple[Row, ...] = (
    (0.000, 0.002, 0.000, 0.034, 0.036, 0.036),
    (0.002, -0.008, -0.075, 0.036, 0.038, 0.040),
    (0.000, -0.004, -0.160, 0.026, 0.028, 0.030),
    (0.000, 0.000, -SHANK, 0.021, 0.024, 0.022),
)
_SOCK: tuple[Row, ...] = (
    (0.000, 0.000, -0.205, 0.0235, 0.0255, 0.006),
    (0.000, 0.000, -SHANK, 0.023, 0.026, 0.022),
)
_SHOE: tuple[Row, ...] = (
    (0.000, -0.014, -0.008, 0.026, 0.028, 0.026),
    (0.000, 0.030, -0.012, 0.027, 0.030, 0.022),
    (0.002, 0.076, -0.019, 0.031, 0.030, 0.017),
)
_SHOE_TIP: tuple[Row, ...] = ((0.000, 0.016, 0.017, 0.026, 0.018, 0.013),)  # from the ball
_SOLE: tuple[Row, ...] = (
    (0.000, -0.018, -0.034, 0.028, 0.026, 0.0055),
    (0.000, 0.030, -0.034, 0.027, 0.030, 0.0050),
    (0.002, 0.078, -0.034, 0.032, 0.030, 0.0050),
)
_SOLE_TIP: tuple[Row, ...] = ((0.000, 0.018, 0.007, 0.026, 0.018, 0.0055),)
_UPPER: tuple[Row, ...] = (
    (-0.004, 0.000, -0.014, 0.026, 0.032, 0.024),
    (0.000, 0.002, -0.080, 0.028, 0.030, 0.040),
    (0.000, 0.000, -UPPER_ARM, 0.023, 0.024, 0.024),
)
_SLEEVE: tuple[Row, ...] = (
    (-0.014, 0.000, -0.006, 0.034, 0.039, 0.031),
    (0.000, 0.001, -0.050, 0.034, 0.037, 0.020),
    (0.000, 0.001, -0.088, 0.034, 0.036, 0.006),
)
_FORE: tuple[Row, ...] = (
    (0.000, 0.000, 0.000, 0.023, 0.024, 0.024),
    (0.000, 0.000, -0.045, 0.025, 0.025, 0.026),
    (0.000, 0.000, -FOREARM, 0.015, 0.016, 0.016),
)
_HAND: tuple[Row, ...] = (
    (0.000, 0.000, -0.006, 0.015, 0.017, 0.014),
    (0.000, 0.000, -0.042, 0.013, 0.024, 0.024),
    (0.000, 0.003, -0.085, 0.010, 0.018, 0.014),
)
_THUMB: tuple[Row, ...] = (
    (0.000, 0.014, -0.024, 0.010, 0.010, 0.010),
    (0.000, 0.030, -0.052, 0.008, 0.008, 0.009),
)
OPEN_HAND = len(_HAND)  # a fist has fewer rows
_FIST_THUMB: tuple[Row, ...] = (
    (-0.014, 0.024, -0.026, 0.010, 0.010, 0.011),
    (-0.022, 0.010, -0.050, 0.009, 0.010, 0.010),
)
_FIST: tuple[Row, ...] = (
    (0.000, 0.000, -0.006, 0.015, 0.017, 0.014),
    (0.000, 0.002, -0.042, 0.023, 0.029, 0.026),
)
_PELVIS: tuple[Row, ...] = (
    (0.000, -0.004, -0.030, 0.085, 0.060, 0.030),
    (0.000, -0.010, 0.005, 0.100, 0.073, 0.040),
    (0.000, -0.006, 0.055, 0.092, 0.066, 0.030),
    (0.000, -0.002, 0.095, 0.082, 0.058, 0.015),
)
_RIBS: tuple[Row, ...] = (
    (0.000, -0.004, -0.040, 0.087, 0.064, 0.010),
    (0.000, 0.000, 0.010, 0.081, 0.058, 0.040),
    (0.000, 0.002, 0.080, 0.092, 0.064, 0.040),
    (0.000, 0.002, 0.130, 0.104, 0.068, 0.035),
    (0.000, -0.002, 0.172, 0.100, 0.052, 0.026),
    (0.000, -0.006, 0.200, 0.045, 0.036, 0.022),
)
_NECK: tuple[Row, ...] = (
    (0.000, -0.004, -0.004, 0.033, 0.034, 0.020),
    (0.000, 0.004, 0.050, 0.029, 0.031, 0.020),
)
_HAIR: tuple[Row, ...] = (
    (0.000, -0.008, 0.014, 0.052, 0.060, 0.056),
    (0.000, -0.024, -0.022, 0.044, 0.038, 0.034),
)
_FACE: tuple[Row, ...] = (
    (0.000, 0.023, 0.002, 0.046, 0.037, 0.036),
    (0.000, 0.022, -0.036, 0.034, 0.034, 0.033),
)
_NOSE: tuple[Row, ...] = (
    (0.000, 0.056, 0.000, 0.005, 0.007, 0.008),
    (0.000, 0.064, -0.014, 0.007, 0.009, 0.007),
)
_EAR: tuple[Row, ...] = ((0.047, -0.010, -0.008, 0.006, 0.011, 0.015),)
_FRINGE: tuple[Row, ...] = (
    (-0.026, 0.026, 0.040, 0.022, 0.026, 0.016),
    (0.004, 0.034, 0.046, 0.028, 0.022, 0.014),
    (0.030, 0.024, 0.038, 0.018, 0.026, 0.016),
)
_TAIL: tuple[Row, ...] = (
    (0.000, -0.062, 0.022, 0.013, 0.013, 0.013),
    (0.000, -0.076, 0.008, 0.016, 0.015, 0.018),
    (0.000, -0.078, -0.026, 0.009, 0.009, 0.013),
)


@dataclass(frozen=True, slots=True)
class Tint:
    """A coloured area on a part, where a muscle works; `faces` is the normal of the surface."""

    part: str
    centre: Vec
    radius: float
    faces: Vec


_TINTS: dict[str, tuple[tuple[str, str, Vec, float, Vec], ...]] = {
    "glutes": (
        ("pelvis", "hips", (0.045, -0.060, -0.010), 0.070, (0.2, -1, 0)),
        ("thigh", "hip", (0.000, -0.045, -0.005), 0.060, (0.3, -1, 0)),
    ),
    "hip side": (
        ("pelvis", "hips", (0.086, 0.000, 0.045), 0.058, (1, 0.5, 0)),
        ("thigh", "hip", (0.045, 0.010, 0.010), 0.052, (1, 0.5, 0)),
    ),
    "hip front": (
        ("pelvis", "hips", (0.050, 0.055, 0.010), 0.045, (0.2, 1, 0)),
        ("thigh", "hip", (0.000, 0.050, -0.030), 0.055, (0.2, 1, 0)),
    ),
    "thigh front": (("thigh", "hip", (0.006, 0.040, -0.125), 0.078, (0.3, 1, 0)),),
    "thigh back": (("thigh", "hip", (0.000, -0.040, -0.130), 0.078, (0, -1, 0)),),
    "thigh inside": (("thigh", "hip", (-0.040, 0.010, -0.090), 0.070, (-1, 0.3, 0)),),
    "calf": (("shank", "knee", (0.000, -0.032, -0.080), 0.055, (0, -1, 0)),),
    "shin": (("shank", "knee", (0.008, 0.022, -0.095), 0.050, (0.3, 1, 0)),),
    "outer shin": (("shank", "knee", (0.028, 0.000, -0.090), 0.050, (1, 0.3, 0)),),
    "abdomen": (
        ("ribs", "waist", (0.000, 0.060, 0.000), 0.070, (0, 1, 0)),
        ("pelvis", "hips", (0.000, 0.060, 0.080), 0.055, (0, 1, 0)),
    ),
    "waist side": (("ribs", "waist", (0.066, 0.034, 0.012), 0.055, (1, 0.9, 0)),),
    "lower back": (("ribs", "waist", (0.028, -0.055, -0.010), 0.052, (0.1, -1, 0)),),
    "upper back": (("ribs", "waist", (0.045, -0.055, 0.130), 0.062, (0.2, -1, 0)),),
    "chest": (("ribs", "waist", (0.045, 0.060, 0.130), 0.055, (0.1, 1, 0)),),
    "shoulder": (("upper", "shoulder", (0.022, 0.010, -0.020), 0.050, (1, 0.5, 0)),),
    "rear shoulder": (("upper", "shoulder", (0.010, -0.022, -0.015), 0.048, (0.5, -1, 0)),),
    "arm": (("upper", "shoulder", (0.000, 0.022, -0.095), 0.045, (0, 1, 0)),),
}


def parts_of(body: Body, gripping: Iterable[str] = ()) -> list[Part]:
    """Return all parts, in no order; `gripping` has the sides whose hand is a fist."""
    parts = _trunk_parts(body)
    for side in SIDES:
        parts += _side_parts(body, side, side in set(gripping))
    return parts


def glow_strength(glow: Glow, time: float) -> float:
    """Return how strong a glow is at this second: it fades in and out within its span."""
    return min(max(min(time - glow.start, glow.end - time) / _FADE, 0.0), 1.0)


def tints_of(body: Body, area: str) -> list[Tint]:
    """Return the tints of an area, such as "glutes" or "glutes left", on this body."""
    name, _, last = area.rpartition(" ")
    sides = (last,) if last in SIDES else SIDES
    found = []
    for part, joint, spot, radius, faces in _TINTS.get(name if last in SIDES else area, ()):
        for side in sides:
            out = -1.0 if side == "left" else 1.0
            sided = part not in ("ribs", "pelvis")
            frame = f"{side}.{part}" if sided else part
            turn = body.frames[frame]
            start = body.joints[f"{side}.{joint}" if sided else joint]
            place = add(start, rotate(turn, (out * spot[0], spot[1], spot[2])))
            facing = rotate(turn, (out * faces[0], faces[1], faces[2]))
            found.append(Tint(frame, place, radius, facing))
    return found


def _trunk_parts(body: Body) -> list[Part]:
    joints, frames = body.joints, body.frames
    pelvis, ribs, head = frames["pelvis"], frames["ribs"], frames["head"]

    def loft(colour: str, joint: str, frame: Mat, rows: tuple[Row, ...]) -> Loft:
        return _loft(colour, joints[joint], frame, rows, 1.0)

    hips = Part(
        "pelvis",
        _mid(joints["hips"], joints["waist"]),
        -0.012,
        (loft("shorts", "hips", pelvis, _PELVIS),),
        (joints["hips"], joints["waist"]),
    )
    chest = Part(
        "ribs",
        _mid(joints["waist"], joints["shoulders"]),
        0.0,
        (loft("shirt", "waist", ribs, _RIBS),),
        (joints["waist"], joints["shoulders"]),
    )
    neck = Part(
        "neck",
        joints["neck"],
        -0.004,
        (loft("skin", "shoulders", ribs, _NECK),),
        (joints["shoulders"], joints["head"]),
    )
    ears = tuple(_loft("skin", joints["head"], head, _EAR, out) for out in (-1.0, 1.0))
    face = Part(
        "head",
        joints["head"],
        0.01,
        (
            loft("hair", "head", head, _TAIL),
            loft("hair", "head", head, _HAIR),
            *ears,
            loft("skin", "head", head, _FACE),
            loft("skin", "head", head, _NOSE),
            loft("hair", "head", head, _FRINGE),
        ),
        (joints["neck"], joints["head"]),
    )
    return [hips, chest, neck, face]


def _side_parts(body: Body, side: str, grips: bool) -> list[Part]:
    out = -1.0 if side == "left" else 1.0
    joints, frames = body.joints, body.frames

    def part(
        name: str, start: str, end: str, nearer: float, rows: dict[str, tuple[Row, ...]]
    ) -> Part:
        at = joints[f"{side}.{start}"]
        lofts = tuple(
            _loft(colour.split("/")[0], at, frames[f"{side}.{name}"], row, out)
            for colour, row in rows.items()
        )
        if name == "foot":
            toes = (joints[f"{side}.ball"], frames[f"{side}.toes"])
            tips = [_loft("", *toes, (row[-1],), out).rows for row in (_SHOE_TIP, _SOLE_TIP)]
            lofts = tuple(
                replace(loft, rows=loft.rows + tip) for loft, tip in zip(lofts, tips, strict=True)
            )
        tip = joints[f"{side}.{end}"]
        joined = at if name in ("shank", "fore", "hand", "thigh", "upper") else None
        return Part(f"{side}.{name}", _mid(at, tip), nearer, lofts, (at, tip), joined)

    hand: dict[str, tuple[Row, ...]] = (
        {"skin": _FIST, "skin/": _FIST_THUMB} if grips else {"skin": _HAND, "skin/": _THUMB}
    )
    return [
        part("thigh", "hip", "knee", 0.006, {"skin": _THIGH, "shorts": _SHORTS}),
        part("shank", "knee", "ankle", 0.0, {"skin": _SHANK, "sock": _SOCK}),
        part("foot", "ankle", "ball", 0.004, {"shoe": _SHOE, "sole": _SOLE}),
        part("upper", "shoulder", "elbow", 0.010, {"skin": _UPPER, "shirt": _SLEEVE}),
        part("fore", "elbow", "wrist", 0.014, {"skin": _FORE}),
        part("hand", "wrist", "hand", 0.018, hand),
    ]


def _mid(a: Vec, b: Vec) -> Vec:
    return scale(add(a, b), 0.5)


def _loft(colour: str, start: Vec, frame: Mat, rows: tuple[Row, ...], out: float) -> Loft:
    return Loft(
        colour,
        tuple(
            Ellipsoid(
                add(start, rotate(frame, (out * x, y, z))),
                (scale(frame[0], a), scale(frame[1], b), scale(frame[2], c)),
            )
            for x, y, z, a, b, c in rows
        ),
    )
