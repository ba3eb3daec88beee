"""The pictures show what the words say, measured on the joints in every frame."""

from itertools import pairwise
from math import acos, asin, degrees, dist
from pathlib import Path

import pytest

from bot.content.reading import shipped
from bot.figures.pose import Pose
from bot.figures.skeleton import Body
from tests.figures.test_joints import FILES, NAMES, SIDES, Point, frames, load

EXERCISES = shipped() / "exercises"
HEAD_TO_FOREHEAD = 0.02  # of height


def pose_of(name: str) -> Pose:
    """Return the pose of an exercise, or of a form such as "band-row/seated"."""
    exercise, _, form = name.partition("/")
    return load(EXERCISES / exercise / (f"pose-{form}.toml" if form else "pose.toml"))


def shown(name: str) -> list[Body]:
    return frames(pose_of(name))


def angle(a: Point, at: Point, b: Point) -> float:
    """Return by how many degrees a limb is bent at its middle joint; 0 is straight."""
    one = [p - q for p, q in zip(at, a, strict=True)]
    two = [p - q for p, q in zip(b, at, strict=True)]
    cosine = sum(p * q for p, q in zip(one, two, strict=True)) / (dist(at, a) * dist(b, at))
    return degrees(acos(min(max(cosine, -1.0), 1.0)))


def knee(body: Body, side: str) -> float:
    return angle(*(body.joints[f"{side}.{joint}"] for joint in ("hip", "knee", "ankle")))


def height(body: Body, joint: str) -> float:
    return body.joints[joint][2]


def turned(body: Body, frame: str) -> float:
    """Return by how many degrees a part of the trunk is turned to the runner's left."""
    return degrees(asin(min(max(-body.frames[frame][1][0], -1.0), 1.0)))


def spread(values: list[float]) -> float:
    return max(values) - min(values)


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_knees_and_elbows_bend_the_right_way(file: Path) -> None:
    """The shank swings behind the thigh, the forearm before the upper arm."""
    for body in frames(load(file)):
        for side in SIDES:
            for upper, lower, way in (("thigh", "shank", -1), ("upper", "fore", 1)):
                forward, tip = (
                    body.frames[f"{side}.{upper}"][1],
                    body.frames[f"{side}.{lower}"][2],
                )
                swing = -sum(p * q for p, q in zip(forward, tip, strict=True))
                assert swing * way > -0.08, (side, upper)


WALLS = [(file, prop.at[1]) for file in FILES for prop in load(file).props if prop.kind == "wall"]


@pytest.mark.parametrize(
    ("file", "wall"), WALLS, ids=[f"{file.parent.name}/{file.stem}" for file, _ in WALLS]
)
def test_no_limb_goes_through_a_wall_and_a_hand_on_it_touches_it(file: Path, wall: float) -> None:
    pose = load(file)
    side = pose.pose.left.palm if pose.pose.left else None
    for body in frames(pose):
        room = 1 if body.joints["hips"][1] < wall else -1
        for name, at in body.joints.items():
            assert (wall - at[1]) * room > 0.01, name
        if side == "wall":
            assert wall - body.joints["left.hand"][1] < 0.03


@pytest.mark.parametrize("name", ["lateral-band-walk", "sumo-squat-walk"])
def test_a_side_walk_leads_right_and_the_other_foot_comes_as_far(name: str) -> None:
    bodies = shown(name)
    start, end = bodies[0], bodies[-1]
    lifted = next(side for body in bodies for side in SIDES if height(body, f"{side}.heel") > 0.005)
    assert lifted == "right"
    assert end.joints["hips"][0] - start.joints["hips"][0] > 0.2
    stance = [b.joints["right.ankle"][0] - b.joints["left.ankle"][0] for b in bodies]
    assert min(stance) == pytest.approx(stance[0], abs=0.005), "never narrower than at first"
    assert spread([height(body, "head") for body in bodies]) < 0.005, "the head keeps its height"


def test_the_twist_begins_facing_forward_and_turns_right_over_still_hips() -> None:
    bodies = shown("standing-band-twist")
    assert turned(bodies[0], "ribs") == pytest.approx(0, abs=0.5)
    assert min(turned(body, "ribs") for body in bodies) == pytest.approx(-45, abs=1)
    assert max(turned(body, "ribs") for body in bodies) < 0.5
    assert all(turned(body, "pelvis") == pytest.approx(0, abs=0.1) for body in bodies)
    anchor = pose_of("standing-band-twist").anchor
    assert anchor is not None
    assert anchor.at[0] < -0.5, "on the left"


@pytest.mark.parametrize("name", ["pallof-press", "pallof-press/hold"])
def test_the_hands_of_the_press_go_straight_out_and_nothing_turns(name: str) -> None:
    for body in shown(name):
        assert turned(body, "ribs") == pytest.approx(0, abs=0.1)
        left, right = body.joints["left.hand"], body.joints["right.hand"]
        assert (left[0] + right[0]) / 2 == pytest.approx(body.joints["hips"][0], abs=0.005)


def test_the_hydrant_lifts_a_bent_knee_half_way_and_the_pelvis_stays_level() -> None:
    bodies = shown("fire-hydrant")
    for body in bodies:
        assert 85 < knee(body, "right") < 97
        assert height(body, "left.hip") == pytest.approx(height(body, "right.hip"), abs=0.001)
    hip, raised = bodies[0].joints["right.hip"], max(height(b, "right.knee") for b in bodies)
    assert raised < hip[2] - 0.1, "below level"


