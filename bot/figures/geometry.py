"""The checks of a pose: faults with their place in the file.

Times and names are checked first, then moments of the whole loop.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.figures.bands import LONGEST_STRETCH, SLACK, attachment_of, stretch_of
from bot.figures.camera import STEP_HIGH, camera_of, shows
from bot.figures.motion import SIDES, Numbers, flattened, key_numbers
from bot.figures.pose import Arrow, Band, Glow, Pose, Sign
from bot.figures.skeleton import (
    SUPPORTS,
    Body,
    Figure,
    bend_angle,
    bone_lengths,
    dorsiflexion,
    hip_angles,
)
from bot.figures.vectors import Vec, add, distance, interpolate, scale, sub, to_local

SLIDES = 0.006  # of height: how far a support may move
BONE = 0.0005
UNDER_FLOOR = 0.012
FACE = 0.078  # of height: the least distance of a band's middle line from the middle of the head
OUT_OF_REACH = 0.002
FLAT = 2.0  # degrees: the tolerance of a flat foot
JUMP = 0.01  # of height: how far the last moment may be from the first
PER_SECOND = 12

# The range of each joint in degrees, so wide that a pose beyond it is a mistake.
_RANGES = {
    "hip": (-35.0, 130.0),
    "abd": (-35.0, 65.0),
    "knee": (-4.0, 150.0),
    "ankle": (-60.0, 45.0),
    "eversion": (-40.0, 30.0),
    "rotation": (-50.0, 70.0),
    "shoulder": (-70.0, 190.0),
    "shoulder_abd": (-60.0, 190.0),
    "elbow": (-5.0, 155.0),
    "wrist": (-95.0, 95.0),
}
_CLEARANCES = {"knee": 0.020, "elbow": 0.012, "hand": 0.004, "ankle": 0.015}
# The trunk as elliptic cylinders: frame, joint, half width, half depth, low, high.
_TRUNK = (
    ("ribs", "waist", 0.070, 0.045, 0.0, 0.175),
    ("pelvis", "hips", 0.066, 0.046, -0.01, 0.09),
)


@dataclass(frozen=True, slots=True)
class PoseFault:
    """What is wrong in a pose, and the place in its file, such as keys.2.left.foot."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


def pose_faults(pose: Pose) -> list[PoseFault]:
    """Return the faults of a pose; one without faults can be drawn."""
    faults = [*_time_faults(pose), *_name_faults(pose), *_target_faults(pose)]
    if faults:
        return faults
    found: dict[str, PoseFault] = {}
    for fault in (*_flat_foot_faults(pose), *_moment_faults(pose)):
        found.setdefault(f"{fault.place} {fault.what.split(' at ')[0]}", fault)
    return list(found.values())


def _time_faults(pose: Pose) -> Iterator[PoseFault]:
    if pose.keys[0].t != 0:
        yield PoseFault("keys.0.t", "the first key is at 0")
    end = -1.0
    for number, key in enumerate(pose.keys):
        if key.t <= end:
            yield PoseFault(
                f"keys.{number}.t", f"{key.t:g} is not after {end:g}, where the key before ends"
            )
        end = key.t + key.hold
    if end > pose.loop:
        yield PoseFault("loop", f"{pose.loop:g} is before the last key ends, at {end:g}")
    for name in ("still", "ghost"):
        time = getattr(pose, name)
        if time is not None and time > pose.loop:
            yield PoseFault(name, f"{time:g} is after the loop's end, {pose.loop:g}")
    spans: dict[str, tuple[Arrow | Sign | Glow, ...]] = {
        "arrows": pose.arrows,
        "signs": pose.signs,
        "glows": pose.glows,
    }
    for name, those in spans.items():
        for number, span in enumerate(those):
            if not 0 <= span.start < span.end <= pose.loop:
                yield PoseFault(
                    f"{name}.{number}", "start and end lie in the loop, one after the other"
                )


def _name_faults(pose: Pose) -> Iterator[PoseFault]:
    known: set[str] = set()
    for number, key in enumerate(pose.keys):
        if key.like is not None and key.like not in known:
            yield PoseFault(f"keys.{number}.like", f"no key before is named {key.like}")
        if key.name:
            known.add(key.name)
    for number, band in enumerate(pose.bands):
        if "anchor" in band.path and pose.anchor is None:
            yield PoseFault(f"bands.{number}.path", "leads to an anchor, but there is no [anchor]")


def _target_faults(pose: Pose) -> Iterator[PoseFault]:
    """Check that limbs with a target, and hips with a place, have it from the first key on."""
    start, start_words = flattened(pose.pose)
    first, words = flattened(pose.keys[0])
    first, words = start | first, start_words | words
    for number, key in enumerate(pose.keys[1:], start=1):
        numbers, key_words = flattened(key)
        for name in numbers:
            if name.endswith(".x") and name not in first:
                place = name.removesuffix(".x")
                yield PoseFault(f"keys.{number}.{place}", "is missing at the first key")
        for name, word in key_words.items():
            if words.get(name) != word:
                yield PoseFault(f"keys.{number}.{name}", "must stay the same through the loop")
    for side in SIDES:
        targets = [name for name in ("hand", "hand_at") if f"{side}.{name}.x" in first]
        if len(targets) + (f"{side}.hand_on" in words) > 1:
            yield PoseFault(f"pose.{side}", "the hand has two targets")
    supports = [body.rests_on for body in (pose.pose, *pose.keys)]
    if "hips" in supports and pose.posture != "side-lying" and "hips.x" not in first:
        yield PoseFault("pose.hips", "rests_on hips needs hips = [x, y, z]")


