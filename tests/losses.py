"""What may happen to the file of a database while it is used."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.db.migrating import migrate


def delete(file: Path) -> None:
    file.unlink()


def delete_all(file: Path) -> None:
    for each in file.parent.glob(f"{file.name}*"):
        if each.suffix != ".lock":
            each.unlink()


def delete_log(file: Path) -> None:
    file.with_name(f"{file.name}-wal").unlink()


def replace_by_another(file: Path) -> None:
    other = file.with_name("other.db")
    migrate(other)
    other.replace(file)


def write_over(file: Path) -> None:
    """As `cp` does, and a restore in haste."""
    other, copy = file.with_name("other.db"), file.with_name("copy.db")
    migrate(other)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),))
    shutil.copyfile(copy, file)


def empty(file: Path) -> None:
    os.truncate(file, 0)


def cut(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2)


GONE: list[Callable[[Path], None]] = [delete, delete_all, delete_log, replace_by_another]
CHANGED: list[Callable[[Path], None]] = [write_over, empty, cut]
