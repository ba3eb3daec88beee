"""The runner's bones: proportions, and the places of all joints for given angles and targets.

Proportions are shares of height H after Drillis and Contini. Each bone has a frame: x to the
runner's right, y forward, z towards the head (limbs: towards the trunk), when standing upright.
"""

from dataclasses import dataclass, field
from functools import cache
from math import acos, asin, atan2, degrees, sqrt

from bot.figures.motion import SIDES, Motion, Numbers, motion_of
from bot.figures.pose import Pose
from bot.figures.vectors import (
    ORIGIN,
    UPRIGHT,
    Mat,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    compose,
    cross,
    distance,
    dot,
    reject,
    rotate,
    rotate_about,
    scale,
    sub,
    to_local,
    unit,
)

FOOT_HEIGHT = 0.039
SHANK = 0.246
THIGH = 0.245
PELVIS = 0.100  # from the hips to the waist; with the ribs 0.288
RIBS = 0.188
UPPER_ARM = 0.186
FOREARM = 0.146
GRIP = 0.045  # from the wrist to the middle of the fist
HALF_HIPS = 0.062  # between the joints; the outline is wider
HALF_SHOULDERS = 0.108
HEAD_UP = 0.114  # from the line of the shoulders to the middle of the head
HEEL_BACK = 0.040  # from under the ankle; the foot is 0.152 long
BALL_FORWARD = 0.080
TOE_FORWARD = 0.112
TOES = 0.03  # the toes bend when the ball of the foot is below this height

_DOWN: Vec = (0.0, 0.0, -1.0)
_BASES = {
    "standing": UPRIGHT,
    "seated": UPRIGHT,
    "supine": about_x(90),
    "prone": about_x(-90),
    "hands-and-knees": about_x(-90),
    "side-lying": about_y(-90),
}
# The joint of each support and its height above the floor.
SUPPORTS = {
    "hips": ("hips", 0.0),
    "back": ("hips", 0.070),
    "shoulders": ("shoulders", 0.062),
    "belly": ("hips", 0.068),
    "seat": ("hips", 0.075),
    **{
        f"{side} {name}": (f"{side}.{joint}", height)
        for side in SIDES
        for name, joint, height in (
            ("foot", "ankle", FOOT_HEIGHT),
            ("ball", "ball", 0.0),
            ("heel", "heel", 0.0),
            ("knee", "knee", 0.036),
            ("elbow", "elbow", 0.026),
            ("hand", "hand", 0.018),
        )
    },
}
# The frame that a hand lies on, and its place there as (outward, forward, up).
_HAND_PLACES = {
    "breastbone": ("ribs", (0.012, 0.095, 0.110)),
    "ear": ("ribs", (0.085, 0.010, RIBS + 0.100)),
    "hip": ("pelvis", (0.100, 0.015, 0.065)),
    "thigh": ("thigh", (0.005, 0.062, -0.130)),
}
_BREASTBONE: Vec = (0.0, 0.070, 0.120)


@dataclass(slots=True)
class Body:
    """Joints and bone frames at one moment, in world axes and shares of height.

    `beyond` has the limbs whose target is out of reach, and by how much.
    """

    joints: dict[str, Vec] = field(default_factory=dict)
    frames: dict[str, Mat] = field(default_factory=dict)
    beyond: dict[str, float] = field(default_factory=dict)

    def moved(self, offset: Vec) -> "Body":
        joints = {name: add(joint, offset) for name, joint in self.joints.items()}
        return Body(joints, self.frames, self.beyond)


