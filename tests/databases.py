"""Databases as `migrate` leaves them, made once in each process of tests and then copied."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.db.engine import migrate


def ready(file: Path) -> None:
    """Makes the database or brings it up to date, as at every start of the coach."""
    if file.exists():
        migrate(file)
    else:
        file.write_bytes(_new())


@cache
def _new() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "new.db"
        migrate(file)
        return file.read_bytes()
