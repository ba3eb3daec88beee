"""What `check` finds, without the command line, and content for it that tests may change."""

import shutil
from pathlib import Path

from bot.authoring.check import check_evidence, read_checked
from bot.authoring.clips import check_clips
from bot.content import Fault
from bot.content.reading import shipped


def check_content(folders: list[Path], language: str) -> list[Fault]:
    """All that is wrong in these content folders."""
    catalogue, _, faults = read_checked(folders, language)
    faults += check_clips(folders, catalogue.exercises)
    return faults or list(check_evidence(catalogue, folders))


def copied_content(folder: Path) -> Path:
    """A host's folder that holds all of the shipped exercises, routines, evidence and topics."""
    for part in ("exercises", "routines"):
        shutil.copytree(shipped() / part, folder / part, copy_function=_copy)
    for file in ("evidence.toml", "topics.toml"):
        shutil.copy(shipped() / file, folder)
    return folder


def _copy(source: str, target: str) -> None:
    """Copy what a test may change; clips are linked to."""
    if source.endswith(".mp4"):
        Path(target).symlink_to(source)
    else:
        shutil.copy(source, target)
