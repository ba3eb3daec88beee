"""Shipped poses have no faults; each fault is reported with its place in the file."""

import itertools
import textwrap
import tomllib
from typing import Any

import pytest
from pydantic import ValidationError

from bot.content.reading import shipped
from bot.figures import pose as pose_file
from bot.figures.flesh import tints_of
from bot.figures.geometry import pose_faults
from bot.figures.motion import motion_of
from bot.figures.pose import Pose
from bot.figures.record import read_pose
from bot.figures.skeleton import Figure, bone_lengths
from bot.figures.vectors import distance

FILES = sorted(shipped().glob("exercises/*/pose*.toml"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]


def squat() -> dict[str, Any]:
    """Return the example in the documentation of the format."""
    guidance = pose_file.__doc__ or ""
    example = guidance.split("complete:\n")[1].split("\nStarts on hands")[0]
    return tomllib.loads(textwrap.dedent(example))


def faults_of(content: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in pose_faults(Pose.model_validate(content))]


def test_the_example_in_the_guidance_is_right() -> None:
    assert faults_of(squat()) == []


@pytest.mark.parametrize(("number", "posture"), [(0, "hands-and-knees"), (1, "side-lying")])
def test_the_beginnings_in_the_guidance_are_right(number: int, posture: str) -> None:
    guidance = pose_file.__doc__ or ""
    blocks = (
        guidance.split("forearm and knee:\n")[1].split("\nPoints that")[0].split("    [pose]\n")
    )
    begins = tomllib.loads(textwrap.dedent("    [pose]\n" + blocks[number + 1]))
    rest = {"view": "side", "posture": posture, "loop": 2, "still": 1, "keys": [{"t": 0}]}
    assert faults_of(rest | begins) == []


def test_some_poses_are_shipped() -> None:
    assert len(FILES) >= 10


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_shipped_pose_has_no_faults(file) -> None:
    pose, faults = read_pose(file)
    assert faults == []
    assert pose is not None


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_bones_keep_their_length_and_the_loop_closes(file) -> None:
    pose = Pose.model_validate(tomllib.loads(file.read_text()))
    figure = Figure(pose)
    steps = 40
    bodies = [figure.body_at(pose.loop * number / steps) for number in range(steps + 1)]
    for body in bodies:
        for (a, b), size in bone_lengths().items():
            assert distance(body.joints[a], body.joints[b]) == pytest.approx(size, abs=1e-6)
    for name, at in bodies[0].joints.items():
        end = bodies[-1].joints[name]
        assert end == pytest.approx(
            (at[0] + pose.travel[0], at[1] + pose.travel[1], at[2]), abs=1e-6
        )


@pytest.mark.breadth(8)
@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_no_limb_jumps(file) -> None:
    """No joint moves further than a quarter of the height within a tenth of a second."""
    pose = Pose.model_validate(tomllib.loads(file.read_text()))
    figure = Figure(pose)
    steps = round(pose.loop * 10)
    bodies = [figure.body_at(pose.loop * number / steps) for number in range(steps + 1)]
    for before, after in itertools.pairwise(bodies):
        for name, at in before.joints.items():
            assert distance(at, after.joints[name]) < 0.25, name


def test_back_and_pelvis_of_the_dead_bug_do_not_move() -> None:
    file = shipped() / "exercises" / "dead-bug-band" / "pose.toml"
    figure = Figure(Pose.model_validate(tomllib.loads(file.read_text())))
    first = figure.body_at(0.0)
    for number in range(80):
        body = figure.body_at(number / 10)
        for joint in ("hips", "waist", "shoulders"):
            assert body.joints[joint] == pytest.approx(first.joints[joint], abs=1e-9)


def test_a_key_says_only_what_changes() -> None:
    motion = motion_of(Pose.model_validate(squat()))
    assert motion.numbers_at(0.0)["lean"] == pytest.approx(3)
    assert motion.numbers_at(1.7)["lean"] == pytest.approx(38)
    assert motion.numbers_at(1.7)["left.toe_out"] == pytest.approx(12)
    assert motion.numbers_at(4.0) == pytest.approx(motion.numbers_at(0.0))


def standing(**changes: Any) -> dict[str, Any]:
    legs = {"hip": 15, "knee": 15, "ankle": 5}
    content: dict[str, Any] = {
        "view": "side",
        "posture": "standing",
        "loop": 2.0,
        "still": 1.0,
        "pose": {"lean": 5, "both": legs},
        "keys": [{"t": 0}],
    }
    return content | changes


def test_a_flat_foot_needs_its_lean() -> None:
    assert faults_of(standing()) == []
    bent = standing(keys=[{"t": 0}, {"t": 1, "both": {"knee": 60}}])
    assert any(
        fault.startswith(
            "keys.1.left: the foot is not flat: lean 5 is not hip - knee + ankle = -40"
        )
        for fault in faults_of(bent)
    )


def change(path: str, value: Any) -> dict[str, Any]:
    """Return the example with one value changed; the path is as in a fault's place."""
    content = squat()
    *way, last = path.split(".")
    there: Any = content
    for part in way:
        there = there[int(part)] if part.isdigit() else there.setdefault(part, {})
    there[last] = value
    return content


REFUSED = {
    "the first key is late": ("keys.0.t", 0.5, "keys.0.t: the first key is at 0"),
    "times fall": ("keys.2.t", 1.0, "keys.2.t: 1 is not after 1.9, where the key before ends"),
    "the loop is short": ("loop", 3.0, "loop: 3 is before the last key ends, at 3.4"),
    "the still is late": ("still", 9.0, "still: 9 is after the loop's end, 4"),
    "an unknown name": ("keys.2.like", "up", "keys.2.like: no key before is named up"),
    "no anchor": (
        "bands",
        [{"kind": "strip", "path": ["anchor", "hands"], "rest": 0.3}],
        "bands.0.path: leads to an anchor",
    ),
    "hips out of reach": ("keys.1.hips", [0, -0.13, 0.7], "keys.0.left.leg: its target is"),
    "hips in the floor": (
        "keys.1.hips",
        [0, -0.13, 0.02],
        "hips: the hips would be under the floor",
    ),
    "knees past their end": ("keys.1.hips", [0, -0.02, 0.1], "left.knee: knee is"),
    "hands in the belly": (
        "keys.1.both",
        {"hand": [0.0, -0.05, -0.02]},
        "left.hand: the hand goes through the trunk",
    ),
    "a hand out of reach": ("keys.1.both", {"hand": [0.0, 0.6, 0.0]}, "left.arm: its target is"),
    "a sliding foot": (
        "keys.1.both",
        {"foot": [0.2, 0, 0]},
        "left.foot: the foot slides on the floor",
    ),
    "a foot in the floor": (
        "keys.1.both",
        {"foot": [0.11, 0, -0.1]},
        "left.toe: the toe is under the floor",
    ),
    "a long band": ("bands.0.rest", 0.05, "bands.0.rest: is"),
    "a loose band": ("bands.0.rest", 0.5, "bands.0.rest: hangs loose"),
    "a contact that moves": (
        "contacts",
        [{"point": "hips"}],
        "contacts.0: hips is a support, but moves",
    ),
    "a lead from nowhere": (
        "keys.1.both",
        {"hand_at": [0.1, 0.2, 0.5]},
        "keys.1.left.hand_at: is missing at the first key",
    ),
    "an arrow backwards": (
        "arrows",
        [{"follows": "head", "start": 2, "end": 1}],
        "arrows.0: start and end",
    ),
}


@pytest.mark.parametrize(("path", "value", "said"), REFUSED.values(), ids=REFUSED)
def test_a_bad_pose_is_refused_with_its_place(path: str, value: Any, said: str) -> None:
    faults = faults_of(change(path, value))
    assert any(said in fault for fault in faults), faults


def test_what_the_format_does_not_know_is_refused() -> None:
    for path, value in (
        ("keys.1.both", {"kneee": 3}),
        ("bands.0.path", ["left knee", "tail"]),
        ("bands.0.path", ["left knee"]),
        ("keys.1.both", {"hand": [0, 0.1, 0], "hand_on": "hip"}),
        ("view", "above"),
        ("works", ["nose"]),
    ):
        with pytest.raises(ValidationError):
            Pose.model_validate(change(path, value))


@pytest.mark.slow
def test_a_hand_stays_out_of_every_shipped_trunk() -> None:
    for file in FILES:
        _, faults = read_pose(file)
        assert not [fault for fault in faults if "trunk" in fault.what]


def test_every_field_says_what_it_is() -> None:
    schema = Pose.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        for name, field in model["properties"].items():
            assert field.get("description"), name


def test_every_area_has_its_place_on_the_body() -> None:
    body = Figure(Pose.model_validate(squat())).body_at(0.0)
    for area in pose_file.AREAS:
        both = tints_of(body, area)
        assert both
        assert len(tints_of(body, f"{area} left")) * 2 == len(both)


HELD: list[dict[str, Any]] = [{"kind": "strip", "path": ["left hand", "right hand"], "rest": 0.26}]


@pytest.mark.parametrize(
    ("hands", "said"),
    [
        ([0.15, 0.25, 0.0], None),
        ([0.15, 0.20, 0.16], "is above the chin"),
        ([0.15, -0.05, 0.18], "from the middle of the head"),
    ],
    ids=["chest", "before the face", "through the face"],
)
def test_a_band_held_in_both_hands_stays_out_of_the_face(hands, said) -> None:
    content = squat()
    content["pose"]["both"] |= {"hand": hands}
    content["bands"] = HELD
    content["keys"] = [{"t": 0}]
    faults = faults_of(content)
    assert any(said in fault for fault in faults) if said else faults == []


def test_a_foot_on_a_step_may_not_slide_either() -> None:
    content = squat()
    content["pose"] |= {"hips": [0, 0, 0.61]}
    content["pose"]["both"] |= {"foot": [0.11, 0, 0.09], "toe_out": 0}
    content["keys"] = [{"t": 0}, {"t": 2, "right": {"foot": [0.15, 0, 0.09]}}]
    content |= {"bands": [], "props": [{"kind": "step"}]}
    assert any("right.foot: the foot slides" in fault for fault in faults_of(content))
