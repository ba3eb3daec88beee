"""Reading of files that others wrote, without blocking and up to a limit."""

import os
import stat
import tomllib
from pathlib import Path
from typing import Any

LARGEST_TEXT = 500_000  # bytes; the longest shipped text has a tenth of it
DEEPEST = 20  # tables and lists in one another; content needs 4
DOTS = 300  # in one line: the parser's time grows with the square of a key's dots


class UnreadableError(OSError):
    """A file can't be read; the text says why, and follows the file's name."""


class NestedError(ValueError):
    """Tables, lists or the parts of a key lie too deeply in one another."""


def read_file(file: Path, largest: int = LARGEST_TEXT) -> bytes:
    """Return the content of a regular file of at most `largest` bytes.

    Raise FileNotFoundError, or UnreadableError, also for a pipe, a socket or a device, which could
    block.
    """
    try:
        with open(file, "rb", opener=_open) as opened:
            content: bytes = opened.read(largest + 1) or b""
    except FileNotFoundError:
        if file.is_symlink():
            raise UnreadableError("is a link that leads nowhere") from None
        raise
    except UnreadableError:
        raise
    except OSError as error:
        raise UnreadableError(f"can't be read: {error.strerror}") from None
    if len(content) > largest:
        raise UnreadableError(f"is too large: {largest} bytes at most")
    return content


def _open(path: str, flags: int) -> int:
    """Open without blocking; raise UnreadableError for what is no regular file."""
    _check_regular(Path(path).stat())
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    try:
        _check_regular(os.fstat(handle))  # it may have been replaced
    except UnreadableError:
        os.close(handle)
        raise
    return handle


def _check_regular(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableError("can't be read: it is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableError("can't be read: it is a pipe, a socket or a device, not a file")


def is_there(file: Path) -> bool:
    """Return whether anything has this name, even a broken link or an unreadable file."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def parse_toml(text: bytes) -> dict[str, Any]:
    """Parse TOML; raise TOMLDecodeError, UnicodeDecodeError or NestedError, all ValueErrors."""
    decoded = text.decode()
    if any(line.count(".") > DOTS for line in decoded.splitlines()):
        raise NestedError(f"has a line with more than {DOTS} dots")
    try:
        parsed = tomllib.loads(decoded)
    except RecursionError:
        raise NestedError(_TOO_DEEP) from None
    except tomllib.TOMLDecodeError:
        raise
    except ValueError:  # Python reads whole numbers of up to 4,300 digits
        raise tomllib.TOMLDecodeError("a number is too long") from None
    if _is_deep(parsed):
        raise NestedError(_TOO_DEEP)
    return parsed


_TOO_DEEP = f"is nested too deeply: {DEEPEST} levels at most"


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
