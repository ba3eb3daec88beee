"""What `check` finds, without the command line."""

from pathlib import Path

from bot.authoring.check import check_clips, check_evidence, read_checked
from bot.content import Fault


def check_content(folders: list[Path], language: str) -> list[Fault]:
    """All that is wrong in these content folders."""
    catalogue, _, faults = read_checked(folders, language)
    faults += check_clips(folders, catalogue.exercises)
    return faults or list(check_evidence(catalogue, folders))
