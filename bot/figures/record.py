"""The record in a clip and a still of the pose that they were drawn from, and its checks."""

import hashlib
import re
from pathlib import Path

from pydantic import ValidationError

from bot.figures.geometry import PoseFault, pose_faults
from bot.figures.pose import Pose
from bot.runtime.files import NestedError, UnreadableError, is_there, parse_toml, read_file

POSE = "pose.toml"
CLIP = "clip.mp4"
STILL = "still.png"
LARGEST_CLIP = 150_000  # bytes
LARGEST_STILL = 100_000
LARGEST_READ = 50_000_000
DRAWING = 2  # raise it when the look changes, so that every clip is drawn again

_LINE = re.compile(rb"bandcoach pose ([0-9a-f]{64})")


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
        pose = Pose.model_validate(parse_toml(read_file(file)))
    except FileNotFoundError:
        return None, [PoseFault("", "is missing")]
    except (UnreadableError, NestedError) as error:
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
    """Return the faults of an exercise's pose, clip and still as (file, field, fault).

    An exercise without a pose has none.
    """
    file = folder / POSE
    if not is_there(file):
        return []
    _, wrong = read_pose(file)
    if wrong:
        return [(file, fault.place, fault.what) for fault in wrong]
    record = record_of(read_file(file))
    faults = []
    for name, largest in ((CLIP, LARGEST_CLIP), (STILL, LARGEST_STILL)):
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
            faults.append((drawn, "", f"was not drawn from this {POSE}: {again}"))
    return faults
