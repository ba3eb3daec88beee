"""Files that are kept beside others under another name."""

from datetime import datetime
from itertools import count
from pathlib import Path

MOMENT = "%Y-%m-%d-%H%M%S"


def id_of(file: Path) -> tuple[int, int] | None:
    """Return the device and the inode, which differ for a file that replaces this one.

    None: there is no file.
    """
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def name_beside(file: Path, what: str, now: datetime) -> Path:
    """Return an unused name, such as `coach-damaged-2026-11-29-181500.db` beside `coach.db`."""
    stem = f"{file.stem}-{what}-{now.strftime(MOMENT)}"
    names = (f"{stem}{f'-{number}' if number else ''}{file.suffix}" for number in count())
    return next(path for path in map(file.with_name, names) if not path.exists())


def move_aside(file: Path, what: str, now: datetime, keep: int) -> Path:
    """Rename the file, and delete those renamed before, except the newest `keep` of all.

    A folder is renamed as well, but never deleted. Raise OSError if that fails.
    """
    aside = file.rename(name_beside(file, what, now))
    older = sorted(path for path in file.parent.iterdir() if _is_older(path, file, what))
    for path in older[:-keep]:
        path.unlink()
    return aside


def _is_older(path: Path, file: Path, what: str) -> bool:
    same_name = path.name.startswith(f"{file.stem}-{what}-") and path.suffix == file.suffix
    return same_name and path.is_file()
