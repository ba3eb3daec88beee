"""Checks of the poses and clips, which need the geometry of the figures."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.content import Exercise, Fault
from bot.content.reading import CLIP
from bot.figures.record import DRAWN_PARTS, clip_faults, form_faults, pose_files


def check_clips(folders: list[Path], exercises: Mapping[str, Exercise]) -> Iterator[Fault]:
    """Yield the faults of the poses, of the clips drawn from them, and of forms without a clip."""
    for folder in folders:
        for part in DRAWN_PARTS:
            for drawn in sorted((folder / part).glob("*")):
                yield from (Fault(*fault) for fault in clip_faults(drawn))
    for key, known in exercises.items():
        files = [file for folder in folders for file in pose_files(folder / "exercises" / key)]
        filmed = [stem.removeprefix(f"{CLIP}-") for stem in known.clips]
        yield from (Fault(*fault) for fault in form_faults(files, known.texts.forms, filmed))