class Figure:
    """A pose's runner at any second of the loop."""

    def __init__(self, pose: Pose) -> None:
        self.pose = pose
        self.motion = motion_of(pose)
        self._spots = self._find_spots()

    def body_at(self, time: float) -> Body:
        """Return the body at a second; at the loop's end as at its beginning, plus `travel`."""
        return self._body_on(time, self._support_index(time))

    def travelled(self, time: float) -> Vec:
        """Return how far the picture has followed a walk at a second."""
        share = time / self.pose.loop
        return (self.pose.travel[0] * share, self.pose.travel[1] * share, 0.0)

    def _support_index(self, time: float) -> int:
        supports = self.motion.supports
        return max((i for i, (since, _) in enumerate(supports) if since <= time), default=0)

    def _body_on(self, time: float, index: int) -> Body:
        numbers = self.motion.numbers_at(time)
        support = self.motion.supports[index][1]
        joint, _ = SUPPORTS[support]
        if support == "hips":
            return _body(self.pose, self.motion, numbers, _point(numbers, "hips") or ORIGIN)
        spot = self._spots[index]
        hips = sub(spot, _body(self.pose, self.motion, numbers, ORIGIN).joints[joint])
        return _body(self.pose, self.motion, numbers, hips)

    def _find_spots(self) -> list[Vec]:
        """Find the place of each support: the first under the hips, others where they are then."""
        self._spots = []
        for number, (since, support) in enumerate(self.motion.supports):
            joint, height = SUPPORTS[support]
            if number:
                self._spots.append(self._body_on(since, number - 1).joints[joint])
                continue
            body = _body(self.pose, self.motion, self.motion.numbers_at(since), ORIGIN)
            x, y, _ = body.joints[joint]
            self._spots.append((x, y, height + self._seat(support)))
        return self._spots

    def _seat(self, support: str) -> float:
        chairs = [prop.size or 0.26 for prop in self.pose.props if prop.kind == "chair"]
        return chairs[0] if support == "seat" and chairs else 0.0


@cache
def bone_lengths() -> dict[tuple[str, str], float]:
    """Return the constant distances between joints."""
    limbs = (("hip", "knee", THIGH), ("knee", "ankle", SHANK))
    arms = (("shoulder", "elbow", UPPER_ARM), ("elbow", "wrist", FOREARM))
    return {(f"{s}.{a}", f"{s}.{b}"): size for s in SIDES for a, b, size in (*limbs, *arms)}


def _point(numbers: Numbers, name: str) -> Vec | None:
    if f"{name}.x" not in numbers:
        return None
    return (numbers[f"{name}.x"], numbers[f"{name}.y"], numbers[f"{name}.z"])


def _body(pose: Pose, motion: Motion, numbers: Numbers, hips: Vec) -> Body:
    body = Body()
    _trunk(body, pose, numbers, hips)
    for side in SIDES:
        outward = -1.0 if side == "left" else 1.0
        _leg(body, numbers, side, outward)
        _arm(body, numbers, motion.words, side, outward)
    return body


def _trunk(body: Body, pose: Pose, numbers: Numbers, hips: Vec) -> None:
    get = numbers.get
    pelvis = compose(about_z(get("turn", 0.0)), _BASES[pose.posture])
    pelvis = compose(pelvis, compose(about_y(get("sideways", 0.0)), about_x(-get("lean", 0.0))))
    ribs = compose(pelvis, compose(about_z(get("twist", 0.0)), about_y(get("side_bend", 0.0))))
    ribs = compose(ribs, about_x(-get("bend", 0.0)))
    looks_up = min(max(get("lean", 0.0), 0.0), 40.0) * 0.5 if pose.posture == "standing" else 0.0
    head = compose(
        ribs, compose(about_z(-0.5 * get("twist", 0.0)), about_x(looks_up - get("nod", 0.0)))
    )
    body.frames |= {"pelvis": pelvis, "ribs": ribs, "head": head}
    waist = add(hips, scale(pelvis[2], PELVIS))
    shoulders = add(waist, scale(ribs[2], RIBS))
    neck = add(shoulders, scale(ribs[2], 0.03))
    body.joints |= {"hips": hips, "waist": waist, "shoulders": shoulders, "neck": neck}
    body.joints["head"] = add(neck, scale(head[2], HEAD_UP - 0.03))
    body.joints["chest"] = add(waist, rotate(ribs, (0.0, 0.065, 0.11)))
    world = about_z(get("turn", 0.0))
    body.frames["world"] = world
    for side, outward in (("left", -1.0), ("right", 1.0)):
        body.joints[f"{side}.hip"] = add(hips, scale(pelvis[0], outward * HALF_HIPS))
        raised = min(max(get(f"{side}.shoulder", 0.0) - 90, 0.0) / 90, 1.0) * 0.02
        body.joints[f"{side}.shoulder"] = add(
            shoulders, rotate(ribs, (outward * HALF_SHOULDERS, 0.0, raised - 0.008))
        )