def _flat_foot_faults(pose: Pose) -> Iterator[PoseFault]:
    """Check lean = hip - knee + ankle for a standing foot, which the geometry of a leg implies."""
    if pose.posture != "standing":
        return
    support = pose.pose.rests_on or ("hips" if "hips.x" in flattened(pose.pose)[0] else "left foot")
    for number, (key, numbers) in enumerate(zip(pose.keys, key_numbers(pose), strict=True)):
        support = key.rests_on or support
        side, _, point = support.partition(" ")
        if point != "foot" or f"{side}.foot.x" in numbers:
            continue
        flat = _degrees(numbers, side, "hip") - _degrees(numbers, side, "knee")
        flat += _degrees(numbers, side, "ankle")
        lean = numbers.get("lean", 0.0)
        if abs(lean - flat) > FLAT:
            yield PoseFault(
                f"keys.{number}.{side}",
                f"the foot is not flat: lean {lean:g} is not hip - knee + ankle = {flat:g}",
            )


def _degrees(numbers: Numbers, side: str, name: str) -> float:
    return numbers.get(f"{side}.{name}", 0.0)


def _moment_faults(pose: Pose) -> Iterator[PoseFault]:
    figure = Figure(pose)
    camera = camera_of(pose, figure)
    steps = max(round(pose.loop * PER_SECOND), 12)
    times = [pose.loop * number / steps for number in range(steps + 1)]
    bodies = [figure.body_at(time) for time in times]
    for time, body in zip(times, bodies, strict=True):
        place = f"keys.{_key_at(pose, time)}"
        for fault in _body_faults(body):
            yield PoseFault(f"{place}{fault.place}", f"{fault.what} at {time:.1f} s")
        head = sub(body.joints["head"], figure.travelled(time))
        if pose.frame is None and not shows(camera, head):
            yield PoseFault("frame", f"the head is outside the picture at {time:.1f} s")
    yield from _band_faults(pose, times, bodies)
    yield from _sliding_faults(pose, figure, times, bodies)
    travel = (pose.travel[0], pose.travel[1], 0.0)
    if any(
        distance(sub(joint, travel), bodies[0].joints[name]) > JUMP
        for name, joint in bodies[-1].joints.items()
    ):
        yield PoseFault("loop", "the end does not meet the beginning")


def _key_at(pose: Pose, time: float) -> int:
    return max((i for i, key in enumerate(pose.keys) if key.t <= time + 1e-9), default=0)


def _body_faults(body: Body) -> Iterator[PoseFault]:
    for limb, excess in body.beyond.items():
        if excess > OUT_OF_REACH:
            yield PoseFault(f".{limb}", f"its target is {excess:.3f} out of reach")
    for (a, b), size in bone_lengths().items():
        if abs(distance(body.joints[a], body.joints[b]) - size) > BONE:
            yield PoseFault(f".{b}", "the bone changes its length")
    for side in SIDES:
        yield from _joint_faults(body, side)
        yield from _arm_faults(body, side)
    yield from _floor_faults(body)


def _joint_faults(body: Body, side: str) -> Iterator[PoseFault]:
    hip, abd = hip_angles(body, side)
    reached = {
        "hip": hip,
        "abd": abd,
        "knee": bend_angle(body, f"{side}.thigh", f"{side}.shank"),
        "ankle": dorsiflexion(body, side),
        "elbow": bend_angle(body, f"{side}.upper", f"{side}.fore"),
    }
    for name, degrees in reached.items():
        low, high = _RANGES[name]
        if not low <= degrees <= high:
            what = f"{name} is {degrees:.0f} degrees, a joint has {low:g} to {high:g}"
            yield PoseFault(f".{side}.{name}", what)


def _arm_faults(body: Body, side: str) -> Iterator[PoseFault]:
    """Check the arm up to just above the elbow: the upper arm begins inside the trunk."""
    hand, wrist, elbow, shoulder = (
        body.joints[f"{side}.{name}"] for name in ("hand", "wrist", "elbow", "shoulder")
    )
    points = [("hand", hand), ("hand", wrist)]
    points += [("forearm", interpolate(wrist, elbow, share)) for share in (0.25, 0.5, 0.75)]
    points += [("elbow", elbow), ("elbow", interpolate(elbow, shoulder, 0.25))]
    for name, point in points:
        for frame, joint, wide, deep, low, high in _TRUNK:
            x, y, z = to_local(body.frames[frame], sub(point, body.joints[joint]))
            if low < z < high and (x / wide) ** 2 + (y / deep) ** 2 < 1:
                yield PoseFault(f".{side}.hand", f"the {name} goes through the trunk")
                return


