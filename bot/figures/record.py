"""The record in a clip and a still of the pose that they were drawn from, and its checks."""

import hashlib
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import ValidationError

from bot.figures.geometry import PoseFault, pose_faults
from bot.figures.pose import Pose
from bot.runtime.files import NestedError, UnreadableError, is_there, parse_toml, read_file

DRAWN_PARTS = ("exercises", "warm-ups")  # the folders of content that hold poses
POSE = "pose.toml"
FORM_POSES = "pose-*.toml"
CLIP = "clip.mp4"
STILL = "still.png"
MIRRORED = "-mirrored"
LARGEST_CLIP = 150_000  # bytes
LARGEST_STILL = 100_000
LARGEST_READ = 50_000_000
DRAWING = 3  # raise it when the look changes, so that every clip is drawn again

_LINE = re.compile(rb"bandcoach pose ([0-9a-f]{64})")


def pose_files(folder: Path) -> list[Path]:
    """Return the pose files of an exercise: its own, and those of its forms.

    None from a folder that can't be read, which the reading of the content tells.
    """
    own = folder / POSE
    try:
        forms = sorted(folder.glob(FORM_POSES))
    except OSError:
        forms = []
    return [*([own] if is_there(own) else []), *forms]


def drawn_names(file: Path, pose: Pose) -> list[str]:
    """Return the names of what is drawn from a pose file; a still only from the exercise's own."""
    clip = file.stem.replace("pose", "clip", 1)
    names = [f"{clip}.mp4", *([f"{clip}{MIRRORED}.mp4"] if pose.mirror else [])]
    return [*names, STILL] if file.name == POSE else names


def form_of(file: Path) -> str:
    """Return the form that a pose file shows; empty: the exercise's own."""
    return file.stem.removeprefix("pose").removeprefix("-")


def record_of(content: bytes) -> str:
    """Return the record for the clip of a pose file with this content."""
    digest = hashlib.sha256(f"drawing {DRAWING}\n".encode() + content.replace(b"\r\n", b"\n"))
    return f"bandcoach pose {digest.hexdigest()}"


def recorded_in(content: bytes) -> str | None:
    """Return the record in a clip or still, or None."""
    found = _LINE.search(content)
    return found[0].decode() if found else None


def read_pose(file: Path) -> tuple[Pose | None, list[PoseFault]]:
    """Return a pose that can be drawn, or the faults of the file."""
    try:
        pose, faults = _pose(read_file(file))
    except FileNotFoundError:
        return None, [PoseFault("", "is missing")]
    except UnreadableError as error:
        return None, [PoseFault("", str(error))]
    return pose, list(faults)


@lru_cache(maxsize=128)
def _pose(content: bytes) -> tuple[Pose | None, Sequence[PoseFault]]:
    """Return the pose or the faults of a file's content.

    The geometry takes 40 ms, and a check reads most files twice: results are cached.
    """
    try:
        pose = Pose.model_validate(parse_toml(content))
    except NestedError as error:
        return None, [PoseFault("", str(error))]
    except ValidationError as error:
        return None, [
            PoseFault(
                ".".join(str(part) for part in wrong["loc"]) or "file",
                str(wrong["msg"]).removeprefix("Value error, "),
            )
            for wrong in error.errors()
        ]
    except ValueError as error:
        return None, [PoseFault("", f"is not TOML: {error}")]
    faults = pose_faults(pose)
    return (None, faults) if faults else (pose, [])


def clip_faults(folder: Path) -> list[tuple[Path, str, str]]:
    """Return the faults of an exercise's poses, clips and still as (file, field, fault).

    An exercise without a pose has none.
    """
    return [fault for file in pose_files(folder) for fault in _drawn_faults(file)]


def form_faults(
    files: Sequence[Path], forms: Collection[str], filmed: Collection[str]
) -> list[tuple[Path, str, str]]:
    """Return the faults where a form has no clip, or a pose no form.

    `files`: the exercise's pose files in all content folders, the later folder's last; `forms`:
    those in its texts; `filmed`: those that have a clip, drawn or not. An exercise without a pose
    of its own needs no clips.
    """
    own = [file for file in files if file.name == POSE]
    if not own:
        return []
    pose, _ = read_pose(own[-1])
    alike = pose.alike if pose else ()
    drawn = {form_of(file): file for file in files if file.name != POSE}
    faults = [
        (file, "", f"the exercise has no form {form}")
        for form, file in drawn.items()
        if form not in forms
    ]
    for form in alike:
        if form not in forms:
            faults.append((own[-1], "alike", f"the exercise has no form {form}"))
        if form in drawn:
            faults.append((own[-1], "alike", f"{form} has a {drawn[form].name} of its own"))
    return faults + [
        (own[-1], "", f"the form {form} has no clip: write pose-{form}.toml, or name it in alike")
        for form in forms
        if form not in {*drawn, *alike, *filmed}
    ]


def _drawn_faults(file: Path) -> list[tuple[Path, str, str]]:
    pose, wrong = read_pose(file)
    if pose is None:
        return [(file, fault.place, fault.what) for fault in wrong]
    folder, record = file.parent, record_of(read_file(file))
    faults = []
    for name in drawn_names(file, pose):
        largest = LARGEST_STILL if name == STILL else LARGEST_CLIP
        drawn = folder / name
        try:
            content = read_file(drawn, LARGEST_READ)
        except UnreadableError as error:
            faults.append((drawn, "", str(error)))
            continue
        except FileNotFoundError:
            faults.append((drawn, "", f"is missing: python -m bot figures {folder.name}"))
            continue
        if len(content) > largest:
            faults.append((drawn, "", f"has {len(content)} bytes, more than {largest}"))
        if recorded_in(content) != record:
            again = f"python -m bot figures {folder.name}"
            faults.append((drawn, "", f"was not drawn from this {file.name}: {again}"))
    return faults
