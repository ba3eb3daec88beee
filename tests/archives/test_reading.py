"""Of all files that may be sent, only an export is read; every other is refused, and how."""

import io
import json
import stat
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from bot.archives.reading import FORMAT, MOST_BYTES, MOST_ROWS, PAGE, RefusedError, lines
from bot.domain.bring_back import Refusal

MADE = "2026-11-24T06:00:00+00:00"
Rows = list[dict[str, Any]]


def data(**about: object) -> bytes:
    everything: dict[str, object] = {"program": "bandcoach", "format": FORMAT, "made_at": MADE}
    everything |= {"tables": {"runners": [{"id": 1}]}}
    return json.dumps(everything | about).encode()


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def export(content: bytes) -> bytes:
    return zipped(("data.json", content), ("sets.csv", b"session\r\n"))


def refused(content: bytes) -> Refusal:
    with pytest.raises(RefusedError) as raised:
        list(lines(content))
    return raised.value.refusal


def test_an_export_is_read_in_pages() -> None:
    rows: Rows = [{"id": number, "text": "ä" * 500} for number in range(300)]
    read = list(lines(export(data(tables={"runners": [{"id": 1}], "sessions": rows}))))
    assert json.loads(read[0]) == MADE
    assert all(len(line) < 2 * PAGE for line in read)
    assert len(read) > 3
    tables: dict[str, Rows] = {}
    for name, page in map(json.loads, read[1:]):
        tables.setdefault(name, []).extend(page)
    assert tables == {"runners": [{"id": 1}], "sessions": rows}


def link(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name)
    member.create_system = 3
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


@cache
def bomb() -> bytes:
    """Much more than is unpacked, in a small file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("data.json", "w", force_zip64=True) as member:
            for _ in range(100):
                member.write(b" " * 1024**2)
        archive.writestr("sets.csv", b"")
    return file.getvalue()


def lying(content: bytes) -> bytes:
    """The sizes that stand in the archive are too small."""
    size = len(content).to_bytes(4, "little")
    return export(content).replace(size, (10).to_bytes(4, "little"))


def encrypted() -> bytes:
    good = bytearray(export(data()))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        good[good.index(mark) + place] |= 1
    return bytes(good)


def damaged() -> bytes:
    """One byte of the packed data is another."""
    good = bytearray(export(data(tables={"runners": [{"id": n} for n in range(500)]})))
    good[200] ^= 0xFF
    return bytes(good)


def nested(depth: int) -> bytes:
    return data()[:-1] + b',"more":' + b"[" * depth + b"]" * depth + b"}"


ROW = {"id": 1}
HOSTILE: dict[str, tuple[Callable[[], bytes], Refusal]] = {
    "nothing": (lambda: b"", Refusal.NO_EXPORT),
    "a text": (lambda: b"hello", Refusal.NO_EXPORT),
    "an empty zip": (zipped, Refusal.NO_EXPORT),
    "another zip": (lambda: zipped(("holiday.jpg", b"x")), Refusal.NO_EXPORT),
    "one file more": (
        lambda: zipped(("data.json", data()), ("sets.csv", b""), ("x.sh", b"")),
        Refusal.NO_EXPORT,
    ),
    "one file less": (lambda: zipped(("data.json", data())), Refusal.NO_EXPORT),
    "a path upwards": (
        lambda: zipped(("../data.json", data()), ("sets.csv", b"")),
        Refusal.NO_EXPORT,
    ),
    "a path from the root": (
        lambda: zipped(("/data.json", data()), ("sets.csv", b"")),
        Refusal.NO_EXPORT,
    ),
    "a folder": (lambda: zipped(("data.json/", b""), ("sets.csv", b"")), Refusal.NO_EXPORT),
    "a link": (
        lambda: zipped((link("data.json"), b"/etc/passwd"), ("sets.csv", b"")),
        Refusal.BROKEN,
    ),
    "encrypted": (encrypted, Refusal.BROKEN),
    "damaged": (damaged, Refusal.BROKEN),
    "cut off": (lambda: export(data())[:-30], Refusal.BROKEN),
    "no JSON": (lambda: export(b"{"), Refusal.BROKEN),
    "no UTF-8": (lambda: export(b"\xff\xfe\xff"), Refusal.BROKEN),
    "a list": (lambda: export(b"[]"), Refusal.NO_EXPORT),
    "of another program": (lambda: export(data(program="other")), Refusal.NO_EXPORT),
    "of before the format": (lambda: export(b'{"made_at":"x","tables":{}}'), Refusal.NO_EXPORT),
    "a newer format": (lambda: export(data(format=FORMAT + 1)), Refusal.NEWER),
    "no format": (lambda: export(data(format=None)), Refusal.BROKEN),
    "a format that is true": (lambda: export(data(format=True)), Refusal.BROKEN),
    "format 0": (lambda: export(data(format=0)), Refusal.BROKEN),
    "no moment": (lambda: export(data(made_at=5)), Refusal.BROKEN),
    "no tables": (lambda: export(data(tables=[])), Refusal.BROKEN),
    "a table that is no list": (lambda: export(data(tables={"runners": {}})), Refusal.BROKEN),
    "a row that is none": (lambda: export(data(tables={"runners": [5]})), Refusal.BROKEN),
    "NaN": (lambda: export(data(tables={"a": [{"b": float("nan")}]})), Refusal.BROKEN),
    "infinity": (
        lambda: export(data().replace(b'{"id": 1}', b'{"id": 1e999}')),
        Refusal.BROKEN,
    ),
    "a huge number": (
        lambda: export(data().replace(b'{"id": 1}', b'{"id": ' + b"9" * 100_000 + b"}")),
        Refusal.BROKEN,
    ),
    "more than 64 bits": (lambda: export(data(tables={"a": [{"b": 2**63}]})), Refusal.BROKEN),
    "NUL": (lambda: export(data(tables={"a": [{"b": "\0"}]})), Refusal.BROKEN),
    "half a letter": (lambda: export(data(tables={"a": [{"b": "\ud800"}]})), Refusal.BROKEN),
    "a name twice": (
        lambda: export(data().replace(b'{"id": 1}', b'{"id": 1, "id": 2}')),
        Refusal.BROKEN,
    ),
    "nested deeply": (lambda: export(nested(100_000)), Refusal.BROKEN),
    "a bomb": (bomb, Refusal.LARGE),
    "a long row": (lambda: export(data(tables={"a": [{"b": "x" * 2**20}]})), Refusal.LARGE),
    "too many rows": (lambda: export(data(tables={"a": [ROW] * (MOST_ROWS + 1)})), Refusal.LARGE),
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_export_is_refused(name: str) -> None:
    make, expected = HOSTILE[name]
    assert refused(make()) is expected


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused() -> None:
    twice = zipped(("data.json", data()), ("data.json", data()), ("sets.csv", b""))
    assert refused(twice) is Refusal.BROKEN


def test_sizes_that_lie_are_found_out() -> None:
    assert refused(lying(data())) in (Refusal.BROKEN, Refusal.NO_EXPORT)


def test_no_more_than_the_limit_is_unpacked() -> None:
    assert refused(export(b" " * (MOST_BYTES + 1))) is Refusal.LARGE
