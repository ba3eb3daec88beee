"""What `check` finds, without the command line."""

from pathlib import Path

from bot.authoring.check import check_clips, read_checked
from bot.content import Fault


def check_content(folders: list[Path], language: str) -> list[Fault]:
    """All that is wrong in these content folders."""
    catalogue, _, faults = read_checked(folders, language)
    return [*faults, *check_clips(folders, catalogue.exercises)]
