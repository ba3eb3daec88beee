"""What a picture or a clip tells about itself in its first bytes: its type, size and length."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_JPEG_SIZES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ONE = 1 << 16  # the 1 of numbers with 16 bits before and after the point


@dataclass(frozen=True)
class Shape:
    """`mime` is "" for what is neither; `duration` counts seconds."""

    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0


def read_shape(content: bytes) -> Shape:
    try:
        return _read(content)
    except (struct.error, IndexError, ZeroDivisionError):  # cut off or nonsense
        return Shape()


def _read(content: bytes) -> Shape:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Shape("image/png", *struct.unpack_from(">II", content, 16))
    if content.startswith(b"\xff\xd8"):
        return Shape("image/jpeg", *_jpeg_size(content))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return Shape("image/gif", *struct.unpack_from("<HH", content, 6))
    if content[4:8] == b"ftyp":
        return _mp4(content)
    return Shape()


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while content[at] == 0xFF:
        marker, length = struct.unpack_from(">xBH", content, at)
        if marker in _JPEG_SIZES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
    raise IndexError("no size before the picture begins")


def _mp4(content: bytes) -> Shape:
    seconds, width, height = 0, 0, 0
    for movie in _boxes(content, b"moov"):
        for header in _boxes(movie, b"mvhd"):
            wide = header[0] == 1
            scale, length = struct.unpack_from(">IQ" if wide else ">II", header, 20 if wide else 12)
            seconds = round(length / scale)
        for track in _boxes(movie, b"trak"):
            for header in _boxes(track, b"tkhd"):
                across, down = struct.unpack(">II", header[-8:])
                width, height = max(width, across // _ONE), max(height, down // _ONE)
    return Shape("video/mp4", width, height, seconds)


def _boxes(content: bytes, name: bytes) -> Iterator[bytes]:
    """The insides of the boxes of that name, one level deep."""
    at = 0
    while at + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        start = at + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", content, start)
            start += 8
        end = at + length if length else len(content)
        if end <= at:
            return
        if kind == name:
            yield content[start:end]
        at = end
