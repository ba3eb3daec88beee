"""Pillows, the inset, arrows, and the size of pictures."""

import tomllib
from typing import Any

import pytest

from bot.content.reading import shipped
from bot.figures.camera import SQUARE, WIDE, box_corners, camera_of, shows
from bot.figures.pose import Pose
from bot.figures.skeleton import Figure
from tests.figures.test_clips import SHORT, need_libraries


def drawn(time: float = 0.0, **changes: Any) -> bytes:
    need_libraries()
    from bot.figures.drawing import Drawing

    pose = Pose.model_validate(tomllib.loads(SHORT) | changes)
    return bytes(Drawing(pose).image(time, still=True).tobytes())


@pytest.mark.breadth(2)
@pytest.mark.parametrize("inset", ["top", "front", "side", "rear"])
def test_an_inset_is_drawn_in_its_corner_and_nowhere_else(inset: str) -> None:
    plain, with_card = drawn(), drawn(inset=inset, inset_corner="top right")
    row = SQUARE[0] * 4
    other = [
        (number % row // 4, number // row)
        for number in range(0, len(plain), 4)
        if plain[number : number + 4] != with_card[number : number + 4]
    ]
    assert other
    assert all(x > SQUARE[0] / 2 and y < SQUARE[1] / 2 for x, y in other)


def test_a_pillow_lies_under_the_head_and_can_be_held() -> None:
    lying = {"posture": "side-lying", "pose": {"hips": [0, 0, 0.11]}, "keys": [{"t": 0}]}
    bare = drawn(**lying)
    assert drawn(**lying, props=[{"kind": "pillow"}]) != bare
    held = [{"kind": "pillow", "between": ["left knee", "right knee"]}]
    assert drawn(**lying, props=held) != bare


def test_an_arrow_can_be_read_however_small_the_movement() -> None:
    need_libraries()
    from bot.figures.arrows import SHORTEST_ARROW, lengthened, path_length

    for way in ([(100.0, 100.0), (104.0, 102.0), (107.0, 105.0)], [(0.0, 0.0), (0.0, 200.0)]):
        longer = lengthened(way)
        assert path_length(longer) >= SHORTEST_ARROW - 1e-6
    assert lengthened([(5.0, 5.0), (5.0, 5.0)]) == [(5.0, 5.0), (5.0, 5.0)]


def test_a_wide_picture_has_no_spare_floor_and_an_even_height() -> None:
    heights = set()
    for file in sorted(shipped().glob("exercises/*/pose*.toml")):
        pose = Pose.model_validate(tomllib.loads(file.read_text()))
        camera = camera_of(pose, Figure(pose))
        if camera.size != SQUARE:
            assert camera.size[0] == WIDE[0]
            assert camera.size[1] <= WIDE[1]
            heights.add(camera.size[1])
        assert camera.size[1] % 2 == 0
    assert min(heights) < WIDE[1]


def test_a_chair_and_a_step_are_inside_the_picture() -> None:
    for kind in ("chair", "step"):
        props = [{"kind": kind, "at": [0, -0.6, 0]}]
        pose = Pose.model_validate(tomllib.loads(SHORT) | {"props": props})
        camera = camera_of(pose, Figure(pose))
        assert all(shows(camera, (x, y, 0.0)) for x, y in box_corners(pose.props[0]))


def mirrored(content: bytes) -> bytes:
    """Flip a picture from left to right."""
    row = SQUARE[0] * 4
    rows = [content[start : start + row] for start in range(0, len(content), row)]
    return b"".join(
        b"".join(line[place : place + 4] for place in range(row - 4, -1, -4)) for line in rows
    )


def drawn_mirrored(**changes: Any) -> bytes:
    need_libraries()
    from bot.figures.drawing import Drawing

    pose = Pose.model_validate(tomllib.loads(SHORT) | changes)
    return bytes(Drawing(pose, mirrored=True).image(0.0, still=True).tobytes())


def most_differ(one: bytes, other: bytes) -> float:
    """Return the share of bytes that differ clearly."""
    clearly = sum(abs(a - b) > 40 for a, b in zip(one, other, strict=True))
    return clearly / len(one)


def test_a_mirrored_picture_is_the_other_side_but_its_signs_can_be_read() -> None:
    plain = drawn()
    assert most_differ(drawn_mirrored(), mirrored(plain)) < 0.001
    two = [{"shows": "2", "start": 0.0, "end": 0.5}]
    sign, other = drawn(signs=two), drawn_mirrored(signs=two)
    assert most_differ(other, mirrored(sign)) > 0.0004, "the number is not flipped"
    assert most_differ(sign, plain) > 0.002


def test_a_sign_and_a_glow_are_there_in_their_time_only() -> None:
    timed: dict[str, Any] = {
        "signs": [{"shows": "Y", "start": 0.1, "end": 0.3}],
        "glows": [{"area": "calf", "start": 0.1, "end": 0.7}],
    }
    assert drawn(0.75, **timed) == drawn(0.75)
    assert drawn(0.4, **timed) != drawn(0.4), "the glow"
    without = timed | {"signs": []}
    assert drawn(0.2, **timed) != drawn(0.2, **without), "the sign"


def test_a_guide_stays_while_the_figure_moves() -> None:
    guide = [{"through": ["hips", "head"]}]
    assert drawn(0.0, guides=guide) != drawn(0.0)
    lower = [{"through": ["hips", "head"], "at": 0.4}]
    assert drawn(0.0, guides=lower) == drawn(0.0, guides=guide), "hips and head do not move"


def test_a_chair_may_have_a_back_which_is_inside_the_picture() -> None:
    chair = [{"kind": "chair", "at": [0, -0.5, 0], "back": "rear"}]
    assert drawn(props=chair) != drawn(props=[{"kind": "chair", "at": [0, -0.5, 0]}])
