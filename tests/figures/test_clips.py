"""Clips are reproducible, within Telegram's limits, and up to date with their pose."""

import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.content.reading import shipped
from bot.figures import draw as drawing_room
from bot.figures.record import CLIP, POSE, STILL, clip_faults, record_of, recorded_in
from tests.conftest import unavailable

FOLDERS = sorted(file.parent for file in shipped().glob(f"exercises/*/{POSE}"))
NAMES = [folder.name for folder in FOLDERS]
CLIPS = sorted(shipped().glob("exercises/*/clip*.mp4"))

SHORT = """
view = "side"
posture = "standing"
loop = 0.8
still = 0.4
works = ["thigh front"]
pose = { lean = 5, both = { hip = 15, knee = 15, ankle = 5 } }

[[keys]]
t = 0

[[keys]]
t = 0.4
both = { shoulder = 60 }
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content folder with one short pose."""
    folder = tmp_path / "exercises" / "arms-up"
    folder.mkdir(parents=True)
    (folder / POSE).write_text(SHORT)
    return tmp_path


def need_libraries() -> None:
    if find_spec("skia") is None or find_spec("av") is None:
        unavailable("skia-python and PyAV are not installed: pip install -e '.[figures]'")


@pytest.mark.breadth(8)
@pytest.mark.parametrize("folder", FOLDERS, ids=NAMES)
def test_a_shipped_clip_was_drawn_from_its_pose(folder: Path) -> None:
    assert clip_faults(folder) == []


@pytest.mark.slow
def test_the_same_pose_gives_the_same_bytes(content: Path) -> None:
    need_libraries()
    folder = content / "exercises" / "arms-up"
    drawn = []
    for _ in range(2):
        drawing_room.draw([content], ["arms-up"])
        drawn.append([(folder / name).read_bytes() for name in (CLIP, STILL)])
    assert drawn[0] == drawn[1]
    assert clip_faults(folder) == []


@pytest.mark.slow
def test_only_what_changed_is_drawn_again(content: Path) -> None:
    need_libraries()
    told: list[str] = []
    drawing_room.draw([content], (), told.append)
    drawing_room.draw([content], (), told.append)
    assert len(told) == 1
    file = content / "exercises" / "arms-up" / POSE
    file.write_text(SHORT.replace("60", "70"))
    drawing_room.draw([content], (), told.append)
    assert len(told) == 2


def test_a_changed_pose_and_a_missing_or_heavy_clip_are_faults(content: Path) -> None:
    folder = content / "exercises" / "arms-up"
    missing = [(file.name, what) for file, _, what in clip_faults(folder)]
    again = "python -m bot figures arms-up"
    assert missing == [(CLIP, f"is missing: {again}"), (STILL, f"is missing: {again}")]
    record = record_of((folder / POSE).read_bytes()).encode()
    (folder / CLIP).write_bytes(b"\0" * 150_001 + record)
    (folder / STILL).write_bytes(b"old")
    assert [(file.name, what) for file, _, what in clip_faults(folder)] == [
        (CLIP, f"has {150_001 + len(record)} bytes, more than 150000"),
        (STILL, f"was not drawn from this {POSE}: {again}"),
    ]
    (folder / POSE).write_text(SHORT + "mood = 3\n")
    assert [(file.name, field) for file, field, _ in clip_faults(folder)] == [(POSE, "keys.1.mood")]


@pytest.mark.slow
def test_a_form_is_drawn_to_its_own_clip_and_mirrored_if_its_pose_says_so(content: Path) -> None:
    need_libraries()
    folder = content / "exercises" / "arms-up"
    (folder / "pose-slow.toml").write_text("mirror = true\n" + SHORT)
    drawing_room.draw([content], ["arms-up"])
    drawn = {file.name for file in folder.iterdir() if file.suffix != ".toml"}
    assert drawn == {CLIP, STILL, "clip-slow.mp4", "clip-slow-mirrored.mp4"}
    assert clip_faults(folder) == []
    (folder / "clip-slow-mirrored.mp4").unlink()
    again = "python -m bot figures arms-up"
    assert [(file.name, what) for file, _, what in clip_faults(folder)] == [
        ("clip-slow-mirrored.mp4", f"is missing: {again}")
    ]


@pytest.mark.slow
def test_an_overview_has_every_shipped_clip(tmp_path: Path) -> None:
    need_libraries()
    sheet = tmp_path / "clips.png"
    assert main(["figures", "--sheet", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(b"\x89PNG")
    assert sheet.stat().st_size < 1_000_000


def test_an_exercise_without_a_pose_needs_no_clip(tmp_path: Path) -> None:
    assert clip_faults(tmp_path) == []


@pytest.mark.parametrize("file", CLIPS, ids=[f"{file.parent.name}/{file.stem}" for file in CLIPS])
def test_a_shipped_clip_plays_everywhere(file: Path) -> None:
    need_libraries()
    import av

    with av.open(str(file)) as clip:
        assert [stream.type for stream in clip.streams] == ["video"]
        video = clip.streams.video[0]
        assert video.codec_context.name == "h264"
        assert video.codec_context.pix_fmt == "yuv420p"
        assert video.width % 2 == video.height % 2 == 0
        assert 25 <= video.average_rate <= 30
        assert clip.metadata["comment"] == recorded_in(file.read_bytes())
    content = file.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")  # plays before it is all there


def test_the_command_says_how_to_install_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drawing_room, "find_spec", lambda _name: None)
    assert main(["figures"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "pip install" in said


def test_the_command_names_an_exercise_that_has_no_pose(
    capsys: pytest.CaptureFixture[str],
) -> None:
    need_libraries()
    assert main(["figures", "no-such"]) == 1
    assert "there is no exercises/no-such/pose.toml" in capsys.readouterr().err


def test_a_sheet_shows_a_pose_even_with_faults(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need_libraries()
    shutil.copytree(content / "exercises", tmp_path / "own" / "exercises")
    file = tmp_path / "own" / "exercises" / "arms-up" / POSE
    file.write_text(SHORT.replace("lean = 5", "lean = 25"))
    monkeypatch.setenv("CONTENT_DIR", str(tmp_path / "own"))
    sheet = tmp_path / "sheet.png"
    assert main(["figures", "arms-up", "--sheet", str(sheet)]) == 1
    assert sheet.read_bytes().startswith(b"\x89PNG")