def _leg(body: Body, numbers: Numbers, side: str, outward: float) -> None:
    def get(name: str) -> float:
        return numbers.get(f"{side}.{name}", 0.0)

    hip = body.joints[f"{side}.hip"]
    spot = _point(numbers, f"{side}.foot")
    if spot is not None:
        foot = compose(body.frames["world"], about_z(-outward * get("toe_out")))
        ankle = add((outward * spot[0], spot[1], spot[2]), (0.0, 0.0, FOOT_HEIGHT))
        ball = add(ankle, rotate(foot, (0.0, BALL_FORWARD, -FOOT_HEIGHT)))
        pole = _knee_direction(body, foot[1], hip, ankle)
        foot = compose(foot, about_x(-get("heel_up")))
        ankle = sub(ball, rotate(foot, (0.0, BALL_FORWARD, -FOOT_HEIGHT)))
        pole = _opened(pole, hip, ankle, outward * get("open"))
        thigh, shank = _two_bone_limb(
            body, f"{side}.leg", (hip, ankle), (THIGH, SHANK), pole, knee=True
        )
    else:
        thigh = compose(body.frames["pelvis"], about_x(get("hip")))
        thigh = compose(thigh, about_y(-outward * get("abd")))
        thigh = compose(thigh, about_z(-outward * get("rotation")))
        shank = compose(thigh, about_x(-get("knee")))
        foot = compose(shank, about_x(get("ankle")))
        if get("open"):
            end = add(rotate(thigh, scale(_DOWN, THIGH)), rotate(shank, scale(_DOWN, SHANK)))
            axis = unit(end)
            thigh, shank, foot = (
                _rotated_about(frame, axis, outward * get("open")) for frame in (thigh, shank, foot)
            )
    foot = compose(foot, about_y(-outward * get("eversion")))
    knee = add(hip, rotate(thigh, scale(_DOWN, THIGH)))
    ankle = add(knee, rotate(shank, scale(_DOWN, SHANK)))
    body.frames |= {f"{side}.thigh": thigh, f"{side}.shank": shank, f"{side}.foot": foot}
    body.joints |= {f"{side}.knee": knee, f"{side}.ankle": ankle}
    for name, forward in (("heel", -HEEL_BACK), ("ball", BALL_FORWARD)):
        body.joints[f"{side}.{name}"] = add(ankle, rotate(foot, (0.0, forward, -FOOT_HEIGHT)))
    _toes(body, side)


def _toes(body: Body, side: str) -> None:
    """Bend the toes up where the foot stands on its ball."""
    foot, ball = body.frames[f"{side}.foot"], body.joints[f"{side}.ball"]
    pitch = degrees(asin(min(max(-foot[1][2], -1.0), 1.0)))
    bend = min(pitch, 75.0) if pitch > 0 and ball[2] < TOES else 0.0
    toes = compose(foot, about_x(bend * min((TOES - ball[2]) / (TOES / 2), 1.0)))
    body.frames[f"{side}.toes"] = toes
    body.joints[f"{side}.toe"] = add(ball, scale(toes[1], TOE_FORWARD - BALL_FORWARD))


def _arm(body: Body, numbers: Numbers, words: dict[str, str], side: str, outward: float) -> None:
    def get(name: str) -> float:
        return numbers.get(f"{side}.{name}", 0.0)

    shoulder = body.joints[f"{side}.shoulder"]
    ribs = body.frames["ribs"]
    target = _hand_target(body, numbers, words.get(f"{side}.hand_on"), side, outward)
    flat = None
    if target is not None:
        end, sizes = target, (UPPER_ARM, FOREARM + GRIP)
        palm = words.get(f"{side}.palm")
        if palm in ("wall", "down"):
            flat = _flat_hand(palm, sub(target, shoulder), outward)
            end, sizes = add(target, scale(flat[2], GRIP)), (UPPER_ARM, FOREARM)
        pole = rotate(ribs, (outward * 0.45, -0.25, -0.85))
        pole = _opened(pole, shoulder, end, -outward * get("elbow_out"))
        upper, fore = _two_bone_limb(body, f"{side}.arm", (shoulder, end), sizes, pole, knee=False)
        if palm == "thumb up":
            flat = _bone(scale(fore[2], -1), (0.0, 0.0, 1.0))
    else:
        upper = compose(ribs, about_x(get("shoulder")))
        upper = compose(upper, about_y(-outward * get("shoulder_abd")))
        upper = compose(upper, about_z(-outward * get("shoulder_rotation")))
        fore = compose(upper, about_x(get("elbow")))
    hand = flat or compose(fore, about_x(get("wrist")))
    elbow = add(shoulder, rotate(upper, scale(_DOWN, UPPER_ARM)))
    wrist = add(elbow, rotate(fore, scale(_DOWN, FOREARM)))
    body.frames |= {f"{side}.upper": upper, f"{side}.fore": fore, f"{side}.hand": hand}
    body.joints |= {f"{side}.elbow": elbow, f"{side}.wrist": wrist}
    body.joints[f"{side}.hand"] = add(wrist, rotate(hand, scale(_DOWN, GRIP)))