@pytest.mark.parametrize(
    "name", ["standing-leg-raise-3way", "standing-leg-raise-3way/back", "band-hip-adduction"]
)
def test_the_pelvis_stays_level_and_the_trunk_still_while_a_leg_moves(name: str) -> None:
    bodies = shown(name)
    for body in bodies:
        assert height(body, "left.hip") == pytest.approx(height(body, "right.hip"), abs=0.001)
        for joint in ("hips", "shoulders", "left.hand"):
            assert dist(body.joints[joint], bodies[0].joints[joint]) < 0.002


def test_the_heel_stays_down_while_the_foot_in_front_is_pulled_up() -> None:
    bodies = shown("ankle-dorsiflexion")
    for body in bodies:
        assert abs(height(body, "right.heel")) < 0.006
        assert body.joints["right.heel"][1] > body.joints["left.heel"][1]
    assert max(height(body, "right.ball") for body in bodies) > 0.04


def test_both_forearms_stay_flat_on_the_wall_up_to_the_forehead() -> None:
    bodies = shown("band-wall-slide")
    for body in bodies:
        for side in SIDES:
            depths = [body.joints[f"{side}.{joint}"][1] for joint in ("elbow", "wrist", "hand")]
            assert spread(depths) < 0.01
            assert 0.015 < 0.226 - max(depths) < 0.04
    top = max(bodies, key=lambda body: height(body, "right.elbow"))
    assert height(top, "right.elbow") > height(top, "head") + HEAD_TO_FOREHEAD - 0.01
    first = bodies[0]
    assert height(first, "right.elbow") == pytest.approx(height(first, "right.shoulder"), abs=0.01)


def test_the_march_lifts_the_knee_to_hip_height_on_a_straight_leg() -> None:
    bodies = shown("hip-flexion-march")
    for side, other in (SIDES, SIDES[::-1]):
        top = max(bodies, key=lambda body, side=side: height(body, f"{side}.knee"))
        assert height(top, f"{side}.knee") == pytest.approx(height(top, f"{side}.hip"), abs=0.012)
        assert knee(top, other) < 8
        assert height(top, f"{side}.toe") > height(top, f"{side}.heel"), "toes up"


def test_the_letters_are_lifted_a_hands_width_with_the_forehead_down() -> None:
    bodies = shown("prone-ytw")
    rises = [height(body, "right.hand") for body in bodies]
    assert 0.04 < spread(rises) < 0.08
    assert spread([height(body, "head") for body in bodies]) < 1e-6
    assert all(body.frames[f"{side}.hand"][1][2] > 0.9 for body in bodies for side in SIDES)


def test_the_side_plank_is_one_line_until_the_cross_shows_what_is_wrong() -> None:
    pose, bodies = pose_of("side-plank-clam"), shown("side-plank-clam")
    (cross,) = pose.signs
    count = len(bodies) - 1
    for number, body in enumerate(bodies):
        time = pose.loop * number / count
        bend = angle(*(body.joints[f"left.{joint}"] for joint in ("shoulder", "hip", "knee")))
        if time < pose.keys[3].t:
            assert bend < 15
            assert body.joints["left.elbow"][0] == pytest.approx(
                body.joints["left.shoulder"][0], abs=0.03
            )
        if height(body, "hips") < 0.15:
            assert cross.start < time < cross.end
    lowest = min(height(body, "hips") for body in bodies)
    assert bodies[0].joints["hips"][2] - lowest > 0.05


def test_the_forms_of_the_calf_raise_keep_their_knees_as_they_are() -> None:
    bent, single = shown("band-calf-raise/bent-knee"), shown("band-calf-raise/single-leg")
    for side in SIDES:
        knees = [knee(body, side) for body in bent]
        assert min(knees) >= 30
        assert max(knees) <= 45
        assert spread(knees) < 2
    assert max(knee(body, "right") for body in single) < 15
    assert min(height(body, "left.toe") for body in single) > 0.03, "the other foot is in the air"


def test_the_squat_to_a_chair_touches_the_seat_softly() -> None:
    pose, bodies = pose_of("banded-squat/easier"), shown("banded-squat/easier")
    (seat,) = [prop.size or 0 for prop in pose.props if prop.kind == "chair"]
    lowest = min(height(body, "hips") for body in bodies)
    assert 0.06 < lowest - seat < 0.09
    drops = [a.joints["hips"][2] - b.joints["hips"][2] for a, b in pairwise(bodies)]
    assert max(drops) < 0.006, "no drop: at most 15 % of height a second"


def test_the_easier_dead_bug_has_no_band_and_a_still_back() -> None:
    pose, bodies = pose_of("dead-bug-band/easier"), shown("dead-bug-band/easier")
    assert pose.bands == ()
    for body in bodies:
        for joint in ("hips", "waist", "shoulders"):
            assert dist(body.joints[joint], bodies[0].joints[joint]) < 1e-6


def test_the_seated_row_moves_the_arms_alone_and_the_toes_point_up() -> None:
    bodies = shown("band-row/seated")
    for body in bodies:
        for joint in ("hips", "shoulders", "left.heel", "right.heel"):
            assert dist(body.joints[joint], bodies[0].joints[joint]) < 1e-6
        assert height(body, "right.toe") > height(body, "right.heel") + 0.1
    assert max(height(body, "right.hand") for body in bodies) < height(bodies[0], "waist") + 0.05
