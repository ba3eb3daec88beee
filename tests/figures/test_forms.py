"""A form that looks different has a clip of its own, and `check` says which have none."""

from pathlib import Path

import pytest

from bot.content.reading import shipped
from bot.figures.record import (
    POSE,
    STILL,
    drawn_names,
    form_faults,
    form_of,
    pose_files,
    read_pose,
)
from tests.figures.test_clips import SHORT
from tests.shipped import CATALOGUE as SHIPPED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise with a pose of its own and one of its form slow."""
    (tmp_path / POSE).write_text(SHORT)
    (tmp_path / "pose-slow.toml").write_text(SHORT)
    return tmp_path


def told(folder: Path, *forms: str, filmed: tuple[str, ...] = ()) -> list[str]:
    faults = form_faults(pose_files(folder), forms, filmed)
    return [f"{file.name}: {field}: {what}" for file, field, what in faults]


def test_a_form_with_its_own_pose_is_right(folder: Path) -> None:
    assert told(folder, "slow") == []


def test_a_form_without_a_clip_is_named(folder: Path) -> None:
    what = "the form easier has no clip: write pose-easier.toml, or name it in alike"
    assert told(folder, "slow", "easier") == [f"{POSE}: : {what}"]


def test_a_form_that_looks_alike_or_was_filmed_needs_none(folder: Path) -> None:
    assert told(folder, "slow", "easier", filmed=("easier",)) == []
    (folder / POSE).write_text('alike = ["easier"]\n' + SHORT)
    assert told(folder, "slow", "easier") == []


def test_a_pose_or_a_likeness_of_no_form_is_named(folder: Path) -> None:
    assert told(folder) == ["pose-slow.toml: : the exercise has no form slow"]
    (folder / POSE).write_text('alike = ["easier", "slow"]\n' + SHORT)
    assert told(folder, "slow") == [
        f"{POSE}: alike: the exercise has no form easier",
        f"{POSE}: alike: slow has a pose-slow.toml of its own",
    ]


def test_an_exercise_without_a_pose_needs_no_clips_of_forms(tmp_path: Path) -> None:
    assert told(tmp_path, "easier") == []


def test_a_mirrored_clip_is_drawn_where_the_pose_says_so(folder: Path) -> None:
    pose, _ = read_pose(folder / POSE)
    assert pose is not None
    assert drawn_names(folder / POSE, pose) == ["clip.mp4", STILL]
    mirrored = pose.model_copy(update={"mirror": True})
    assert drawn_names(folder / "pose-slow.toml", mirrored) == [
        "clip-slow.mp4",
        "clip-slow-mirrored.mp4",
    ]


def test_what_has_a_left_and_a_right_side_is_shown_on_both() -> None:
    """A half of a set names a side: its clip shows that side."""
    for key, exercise in SHIPPED.exercises.items():
        names = exercise.texts.side_names or ("", "")
        words = [set(side.split()) for side in names]
        sided = ("right" in words[0] and "left" in words[1]) or "left" in words[0]
        for file in pose_files(shipped() / "exercises" / key):
            pose, _ = read_pose(file)
            both_at_once = key == "band-calf-raise" and form_of(file) != "single-leg"
            assert pose is not None
            assert pose.mirror == (sided and not both_at_once), file