def _flat_hand(palm: str, reach: Vec, outward: float) -> Mat:
    """Return the frame of a hand that lies flat, the thumb towards the other hand."""
    if palm == "wall":
        z: Vec = (0.0, 0.0, -1.0)
        y: Vec = (-outward, 0.0, 0.0)
    else:
        z = unit((-reach[0], -reach[1], 0.0), (0.0, -1.0, 0.0))
        y = scale(cross((0.0, 0.0, 1.0), z), -outward)
    return (cross(y, z), y, z)


def _hand_target(
    body: Body, numbers: Numbers, on: str | None, side: str, outward: float
) -> Vec | None:
    ribs, waist = body.frames["ribs"], body.joints["waist"]
    if on is not None:
        frame, (out, forward, up) = _HAND_PLACES[on]
        start = {"ribs": waist, "pelvis": body.joints["hips"], "thigh": body.joints[f"{side}.hip"]}
        bone = body.frames[f"{side}.thigh" if frame == "thigh" else frame]
        return add(start[frame], rotate(bone, (outward * out, forward, up)))
    place = _point(numbers, f"{side}.hand")
    if place is not None:
        beside = (outward * place[0], place[1], place[2])
        return add(waist, rotate(ribs, add(_BREASTBONE, beside)))
    place = _point(numbers, f"{side}.hand_at")
    return None if place is None else (outward * place[0], place[1], place[2])


def _knee_direction(body: Body, toes: Vec, hip: Vec, ankle: Vec) -> Vec:
    """Return the direction of the knee: that of the toes, or the pelvis's if they point along."""
    along = dot(toes, unit(sub(ankle, hip)))
    return add(scale(toes, 1 - along * along), scale(body.frames["pelvis"][1], 0.25))


def _opened(pole: Vec, start: Vec, end: Vec, degrees_outward: float) -> Vec:
    """Rotate a knee's or elbow's direction outward about the line from joint to target."""
    return rotate_about(pole, unit(sub(end, start)), degrees_outward)


def _rotated_about(frame: Mat, axis: Vec, angle: float) -> Mat:
    return (
        rotate_about(frame[0], axis, angle),
        rotate_about(frame[1], axis, angle),
        rotate_about(frame[2], axis, angle),
    )


def _two_bone_limb(
    body: Body, limb: str, ends: tuple[Vec, Vec], sizes: tuple[float, float], pole: Vec, knee: bool
) -> tuple[Mat, Mat]:
    """Return the frames of both bones, bent toward the pole for a knee, away for an elbow."""
    start, end = ends
    first, second = sizes
    gap = distance(start, end)
    reach = first + second
    if gap > reach - 1e-4:
        if gap > reach:
            body.beyond[limb] = gap - reach
        gap = reach - 1e-4
    gap = max(gap, abs(first - second) + 1e-4)
    axis = unit(sub(end, start), _DOWN)
    side = unit(reject(pole, axis), (0.0, 1.0, 0.0))
    along = (first * first + gap * gap - second * second) / (2 * gap)
    out = sqrt(max(first * first - along * along, 0.0))
    middle = add(scale(axis, along), scale(side, out))
    upper = _bone(middle, side if knee else scale(side, -1))
    lower_z = unit(sub(middle, scale(axis, gap)))
    return upper, (upper[0], cross(lower_z, upper[0]), lower_z)


def _bone(direction: Vec, forward: Vec) -> Mat:
    z = unit(scale(direction, -1))
    y = unit(reject(forward, z), (0.0, 1.0, 0.0))
    return (cross(y, z), y, z)


def hip_angles(body: Body, side: str) -> tuple[float, float]:
    """Return the flexion and abduction of the thigh relative to the pelvis."""
    outward = -1.0 if side == "left" else 1.0
    x, y, z = to_local(body.frames["pelvis"], body.frames[f"{side}.thigh"][2])
    return degrees(atan2(-y, z)), degrees(atan2(-outward * x, sqrt(y * y + z * z)))


def bend_angle(body: Body, upper: str, lower: str) -> float:
    """Return the angle between two bones; 0 is straight."""
    return degrees(acos(min(max(dot(body.frames[upper][2], body.frames[lower][2]), -1.0), 1.0)))


def dorsiflexion(body: Body, side: str) -> float:
    _, y, z = to_local(body.frames[f"{side}.shank"], body.frames[f"{side}.foot"][1])
    return degrees(atan2(z, y))
