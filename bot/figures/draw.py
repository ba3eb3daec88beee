"""Draws clips and stills from the pose files of content folders."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from bot.figures.record import (
    DRAWN_PARTS,
    MIRRORED,
    POSE,
    STILL,
    drawn_names,
    form_of,
    pose_files,
    read_pose,
    record_of,
    recorded_in,
)
from bot.runtime.files import parse_toml, read_file


class CannotDrawError(Exception):
    """The clips cannot be drawn; the message has a line for each reason."""


class NoLibrariesError(CannotDrawError):
    """The libraries that draw and encode are not installed."""


def draw(
    folders: Sequence[Path],
    only: Sequence[str] = (),
    report: Callable[[str], None] = lambda _message: None,
) -> None:
    """Draw the exercises with a pose file whose clips are out of date, or all those in `only`.

    Raises CannotDrawError.
    """
    _need_libraries()
    from bot.figures.clip import clip_of, still_of
    from bot.figures.drawing import Drawing

    reasons = []
    for folder in _chosen(folders, only):
        for file in pose_files(folder):
            pose, faults = read_pose(file)
            reasons += [f"{file}: {fault}" for fault in faults]
            if pose is None:
                continue
            record = record_of(read_file(file))
            names = drawn_names(file, pose)
            if not only and _is_drawn(folder, names, record):
                continue
            sizes = []
            for name in names:
                make = still_of if name == STILL else clip_of
                content = make(Drawing(pose, mirrored=MIRRORED in name), record)
                (folder / name).write_bytes(content)
                sizes.append(f"{name} {len(content) / 1000:.0f} kB")
            report(f"{folder.name}: {', '.join(sizes)}")
    if reasons:
        raise CannotDrawError("\n".join(reasons))


def draw_overview(folders: Sequence[Path], target: Path) -> None:
    """Draw two moments of every pose to one picture. Raises CannotDrawError."""
    _need_libraries()
    from bot.figures.clip import overview_of
    from bot.figures.drawing import Drawing

    drawings = []
    for file in (file for folder in _chosen(folders, ()) for file in pose_files(folder)):
        pose, faults = read_pose(file)
        if pose is None:
            raise CannotDrawError("\n".join(f"{file}: {fault}" for fault in faults))
        form = form_of(file)
        name = f"{file.parent.name}/{form}" if form else file.parent.name
        drawings.append((name, Drawing(pose)))
    target.write_bytes(overview_of(drawings))


def draw_sheet(folders: Sequence[Path], name: str, target: Path) -> list[str]:
    """Draw twelve moments of one pose to a picture, even if it has faults; return the faults.

    `name` is an exercise, or one with a form of it, such as "band-row/seated".
    """
    _need_libraries()
    from bot.figures.clip import sheet_of
    from bot.figures.drawing import Drawing
    from bot.figures.pose import Pose

    exercise, _, form = name.partition("/")
    (folder,) = _chosen(folders, [exercise])
    file = folder / (f"pose-{form}.toml" if form else POSE)
    pose, faults = read_pose(file)
    if pose is None:
        try:
            pose = Pose.model_validate(parse_toml(read_file(file)))
        except (ValueError, OSError):
            raise CannotDrawError("\n".join(f"{file}: {fault}" for fault in faults)) from None
    try:
        target.write_bytes(sheet_of(Drawing(pose)))
    except KeyError as error:
        raise CannotDrawError("\n".join(f"{file}: {fault}" for fault in faults)) from error
    return [f"{file}: {fault}" for fault in faults]


def _chosen(folders: Sequence[Path], only: Sequence[str]) -> list[Path]:
    """Return the folders with a pose; those of later content folders replace earlier ones."""
    found: dict[str, Path] = {}
    for folder in folders:
        found |= {
            file.parent.name: file.parent
            for part in DRAWN_PARTS
            for file in sorted(folder.glob(f"{part}/*/{POSE}"))
        }
    if missing := [name for name in only if name not in found]:
        raise CannotDrawError("\n".join(f"there is no exercises/{name}/{POSE}" for name in missing))
    return [found[name] for name in only or sorted(found)]


def _is_drawn(folder: Path, names: Sequence[str], record: str) -> bool:
    files = [folder / name for name in names]
    return all(file.is_file() and recorded_in(file.read_bytes()) == record for file in files)


def _need_libraries() -> None:
    if find_spec("skia") is None or find_spec("av") is None:
        raise NoLibrariesError(
            "drawing needs two more libraries: pip install 'bandcoach[figures]' "
            "(in a checkout: pip install -e '.[figures]')"
        )
