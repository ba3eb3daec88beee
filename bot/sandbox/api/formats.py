"""Reads the type of a file from its bytes, and size and duration of a picture or clip."""

import struct
from collections.abc import Iterator

from bot.sandbox.world.files import MediaInfo

_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def read_media_info(content: bytes) -> MediaInfo:
    try:
        return _read(content)
    except (struct.error, IndexError, ZeroDivisionError):  # cut off or nonsense
        return MediaInfo()


def _read(content: bytes) -> MediaInfo:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return MediaInfo("image/png", *struct.unpack_from(">II", content, 16))
    if content.startswith(b"\xff\xd8"):
        return MediaInfo("image/jpeg", *_jpeg_size(content))
    if content.startswith((b"GIF87a", b"GIF89a")):
        return MediaInfo("image/gif", *struct.unpack_from("<HH", content, 6))
    if content[4:12] == b"ftypM4A ":
        return MediaInfo("audio/mp4")
    if content[4:8] == b"ftyp":
        return _mp4(content)
    if content.startswith(b"ID3") or _is_mpeg_audio(content):
        return MediaInfo("audio/mpeg")
    return MediaInfo()


def _is_mpeg_audio(content: bytes) -> bool:
    """Return whether it begins with a frame of layer III."""
    return content[0] == 0xFF and content[1] & 0xE6 == 0xE2


def _jpeg_size(content: bytes) -> tuple[int, int]:
    offset = 2
    while content[offset] == 0xFF:
        marker, length = struct.unpack_from(">xBH", content, offset)
        if marker in _SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", content, offset + 5)
            return width, height
        offset += 2 + length
    raise IndexError("no size before the picture begins")


def _mp4(content: bytes) -> MediaInfo:
    seconds, width, height = 0, 0, 0
    for movie in _boxes(content, b"moov"):
        for header in _boxes(movie, b"mvhd"):
            layout, offset = (">IQ", 20) if header[0] == 1 else (">II", 12)
            scale, length = struct.unpack_from(layout, header, offset)
            seconds = round(length / scale)
        for track in _boxes(movie, b"trak"):
            for header in _boxes(track, b"tkhd"):
                sides = struct.unpack(">II", header[-8:])  # 16.16 fixed-point numbers
                width, height = max(width, sides[0] >> 16), max(height, sides[1] >> 16)
    return MediaInfo("video/mp4", width, height, seconds)


def _boxes(content: bytes, name: bytes) -> Iterator[bytes]:
    """Yield the contents of the top-level boxes of that name."""
    offset = 0
    while offset + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, offset)
        start = offset + 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", content, start)
            start += 8
        end = offset + length if length else len(content)
        if end <= offset:
            return
        if kind == name:
            yield content[start:end]
        offset = end
