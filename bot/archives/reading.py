"""Reads an export of the coach: the zip, its data and their limits. Standard library only.

A file may come from anywhere. Whatever is wrong with it raises RefusedError.
"""

import io
import json
import math
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from bot.domain.bring_back import Refusal

PROGRAM, FORMAT = "bandcoach", 1
DATA, SETS = "data.json", "sets.csv"
MOST_BYTES = 48 * 1024**2  # of the data, unpacked
MOST_ROWS = 250_000
LONGEST_ROW = 1024**2  # bytes
PAGE = 64 * 1024  # bytes of rows in a line, unless one row is longer
_ENCRYPTED = 0x1
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LARGEST = 2**63

Tables = dict[str, list[dict[str, Any]]]


class RefusedError(Exception):
    """The file is refused, for the reason `refusal`."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def lines(content: bytes) -> Iterator[bytes]:
    """Yield the moment at which the export was made, then its rows, page by page, as JSON.

    A page is a table's name with some of its rows.
    """
    made_at, tables = _tables(_unpacked(content))
    yield _json(made_at)
    for name, rows in tables.items():
        page: list[bytes] = []
        size = 0
        for row in rows:
            line = _json(row)
            if len(line) > LONGEST_ROW:
                raise RefusedError(Refusal.LARGE)
            if page and size + len(line) > PAGE:
                yield _page(name, page)
                page, size = [], 0
            page.append(line)
            size += len(line)
        if page:
            yield _page(name, page)


def _page(name: str, rows: list[bytes]) -> bytes:
    return b"[%s,[%s]]" % (_json(name), b",".join(rows))


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def _unpacked(content: bytes) -> bytes:
    """Return the data of the zip file, which holds an export's two files and nothing else."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = [member.filename for member in members]
            if sorted(names) != [DATA, SETS]:
                is_doubled = set(names) == {DATA, SETS}
                raise RefusedError(Refusal.BROKEN if is_doubled else Refusal.NO_EXPORT)
            for member in members:
                _check(member)
            with archive.open(members[names.index(DATA)]) as data:
                text = data.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError) as error:
        refusal = Refusal.BROKEN if content.startswith(b"PK") else Refusal.NO_EXPORT
        raise RefusedError(refusal) from error
    except (NotImplementedError, RuntimeError, zlib.error) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if len(text) > MOST_BYTES:
        raise RefusedError(Refusal.LARGE)
    return text


def _check(member: zipfile.ZipInfo) -> None:
    """Refuse what is encrypted, packed in an unusual way, or a link."""
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    if is_link or member.flag_bits & _ENCRYPTED or member.compress_type not in _PACKED:
        raise RefusedError(Refusal.BROKEN)
    if member.file_size > MOST_BYTES:
        raise RefusedError(Refusal.LARGE)


def _tables(text: bytes) -> tuple[str, Tables]:
    try:
        read = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise RefusedError(Refusal.BROKEN) from error
    if not isinstance(read, dict) or read.get("program") != PROGRAM:
        raise RefusedError(Refusal.NO_EXPORT)
    version = read.get("format")
    if type(version) is not int or version < 1:
        raise RefusedError(Refusal.BROKEN)
    if version > FORMAT:
        raise RefusedError(Refusal.NEWER)
    made_at, tables = read.get("made_at"), read.get("tables")
    if not isinstance(made_at, str) or not isinstance(tables, dict):
        raise RefusedError(Refusal.BROKEN)
    if not all(_is_rows(rows) for rows in tables.values()):
        raise RefusedError(Refusal.BROKEN)
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise RefusedError(Refusal.LARGE)
    if not _is_plain(read):
        raise RefusedError(Refusal.BROKEN)
    return made_at, tables


def _is_rows(rows: object) -> bool:
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(constant: str) -> None:
    raise ValueError(constant)


def _is_plain(value: object) -> bool:
    """Return whether a database can hold every text and number in this value."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, dict):
            left.extend(each.keys())
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)
        elif isinstance(each, str):
            if "\0" in each or any("\ud800" <= letter <= "\udfff" for letter in each):
                return False
        elif isinstance(each, float):
            if not math.isfinite(each):
                return False
        elif isinstance(each, int) and abs(each) >= _LARGEST:
            return False
    return True