def _floor_faults(body: Body) -> Iterator[PoseFault]:
    for side in SIDES:
        for point in ("heel", "ball", "toe", "knee", "elbow", "hand", "ankle"):
            above = _CLEARANCES.get(point, 0.0)
            if body.joints[f"{side}.{point}"][2] < above - UNDER_FLOOR:
                yield PoseFault(f".{side}.{point}", f"the {point} is under the floor")
    for point, above in (("head", 0.05), ("hips", 0.06), ("shoulders", 0.05)):
        if body.joints[point][2] < above - UNDER_FLOOR:
            yield PoseFault(f".{point}", f"the {point} would be under the floor")


def _band_faults(pose: Pose, times: list[float], bodies: list[Body]) -> Iterator[PoseFault]:
    for number, band in enumerate(pose.bands):
        lengths = [
            (stretch_of(body, pose.anchor, band), time)
            for time, body in zip(times, bodies, strict=True)
        ]
        (short, slack), (long, taut) = min(lengths), max(lengths)
        if long > LONGEST_STRETCH:
            what = f"is {long:.1f} times its length at rest at {taut:.1f} s, more than 3"
            yield PoseFault(f"bands.{number}.rest", what)
        if band.taut and short < SLACK:
            what = f"hangs loose at {slack:.1f} s: {short:.2f} of its length at rest"
            yield PoseFault(f"bands.{number}.rest", what)
        for time, body in zip(times, bodies, strict=True):
            near, point = _nearest_to_head(body, pose, band)
            if near < FACE:
                what = f"passes {near:.3f} from the middle of the head at {time:.1f} s"
                yield PoseFault(f"bands.{number}.path", what)
                break
            if band.kind == "strip" and _between_hands(band) and _over_chin(body, point):
                what = f"is above the chin at {time:.1f} s: it could snap into the face"
                yield PoseFault(f"bands.{number}.path", what)
                break


def _nearest_to_head(body: Body, pose: Pose, band: Band) -> tuple[float, Vec]:
    """Return the least distance of a band from the middle of the head, and where it is."""
    head = body.joints["head"]
    attachments = [attachment_of(body, pose.anchor, point) for point in band.path]
    points = [
        interpolate(a.point, b.point, number / 12)
        for a, b in pairwise(attachments)
        for number in range(13)
    ]
    nearest = min(points, key=lambda point: distance(point, head))
    return distance(nearest, head), nearest


def _between_hands(band: Band) -> bool:
    """Return whether the band is held in both hands, where it can snap at its holder."""
    return set(band.path) == {"left hand", "right hand"}


def _over_chin(body: Body, point: Vec) -> bool:
    chin = add(body.joints["head"], scale(body.frames["head"][2], -0.06))
    return to_local(body.frames["ribs"], sub(point, chin))[2] > 0


def _sliding_faults(
    pose: Pose, figure: Figure, times: list[float], bodies: list[Body]
) -> Iterator[PoseFault]:
    for place, joint, start, end in _contacts(pose, figure):
        spots = [
            body.joints[joint]
            for time, body in zip(times, bodies, strict=True)
            if start <= time <= end
        ]
        if spots and (moved := max(distance(spots[0], spot) for spot in spots)) > SLIDES:
            yield PoseFault(place, f"{joint} is a support, but moves {moved:.3f}")
    steps = [prop.size or STEP_HIGH for prop in pose.props if prop.kind == "step"]
    levels = [0.0, *steps]
    for side in SIDES:
        first: Body | None = None
        for time, body in zip(times, bodies, strict=True):
            if not any(_stands_on(body, side, height) for height in levels):
                first = None
                continue
            first = first or body
            slid = distance(body.joints[f"{side}.ball"], first.joints[f"{side}.ball"])
            if slid > 2.5 * SLIDES:
                what = f"the foot slides on the floor by {slid:.3f} at {time:.1f} s: lift it"
                yield PoseFault(f"keys.{_key_at(pose, time)}.{side}.foot", what)
                break


def _contacts(pose: Pose, figure: Figure) -> Iterator[tuple[str, str, float, float]]:
    for number, contact in enumerate(pose.contacts):
        end = pose.loop if contact.end is None else contact.end
        yield f"contacts.{number}", SUPPORTS[contact.point][0], contact.start, end
    supports = figure.motion.supports
    for (start, support), (end, _) in zip(supports, (*supports[1:], (pose.loop, "")), strict=True):
        if support != "hips":
            yield "pose.rests_on", SUPPORTS[support][0], start, end - 1e-6


def _stands_on(body: Body, side: str, height: float) -> bool:
    """Return whether the whole sole is on the floor or on a step of this height."""
    if abs(body.frames[f"{side}.foot"][0][2]) > 0.05:
        return False
    return all(
        abs(body.joints[f"{side}.{point}"][2] - height) < 0.002 for point in ("heel", "ball")
    )
