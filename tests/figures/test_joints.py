"""Properties of shipped poses in every frame, measured on the joints alone.

Nothing here uses the checks that refuse a pose: a fault in those would not hide one here.
"""

import tomllib
from itertools import pairwise
from math import dist
from pathlib import Path

import pytest

from bot.content.reading import shipped
from bot.figures.geometry import pose_faults
from bot.figures.pose import Pose
from bot.figures.skeleton import Body, Figure

FRAMES_PER_SECOND = 25
FILES = sorted(shipped().glob("exercises/*/pose*.toml"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]
SIDES = ("left", "right")
Point = tuple[float, float, float]

BONES = [
    ("hips", "waist"),
    ("waist", "shoulders"),
    ("neck", "head"),
    ("left.hip", "right.hip"),
    *(
        (f"{side}.{a}", f"{side}.{b}")
        for side in SIDES
        for a, b in (
            ("hip", "knee"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("ankle", "ball"),
            ("heel", "ball"),
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("wrist", "hand"),
        )
    ),
]
FLAT_AT = 0.0005  # heel and ball this low, a millimetre: the foot stands
MAY_SLIDE = 0.008  # of height: a good centimetre, over a whole stand
TRUNK = 0.055  # a hand or elbow nearer to the spine's line is inside the body
CHIN = 0.055  # from the middle of the head towards the neck


def load(file: Path) -> Pose:
    return Pose.model_validate(tomllib.loads(file.read_text()))


def frames(pose: Pose) -> list[Body]:
    figure = Figure(pose)
    count = round(pose.loop * FRAMES_PER_SECOND)
    return [figure.body_at(pose.loop * number / count) for number in range(count + 1)]


def longest_slide(bodies: list[Body]) -> float:
    """Return the greatest distance of a standing foot's ball from where it was put down."""
    longest = 0.0
    for side in SIDES:
        put: Point | None = None
        for body in bodies:
            heel, ball = body.joints[f"{side}.heel"], body.joints[f"{side}.ball"]
            tilted = abs(body.frames[f"{side}.foot"][0][2]) > 0.05
            if tilted or abs(heel[2]) > FLAT_AT or abs(ball[2]) > FLAT_AT:
                put = None
                continue
            put = put or ball
            longest = max(longest, dist(put, ball))
    return longest


def to_line(at: Point, a: Point, b: Point) -> float:
    """Return the distance from a point to a line segment; infinite beyond its ends."""
    along = [q - p for p, q in zip(a, b, strict=True)]
    way = sum(c * (p - q) for c, p, q in zip(along, at, a, strict=True))
    share = way / sum(c * c for c in along)
    if not 0 < share < 0.95:
        return float("inf")
    return dist(at, [p + c * share for p, c in zip(a, along, strict=True)])


def nearest_to_spine(bodies: list[Body]) -> float:
    """Return the least distance of hand, wrist, elbow and forearm from the axis of the trunk."""
    nearest = float("inf")
    for body in bodies:
        joints = body.joints
        for side in SIDES:
            wrist, elbow = joints[f"{side}.wrist"], joints[f"{side}.elbow"]
            middle = tuple((a + b) / 2 for a, b in zip(wrist, elbow, strict=True))
            for at in (joints[f"{side}.hand"], wrist, middle, elbow):
                for a, b in (("hips", "waist"), ("waist", "shoulders")):
                    nearest = min(nearest, to_line(at, joints[a], joints[b]))
    return nearest


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_bones_keep_their_length(file: Path) -> None:
    first, *rest = frames(load(file))
    for a, b in BONES:
        size = dist(first.joints[a], first.joints[b])
        for body in rest:
            assert dist(body.joints[a], body.joints[b]) == pytest.approx(size, abs=1e-6), (a, b)


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_feet_do_not_slide(file: Path) -> None:
    assert longest_slide(frames(load(file))) < MAY_SLIDE


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_arms_stay_out_of_the_trunk(file: Path) -> None:
    assert nearest_to_spine(frames(load(file))) > TRUNK


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_nothing_sinks_into_the_floor(file: Path) -> None:
    for body in frames(load(file)):
        name, at = min(body.joints.items(), key=lambda item: item[1][2])
        assert at[2] > -0.012, name


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_what_rests_stays_where_it_is(file: Path) -> None:
    """A support does not move as long as the file names it."""
    pose = load(file)
    said = [body.rests_on for body in (pose.pose, *pose.keys) if body.rests_on]
    if len(said) != 1 or said[0] == "hips":
        return
    place = {"back": "hips", "belly": "hips", "seat": "hips", "shoulders": "shoulders"}
    side, _, name = said[0].partition(" ")
    joint = place.get(said[0]) or f"{side}.{'ankle' if name == 'foot' else name}"
    first, *rest = frames(pose)
    assert all(dist(first.joints[joint], body.joints[joint]) < 0.006 for body in rest)


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_band_between_the_hands_stays_below_the_chin(file: Path) -> None:
    """It could snap into the face; a loop round the wrists may rise."""
    pose = load(file)
    if not any(set(band.path) == {"left hand", "right hand"} for band in pose.bands):
        return
    for body in frames(pose):
        head, neck = body.joints["head"], body.joints["neck"]
        chin = head[2] + (neck[2] - head[2]) / dist(neck, head) * CHIN
        assert max(body.joints[f"{side}.hand"][2] for side in SIDES) < chin


def test_the_pull_apart_is_one_of_those_and_meets_the_chest() -> None:
    pose = load(shipped() / "exercises" / "band-pull-apart" / "pose.toml")
    assert [set(band.path) for band in pose.bands] == [{"left hand", "right hand"}]
    body = Figure(pose).body_at(pose.still)
    left, right, chest = (body.joints[name] for name in ("left.hand", "right.hand", "chest"))
    middle = [(a + b) / 2 for a, b in zip(left, right, strict=True)]
    assert dist(middle, chest) < 0.04
    assert dist(left, right) > 0.85


def leads_a_flat_foot(pose: Pose) -> bool:
    sides = (pose.pose.both, pose.pose.left)
    joints = Figure(pose).body_at(0.0).joints
    flat = all(abs(joints[f"left.{point}"][2]) < FLAT_AT for point in ("heel", "ball"))
    return flat and any(side is not None and side.foot is not None for side in sides)


STEPS = [file for file in FILES if leads_a_flat_foot(load(file))]


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", STEPS, ids=[f"{file.parent.name}/{file.stem}" for file in STEPS])
def test_a_foot_that_is_moved_on_the_floor_is_noticed(file: Path) -> None:
    """Move a standing left foot outward by 3 % from the first key to the second, and back."""
    pose = load(file)
    content = pose.model_dump(exclude_none=True)
    start = (pose.pose.left and pose.pose.left.foot) or (pose.pose.both and pose.pose.both.foot)
    assert start is not None
    out, forward, up = start
    moved = {"left": {"foot": (out + 0.03, forward, up)}}
    content["keys"] = [{"t": 0.0}, {"t": pose.loop / 2, **moved}]
    content["pose"]["left"] = (content["pose"].get("left") or {}) | {"foot": start}
    content |= {"bands": (), "props": (), "arrows": (), "contacts": ()}
    dragged = Pose.model_validate(content)
    assert longest_slide(frames(dragged)) > MAY_SLIDE
    assert any("slides on the floor" in str(fault) for fault in pose_faults(dragged))


def test_a_hand_or_an_elbow_in_the_belly_is_noticed() -> None:
    for arm in ({"hand": (0.0, -0.05, -0.02)}, {"shoulder_abd": -50, "elbow": 0}):
        content = {
            "view": "side",
            "posture": "standing",
            "loop": 2,
            "still": 1,
            "pose": {"lean": 5, "both": {"hip": 15, "knee": 15, "ankle": 5} | arm},
            "keys": [{"t": 0}],
        }
        pose = Pose.model_validate(content)
        assert nearest_to_spine(frames(pose)) < TRUNK
        assert any("through the trunk" in str(fault) for fault in pose_faults(pose))


@pytest.mark.slow
def test_a_loop_comes_back_to_its_beginning() -> None:
    for file in FILES:
        pose = load(file)
        bodies = frames(pose)
        for name, at in bodies[0].joints.items():
            end = bodies[-1].joints[name]
            assert dist(end, (at[0] + pose.travel[0], at[1] + pose.travel[1], at[2])) < 1e-6


@pytest.mark.slow
def test_no_joint_jumps_from_one_frame_to_the_next() -> None:
    for file in FILES:
        for before, after in pairwise(frames(load(file))):
            for name, at in before.joints.items():
                assert dist(at, after.joints[name]) < 0.08, (file.parent.name, name)
